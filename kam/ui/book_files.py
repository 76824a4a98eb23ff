"""The open book and its folder: what it is, how old its files are, and ways to open another."""

import datetime as dt
import os
from pathlib import Path

import pandas as pd
import streamlit as st

from kam.base.errors import KamError
from kam.base.numbers import count, day, percent
from kam.base.schema import TABLES
from kam.base.texts import _
from kam.book import Book
from kam.data.words_reading import belong_together
from kam.intake.files import typed_folder
from kam.intake.joins import JoinOfferedError, accept
from kam.intake.new_book import unfinished_books
from kam.intake.proposal import Proposal
from kam.intake.report import LoadError
from kam.ui.cards import Card, cards
from kam.ui.how_it_is_read import folder_read
from kam.ui.markdown import escape_markdown
from kam.ui.open_books import SAMPLE, folder, older_data, open_folder, recent_folders, session_book
from kam.ui.remembered import ask
from kam.ui.upload import holds_data, take_folder

_OPENED = "just opened"
_ASKED = "folder to open"
THIS, ANOTHER, NEW = _("This book"), _("Open another folder"), _("New book from files")
TABS = "data tab"


def greet_opened() -> None:
    """Say that a folder was just opened, and show it."""
    if (opened := st.session_state.pop(_OPENED, None)) is not None:
        st.session_state[TABS] = THIS
        st.toast(_("{folder} is open.").format(folder=escape_markdown(opened)), icon=":material/folder_open:")


def book_or_error() -> Book | None:
    """Return this session's book; where it cannot be opened, say why, or ask what is open, and go on without."""
    try:
        return session_book()
    except LoadError as error:
        folder_read(folder(), error, key="this")
    except JoinOfferedError as error:
        _offer_join(folder(), error.proposal)
    except KamError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
    return None


def accounts_with_sales(book: Book) -> int:
    """Count the accounts that the sales lines name, to the last day."""
    return len(ask(book.view(as_of=book.last_day).accounts))


def book_cards(intake: pd.DataFrame, accounts: int) -> None:
    """Draw the numbers of what came in."""
    lines = int(intake.loc[intake["table"] == "sales", "rows_accepted"].sum())
    refused, read = int(intake["rows_refused"].sum()), int(intake["rows_read"].sum())
    cards(
        [
            Card(_("Sales lines"), lines, count, explained=_("Lines of the sales table that were taken in")),
            Card(_("Accounts with sales"), accounts, count),
            Card(
                _("Tables"),
                len(intake),
                lambda value: _("{tables} of {possible}").format(tables=value, possible=len(TABLES)),
                explained=_("Tables this book has, of those it could have"),
            ),
            Card(
                _("Rows refused"),
                refused,
                count,
                explained=_("Of {rows:,} rows of all tables; {share}").format(
                    rows=read, share=percent(refused / read) if read else "0 %"
                ),
            ),
        ]
    )


def book_facts(book: Book) -> None:
    """Say in one quiet line which book is open, where, and how old it is."""
    facts = [
        book.name,
        _("amounts in {currency}").format(currency=book.currency) if book.currency else _("currency not named"),
        _("sales from {first} to {last}").format(first=day(book.first_day), last=day(book.last_day)),
        _("figures as of {day}").format(day=day(book.as_of)),
        *_last_change(book),
        str(folder().resolve()),
    ]
    st.caption(" · ".join(escape_markdown(fact) for fact in facts))


def _last_change(book: Book) -> list[str]:
    """Say when a file of the book last changed; nothing of files that changed while they were read."""
    times = [nanoseconds for path, _each, nanoseconds, *_each in book.seen if Path(path).name != "book.toml"]
    if not times:
        return []
    moment = dt.datetime.fromtimestamp(max(times) / 1e9, tz=dt.UTC).astimezone()
    return [_("files last changed {day}, {time:%H:%M}").format(day=day(moment), time=moment)]


def failed_load(book: Book) -> None:
    """Where the files as they are now cannot be read, say that the figures are older, and ask or report what failed."""
    if book.failure is None:
        return
    older_data(book.failure)
    report = book.failure.report
    if report.questions or report.intake or report.columns:
        with st.expander(_("How the changed files are read"), expanded=True, icon=":material/report:"):
            folder_read(folder(), book.failure, key="failed")


