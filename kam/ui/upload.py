"""Files a reader hands over for a new book: kept aside for the session, each with what it seems to be."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kam.errors import IntakeError
from kam.intake.files import DATA
from kam.intake.new_book import Checked, NewBook
from kam.intake.peek import Peek, guess_table, peek
from kam.schema import TABLES
from kam.ui.plain import plain

_DESK = "desk"


@dataclass(frozen=True, slots=True)
class Handed:
    """One file handed over: its own name, for show only, where it is kept, and what was seen in it."""

    number: int
    name: str
    path: Path
    peek: Peek

    @property
    def table_key(self) -> str:
        """The key of the choice of its table."""
        return f"table of file {self.number}"


@dataclass(eq=False)
class Desk:
    """What a session has handed over and checked; its files go when the session does."""

    folder: Path
    files: list[Handed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    taken: int = 0
    checked: tuple[NewBook, Checked] | None = None

    def tables(self) -> dict[str, list[Handed]]:
        """Sort the files by the table each was said to hold, in the schema's order."""
        chosen = [(st.session_state.get(file.table_key), file) for file in self.files]
        return {name: files for name in TABLES if (files := [file for table, file in chosen if table == name])}


def desk() -> Desk:
    """Return this session's desk."""
    if _DESK not in st.session_state:
        place = Path(tempfile.mkdtemp(prefix="kam-upload-"))
        st.session_state[_DESK] = Desk(place)
        weakref.finalize(st.session_state[_DESK], shutil.rmtree, place, ignore_errors=True)
    return st.session_state[_DESK]


def clear_desk() -> None:
    """Forget what was handed over; numbers go on, so that no choice made for one file is taken for another's."""
    own = desk()
    for file in own.files:
        file.path.unlink(missing_ok=True)
    own.files.clear()
    own.problems.clear()
    own.checked = None
    own.taken += 1


def hand_over() -> Desk:
    """Take files in, and let the reader say which table each holds."""
    own = desk()
    key = f"files {own.taken}"
    st.file_uploader(
        "CSV or Parquet files, one or more; one of them holds the sales lines",
        type=[suffix.removeprefix(".") for suffix in DATA],
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key,),
    )
    for problem in own.problems:
        st.error(plain(problem), icon=":material/error:")
    for file in own.files:
        _row(file)
    return own


def _take(key: str) -> None:
    own = desk()
    own.problems.clear()
    own.checked = None
    for upload in st.session_state[key]:
        own.taken += 1
        try:
            own.files.append(_keep(own, upload))
        except IntakeError as error:
            own.problems.append(str(error))


def _keep(own: Desk, upload: UploadedFile) -> Handed:
    """Copy a file to the desk under a name of ours: what it is called outside never names a file here."""
    suffix = Path(upload.name).suffix.lower()
    if suffix not in DATA:
        raise IntakeError(f"{upload.name} is no data file: a book is made of {', '.join(DATA)}. Nothing was changed.")
    path = own.folder / f"{own.taken}{suffix}"
    try:
        with path.open("wb") as target:
            shutil.copyfileobj(upload, target)
        seen = peek(path)
    except IntakeError as error:
        path.unlink()
        raise IntakeError(str(error).replace(path.name, upload.name)) from error
    except OSError as error:
        path.unlink(missing_ok=True)
        raise IntakeError(f"{upload.name} cannot be kept: {error.strerror}. Nothing was changed.") from error
    file = Handed(own.taken, upload.name, path, seen)
    st.session_state[file.table_key] = guess_table(upload.name, seen.names)
    return file


def _row(file: Handed) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            f"{plain(file.name)} holds",
            list(TABLES),
            format_func=lambda name: f"{name}: {TABLES[name].row}",
            key=file.table_key,
            persist_state="session",
            on_change=_look_again,
        )
        st.button(
            "Remove", icon=":material/close:", type="tertiary", key=f"remove {file.number}", on_click=_remove,
            args=(file,),
        )  # fmt: skip


def _look_again() -> None:
    desk().checked = None


def _remove(file: Handed) -> None:
    own = desk()
    own.files.remove(file)
    own.checked = None
    file.path.unlink(missing_ok=True)
