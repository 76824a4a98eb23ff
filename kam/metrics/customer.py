"""What is known about a customer's own business: SWOT, rivals, risks, and the value it got from us."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.metrics.members import MEMBERS, asked, windows

_SWOT = """
select unit_id as account_id, account, quadrant, statement, how_we_help, noted_on
from swot join member using (account_id) where noted_on is null or noted_on <= $as_of
order by list_position(['strength', 'weakness', 'opportunity', 'threat'], quadrant), noted_on desc nulls last, swot_id
"""
_RIVALS = """
select unit_id as account_id, account, rival, category, state, strengths, weaknesses, our_difference, noted_on
from competitors join member using (account_id) where noted_on is null or noted_on <= $as_of
order by list_position(['holds', 'attacks', 'left'], state) nulls last, noted_on desc nulls last, rival, competitor_id
"""
_RISKS = """
, money as (
    select account_id, margin, case when margin < 0 then 0 else margin end as losable
    from (
        select account_id, (sum(net_costed) - sum(cost))::double as margin
        from sales_month where month >= $current and month < $after and cost is not null group by account_id
    )
)
select unit_id as account_id, risk_id, account, title, kind, probability, impact, margin,
    impact * losable as margin_at_risk, probability * impact * losable as expected_loss,
    mitigation, owner, due_on, coalesce(status, 'open') as status,
    coalesce(status, 'open') = 'open' and coalesce(due_on < $today, false) as overdue
from risks join member using (account_id) left join money using (account_id)
where raised_on is null or raised_on <= $today
order by coalesce(status, 'open') <> 'open', expected_loss desc nulls last, probability * impact desc, risk_id
"""
_VALUE = """
select unit_id as account_id, account, delivered_on, kind, description, amount::double as amount,
    coalesce(confirmed, false) as confirmed, delivered_on >= $current as in_window
from value_delivered join member using (account_id) where delivered_on <= $as_of
order by delivered_on desc, description, value_id
"""
_BALANCE = """
, given as (
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


def swot(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """List what is so in the customers' own business, by quadrant, and what we could do about it.

    Returns
    -------
    pandas.DataFrame
        account_id, account, quadrant (strength, weakness, opportunity, threat), statement, how_we_help, noted_on.
    """
    return cursor.execute(MEMBERS + _SWOT, {"as_of": as_of, **asked(level, accounts)}).df()


def competitors(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """List the rivals at the customers, those who hold something first, and what sets us apart.

    Returns
    -------
    pandas.DataFrame
        account_id, account, rival, category, state (holds, attacks, left), strengths, weaknesses, our_difference,
        noted_on.
    """
    return cursor.execute(MEMBERS + _RIVALS, {"as_of": as_of, **asked(level, accounts)}).df()


def risks(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    today: dt.date,
    level: str = "account",
    accounts: Sequence[str] | None = None,
) -> pd.DataFrame:
    """List what may go wrong, the open ones first, by expected loss = probability × margin at risk.

    Margin at risk is the impact × the account's own margin of twelve months, none less than nothing; unknown without
    costs. The ranking is by money, as a grid of probability and impact misleads (Cox 2008).

    Returns
    -------
    pandas.DataFrame
        account_id, risk_id, account, title, kind, probability, impact (ratios), margin, margin_at_risk, expected_loss
        (currency), mitigation, owner, due_on, status, overdue (open, and past its day as of `today`).
    """
    parameters = {"today": today, **asked(level, accounts), **windows(as_of, "current", "after")}
    return cursor.execute(MEMBERS + _RISKS, parameters).df()


def value_delivered(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """List what the customers gained from us beyond the goods, the newest first.

    Returns
    -------
    pandas.DataFrame
        account_id, account, delivered_on, kind, description, amount (worth to the customer, currency), confirmed (the
        customer agrees), in_window (of the twelve months to `as_of`).
    """
    parameters = {"as_of": as_of, **asked(level, accounts), **windows(as_of, "current")}
    return cursor.execute(MEMBERS + _VALUE, parameters).df()


def value_balance(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """Lay what the customers got from us in twelve months beside what we got from them: one row.

    Returns
    -------
    pandas.DataFrame
        revenue, margin (unknown without costs), entries and valued (of what was delivered: all, and those with an
        amount), delivered and confirmed (their worth to the customer, currency; unknown where no entry has an amount).
    """
    parameters = {"as_of": as_of, **asked(level, accounts), **windows(as_of, "current", "after")}
    return cursor.execute(MEMBERS + _BALANCE, parameters).df()
