"""Open problems, time to resolve, referrals, and the customer's own business, by hand."""

import datetime as dt

import duckdb
import pytest

from kam.base.errors import QuestionError
from kam.risks.risk_register import risks
from kam.risks.rivals import competitors
from kam.voice.customer import swot, value_balance, value_delivered
from kam.voice.problems import problems, solved, time_to_resolve
from kam.voice.referrals import referral_rows, referrals
from tests.relations import Row, line, relations, seen, values

AS_OF = dt.date(2026, 9, 30)


def case(number: int, opened: str, closed: str | None = None, **more: object) -> Row:
    days = {"opened_on": dt.date.fromisoformat(opened), "closed_on": dt.date.fromisoformat(closed) if closed else None}
    return {"case_id": f"C{number}", "account_id": "A", "kind": "problem", "title": f"T{number}", **days, **more}


CASES = [
    case(1, "2026-09-01", severity=3, target_days=10, department="service", owner="Ada"),
    case(2, "2026-09-20", severity=5, target_days=10, department="finance", kind="dispute"),
    case(3, "2026-09-20", severity=5, kind="question"),
    case(4, "2026-09-29", "2026-10-02", kind=None),
    case(5, "2026-10-01"),
    case(6, "2025-09-20", "2025-10-01", target_days=11, department="service"),
    case(7, "2026-03-01", "2026-03-31", target_days=11, department="service"),
    case(8, "2026-03-01", "2026-03-03", department="finance"),
    case(9, "2025-09-01", "2025-09-30", department="finance"),
    case(10, "2026-03-03", "2026-03-01"),
]


def book(**tables: list[Row]) -> duckdb.DuckDBPyConnection:
    sales = [
        line("A", "2026-06-01", 700.0, cost_amount=500.0),
        line("A", "2025-06-01", 100.0, cost_amount=1.0),
        line("B", "2026-02-01", 300.0),
        line("B", "2026-06-01", 50.0),
        line("C", "2024-01-01", 10.0),
    ]
    accounts: list[Row] = [{"account_id": "A", "name": "Alborz", "manager_id": "M"}]
    return relations(sales, accounts=accounts, managers=[{"manager_id": "M", "name": "Mo"}], **tables)


def test_open_is_what_came_and_is_not_closed_the_gravest_first() -> None:
    found = problems(book(cases=CASES), today=AS_OF)
    assert found["case_id"].tolist() == ["C2", "C1", "C4"]
    assert found["age_days"].tolist() == [10, 29, 1]
    assert found["overdue"].tolist() == [False, True, False]
    assert found["days_left"].iloc[:2].tolist() == [0, -19]
    assert values(found, 1, "account", "manager", "owner", "department") == ["Alborz", "Mo", "Ada", "service"]


def test_time_to_resolve_in_all_and_by_department() -> None:
    rows = book(cases=CASES)
    closed, still_open = solved(rows, as_of=AS_OF), problems(rows, today=AS_OF)
    assert closed["case_id"].tolist() == ["C7", "C8", "C6"]
    together = time_to_resolve(closed, still_open).iloc[0]
    assert together.to_dict() == {
        "resolved": 3,
        "median_days": 11,
        "within_target": 0.5,
        "targeted": 2,
        "open": 3,
        "overdue": 1,
    }
    by = time_to_resolve(closed, still_open, by="department").set_index("department")
    assert by["median_days"].iloc[:2].to_dict() == {"service": 20.5, "finance": 2.0}
    assert values(by, "unknown", "resolved", "open") == [0, 1]
    assert by["median_days"].isna().tolist() == [False, False, True]


def test_nothing_solved_is_unknown_and_only_known_groups_are_told() -> None:
    rows = book()
    empty = time_to_resolve(solved(rows, as_of=AS_OF), problems(rows, today=AS_OF))
    assert empty[["resolved", "open", "overdue"]].iloc[0].tolist() == [0, 0, 0]
    assert empty[["median_days", "within_target"]].isna().all(axis=None)
    with pytest.raises(QuestionError, match="owner"):
        time_to_resolve(solved(rows, as_of=AS_OF), problems(rows, today=AS_OF), by="owner")


