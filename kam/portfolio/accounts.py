"""What each account brings: revenue, margin, discount, share, Pareto class, steadiness, and what changed in a year."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import window_parameters
from kam.base.rules import PARETO_A, PARETO_B

_ACCOUNTS = """
with unit_window as (
    select unit_id, month >= $current as now, min(month) as first_month, max(month) as last_month, sum(net) as net,
        sum(returned) as returned, sum(list) as list, sum(net_listed) as net_listed, sum(cost) as cost,
        sum(net_costed) as net_costed
    from sales_month join member using (account_id)
    where month >= $prior and month < $after
    group by unit_id, now
    union all by name
    select unit_id, null as now, min(month) as first_month, max(month) as last_month
    from sales_month join member using (account_id)
    where month < $prior
    group by unit_id
),
unit_month as (
    select unit_id, month, sum(net) as net
    from sales_month join member using (account_id)
    where month >= $current and month < $after
    group by unit_id, month
),
rhythm as (
    select unit_id, count(*) as seen_months, count(*) filter (net > 0) as active_months, list(net::double) as sums
    from unit_month
    group by unit_id
),
totals as (
    select unit_id, min(first_month) as first_month, max(last_month) as last_month,
        coalesce(sum(net) filter (now), 0) as revenue,
        -- sums of months that the data do not reach are unknown, not 0
        if((select min(month) < $current from sales_month), coalesce(sum(net) filter (not now), 0), null)
            as prior_revenue,
        sum(net_costed) filter (now) as costed, sum(net_costed) filter (not now) as prior_costed,
        costed - sum(cost) filter (now) as margin,
        prior_costed - sum(cost) filter (not now) as prior_margin,
        sum(list) filter (now) as listed, sum(net_listed) filter (now) as net_listed,
        sum(list) filter (not now) as prior_listed, sum(net_listed) filter (not now) as prior_net_listed,
        coalesce(-sum(returned) filter (now), 0) as returned
    from unit_window
    group by unit_id
),
ranked as (
    select totals.*, coalesce(seen_months, 0) as seen_months, coalesce(active_months, 0) as active_months, sums,
        sum(revenue) over () as total,
        sum(greatest(revenue, 0)) over () as sold,
        sum(revenue) over (order by revenue desc, unit_id rows unbounded preceding) as running,
        running - revenue as ahead,
        revenue::double / 12 as mean
    from totals left join rhythm using (unit_id)
)
select unit_id as account_id, accounts.name, revenue::double as revenue, prior_revenue::double as prior_revenue,
    if(prior_revenue > 0, (revenue - prior_revenue)::double / prior_revenue::double, null) as growth,
    (revenue - prior_revenue)::double as change,
    margin::double as margin, prior_margin::double as prior_margin,
    if(costed > 0, margin::double / costed::double, null) as margin_rate,
    if(prior_costed > 0, prior_margin::double / prior_costed::double, null) as prior_margin_rate,
    if(revenue > 0, coalesce(costed, 0)::double / revenue::double, null) as cost_coverage,
    if(listed > 0, (listed - net_listed)::double / listed::double, null) as discount_rate,
    if(prior_listed > 0, (prior_listed - prior_net_listed)::double / prior_listed::double, null)
        as prior_discount_rate,
    listed::double as listed,
    if(revenue + returned > 0, returned::double / (revenue + returned)::double, null) as return_rate,
    if(total > 0, revenue::double / total::double, null) as share,
    if(total > 0, running::double / total::double, null) as cumulative_share,
    case when revenue <= 0 then 'C' when ahead * 100 < sold * $pareto_a then 'A'
        when ahead * 100 < sold * $pareto_b then 'B' else 'C' end as pareto_class,
    active_months,
    if(revenue > 0, sqrt((list_sum([(x - mean) * (x - mean) for x in sums])
        + (12 - seen_months) * mean * mean) / 12) / mean, null) as variation,
    case when prior_revenue is not null and first_month >= $current then 'new'
        when revenue > 0 then 'continuing' when prior_revenue > 0 then 'lost' else 'inactive' end as state,
    first_month, last_month, industry, accounts.region, manager_id, manager
