"""Whom the ladder is about: the accounts (or parents) with any sales so far, their money and the rung claimed."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.metrics.windows import checked_level, month_end, month_start, window_parameters

UNITS = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id from accounts
    where $accounts is null or account_id in (select unnest($accounts))
), money as (
    select unit_id, sum(net) filter (month >= $current) as revenue,
        sum(net_costed) filter (month >= $current) - sum(cost) filter (month >= $current) as margin
    from sales_month join unit using (account_id)
    where month < $after
    group by unit_id
)
select unit_id as account_id, coalesce(accounts.name, unit_id) as name, managers.name as manager,
    coalesce(revenue, 0)::double as revenue, margin::double as margin,
    case when claimed_on is null or claimed_on <= $as_of then claimed_rung end::double as claimed
from money
left join accounts on accounts.account_id = unit_id
left join managers using (manager_id)
order by revenue desc, unit_id
"""


def units(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """List the accounts (or parents) with any sales up to `as_of`, largest revenue first.

    At parent level a unit is listed if any of `accounts` belongs to it; revenue and margin are those of `accounts`
    alone, as on every other page, while name, manager and claim are the parent's own.

    Returns
    -------
    pandas.DataFrame
        account_id, name, manager, revenue and margin (last twelve months, currency; margin unknown without costs),
        claimed (1, 2, 3 or unknown; a claim dated after `as_of` is not yet made).
    """
    scope = None if accounts is None else list(accounts)
    parameters = {"as_of": as_of, "level": checked_level(level), "accounts": scope}
    windows = window_parameters(last_whole_month(as_of))
    return cursor.execute(UNITS, parameters | {name: windows[name] for name in ("current", "after")}).df()


def last_whole_month(as_of: dt.date) -> dt.date:
    """Return the last day of the last month that lies wholly before or on `as_of`.

    Sales are kept by months, so a month that has not ended by `as_of` would tell of days after it.

    >>> last_whole_month(dt.date(2026, 9, 30)), last_whole_month(dt.date(2026, 9, 29))
    (datetime.date(2026, 9, 30), datetime.date(2026, 8, 31))
    """
    return as_of if as_of == month_end(as_of) else month_start(as_of) - dt.timedelta(days=1)
