"""The sentences of the Plans and Risks pages."""

import pandas as pd
import pytest

from kam.base.amounts import amount, rounded
from kam.plan import words as plans
from kam.risks import words as risks


def plan(**change: object) -> dict[str, object]:
    return {
        "plan_id": "L",
        "account": "Nord",
        "status": "active",
        "red": 0,
        "objectives": 2,
        "overdue": 0,
        "days_since_review": pd.NA,
        "progress": 0.5,
        "time_used": 0.5,
    } | change


GOALS = pd.DataFrame({"plan_id": ["L", "L"], "status": ["green", "red"], "chance": [0.9, 0.1]})


@pytest.mark.parametrize(
    ("rows", "goals", "sentence"),
    [
        ([plan()], GOALS.head(0), "None of 1 running plan has an objective far behind."),
        (
            [plan(red=1, time_used=0.9), plan(red=2, progress=None, account="Süd")],
            GOALS,
            (
                "2 of 2 running plans have an objective far behind, most of all Süd (2 of 2 objectives); of 2"
                " objectives with"
                " a forecast, 1 is likelier met than not."
            ),
        ),
        (
            [plan(days_since_review=91), plan(days_since_review=90)],
            GOALS.head(0),
            "None of 2 running plans has an objective far behind; 1 plan was not reviewed for 90 days.",
        ),
        ([plan(status="closed")], GOALS, "No plan is running; 1 plan closed."),
    ],
)
def test_the_finding_of_the_plans(rows: list[dict], goals: pd.DataFrame, sentence: str) -> None:
    assert plans.finding(pd.DataFrame(rows), goals) == sentence


def objective(**change: object) -> pd.Series:
    row = {
        "title": "Grow",
        "unit": "ratio",
        "status": "amber",
        "actual": 0.1,
        "target": 0.2,
        "forecast": None,
        "forecast_low": None,
        "forecast_high": None,
        "chance": None,
        "due_on": pd.Timestamp("2026-12-31"),
    }
    return pd.Series(row | change)


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({}, "Grow: now 10.0 %, target 20.0 %; no forecast"),
        ({"status": "not measured", "actual": None}, "Grow: not measured, so there is no forecast"),
        (
            {"forecast": 0.15, "forecast_low": 0.1, "forecast_high": 0.2, "chance": 0.1},
            "Grow: heading for 15.0 % (10.0 % to 20.0 %) by 31 Dec 2026; 10.0 % likely to meet 20.0 %",
        ),
        (
            {"forecast": 0.15, "forecast_low": 0.1, "forecast_high": 0.2},
            "Grow: heading for 15.0 % (10.0 % to 20.0 %) by 31 Dec 2026",
        ),
    ],
)
def test_the_way_of_an_objective(change: dict[str, object], title: str) -> None:
    assert plans.path_title(objective(**change)) == title


def test_nothing_to_do_and_no_gap_are_said() -> None:
    load = pd.DataFrame({"who": [], "month": [], "milestones": []})
    assert plans.load_title(load, "owner", pd.Timestamp("2026-09-30").date()) == "No milestone is open"
    assert plans.draft_title(pd.DataFrame({"kind": []}), "Nord") == "The book shows no gap of Nord to start a plan from"
    assert plans.strategies_title(pd.DataFrame()) == "Nobody has said yet how the objectives are to be reached"


def risk(**change: object) -> dict[str, object]:
    return {
        "title": "Sponsor leaves",
        "account": "Nord",
        "is_live": True,
        "expected_loss": 50.0,
        "mitigation": "x",
        "owner": "Ada",
        "margin_at_risk": 100.0,
    } | change


CURVE = pd.DataFrame({"loss": [0.0, 100.0], "chance": [0.5, 0.0]})
RIVALS = pd.DataFrame({"rival": ["X"], "attacks": [2], "attacked_revenue": [9.0]})
NOBODY = RIVALS.head(0)


@pytest.mark.parametrize(
    ("rows", "curve", "rivals", "sentence"),
    [
        (
            [risk(), risk(title="Flood", expected_loss=None)],
            CURVE,
            NOBODY,
            (
                "2 live risks cost EUR 50.0 a year on average (of 1 the size is unknown), more than EUR 100"
                " with a chance of"
                " one in ten; the largest is “Sponsor leaves” at Nord (EUR 50.0)."
            ),
        ),
        (
            [risk(expected_loss=None, owner=None)],
            CURVE.head(0),
            NOBODY,
            (
                "What 1 live risk would cost is not measured: no sale of its account has a cost; for 1 nobody"
                " says what is"
                " done, or who acts."
            ),
        ),
        (
            [risk(is_live=False)],
            CURVE.head(0),
            RIVALS,
            "No live risk is known here; X attacks 2 accounts and EUR 9.00 of our revenue.",
        ),
        ([risk(is_live=False)], CURVE.head(0), NOBODY, "No live risk and no rival is known here."),
    ],
)
def test_the_finding_of_the_risks(rows: list[dict], curve: pd.DataFrame, rivals: pd.DataFrame, sentence: str) -> None:
    assert risks.finding(pd.DataFrame(rows), curve, rivals, "EUR") == sentence


def test_titles_of_nothing() -> None:
    assert risks.register_title(pd.DataFrame({"expected_loss": [None]}, dtype="float64")) == "No expected loss is known"
    assert risks.curve_title(CURVE.head(0)) == "What the risks could cost together is not known"
    assert risks.rivals_title(RIVALS.assign(attacks=0)) == "No rival is known to attack"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1_234_567, "€", "EUR 1.23 M"),
        (-12.5, "points", "−12.50 points"),
        (1, "units", "1 unit"),
        (0.5, None, "0.50"),
        (None, "EUR", "not measured"),
        (float("nan"), "%", "not measured"),
        (7, "workshops", "7 workshops"),
    ],
)
def test_amounts_are_written_in_their_unit(value: float | None, unit: str | None, said: str) -> None:
    assert amount(value, unit) == said


@pytest.mark.parametrize("value", [1_234_567.0, 0.0123456, 99.99, -55.55, 100.0])
def test_a_rounded_target_asks_for_no_more(value: float) -> None:
    assert abs(rounded(value, 0.0)) <= abs(value)
    assert abs(rounded(value, 0.0) - value) < abs(value) / 90
