"""What must hold of any folder: it opens and adds up, asks and takes the answer, or is refused in words."""

import datetime as dt
import io
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from kam.base.errors import KamError
from kam.book import Book
from kam.check import check
from kam.intake.answers import answer
from kam.intake.cache import connect, loaded_book
from kam.intake.joins import JoinOfferedError
from kam.intake.load import LoadError
from kam.intake.open_question import Question
from kam.store.live_records import LiveRecords
from kam.store.workspace import Workspace

TODAY = dt.date(2026, 6, 15)
SECONDS = 20.0
FIRST_LOOK = (
    "accounts",
    "monthly",
    "headline",
    "concentration",
    "retention",
    "ladder",
    "intake",
    "findings",
    "columns",
    "missing",
    "refused",
    "dangers",
    "choices",
)
_ROWS = 'select rows_read, rows_accepted, rows_refused, rows_left_out, "table" from intake_tables'
_TOLD = "select example from intake_findings where example is not null"
_LINES = "select coalesce(sum(lines), 0)::bigint from sales_month"
_FAILS = 2
_PROMISE = "othing was changed"
_INNER = re.compile(
    r"(Binder|Parser|Catalog|Conversion|Invalid Input|Out of Range|Not implemented|INTERNAL|Internal) Error|\[Errno"
)


class PropertyError(AssertionError):
    """Something that must hold of every folder does not hold of this one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a folder was met: "opened", "asked" or "refused", how after all answers, what was said, in what time."""

    kind: str
    then: str
    said: str
    seconds: float


def outcome(folder: Path, choose: random.Random) -> Outcome:
    """Open a folder as a person would, answer what is asked, look at what opens, and check it in the terminal.

    `choose` draws the answers.

    Raises
    ------
    PropertyError
        A property does not hold. Any other error than this is one that a user would have met as a traceback.
    """
    start = time.monotonic()
    first = last = _met(folder)
    printed = io.StringIO()
    code = check(folder, out=printed, today=TODAY)
    _must(
        (code < _FAILS) == (first.kind == "opened" or first.by_policy),
        f"{first.kind}, but check returns {code}: {printed.getvalue()[-400:]}",
    )
    for told in () if first.by_policy else first.told:
        _must(told in printed.getvalue(), f"check does not tell {told!r}, but {printed.getvalue()[-1000:]}")
    seconds = time.monotonic() - start
    _must(seconds < SECONDS, f"it took {seconds:.0f} s")
    answered: set[tuple[str, str, str]] = set()
    while last.kind == "asked":
        for question in last.questions:
            asked = (question.file, question.column, question.asks)
            _must(asked not in answered, f"asked again after the answer: {question}")
            _must(len(question.options) > 1, f"a question of one answer: {question}")
            answered.add(asked)
            answer(folder, choose.choice(question.options))
        for name, query in last.queries.items():
            (folder / f"{name}.sql").write_text(query, encoding="utf-8")
        last = _met(folder)
    return Outcome(first.kind, last.kind, first.said, seconds)


@dataclass(frozen=True, slots=True)
class _Met:
    kind: str
    said: str = ""
    questions: tuple[Question, ...] = ()
    queries: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()  # what the check, which reads the same files once more, must tell as well
    by_policy: bool = False  # of which intake, and so the check, knows nothing


def _met(folder: Path) -> _Met:
    try:
        loaded = loaded_book(folder, today=TODAY)
    except KamError as error:
        _must(_PROMISE in str(error), f"the refusal does not say that nothing was changed: {error}")
        inner = _INNER.search(str(error)) and not (folder / "sales.sql").exists()
        _must(not inner, f"the refusal speaks of what is within: {error}")
        questions = tuple(error.report.questions) if isinstance(error, LoadError) else ()
        queries = error.proposal.queries() if isinstance(error, JoinOfferedError) else {}
        told = tuple(question.asks for question in questions) or (str(error),)
        return _Met("asked" if questions or queries else "refused", str(error), questions, queries, told)
    connection = connect(loaded.path)
    told = []
    try:
        for read, accepted, refused, left_out, table in connection.execute(_ROWS).fetchall():
            _must(
                read == accepted + refused + left_out and min(accepted, refused, left_out) >= 0,
                f"{table}: {read} rows read, {accepted} taken in, {refused} refused, {left_out} left",
            )
            told.append(f"{accepted:,} taken in, {refused:,} refused")
            if table == "sales":
                lines = connection.execute(_LINES).fetchall()[0][0]
                _must(lines == accepted, f"{accepted} sales taken in, {lines} lines in the months")
        try:
            book = Book(loaded, connection, LiveRecords(connection, Workspace(loaded.folder)))
        except KamError as error:  # a policy of `book.toml` that is none, or a month without sales
            return _Met("refused", str(error), by_policy=True)
        told += [example for (example,) in connection.execute(_TOLD).fetchall()]
        _look_around(book)
    except KamError as error:
        raise PropertyError(f"the book opens, and a question is refused: {error}") from error
    finally:
        connection.close()
    return _Met("opened", told=tuple(told))


def _look_around(book: Book) -> None:
    for name in FIRST_LOOK:
        answer = getattr(book, name)()
        _must(isinstance(answer, pd.DataFrame), f"{name} answers with {type(answer).__name__}")
    money = book.accounts()["revenue"].sum()
    _must(bool(pd.notna(money)) and abs(money) != float("inf"), f"the revenue is {money}")


def _must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what is claimed
    if not holds:
        raise PropertyError(otherwise)
