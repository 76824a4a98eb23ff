"""How far each objective has come beside the time used, measured from the book wherever data can tell."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.column_types import typed
from kam.base.numbers import day, percent
from kam.base.policy import THRESHOLDS, Thresholds
from kam.base.schema import OBJECTIVES
from kam.base.texts import _
from kam.plan.measure import Measured, measured
from kam.plan.measured_facts import facts
from kam.plan.objective import Objective
from kam.plan.objective_outlook import expected_on, forecast_to_due
from kam.plan.objective_status import Standing, share_of_time, share_of_way, status
from kam.plan.objective_units import RATIOS, is_percent
from kam.plan.past import Past

_OBJECTIVES = """
select
    o.*, p.account_id, coalesce(u.account, p.account_id) as account, p.manager_id,
    coalesce(n.name, p.manager_id) as manager, p.name as plan
from objectives o
left join plans p on p.plan_id = o.plan_id
left join unit u on u.account_id = p.account_id
left join managers n on n.manager_id = p.manager_id
where u.in_view or not exists (from unit where not in_view)
order by o.objective_id
"""
_JOINED = dict.fromkeys(("account_id", "account", "manager_id", "manager", "plan"), "str")
_JUDGED = {"actual": "float64", "progress": "float64", "time_used": "float64", "status": "str", "reason": "str"}
_AHEAD = dict.fromkeys(("expected", "forecast", "forecast_low", "forecast_high", "chance"), "float64")


def objectives(
    cursor: duckdb.DuckDBPyConnection,
    *,
    today: dt.date,
    as_of: dt.date,
    ladder: pd.DataFrame | None = None,
    relationships: pd.DataFrame | None = None,
    past: Past | None = None,
    thresholds: Thresholds = THRESHOLDS,
) -> pd.DataFrame:
    """List every objective with its actual value, progress and status, and where it is heading.

    Parameters
    ----------
    cursor
        A cursor of a view: of its accounts the plans are told; where all are in view, those of no known account, too.
    today
        The day the time used and the readings refer to.
    as_of
        The last day of the as-of month: sales and surveys are taken over the `window_months` (12 where empty) that
        end there, within the objective's category or product, for its plan's account.
    ladder
        A frame with `account_id` and `expected_rung`, for objectives about the rung; None = not measured.
    relationships
        A frame with `account_id` and `coverage`, for objectives about coverage; None = not measured.
    past
        The past of the same book, which forecasts are made from; None = no forecast.
    thresholds
        Where the colours change.

    Returns
    -------
    DataFrame
        One row an objective in the order of ids: the columns of the schema, then `account_id`, `account` (its name),
        `manager_id` and `manager` (who leads the plan), `plan` (its name), `actual` (in the unit of baseline and
        target: ratios as ratios, or × 100 where `unit` says percent), `progress` = (actual − baseline) ÷ (target −
        baseline), `time_used` (0–1), `status` (green, amber, red, not measured) and `reason` (one sentence), then
        `expected` (what the straight line from baseline to target says today), `forecast` to the due day with
        `forecast_low` and `forecast_high` (80 %), and `chance` of meeting the target by then; all in the unit of
        baseline and target. What cannot be measured is missing, with the reason; what is past due, is read off paper
        or has too short a history has no forecast. No objectives: no rows, the same columns.
    """
    found = cursor.execute(_OBJECTIVES).df()
    rows = typed(found, OBJECTIVES, _JOINED)
    judged = {"rung": _by_account(ladder, "expected_rung"), "coverage": _by_account(relationships, "coverage")}
    known = {fact.objective_id: measured(fact, judged=judged) for fact in facts(cursor, today=today, as_of=as_of)}
    answers = [
        _answer(row, known[row["objective_id"]], today, thresholds)
        | _ahead(cursor, past, row, today, is_measured=known[row["objective_id"]].value is not None)
        for row in rows.to_dict("records")
    ]
    answered = pd.DataFrame(answers, columns=[*_JUDGED, *_AHEAD], index=rows.index).astype(_JUDGED | _AHEAD)
    return pd.concat([rows, answered], axis=1)


def _by_account(frame: pd.DataFrame | None, column: str) -> dict[str, float]:
    if frame is None:
        return {}
    present = frame.dropna(subset=[column])
    return dict(zip(present["account_id"].tolist(), present[column].astype("float64").tolist(), strict=True))


def _answer(row: dict, found: Measured, today: dt.date, thresholds: Thresholds) -> dict[str, object]:
    starts_on, due_on = _date(row["starts_on"]), _date(row["due_on"])
    actual = _in_unit(found.value, row)
    progress = share_of_way(_number(row["baseline"]), _number(row["target"]), actual)
    time_used = share_of_time(starts_on, due_on, today)
    standing = Standing(progress, time_used, due_on is not None and today > due_on, thresholds)
    problem = None if found.value is None else _target_problem(row)
    return {
        "actual": actual,
        "progress": progress,
        "time_used": time_used,
        "status": status(standing),
        "reason": _reason(standing, problem, due_on, found),
    }


def _ahead(
    cursor: duckdb.DuckDBPyConnection, past: Past | None, row: dict, today: dt.date, *, is_measured: bool
) -> dict[str, object]:
    """Return what is expected of an objective today, and its forecast, in its unit."""
    told = Objective.of(row)
    line = expected_on(told, today)
    found = None
    if past is not None and is_measured and isinstance(row["account_id"], str):
        found = forecast_to_due(cursor, past, told, row["account_id"])
    if found is None:
        return {"expected": line}
    low, middle, high = (value / told.scale for value in (found.low, found.middle, found.high))
    chance = None if told.target is None else found.chance(told.target * told.scale, told.sign)
    return {"expected": line, "forecast": middle, "forecast_low": low, "forecast_high": high, "chance": chance}


def _reason(standing: Standing, problem: str | None, due_on: dt.date | None, found: Measured) -> str:
    if standing.progress is None:
        return _("Not measured: {reason}.").format(reason=problem or found.how)
    way = (
        _("{share} of the way").format(share=percent(standing.progress))
        if standing.progress >= 0
        else _("further from its target than at the start")
    )
    if standing.is_met:
        told = _("The target is met ({source}).")
    elif standing.is_past_due and due_on is not None:
        told = _("It was due on {due} and is {way} ({source}).")
    elif standing.time_used is None:
        told = _("It is {way}, but its start and due day are missing or out of order ({source}).")
    else:
        told = _("It is {way} with {share} of the time used ({source}).")
    return told.format(source=found.how, due=day(due_on), way=way, share=percent(standing.time_used))


def _target_problem(row: dict) -> str | None:
    baseline, target = _number(row["baseline"]), _number(row["target"])
    if target is None:
        return _("it has no target")
    if baseline is None:
        return _("it has no baseline")
    return _("its target equals its baseline, so there is no way to go") if target == baseline else None


def _in_unit(value: float | None, row: dict) -> float | None:
    # × 100, not ÷ 0.01, which is a hair off
    return 100 * value if value is not None and row["metric"] in RATIOS and is_percent(row["unit"]) else value


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _date(value: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(value) else value.date()
