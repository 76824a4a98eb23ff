"""How customers stay: accounts by the quarter of their first purchase, quarter after quarter."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift

_QUARTER = 3
# Quarters are counted from year 0; only the cohorts leave the database, not their accounts.
_COHORTS = """
with unit_quarter as (
    select unit_id, (year(month) * 4 + quarter(month) - 1) as quarter, sum(net) as net
    from sales_month join member using (account_id)
    where month < $after
    group by unit_id, quarter
),
since as (
    select quarter, net, min(quarter) filter (net > 0) over (partition by unit_id) as cohort from unit_quarter
)
select cohort, quarter, count(*) filter (net > 0) as alive, sum(net)::double as revenue,
    (select year(min(month)) * 4 + quarter(min(month)) - 1 from sales_month) as begins
from since where quarter >= cohort
group by cohort, quarter
"""
_COLUMNS = [
    "cohort",
    "quarters_since",
    "quarter",
    "accounts",
    "alive",
    "share",
    "revenue",
    "revenue_share",
    "is_censored",
]


def cohorts(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Follow the accounts that bought first in the same calendar quarter through the quarters since.

    One row a cohort and quarter, up to the last quarter that is complete by the as-of month, quarters without a
    purchase included; by cohort and quarter::

        cohort      quarters_since  quarter     accounts  alive  share  revenue  revenue_share  is_censored
        2025-01-01               1  2025-04-01         4      3   0.75    180.0            1.2        False

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Last day of the as-of month; later months are not counted.

    Returns
    -------
    pandas.DataFrame
        `cohort`, `quarter`: first days. `accounts`: those with their first quarter of Σ net > 0 in `cohort`; `alive`:
        how many of them have Σ net > 0 in `quarter`, `share` = alive ÷ accounts. `revenue`: their Σ net in `quarter`
        (currency), `revenue_share` = that ÷ their revenue in `cohort`; most came in the midst of it, so later quarters
        can be above 1. `is_censored`: the cohort of the quarter in which the data begin. Its accounts may have bought
        for years before: it is no cohort of new customers. No complete quarter gives no rows.
    """
    end = shift(as_of, 1)
    after = shift(end, -((end.month - 1) % _QUARTER))
    found = cursor.execute(_COHORTS, {"after": after}).df()
    last = after.year * 4 + (after.month - 1) // _QUARTER - 1
    cells = [(cohort, quarter) for cohort in sorted(found["cohort"].unique()) for quarter in range(cohort, last + 1)]
    grid = pd.DataFrame(cells, columns=["cohort", "quarter"], dtype="int64").merge(found, how="left")
    grid = grid.fillna({"alive": 0, "revenue": 0.0}).astype({"alive": "int64"})
    first = grid[grid["cohort"] == grid["quarter"]].set_index("cohort")
    size, sold = grid["cohort"].map(first["alive"]).astype("int64"), grid["cohort"].map(first["revenue"])
    return grid.assign(
        quarters_since=grid["quarter"] - grid["cohort"],
        accounts=size,
        share=grid["alive"] / size,
        revenue_share=grid["revenue"] / sold,
        is_censored=grid["cohort"] == found["begins"].max(),
        cohort=_first_days(grid["cohort"]),
        quarter=_first_days(grid["quarter"]),
    )[_COLUMNS]


def _first_days(quarters: pd.Series) -> pd.Series:
    """Turn quarters counted from year 0 into their first days."""
    days = [dt.date(int(quarter) // 4, int(quarter) % 4 * _QUARTER + 1, 1) for quarter in quarters]
    return pd.Series(pd.to_datetime(days), index=quarters.index).astype("datetime64[us]")
