"""An opened book: ask it a question, get a new frame; every page, notebook and test asks here."""

import datetime as dt
import warnings
from pathlib import Path

import pandas as pd

from kam.base.errors import OldDataWarning
from kam.dangers.danger_list import dangers
from kam.data.question import Intake
from kam.data.records import Records
from kam.intake.cache import connect, loaded_book
from kam.intake.load import Progress
from kam.key_accounts.question import KeyAccounts
from kam.lifetime.question import LifetimeValue
from kam.money.question import Bridges
from kam.store.live_records import LiveRecords
from kam.store.workspace import Workspace
from kam.team.question import Team
from kam.voice.question import Voice
from kam.whatif.question import WhatIf


class Book(WhatIf, Bridges, LifetimeValue, KeyAccounts, Team, Voice, Records, Intake):
    """A book of business, opened; `kam.open_book` makes one.

    Every question returns a new pandas frame: ids are text, money and ratios float64, unknown is NaN. A book can be
    asked from many threads at once: each question has a cursor of its own.
    """

    def dangers(self, level: str = "account") -> pd.DataFrame:
        """Return what is in danger, why, how much money it is about, and who acts."""
        parents = self.accounts("parent")
        return dangers(self.accounts(level), self.monthly(level), as_of=self.as_of, parents=parents,
                       ladder=self.ladder(level=level), currency=self.currency)  # fmt: skip


def open_book(
    folder: str | Path, as_of: dt.date | str | None = None, *, progress: Progress = lambda _step, _share: None
) -> Book:
    """Open a book folder: load its files, or what was kept of the last loading if nothing has changed.

    Where the files have changed and cannot be loaded, the book is that of their last good state: a warning says so.

    Parameters
    ----------
    folder
        A folder with at least a sales file; see the data dictionary for everything it may hold.
    as_of
        A day in the month the figures are to be seen as of, also as text, "2011-11-30"; the last complete month if not
        given.
    progress
        Called with what is being done and how far it is (0 to 1).

    Raises
    ------
    BookError
        The folder is no book, or its `book.toml` is wrong.
    LoadError
        The files cannot be loaded, and no earlier good state of them is kept.

    Warns
    -----
    OldDataWarning
        The figures are older than the files; `Book.failure` is why.
    """
    book = shown_book(folder, as_of, progress=progress)
    if book.failure is not None:
        text = f"{folder}: these are older data, to {book.last_day}. The files have changed and cannot be read:"
        warnings.warn(f"{text} {book.failure}", OldDataWarning, stacklevel=2)
    return book


def shown_book(
    folder: str | Path, as_of: dt.date | str | None = None, *, progress: Progress = lambda _step, _share: None
) -> Book:
    """Open a book as `open_book` does, for a page that shows `Book.failure` itself: nothing is warned of."""
    loaded = loaded_book(Path(folder), today=dt.datetime.now().astimezone().date(), progress=progress)
    connection = connect(loaded.path)
    records = LiveRecords(connection, Workspace(loaded.folder))
    return Book(loaded, connection, records, as_of=as_of)
