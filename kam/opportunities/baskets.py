"""What each active account spends on each category in twelve months: the table that white space is read from."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import window_parameters

_CATEGORIES = """
select distinct trim(category) as category from products where trim(category) <> '' order by 1
"""
_UNITS = """
with account_sum as (
    select account_id, sum(net) as net, count(product_id) > 0 as is_named
    from sales_month where month >= $current and month < $after group by account_id
)
select own.account_id, own.name, own.industry, own.manager, sum(net)::double as revenue
from account_sum
    join unit using (account_id)
    join accounts as own on own.account_id = unit_id
group by all
having revenue > 0 and bool_or(is_named)
order by revenue desc, own.account_id
"""
# Each account and product is summed before it meets its parent and category: few rows are joined.
_SPEND = """
with item as (
    select account_id, product_id, sum(net) as net
    from sales_month where month >= $current and month < $after group by all
)
select unit_id as account_id, trim(category) as category, sum(net)::double as spend
from item join unit using (account_id) join products using (product_id)
where trim(category) <> ''
group by all
having spend > 0
"""
_TEXTS = ("account_id", "name", "industry", "manager")


@dataclass(frozen=True, slots=True)
class Baskets:
    """The spend of every active account of the book by category.

    Attributes
    ----------
    units
        One row an account (or parent) with R1 > 0 of which any line names a product, largest first: account_id, name,
        industry, manager, revenue (R1). What the others buy is unknown: they are no peers and have no gaps.
    categories
        The categories of the products table, by name, bought or not.
    spend
        Units × categories, Σ net over the twelve months; 0 where that is not above 0.
    """

    units: pd.DataFrame
    categories: list[str]
    spend: np.ndarray

    @property
    def buys(self) -> np.ndarray:
        """Units × categories: whether the account buys the category."""
        return self.spend > 0

    @property
    def shares(self) -> np.ndarray:
        """Units × categories: the category's share of the account's R1, at most 1; NaN where it buys none."""
        revenue = self.units["revenue"].to_numpy(dtype=float)[:, None]
        return np.where(self.buys, np.minimum(self.spend / revenue, 1.0), np.nan)


def baskets(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> Baskets:
    """Add up what each account bought of each category in the twelve months to `as_of`.

    Always of the whole book: peers do not change with what is in view. Products without a category count in the
    account's revenue and in no category; a book without categories gives a table without columns.
    """
    bounds = window_parameters(as_of)
    asked = {"current": bounds["current"], "after": bounds["after"]}
    units = cursor.execute(_UNITS, asked).df().astype(dict.fromkeys(_TEXTS, "str"))
    categories = [name for (name,) in cursor.execute(_CATEGORIES).fetchall()]
    rows = cursor.execute(_SPEND, asked).df()
    spend = np.zeros((len(units), len(categories)))
    place = pd.Index(units["account_id"]).get_indexer(pd.Index(rows["account_id"]))
    column = pd.Index(categories, dtype="str").get_indexer(pd.Index(rows["category"]))
    known = place >= 0  # an account whose returns of other goods outweigh all it bought is not active
    spend[place[known], column[known]] = rows["spend"].to_numpy(dtype=float)[known]
    return Baskets(units, categories, spend)
