"""Whether the ranking of gaps tells what customers buy next: made as of a year ago, held against what came."""

import datetime as dt
from math import comb, sqrt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import MONTHS, month_end, month_start, shift, window_start
from kam.base.rules import FIRST_GAPS
from kam.opportunities.baskets import Baskets, baskets
from kam.opportunities.expected_spend import estimate
from kam.opportunities.white_space import units_in_view

_REACH = "select min(month) from sales_month"
_NOTHING: dict[str, object] = {
    "tested_as_of": None,
    "accounts": 0,
    "adoptions": 0,
    "hit_rate": np.nan,
    "popularity_hit_rate": np.nan,
    "random_hit_rate": np.nan,
    "difference": np.nan,
    "difference_se": np.nan,
    "ours_only": 0,
    "popularity_only": 0,
    "money_share": np.nan,
    "popularity_money_share": np.nan,
    "too_few_gaps": 0,
}


def white_space_back_test(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Hold the ranking of gaps made as of a year ago against the categories that accounts took up since.

    Gaps then are the categories that an account, active in the twelve months to a year ago, bought nothing of in them;
    adopted are those it bought since (Σ net > 0). Each account's gaps are ranked by expected value, as the page does,
    and by popularity: how many accounts bought the category. A hit: at least one of the first three was adopted.
    Accounts count that adopted something and had more than three gaps; with three or fewer every ranking hits. The
    registers are left aside: the ranking is of everything not bought, from the sales of then alone.

    Returns
    -------
    pandas.DataFrame
        One row: tested_as_of (missing if the book does not reach back two years); accounts that can tell; adoptions of
        theirs; hit_rate; popularity_hit_rate; random_hit_rate (three gaps drawn blindly); difference of the first two
        with its standard error difference_se, paired by account, half an account added to each of the four outcomes so
        that a few equal ones do not look certain (Agresti & Min 2005); ours_only and popularity_only: accounts that
        only one of the two hit; money_share and popularity_money_share: share of the adopted categories' revenue that
        lies in the first three; too_few_gaps: accounts that adopted something and had three gaps or fewer.
    """
    before = month_end(shift(as_of, -MONTHS))
    begins = cursor.execute(_REACH).fetchall()[0][0]
    if begins is None or month_start(begins) > window_start(before):
        return _row(_NOTHING)
    then, now = baskets(cursor, as_of=before), baskets(cursor, as_of=as_of)
    in_view = units_in_view(cursor, then)
    since = _since(then, now)
    gaps, adopted = ~then.buys, ~then.buys & (since > 0)
    has_adopted = in_view & adopted.any(axis=1)
    tells = has_adopted & (gaps.sum(axis=1) > FIRST_GAPS)
    found = _NOTHING | {"tested_as_of": before, "too_few_gaps": int((has_adopted & ~tells).sum())}
    if not tells.any():
        return _row(found)
    popular = np.broadcast_to(then.buys.sum(axis=0), gaps.shape)
    ours = _first(np.nan_to_num(estimate(then).value, nan=-1.0), gaps, popular)[tells]
    theirs = _first(popular, gaps, popular)[tells]
    adopted, gaps, money = adopted[tells], gaps[tells], np.where(adopted, since, 0.0)[tells]
    hit, popular_hit = (ours & adopted).any(axis=1), (theirs & adopted).any(axis=1)
    ours_only, popularity_only = int((hit & ~popular_hit).sum()), int((popular_hit & ~hit).sum())
    counts = zip(gaps.sum(axis=1).tolist(), adopted.sum(axis=1).tolist(), strict=True)
    blind = [1 - comb(of - right, FIRST_GAPS) / comb(of, FIRST_GAPS) for of, right in counts]
    return _row(
        found
        | {
            "accounts": len(hit),
            "adoptions": int(adopted.sum()),
            "hit_rate": hit.mean(),
            "popularity_hit_rate": popular_hit.mean(),
            "random_hit_rate": float(np.mean(blind)),
            "difference": hit.mean() - popular_hit.mean(),
            "difference_se": _paired_error(ours_only, popularity_only, len(hit)),
            "ours_only": ours_only,
            "popularity_only": popularity_only,
            "money_share": (money * ours).sum() / money.sum(),
            "popularity_money_share": (money * theirs).sum() / money.sum(),
        }
    )


def _row(found: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([found]).astype({"tested_as_of": "datetime64[us]"})


def _since(then: Baskets, now: Baskets) -> np.ndarray:
    """Lay the spend of now out as the accounts of then; 0 of those that are not active any more."""
    place = pd.Index(now.units["account_id"]).get_indexer(pd.Index(then.units["account_id"]))
    return np.where(place[:, None] >= 0, now.spend[place] if len(now.spend) else 0.0, 0.0)


def _first(worth: np.ndarray, gaps: np.ndarray, popular: np.ndarray) -> np.ndarray:
    """Mark the first three gaps of each account by worth; equal ones by popularity, then by their order."""
    order = np.lexsort((-popular, -np.where(gaps, worth, -np.inf)), axis=1)
    marked = np.zeros(gaps.shape, dtype=bool)
    np.put_along_axis(marked, order[:, :FIRST_GAPS], values=True, axis=1)
    return marked


def _paired_error(one: int, other: int, pairs: int) -> float:
    """Return the standard error of a difference of two matched proportions.

    >>> round(_paired_error(6, 2, 40), 3)
    0.07
    """
    one_up, other_up, n = one + 0.5, other + 0.5, pairs + 2
    return sqrt(one_up + other_up - (one_up - other_up) ** 2 / n) / n
