"""What a session has handed over for a new book, answered and read so far; it goes when the session does."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kam.base.schema import TABLES
from kam.intake.answers import answered, taken_back
from kam.intake.joins import proposed
from kam.intake.new_book import Checked, Draft, Join
from kam.intake.open_question import Option
from kam.intake.peek import Peek
from kam.intake.proposal import Proposal
from kam.ui.notes import Notes

_UPLOAD = "upload"
ASIDE = "aside"
"""What a file holds that goes into no table of the book."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed over: its own name, for show only, where it lies, what was seen in it, and whether it is ours."""

    number: int
    name: str
    path: Path
    peek: Peek
    copied: bool

    @property
    def table_key(self) -> str:
        """The key of the choice of its table."""
        return f"table of file {self.number}"


@dataclass(eq=False)
class Upload:
    """What a session has handed over, answered and read; its files go when the session does."""

    folder: Path
    files: list[Handed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    taken: int = 0
    text: str = ""  # the answers, as `book.toml` will hold them
    read: tuple[object, Checked] | None = None  # what was read, and what came of it
    offer: tuple[list[int], Proposal | None] | None = None  # of which files, and how they belong together
    join: Join | None = None  # the offer, once it was taken
    apart: bool = False  # whether the reader said that they do not belong together

    def tables(self) -> dict[str, list[Handed]]:
        """Sort the files by the table each was said to hold, in the schema's order; joined ones hold parts of one."""
        joined = set(self.join.files.values()) if self.join is not None else set()
        chosen = [(st.session_state.get(file.table_key), file) for file in self.files if file.path not in joined]
        return {name: files for name in TABLES if (files := [file for table, file in chosen if table == name])}

    def offered(self) -> Proposal | None:
        """Say which of the files are orders and their lines, if any are and nobody said otherwise; looked for once."""
        if self.apart:
            return None
        numbers = [file.number for file in self.files]
        if self.offer is None or self.offer[0] != numbers:
            named = [(unique, file.peek) for unique, file in self.by_name().items()]
            self.offer = numbers, proposed(named) if len(named) > 1 else None
        return self.offer[1]

    def by_name(self) -> dict[str, Handed]:
        """Name each file once; a second one of a name has its number before it."""
        named: dict[str, Handed] = {}
        for file in self.files:
            named[file.name if file.name not in named else f"{file.number} {file.name}"] = file
        return named

    def drafts(self) -> tuple[Draft, ...]:
        """Return the tables of the book to come."""
        return tuple(Draft(name, tuple(file.path for file in files)) for name, files in self.tables().items())

    def notes(self) -> Notes:
        """Return where answers about these files go."""
        names = {
            inside: file.name
            for draft, files in zip(self.drafts(), self.tables().values(), strict=True)
            for inside, file in zip(draft.names, files, strict=True)
        }
        if self.join is not None:
            names |= {inside: own for own, inside in self.join.called.items()}
        return Notes(f"upload {self.taken}", lambda: self.text, self._add, self._remove, names)

    def _add(self, *options: Option) -> None:
        self.text = answered(self.text, *options)

    def _remove(self, where: tuple[str, ...], word: str | None) -> None:
        self.text = taken_back(self.text, where, word)


def upload_in_hand() -> Upload:
    """Return what this session uploads."""
    if _UPLOAD not in st.session_state:
        place = Path(tempfile.mkdtemp(prefix="kam-upload-"))
        st.session_state[_UPLOAD] = Upload(place)
        weakref.finalize(st.session_state[_UPLOAD], shutil.rmtree, place, ignore_errors=True)
    return st.session_state[_UPLOAD]


def clear_upload() -> None:
    """Forget what was handed over; numbers go on, so that no choice made for one file is taken for another's."""
    own = upload_in_hand()
    for file in own.files:
        let_go(file)
    own.files.clear()
    own.problems.clear()
    own.text, own.read, own.offer, own.join, own.apart = "", None, None, None, False
    own.taken += 1


def let_go(file: Handed) -> None:
    """Delete a file of ours; one of a folder stays where it is."""
    if file.copied:
        file.path.unlink(missing_ok=True)
