"""Where each customer of a book places us on the ladder, on which evidence, and what would lift or lower it."""

import datetime as dt
from collections.abc import Sequence
from contextlib import closing

import pandas as pd

from kam.base.ladder_policy import compared
from kam.base.likelihoods import PRICE
from kam.base.periods import MONTHS, checked_level, month_end, month_start, shift, window_start
from kam.base.rules import SLIP_MONTHS
from kam.ladder.climb import best_steps, climb, covered_ways, ways_up
from kam.ladder.evidence import evidence
from kam.ladder.gather import Heard, Listed, hear, listed
from kam.ladder.outcomes import rung_outcomes
from kam.ladder.rung import ladder, ladder_history, ladders
from kam.ladder.rung_moves import flows, ladder_moves
from kam.ladder.slip import slip_risk
from kam.ladder.source_rows import source_rows
from kam.ladder.worth_of_evidence import best_evidence, evidence_worth
from kam.portfolio.accounts import accounts
from kam.view import Opened

QUARTER = 3


class Rungs(Opened):
    """Questions about the ladder."""

    def ladder(self, as_of: dt.date | None = None, level: str = "account") -> pd.DataFrame:
        """Return where each account places us on the ladder, how sure that is, and what its manager claims."""
        return ladder(self._seen(as_of or self.as_of, level, self._scope), likelihoods=self._likelihoods)

    def ladder_history(self, quarters: int = 12, level: str = "account") -> pd.DataFrame:
        """Return the rungs at the ends of so many quarters up to the as-of month, as far back as a year of data is."""
        return ladder_history(self._looked_back(self.ladder_days(quarters), level), likelihoods=self._likelihoods)

    def ladder_days(self, quarters: int = 12) -> list[dt.date]:
        """List the days the ladder can be compared between: each quarter's end back from the as-of month, oldest first.

        A day counts if the data cover the twelve months before it; the as-of month itself always does.
        """
        days = [month_end(shift(self.as_of, -QUARTER * back)) for back in range(max(quarters, 1))]
        covered = [day for day in days[1:] if month_start(self.first_day) <= window_start(day)]
        return [*reversed(covered), self.as_of]

    def ladder_evidence(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return every signal of one account's rung: its level, weight, pull in log-odds, and where it was seen."""
        found = self._seen(self.as_of, level, self._members(account_id, checked_level(level)))
        return self._shown(evidence(found, likelihoods=self._likelihoods))

    def ladder_rows(self, account_id: str, signal: str, level: str = "account") -> pd.DataFrame:
        """Return the rows behind one signal of one account."""
        self._members(account_id, checked_level(level))
        return self._ask(source_rows, account_id, signal, as_of=self.as_of, level=level)

    def ladder_policy(self) -> pd.DataFrame:
        """Return the likelihood table this book is judged by, the standard one beside it, and what was replaced."""
        return compared(self._likelihoods)

    def ladder_moves(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return how many accounts, with how much revenue, went from which rung to which between two days."""
        return flows(self.ladder_shifts(start, end, level))

    def ladder_shifts(
        self, start: dt.date | None = None, end: dt.date | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return each account's rung on two days, a year apart if not given; only a known rung can be moved from."""
        end = end or self.as_of
        start = start or month_end(shift(end, -MONTHS))
        before, after = ladders(self._looked_back([start, end], level), likelihoods=self._likelihoods)
        return ladder_moves(before, after)

    def climb(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return what would lift P(next rung) most, signal by signal: of one account, or of all in view."""
        found = self._seen(self.as_of, level, self._among(account_id, level))
        covered = self._ask(covered_ways, as_of=self.as_of, level=level)
        return climb(found, covered=covered, likelihoods=self._likelihoods)

    def best_steps(self, level: str = "account") -> pd.DataFrame:
        """Return the step of each account that lifts P(next rung) most, by the revenue it would lift."""
        return best_steps(self.climb(level=level))

    def ways_up(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return what would lift one account most on each of the five ways up, and which action covers it."""
        return ways_up(self.climb(account_id, level))

    def slip_risk(self, months: int = SLIP_MONTHS, level: str = "account") -> pd.DataFrame:
        """Return which accounts may slip: evidence that only ages for so many months, or signals that turned lately."""
        before = month_end(shift(self.as_of, -SLIP_MONTHS))
        found = self._looked_back([before, self.as_of], level)
        return slip_risk(found, months=months, likelihoods=self._likelihoods)

    def evidence_worth(self, level: str = "account") -> pd.DataFrame:
        """Return which missing evidence would settle the rung of which unknown account, with what revenue."""
        return self._worth(level).copy()

    def best_evidence(self, level: str = "account") -> pd.DataFrame:
        """Return what each kind of evidence would settle over the twenty accounts where it is worth most."""
        return best_evidence(self._worth(level))

    def rung_outcomes(self, level: str = "account") -> pd.DataFrame:
        """Return margin, discount and retention by the rung of a year ago, judged without prices, with ranges."""
        before = month_end(shift(self.as_of, -MONTHS))
        (judged,) = ladders(self._looked_back([before], level), likelihoods=self._likelihoods, without=[PRICE])
        now = self._ask(accounts, as_of=self.as_of, level=level, accounts=self._scope)
        return rung_outcomes(judged, now)

    def _worth(self, level: str) -> pd.DataFrame:
        """Work out once what further evidence is worth, for the list of it and for its sums."""

        def make() -> pd.DataFrame:
            return evidence_worth(self._seen(self.as_of, level, self._scope), likelihoods=self._likelihoods)

        return self._kept.get("evidence worth", (self.view_key, level), make)

    def _seen(self, day: dt.date, level: str, accounts: Sequence[str] | None) -> Listed:
        """List accounts on one day with what was heard of them; the last lists are kept, for the next questions."""
        scope = None if accounts is None else tuple(accounts)
        key = (self.data_version, self.hides_people, level, day, scope)
        heard = self._heard("heard", [day], level, told=True)
        return self._kept.get("listed", key, lambda: self._listed(heard, scope))

    def _looked_back(self, days: Sequence[dt.date], level: str) -> Listed:
        """List the accounts in view on several days; who asks about one quarter's end will ask about the others."""
        quarters = self.ladder_days()
        every = quarters if set(days) <= set(quarters) else days
        return self._listed(self._heard("heard before", every, level).on(days), self._scope)

    def _listed(self, heard: Heard, accounts: Sequence[str] | None) -> Listed:
        with closing(self._cursor()) as cursor:
            return listed(cursor, heard, accounts=accounts)

    def _heard(self, kind: str, days: Sequence[dt.date], level: str, *, told: bool = False) -> Heard:
        """Hear the whole book once, whoever is in view; the last hearings are kept."""

        def make() -> Heard:
            with closing(self._cursor()) as cursor:
                return hear(cursor, days=days, level=checked_level(level), told=told)

        # who may be named changes what is told of a survey answer
        return self._kept.get(kind, (self.data_version, self.hides_people, level, *days), make)
