"""What must hold of any folder: it opens and adds up, asks what it writes down, or is refused in words; and how it went."""

import datetime as dt
import io
import re
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kam.book import Book
from kam.check import check
from kam.errors import KamError
from kam.intake.cache import connect, loaded_book
from kam.intake.load import LoadError
from kam.intake.question import Question
from kam.store.desk import Desk
from kam.store.workspace import Workspace

TODAY = dt.date(2026, 6, 15)
SECONDS = 20.0
FIRST_LOOK = ("accounts", "monthly", "headline", "concentration", "retention", "ladder", "intake", "findings", "columns",
              "missing", "refused", "dangers", "choices")  # fmt: skip
_ROWS = 'select rows_read, rows_accepted, rows_refused, rows_left_out, "table" from intake_tables'
_LINES = "select coalesce(sum(lines), 0)::bigint from sales_month"
_PROMISE = "othing was changed"
_INNER = re.compile(
    r"(Binder|Parser|Catalog|Conversion|Invalid Input|Out of Range|Not implemented|INTERNAL|Internal) Error|\[Errno"
)


class PropertyError(AssertionError):
    """Something that must hold of every folder does not hold of this one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a folder was met: "opened", "asked" or "refused", what was said, and how long it took."""

    kind: str
    said: str
    seconds: float


def outcome(folder: Path) -> Outcome:
    """Open a folder as a person would, look at it, and check it in the terminal.

    Raises
    ------
    PropertyError
        A property does not hold. Any other error than this is one that a user would have met as a traceback.
    """
    start = time.monotonic()
    kind, said, questions = _opened(folder)
    printed = io.StringIO()
    code = check(folder, out=printed, today=TODAY)
    seconds = time.monotonic() - start
    _must((code < 2) == (kind == "opened"), f"it is {kind}, and check returns {code}: {printed.getvalue()[-400:]}")
    _must(seconds < SECONDS, f"it took {seconds:.0f} s")
    for question in questions:
        _look_at(question)
    return Outcome(kind, said, seconds)


def _opened(folder: Path) -> tuple[str, str, list[Question]]:
    try:
        loaded = loaded_book(folder, today=TODAY)
    except KamError as error:
        _must(_PROMISE in str(error), f"the refusal does not say that nothing was changed: {error}")
        inner = _INNER.search(str(error)) and not (folder / "sales.sql").exists()
        _must(not inner, f"the refusal speaks of what is within: {error}")
        questions = error.report.questions if isinstance(error, LoadError) else []
        return "asked" if questions else "refused", str(error), questions
    connection = connect(loaded.path)
    try:
        for read, accepted, refused, left_out, table in connection.execute(_ROWS).fetchall():
            _must(read == accepted + refused + left_out and min(accepted, refused, left_out) >= 0,
                  f"{table}: {read} rows read, {accepted} taken in, {refused} refused, {left_out} left out")  # fmt: skip
            if table == "sales":
                lines = connection.execute(_LINES).fetchall()[0][0]
                _must(lines == accepted, f"{accepted} sales taken in, {lines} lines in the months")
        _look_around(Book(loaded, connection, Desk(connection, Workspace(loaded.folder))))
    except KamError as error:
        _must(_PROMISE in str(error) or "book.toml" in str(error), f"the refusal does not say what to do: {error}")
        raise PropertyError(f"the book opens, and a question is refused: {error}") from error
    finally:
        connection.close()
    return "opened", "", []


def _look_around(book: Book) -> None:
    for name in FIRST_LOOK:
        answer = getattr(book, name)()
        _must(isinstance(answer, pd.DataFrame), f"{name} answers with {type(answer).__name__}")
    money = book.accounts()["revenue"].sum()
    _must(bool(pd.notna(money)) and abs(money) != float("inf"), f"the revenue is {money}")


def _look_at(question: Question) -> None:
    """Look whether a question can be answered: of two readings or more, each to be written into `book.toml`."""
    _must(len(question.options) > 1, f"a question of one answer: {question}")
    for option in question.options:
        try:
            held = tomllib.loads(option.lines)
        except tomllib.TOMLDecodeError as error:
            raise PropertyError(f"the lines {option.lines!r} are no TOML: {error}") from error
        for key in option.where:
            _must(key in held, f"the lines {option.lines!r} do not hold {option.where}")
            held = held[key]


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what is claimed
    if not holds:
        raise PropertyError(otherwise)
