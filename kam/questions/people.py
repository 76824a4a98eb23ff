"""Who stands behind the customers of a book: people, contact, voice, problems, referrals, and their own business."""

import pandas as pd

from kam.metrics.coverage import coverage, coverage_gaps
from kam.metrics.customer import swot, value_balance, value_delivered
from kam.metrics.network import network
from kam.metrics.problems import problems, solved, time_to_resolve
from kam.metrics.referrals import referral_rows, referrals
from kam.metrics.relationship import relationships
from kam.metrics.reporting import reporting_lines
from kam.metrics.satisfaction import satisfaction, satisfaction_total, survey_answers
from kam.metrics.stakeholders import departures, stakeholders, ties
from kam.metrics.touches import contact_rhythm, touches
from kam.metrics.windows import MONTHS, checked_level, month_end, shift
from kam.questions.opened import Opened


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

    def satisfaction(self, level: str = "account") -> pd.DataFrame:
        """Return NPS and CSAT of each account with n and standard error, beside the year before."""
        return self._ask(satisfaction, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def satisfaction_total(self) -> pd.DataFrame:
        """Return NPS and CSAT over all answers of the accounts in view: one row."""
        return self._ask(satisfaction_total, as_of=self.as_of, accounts=self._scope)

    def survey_answers(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the answers behind NPS and CSAT, of these twelve months and of the twelve before."""
        return self._ask(survey_answers, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def problems(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the problems and disputes open today: age, owner, department, severity, target, overdue."""
        return self._ask(problems, today=self.today, level=level, accounts=self._among(account_id, level))

    def solved_problems(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the problems and disputes closed within twelve months, with the days they took."""
        return self._ask(solved, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def time_to_resolve(
        self, by: str | None = None, account_id: str | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return median days to solve a problem and the share within target, in all or by department or manager."""
        return time_to_resolve(self.solved_problems(account_id, level), self.problems(account_id, level), by=by)

    def referrals(self, level: str = "account") -> pd.DataFrame:
        """Return how often each account recommended us, how often that was won, and what it brought."""
        return self._ask(referrals, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def referral_rows(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return each referral: to whom, whether it was won, and what it brought."""
        return self._ask(referral_rows, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def value_delivered(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what the customers gained from us beyond the goods."""
        return self._ask(value_delivered, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def value_balance(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what the customers got from us in twelve months beside what we got from them: one row."""
        return self._ask(value_balance, as_of=self.as_of, level=level, accounts=self._among(account_id, level))

    def swot(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return the strengths, weaknesses, opportunities and threats of the customers' own business."""
        return self._ask(swot, as_of=self.as_of, level=level, accounts=self._among(account_id, level))
