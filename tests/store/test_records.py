"""Records are written whole or not at all, never over somebody else's, and every change can be found and undone."""

from pathlib import Path

import pytest

import kam
from kam.base.errors import RecordError
from kam.store.changes import Change, Clashes
from tests import small_book

STEP = {"plan_id": "L1", "title": "Ask them", "baseline_on": "2026-12-01"}


@pytest.fixture
def book(small_folder: Path) -> kam.Book:
    return kam.open_book(small_folder)


def version(book: kam.Book, table: str, key: str) -> int:
    records = book.records(table)
    return int(records.loc[records.iloc[:, 0] == key, "version"].iloc[0])


def test_a_change_is_seen_by_every_question_at_once(book: kam.Book) -> None:
    before = book.data_version
    book.write([Change("plans", "L1", {"name": "Nine more categories"}, version(book, "plans", "L1"))], who="Ada")

    assert set(book.milestones().query("account_id == 'A01'")["plan"]) == {"Nine more categories"}
    assert book.data_version != before


def test_the_log_says_who_changed_what_and_how_it_was(book: kam.Book) -> None:
    changed = book.write([Change("plans", "L1", {"name": "New", "status": "closed"}, 0)], who="Ada")

    assert changed[["who", "action", "table", "key", "column", "before", "after"]].to_numpy().tolist() == [
        ["Ada", "change", "plans", "L1", "name", "Plan 1", "New"],
        ["Ada", "change", "plans", "L1", "status", "active", "closed"],
    ]
    assert book.change_log().equals(changed)


def test_a_new_record_gets_a_key_and_stands_last(book: kam.Book) -> None:
    book.write([Change("milestones", None, STEP)], who="Ada")

    last = book.records("milestones").iloc[-1]
    assert last["title"] == "Ask them"
    assert last["milestone_id"].startswith("milestones-")


def test_somebody_elses_change_is_shown_and_not_overwritten(book: kam.Book) -> None:
    seen = version(book, "plans", "L1")
    book.write([Change("plans", "L1", {"name": "Hers"}, seen)], who="Ada")

    with pytest.raises(Clashes) as refused:
        book.write([Change("plans", "L1", {"name": "His"}, seen), Change("milestones", None, STEP)], who="Ben")

    (clash,) = refused.value.clashes
    assert (clash.theirs or {})["name"] == "Hers"
    assert (clash.mine, clash.who) == ({"name": "His"}, "Ada")
    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "Hers"
    assert "Ask them" not in set(book.records("milestones")["title"])  # all of an attempt, or nothing
    book.write([Change("plans", "L1", {"name": "His"}, clash.version)], who="Ben")
    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "His"


def test_a_record_taken_away_and_added_again_is_another_one(book: kam.Book) -> None:
    book.write([Change("readings", "R1", {"value": 7}, 0)], who="Ada")
    seen = version(book, "readings", "R1")
    book.write([Change("readings", "R1", None, seen)], who="Ben")
    book.write([Change("readings", "R1", {"objective_id": "O3", "read_on": "2026-08-01", "value": 7})], who="Ben")

    with pytest.raises(Clashes):
        book.write([Change("readings", "R1", {"value": 9}, seen)], who="Ada")


def test_adding_what_is_there_already_is_a_clash(book: kam.Book) -> None:
    with pytest.raises(Clashes):
        book.write([Change("readings", "R1", {"objective_id": "O3", "read_on": "2026-08-01", "value": 7})], who="Ben")


