"""How one objective went: what was measured month by month, the straight line to its target, and its forecast."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import month_end, months_between, shift
from kam.plan.objective import Objective
from kam.plan.objective_outlook import expected_on, forecast_ahead
from kam.plan.past import Past

BEFORE = 12  # months shown before the start
COLUMNS = ("on", "value", "expected", "forecast", "forecast_low", "forecast_high")

_OBJECTIVE = """
select o.*, p.account_id from objectives o left join plans p using (plan_id) where o.objective_id = $id
"""
_READINGS = """
select read_on as on, last(value order by reading_id)::double as value
from readings where objective_id = $id and read_on <= $today::date group by read_on order by read_on
"""


def objective_history(
    cursor: duckdb.DuckDBPyConnection, objective_id: str, *, today: dt.date, past: Past
) -> pd.DataFrame:
    """Return one objective's measured values since a year before its start, its expected path, and its forecast.

    Parameters
    ----------
    cursor
        An opened book.
    objective_id
        Which objective; an unknown one raises `QuestionError`.
    today
        Readings after this day are not read.
    past
        The past of the same book: values reach to its as-of month, forecasts go on from there.

    Returns
    -------
    DataFrame
        One row a day on which something is told, oldest first: on, value (what the metric was on that month's end, or
        a reading), expected (the straight line from baseline to target, from start to due day), forecast with
        forecast_low and forecast_high (80 %, on the month ends after the as-of month). All in the objective's unit;
        untold is NaN.
    """
    found = cursor.execute(_OBJECTIVE, {"id": objective_id}).df()
    if found.empty:
        raise QuestionError(f"There is no objective {objective_id!r} in this book. Nothing was changed.")
    row = {str(name): value for name, value in found.iloc[0].items()}
    objective, account = Objective.of(row), row["account_id"]
    if objective.metric == "reading":
        told = cursor.execute(_READINGS, {"id": objective_id, "today": today}).df()
    else:
        told = _measured(cursor, past, objective, account if isinstance(account, str) else None)
    told = pd.concat([told, _bends(objective)], ignore_index=True).astype({"on": "datetime64[us]"})
    told = told.groupby("on", as_index=False).first()
    line = [expected_on(objective, day.date()) if _within(objective, day.date()) else np.nan for day in told["on"]]
    told = told.assign(expected=pd.Series(line, dtype="float64")).reindex(columns=list(COLUMNS))
    return told.astype(dict.fromkeys(COLUMNS[1:], "float64"))


def _measured(cursor: duckdb.DuckDBPyConnection, past: Past, objective: Objective, account: str | None) -> pd.DataFrame:
    if objective.scope is None:
        return pd.DataFrame({"on": [], "value": []})
    series = past.series(cursor, objective.scope, account) / objective.scale
    if objective.starts_on is not None:
        series = series[series.index >= pd.Timestamp(shift(objective.starts_on, -BEFORE))]
    months = pd.DatetimeIndex(series.index).date
    rows = [{"on": month_end(month), "value": value} for month, value in zip(months, series, strict=True)]
    ahead = months_between(past.as_of, objective.due_on) if objective.due_on is not None else 0
    for step in range(1, ahead + 1):
        told = forecast_ahead(cursor, past, objective.scope, account, step)
        if told is None:
            break
        low, middle, high = (value / objective.scale for value in (told.low, told.middle, told.high))
        on = month_end(shift(past.as_of, step))
        rows.append({"on": on, "forecast": middle, "forecast_low": low, "forecast_high": high})
    return pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "expected"])


def _bends(objective: Objective) -> pd.DataFrame:
    """Return the days on which the expected path begins and ends."""
    return pd.DataFrame({"on": [day for day in (objective.starts_on, objective.due_on) if day is not None]})


def _within(objective: Objective, day: dt.date) -> bool:
    first, last = objective.starts_on, objective.due_on
    return first is not None and last is not None and first <= day <= last
