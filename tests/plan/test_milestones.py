"""Milestones: done, done late, overdue, due soon or planned today, and their slip against the first promise."""

import datetime as dt

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kam.base.rules import SOON_DAYS
from kam.base.schema import MILESTONES
from kam.plan.milestones import STATUSES, milestones, status
from tests.relations import Row, relations, seen

TODAY = dt.date(2026, 9, 30)
PLANS = [
    {
        "plan_id": "PL1",
        "account_id": "A",
        "name": "Grow",
        "manager_id": "M1",
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
    },
    {
        "plan_id": "PL2",
        "account_id": "B",
        "name": "Keep",
        "manager_id": "M9",
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
    },
]
ACCOUNTS = [{"account_id": "A", "name": "Acme"}]
MANAGERS = [{"manager_id": "M1", "name": "Mina"}]


def step(name: str, baseline: str, plan: str = "PL1", **days: str) -> dict[str, object]:
    dates = {column: dt.date.fromisoformat(day) for column, day in days.items()}
    return {
        "milestone_id": name,
        "plan_id": plan,
        "title": f"Step {name}",
        "baseline_on": dt.date.fromisoformat(baseline),
        **dates,
    }


STEPS = [
    step("done", "2026-03-10", done_on="2026-03-10"),
    step("early", "2026-04-10", forecast_on="2026-06-01", done_on="2026-04-01"),
    step("late", "2026-05-01", done_on="2026-05-08"),
    step("overdue", "2026-08-20"),
    step("saved", "2026-08-21", forecast_on="2026-11-30"),
    step("slipping", "2026-07-01", plan="PL2", forecast_on="2026-09-29"),
    step("soon", "2026-10-30", plan="PL2"),
    step("planned", "2026-10-31", plan="PL2"),
    step("today", "2026-09-30", plan="nowhere"),
    step("future", "2026-09-20", forecast_on="2026-10-05", done_on="2026-10-01"),
]


def small_book(*more: Row) -> duckdb.DuckDBPyConnection:
    return relations(accounts=[*ACCOUNTS, *more], managers=MANAGERS, plans=PLANS, milestones=STEPS)


def test_every_milestone_has_its_status_and_slip() -> None:
    frame = milestones(small_book(), today=TODAY)

    columns = [
        "milestone_id",
        "account_id",
        "account",
        "manager_id",
        "manager",
        "plan",
        "status",
        "slip_days",
        "due_on",
        "days_left",
    ]
    acme, other, nobody = ("A", "Acme", "M1", "Mina", "Grow"), ("B", "B", "M9", "M9", "Keep"), (None,) * 5
    expected = pd.DataFrame(
        [
            ("done", *acme, "done", 0, "2026-03-10", None),
            ("early", *acme, "done", -9, "2026-04-01", None),
            ("late", *acme, "done late", 7, "2026-05-08", None),
            ("overdue", *acme, "overdue", 0, "2026-08-20", -41),
            ("slipping", *other, "overdue", 90, "2026-09-29", -1),
            ("today", *nobody, "due soon", 0, "2026-09-30", 0),
            ("future", *acme, "due soon", 15, "2026-10-05", 5),
            ("soon", *other, "due soon", 0, "2026-10-30", 30),
            ("planned", *other, "planned", 0, "2026-10-31", 31),
            ("saved", *acme, "planned", 101, "2026-11-30", 61),
        ],
        columns=columns,
    ).astype(dict.fromkeys(columns, "str") | {"slip_days": "Int64", "due_on": "datetime64[us]", "days_left": "Int64"})
    assert_frame_equal(frame[columns], expected)


def test_the_columns_of_the_schema_come_first_and_unchanged() -> None:
    frame = milestones(small_book(), today=TODAY).set_index("milestone_id")

    assert frame.columns[:10].tolist() == [column.name for column in MILESTONES][1:]
    early = frame.loc["early"]
    assert [early[column] for column in ("title", "plan_id", "baseline_on", "forecast_on", "done_on")] == [
        "Step early",
        "PL1",
        pd.Timestamp("2026-04-10"),
        pd.Timestamp("2026-06-01"),
        pd.Timestamp("2026-04-01"),
    ]


@pytest.mark.parametrize(("accounts", "ids"), [(["B"], ["slipping", "soon", "planned"]), (["nobody"], []), ([], [])])
def test_a_scope_of_accounts_leaves_the_others_and_the_unknown_out(accounts: list[str], ids: list[str]) -> None:
    frame = milestones(seen(small_book({"account_id": "B"}), only=accounts), today=TODAY)

    assert frame["milestone_id"].tolist() == ids


def test_an_empty_book_has_the_same_columns_and_types() -> None:
    empty, full = milestones(relations(), today=TODAY), milestones(small_book(), today=TODAY)

    assert len(empty) == 0
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_a_milestone_done_today_is_done_and_one_done_tomorrow_is_not_yet() -> None:
    steps = [step("now", "2026-09-01", done_on="2026-09-30"), step("next", "2026-12-01", done_on="2026-10-01")]
    with relations(plans=PLANS, milestones=steps) as cursor:
        frame = milestones(cursor, today=TODAY).set_index("milestone_id")

    assert frame["status"].to_dict() == {"now": "done late", "next": "planned"}


days = st.none() | st.dates(dt.date(2026, 6, 1), dt.date(2026, 12, 31))
rows = st.tuples(st.dates(dt.date(2026, 6, 1), dt.date(2026, 12, 31)), days, days)


@settings(max_examples=50, deadline=None)
@given(drawn=st.lists(rows, min_size=1, max_size=8))
def check_statuses(book: duckdb.DuckDBPyConnection, drawn: list[tuple]) -> None:
    table = [(f"{index:02}", "PL1", "t", *row) for index, row in enumerate(drawn)]
    book.execute("delete from milestones")
    book.executemany(
        "insert into milestones (milestone_id, plan_id, title, baseline_on, forecast_on, done_on)"
        " values ($1, $2, $3, $4, $5, $6)",
        table,
    )
    frame = milestones(book, today=TODAY).sort_values("milestone_id")

    assert frame["status"].tolist() == [_expected(*row) for row in drawn]
    assert frame["slip_days"].tolist() == [(_due(*row) - row[0]).days for row in drawn]


def test_statuses_agree_with_their_definition() -> None:
    with relations(plans=PLANS) as book:
        check_statuses(book)


def _due(baseline: dt.date, forecast: dt.date | None, done: dt.date | None) -> dt.date:
    return done if done is not None and done <= TODAY else forecast or baseline


def _expected(baseline: dt.date, forecast: dt.date | None, done: dt.date | None) -> str:
    if done is not None and done <= TODAY:
        return "done late" if done > baseline else "done"
    left = (_due(baseline, forecast, done) - TODAY).days
    return "overdue" if left < 0 else "due soon" if left <= SOON_DAYS else "planned"


standing = st.fixed_dictionaries(
    {"is_done": st.booleans(), "done_on": days, "baseline_on": days, "days_left": st.none() | st.integers(-90, 90)}
)


@settings(deadline=None)
@given(st.lists(standing, min_size=1, max_size=20))
def test_exactly_one_status_holds_even_where_dates_are_missing(drawn: list[dict]) -> None:
    types = {"is_done": "bool", "done_on": "datetime64[us]", "baseline_on": "datetime64[us]", "days_left": "Int64"}
    frame = pd.DataFrame(drawn).astype(types)

    holding = pd.DataFrame({name: holds(frame).astype(bool) for name, holds in STATUSES.items()})

    assert (holding.sum(axis=1) == 1).all()
    assert status(frame).tolist() == holding.idxmax(axis=1).tolist()
