"""What a metric was month by month, for every account: the past that objectives are held against and forecast from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb
import numpy as np
import pandas as pd

from kam.metrics.windows import MONTHS, months_between, shift, window_start
from kam.plan.forecast import Array, Forecaster

MONEY = ("revenue", "margin")
RELATIVE = (*MONEY, "quantity")
"""Metrics whose changes are relative; all others change in points or pieces."""
FROM_SALES = (*RELATIVE, "margin rate", "discount rate", "categories", "share of wallet")
JUDGED = ("rung", "coverage")
LESS_IS_BETTER = ("discount rate",)
TRENDED = (*RELATIVE, "margin rate", "discount rate", "share of wallet")
_ALL = (-np.inf, np.inf)
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
_NEVER = 1 << 20  # months from the first one to the first sale of an account without any
_CENTS = 4  # money and quantity are kept with so many decimals: sums of floats are cut back to them

_LISTING = """
select accounts.account_id, industry, yearly_wallet::double as wallet,
    coalesce(sum(net) filter (month >= $first), 0)::double as revenue,
    coalesce(datediff('month', $origin, min(month)), $never)::bigint as since
from accounts left join sales_month on sales_month.account_id = accounts.account_id and month <= $as_of
group by all order by accounts.account_id
"""
_BOUNDS = """
select (select min(month) from sales_month), (select max(month) from sales_month),
    (select min(date_trunc('month', survey_date))::date from surveys where nps is not null)
