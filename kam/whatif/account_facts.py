"""What a book says of each account before any lever: who it is, its twelve months, its prices, costs and discounts."""

import datetime as dt
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import MONTHS, month_start, shift, window_months, window_parameters

AMOUNTS = ("net", "list", "net_listed", "cost", "net_costed")
HISTORY = 3 * MONTHS + MONTHS

_WHO = """
select account_id, account as name, root_id, coalesce(unit.industry, '') as industry,
    coalesce(unit.region, '') as region, coalesce(unit.manager, '') as manager, in_view
from unit join accounts using (account_id)
where account_id in (select account_id from sales_month where month < $after)
order by account_id
"""
_MONTHS = """
select account_id, month, sum(net)::double as revenue from sales_month
where month >= $first and month < $after group by account_id, month
"""
_FIRST = "select account_id, min(month) as month from sales_month where month < $after group by account_id"
_CELLS = """
select account_id, coalesce(products.category, '') as category, sum(net)::double as net,
    coalesce(sum(list), 0)::double as list, coalesce(sum(net_listed), 0)::double as net_listed,
    coalesce(sum(cost), 0)::double as cost, coalesce(sum(net_costed), 0)::double as net_costed
from sales_month left join products using (product_id)
where month >= $current and month < $after
group by all order by all
"""
_RATES = """
select account_id, coalesce(products.category, '') as category,
    round(1 - net_listed::double / list::double, 4) as rate, sum(list)::double as list,
    sum(net_listed)::double as net_listed
from sales_month left join products using (product_id)
where month >= $current and month < $after and list > 0
group by all order by all
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """Every account of a book before any lever, in the order of ids; amounts of the twelve months to the as-of month.

    Attributes
    ----------
    who
        account_id, name, root_id, industry, region, manager ("" where unknown), in_view, rung (1, 2, 3, "unknown").
    months
        Accounts × months: revenue, oldest first, up to the as-of month; as many months as the book holds, 48 at most.
    age
        Months since the first purchase, the as-of month included, in months.
    categories
        Names of the categories, "" for products without one.
    amounts
        `AMOUNTS` by name: categories × accounts. `list`, `net_listed`: lines with a list amount; `cost`, `net_costed`:
        lines with a cost.
    rates
        category and account (row numbers), rate, list, net_listed: how much was sold at which discount.
    """

    who: pd.DataFrame
    months: np.ndarray
    age: np.ndarray
    categories: tuple[str, ...]
    amounts: dict[str, np.ndarray]
    rates: pd.DataFrame

    @property
    def revenue(self) -> np.ndarray:
        """Revenue of each account in the twelve months."""
        return self.amounts["net"].sum(axis=0)

    @property
    def has_costs(self) -> bool:
        """Whether any sale of the accounts in view has a cost."""
        return bool(np.any(self.amounts["net_costed"][:, self.who["in_view"].to_numpy()]))

    @property
    def has_list(self) -> bool:
        """Whether any sale of the accounts in view has a list price."""
        return bool(np.any(self.amounts["list"][:, self.who["in_view"].to_numpy()]))

    def in_view(self) -> "Facts":
        """Keep the accounts in view."""
        kept = np.flatnonzero(self.who["in_view"].to_numpy())
        place = np.full(len(self.who), -1)
        place[kept] = np.arange(len(kept))
        rates = self.rates.assign(account=place[self.rates["account"].to_numpy(dtype=int)])
        return Facts(
            self.who.iloc[kept].reset_index(drop=True),
            self.months[kept],
            self.age[kept],
            self.categories,
            {name: amounts[:, kept] for name, amounts in self.amounts.items()},
            rates[rates["account"] >= 0].reset_index(drop=True),
        )

    def undivided(self) -> "Facts":
        """Add the categories of each account up, for scenarios that take hold of none."""
        added = {name: amounts.sum(axis=0, keepdims=True) for name, amounts in self.amounts.items()}
        sums = self.rates.groupby(["account", "rate"], as_index=False)[["list", "net_listed"]].sum()
        return replace(self, categories=("",), amounts=added, rates=sums.assign(category=0))


def facts(
    cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, first_day: dt.date, rungs: pd.Series | None = None
) -> Facts:
    """Gather what the levers act on, also of accounts that are not in view: they are kept as peers.

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Last day of the as-of month; nothing later is read.
    first_day
        First day of the book's data: months before it are not history.
    rungs
        Rung by account id, "1", "2", "3" or "unknown"; who is not in it is "unknown".

    Returns
    -------
    Facts
        Empty where nothing was sold up to the as-of month.
    """
    windows = window_parameters(as_of)
    known = (as_of.year - first_day.year) * MONTHS + as_of.month - first_day.month + 1
    count = min(HISTORY, max(MONTHS, known))
    asked = {"after": windows["after"], "current": windows["current"]}
    who = cursor.execute(_WHO, {"after": windows["after"]}).df()
    texts = ["account_id", "name", "root_id", "industry", "region", "manager"]
    who = who.astype(dict.fromkeys(texts, "str")).astype({"in_view": bool})
    who["rung"] = who["account_id"].map({} if rungs is None else rungs.to_dict()).fillna("unknown").astype("str")
    place = pd.Series(np.arange(len(who)), index=who["account_id"])
    months = _months(cursor, place, as_of=as_of, count=count)
    first = cursor.execute(_FIRST, {"after": windows["after"]}).df()
    start = pd.to_datetime(first["month"]).dt
    age = np.ones(len(who), dtype=int)
    age[place.loc[first["account_id"]].to_numpy(dtype=int)] = (
        (as_of.year - start.year) * MONTHS + as_of.month - start.month + 1
    )
    cells, rates = (cursor.execute(query, asked).df() for query in (_CELLS, _RATES))
    categories = tuple(sorted(set(cells["category"].tolist()) | {""}))
    return Facts(who, months, age, categories, _amounts(cells, place, categories), _rates(rates, place, categories))


def months_ahead(as_of: dt.date) -> list[dt.date]:
    """List the twelve months after the as-of month as first days.

    >>> months_ahead(dt.date(2026, 9, 30))[0]
    datetime.date(2026, 10, 1)
    """
    return [shift(month_start(as_of), step) for step in range(1, MONTHS + 1)]


def _months(cursor: duckdb.DuckDBPyConnection, place: pd.Series, *, as_of: dt.date, count: int) -> np.ndarray:
    listed = window_months(as_of, count)
    rows = cursor.execute(_MONTHS, {"first": listed[0], "after": shift(as_of, 1)}).df()
    found = np.zeros((len(place), count))
    column = {pd.Timestamp(month): number for number, month in enumerate(listed)}
    at = rows["month"].map(column).to_numpy(dtype=int)
    found[place.loc[rows["account_id"]].to_numpy(dtype=int), at] = rows["revenue"]
    return found


def _amounts(cells: pd.DataFrame, place: pd.Series, categories: tuple[str, ...]) -> dict[str, np.ndarray]:
    row, column = _at(cells, place, categories)
    found = {}
    for name in AMOUNTS:
        found[name] = np.zeros((len(categories), len(place)))
        found[name][row, column] = cells[name]
    return found


def _rates(rates: pd.DataFrame, place: pd.Series, categories: tuple[str, ...]) -> pd.DataFrame:
    row, column = _at(rates, place, categories)
    return rates[["rate", "list", "net_listed"]].assign(category=row, account=column)


def _at(rows: pd.DataFrame, place: pd.Series, categories: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    numbers = {name: number for number, name in enumerate(categories)}
    return (rows["category"].map(numbers).to_numpy(dtype=int), place.loc[rows["account_id"]].to_numpy(dtype=int))
