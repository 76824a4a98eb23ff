"""What is expected of an objective: the straight line it should follow, and where what is measured is heading."""

import datetime as dt

import duckdb

from kam.base.periods import months_between
from kam.plan.damped_trend import Forecast
from kam.plan.objective import Objective
from kam.plan.past import Past
from kam.plan.past_changes import peers
from kam.plan.rolling import Scope


def forecast_ahead(
    cursor: duckdb.DuckDBPyConnection, past: Past, scope: Scope, account: str | None, months: int
) -> Forecast | None:
    """Forecast a metric of an account from its past and its peers'; None where nothing measures it, or too little."""
    if account is None or account not in past.place or months < 1:
        return None
    return past.forecaster(cursor, scope).ahead(peers(past, account), months)


def forecast_to_due(
    cursor: duckdb.DuckDBPyConnection, past: Past, objective: Objective, account: str | None
) -> Forecast | None:
    """Forecast an objective's metric to the month of its due day, in the unit of measuring.

    None where the due month is not ahead, the metric is not measured, or the history is too short.
    """
    if objective.scope is None or objective.due_on is None:
        return None
    return forecast_ahead(cursor, past, objective.scope, account, months_between(past.as_of, objective.due_on))


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
