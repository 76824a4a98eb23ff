"""The opened books of this server: each folder is opened once for all sessions, and again when its files change."""

import gc
import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

import streamlit as st

from kam.base.errors import KamError
from kam.base.texts import _
from kam.book import Book, shown_book
from kam.data.words import older
from kam.data.words_reading import still_open
from kam.intake.files import Stamp, book_files, stamp
from kam.intake.load import Progress
from kam.intake.report import LoadError
from kam.ui.bar import progress_bar
from kam.ui.markdown import escape_markdown

SAMPLE = "data"
_ROOM = 6
_FOLDER = "book folder"
_RECENT = "recent folders"


class OpenBooks:
    """Opened books by folder and state of the files; sessions in several threads share it.

    Files that cannot be loaded are not read again before they, or what was answered about them, change; those that
    memory or the disk was lacking for are.
    """

    def __init__(self) -> None:
        self._books: OrderedDict[tuple[str, Stamp], Book] = OrderedDict()
        self._failed: OrderedDict[tuple[str, Stamp], LoadError] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, folder: Path) -> Book:
        """Return the opened book, opening it first, with a progress bar, if nobody has."""
        place = str(folder.resolve())
        key = (place, stamp(book_files(folder)))
        if (book := self._books.get(key)) is not None:
            return book
        if (failed := self._failed.get(key)) is not None:
            raise LoadError(str(failed), failed.report)
        with progress_bar(_("Opening {folder}").format(folder=folder.resolve().name)) as progress, self._lock:
            book = self._books.get(key)  # a second session waited here, and finds the book opened
            if book is None:
                book = self._opened(folder, key, progress)
                self._books[place, book.seen] = book  # the files may have changed since the key was taken
                while len(self._books) > _ROOM:  # a book still in use lives on until its last question is answered
                    self._books.popitem(last=False)
        return book

    def _opened(self, folder: Path, key: tuple[str, Stamp], progress: Progress) -> Book:
        try:
            return shown_book(folder, progress=progress)
        except LoadError as error:
            of_files = error.__cause__ is None or isinstance(error.__cause__, KamError)
            if of_files and stamp(book_files(folder)) == key[1]:
                self._failed[key] = LoadError(str(error), error.report)  # without the frames it came through
                while len(self._failed) > _ROOM:
                    self._failed.popitem(last=False)
            raise


@st.cache_resource(max_entries=1, show_spinner=False)
def _open_books() -> OpenBooks:
    # What is there now, all modules, stays. Frozen, it is not walked by every full collection of garbage, which would
    # hold up whoever waits for a page by a tenth of a second.
    gc.collect()
    gc.freeze()
    return OpenBooks()


def folder() -> Path:
    """Return the folder of the book this session looks at: chosen on the Data page, else given at the start."""
    return Path(st.session_state.get(_FOLDER) or os.environ.get("KAM_BOOK") or SAMPLE)


def of_this_book(kind: str) -> dict[str, Any]:
    """Return what this session keeps under a name for the book it looks at; another book has its own."""
    return st.session_state.setdefault(kind, {}).setdefault(str(folder().resolve()), {})


def open_folder(path: Path) -> Book:
    """Make a folder this session's book; raises KamError, and changes nothing, if it cannot be opened."""
    before = folder()
    book = _open_books().get(path)
    seen = [before, *recent_folders()]
    st.session_state[_RECENT] = list(dict.fromkeys(other for other in seen if other.resolve() != path.resolve()))
    st.session_state[_FOLDER] = str(path)
    return book


def recent_folders() -> list[Path]:
    """List the folders this session looked at before, the last one first."""
    return list(st.session_state.get(_RECENT, []))


def session_book() -> Book:
    """Return this session's book, all of it, as it stands now; raises KamError if it cannot be opened."""
    return _open_books().get(folder()).view()


def whole_book() -> Book:
    """Return this session's book, all of it; where it cannot be opened, say why and stop the page."""
    try:
        return session_book()
    except KamError as error:
        _say_why(error, len(error.report.questions) if isinstance(error, LoadError) else 0)
        st.stop()


def older_data(failure: LoadError) -> None:
    """Say that the figures are of an earlier state of the files."""
    st.warning(escape_markdown(older(str(failure), len(failure.report.questions))), icon=":material/history:")


def _say_why(error: KamError, questions: int) -> None:
    """Say why there are no figures, and lead to the page where that is mended."""
    if questions:
        st.warning(still_open(questions), icon=":material/help:")
        st.page_link("pages/data.py", label=_("Answer on the Data page"), icon=":material/database:")
        return
    st.error(escape_markdown(str(error)), icon=":material/error:")
    st.page_link("pages/data.py", label=_("Open another book"), icon=":material/folder_open:")
