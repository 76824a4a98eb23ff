"""The list of questions in docs is that of the code, each with its call and its columns."""

from pathlib import Path

import kam
from tests import small_book
from tests.questions import document, subjects

LISTED = Path(__file__).parents[1] / "docs/questions.md"


def test_the_list_of_questions_is_that_of_the_book(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    assert LISTED.read_text(encoding="utf-8") == document(book)
    book.close()


def test_every_question_stands_in_it_once() -> None:
    names = [name for _, listed in subjects() for name in listed]
    assert len(names) == len(set(names)) > 80
