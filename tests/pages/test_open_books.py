"""The open books show a folder's files as they are, whatever happened to them while it opened them."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from kam.book import Book, shown_book
from kam.intake.report import LoadError
from kam.ui import open_books
from kam.ui.open_books import OpenBooks
from tests.intake.folders import GOOD, sales, write


def _net(book: Book) -> float:
    return float(book.monthly()["revenue"].sum())


def _meanwhile(change: Callable[[], object], *, then: Callable[[], object]) -> Callable[..., Book]:
    def opening(folder: Path, **arguments: object) -> Book:
        change()
        book = shown_book(folder, **arguments)  # ty: ignore[invalid-argument-type]
        then()
        return book

    return opening


def test_a_book_opened_from_files_that_were_put_back_is_not_shown_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    path, kept = folder / "sales.csv", tmp_path / "kept.csv"
    own = OpenBooks()

    def change() -> None:
        path.rename(kept)
        path.write_text(sales(GOOD.replace("10.50", "20.50")), encoding="utf-8")

    monkeypatch.setattr(open_books, "shown_book", _meanwhile(change, then=lambda: kept.replace(path)))
    own.get(folder)
    monkeypatch.setattr(open_books, "shown_book", shown_book)

    assert _net(own.get(folder)) == 10.5


def test_a_book_is_opened_once_and_again_when_its_files_change(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    own = OpenBooks()
    first = own.get(folder)

    (folder / "notes.txt~").write_text("no part of the book", encoding="utf-8")
    assert own.get(folder) is first
    write(folder, sales_csv=sales(GOOD.replace("10.50", "20.50")))
    assert _net(own.get(folder)) == 20.5


def test_a_book_of_older_data_is_shown_without_a_warning_to_the_log(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", sales_csv=sales(GOOD))
    own = OpenBooks()
    own.get(folder)
    write(folder, sales_csv=sales("1,soon,A,P,2,10.50"))

    with warnings.catch_warnings(record=True) as warned:
        book = own.get(folder)

    assert "order_date is not a date" in str(book.failure)
    assert (_net(book), warned) == (10.5, [])


def test_files_that_cannot_be_loaded_are_read_once_until_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "book", sales_csv=sales("1,soon,A,P,2,10.50"))
    own, opened = OpenBooks(), []
    monkeypatch.setattr(open_books, "shown_book", _meanwhile(lambda: opened.append(folder), then=lambda: None))
    for _ in range(3):
        with pytest.raises(LoadError, match="order_date is not a date"):
            own.get(folder)
    assert len(opened) == 1

    write(folder, sales_csv=sales(GOOD))
    assert _net(own.get(folder)) == 10.5
