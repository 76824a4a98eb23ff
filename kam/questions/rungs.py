"""Where each customer of a book places us on the ladder, on which evidence, and what would lift it."""

import datetime as dt

import pandas as pd

from kam.ladder.climb import best_steps, climb
from kam.ladder.evidence import evidence
from kam.ladder.moves import flows, ladder_moves
from kam.ladder.rung import ladder
from kam.ladder.source_rows import source_rows
from kam.metrics.windows import MONTHS, checked_level, month_end, shift
from kam.questions.opened import Opened


class Rungs(Opened):
    """Questions about the ladder."""

    def ladder(self, as_of: dt.date | None = None, level: str = "account") -> pd.DataFrame:
        """Return where each account places us on the ladder, how sure that is, and what its manager claims."""
        return self._ask(ladder, as_of=as_of or self.as_of, level=checked_level(level), accounts=self._scope,
                         likelihoods=self._likelihoods)  # fmt: skip

    def ladder_evidence(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return every signal of one account's rung: its level, weight, pull in log-odds, and where it was seen."""
        members = self._members(account_id, checked_level(level))
        return self._ask(evidence, as_of=self.as_of, level=level, accounts=members, likelihoods=self._likelihoods)

    def ladder_rows(self, account_id: str, signal: str, level: str = "account") -> pd.DataFrame:
        """Return the rows behind one signal of one account."""
        self._members(account_id, checked_level(level))
        return self._ask(source_rows, account_id, signal, as_of=self.as_of, level=level)

    def ladder_moves(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return how many accounts, with how much revenue, went from which rung to which between two days."""
        return flows(self.ladder_shifts(start, end, level))

    def ladder_shifts(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return each account's rung on two days, a year apart if not given; only a known rung can be moved from."""
        start = start or month_end(shift(end or self.as_of, -MONTHS))
        return ladder_moves(self.ladder(start, level), self.ladder(end, level))

    def climb(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what would lift P(next rung) most, signal by signal: of one account, or of all in view."""
        members = self._scope if account_id is None else self._members(account_id, checked_level(level))
        return self._ask(climb, as_of=self.as_of, level=checked_level(level), accounts=members,
                         likelihoods=self._likelihoods)  # fmt: skip

    def best_steps(self, level: str = "account") -> pd.DataFrame:
        """Return the step of each account that lifts P(next rung) most, by the revenue it would lift."""
        return best_steps(self.climb(level=level))
