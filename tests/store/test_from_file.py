"""A file that changes after its records were taken in: what it would do is shown, and only what is accepted is done."""

from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.base.errors import ClashError
from kam.store.changes import Change


@pytest.fixture
def folder(small_folder: Path) -> Path:
    kam.open_book(small_folder).write([Change("readings", "R1", {"note": "typed here"}, 0)], who="Ada")
    return small_folder


def rewritten(folder: Path, rows: list[dict]) -> kam.Book:
    """Write the file of readings anew and open the book."""
    pd.DataFrame(rows).to_parquet(folder / "readings.parquet", index=False)
    return kam.open_book(folder)


def reading(key: str, value: float) -> dict:
    return {"reading_id": key, "objective_id": "O3", "read_on": "2026-08-01", "value": value}


def test_a_file_that_says_what_it_said_is_no_news(folder: Path) -> None:
    assert rewritten(folder, [reading("R1", 8)]).file_changes().empty


def test_what_a_changed_file_would_do_is_told_record_by_record(folder: Path) -> None:
    book = rewritten(folder, [reading("R1", 5), reading("R2", 6)])

    found = book.file_changes()
    assert found.query("key == 'R1' and column == 'value'")[
        ["kind", "also_here", "was", "here", "file"]
    ].to_numpy().tolist() == [["change", True, "8.0000", "8.0000", "5.0000"]]
    assert set(found.query("key == 'R2'")["kind"]) == {"add"}
    assert book.records("readings")["reading_id"].tolist() == ["R1"]  # nothing is done yet


def test_only_what_is_accepted_is_taken_over_and_the_rest_is_settled(folder: Path) -> None:
    book = rewritten(folder, [reading("R1", 5), reading("R2", 6)])

    book.accept_file("readings", book.file_differences(), keys=["R2"], who="Ben")

    assert book.records("readings").set_index("reading_id")["value"].to_dict() == {"R1": 8.0, "R2": 6.0}
    assert book.file_changes().empty
    assert set(book.change_log("readings", "R2")["action"]) == {"take in"}


def test_what_a_file_no_longer_has_can_be_taken_away_and_brought_back(folder: Path) -> None:
    book = rewritten(folder, [reading("R9", 1)])
    assert dict(book.file_changes().groupby("key")["kind"].first()) == {"R1": "remove", "R9": "add"}

    lines = book.accept_file("readings", book.file_differences(), who="Ben")
    assert book.records("readings")["reading_id"].tolist() == ["R9"]
    book.undo([int(number) for number in lines["number"].unique()], who="Ben")
    assert book.records("readings").set_index("reading_id").loc["R1", "note"] == "typed here"


def test_what_was_taken_away_here_does_not_come_back_by_itself(folder: Path) -> None:
    book = kam.open_book(folder)
    book.write([Change("readings", "R1", None, int(book.records("readings")["version"].iloc[0]))], who="Ada")

    assert rewritten(folder, [reading("R1", 8), reading("R2", 6)]).file_changes()["key"].unique().tolist() == ["R2"]


def test_a_preview_that_is_out_of_date_is_not_acted_on(folder: Path) -> None:
    shown = rewritten(folder, [reading("R1", 5)]).file_differences()
    book = rewritten(folder, [reading("R1", 4)])

    with pytest.raises(ClashError, match="Look again"):
        book.accept_file("readings", shown, who="Ben")
    assert book.records("readings")["value"].tolist() == [8.0]


def test_a_file_that_is_gone_takes_nothing_with_it(folder: Path) -> None:
    (folder / "readings.parquet").unlink()
    book = kam.open_book(folder)

    assert book.file_changes().empty
    assert book.records("readings")["note"].tolist() == ["typed here"]
