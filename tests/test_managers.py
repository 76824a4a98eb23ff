"""Who manages an account is named alike everywhere, also where no table of managers names anybody."""

import inspect
from pathlib import Path

import pandas as pd

import kam
from tests import small_book
from tests.answers import NO_QUESTIONS, arguments

QUESTIONS = [
    name
    for name, _ in inspect.getmembers(kam.Book, inspect.isfunction)
    if not name.startswith("_") and name not in NO_QUESTIONS
]


def frames(book: kam.Book) -> list[tuple[str, pd.DataFrame]]:
    """Return every answer of a book that tells of managers, with its question."""
    found = []
    for name in QUESTIONS:
        for asked in arguments(book, name):
            try:
                answer = getattr(book, name)(**asked)
            except kam.KamError:
                continue
            if isinstance(answer, pd.DataFrame) and "manager" in answer:
                found.append((f"{name} {asked}", answer))
    return found


def test_every_answer_names_managers_alike(tmp_path: Path) -> None:
    tables = small_book.tables()
    del tables["managers"]
    book = kam.open_book(small_book.write(tmp_path / "book", tables))
    by_account = book.accounts().set_index("account_id")["manager"]
    known = set(small_book.MANAGERS)
    assert set(by_account) == known
    answers = frames(book)
    assert len(answers) > 20
    for told, answer in answers:
        assert set(answer["manager"].dropna()) <= known | {""}, told
        if "account_id" in answer and "touch_date" not in answer and "plan_id" not in answer:
            managed = answer[answer["account_id"].isin(by_account.index)]
            pd.testing.assert_series_equal(
                managed["manager"].astype("str").reset_index(drop=True),
                managed["account_id"].map(by_account).astype("str").reset_index(drop=True),
                obj=told,
                check_names=False,
            )
    book.close()


def test_a_view_of_one_manager_without_a_name_holds_its_accounts(tmp_path: Path) -> None:
    tables = small_book.tables()
    del tables["managers"]
    book = kam.open_book(small_book.write(tmp_path / "book", tables))
    assert set(book.view(manager=["M1"]).accounts()["manager"]) == {"M1"}
    assert set(book.choices()["manager"]) == set(small_book.MANAGERS)
    book.close()
