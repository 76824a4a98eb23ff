"""What each account bought month by month: revenue, margin and quantity."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift

_MONTHLY = """
select unit_id as account_id, month, sum(net)::double as revenue, (sum(net_costed) - sum(cost))::double as margin,
    if(count(*) filter (quantity is null and net <> 0) = 0, sum(quantity), null)::double as quantity
from sales_month join member using (account_id)
where month < $after
group by unit_id, month
order by unit_id, month
"""


def monthly(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the monthly sums of each account (or parent with its subsidiaries), up to the as-of month.

    One row an account and month with sales, by account and month; a month without lines has no row::

        account_id  month       revenue  margin  quantity
        A           2025-03-01    180.0    60.0       2.0

    `revenue` = Σ net, `margin` = Σ(net − cost) over the lines with a cost (NaN without such lines), both in the
    book's currency; `quantity` = Σ quantity in units, returns subtracted (NaN where a line of the month has none). An
    empty book gives no rows.
    """
    return cursor.execute(_MONTHLY, {"after": shift(as_of, 1)}).df().astype({"account_id": "str"})
