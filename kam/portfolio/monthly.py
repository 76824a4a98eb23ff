"""What each account bought month by month: revenue, margin and quantity."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.periods import checked_level, shift

_MONTHLY = """
with account_month as (
    select account_id, month, sum(net) as revenue, sum(net_costed) - sum(cost) as margin,
        if(count(*) filter (quantity is null and net <> 0) = 0, sum(quantity), null) as quantity
    from sales_month
    where month < $after and ($accounts is null or account_id in (select unnest($accounts)))
    group by account_id, month
)
select if($level = 'parent', root_id, account_id) as account_id, month, sum(revenue)::double as revenue,
    sum(margin)::double as margin, if(count(quantity) = count(*), sum(quantity), null)::double as quantity
from account_month join accounts using (account_id)
group by all
order by 1, 2
"""


def monthly(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str = "account", accounts: Sequence[str] | None = None
) -> pd.DataFrame:
    """List the monthly sums of each account (or parent with its subsidiaries), up to the as-of month.

    One row an account and month with sales, by account and month; a month without lines has no row::

        account_id  month       revenue  margin  quantity
        A           2025-03-01    180.0    60.0       2.0

    `revenue` = Σ net, `margin` = Σ(net − cost) over the lines with a cost (NaN without such lines), both in the
    book's currency; `quantity` = Σ quantity in units, returns subtracted (NaN
    where a line of the month has none). An empty book gives no rows.
    """
    parameters = {
        "after": shift(as_of, 1),
        "level": checked_level(level),
        "accounts": None if accounts is None else list(accounts),
    }
    return cursor.execute(_MONTHLY, parameters).df().astype({"account_id": "str"})
