"""What a metric was over the window ending with each month, for every account: from sales and surveys, in one query."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import numpy as np

from kam.base.periods import MONTHS, months_between, shift
from kam.plan.damped_trend import Array

MONEY = ("revenue", "margin")
RELATIVE = (*MONEY, "quantity")
"""Metrics whose changes are relative; all others change in points or pieces."""
FROM_SALES = (*RELATIVE, "margin rate", "discount rate", "categories", "share of wallet")
JUDGED = ("rung", "coverage")
LESS_IS_BETTER = ("discount rate",)
TRENDED = (*RELATIVE, "margin rate", "discount rate", "share of wallet")
ALL = (-np.inf, np.inf)
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "margin rate": (-np.inf, 1.0),
        "discount rate": (-np.inf, 1.0),
        "share of wallet": (0.0, np.inf),
        "categories": (0.0, np.inf),
        "nps": (-100.0, 100.0),
        "rung": (1.0, 3.0),
        "coverage": (0.0, 1.0),
    }
)
"""What a metric cannot go below and above, where there is such a thing."""
_CENTS = 4  # money and quantity are kept with so many decimals: sums of floats are cut back to them

_SUMS = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, month) as at, sum(net)::double as net,
    coalesce(sum(quantity), 0)::double as quantity,
    coalesce(sum(list), 0)::double as list, coalesce(sum(net_listed), 0)::double as net_listed,
    coalesce(sum(cost), 0)::double as cost, coalesce(sum(net_costed), 0)::double as net_costed,
    count(cost)::double as costed, (count(*) filter (quantity is null and net <> 0))::double as uncounted
from sales_month join listed using (account_id)
where month between $origin and $as_of
    and ($category is null or product_id in (select product_id from products where category = $category))
    and ($product is null or product_id = $product)
group by all
"""
_NAMED = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, month) as at, count(*)::double as lines, count(product_id)::double as named
from sales_month join listed using (account_id)
where month between $origin and $as_of
group by all
"""
_CATEGORIES = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, month) as at, category, sum(net)::double as net
from sales_month join listed using (account_id) join products using (product_id)
where month between $origin and $as_of
    and ($category is null or category = $category) and ($product is null or product_id = $product)
group by all
"""
_ANSWERS = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, survey_date) as at, count(*)::double as answers,
    (100 * (count(*) filter (nps >= 9) - count(*) filter (nps <= 6)))::double as points
