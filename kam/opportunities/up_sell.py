"""What an account buys in a base version of which we sell a better one: the spend that could move up."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import window_parameters
from kam.opportunities.words import step_reason

_UP_SELL = """
with account_item as (
    select account_id, product_id, sum(net) as net, sum(quantity) as quantity,
        sum(net) filter (quantity is not null) as net_counted
    from sales_month where month >= $current and month < $after group by all
),
item as (
    select unit_id, product_id, sum(net) as net, sum(quantity) as quantity, sum(net_counted) as net_counted
    from account_item join unit using (account_id) group by all having sum(net) > 0
),
price as (
    select product_id, sum(net_counted)::double / nullif(sum(quantity), 0)::double as price
    from item group by product_id
),
step as (
    select base.product_id, base.name as product, trim(base.category) as category, better.product_id as better_id,
        better.name as better, above.price / nullif(below.price, 0) - 1 as price_step,
        above.product_id is not null as is_sold
    from products as base
        join products as better on better.product_id = base.better_version_id and better.product_id <> base.product_id
        left join price as below on below.product_id = base.product_id
        left join price as above on above.product_id = better.product_id
),
taken as (
    select base.product_id, base.better_version_id, count(*) as buyers, count(upper.unit_id) as also
    from item join products as base using (product_id)
        left join item as upper on upper.unit_id = item.unit_id and upper.product_id = base.better_version_id
    group by all
),
viewed as (select distinct unit_id from member)
select item.unit_id as account_id, own.name, own.manager, step.product_id, product, category, better_id,
    better, item.net::double as spend, coalesce(upper.net, 0)::double as better_spend, price_step,
    if(price_step > 0, item.net::double * price_step, null) as gain, buyers, also as better_buyers,
    is_sold
from item
    join viewed using (unit_id)
    join step using (product_id)
    join taken using (product_id)
    join accounts as own on own.account_id = item.unit_id
    left join item as upper on upper.unit_id = item.unit_id and upper.product_id = better_id
order by gain desc nulls last, spend desc, account_id, product_id
"""
_TEXTS = ("account_id", "name", "manager", "product_id", "product", "category", "better_id", "better")
_NUMBERS = ("spend", "better_spend", "price_step", "gain")
_TYPES = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_NUMBERS, "float64")


def up_sell(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List what each account buys in a base version, and what the better one would bring at the same quantity.

    Prices, and how many take the better version, are those of the whole book.

    Returns
    -------
    pandas.DataFrame
        One row an account and product with a better version that it spent on in the twelve months to `as_of`, most gain
        first: account_id, name, manager, product_id, product, category, better_id, better; spend (currency a year, the
        spend that could move); better_spend (what it spends on the better version already); price_step: net price of a
        unit of the better version over that of the base, in the whole book, less one (NaN where the better one was not
        sold, or one of the two only without a quantity); gain = spend × price_step, NaN where the better version is not
        dearer; buyers of the base, better_buyers: how many of them buy the better one, too; why. No rows where no
        product has a better version.
    """
    bounds = window_parameters(as_of)
    asked = {"current": bounds["current"], "after": bounds["after"]}
    found = cursor.execute(_UP_SELL, asked).df().astype(_TYPES)
    facts = found[["buyers", "better_buyers", "product", "price_step", "is_sold"]].itertuples(index=False, name=None)
    return found.drop(columns="is_sold").assign(
        why=pd.Series([step_reason(*each) for each in facts], index=found.index, dtype="str")
    )
