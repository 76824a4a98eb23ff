"""What metrics were month by month, for every account: the past that objectives are held against and forecast from."""

import datetime as dt
from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import months_between, shift, window_start
from kam.plan.damped_trend import Forecaster
from kam.plan.rolling import ALL, BOUNDS, JUDGED, TRENDED, Ground, Rolling, Scope, rolling

_NEVER = 1 << 20  # months from the first one to the first sale of an account without any

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
        first, last, first_answer = cursor.execute(_BOUNDS).fetchall()[0]
        self.listing = cursor.execute(
            _LISTING, {"as_of": as_of, "first": window_start(as_of), "origin": first or as_of, "never": _NEVER}
        ).df()
        self._ground = Ground(
            as_of=as_of,
            accounts=len(self.listing),
            wallet=self.listing["wallet"].to_numpy(dtype=float),
            first_sale=first,
            first_answer=first_answer,
            is_covered=first is not None and first <= as_of and last >= shift(as_of, 0),
        )
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
        """Return the metric of every account over the window ending with each month; see `kam.plan.rolling.rolling`."""
        if scope not in self._kept:
            is_judged = scope.metric in JUDGED
            self._kept[scope] = self._from_elsewhere(scope) if is_judged else rolling(cursor, scope, self._ground)
        return self._kept[scope]

    def forecaster(self, cursor: duckdb.DuckDBPyConnection, scope: Scope) -> Forecaster:
        """Return what forecasts the metric of any account from its own past and its peers'."""
        if scope not in self._forecasters:
            cells, bounds = self.rolling(cursor, scope).cells, BOUNDS.get(scope.metric, ALL)
            self._forecasters[scope] = Forecaster(cells, is_trended=scope.metric in TRENDED, bounds=bounds)
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
        """Return what a metric is of an account without any sales: sums are 0, costs and rates unknown."""
        return 0.0 if account is not None and scope.metric in ("revenue", "quantity", "categories") else None

    def _from_elsewhere(self, scope: Scope) -> Rolling:
        """Lay values of some months out over all months between them: each holds until the next is measured."""
        frame = self._judged.get(scope.metric)
        if frame is None or frame.empty:
            return self._ground.nothing()
        table = frame.pivot_table(index="account_id", columns="month", values="value", dropna=False)
        months = self._ground.months(pd.Timestamp(table.columns.min()).date())
        table = table.reindex(columns=pd.DatetimeIndex(months), method="ffill")
        return Rolling(months, table.reindex(self.listing["account_id"]).to_numpy(dtype=float))
