"""How deep a relationship is, worked by hand."""

import datetime as dt

import duckdb
import pytest

from kam.people.relationships import relationships
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
PEOPLE: list[Row] = [
    {
        "contact_id": "boss",
        "account_id": "A",
        "name": "Bo",
        "function": "management",
        "level": "executive",
        "influence": 5,
        "attitude": 2,
    },
    {
        "contact_id": "buyer",
        "account_id": "A",
        "name": "Mina",
        "function": "purchasing",
        "level": "specialist",
        "influence": 2,
        "attitude": -1,
    },
    {"contact_id": "head", "account_id": "A", "name": "Jo", "function": "purchasing", "level": "head", "influence": 3},
    {
        "contact_id": "gone",
        "account_id": "A",
        "name": "Al",
        "function": "technical",
        "level": "head",
        "influence": 4,
        "attitude": -2,
        "left_on": dt.date(2026, 8, 14),
    },
    {
        "contact_id": "sub",
        "account_id": "A2",
        "name": "Su",
        "function": "technical",
        "level": "executive",
        "influence": 4,
        "attitude": 1,
    },
]
TOUCHES: list[Row] = [
    {
        "touch_id": "1",
        "account_id": "A",
        "touch_date": AS_OF,
        "contact_id": "boss",
        "manager_id": "M1",
        "purpose": "value",
    },
    {
        "touch_id": "2",
        "account_id": "A",
        "touch_date": dt.date(2026, 9, 1),
        "contact_id": "buyer",
        "manager_id": "M2",
        "purpose": "selling",
    },
    {
        "touch_id": "3",
        "account_id": "A",
        "touch_date": dt.date(2026, 9, 2),
        "contact_id": "buyer",
        "manager_id": "M1",
        "purpose": "selling",
    },
    {
        "touch_id": "4",
        "account_id": "A",
        "touch_date": dt.date(2026, 5, 1),
        "contact_id": "head",
        "manager_id": "M1",
        "purpose": "selling",
    },
    {"touch_id": "5", "account_id": "A", "touch_date": dt.date(2026, 9, 3), "contact_id": "gone", "manager_id": "M1"},
    {
        "touch_id": "6",
        "account_id": "A",
        "touch_date": dt.date(2025, 9, 30),
        "contact_id": "boss",
        "manager_id": "M1",
        "purpose": "value",
    },
    {
        "touch_id": "7",
        "account_id": "A2",
        "touch_date": dt.date(2026, 9, 3),
        "contact_id": "sub",
        "manager_id": "M1",
        "purpose": "value",
    },
]


def book(**more: list[Row]) -> duckdb.DuckDBPyConnection:
    accounts: list[Row] = [{"account_id": "A", "name": "Alborz"}, {"account_id": "A2", "parent_id": "A"}]
    sales = [line("A", "2026-06-01", 700.0), line("A2", "2026-06-01", 300.0), line("A", "2025-06-01", 9.0)]
    return relations(sales, **({"accounts": accounts, "contacts": PEOPLE, "touches": TOUCHES} | more))


def test_the_relationship_of_one_account_by_hand() -> None:
    row = relationships(book(), as_of=AS_OF).set_index("account_id").loc["A"]
    assert (row["name"], row["revenue"], row["contacts"], row["active_contacts"]) == ("Alborz", 700.0, 3, 2)
    # of the posts' weights 3 + 2 + 2 + 1 + 1 + 1 the director's 3: the buyer is below the head, Jo long past
    assert row["coverage"] == pytest.approx(3 / 10)
    assert row["net_support"] == pytest.approx((5 * 2 - 2) / (2 * (5 + 2)))
    assert row["anti_supporters"] == 1
    assert row["anti_supporter_exposure"] == pytest.approx(700 * 2 / (5 + 2 + 3))
    # ties: M1–boss 5, M1–buyer 2, M2–buyer 2
    assert row["key_person_ours"] == pytest.approx(7 / 9)
    assert row["key_person_theirs"] == pytest.approx(5 / 9)
    assert row["value_contact_share"] == pytest.approx(1 / 4)
    assert (row["touches"], row["executive_touches"], row["departed"]) == (5, 1, 1)


def test_a_parent_knows_whom_its_subsidiaries_know() -> None:
    row = relationships(seen(book(), level="parent"), as_of=AS_OF).iloc[0]
    assert (row["account_id"], row["revenue"], row["contacts"], row["active_contacts"]) == ("A", 1000.0, 4, 3)
    assert row["coverage"] == pytest.approx((3 + 2) / 10)  # the subsidiary's technical executive stands above a head


def test_without_people_or_touches_nothing_is_claimed() -> None:
    unknown = ["active_contacts", "coverage", "net_support", "key_person_ours", "value_contact_share"]
    assert relationships(book(contacts=[], touches=[]), as_of=AS_OF)[[*unknown, "touches"]].isna().all(axis=None)
    assert relationships(book(touches=[]), as_of=AS_OF)["coverage"].isna().all()
    assert relationships(book(contacts=[]), as_of=AS_OF).loc[0, "value_contact_share"] == pytest.approx(1 / 4)


def test_nothing_after_the_day_is_known() -> None:
    row = relationships(book(), as_of=dt.date(2026, 8, 31)).iloc[0]
    assert row["active_contacts"] == 0
    assert row["departed"] == 1
    assert relationships(book(), as_of=dt.date(2026, 7, 31)).iloc[0]["departed"] == 0
