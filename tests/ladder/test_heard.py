"""What the book says is heard once for all questions of the ladder, whoever is in view, and anew after every change."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import kam
from kam.ladder import question as rungs
from kam.ladder.evidence import evidence
from kam.ladder.gather import Heard, hear, listed
from kam.ladder.rung import ladders
from kam.store.changes import Change
from tests import small_book
from tests.ladder.portfolios import AS_OF, portfolio
from tests.relations import seen

QUESTIONS: tuple[Callable[[kam.Book], pd.DataFrame], ...] = (
    kam.Book.ladder,
    kam.Book.slip_risk,
    kam.Book.ladder_shifts,
    kam.Book.best_steps,
    kam.Book.evidence_worth,
    kam.Book.rung_outcomes,
    kam.Book.ladder_history,
    lambda book: book.ways_up("A01"),
    lambda book: book.ladder_evidence("A02"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_book.write(tmp_path / "book")


@pytest.fixture
def days_heard(monkeypatch: pytest.MonkeyPatch) -> list[list[dt.date]]:
    """Note the days of every hearing."""
    noted: list[list[dt.date]] = []

    def noting(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], told: bool) -> Heard:
        noted.append(list(days))
        return hear(cursor, days=days, told=told)

    monkeypatch.setattr(rungs, "hear", noting)
    return noted


def test_all_questions_about_all_views_hear_the_book_once_today_and_once_for_the_quarters(
    folder: Path, days_heard: list[list[dt.date]]
) -> None:
    book = kam.open_book(folder)
    for view in (book, book.view(region=["North"]), book.view(manager=["Ada Lind"])):
        for ask in QUESTIONS:
            ask(view)
    assert days_heard == [[book.as_of], book.ladder_days()]


def test_a_record_saved_is_heard_by_the_next_question(folder: Path, days_heard: list[list[dt.date]]) -> None:
    book = kam.open_book(folder)
    before = book.ladder_evidence("A01")
    given = {"account_id": "A01", "delivered_on": book.as_of, "kind": "advice", "amount": 1000}
    book.write([Change("value_delivered", "V99", given)], who="Ada")
    after = book.ladder_evidence("A01")
    assert "value delivered" not in before["signal"].tolist()
    assert "value delivered" in after["signal"].tolist()
    pd.testing.assert_frame_equal(after, kam.open_book(folder).ladder_evidence("A01"))
    assert days_heard == [[book.as_of]] * 3


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0), (1,), (1, 1)])
def test_some_of_the_days_heard_are_what_would_be_heard_of_them_alone(order: tuple[int, ...]) -> None:
    book = portfolio(11, 30).book()
    heard = hear(book, days=[dt.date(2026, 3, 31), dt.date(2026, 6, 15), AS_OF])
    days = [heard.days[place] for place in order]
    of_days = [ladders(listed(book, part)) for part in (heard.on(days), hear(book, days=days))]
    for some, alone in zip(*of_days, strict=True):
        pd.testing.assert_frame_equal(some, alone)


def test_what_is_heard_of_everybody_is_told_of_those_asked_about_alone() -> None:
    book = portfolio(12, 20).book()
    heard = hear(book, days=[AS_OF], told=True)
    whole, some = (evidence(listed(seen(book, only=scope), heard)) for scope in (None, ["A3", "A7"]))
    assert set(some["account_id"]) == {"A3", "A7"}
    theirs = whole[whole["account_id"].isin(["A3", "A7"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(some, theirs)
