"""Objectives: the actual value of each metric by hand, progress, time used, status and the reason in words."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kam.base.policy import Thresholds
from kam.base.schema import OBJECTIVES
from kam.plan.objectives import objectives
from tests.relations import Row, line, relations, seen

TODAY = dt.date(2026, 10, 9)
AS_OF = dt.date(2026, 9, 30)
SALES = [
    line("A", "2025-09-15", 9999, product_id="P1", quantity=100),
    line("A", "2025-10-05", 100, product_id="P1", quantity=10, list_amount=125, cost_amount=60),
    line("A", "2026-03-10", 200, product_id="P2", quantity=5, list_amount=200, cost_amount=150),
    line("A", "2026-09-20", 50, product_id="P1", quantity=2),
    line("A", "2026-09-25", -10, product_id="P1", quantity=-1, list_amount=-12.5, cost_amount=-6),
    line("A", "2026-10-02", 7777, product_id="P1", quantity=77, list_amount=9000, cost_amount=1),
    line("B", "2026-01-07", 1000, product_id="P3", quantity=1),
]
PRODUCTS = [
    {"product_id": "P1", "name": "Pump", "category": "pumps"},
    {"product_id": "P2", "name": "Valve", "category": "valves"},
    {"product_id": "P3", "name": "Thing"},
    {"product_id": "P4", "name": "Course", "category": "training"},
]
ACCOUNTS = [{"account_id": "A", "name": "Acme", "yearly_wallet": 1000}, {"account_id": "B", "name": "Bolt"}]
PLANS: list[Row] = [
    {
        "plan_id": f"P-{account}",
        "account_id": account,
        "name": f"Plan {account}",
        "manager_id": "M1",
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
    }
    for account in ("A", "B", "C")
]
MANAGERS = [{"manager_id": "M1", "name": "Mina"}]
SURVEYS = [
    {"survey_id": f"S{index}", "account_id": account, "survey_date": dt.date.fromisoformat(day), "nps": nps}
    for index, (account, day, nps) in enumerate(
        [
            ("A", "2025-09-30", 0),
            ("A", "2025-10-01", 10),
            ("A", "2026-01-15", 9),
            ("A", "2026-02-01", 7),
            ("A", "2026-09-30", 3),
            ("A", "2026-10-01", 0),
            ("A", "2026-05-01", None),
            ("B", "2025-01-01", 10),
        ]
    )
]
READINGS = [
    {"reading_id": f"R{index}", "objective_id": "O", "read_on": dt.date.fromisoformat(day), "value": value}
    for index, (day, value) in enumerate([("2026-10-09", 6), ("2026-08-01", 5), ("2026-10-10", 9), ("2026-10-09", 7)])
]
LADDER = pd.DataFrame({"account_id": ["A", "B"], "expected_rung": [2.25, None]})
RELATIONSHIPS = pd.DataFrame({"account_id": ["A"], "coverage": [0.4]})


def book(*rows: Row) -> duckdb.DuckDBPyConnection:
    return relations(
        SALES,
        accounts=ACCOUNTS,
        products=PRODUCTS,
        plans=PLANS,
        managers=MANAGERS,
        surveys=SURVEYS,
        readings=READINGS,
        objectives=rows,
    )


def goal(metric: str | None, **more: object) -> Row:
    """Write an objective of account A whose progress equals its actual value, due on the day two thirds from now."""
    return {
        "objective_id": "O",
        "plan_id": "P-A",
        "title": "Grow",
        "metric": metric,
        "baseline": 0,
        "target": 1,
        "starts_on": dt.date(2026, 1, 1),
        "due_on": dt.date(2027, 12, 31),
        **more,
    }


def answer(row: Row) -> pd.Series:
    with book(row) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=AS_OF, ladder=LADDER, relationships=RELATIONSHIPS)
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize(
    ("metric", "more", "actual", "how"),
    [
        ("revenue", {}, 340, "sales of the last 12 months"),
        ("revenue", {"window_months": 3}, 40, "sales of the last 3 months"),
        ("revenue", {"window_months": 1}, 40, "sales of the last month"),
        ("revenue", {"window_months": 13}, 10_339, "sales of the last 13 months"),
        ("revenue", {"category": "pumps"}, 140, "sales of the last 12 months"),
        ("revenue", {"product_id": "P2"}, 200, "sales of the last 12 months"),
        ("revenue", {"product_id": "P2", "category": "pumps"}, 0, "sales of the last 12 months"),
        ("revenue", {"category": "training"}, 0, "sales of the last 12 months"),
        ("revenue", {"plan_id": "P-C"}, 0, "sales of the last 12 months"),
        ("quantity", {}, 16, "units sold in the last 12 months"),
        ("quantity", {"product_id": "P1", "window_months": 2}, 1, "units sold in the last 2 months"),
        ("margin", {}, 86, "sales of the last 12 months, costs known for 85.3 % of them"),
        ("margin", {"category": "valves"}, 50, "sales of the last 12 months"),
        ("margin rate", {}, 86 / 290, "sales of the last 12 months, costs known for 85.3 % of them"),
        ("margin rate", {"category": "valves", "unit": " % "}, 25, "sales of the last 12 months"),
        ("discount rate", {}, 1 - 300 / 325, "sales of the last 12 months with a list price"),
        (
            "discount rate",
            {"category": "pumps", "unit": "percent"},
            20,
            "sales of the last 12 months with a list price",
        ),
        ("categories", {}, 2, "categories sold in the last 12 months"),
        ("categories", {"window_months": 2}, 1, "categories sold in the last 2 months"),
        ("categories", {"plan_id": "P-C"}, 0, "categories sold in the last 12 months"),
        ("share of wallet", {}, 0.34, "sales of the last 12 months against the yearly wallet"),
        ("share of wallet", {"window_months": 3}, 0.16, "sales of the last 3 months against the yearly wallet"),
        ("nps", {}, 25, "4 answers of the whole account in the last 12 months"),
        ("nps", {"window_months": 1}, -100, "1 answer of the whole account in the last month"),
        ("rung", {}, 2.25, "expected rung on the evidence"),
        ("coverage", {}, 0.4, "active contacts by function and level"),
        ("coverage", {"unit": "pct"}, 40, "active contacts by function and level"),
        ("reading", {}, 7, "reading of 9 Oct 2026"),
        ("reading", {"plan_id": "unknown"}, 7, "reading of 9 Oct 2026"),
    ],
)
def test_each_metric_is_measured_within_its_scope(
    metric: str, more: dict[str, object], actual: float, how: str
) -> None:
    found = answer(goal(metric, **more))

    assert found["actual"] == pytest.approx(actual)
    assert found["progress"] == pytest.approx(actual)
    assert found["reason"].endswith(f"({how}).")


@pytest.mark.parametrize(
    ("metric", "more", "reason"),
    [
        (None, {}, "it names no metric"),
        ("happiness", {}, "“happiness” is not a metric that is known here"),
        ("revenue", {"plan_id": "unknown"}, "its plan or the plan's account is unknown"),
        ("revenue", {"window_months": 14}, "the sales data do not cover its window of 14 months"),
        ("revenue", {"category": "pump"}, "no product is in category “pump”"),
        ("quantity", {"product_id": "P9"}, "the book has no product “P9”"),
        ("margin", {"plan_id": "P-B"}, "no sale of the last 12 months has a cost"),
        ("margin rate", {"plan_id": "P-B"}, "no sale of the last 12 months has a cost"),
        ("margin rate", {"window_months": 1}, "the sales of the last month with a cost do not add up to more than 0"),
        ("discount rate", {"window_months": 1}, "no sale of the last month has a list price"),
        ("categories", {"plan_id": "P-B"}, "the products sold in the last 12 months have no category"),
        ("share of wallet", {"plan_id": "P-B"}, "the account's yearly wallet is unknown"),
        (
            "share of wallet",
            {"category": "pumps"},
            "the wallet is known for the whole account only, not by category or product",
        ),
        ("nps", {"plan_id": "P-B"}, "nobody of the account answered a survey in the last 12 months"),
        ("rung", {"plan_id": "P-B"}, "the evidence does not tell the account's rung"),
        ("rung", {"plan_id": "P-C"}, "the evidence does not tell the account's rung"),
        ("coverage", {"plan_id": "P-B"}, "the coverage of the account's people is not measured"),
        ("reading", {"objective_id": "other"}, "it has no reading yet"),
    ],
)
def test_what_cannot_be_measured_is_missing_with_the_reason(
    metric: str | None, more: dict[str, object], reason: str
) -> None:
    found = answer(goal(metric, **more))

    assert found["status"] == "not measured"
    assert found["reason"] == f"Not measured: {reason}."
    assert found[["actual", "progress"]].isna().all()


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"target": None}, "it has no target"),
        ({"baseline": None}, "it has no baseline"),
        ({"target": None, "baseline": None}, "it has no target"),
        ({"target": 0}, "its target equals its baseline, so there is no way to go"),
    ],
)
def test_without_a_way_to_go_the_actual_value_stands_alone(more: dict[str, object], reason: str) -> None:
    found = answer(goal("revenue", **more))

    assert found["actual"] == pytest.approx(340)
    assert pd.isna(found["progress"])
    assert found["time_used"] == pytest.approx(281 / 729)
    assert (found["status"], found["reason"]) == ("not measured", f"Not measured: {reason}.")


@pytest.mark.parametrize(
    ("dates", "target", "status", "reason"),
    [
        ({}, 850, "green", "It is 40.0 % of the way with 38.5 % of the time used"),
        ({}, 1200, "amber", "It is 28.3 % of the way with 38.5 % of the time used"),
        ({}, 3400, "red", "It is 10.0 % of the way with 38.5 % of the time used"),
        ({}, -3400, "red", "It is further from its target than at the start with 38.5 % of the time used"),
        (
            {"starts_on": "2026-10-01"},
            -3400,
            "amber",
            "It is further from its target than at the start with 1.8 % of the time used",
        ),
        ({"starts_on": "2026-11-01"}, 3400, "green", "It is 10.0 % of the way with 0.0 % of the time used"),
        ({}, 340, "green", "The target is met"),
        ({"due_on": "2026-10-08"}, 340, "green", "The target is met"),
        ({"due_on": "2026-10-08"}, 400, "red", "It was due on 8 Oct 2026 and is 85.0 % of the way"),
        ({"due_on": "2026-10-09"}, 350, "green", "It is 97.1 % of the way with 100.0 % of the time used"),
        (
            {"due_on": None},
            400,
            "not measured",
            "It is 85.0 % of the way, but its start and due day are missing or out of order",
        ),
        (
            {"starts_on": None},
            400,
            "not measured",
            "It is 85.0 % of the way, but its start and due day are missing or out of order",
        ),
        ({"due_on": None, "starts_on": None}, 170, "green", "The target is met"),
        ({"starts_on": None, "due_on": "2026-06-30"}, 400, "red", "It was due on 30 Jun 2026 and is 85.0 % of the way"),
    ],
)
def test_status_holds_progress_against_the_time_used(
    dates: dict[str, str | None], target: float, status: str, reason: str
) -> None:
    days = {name: dt.date.fromisoformat(day) if day else None for name, day in dates.items()}

    found = answer(goal("revenue", target=target, **days))

    assert (found["status"], found["reason"]) == (status, f"{reason} (sales of the last 12 months).")


def test_the_whole_frame() -> None:
    rows = [
        goal("revenue", objective_id="O1", baseline=300, target=400, window_months=12, unit="EUR", owner="Ines"),
        goal("reading", objective_id="O2", plan_id="gone", window_months=None),
    ]
    with book(*rows) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=AS_OF)

    types = {
        "baseline": "float64",
        "target": "float64",
        "window_months": "Int64",
        "starts_on": "datetime64[us]",
        "due_on": "datetime64[us]",
        "actual": "float64",
        "progress": "float64",
        "time_used": "float64",
    }
    names = [column.name for column in OBJECTIVES]
    names += ["account_id", "account", "manager_id", "manager", "plan"]
    names += ["actual", "progress", "time_used", "status", "reason"]
    ahead = ["expected", "forecast", "forecast_low", "forecast_high", "chance"]
    start, due, used = "2026-01-01", "2027-12-31", 281 / 729
    expected = pd.DataFrame(
        [
            (
                "O1",
                "P-A",
                "Grow",
                "revenue",
                None,
                None,
                12,
                "EUR",
                300,
                400,
                start,
                due,
                "Ines",
                None,
                None,
                "A",
                "Acme",
                "M1",
                "Mina",
                "Plan A",
                340,
                0.4,
                used,
                "green",
                "It is 40.0 % of the way with 38.5 % of the time used (sales of the last 12 months).",
            ),
            (
                "O2",
                "gone",
                "Grow",
                "reading",
                None,
                None,
                None,
                None,
                0,
                1,
                start,
                due,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                used,
                "not measured",
                "Not measured: it has no reading yet.",
            ),
        ],
        columns=names,
    ).astype({name: types.get(name, "str") for name in names})
    expected[ahead] = np.nan
    expected["expected"] = [300 + 100 * used, used]
    assert_frame_equal(frame, expected)


def test_an_empty_book_has_the_same_columns_and_types() -> None:
    with relations() as nothing, book(goal("revenue")) as something:
        empty, full = (objectives(cursor, today=TODAY, as_of=AS_OF) for cursor in (nothing, something))

    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_a_book_without_sales_measures_nothing_from_them() -> None:
    with relations(plans=PLANS, objectives=[goal("revenue"), goal("reading", objective_id="O2")]) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=AS_OF)

    assert frame["reason"].tolist() == [
        "Not measured: the sales data do not cover its window of 12 months.",
        "Not measured: it has no reading yet.",
    ]


def test_sales_that_end_before_the_as_of_month_do_not_cover_the_window() -> None:
    with book(goal("revenue")) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=dt.date(2026, 11, 30))

    assert frame["reason"].tolist() == ["Not measured: the sales data do not cover its window of 12 months."]


def test_a_category_with_returns_only_is_not_sold() -> None:
    back = line("A", "2026-05-05", -30, product_id="P4", quantity=-1)
    with relations([*SALES, back], products=PRODUCTS, plans=PLANS, objectives=[goal("categories")]) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=AS_OF)

    assert frame["actual"].tolist() == [2]


def test_without_a_ladder_the_rung_is_not_measured() -> None:
    with book(goal("rung")) as cursor:
        frame = objectives(cursor, today=TODAY, as_of=AS_OF)

    assert frame["status"].tolist() == ["not measured"]


@pytest.mark.parametrize(("accounts", "ids"), [(None, ["OA", "OB", "OX"]), (["B"], ["OB"]), ([], [])])
def test_a_scope_of_accounts(accounts: list[str] | None, ids: list[str]) -> None:
    rows = [goal("revenue", objective_id=f"O{name}", plan_id=f"P-{name}") for name in ("A", "B", "X")]
    with book(*rows) as cursor:
        frame = objectives(seen(cursor, only=accounts), today=TODAY, as_of=AS_OF)

    assert frame["objective_id"].tolist() == ids


def test_thresholds_can_be_set() -> None:
    with book(goal("revenue", target=850)) as cursor:
        strict = Thresholds(green_pace=2, amber_pace=1.5)
        frame = objectives(cursor, today=TODAY, as_of=AS_OF, thresholds=strict)

    assert frame["status"].tolist() == ["red"]


def test_the_frames_handed_in_stay_as_they_were() -> None:
    before = LADDER.copy(deep=True)

    answer(goal("rung"))

    assert_frame_equal(LADDER, before)


sold = st.tuples(
    st.sampled_from(["A", "B"]),
    st.sampled_from(["P1", "P2", "P3"]),
    st.dates(dt.date(2025, 7, 1), dt.date(2026, 10, 31)),
    st.integers(-500, 500),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(sold, max_size=15), st.integers(1, 13), st.sampled_from([None, "pumps", "valves"]))
def test_revenue_is_the_sum_of_the_lines_in_scope(lines: list[tuple], months: int, category: str | None) -> None:
    ends = [line("B", "2025-07-01", 1), line("B", "2026-10-01", 1)]
    drawn = [line(account, day.isoformat(), net, product_id=product) for account, product, day, net in lines]
    row = goal("revenue", window_months=months, category=category)
    with relations([*ends, *drawn], products=PRODUCTS, plans=PLANS, objectives=[row]) as cursor:
        actual = objectives(cursor, today=TODAY, as_of=AS_OF)["actual"].tolist()

    families = {"P1": "pumps", "P2": "valves", "P3": None}
    assert actual == [
        sum(
            net
            for account, product, day, net in lines
            if account == "A"
            and day <= AS_OF
            and (AS_OF.year - day.year) * 12 + AS_OF.month - day.month < months
            and category in {None, families[product]}
        )
    ]
