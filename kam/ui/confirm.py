"""A new book from files: which column is which, a check that keeps nothing, and the book written and opened."""

import datetime as dt
from dataclasses import replace

import streamlit as st

from kam.errors import KamError
from kam.intake.columns import best_matches, still_needed
from kam.intake.dates import DATE_FORMATS
from kam.intake.new_book import Checked, Draft, NewBook, check_new_book, confirmed, write_book
from kam.intake.peek import Peek
from kam.intake.report import reason_counts, report_frames
from kam.intake.settings import TableSettings
from kam.schema import TABLES, Column
from kam.ui.bar import progress_bar
from kam.ui.book_files import book_home, opened
from kam.ui.intake_report import came_in, refused_rows, worth_knowing
from kam.ui.plain import plain
from kam.ui.shelf import open_folder
from kam.ui.upload import Desk, Handed, clear_desk
from kam.words.data import checked as check_sentence

_DATES = {
    "y-m-d": "year month day, 2026-12-31",
    "d-m-y": "day month year, 31.12.2026",
    "m-d-y": "month day year, 12/31/2026",
    "d-m-yy": "day month year, 31.12.26",
    "m-d-yy": "month day year, 12/31/26",
    "yyyymmdd": "20261231",
    "d-month-y": "31 Dec 2026",
    "d-month-yy": "31 Dec 26",
    "month-d-y": "Dec 31, 2026",
    "serial": "a spreadsheet's day number, 46387",
}
_DECIMALS = {".": "a point, 1,234.56", ",": "a comma, 1.234,56"}
_FOUND = "found from the values"
_ABSENT = ""
_AGAIN = "\u200b"


def confirm(own: Desk) -> None:
    """Let the reader confirm the columns, check the files, and open them as a book."""
    with st.form("columns", border=False):
        drafts = tuple(_table(name, files) for name, files in own.tables().items())
        currency = st.text_input(
            "Currency of the amounts", max_chars=3, placeholder="EUR", key="new currency", persist_state="session",
            help="Three letters; may stay empty. Amounts in several currencies cannot be added up.", width=240,
        )  # fmt: skip
        wanted = st.form_submit_button("Check", icon=":material/fact_check:", type="primary")
    if wanted:
        _check(own, NewBook("The new book", (currency or "").strip().upper() or None, drafts))
    if own.checked is not None:
        _outcome(*own.checked)


def _table(name: str, files: list[Handed]) -> Draft:
    """Draw the columns of one table as selectboxes: the needed and the guessed ones first, the others behind."""
    first = files[0]
    guessed = best_matches(TABLES[name], first.peek.names, declared={})
    needed = still_needed(TABLES[name], ())
    st.subheader(f"{name[0].upper()}{name[1:]}".replace("_", " "), anchor=False)
    st.caption(f"One row is {TABLES[name].row}. Read from {plain(', '.join(file.name for file in files))}.")
    front = [column for column in TABLES[name] if column.name in needed or column.name in guessed]
    behind = [column for column in TABLES[name] if column not in front]
    chosen = {}
    with st.grid(min_column_width=300, gap="medium"):
        for column in front:
            hit = guessed.get(column.name)
            chosen[column.name] = _column(name, column, first, hit.source if hit else None, column.name in needed)
    with st.expander("Other columns, and how dates and decimals are written"):
        with st.grid(min_column_width=300, gap="medium"):
            for column in behind:
                chosen[column.name] = _column(name, column, first, None, needed=False)
        dates, decimal = _written(name, first)
    columns = confirmed(name, chosen, first.peek.names)
    return Draft(name, tuple(file.path for file in files), TableSettings(columns, dates, decimal))


def _column(table: str, column: Column, file: Handed, guess: str | None, needed: bool) -> str | None:  # noqa: FBT001 - one of five that say themselves
    names = file.peek.names
    with st.container(gap="xxsmall"):
        chosen = st.selectbox(
            f"{column.name.replace('_', ' ')}{' (needed)' if needed else ''}",
            [_ABSENT, *names],
            index=names.index(guess) + 1 if guess is not None else 0,
            format_func=lambda name: _option(file.peek, name),
            key=f"column {file.number} {table} {column.name}",
            persist_state="session",
        )
        st.caption(f"{column.meaning[0].upper()}{column.meaning[1:]}")
    return chosen or None


def _option(seen: Peek, name: str) -> str:
    """Write a column of the file with its first values; a repeated name is told apart."""
    if name == _ABSENT:
        return "not in the file"
    samples = ", ".join(seen.samples.get(name, ()))
    shown = name.replace(_AGAIN, " (again)")
    return f"{shown}: {samples}" if samples else f"{shown}: empty"


def _written(table: str, file: Handed) -> tuple[str | None, str | None]:
    """Let the reader say how dates and decimals are written, where the values alone leave it open."""
    left, right = st.columns(2)
    dates = left.selectbox(
        f"Dates in {table.replace('_', ' ')} are written",
        list(DATE_FORMATS),
        index=None,
        format_func=lambda written: _DATES[written],
        placeholder=_FOUND,
        key=f"dates {file.number} {table}",
        persist_state="session",
    )
    decimal = right.selectbox(
        f"Decimals in {table.replace('_', ' ')} are written with",
        list(_DECIMALS),
        index=None,
        format_func=lambda mark: _DECIMALS[mark],
        placeholder=_FOUND,
        key=f"decimal {file.number} {table}",
        persist_state="session",
    )
    return dates, decimal


def _check(own: Desk, book: NewBook) -> None:
    own.checked = None
    gaps = [
        f"{draft.table} needs {', '.join(still)}".replace("_", " ")
        for draft in book.drafts
        if (
            still := still_needed(
                TABLES[draft.table], [name for name, source in draft.settings.columns.items() if source]
            )
        )
    ]
    if "sales" not in {draft.table for draft in book.drafts}:
        gaps.insert(0, "one of the files must hold the sales")
    if gaps:
        st.error(f"Not checked yet: {plain('; '.join(gaps))}. Choose above and check again.", icon=":material/error:")
        return
    today = dt.datetime.now().astimezone().date()
    with progress_bar("Checking") as progress:
        own.checked = book, check_new_book(book, today=today, progress=progress)


def _outcome(book: NewBook, found: Checked) -> None:
    frames = report_frames(found.report)
    sentence = plain(check_sentence(found.failure, frames["tables"]))
    if found.failure is not None:
        st.error(
            f"{sentence} Choose the columns, or how dates and decimals are written, above and check again.",
            icon=":material/error:",
        )
    else:
        st.success(sentence, icon=":material/check_circle:")
    if found.report.intake:
        came_in(frames["tables"], frames["columns"], key="check")
    if total := int(frames["tables"]["rows_refused"].sum()):
        refused_rows(frames["refused"], reason_counts(found.report), total, key="check")
    if found.failure is None:
        worth_knowing(frames["findings"], key="check")
        _open(book)


def _open(book: NewBook) -> None:
    with st.form("open new book", border=False):
        name = st.text_input("Name of the book", placeholder="Our customers 2026", max_chars=80, key="new name")
        st.caption(plain(f"It is written as a folder of its own under {book_home()}."))
        wanted = st.form_submit_button("Open this book", icon=":material/menu_book:", type="primary")
    if not wanted:
        return
    if not (name or "").strip():
        st.error("Give the book a name.", icon=":material/error:")
        return
    try:
        written = write_book(book_home(), replace(book, name=name.strip()))
        fresh = open_folder(written)
    except KamError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        clear_desk()
        opened(fresh)
