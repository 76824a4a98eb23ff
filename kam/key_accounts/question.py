"""Which accounts of a book are key, how sure that is, and what would change it."""

import datetime as dt
from typing import Unpack

import pandas as pd

from kam.base.periods import MONTHS, month_end, month_start, shift, window_start
from kam.base.policy import Asked, Otherwise, changed
from kam.base.rules import WEIGHTINGS
from kam.key_accounts.came_and_went import moves
from kam.key_accounts.criteria import criteria
from kam.key_accounts.criteria import criterion_parts as _criterion_parts
from kam.key_accounts.segmentation import Standing, standing, with_rungs
from kam.key_accounts.segmentation import key_accounts as _key_accounts
from kam.key_accounts.segmentation import rank_acceptability as _rank_acceptability
from kam.key_accounts.worth_of_rating import levers
from kam.key_accounts.worth_of_rating import rating_worth as _rating_worth
from kam.ladder.question import ladder
from kam.portfolio.question import accounts
from kam.view import View, question


@question
def key_accounts(view: View, **asked: Unpack[Asked]) -> pd.DataFrame:
    """Return which accounts are key and how sure that is, with the four criteria behind it."""
    return _key_accounts(_standing(view, view.as_of, **asked))


@question
def rank_acceptability(view: View, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
    """Return the share of draws in which one account has each rank: rank, share."""
    view.members(account_id)
    return _rank_acceptability(_standing(view, view.as_of, **asked), account_id)


@question
def criterion_parts(view: View, account_id: str, half_life: float | None = None) -> pd.DataFrame:
    """Return one account's scores taken apart: which criterion, which part, which evidence, how old."""
    view.members(account_id)
    months = changed(view.policies.key_accounts, half_life=half_life).half_life_months
    return view.ask(_criterion_parts, _everybody(view, view.as_of), account_id, as_of=view.as_of, half_life=months)


@question
def key_account_moves(view: View, **asked: Unpack[Asked]) -> pd.DataFrame:
    """Return who entered and who left the list of key accounts within a year, and why."""
    before = month_end(shift(view.as_of, -MONTHS))
    is_covered = month_start(view.first_day) <= window_start(before)
    return moves(_standing(view, view.as_of, **asked), _standing(view, before, **asked) if is_covered else None)


@question
def key_levers(view: View, account_id: str, **asked: Unpack[Asked]) -> pd.DataFrame:
    """Return how far each criterion of one account would have to move to make it key."""
    view.members(account_id)
    return levers(_standing(view, view.as_of, **asked), account_id)


@question
def rating_worth(view: View, **asked: Unpack[Asked]) -> pd.DataFrame:
    """Return which missing or stale ratings would settle most."""
    return _rating_worth(_standing(view, view.as_of, **asked))


@question
def policy(view: View) -> pd.DataFrame:
    """Return how this book weighs its accounts, and how many places its list has: one row."""
    stated = view.policies.key_accounts
    return stated.frame(len(_scored(view, view.as_of, stated.half_life_months)))


def _standing(
    view: View, as_of: dt.date, *, draws: int = WEIGHTINGS, seed: int = 0, **otherwise: Unpack[Otherwise]
) -> Standing:
    """Rank the accounts as of a day under drawn weights and scores; the last answers are kept."""
    policy = changed(view.policies.key_accounts, **otherwise)
    scored = _scored(view, as_of, policy.half_life_months)

    def rank() -> Standing:
        return standing(scored, policy=policy, draws=draws, seed=seed)

    return view.kept("standing", rank, as_of, policy, draws, seed)


def _scored(view: View, as_of: dt.date, half_life: float) -> pd.DataFrame:
    """Score the accounts as of a day, with the rung each is on."""

    def score() -> pd.DataFrame:
        found = view.ask(criteria, _everybody(view, as_of), as_of=as_of, half_life=half_life)
        return with_rungs(found, ladder(view, as_of))

    return view.kept("scores", score, as_of, half_life)


def _everybody(view: View, as_of: dt.date) -> pd.DataFrame:
    """List the accounts of the whole book on the level of the view: scores are places among all of them."""
    return accounts(view.whole.view(as_of=as_of))
