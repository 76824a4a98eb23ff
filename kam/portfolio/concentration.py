"""How much of our income rests on how few: shares of the largest, Herfindahl index, Gini, dependence."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kam.base.rules import DEPENDENCE, TOP_ONE_IN

_NOTHING = {
    "accounts": 0,
    "top_20pct_share": np.nan,
    "top_1_share": np.nan,
    "top_5_share": np.nan,
    "top_10_share": np.nan,
    "hhi": np.nan,
    "effective_accounts": np.nan,
    "gini": np.nan,
}


def concentration(revenue: pd.DataFrame | pd.Series | npt.ArrayLike) -> pd.DataFrame:
    """Measure how concentrated revenue is, over the accounts whose revenue is above 0.

    Parameters
    ----------
    revenue
        Revenue of each account, or the frame of `accounts`. Unknown and negative revenue is left out.

    Returns
    -------
    pandas.DataFrame
        One row. `accounts` = n, those with revenue. `top_20pct_share`: share of the ceil(0.2·n) largest;
        `top_1_share`, `top_5_share`, `top_10_share`: of the 1, 5, 10 largest. `hhi` = Σs², in [1/n, 1] (Hirschman
        1945, Herfindahl 1950). `effective_accounts` = 1/HHI, as many accounts of equal size would be as
        concentrated. `gini` = Σ(2i − n − 1)·x_i / (n·Σx), x ascending (Gini 1912; form of Sen 1973). All are
        ratios; without revenue all but `accounts` are NaN.

    Examples
    --------
    >>> concentration([50, 25, 25, 0, -5])[["accounts", "top_20pct_share", "hhi"]].to_dict("records")
    [{'accounts': 3, 'top_20pct_share': 0.5, 'hhi': 0.375}]
    """
    values = revenue["revenue"] if isinstance(revenue, pd.DataFrame) else revenue
    x = np.asarray(values, dtype=float)
    x = np.sort(x[x > 0])
    if x.size == 0:
        return pd.DataFrame([_NOTHING])
    n, total = x.size, x.sum()
    largest = np.cumsum(x[::-1]) / total
    largest[-1] = 1.0
    hhi = float(np.sum(np.square(x / total)))
    row = {
        "accounts": n,
        "top_20pct_share": largest[top_fifth(n) - 1],
        "top_1_share": largest[0],
        "top_5_share": largest[min(5, n) - 1],
        "top_10_share": largest[min(10, n) - 1],
        "hhi": hhi,
        "effective_accounts": 1 / hhi,
        "gini": float(np.sum((2 * np.arange(1, n + 1) - n - 1) * x) / (n * total)),
    }
    return pd.DataFrame([row])


def dependence(parents: pd.DataFrame, *, threshold: float = DEPENDENCE) -> pd.DataFrame:
    """List the parents that bring so large a share of revenue that the business depends on them.

    Parameters
    ----------
    parents
        The frame of `accounts` at parent level: subsidiaries under one roof are one customer (ASC 280).
    threshold
        Share of revenue from which on a parent is named.

    Returns
    -------
    pandas.DataFrame
        Those rows, largest first; none where shares are unknown.
    """
    return parents[parents["share"] >= threshold].sort_values(["share", "account_id"], ascending=[False, True])


def top_fifth(n: int) -> int:
    """Count the accounts that make up the largest fifth of n, rounded up; in whole numbers, as 0.2 is not exact.

    >>> [top_fifth(n) for n in (0, 1, 5, 6, 15)]
    [0, 1, 1, 2, 3]
    """
    return -(-n // TOP_ONE_IN)
