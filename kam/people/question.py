"""Who stands behind the customers of a book: people, contact, voice, problems, referrals, and their own business."""

import pandas as pd

from kam.base.periods import MONTHS, checked_level, month_end, shift
from kam.people.coverage import coverage, coverage_gaps
from kam.people.network import network
from kam.people.relationships import relationships
from kam.people.reporting import reporting_lines
from kam.people.stakeholders import departures, stakeholders, ties
from kam.people.touches import contact_rhythm, touches
from kam.view import Opened


class People(Opened):
    """Questions about the people at the customers, and what they say.

    Where a question takes an `account_id`, None asks about all accounts in view.
    """

    def relationships(self, level: str = "account") -> pd.DataFrame:
        """Return how many people know us at each account, who is for and against us, and what hangs on one person."""
        return self._ask(relationships, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def network(self, level: str = "account") -> pd.DataFrame:
        """Return the relationships of all accounts together, weighed by revenue, one row; `prior_…` a year ago."""
        before = month_end(shift(self.as_of, -MONTHS))
        then = self.view(as_of=before).relationships(level) if before >= self.first_day else None
        return network(self.relationships(level), then)

    def reporting_lines(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return the people of one account in the order of who reports to whom, with depth."""
        return reporting_lines(self.stakeholders(account_id, level))

    def stakeholders(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the people at the customers: post, influence, attitude, last contact, who of ours knows them."""
        return self._ask(stakeholders, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def ties(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return who of ours met whom of theirs within twelve months, and how often."""
        return self._ask(ties, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def departures(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the influential people who left within twelve months, and who came after them."""
        return self._ask(departures, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def coverage(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return which function × level at an account is covered, and which is a gap."""
        return self._ask(coverage, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def coverage_gaps(self, level: str = "account") -> pd.DataFrame:
        """Return at how many accounts each function × level is a gap."""
        return self._ask(coverage_gaps, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def touches(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the touches of twelve months: who met whom, why, and what was said."""
        return self._ask(touches, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def contact_rhythm(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the touches of each of twelve months by purpose: to give value, to sell, to serve, to be in touch."""
        return self._ask(contact_rhythm, as_of=self.as_of, level=level, accounts=self._among(account_id, level))