"""
_SUMS = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, month) as at, sum(net)::double as net, sum(quantity)::double as quantity,
    coalesce(sum(list), 0)::double as list, coalesce(sum(net_listed), 0)::double as net_listed,
    coalesce(sum(cost), 0)::double as cost, coalesce(sum(net_costed), 0)::double as net_costed,
    count(cost)::double as costed
from sales_month join listed using (account_id)
where month between $origin and $as_of
    and ($category is null or product_id in (select product_id from products where category = $category))
    and ($product is null or product_id = $product)
group by all
"""
_CATEGORIES = """
with listed as (select account_id, row_number() over (order by account_id) - 1 as place from accounts)
select place, datediff('month', $origin, month) as at, category, sum(net)::double as net
from sales_month join listed using (account_id) join products using (product_id)
where month between $origin and $as_of and category is not null
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


class Past:
    """Every account's past, asked once a scope and kept: `rolling` gives the values, `listing` who the accounts are.

    Parameters
    ----------
    cursor
        A cursor of an opened book; each method takes one of its own, as cursors are not shared between threads.
    as_of
        Nothing after the end of this month is read.
    judged
        Frames of account_id, month and value for "rung" and "coverage", which other parts measure, on some months.
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, judged: Mapping[str, pd.DataFrame] | None = None
    ) -> None:
        self.as_of = as_of
        self._judged = dict(judged or {})
        self._kept: dict[Scope, Rolling] = {}
        self._forecasters: dict[Scope, Forecaster] = {}
        first, last, self._first_answer = cursor.execute(_BOUNDS).fetchall()[0]
        self.first_month: dt.date | None = first
        self.is_covered = first is not None and first <= as_of and last >= shift(as_of, 0)
        self.listing = cursor.execute(
            _LISTING,
            {"as_of": as_of, "first": window_start(as_of), "origin": first or as_of, "never": _NEVER},
        ).df()
        self.place = {account: place for place, account in enumerate(self.listing["account_id"])}
        self.industry = self.listing["industry"].to_numpy(dtype=object)
        self.since = self.listing["since"].to_numpy(dtype=np.int64)
        self._pools: dict[str | None, np.ndarray] = {}
        self.size = np.log(np.maximum(self.listing["revenue"].to_numpy(dtype=float), 1.0))

    def pool(self, industry: str | None) -> np.ndarray:
        """Return the places of the accounts with revenue, of an industry or of the whole book, the smallest first."""
        if industry not in self._pools:
            has_revenue = self.listing["revenue"].to_numpy(dtype=float) > 0
            places = np.flatnonzero(has_revenue & (self.industry == industry) if industry else has_revenue)
            self._pools[industry] = places[np.argsort(self.size[places], kind="stable")]
        return self._pools[industry]

    def rolling(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> Rolling:
        """Return the metric of every account over the window ending with each month.

        A window that reaches before the first month of the sales is unknown; an account without sales in a covered
        window has a revenue, a quantity and a breadth of 0. A metric that nothing here measures has no months.
        """
        if scope not in self._kept:
            self._kept[scope] = self._measured(cursor, scope)
        return self._kept[scope]

    def forecaster(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> Forecaster:
        """Return what forecasts the metric of any account from its own past and its peers'."""
        if scope not in self._forecasters:
            self._forecasters[scope] = Forecaster(
                self.rolling(cursor, scope).cells, is_trended=scope.metric in TRENDED,
                bounds=BOUNDS.get(scope.metric, _ALL),
            )  # fmt: skip
        return self._forecasters[scope]

    def series(self, cursor: duckdb.DuckDBPyConnection, scope: Scope, account: str | None) -> pd.Series:
        """Return one account's known values by month; an account that never bought has none but zeros of sums."""
        rolling = self.rolling(cursor, scope)
        index = pd.DatetimeIndex(rolling.months)
        if account in self.place:
            return pd.Series(rolling.cells[self.place[account]], index=index).dropna()
        empty = self._never_bought(scope, account)
        known = np.arange(len(index)) >= scope.months - 1
        return pd.Series(np.where(known, np.nan if empty is None else empty, np.nan), index=index).dropna()

    def at(
        self, cursor: duckdb.DuckDBPyConnection, scope: Scope, account: str | None, month: dt.date | None = None
    ) -> float | None:
        """Return one account's value over the window that ends with a month, the as-of month if none is named.

        None where it is unknown.
        """
        rolling = self.rolling(cursor, scope)
        column = months_between(rolling.months[0], month or self.as_of) if rolling.months else -1
        if not 0 <= column < len(rolling.months):
            return None
        if account in self.place:
            value = float(rolling.cells[self.place[account], column])
            return None if np.isnan(value) else value
        return self._never_bought(scope, account) if column >= scope.months - 1 else None

    def _never_bought(self, scope: Scope, account: str | None) -> float | None:
        """Return what a metric is of an account without any sales: the sum of nothing is 0, a rate of it unknown."""
        return 0.0 if account is not None and scope.metric in (*RELATIVE, "categories") else None

    def _measured(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> Rolling:
        if scope.metric in JUDGED:
            return self._from_elsewhere(scope.metric)
        if scope.metric == "nps":
            return self._nps(cursor, scope)
        if scope.metric not in FROM_SALES or not self.is_covered:
            return Rolling((), np.empty((len(self.place), 0)))
        asked = {
            "origin": self.first_month, "as_of": self.as_of, "category": scope.category, "product": scope.product_id,
        }  # fmt: skip
        months = self._months(self.first_month)
        if scope.metric == "categories":
            values = self._breadth(cursor, asked, len(months), scope.months)
        else:
            values = self._ratio(scope, self._sums(cursor, asked, len(months), scope.months))
        values[:, : scope.months - 1] = np.nan
        return Rolling(months, values)

    def _months(self, first: dt.date | None) -> tuple[dt.date, ...]:
        if first is None:
            return ()
        return tuple(shift(first, step) for step in range(months_between(first, self.as_of) + 1))

    def _sums(
        self, cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, object], months: int, window: int
    ) -> dict[str, Array]:
        found = cursor.execute(_SUMS, dict(asked)).fetchnumpy()
        cells = (np.asarray(found["place"]), np.asarray(found["at"]))
        names = [name for name in found if name not in ("place", "at")]
        return {name: windows(_dense(cells, found[name], (len(self.place), months)), window) for name in names}

    def _ratio(self, scope: Scope, sums: Mapping[str, Array]) -> Array:
        margin = np.where(sums["costed"] > 0, sums["net_costed"] - sums["cost"], np.nan)
        if scope.metric in ("revenue", "quantity"):
            return sums["net" if scope.metric == "revenue" else "quantity"].copy()
        if scope.metric == "margin":
            return margin
        if scope.metric == "margin rate":
            return _over(margin, sums["net_costed"])
        if scope.metric == "discount rate":
            return 1 - _over(sums["net_listed"], sums["list"])
        if scope.category is not None or scope.product_id is not None:
            return np.full_like(margin, np.nan)  # the wallet is known for the whole account only
        wallet = self.listing["wallet"].to_numpy(dtype=float)[:, None]
        return _over(sums["net"] * MONTHS / scope.months, np.broadcast_to(wallet, margin.shape))

    def _breadth(
        self, cursor: duckdb.DuckDBPyConnection, asked: Mapping[str, object], months: int, window: int
    ) -> Array:
        found = cursor.execute(_CATEGORIES, dict(asked)).df()
        count = np.zeros((len(self.place), months))
        for _, rows in found.groupby("category"):
            cells = (rows["place"].to_numpy(), rows["at"].to_numpy())
            count += windows(_dense(cells, rows["net"], count.shape), window) > 0
        return count

    def _nps(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> Rolling:
        months = self._months(self._first_answer)
        if not months:
            return Rolling((), np.empty((len(self.place), 0)))
        found = cursor.execute(_ANSWERS, {"origin": self._first_answer, "as_of": self.as_of}).fetchnumpy()
        cells, shape = (np.asarray(found["place"]), np.asarray(found["at"])), (len(self.place), len(months))
        points, answers = (windows(_dense(cells, found[name], shape), scope.months) for name in ("points", "answers"))
        return Rolling(months, _over(points, answers))

    def _from_elsewhere(self, metric: str) -> Rolling:
        """Lay values of some months out over all months between them: each holds until the next is measured."""
        frame = self._judged.get(metric)
        if frame is None or frame.empty:
            return Rolling((), np.empty((len(self.place), 0)))
        table = frame.pivot_table(index="account_id", columns="month", values="value", dropna=False)
        months = self._months(pd.Timestamp(table.columns.min()).date())
        table = table.reindex(columns=pd.DatetimeIndex(months), method="ffill")
        return Rolling(months, table.reindex(self.listing["account_id"]).to_numpy(dtype=float))


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
