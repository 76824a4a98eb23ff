"""What an account buys: its categories, with revenue now and a year ago."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import window_parameters

UNSORTED = "without a category"
UNNAMED = "product unknown"
"""What is sold without a category, and what is sold without saying what it is."""
_CATEGORIES = """
select if(product_id is null, $unnamed, coalesce(category, $unsorted)) as category,
    coalesce(sum(net) filter (month >= $current), 0)::double as revenue,
    coalesce(sum(net) filter (month < $current), 0)::double as prior_revenue,
    if(count(product_id) > 0, count(distinct product_id) filter (month >= $current and net > 0), null)::double
        as products
from sales_month join member using (account_id) left join products using (product_id)
where month >= $prior and month < $after
group by all
having revenue <> 0 or prior_revenue <> 0
order by revenue desc, prior_revenue desc, category
"""


def categories(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Add up what the accounts in view bought by category, in the twelve months to `as_of` and the twelve before.

    Returns
    -------
    pandas.DataFrame
        category ("without a category" where the product has none, "product unknown" where the lines name none),
        revenue, prior_revenue (currency), products bought now (NaN where unknown); the largest revenue first. A
        category without revenue in both years is not there.
    """
    asked = window_parameters(as_of) | {"unsorted": UNSORTED, "unnamed": UNNAMED}
    return cursor.execute(_CATEGORIES, asked).df()