def test_a_change_that_changes_nothing_is_not_logged(book: kam.Book) -> None:
    assert book.write([Change("plans", "L1", {"name": " Plan 1 "}, 0)], who="Ada").empty
    assert book.change_log().empty


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("milestones", None, {**STEP, "plan_id": "nowhere"}), "plan_id names 'nowhere', which plans does not"),
        (
            Change(
                "plans", None, {"account_id": "nobody", "name": "x", "starts_on": "2026-01-01", "ends_on": "2026-02-01"}
            ),
            "account_id names 'nobody', which accounts does not",
        ),
        (Change("milestones", None, {"title": "Ask"}), "plan_id is missing; baseline_on is missing"),
        (Change("plans", "L1", {"status": "asleep"}, 0), "status is none of: draft, active, closed"),
        (Change("plans", "L2", None, 0), "5 of milestones"),
        (Change("sales", None, {}), "sales cannot be written in the app"),
        (Change("plans", "L1", {"colour": "red"}, 0), "colour is no column of plans"),
    ],
)
def test_what_breaks_a_rule_is_refused_and_leaves_no_trace(book: kam.Book, change: Change, said: str) -> None:
    with pytest.raises(RecordError) as refused:
        book.write([Change("milestones", None, STEP), change], who="Ada")

    assert said in str(refused.value)
    assert len(book.records("milestones")) == 15
    assert book.change_log().empty


def test_records_that_name_one_another_are_written_together(book: kam.Book) -> None:
    plan = {"account_id": "A05", "name": "New", "starts_on": "2026-10-01", "ends_on": "2027-09-30"}
    step = {**STEP, "plan_id": "L9"}
    book.write([Change("milestones", "N1", step), Change("plans", "L9", plan)], who="Ada")

    assert book.milestones().set_index("milestone_id").loc["N1", "account_id"] == "A05"


def test_undo_brings_back_what_was_and_stands_in_the_log(book: kam.Book) -> None:
    before = book.records("plans").drop(columns="version")
    lines = book.write([Change("plans", "L1", {"name": "New"}, 0), Change("readings", "R1", None, 0)], who="Ada")
    numbers = [int(number) for number in lines["number"].unique()]

    book.undo(numbers, who="Ben")

    assert book.records("plans").drop(columns="version").equals(before)
    assert book.records("readings")["reading_id"].tolist() == ["R1"]
    log = book.change_log("plans", "L1")
    assert log[["action", "who", "before", "after"]].head(1).to_numpy().tolist() == [["undo", "Ben", "New", "Plan 1"]]
    with pytest.raises(RecordError, match="was undone already"):
        book.undo(numbers, who="Ben")


def test_an_undo_can_be_undone(book: kam.Book) -> None:
    first = book.write([Change("plans", "L1", {"name": "New"}, 0)], who="Ada")["number"].iloc[0]
    second = book.undo([int(first)], who="Ben")["number"].iloc[0]

    book.undo([int(second)], who="Ada")

    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "New"


def test_what_was_changed_again_since_is_not_undone(book: kam.Book) -> None:
    first = book.write([Change("plans", "L1", {"name": "New"}, 0)], who="Ada")["number"].iloc[0]
    book.write([Change("plans", "L1", {"name": "Newer"}, int(first))], who="Ben")

    with pytest.raises(Clashes) as refused:
        book.undo([int(first)], who="Ada")

    assert refused.value.clashes[0].who == "Ben"
    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "Newer"


def test_several_changes_of_one_record_are_undone_together(book: kam.Book) -> None:
    first = int(book.write([Change("plans", "L1", {"name": "New"}, 0)], who="Ada")["number"].iloc[0])
    second = int(book.write([Change("plans", "L1", {"name": "Newer"}, first)], who="Ada")["number"].iloc[0])

    book.undo([first, second], who="Ada")

    assert book.records("plans").set_index("plan_id").loc["L1", "name"] == "Plan 1"


@pytest.mark.parametrize("text", small_book.HOSTILE)
def test_every_text_comes_back_as_it_was_written(book: kam.Book, text: str) -> None:
    book.write([Change("plans", "L1", {"name": text, "customer_goal": f'\'{text}\n"quoted"'}, 0)], who=text)

    plan = book.records("plans").set_index("plan_id").loc["L1"]
    assert (plan["name"], plan["customer_goal"]) == (text.strip(), f'\'{text}\n"quoted"')
    assert set(book.change_log()["who"]) == {text}


def test_another_opening_of_the_book_sees_what_was_written(book: kam.Book, small_folder: Path) -> None:
    other = kam.open_book(small_folder)
    book.write([Change("plans", "L1", {"name": "New"}, 0)], who="Ada")

    assert other.view().records("plans").set_index("plan_id").loc["L1", "name"] == "New"
    assert other.data_version == book.data_version
