"""Files a reader hands over for a new book: kept aside for the session, each with what it seems to be."""

import shutil
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kam.errors import BookError, IntakeError, KamError
from kam.intake.answers import answered, taken_back
from kam.intake.files import DATA, is_data, typed_folder
from kam.intake.joins import proposed
from kam.intake.new_book import Checked, Draft, Join, suffix
from kam.intake.peek import Peek, guess_table, peek
from kam.intake.proposal import Proposal
from kam.intake.question import Option
from kam.schema import TABLES
from kam.ui.notes import Notes
from kam.ui.plain import plain

_DESK = "desk"
ASIDE = "aside"
"""What a file holds that goes into no table of the book."""
_MOST_OF_FOLDER = 200


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
class Desk:
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
        return Notes(f"desk {self.taken}", lambda: self.text, self._add, self._remove, names)

    def _add(self, *options: Option) -> None:
        self.text = answered(self.text, *options)

    def _remove(self, where: tuple[str, ...], word: str | None) -> None:
        self.text = taken_back(self.text, where, word)


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
        _let_go(file)
    own.files.clear()
    own.problems.clear()
    own.text, own.read, own.offer, own.join, own.apart = "", None, None, None, False
    own.taken += 1


def hand_over() -> Desk:
    """Take files in, dropped or out of a folder, and let the reader say which table each holds."""
    own = desk()
    key = f"files {own.taken}"
    st.file_uploader(
        "Files as your system exports them: csv, tsv, txt, xlsx, xlsm, xls, ods, parquet, or a zip or gz of them",
        type=[ending.removeprefix(".") for ending in DATA],
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key,),
    )
    with st.expander("Or take the files of a folder", icon=":material/folder:", key="files of a folder"):
        typed = st.text_input("Path of the folder with the files", placeholder="/home/me/exports", key="typed files")
        st.button("Take its files", icon=":material/drive_folder_upload:", on_click=take_folder, args=(typed or "",))
    for problem in own.problems:
        st.error(plain(problem), icon=":material/error:")
    together = own.offered() if own.join is None else own.join.proposal
    for name, file in own.by_name().items():
        _row(file, alone=together is None or name not in together.files)
    return own


def holds_data(typed: str) -> bool:
    """Say whether a typed path is that of a folder with data files."""
    try:
        return any(is_data(path.name) for path in typed_folder(typed).iterdir())
    except (KamError, OSError, ValueError):  # no folder at all, or one that cannot be read
        return False


def take_folder(typed: str) -> None:
    """Take all data files of a folder, which stay where they are."""
    own = desk()
    own.problems.clear()
    try:
        folder = typed_folder(typed)
        if not folder.is_dir():
            raise BookError(f"{folder} is not a folder. Name one that holds data files. Nothing was changed.")
        paths = sorted(path for path in folder.iterdir() if is_data(path.name) and path.is_file())
        if not paths:
            raise BookError(f"{folder} holds no data file. Name a folder that does. Nothing was changed.")
        if len(paths) > _MOST_OF_FOLDER:
            raise BookError(
                f"{folder} holds {len(paths):,} data files. Put those of one table into a folder of its name, and open"
                " the folder above as a book. Nothing was changed."
            )
    except KamError as error:
        own.problems.append(str(error))
        return
    except OSError as error:
        own.problems.append(f"{typed} cannot be read: {error.strerror}. Nothing was changed.")
        return
    known = {file.path for file in own.files}
    for path in paths:
        if path in known:
            continue
        own.taken += 1
        try:
            _add(own, Handed(own.taken, path.name, path, peek(path), copied=False))
        except IntakeError as error:
            own.problems.append(str(error))


def _take(key: str) -> None:
    own = desk()
    own.problems.clear()
    for upload in st.session_state[key]:
        own.taken += 1
        try:
            _add(own, _keep(own, upload))
        except KamError as error:
            own.problems.append(str(error))


def _add(own: Desk, file: Handed) -> None:
    own.files.append(file)
    own.join, own.apart = None, False
    st.session_state[file.table_key] = guess_table(file.name, file.peek.names)


def _keep(own: Desk, upload: UploadedFile) -> Handed:
    """Copy a file to the desk under a name of ours: what it is called outside never names a file here."""
    path = own.folder / f"{own.taken}{suffix(upload.name)}"
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
    return Handed(own.taken, upload.name, path, seen, copied=True)


def _row(file: Handed, *, alone: bool) -> None:
    """Show a file with the table it holds; one that belongs together with others makes its table with them."""
    with st.container(horizontal=True, vertical_alignment="bottom" if alone else "center"):
        if not alone:
            st.markdown(plain(file.name), width=640)
        else:
            st.selectbox(
                f"{plain(file.name)} holds",
                [*TABLES, ASIDE],
                format_func=_holds,
                key=file.table_key,
                persist_state="session",
                width=640,
            )
        st.button(
            "Remove", icon=":material/close:", type="tertiary", key=f"remove {file.number}", on_click=_remove,
            args=(file,),
        )  # fmt: skip


def _holds(name: str) -> str:
    return "nothing for this book" if name == ASIDE else f"{name.replace('_', ' ')}: {TABLES[name].row}"


def _remove(file: Handed) -> None:
    own = desk()
    own.files.remove(file)
    own.join, own.apart = None, False  # what belongs together is looked for anew
    own.text = own.text if own.files else ""
    _let_go(file)


def _let_go(file: Handed) -> None:
    if file.copied:
        file.path.unlink(missing_ok=True)