from ranked
    join accounts on accounts.account_id = unit_id
order by revenue desc, unit_id
"""
_TEXTS = ("account_id", "name", "pareto_class", "state", "industry", "region", "manager_id", "manager")


def accounts(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Describe each account (or parent with its subsidiaries) over the twelve months to `as_of` and the twelve before.

    One row an account with any sales up to `as_of`, largest revenue first, ties by `account_id`.
    Money is in the book's currency, rates and shares are ratios. Input rows of `sales_month`, then the answer::

        A  P1  2025-03  quantity 2  net 180  list 200  cost 120
        A  revenue 180  margin 60  margin_rate 0.333  discount_rate 0.1  share 1.0  pareto_class A ...

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Last day of the as-of month; later months are not counted.

    Returns
    -------
    pandas.DataFrame
        `revenue`, `prior_revenue`: Σ net in window 1 and 0; `prior_revenue` is NaN where the data begin after
        window 0. `change` = R1 − R0. `growth` = R1/R0 − 1, NaN if R0 ≤ 0.
        `margin` = Σ(net − cost) over lines with a cost, `margin_rate` = margin ÷ net of those lines,
        `cost_coverage` = their share of net; NaN without such lines, coverage then 0. `prior_margin` likewise.
        `discount_rate` = 1 − Σnet/Σlist over lines with a list amount and a positive quantity; `listed` is that
        Σlist. `return_rate` = returns and credits ÷ sales before them.
        `share` = R1/ΣR1, `cumulative_share` its running sum; NaN if ΣR1 ≤ 0.
        `pareto_class`, among accounts with R1 > 0: A, the largest that together first reach 80 %; B, to 95 %; C,
        the rest, and every account with R1 ≤ 0 (ABC analysis, Dickie 1951).
        `active_months`: months of window 1 with Σ net > 0. `variation`: coefficient of variation (Pearson 1896)
        of the twelve monthly sums, months without sales as 0; the standard deviation is the population's, as the
        twelve months are all there are; NaN if R1 ≤ 0.
        `state`: "new", first seen in window 1 (not told where the data begin there); "lost", R1 ≤ 0 < R0;
        "continuing", R1 > 0; "inactive", the rest.
    """
    parameters = window_parameters(as_of) | {"pareto_a": PARETO_A, "pareto_b": PARETO_B}
    # a column of nothing but NULL arrives as "object": text stays text, whatever the book lacks
    return cursor.execute(_ACCOUNTS, parameters).df().astype(dict.fromkeys(_TEXTS, "str"))


KINDS = ("new", "lost", "up", "down")
_COLUMNS = ["account_id", "name", "manager", "kind", "prior_revenue", "revenue", "change"]


def changes(accounts: pd.DataFrame) -> pd.DataFrame:
    """List the accounts whose revenue changed, largest change first, ties by `account_id`.

    The changes add up to the change of revenue. Where the data do not reach the prior window nothing can have
    changed, and the list is empty.

    Parameters
    ----------
    accounts
        The frame of `accounts`.

    Returns
    -------
    pandas.DataFrame
        `account_id`, `name`, `manager`; `kind`: "new" and "lost" as in `accounts`, otherwise "up" or "down";
        `prior_revenue`, `revenue` and `change` = R1 − R0 in the book's currency.
    """
    changed = accounts[accounts["change"].notna() & (accounts["change"] != 0)]
    direction = np.where(changed["change"] > 0, "up", "down")
    kind = changed["state"].where(changed["state"].isin(("new", "lost")), direction).astype("str")
    order = changed.assign(kind=kind, size=changed["change"].abs()).sort_values(
        ["size", "account_id"], ascending=[False, True], ignore_index=True
    )
    return order[_COLUMNS]