from surveys join listed using (account_id)
where nps is not null and survey_date <= $as_of
group by all
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is measured: a metric, in one category or product if it names one, over so many months."""

    metric: str
    category: str | None = None
    product_id: str | None = None
    months: int = MONTHS


@dataclass(frozen=True, slots=True)
class Rolling:
    """A metric of every account at the end of every month: one row an account, one column a month, unknown = NaN.

    `months` are first days, oldest first, without a gap. Ratios are ratios, money is in the book's currency.
    """

    months: tuple[dt.date, ...]
    cells: Array


@dataclass(frozen=True, slots=True)
class Ground:
    """What a book's past stands on.

    Attributes
    ----------
    as_of
        Nothing after the end of this month is read.
    accounts
        How many accounts there are; a row each, in the order of their ids.
    wallet
        What each spends a year, as it is known now; NaN where it is not.
    first_sale, first_answer
        The first months of sales and of answered surveys; None without any.
    is_covered
        Whether the sales reach to the as-of month.
    """

    as_of: dt.date
    accounts: int
    wallet: Array
    first_sale: dt.date | None
    first_answer: dt.date | None
    is_covered: bool

    def months(self, first: dt.date | None) -> tuple[dt.date, ...]:
        """Return the months from the first to the as-of month."""
        if first is None:
            return ()
        return tuple(shift(first, step) for step in range(months_between(first, self.as_of) + 1))

    def nothing(self) -> Rolling:
        """Return the past of a metric that nothing measures: no month."""
        return Rolling((), np.empty((self.accounts, 0)))


def rolling(cursor: duckdb.DuckDBPyConnection, scope: Scope, ground: Ground) -> Rolling:
    """Return a metric of sales or surveys of every account over the window ending with each month.

    A window that reaches before the first month of the sales is unknown; an account without sales in a covered
    window has a revenue, a quantity and a breadth of 0. A quantity with a line without one is unknown, and so is what
    was bought of a product or category in a window of which no line names a product. A metric that neither sales nor
    surveys tell has no months.
    """
    if scope.metric == "nps":
        return _nps(cursor, scope, ground)
    if scope.metric not in FROM_SALES or not ground.is_covered:
        return ground.nothing()
    months = ground.months(ground.first_sale)
    asked = {
        "origin": ground.first_sale,
        "as_of": ground.as_of,
        "category": scope.category,
        "product": scope.product_id,
    }
    shape = (ground.accounts, len(months))
    if scope.metric == "categories":
        values = _breadth(cursor, asked, shape, scope.months)
    else:
        values = _of_sums(scope, _sums(cursor, asked, shape, scope.months), ground.wallet)
    if scope.metric == "categories" or scope.category is not None or scope.product_id is not None:
        values[_unnamed(cursor, asked, shape, scope.months)] = np.nan
    values[:, : scope.months - 1] = np.nan
    return Rolling(months, values)


def _sums(
    cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, object], shape: tuple[int, int], window: int
) -> dict[str, Array]:
    found = cursor.execute(_SUMS, dict(asked)).fetchnumpy()
    cells = (np.asarray(found["place"]), np.asarray(found["at"]))
    names = [name for name in found if name not in ("place", "at")]
    return {name: windows(_dense(cells, found[name], shape), window) for name in names}


def _of_sums(scope: Scope, sums: Mapping[str, Array], wallet: Array) -> Array:
    margin = np.where(sums["costed"] > 0, sums["net_costed"] - sums["cost"], np.nan)
    found = {
        "revenue": sums["net"].copy(),
        "quantity": np.where(sums["uncounted"] > 0, np.nan, sums["quantity"]),
        "margin": margin,
        "margin rate": _over(margin, sums["net_costed"]),
        "discount rate": 1 - _over(sums["net_listed"], sums["list"]),
    }
    if scope.metric in found:
        return found[scope.metric]
    if scope.category is not None or scope.product_id is not None:
        return np.full_like(margin, np.nan)  # the wallet is known for the whole account only
    return _over(sums["net"] * MONTHS / scope.months, np.broadcast_to(wallet[:, None], margin.shape))


def _unnamed(
    cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, object], shape: tuple[int, int], window: int
) -> np.ndarray:
    """Tell of each account and window whether it bought, and no line names a product."""
    over = {name: asked[name] for name in ("origin", "as_of")}
    found = cursor.execute(_NAMED, over).fetchnumpy()
    cells = (np.asarray(found["place"]), np.asarray(found["at"]))
    lines, named = (windows(_dense(cells, found[name], shape), window) for name in ("lines", "named"))
    return (lines > 0) & (named == 0)


def _breadth(
    cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, object], shape: tuple[int, int], window: int
) -> Array:
    found = cursor.execute(_CATEGORIES, dict(asked)).df()
    count, unnamed = np.zeros(shape), np.zeros(shape, dtype=bool)
    for category, rows in found.groupby("category", dropna=False):
        cells = (rows["place"].to_numpy(), rows["at"].to_numpy())
        bought = windows(_dense(cells, rows["net"], shape), window) > 0
        if isinstance(category, str):
            count += bought
        else:
            unnamed |= bought
    return np.where(unnamed & (count == 0), np.nan, count)  # it buys, and nothing says what from


def _nps(cursor: duckdb.DuckDBPyConnection, scope: Scope, ground: Ground) -> Rolling:
    months = ground.months(ground.first_answer)
    if not months:
        return ground.nothing()
    found = cursor.execute(_ANSWERS, {"origin": ground.first_answer, "as_of": ground.as_of}).fetchnumpy()
    cells, shape = (np.asarray(found["place"]), np.asarray(found["at"])), (ground.accounts, len(months))
    points, answers = (windows(_dense(cells, found[name], shape), scope.months) for name in ("points", "answers"))
    return Rolling(months, _over(points, answers))


def windows(monthly: Array, months: int) -> Array:
    """Sum each row over the `months` columns ending with each column, cut at the first one.

    >>> windows(np.array([[1.0, 2.0, 4.0]]), 2).tolist()
    [[1.0, 3.0, 6.0]]
    """
    running = np.cumsum(monthly, axis=1)
    running[:, months:] -= running[:, :-months].copy()
    return np.round(running, _CENTS)


def _dense(cells: tuple[np.ndarray, np.ndarray], values: object, shape: tuple[int, int]) -> Array:
    dense = np.zeros(shape)
    dense[cells] = np.asarray(values, dtype=float)
    return dense


def _over(part: Array, whole: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
