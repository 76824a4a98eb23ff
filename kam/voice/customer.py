"""What is known about a customer's own business: its SWOT, and the value it got from us."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift, window_start

_SWOT = """
select unit_id as account_id, account, quadrant, statement, how_we_help, noted_on
from swot join member using (account_id) where noted_on is null or noted_on <= $as_of
order by list_position(['strength', 'weakness', 'opportunity', 'threat'], quadrant), noted_on desc nulls last, swot_id
"""
_VALUE = """
select unit_id as account_id, account, delivered_on, kind, description, amount::double as amount,
    coalesce(confirmed, false) as confirmed, delivered_on >= $current as in_window
from value_delivered join member using (account_id) where delivered_on <= $as_of
order by delivered_on desc, description, value_id
"""
_BALANCE = """
with given as (
    select count(*) as entries, count(amount) as valued, sum(amount)::double as delivered,
        coalesce(sum(amount) filter (confirmed), 0)::double as confirmed
    from value_delivered join member using (account_id) where delivered_on >= $current and delivered_on <= $as_of
), received as (
    select coalesce(sum(net), 0)::double as revenue, (sum(net_costed) - sum(cost))::double as margin
    from sales_month join member using (account_id) where month >= $current and month < $after
)
select revenue, margin, entries::bigint as entries, valued::bigint as valued, delivered,
    case when valued > 0 then confirmed end as confirmed
from given cross join received
"""


def swot(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List what is so in the customers' own business, by quadrant, and what we could do about it.

    Returns
    -------
    pandas.DataFrame
        account_id, account, quadrant (strength, weakness, opportunity, threat), statement, how_we_help, noted_on.
    """
    return cursor.execute(_SWOT, {"as_of": as_of}).df()


def value_delivered(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List what the customers gained from us beyond the goods, the newest first.

    Returns
    -------
    pandas.DataFrame
        account_id, account, delivered_on, kind, description, amount (worth to the customer, currency), confirmed (the
        customer agrees), in_window (of the twelve months to `as_of`).
    """
    return cursor.execute(_VALUE, {"as_of": as_of, "current": window_start(as_of)}).df()


def value_balance(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Lay what the customers got from us in twelve months beside what we got from them: one row.

    Returns
    -------
    pandas.DataFrame
        revenue, margin (unknown without costs), entries and valued (of what was delivered: all, and those with an
        amount), delivered and confirmed (their worth to the customer, currency; unknown where no entry has an amount).
    """
    parameters = {"as_of": as_of, "current": window_start(as_of), "after": shift(as_of, 1)}
    return cursor.execute(_BALANCE, parameters).df()
