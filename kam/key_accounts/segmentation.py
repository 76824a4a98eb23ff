"""Which accounts are key, how sure that is, and of which class each is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.policy import KeyAccountPolicy
from kam.base.rules import (
    BORDERLINE_FROM,
    HALFWAY,
    KEY_FROM,
    MAINTAINED_REVENUE,
    RISING_GROWTH,
    SMALL_REVENUE,
    STRONG_RELATIONSHIP,
    STRONG_ROLE,
)
from kam.base.terms import CLASSES, RATED
from kam.key_accounts.criteria import ENDS, matrix
from kam.key_accounts.smaa import Draws, smaa

QUADRANTS = ("star", "strategic", "status", "streamline")
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "revenue",
    "growth",
    "margin_rate",
    "prior_margin_rate",
    "rung",
    "expected_rung",
    "score",
    "score_low",
    "score_high",
    *ENDS,
    "p_key",
    "rank_low",
    "rank_high",
    "key_class",
    "key_for_role",
    "matrix",
    *(f"{criterion}_rated_on" for criterion in RATED),
]
TEXTS = ["account_id", "name", "manager", "rung", "key_class", "matrix"]


@dataclass(frozen=True, slots=True)
class Standing:
    """All active accounts of a book with their scores, the policy that weighs them, and what the draws gave.

    Attributes
    ----------
    scored
        `kam.key_accounts.criteria.criteria` with `rung` and `expected_rung` (missing without any evidence).
    policy
        Weights, κ, places, half-life.
    draws
        The ranks under drawn weights and scores, in the order of `scored`.
    seed
        The seed of the draws.
    """

    scored: pd.DataFrame
    policy: KeyAccountPolicy
    draws: Draws
    seed: int


def with_rungs(scored: pd.DataFrame, ladder: pd.DataFrame) -> pd.DataFrame:
    """Add `rung` and `expected_rung` from `kam.ladder.rung.ladder`; the latter is missing without any evidence."""
    seen = ladder.set_index("account_id")
    rungs = seen.assign(expected_rung=seen["expected_rung"].where(seen["groups"] > 0))[["rung", "expected_rung"]]
    return scored.join(rungs, on="account_id")


def standing(scored: pd.DataFrame, *, policy: KeyAccountPolicy, draws: int, seed: int) -> Standing:
    """Draw weights and scores so often, and rank the accounts in each draw.

    Equal scores are ranked by revenue. So weights of 100/0/0/0 give the ranking by the revenue score, ties by revenue,
    in every draw.

    Parameters
    ----------
    scored
        `kam.key_accounts.criteria.criteria` with rungs.
    policy, draws, seed
        See `kam.key_accounts.smaa.smaa`.

    Raises
    ------
    kam.base.errors.QuestionError
        Fewer draws than one.
    """
    if draws < 1:
        raise QuestionError(f"Draws must be a whole number from 1, not {draws!r}. Nothing was changed.")
    found = smaa(
        matrix(scored, "_low"),
        matrix(scored, "_high"),
        weights=np.array(policy.weights),
        kappa=policy.kappa,
        size=policy.places(len(scored)),
        tie=scored["revenue"].to_numpy(dtype=float),
        draws=draws,
        seed=seed,
    )
    return Standing(scored, policy, found, seed)


def key_accounts(found: Standing) -> pd.DataFrame:
    """Say of every active account in view how often it is on the list, of which class it is, and why.

    Returns
    -------
    pandas.DataFrame
        One row an active account, P(key) descending, then score, then revenue: account_id, name, manager, revenue,
        growth, margin_rate, prior_margin_rate, rung, expected_rung; score, score_low, score_high: Σ weight × score at
        the stated weights with the middles (50 where unknown) and the ends of the intervals; each criterion's score
        with its ends; p_key = share of draws on the list; rank_low … rank_high, between which 90 % of the draws lie,
        1 = best; key_class (`key_classes`), key_for_role (`for_its_role`), matrix (`quadrants`); the days of the
        newest ratings.
    """
    rank_low, rank_high = found.draws.rank_interval()
    p_key = found.draws.p_key()
    rows = found.scored.assign(**stated_scores(found), p_key=p_key, rank_low=rank_low, rank_high=rank_high)
    rows["key_class"] = key_classes(rows)
    rows["key_for_role"] = for_its_role(rows)
    rows["matrix"] = quadrants(rows)
    rows = rows[rows["in_view"]].sort_values(["p_key", "score"], ascending=False, ignore_index=True)
    return rows[COLUMNS].astype(dict.fromkeys(TEXTS, "str"))


def rank_acceptability(found: Standing, account_id: str) -> pd.DataFrame:
    """Return the share of draws in which one account has each rank: rank (1 = best), share (adding up to 1).

    No rows for an account that is not active.
    """
    shares = [found.draws.acceptability(place) for place in np.flatnonzero(found.scored["account_id"] == account_id)]
    share = np.concatenate([np.zeros(0), *shares])
    return pd.DataFrame({"rank": np.arange(1, len(share) + 1), "share": share})


def stated_scores(found: Standing) -> dict[str, np.ndarray]:
    """Weigh the middles and the ends of the intervals by the stated weights: score, score_low, score_high."""
    weights = np.array(found.policy.weights)
    return {f"score{end}": (matrix(found.scored, end) @ weights).round(9) for end in ("", "_low", "_high")}


def key_classes(rows: pd.DataFrame) -> np.ndarray:
    """Class accounts by P(key), growth score and revenue score.

    *key* P ≥ 0.8 · *borderline* 0.2 < P < 0.8 · else *rising* (growth ≥ 70), *maintain* (revenue ≥ 50),
    *transactional*; an unknown growth is not rising.

    >>> rows = pd.DataFrame({"p_key": [0.8, 0.5, 0.2, 0.0], "growth_score": [0.0, 90.0, 70.0, None]})
    >>> key_classes(rows.assign(revenue_score=50.0)).tolist()
    ['key', 'borderline', 'rising', 'maintain']
    """
    is_class = [
        rows["p_key"] >= KEY_FROM,
        (rows["p_key"] > BORDERLINE_FROM) & (rows["p_key"] < KEY_FROM),
        (rows["p_key"] <= BORDERLINE_FROM) & (rows["growth_score"] >= RISING_GROWTH),
        (rows["p_key"] <= BORDERLINE_FROM)
        & ~(rows["growth_score"] >= RISING_GROWTH)
        & (rows["revenue_score"] >= MAINTAINED_REVENUE),
    ]
    return np.select(is_class, CLASSES[:-1], default=CLASSES[-1])


def for_its_role(rows: pd.DataFrame) -> pd.Series:
    """Flag who is key or borderline with a revenue score under 50 and a strategic role of 75 or more."""
    return (
        (rows["p_key"] > BORDERLINE_FROM)
        & (rows["revenue_score"] < SMALL_REVENUE)
        & (rows["role_score"] >= STRONG_ROLE)
    )


def quadrants(rows: pd.DataFrame) -> pd.Series:
    """Place accounts in the portfolio matrix of McDonald & Woodburn (2007).

    Attractiveness is the weighted score, cut at 50; relationship is the expected rung as the customer sees us, cut at
    2, "supplier". Attractive: *strategic* where the relationship is strong, *star* where it is still to be won; else
    *status* where it is strong, *streamline* where it is not. None without any evidence of the rung.

    >>> rows = pd.DataFrame({"score": [60.0, 60.0, 40.0, 40.0, 60.0], "expected_rung": [1.9, 2.0, 2.5, 1.0, None]})
    >>> quadrants(rows).tolist()
    ['star', 'strategic', 'status', 'streamline', nan]
    """
    attractive = rows["score"] >= HALFWAY
    strong = rows["expected_rung"] >= STRONG_RELATIONSHIP
    named = [attractive & ~strong, attractive & strong, ~attractive & strong, ~attractive & ~strong]
    placed = pd.Series(np.select(named, QUADRANTS, default=""), index=rows.index, dtype="str")
    return placed.where(rows["expected_rung"].notna())
