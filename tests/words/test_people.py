"""What is said of people, voice and problems."""

import pandas as pd

from kam.people import words as people
from kam.people.network import network
from kam.people.relationships import relationships
from kam.voice import words as voice
from tests.metrics.test_relationship import AS_OF, book

NOTHING = float("nan")


def finding(**tables: list) -> str:
    frame = relationships(book(**tables), as_of=AS_OF)
    return people.finding(network(frame).iloc[0], frame, "EUR")


def test_the_finding_names_the_money_that_hangs_on_one_person_and_the_largest_account() -> None:
    assert finding() == (
        "100.0 % of revenue (EUR 1.00 k) hangs on one person at the customer: at 2 accounts one resignation there would"
        " take more than half of the active ties, first at Alborz (EUR 700) that of Bo."
    )


def test_what_cannot_be_told_is_said_with_the_reason() -> None:
    assert "no person at any account is known" in finding(contacts=[], touches=[])
    assert "no contact with anybody is recorded" in finding(touches=[])


def test_where_nobody_was_met_the_money_is_named() -> None:
    frame = relationships(book(), as_of=AS_OF).assign(hangs_on=["nobody", "neither"])
    said = people.finding(network(frame).iloc[0], frame, "EUR")
    assert said.startswith("No account hangs on one person of theirs")
    assert said.endswith("; at 1 account with EUR 700 nobody was met for 90 days.")


def test_titles_say_who_is_against_us_who_is_not_met_and_what_is_unknown() -> None:
    rows = pd.DataFrame(
        {
            "name": ["Mi", "Bo"],
            "title": ["Buyer", None],
            "attitude": [-2.0, -1.0],
            "exposed": [40.0, 9.0],
            "departed": False,
        }
    )
    assert people.stakeholder_title(rows, "EUR") == "Mi (Buyer) and 1 more work against us and expose EUR 49.0"
    assert people.stakeholder_title(rows.assign(attitude=1.0)) == "None of 2 people works against us; 2 are for us"
    assert people.stakeholder_title(rows.assign(attitude=NOTHING)) == "2 people known; how they stand to us is not"
    assert people.stakeholder_title(rows.assign(departed=True)) == "Nobody who is still there is known"
    assert people.rhythm_title(pd.DataFrame({"value": [0], "selling": [0]})) == "Nobody there was met in twelve months"


def test_who_left_is_named_with_who_is_in_touch_now() -> None:
    row = pd.Series(
        {"name": "Al", "title": "Head", "influence": 4.0, "left_on": pd.Timestamp("2026-08-14"), "followed_by": "Hu"}
    )
    assert people.departure(row) == "Al (Head), influence 4, left on 14 Aug 2026. In touch there now: Hu."
    alone = people.departure(pd.Series({**row.to_dict(), "followed_by": None}))
    assert alone.endswith("Nobody of that function and level is in touch now.")


def test_problems_are_said_with_age_and_pace() -> None:
    solved = pd.Series({"resolved": 3, "median_days": 11.0, "within_target": 0.5})
    rows = pd.DataFrame({"age_days": [10, 29], "overdue": [False, True]})
    assert voice.problems(rows, solved) == (
        "2 problems open, the oldest for 29 days, 1 past the target; 3 problems solved in a year, half within 11 days,"
        " 50.0 % within target."
    )
    assert voice.problems(rows.head(0), pd.Series({"resolved": 0})) == "No problem is open."


def test_satisfaction_is_said_with_n_error_and_trend() -> None:
    row = {
        "nps": 20.6,
        "nps_se": 4.25,
        "responses": 321,
        "csat": 3.94,
        "prior_nps": 14.4,
        "prior_nps_se": 5.4,
        "prior_responses": 209,
        "changed": "no sure change",
    }
    assert voice.satisfaction(pd.Series(row)) == (
        "NPS +21 ± 4 from 321 answers, +14 ± 5 from 209 answers the year before: no sure change; satisfaction 3.9 of 5."
    )
    nobody = row | {"nps": NOTHING, "csat": NOTHING, "responses": 0}
    assert voice.satisfaction(pd.Series(nobody)).startswith("Nobody was asked")


def test_risks_say_the_loss_to_expect_or_why_it_is_unknown() -> None:
    rows = pd.DataFrame(
        {"title": ["Fire", "Flood"], "expected_loss": [50.0, 18.0], "owner": ["Ada", None], "status": "open"}
    )
    assert voice.risks(rows, "EUR") == (
        "2 open risks, EUR 68.0 of margin to be expected lost; “Fire” weighs most (EUR 50.0); 1 of them has no owner."
    )
    assert "unknown" in voice.risks(rows.assign(expected_loss=NOTHING))
    assert voice.risks(rows.assign(status="closed")) == "No risk is open."
