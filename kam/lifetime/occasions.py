"""When each account bought and what that was worth: the rows that the lifetime models are fitted to."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import month_end, shift

COLUMNS = ["account_id", "frequency", "recency", "T", "mean_value"]
DAYS_A_WEEK = 7
_FEW = 3

# Money comes back on days of its own, so what a customer's later occasions were worth is all that came after its first
# one, returns taken off, by their number.
_OCCASIONS = """
with unit_day as (
    select unit_id, day, sum(net) as net
    from account_day join unit using (account_id)
    where day <= $end
    group by unit_id, day
), occasion as (
    select unit_id, count(*) - 1 as frequency, min(day) as first_day, max(day) as last_day
    from unit_day where net > 0
    group by unit_id
), worth as (
    select unit_id, sum(net) as later_net
    from unit_day join occasion using (unit_id)
    where day > first_day
    group by unit_id
), cost as (
    select unit_id, sum(net_costed) as costed, sum(cost) as cost
    from sales_month join unit using (account_id)
    where month <= $last_month and cost is not null
    group by unit_id
)
select unit_id as account_id, frequency::double as frequency, (last_day - first_day)::double as days_active,
    ($end - first_day)::double as days_seen, later_net::double as later_net,
    if(costed > 0, (costed - cost)::double / costed::double, null) as margin_rate,
    (select count(*) > 0 from cost) as has_costs
from occasion left join worth using (unit_id) left join cost using (unit_id)
order by unit_id
"""
_BROUGHT = """
with unit_day as (
    select unit_id, day, sum(net) as net
    from account_day join unit using (account_id)
    where day >= $start and day <= $end
    group by unit_id, day
), bought as (
    select unit_id, count(*) filter (net > 0) as purchases from unit_day group by unit_id
), money as (
    select unit_id, sum(net) as revenue, sum(net_costed) - sum(cost) as margin
    from sales_month join unit using (account_id)
    where month >= $start and month <= $end
    group by unit_id
)
select unit_id as account_id, coalesce(purchases, 0)::double as purchases, revenue::double as revenue,
    margin::double as margin
from money full join bought using (unit_id)
order by unit_id
"""


def occasions(cursor: duckdb.DuckDBPyConnection, *, end: dt.date) -> pd.DataFrame:
    """Say of every account of the book how often, how lately and how long it has bought, and what a purchase was worth.

    An occasion is a day on which the account (at parent level: the family) brought more than it sent back. Nothing
    after `end` is seen.

    Returns
    -------
    pandas.DataFrame
        One row an account with an occasion, by account_id: frequency x, occasions after the first; recency t_x, weeks
        from the first to the last; T, weeks from the first to `end`; mean_value, what an occasion after the first was
        worth: Σ net after the first day, returns taken off, ÷ x, times the account's margin rate where the book has
        costs (NaN at x = 0, and without a cost of the account's own). `attrs["measure"]` is "margin" or "revenue".

        The margin rate is that of the account's costed lines in all whole months to `end`: costs are kept by months.
    """
    is_whole = end == month_end(end)
    found = cursor.execute(_OCCASIONS, {"end": end, "last_month": shift(end, 0 if is_whole else -1)}).df()
    has_costs = bool(found["has_costs"].any())
    repeats = found["frequency"].where(found["frequency"] > 0)
    rows = pd.DataFrame(
        {
            "account_id": found["account_id"].astype("str"),
            "frequency": found["frequency"],
            "recency": found["days_active"] / DAYS_A_WEEK,
            "T": found["days_seen"] / DAYS_A_WEEK,
            "mean_value": found["later_net"] / repeats * (found["margin_rate"] if has_costs else 1.0),
        }
    )
    rows.attrs["measure"] = "margin" if has_costs else "revenue"
    return rows


def brought(
    cursor: duckdb.DuckDBPyConnection, *, start: dt.date, end: dt.date, measure: str = "margin"
) -> pd.DataFrame:
    """Sum what every account of the book brought in whole months, from the first day of one to the last of another.

    Returns
    -------
    pandas.DataFrame
        By account_id as index: purchases, the occasions; value, the margin over lines with a cost, or the revenue.
    """
    found = cursor.execute(_BROUGHT, {"start": start, "end": end}).df()
    rows = found.rename(columns={measure: "value"})[["account_id", "purchases", "value"]]
    return rows.astype({"account_id": "str"}).set_index("account_id")


def correlation(customers: pd.DataFrame) -> float:
    """Return the correlation of frequency and mean worth over those who came back (Pearson 1896); NaN of under three.

    The gamma-gamma model takes the two for independent.
    """
    rows = customers[(customers["frequency"] > 0) & (customers["mean_value"] > 0)]
    if len(rows) < _FEW or not (rows[["frequency", "mean_value"]].std() > 0).all():
        return np.nan
    return float(rows["frequency"].corr(rows["mean_value"]))