def test_what_a_referral_brought_is_measured_where_sales_tell() -> None:
    def referral(number: int, day: str, **more: object) -> Row:
        return {"referral_id": f"R{number}", "account_id": "A", "referred_on": dt.date.fromisoformat(day), **more}

    rows = [
        referral(1, "2026-02-20", won=True, new_account_id="B", revenue=9),
        referral(2, "2026-02-21", won=True, new_account_id="C", revenue=7),  # C bought long before
        referral(3, "2026-02-22", won=True, revenue=5),
        referral(4, "2026-02-23", won=False, revenue=3),
        referral(5, "2026-10-01", won=True, revenue=1),
    ]
    found = referrals(book(referrals=rows), as_of=AS_OF).set_index("account_id")
    assert values(found, "A", "made", "won", "revenue") == [4, 3, 350 + 7 + 5]
    assert values(found, "B", "made", "won", "revenue") == [0, 0, 0]
    each = referral_rows(book(referrals=rows), as_of=AS_OF)
    assert each["measured"].tolist() == [False, False, False, True]
    assert each["revenue"].isna().tolist() == [True, False, False, False]


def test_a_risk_is_worth_its_probability_times_the_margin_at_risk() -> None:
    rows: list[Row] = [
        {"risk_id": "1", "account_id": "A", "title": "small", "probability": 0.9, "impact": 0.1},
        {
            "risk_id": "2",
            "account_id": "A",
            "title": "large",
            "probability": 0.5,
            "impact": 0.5,
            "due_on": dt.date(2026, 9, 1),
        },
        {"risk_id": "3", "account_id": "A", "title": "over", "probability": 0.1, "impact": 0.1, "status": "closed"},
        {"risk_id": "4", "account_id": "B", "title": "no costs", "probability": 0.9, "impact": 0.9},
    ]
    found = risks(book(risks=rows), as_of=AS_OF, today=AS_OF)
    assert found["title"].tolist() == ["large", "small", "no costs", "over"]
    assert found["margin_at_risk"].iloc[:2].tolist() == [100, pytest.approx(20)]
    assert found["expected_loss"].iloc[:2].tolist() == [50, pytest.approx(18)]
    assert found["expected_loss"].isna().tolist() == [False, False, True, True]
    assert found["is_overdue"].tolist() == [True, False, False, False]


def test_value_given_stands_beside_value_received() -> None:
    rows: list[Row] = [
        {"value_id": "1", "account_id": "A", "delivered_on": AS_OF, "amount": 40, "confirmed": True},
        {"value_id": "2", "account_id": "A", "delivered_on": dt.date(2025, 10, 1), "amount": 2},
        {"value_id": "3", "account_id": "A", "delivered_on": AS_OF},
        {"value_id": "4", "account_id": "A", "delivered_on": dt.date(2025, 9, 30), "amount": 900},
    ]
    row = value_balance(seen(book(value_delivered=rows), only=["A"]), as_of=AS_OF).iloc[0]
    assert row.to_dict() == {"revenue": 700, "margin": 200, "entries": 3, "valued": 2, "delivered": 42, "confirmed": 40}
    assert (
        value_balance(seen(book(), only=["B"]), as_of=AS_OF)[["margin", "delivered", "confirmed"]].isna().all(axis=None)
    )
    assert value_delivered(book(value_delivered=rows), as_of=AS_OF)["in_window"].tolist() == [True, True, True, False]


def test_swot_and_rivals_are_read_in_the_order_of_their_weight() -> None:
    quadrants: list[Row] = [
        {"swot_id": each, "account_id": "A", "quadrant": each, "statement": "so"}
        for each in ("threat", "strength", "weakness")
    ]
    assert swot(book(swot=quadrants), as_of=AS_OF)["quadrant"].tolist() == ["strength", "weakness", "threat"]
    rivals: list[Row] = [
        {"competitor_id": "1", "account_id": "A", "rival": "Z", "state": "left"},
        {"competitor_id": "2", "account_id": "A", "rival": "Y", "state": "holds"},
        {"competitor_id": "3", "account_id": "A", "rival": "X", "state": "holds", "noted_on": dt.date(2027, 1, 1)},
    ]
    assert competitors(book(competitors=rivals), as_of=AS_OF)["rival"].tolist() == ["Y", "Z"]
