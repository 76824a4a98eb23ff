"""Whom the ladder is about: the accounts (or parents) with any sales so far, their money and the rung claimed."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.periods import month_end, month_start, window_parameters
from kam.base.rules import SHORTEST_SILENCE, TIMES_ITS_RHYTHM

FEWEST_MONTHS = 4
# Every statement of the ladder begins with the days it is asked about, by place.
DAYS = """
with day as (
    select unnest($day) as day, unnest($as_of) as as_of, unnest($last) as last, unnest($prior) as prior,
        unnest($current) as current, unnest($after) as after
)
"""
_ACTIVE = """
, monthly as (
    select unit, month, sum(net) as net from sales_month join unit using (account_id) group by unit, month
), sold as (
    select unit, day from monthly join day on month >= current and month < after group by unit, day having sum(net) > 0
), rhythm as (
    -- months since the last one with a sale, and the mean distance of those before it
    select unit, day, count(*) as months, date_diff('month', max(month), any_value(last)) as since,
        date_diff('month', min(month), max(month)) / nullif(count(*) - 1, 0) as usual
    from monthly join day on month >= prior and month < after
    where net > 0
    group by unit, day
)
select unit, day, industry,
    coalesce(months >= $fewest and since >= $shortest and since > $times * usual, false) as silent
from sold
join unit using (unit)
left join rhythm using (unit, day)
where account_id = unit_id
"""
ACTIVE = DAYS + _ACTIVE
_UNITS = """
, monthly as (
    select unit, month, sum(net) as net, sum(net_costed) as net_costed, sum(cost) as cost
    from sales_month join member using (account_id)
    group by unit, month
), listed as (
    select unit, day, as_of
    from (select unit, min(month) as first_month from monthly group by unit) join day on first_month < after
), money as (
    select unit, day, sum(net) as revenue, sum(net_costed) - sum(cost) as margin
    from monthly join day on month >= current and month < after
    group by unit, day
)
select listed.unit, day, account_id, name, accounts.manager,
    coalesce(revenue, 0)::double as revenue, margin::double as margin,
    case when claimed_on is null or claimed_on <= as_of then claimed_rung end::double as claimed
from listed
left join money using (unit, day)
join unit on unit.unit = listed.unit and account_id = unit_id
join accounts using (account_id)
order by day, revenue desc, account_id
"""
UNITS = DAYS + _UNITS


def units(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date]) -> pd.DataFrame:
    """List the accounts (or parents) in view with any sales up to each day, largest revenue first.

    A parent is listed if any account in view belongs to it; revenue and margin are those of the accounts in view
    alone, as on every other page, while name, manager and claim are the parent's own.

    Returns
    -------
    pandas.DataFrame
        unit (its number, the same in every statement of the view), day (place in `days`), account_id, name, manager,
        revenue and margin (last twelve months, currency; margin unknown without costs), claimed (1, 2, 3 or unknown; a
        claim dated after the day is not yet made); a day's rows together, in the order of `days`.
    """
    return cursor.execute(UNITS, day_parameters(days)).df()


def active(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date]) -> pd.DataFrame:
    """List the accounts (or parents) of the whole book with revenue > 0 in the twelve months to each day.

    They are one another's peers. One that bought in at least 4 of the 24 months, and for 3 months or more has not,
    which is more than three times as long as it used to wait, has fallen *silent*: what it did tells no more how it
    sees us now.

    Returns
    -------
    pandas.DataFrame
        unit, day (numbers), industry (of the account or parent; may be missing), silent.
    """
    asked = {"fewest": FEWEST_MONTHS, "shortest": SHORTEST_SILENCE, "times": TIMES_ITS_RHYTHM}
    return cursor.execute(ACTIVE, day_parameters(days) | asked).df().astype({"industry": "category"})


def day_parameters(days: Sequence[dt.date]) -> dict[str, object]:
    """Return what `DAYS` is asked with: each day with the windows of its last whole month.

    >>> day_parameters([dt.date(2026, 9, 29)])["after"]
    [datetime.date(2026, 9, 1)]
    """
    lasts = [last_whole_month(day) for day in days]
    windows = [window_parameters(last) for last in lasts]
    bounds = {name: [window[name] for window in windows] for name in ("prior", "current", "after")}
    return {"day": list(range(len(days))), "as_of": list(days), "last": lasts} | bounds


def last_whole_month(as_of: dt.date) -> dt.date:
    """Return the last day of the last month that lies wholly before or on `as_of`.

    Sales are kept by months, so a month that has not ended by `as_of` would tell of days after it.

    >>> last_whole_month(dt.date(2026, 9, 30)), last_whole_month(dt.date(2026, 9, 29))
    (datetime.date(2026, 9, 30), datetime.date(2026, 8, 31))
    """
    return as_of if as_of == month_end(as_of) else month_start(as_of) - dt.timedelta(days=1)
