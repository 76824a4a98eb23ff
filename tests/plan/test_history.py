"""One objective's history: measured values, the straight line and the forecast, on days by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from kam.base.errors import QuestionError
from kam.plan.objective_history import objective_history
from kam.plan.objectives import objectives
from kam.plan.past import Past
from tests.relations import Row, line, relations

AS_OF = dt.date(2026, 6, 30)
MONTHS = pd.date_range("2022-01-01", "2026-06-01", freq="MS")
PLANS = [{"plan_id": "L", "account_id": "A", "name": "Plan", "starts_on": AS_OF, "ends_on": AS_OF}]
GOAL: Row = {
    "objective_id": "O",
    "plan_id": "L",
    "title": "Grow",
    "metric": "revenue",
    "window_months": 1,
    "unit": "EUR",
    "baseline": 50,
    "target": 60,
    "starts_on": dt.date(2026, 1, 1),
    "due_on": dt.date(2026, 8, 31),
}


def sales() -> list[Row]:
    """Write one more a month: 1 in January 2022, 54 in June 2026."""
    return [line("A", f"{month:%Y-%m-%d}", place + 1) for place, month in enumerate(MONTHS)]


def history(goal: Row, **tables: list[Row]) -> pd.DataFrame:
    with relations(sales(), plans=PLANS, objectives=[goal], **tables) as cursor:
        return objective_history(cursor, "O", today=AS_OF, past=Past(cursor, as_of=AS_OF))


def test_it_runs_from_a_year_before_the_start_to_the_due_day() -> None:
    frame = history(GOAL)

    assert frame["on"].iloc[[0, -1]].dt.date.tolist() == [dt.date(2025, 1, 31), dt.date(2026, 8, 31)]
    values = frame.set_index("on")["value"].dropna()
    assert values.tolist() == [*range(37, 55)]
    line_ = frame.set_index("on")["expected"].dropna()
    assert line_.index[0] == pd.Timestamp("2026-01-01")
    assert (line_.iloc[0], line_.iloc[-1]) == (50, 60)
    assert line_[pd.Timestamp("2026-04-30")] == pytest.approx(50 + 10 * 119 / 242)


def test_it_ends_with_the_forecast_of_the_objective() -> None:
    with relations(sales(), plans=PLANS, objectives=[GOAL]) as cursor:
        past = Past(cursor, as_of=AS_OF)
        row = objectives(cursor, today=AS_OF, as_of=AS_OF, past=past).iloc[0]
        last = objective_history(cursor, "O", today=AS_OF, past=past).iloc[-1]

    ends = ["forecast", "forecast_low", "forecast_high"]
    np.testing.assert_allclose(row[ends].astype(float), [56, 56, 56])
    assert row[ends].tolist() == last[ends].tolist()
    assert (row["expected"], row["chance"]) == (pytest.approx(50 + 10 * 180 / 242), 0)


@pytest.mark.parametrize(
    ("change", "forecast"),
    [
        ({"target": 55}, True),
        ({"due_on": AS_OF}, False),
        ({"due_on": None}, False),
        ({"metric": "margin"}, False),
        ({"category": "none such"}, False),
    ],
)
def test_only_what_is_measured_and_not_over_has_a_forecast(change: dict[str, object], forecast: bool) -> None:  # noqa: FBT001
    with relations(sales(), plans=PLANS, objectives=[{**GOAL, **change}]) as cursor:
        row = objectives(cursor, today=AS_OF, as_of=AS_OF, past=Past(cursor, as_of=AS_OF)).iloc[0]

    assert row[["forecast", "forecast_low", "forecast_high", "chance"]].notna().eq(forecast).all()


def test_readings_are_shown_as_they_were_typed() -> None:
    readings: list[Row] = [
        {"reading_id": name, "objective_id": "O", "read_on": dt.date.fromisoformat(day), "value": value}
        for name, day, value in [("R1", "2026-03-01", 51), ("R2", "2026-03-01", 52), ("R3", "2026-07-01", 99)]
    ]
    frame = history({**GOAL, "metric": "reading"}, readings=readings)

    assert frame["value"].dropna().tolist() == [52]
    assert frame["forecast"].isna().all()


def test_a_percentage_is_told_in_percent() -> None:
    goal = {**GOAL, "metric": "share of wallet", "unit": "%", "baseline": 10, "target": 20}
    frame = history(goal, accounts=[{"account_id": "A", "yearly_wallet": 1200}])

    assert frame["value"].dropna().iloc[-1] == pytest.approx(54)


def test_an_objective_that_is_not_there_is_said() -> None:
    with relations() as cursor, pytest.raises(QuestionError, match="There is no objective 'O'"):
        objective_history(cursor, "O", today=AS_OF, past=Past(cursor, as_of=AS_OF))
