"""Plans on one line, who has how much to do, and what a plan could hold: through an opened book."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.base.errors import BookError, QuestionError
from tests import small_book
from tests.small_book import tables


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> kam.Book:
    rows = tables()
    rows["plans"][0] |= {"reviewed_on": "2026-09-01", "customer_goal": "Grow"}
    rows["milestones"][2] |= {"depends_on": "later 1"}
    rows["strategies"] = [{"strategy_id": "G1", "plan_id": "L1", "objective_id": "O1", "title": "Listen", "budget": 5}]
    rows["risks"] = [{"risk_id": "X", "account_id": "A01", "title": "Leaves", "probability": 0.5, "impact": 0.5}]
    rows["touches"] = [{"touch_id": "T", "account_id": "A01", "touch_date": "2026-09-20"}]
    return kam.open_book(small_book.write(tmp_path_factory.mktemp("plans") / "book", rows))


def test_a_plan_is_one_line(book: kam.Book) -> None:
    frame = book.plans().set_index("plan_id")
    first = frame.to_dict("index")["L1"]

    assert [first[name] for name in ("account", "manager", "status", "customer_goal")] == [
        "Aldern Dairies",
        "Ada Lind",
        "active",
        "Grow",
    ]
    assert [first[name] for name in ("objectives", "milestones", "done", "overdue", "at_risk")] == [1, 5, 2, 1, 1]
    assert (first["next_milestone"], first["next_on"]) == ("Step soon 1", pd.Timestamp("2026-10-12"))
    assert [first[f"days_since_{what}"] for what in ("review", "touch", "move")] == [29, 10, 29]
    assert frame["red"].tolist() == [0, 0, 1]
    assert frame[["green", "amber", "red", "not_measured"]].sum(axis=1).tolist() == frame["objectives"].tolist()
    third = frame.loc["L3"]
    assert pd.isna(third["days_since_review"])
    assert third["days_since_move"] == 30  # its newest sign of life: a milestone done


def test_a_view_holds_its_own_plans_and_is_judged_against_the_whole_book(book: kam.Book) -> None:
    view = book.view(region=["South"])

    assert view.plans()["plan_id"].tolist() == ["L2"]
    own, whole = view.smart().iloc[0], book.smart().set_index("objective_id").loc["O2"]
    assert own["achievable_reason"] == whole["achievable_reason"]
    assert view.milestones()["milestone_id"].tolist() == [
        f"{name} 2" for name in ("done", "done late", "overdue", "soon", "later")
    ]


def test_the_load_counts_what_is_overdue_now(book: kam.Book) -> None:
    assert book.milestone_load("department").to_numpy().tolist() == [
        ["production", pd.Timestamp("2026-09-01"), 2, 2, 1],
        ["production", pd.Timestamp("2026-10-01"), 2, 0, 0],
        ["production", pd.Timestamp("2027-01-01"), 2, 0, 0],
        ["sales", pd.Timestamp("2026-09-01"), 1, 1, 0],
        ["sales", pd.Timestamp("2026-10-01"), 1, 0, 0],
        ["sales", pd.Timestamp("2027-01-01"), 1, 0, 0],
    ]
    with pytest.raises(QuestionError, match="by owner or department, not by 'month'"):
        book.milestone_load("month")


def test_the_ways_there_are_those_of_the_plan(book: kam.Book) -> None:
    assert book.strategies("L1")[["title", "objective", "budget"]].to_numpy().tolist() == [["Listen", "Sell more", 5.0]]
    assert book.strategies("L2").empty
    assert book.view(region=["South"]).strategies().empty


def test_the_calendar_holds_the_open_milestones(book: kam.Book) -> None:
    assert book.calendar().count("BEGIN:VEVENT") == 9


def test_a_draft_starts_from_what_is_measured_now_and_asks_for_what_has_been_done(book: kam.Book) -> None:
    draft = book.draft_plan("A01")
    revenue = draft[draft["metric"] == "revenue"].iloc[0]
    now = book.accounts().set_index("account_id").loc["A01", "revenue"]

    assert revenue["baseline"] == pytest.approx(now, abs=1)
    assert (revenue["starts_on"], revenue["due_on"]) == (pd.Timestamp("2026-10-01"), pd.Timestamp("2027-09-30"))
    assert (revenue["owner"], revenue["unit"]) == ("Ada Lind", "EUR")
    risk = draft[draft["source"] == "risks"].iloc[0]
    assert (risk["kind"], risk["title"]) == ("action", "Act on the risk “Leaves”")
    assert "nobody says who acts" in risk["reason"]
    for row in draft[draft["target"].notna()].to_dict("records"):
        checked = book.check_objective(
            {"account_id": "A01"} | {str(name): value for name, value in row.items()}
        ).set_index("letter")
        assert checked["holds"].all(), checked["reason"].tolist()


def test_white_space_becomes_objectives_where_it_is_known(book: kam.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    space = pd.DataFrame(
        [
            ("A01", "Category 1", "gap", 900.4, "Peers do."),
            ("A01", "Category 2", "sold", 5.0, "-"),
            ("A02", "Category 3", "gap", 7.0, "-"),
        ],
        columns=["account_id", "category", "state", "expected_value", "why"],
    )
    monkeypatch.setattr("kam.plan.question.white_space", lambda _: space)
    draft = book.draft_plan("A01")
    (found,) = draft[draft["source"] == "white space"].to_dict("records")

    assert (found["category"], found["target"], found["serves"]) == ("Category 1", 900, "opportunity")
    assert found["reason"] == "Peers buy Category 1, and it would be worth EUR 900 a year. Peers do."


def test_who_stopped_buying_is_asked_why(book: kam.Book) -> None:
    draft = book.draft_plan("A11")

    assert "Ask why it stopped buying" in draft["title"].tolist()
    assert (draft["metric"] != "revenue").all()


def test_a_draft_for_nobody_is_refused(book: kam.Book) -> None:
    with pytest.raises(QuestionError, match="There is no account 'A99'"):
        book.draft_plan("A99")


def test_the_rung_and_the_coverage_have_a_past_too(book: kam.Book) -> None:
    goal = {
        "account_id": "A01",
        "metric": "rung",
        "unit": "rung",
        "baseline": 1.5,
        "target": 2.0,
        "starts_on": dt.date(2026, 10, 1),
        "due_on": dt.date(2027, 9, 30),
    }
    checked = book.check_objective(goal).set_index("letter")

    assert "windows of 12 months" in checked["reason"]["achievable"]


def test_a_bad_policy_of_plans_stops_the_opening(tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book", toml='name = "B"\n[policy.plans]\ngreen_pace = "x"\n')
    with pytest.raises(BookError, match=r"\[policy\.plans\] green_pace"):
        kam.open_book(folder)


def test_thresholds_of_the_book_colour_its_objectives(tmp_path: Path) -> None:
    toml = 'name = "B"\n[policy.plans]\ngreen_pace = 90\namber_pace = 80\nmet = 100\n'
    strict = kam.open_book(small_book.write(tmp_path / "book", toml=toml)).objectives()

    assert set(strict["status"]) == {"red"}
