"""A question that pages ask twice is put to the book once, however its arguments are written."""

from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.ui.remembered import ask
from tests import small_book


def test_by_place_or_by_name_is_the_same_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    asked = []

    def time_to_resolve(_book: kam.Book, account_id: str | None = None, by: str = "") -> pd.DataFrame:
        asked.append((account_id, by))
        return pd.DataFrame({"account_id": [account_id]})

    monkeypatch.setattr(kam.Book, "time_to_resolve", time_to_resolve)
    first = ask(book.time_to_resolve, "A01", "manager")
    assert ask(book.time_to_resolve, account_id="A01", by="manager").equals(first)
    assert ask(book.time_to_resolve, by="manager", account_id="A01").equals(first)
    assert asked == [("A01", "manager")]
    assert len(ask(book.time_to_resolve, account_id="A02", by="manager")) == 1
    assert len(asked) == 2
    book.close()
