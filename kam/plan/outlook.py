"""What is expected of an objective: the straight line it should follow, and where what is measured is heading."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import duckdb
import numpy as np

from kam.metrics.windows import months_between
from kam.plan.forecast import Forecast, Forecaster
from kam.plan.objective import Objective
from kam.plan.past import RELATIVE, Past, Scope
from kam.plan.reach import peers

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


def forecaster(cursor: duckdb.DuckDBPyConnection, past: Past, scope: Scope, account: str | None) -> Forecaster | None:
    """Return what forecasts a metric of an account from its past and its peers'; None where nothing measures it."""
    rolling = past.rolling(cursor, scope)
    if account not in past.place or not rolling.months:
        return None
    values = rolling.cells[peers(past, account)]
    return Forecaster(values, is_trended=scope.metric in TRENDED, bounds=BOUNDS.get(scope.metric, _ALL))


def forecast_to_due(
    cursor: duckdb.DuckDBPyConnection, past: Past, objective: Objective, account: str | None
) -> Forecast | None:
    """Forecast an objective's metric to the month of its due day, in the unit of measuring.

    None where the due month is not ahead, the metric is not measured, or the history is too short.
    """
    if objective.scope is None or objective.due_on is None:
        return None
    months = months_between(past.as_of, objective.due_on)
    found = forecaster(cursor, past, objective.scope, account) if months > 0 else None
    return None if found is None else found.ahead(months)


def expected_on(objective: Objective, day: dt.date) -> float | None:
    """Return what the straight line from baseline to target says on a day; None before the start and without one.

    >>> goal = Objective.of({"baseline": 0, "target": 10, "starts_on": "2026-01-01", "due_on": "2026-01-11"})
    >>> expected_on(goal, dt.date(2026, 1, 4)), expected_on(goal, dt.date(2026, 6, 1))
    (3.0, 10.0)
    """
    start, due = objective.starts_on, objective.due_on
    if objective.baseline is None or objective.target is None or start is None or due is None or due <= start:
        return None
    if day < start:
        return None
    share = min((day - start).days / (due - start).days, 1.0)
    return objective.baseline + share * (objective.target - objective.baseline)
