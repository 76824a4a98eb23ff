"""Whether the customers recommend us: referrals made and won, and the revenue they brought."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift, window_start

_REFERRALS = """
with brought as (
    -- one who bought before was not brought by the referral
    select referral_id, sum(net)::double as revenue
    from referrals join sales_month on sales_month.account_id = new_account_id
    where month < $after group by referral_id, referred_on having min(month) >= date_trunc('month', referred_on)
), referral as (
    select unit_id, account, referrals.* exclude (revenue), new.name as new_account,
        case when won then coalesce(brought.revenue, referrals.revenue::double) end as revenue,
        won and brought.revenue is not null as measured
    from referrals join member using (account_id) left join brought using (referral_id)
    left join accounts new on new.account_id = new_account_id
    where referred_on <= $as_of
)
"""
_ROWS = """
select unit_id as account_id, account, referred_on, referred_name, coalesce(won, false) as won, new_account_id,
    new_account, revenue, coalesce(measured, false) as measured
from referral order by referred_on desc, account, referral_id
"""
_EACH = """
, sold as (
    select unit_id, sum(net) filter (month >= $current) as bought
    from sales_month join member using (account_id) where month < $after group by unit_id
)
select unit_id as account_id, coalesce(accounts.name, unit_id) as name, manager,
    count(referral_id)::bigint as made, (count(*) filter (won))::bigint as won,
    coalesce(sum(referral.revenue), 0)::double as revenue, max(referred_on) as newest
from sold left join referral using (unit_id)
left join accounts on accounts.account_id = unit_id
group by unit_id, accounts.name, manager, bought order by made desc, bought desc, unit_id
"""


def referrals(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Count the referrals each account has made so far, those won, and the revenue of the won.

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales, most referrals first: account_id, name, manager, made, won, revenue
        (currency: what the new customers have bought so far where the sales know them and show none before the month of
        the referral, else the revenue the referral states), newest.
    """
    parameters = {"as_of": as_of, "current": window_start(as_of), "after": shift(as_of, 1)}
    return cursor.execute(_REFERRALS + _EACH, parameters).df()


def referral_rows(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the referrals up to `as_of`, the newest first.

    Returns
    -------
    pandas.DataFrame
        account_id, account, referred_on, referred_name, won, new_account_id, new_account, revenue (of the won; missing
        for the others), measured (from sales, not as stated).
    """
    return cursor.execute(_REFERRALS + _ROWS, {"as_of": as_of, "after": shift(as_of, 1)}).df()