def book_home() -> Path:
    """Return the folder under which new books are written: `KAM_HOME`, else `kam-books` in the user's home."""
    return Path(os.environ.get("KAM_HOME") or "~/kam-books").expanduser()


def unfinished() -> None:
    """Name the new books whose writing was stopped before its end; they are never opened."""
    for path in unfinished_books(book_home()):
        st.warning(
            _(
                "{path} was not written to its end, or is being written now, and is not opened. If "
                "nobody is writing it, make the book again from its files and delete this folder."
            ).format(path=escape_markdown(str(path))),
            icon=":material/warning:",
        )


def open_another() -> None:
    """Let the reader open another folder: by its path, one of this session's, or the sample."""
    st.markdown(_("A book is a folder with at least a sales file. Nothing in it is changed but what you answer here."))
    with st.form("open folder", border=False):
        typed = st.text_input(_("Path of the folder"), placeholder="/home/me/books/2026", key="typed folder")
        wanted = st.form_submit_button(_("Open"), icon=":material/folder_open:", type="primary")
    if wanted:
        st.session_state[_ASKED] = typed
    if _ASKED in st.session_state:
        _open(st.session_state[_ASKED])
    if earlier := recent_folders():
        st.markdown(_("**Opened before in this session**"))
        for number, path in enumerate(earlier):
            _offer(escape_markdown(str(path)), path, icon=":material/history:", key=f"recent {number}")
    sample = Path(SAMPLE)
    if folder().resolve() != sample.resolve():
        _offer(_("Open the sample book"), sample, icon=":material/school:", key="sample")


def _offer(label: str, path: Path, *, icon: str, key: str) -> None:
    if st.button(label, icon=icon, type="tertiary", key=key):
        st.session_state[_ASKED] = str(path)
        _open(str(path))


def _open(typed: str) -> None:
    """Open a folder; where something must be decided first, it is asked here, in every run until it is."""
    try:
        place = typed_folder(typed)
        book = open_folder(place)
    except LoadError as error:
        st.subheader(_("How {folder} is read").format(folder=escape_markdown(place.name)), anchor=False)
        folder_read(place, error, key="asked")
        st.caption(_("The book you had open stays open."))
        st.button(_("Leave it"), icon=":material/close:", key="leave asked", on_click=_leave)
    except JoinOfferedError as error:
        _offer_join(place, error.proposal)
    except KamError as error:
        st.error(
            _("{problem} The book you had open stays open.").format(problem=escape_markdown(str(error))),
            icon=":material/error:",
        )
        del st.session_state[_ASKED]
        if holds_data(typed):
            st.button(_("Make a new book from its files"), icon=":material/note_add:", on_click=_make_of, args=(typed,))
    else:
        del st.session_state[_ASKED]
        opened(book)


def _offer_join(place: Path, offer: Proposal) -> None:
    """Offer to put the `.sql` files into a folder that make its files a book."""
    with st.container(border=True):
        st.markdown(f"**{escape_markdown(belong_together(offer.lines.label, offer.orders.label))}**")
        st.caption(escape_markdown(offer.why))
        names = " and ".join(f"{name}.sql" for name in offer.queries())
        st.caption(
            escape_markdown(
                _("To join them, {names} are put beside them in {place}. The files stay as they are.").format(
                    names=names, place=place
                )
            )
        )
        with st.container(horizontal=True):
            st.button(
                _("Join them"), icon=":material/join_inner:", type="primary", on_click=_accept, args=(place, offer)
            )
            if _ASKED in st.session_state:
                st.button(_("Leave it"), icon=":material/close:", type="tertiary", on_click=_leave)


def _accept(place: Path, offer: Proposal) -> None:
    try:
        accept(place, offer)
    except KamError as error:
        st.toast(escape_markdown(str(error)), icon=":material/error:", duration="long")


def _make_of(typed: str) -> None:
    st.session_state[TABS] = NEW
    take_folder(typed)


def _leave() -> None:
    st.session_state.pop(_ASKED, None)


def opened(book: Book) -> None:
    """Show the page anew with a book that was just opened."""
    st.session_state[_OPENED] = book.name
    st.rerun()
