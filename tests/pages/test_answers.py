"""A question that pages ask twice is put to the book once, however its arguments are written."""

from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.ui.answers import ask
from tests import small_book


def test_by_place_or_by_name_is_the_same_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    asked = []

    def problems(_book: kam.Book, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        asked.append((account_id, level))
        return pd.DataFrame({"account_id": [account_id]})

    monkeypatch.setattr(kam.Book, "problems", problems)
    first = ask(book.problems, "A01", "parent")
    assert ask(book.problems, account_id="A01", level="parent").equals(first)
    assert ask(book.problems, level="parent", account_id="A01").equals(first)
    assert asked == [("A01", "parent")]
    assert len(ask(book.problems, account_id="A02", level="parent")) == 1
    assert len(asked) == 2
    book.close()
