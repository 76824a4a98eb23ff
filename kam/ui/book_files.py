"""The open book and its folder: what it is, how old its files are, and ways to open another."""

import datetime as dt
import os
from pathlib import Path

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.errors import KamError
from kam.intake.files import book_files, typed_folder
from kam.intake.new_book import unfinished_books
from kam.intake.report import reason_counts, report_frames
from kam.schema import TABLES
from kam.ui.answers import ask
from kam.ui.cards import Card, cards
from kam.ui.intake_report import came_in, refused_rows
from kam.ui.plain import plain
from kam.ui.shelf import SAMPLE, folder, open_folder, recent_folders, session_book
from kam.words.numbers import count, day, percent

_OPENED = "just opened"
THIS, ANOTHER, NEW = "This book", "Open another folder", "New book from files"
TABS = "data tab"


def book_or_error() -> Book | None:
    """Return this session's book; where it cannot be opened, say why, and let the page offer another."""
    if (opened := st.session_state.pop(_OPENED, None)) is not None:
        st.session_state[TABS] = THIS
        st.toast(f"{plain(opened)} is open.", icon=":material/folder_open:")
    try:
        return session_book()
    except KamError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None


def accounts_with_sales(book: Book) -> int:
    """Count the accounts that the sales lines name, to the last day."""
    return len(ask(book.view(as_of=book.last_day), "accounts"))


def book_cards(intake: pd.DataFrame, accounts: int) -> None:
    """Draw the numbers of what came in."""
    lines = int(intake.loc[intake["table"] == "sales", "rows_accepted"].sum())
    refused, read = int(intake["rows_refused"].sum()), int(intake["rows_read"].sum())
    cards(
        [
            Card("Sales lines", lines, count, explained="Lines of the sales table that were taken in"),
            Card("Accounts with sales", accounts, count),
            Card("Tables", len(intake), lambda value: f"{value} of {len(TABLES)}",
                 explained="Tables this book has, of those it could have"),
            Card("Rows refused", refused, count,
                 explained=f"Of {read:,} rows of all tables; {percent(refused / read) if read else '0 %'}"),
        ]
    )  # fmt: skip


def book_facts(book: Book) -> None:
    """Say in one quiet line which book is open, where, and how old it is."""
    changed = max(path.stat().st_mtime for path in book_files(folder()))
    moment = dt.datetime.fromtimestamp(changed, tz=dt.UTC).astimezone()
    facts = [
        book.name,
        f"amounts in {book.currency}" if book.currency else "currency not named",
        f"sales from {day(book.first_day)} to {day(book.last_day)}",
        f"figures as of {day(book.as_of)}",
        f"files last changed {day(moment)}, {moment:%H:%M}",
        str(folder().resolve()),
    ]
    st.caption(" · ".join(plain(fact) for fact in facts))


def failed_load(book: Book) -> None:
    """Where the files as they are now cannot be read, say that the figures are older, and report what failed."""
    if book.failure is None:
        return
    report = book.failure.report
    frames = report_frames(report)
    st.warning(
        f"These are older data. The files have changed and cannot be read: {plain(str(book.failure))}",
        icon=":material/history:",
    )
    if report.intake:
        with st.expander("What the failing files hold", expanded=True, icon=":material/report:"):
            came_in(frames["tables"], frames["columns"], key="failed")
            total = int(frames["tables"]["rows_refused"].sum())
            refused_rows(frames["refused"], reason_counts(report), total, key="failed")


def book_home() -> Path:
    """Return the folder under which new books are written: `KAM_HOME`, else `kam-books` in the user's home."""
    return Path(os.environ.get("KAM_HOME") or "~/kam-books").expanduser()


def unfinished() -> None:
    """Name the new books whose writing was stopped before its end; they are never opened."""
    for path in unfinished_books(book_home()):
        st.warning(
            f"{plain(str(path))} was not written to its end, or is being written now, and is not opened. If nobody is"
            " writing it, make the book again from its files and delete this folder.",
            icon=":material/warning:",
        )


def open_another() -> None:
    """Let the reader open another folder: by its path, one of this session's, or the sample."""
    st.markdown("A book is a folder with at least a sales file, as CSV or Parquet. Nothing in it is changed.")
    with st.form("open folder", border=False):
        typed = st.text_input("Path of the folder", placeholder="/home/me/books/2026", key="typed folder")
        wanted = st.form_submit_button("Open", icon=":material/folder_open:", type="primary")
    if wanted:
        _open(typed)
    if earlier := recent_folders():
        st.markdown("**Opened before in this session**")
        for number, path in enumerate(earlier):
            if st.button(plain(str(path)), icon=":material/history:", type="tertiary", key=f"recent {number}"):
                _open(str(path))
    sample = Path(SAMPLE)
    if folder().resolve() != sample.resolve() and st.button("Open the sample book", icon=":material/school:"):
        _open(str(sample))


def _open(typed: str) -> None:
    try:
        book = open_folder(typed_folder(typed))
    except KamError as error:
        st.error(f"{plain(str(error))} The book you had open stays open.", icon=":material/error:")
    else:
        opened(book)


def opened(book: Book) -> None:
    """Show the page anew with a book that was just opened."""
    st.session_state[_OPENED] = book.name
    st.rerun()
