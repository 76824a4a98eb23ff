"""Who is who at a customer, which posts know us, when we talked: worked by hand on a director, a buyer and a head."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.schema import CONTACT_LEVELS, FUNCTIONS
from kam.people.coverage import ROLES, coverage, coverage_gaps
from kam.people.network import network
from kam.people.relationships import relationships
from kam.people.stakeholders import departures, stakeholders, ties
from kam.people.touches import contact_rhythm, touches
from tests.metrics.test_relationship import AS_OF, PEOPLE, TOUCHES, book
from tests.relations import Row, line, relations, seen, values

REPORTING: list[Row] = [{**row, "reports_to": "boss" if row["contact_id"] != "boss" else None} for row in PEOPLE]


def people(**more: list[Row]) -> pd.DataFrame:
    managers: list[Row] = [{"manager_id": "M1", "name": "Ada"}, {"manager_id": "M2", "name": "Ben"}]
    found = stakeholders(book(contacts=REPORTING, managers=managers, **more), as_of=AS_OF)
    return found.set_index("contact_id")


def test_a_person_has_a_post_a_last_contact_those_of_ours_who_know_it_and_the_money_it_exposes() -> None:
    found = people()
    buyer = found.loc["buyer"]
    assert (buyer["name"], buyer["account"], buyer["reports_to"], buyer["attitude"]) == ("Mina", "Alborz", "Bo", -1.0)
    assert (buyer["last_touch"], buyer["last_manager"]) == (pd.Timestamp("2026-09-02"), "Ada")
    assert (buyer["days_since"], buyer["last_purpose"], buyer["touches"]) == (28, "selling", 2)
    assert buyer["known_by"] == "Ada, Ben"
    assert buyer["exposed"] == pytest.approx(700 * 2 / (5 + 2 + 3))
    assert found["active"].to_dict() == {"boss": True, "head": False, "buyer": True, "gone": False, "sub": True}


def test_exposed_money_is_nothing_for_a_supporter_and_unknown_for_one_who_left_or_whose_attitude_nobody_knows() -> None:
    exposed = people()["exposed"]
    assert exposed["boss"] == 0
    assert exposed[["gone", "head"]].isna().all()


def test_the_most_influential_come_first_and_those_who_left_last() -> None:
    found = people()
    assert found.index.tolist() == ["boss", "head", "buyer", "gone", "sub"]
    assert found["departed"].tolist() == [False, False, False, True, False]


def test_an_influential_person_who_left_is_an_alert_until_somebody_came_after() -> None:
    gone = departures(book(), as_of=AS_OF)
    assert gone[["contact_id", "name", "influence", "revenue"]].to_numpy().tolist() == [["gone", "Al", 4.0, 700.0]]
    assert gone["followed_by"].isna().all()
    heir: Row = {"contact_id": "heir", "account_id": "A", "name": "Hu", "function": "technical", "level": "head"}
    met: Row = {"touch_id": "9", "account_id": "A", "touch_date": AS_OF, "contact_id": "heir", "manager_id": "M1"}
    followed = departures(book(contacts=[*PEOPLE, heir], touches=[*TOUCHES, met]), as_of=AS_OF)
    assert followed["followed_by"].tolist() == ["Hu"]
    # as a parent the subsidiary's technical executive stands above the post
    assert departures(seen(book(), level="parent"), as_of=AS_OF)["followed_by"].tolist() == ["Su"]


def test_ties_count_who_met_whom_within_a_year() -> None:
    found = ties(seen(book(), only=["A"]), as_of=AS_OF)
    assert found[["contact_id", "manager", "touches", "active"]].to_numpy().tolist() == [
        ["boss", "M1", 1, True],
        ["head", "M1", 1, False],
        ["buyer", "M1", 1, True],
        ["buyer", "M2", 1, True],
    ]


def test_the_cells_of_one_account() -> None:
    cells = coverage(seen(book(), only=["A"]), as_of=AS_OF).set_index(["function", "level"])
    assert len(cells) == len(FUNCTIONS) * len(CONTACT_LEVELS)
    asked = cells[cells["weight"] > 0]["state"]
    assert asked[asked == "covered"].index.tolist() == [("management", "executive")]
    assert (asked == "gap").sum() == 5
    assert values(cells, ("purchasing", "specialist"), "people", "active_contacts", "state") == [1, 1, "not asked"]
    assert values(cells, ("purchasing", "head"), "people", "active_contacts") == [1, 0]


def test_gaps_are_counted_over_the_accounts_of_which_it_is_known() -> None:
    gaps = coverage_gaps(book(), as_of=AS_OF).set_index(["function", "level"])
    assert values(gaps, ("management", "executive"), "judged", "gaps") == [2, 1]
    assert values(gaps, ("technical", "head"), "judged", "gaps", "gap_share") == [2, 1, 0.5]
    unknown = coverage_gaps(book(contacts=[]), as_of=AS_OF)
    assert unknown["judged"].sum() == 0
    assert unknown["gap_share"].isna().all()


def test_without_touches_a_post_is_unknown_not_a_gap() -> None:
    states = coverage(book(touches=[]), as_of=AS_OF)["state"]
    assert set(states) == {"unknown", "not asked"}


PERSON = st.fixed_dictionaries(
    {
        "function": st.sampled_from((None, *FUNCTIONS)),
        "level": st.sampled_from((None, *CONTACT_LEVELS)),
        "influence": st.sampled_from((None, 1, 2, 3, 4, 5)),
        "attitude": st.sampled_from((None, -2, -1, 0, 1, 2)),
        "days": st.integers(0, 500),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PERSON, max_size=7))
def test_people_add_up_to_their_account(drawn: list[dict[str, object]]) -> None:
    contacts: list[Row] = []
    met: list[Row] = []
    for number, person in enumerate(drawn):
        days = int(str(person.pop("days")))
        contacts.append({"contact_id": f"K{number}", "account_id": "A", "name": f"N{number}", **person})
        met.append(
            {
                "touch_id": f"T{number}",
                "account_id": "A",
                "touch_date": AS_OF - dt.timedelta(days=days),
                "contact_id": f"K{number}",
                "manager_id": f"M{number % 2}",
            }
        )
    one = relations([line("A", "2026-06-01", 700.0)], contacts=contacts, touches=met)
    row = relationships(one, as_of=AS_OF).iloc[0]
    found = stakeholders(one, as_of=AS_OF)
    assert found["exposed"].sum() == pytest.approx(row["anti_supporter_exposure"] if found["exposed"].any() else 0)
    cells = coverage(one, as_of=AS_OF)
    covered = cells["weight"][cells["state"] == "covered"].sum() / sum(ROLES.values())
    assert covered == pytest.approx(row["coverage"] if pd.notna(row["coverage"]) else 0)
    assert found["active"].sum() == (row["active_contacts"] if pd.notna(row["active_contacts"]) else 0)


def test_the_rhythm_has_twelve_months_also_where_nobody_met() -> None:
    rhythm = contact_rhythm(seen(book(), only=["A"]), as_of=AS_OF)
    assert rhythm["month"].iloc[[0, -1]].tolist() == [pd.Timestamp("2025-10-01"), pd.Timestamp("2026-09-01")]
    last = rhythm.iloc[-1][["value", "selling", "service", "relationship", "unsaid"]]
    assert (len(rhythm), last.tolist()) == (12, [1, 2, 0, 0, 1])
    assert len(touches(seen(book(), only=["A"]), as_of=AS_OF)) == rhythm.drop(columns="month").to_numpy().sum()
    assert contact_rhythm(book(touches=[]), as_of=AS_OF).empty


def test_the_book_together_is_weighed_by_revenue() -> None:
    row = network(relationships(book(), as_of=AS_OF)).iloc[0]
    assert row["coverage"] == pytest.approx((700 * 3 / 10 + 300 * 2 / 10) / 1000)
    assert row["exposure"] == pytest.approx(140)
    # of A the director holds 5 of 9, of A2 the only one known all
    assert (row["on_one_accounts"], row["on_one_revenue"], row["silent_accounts"]) == (2, 1000, 0)
    assert row["value_contact_share"] == pytest.approx(2 / 5)


def test_a_book_without_people_knows_nothing_of_its_network() -> None:
    row = network(relationships(book(contacts=[], touches=[]), as_of=AS_OF)).iloc[0]
    assert row[["coverage", "net_support", "exposure", "on_one_revenue", "silent_accounts", "touches"]].isna().all()
    assert row["known"] == 0
