"""Which accounts of a book are key, how sure that is, and what would change it."""

import datetime as dt
from typing import Unpack

import pandas as pd

from kam.base.periods import MONTHS, checked_level, month_end, month_start, shift, window_start
from kam.base.policy import Asked, Otherwise, changed
from kam.base.rules import WEIGHTINGS
from kam.key_accounts.came_and_went import moves
from kam.key_accounts.criteria import criteria, criterion_parts
from kam.key_accounts.segmentation import Standing, key_accounts, rank_acceptability, standing, with_rungs
from kam.key_accounts.worth_of_rating import levers, rating_worth
from kam.ladder.question import Rungs


class KeyAccounts(Rungs):
    """Questions about the list of key accounts."""

    def key_accounts(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return which accounts are key and how sure that is, with the four criteria behind it."""
        return key_accounts(self._standing(self.as_of, **asked))

    def rank_acceptability(self, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return the share of draws in which one account has each rank: rank, share."""
        self._members(account_id, checked_level(asked.get("level", "account")))
        return rank_acceptability(self._standing(self.as_of, **asked), account_id)

    def criterion_parts(self, account_id: str, level: str = "account", half_life: float | None = None) -> pd.DataFrame:
        """Return one account's scores taken apart: which criterion, which part, which evidence, how old."""
        self._members(account_id, checked_level(level))
        months = changed(self.policies.key_accounts, half_life=half_life).half_life_months
        return self._ask(criterion_parts, account_id, as_of=self.as_of, level=level, half_life=months)

    def key_account_moves(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return who entered and who left the list of key accounts within a year, and why."""
        before = month_end(shift(self.as_of, -MONTHS))
        is_covered = month_start(self.first_day) <= window_start(before)
        return moves(self._standing(self.as_of, **asked), self._standing(before, **asked) if is_covered else None)

    def key_levers(self, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return how far each criterion of one account would have to move to make it key."""
        self._members(account_id, checked_level(asked.get("level", "account")))
        return levers(self._standing(self.as_of, **asked), account_id)

    def rating_worth(self, **asked: Unpack[Asked]) -> pd.DataFrame:
        """Return which missing or stale ratings would settle most."""
        return rating_worth(self._standing(self.as_of, **asked))

    def policy(self, level: str = "account") -> pd.DataFrame:
        """Return how this book weighs its accounts, and how many places its list has: one row."""
        return self.policies.key_accounts.frame(
            len(self._scored(self.as_of, level, self.policies.key_accounts.half_life_months))
        )

    def _standing(
        self,
        as_of: dt.date,
        *,
        draws: int = WEIGHTINGS,
        seed: int = 0,
        level: str = "account",
        **otherwise: Unpack[Otherwise],
    ) -> Standing:
        """Rank the accounts as of a day under drawn weights and scores; the last answers are kept."""
        policy = changed(self.policies.key_accounts, **otherwise)
        scored = self._scored(as_of, level, policy.half_life_months)
        key = (self.view_key, as_of, level, policy, draws, seed)
        return self._kept.get("standing", key, lambda: standing(scored, policy=policy, draws=draws, seed=seed))

    def _scored(self, as_of: dt.date, level: str, half_life: float) -> pd.DataFrame:
        """Score the accounts as of a day, with the rung each is on."""

        def score() -> pd.DataFrame:
            found = self._ask(
                criteria, as_of=as_of, level=checked_level(level), accounts=self._scope, half_life=half_life
            )
            return with_rungs(found, self.ladder(as_of, level))

        return self._kept.get("scores", (self.view_key, as_of, level, half_life), score)
