"""Which file of a book folder holds which table, and whether anything in the folder has changed."""

import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kam.base.errors import BookError, NoSalesError
from kam.base.schema import TABLES
from kam.intake.archives import TEXT, WORKBOOKS, same_bytes
from kam.intake.series import series_of

WORK = ".kam"
PACKED = (".gz", ".zip")
DATA = (*TEXT, *WORKBOOKS, *PACKED, ".parquet")
UNFINISHED = ".unfinished-book"
"""How the name of a book's folder ends while the app writes it."""
_RACY_SECONDS = 2.0
_TICK_NS = 20_000_000
_MOST_FOLDERS = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """The files of one table: text, workbooks and archives of them, or Parquet files, or one `.sql`."""

    table: str
    files: tuple[Path, ...]

    @property
    def kind(self) -> str:
        """One of "text", "parquet", "sql"."""
        suffix = self.files[0].suffix.lower()
        return suffix[1:] if suffix in (".parquet", ".sql") else "text"

    @property
    def label(self) -> str:
        """The files as a reader names them."""
        first = self.files[0]
        return first.name if len(self.files) == 1 else f"{first.parent.name}/ ({len(self.files)} files)"


def book_files(folder: Path) -> list[Path]:
    """List the files a book is made of, sorted: data, `.sql` and `book.toml`; what the app writes itself is left out.

    Raises
    ------
    BookError
        The folder is missing or unreadable, was not written to its end, or a file in it is a link to a place outside.
    """
    files = []
    try:
        if not folder.is_dir():
            raise BookError(
                f"{folder} is not a folder. Name a folder that holds at least a sales file. Nothing was changed."
            )
        home = folder.resolve()
        _refuse_unfinished(home)
        for count, (parent, folders, names) in enumerate(os.walk(folder, onerror=_raise)):
            if count > _MOST_FOLDERS:
                raise BookError(
                    f"{folder} holds more than {_MOST_FOLDERS:,} folders, too many for a book. Name the folder that"
                    " holds the sales file; nothing was changed."
                )
            folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(UNFINISHED))
            links = [Path(parent, name) for name in folders if Path(parent, name).is_symlink()]
            wanted = [Path(parent, name) for name in names if _is_wanted(name)]
            for path in [*links, *wanted]:
                if not _place(path).is_relative_to(home):
                    raise BookError(
                        f"{path.relative_to(folder)} is a link to a place outside the book folder, and is not followed."
                        " Copy the file into the folder. Nothing was changed."
                    )
            files += wanted
        for path in files:
            if path.exists() and not path.is_file():
                raise BookError(f"{path.relative_to(folder)} is not a plain file. Remove it. Nothing was changed.")
            path.open("rb").close()
    except OSError as error:
        raise BookError(f"{error.filename} cannot be read: {error.strerror}. Nothing was changed.") from error
    return sorted(files)


def _refuse_unfinished(folder: Path) -> None:
    for place in (folder, *folder.parents):
        if place.name.endswith(UNFINISHED):
            raise BookError(
                f"{place} is a book that was not written to its end, or is being written now: lines may be missing."
                " Make the book again from its files, then delete this folder. Nothing was changed."
            )


def typed_folder(text: str) -> Path:
    """Return the folder that a typed or pasted path means: quotes and spaces around it go, `~` is the home folder.

    Raises
    ------
    BookError
        There is no path in the text, or it cannot be one.

    >>> typed_folder(' "/srv/books/nord" ').as_posix()
    '/srv/books/nord'
    """
    path = text.strip().strip("\"'").strip()
    if not path:
        raise BookError("Type the path of a folder that holds at least a sales file. Nothing was changed.")
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise BookError(f"{path!r} cannot be the path of a folder: {error}. Nothing was changed.") from error


def _is_wanted(name: str) -> bool:
    return not name.startswith((".", "~$")) and (name == "book.toml" or name.lower().endswith(".sql") or is_data(name))


def is_data(name: str) -> bool:
    """Say whether a file of this name can hold a table; of what is packed with gzip only text can.

    >>> [is_data(name) for name in ("sales.csv.gz", "sales.XLSX", "backup.tar.gz", "offer.pdf")]
    [True, True, False, False]
    """
    path = Path(name)
    if path.suffix.lower() == ".gz":
        return Path(path.stem).suffix.lower() in (*TEXT, "")
    return path.suffix.lower() in DATA


def _stem(name: str) -> str:
    path = Path(name)
    return (Path(path.stem).stem if path.suffix.lower() == ".gz" else path.stem).strip().lower()


def _place(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:
        raise BookError(f"{path.name} is a link that leads to itself. Remove it. Nothing was changed.") from error


def _raise(error: OSError) -> None:
    raise error


def find_tables(folder: Path, files: list[Path]) -> dict[str, Found]:
    """Say which files hold which table.

    Beside no sales file a lone data file that no table claims is taken as the sales, and so are several whose names
    differ only in digits and months.

    Raises
    ------
    NoSalesError
        There is nothing that could be sales, or several files could be.
    BookError
        Two files or kinds of file claim one table.
    """
    claims: dict[str, dict[str, list[Path]]] = {}
    unclaimed = []
    for path in files:
        inner = path.relative_to(folder)
        table = _stem(inner.name) if len(inner.parts) == 1 else inner.parts[0].lower()
        if table in TABLES and (len(inner.parts) == 1 or is_data(path.name)):
            kind = Found(table, (path,)).kind
            place = kind if kind == "sql" else f"{inner.name if len(inner.parts) == 1 else inner.parts[0]} {kind}"
            claims.setdefault(table, {}).setdefault(place, []).append(path)
        elif is_data(path.name):
            unclaimed.append(path)
    if "sales" not in claims:
        if not unclaimed or not _are_alike(unclaimed):
            raise NoSalesError(_no_sales(folder, unclaimed))
        claims["sales"] = {"the only files": unclaimed}
    return {table: Found(table, _claimed(folder, table, claims[table])) for table in TABLES if table in claims}


def _claimed(folder: Path, table: str, kinds: dict[str, list[Path]]) -> tuple[Path, ...]:
    """Return the files of a table: those of its one claim, and exact copies of them, which intake leaves out."""
    if "sql" in kinds:  # the .sql says how the other files make the table
        return tuple(kinds["sql"])
    first, *others = sorted(kinds.values(), key=len, reverse=True)
    more = [path for paths in others for path in paths]
    if not all(any(same_bytes(path, twin) for twin in first) for path in more):
        names = ", ".join(path.relative_to(folder).as_posix() for paths in kinds.values() for path in paths)
        raise BookError(
            f"Several files claim to be {table}: {names}. Keep one, or put all of them into a folder named {table}."
            " Nothing was changed."
        )
    return (*first, *more)


def _are_alike(paths: list[Path]) -> bool:
    """Say whether files go on one another: of one kind, with names that differ only in digits and months.

    >>> _are_alike([Path("jan 2025.csv"), Path("Feb 2025.xlsx")]), _are_alike([Path("a.csv"), Path("b.csv")])
    (True, False)
    """
    return (
        len({series_of(_stem(path.name)) for path in paths}) == 1
        and len({Found("sales", (path,)).kind for path in paths}) == 1
    )


def _no_sales(folder: Path, unclaimed: list[Path]) -> str:
    if not unclaimed:
        return (
            f"{folder} holds no sales file. Put sales.csv, sales.xlsx or sales.parquet into it, one line an order line."
            " Nothing was changed."
        )
    names = ", ".join(path.name for path in unclaimed[:5])
    return (
        f"{folder} holds no file named sales, and several that could be: {names}. Rename one to sales.csv or"
        " sales.parquet, or put all that are sales into a folder named sales. Nothing was changed."
    )


Stamp = tuple[tuple[str, int, int, int, int], ...]


def stamp(paths: Iterable[Path]) -> Stamp:
    """Return what changes whenever one of these files does, also if it is put back; costs no reading."""
    found = []
    for path in paths:
        status = path.stat()
        found.append((str(path), status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    return tuple(found)


def state(folder: Path, files: list[Path]) -> Stamp:
    """Return the stamp of a book's files, and of the folders they lie in, where a swapped file shows."""
    places = {place for path in files for place in path.parents if place.is_relative_to(folder)}
    return stamp([folder, *sorted(places), *files])


def state_at_rest(folder: Path, files: list[Path]) -> Stamp:
    """Return the state of a book once its last change is some time ago.

    The clocks of file systems tick every few milliseconds; a second change within one tick would not show.
    """
    found = state(folder, files)
    if 0 <= time.time_ns() - max(changed for *_, changed, _ in found) < _TICK_NS:
        time.sleep(_TICK_NS / 1e9)
        found = state(folder, files)
    return found


def fingerprint(folder: Path, files: list[Path], *, remembered: Path | None = None) -> str:
    """Hash the content of all files of a book, so that any change of content, and only that, makes another value.

    A file whose size, inode and both change times are those of the last time is not read again; the inode's change
    time cannot be set back by hand. A file touched in the last two seconds is always read.
    """
    known: dict[str, list[object]] = {}
    if remembered is not None and remembered.exists():
        try:
            noted = json.loads(remembered.read_text(encoding="utf-8"))
        except (ValueError, OSError):  # damaged: read the files again
            noted = None
        known = noted if isinstance(noted, dict) else {}
    now = time.time()
    total = hashlib.sha256()
    stamps = {}
    for path in files:
        status = path.stat()
        stamp = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]
        name = path.relative_to(folder).as_posix()
        entry = known.get(name)
        if isinstance(entry, list) and entry[:-1] == stamp:
            digest = str(entry[-1])
        else:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if now - max(status.st_mtime, status.st_ctime) > _RACY_SECONDS:
            stamps[name] = [*stamp, digest]
        total.update(f"{name}\0{digest}\0".encode())
    if remembered is not None and stamps != known:
        part = remembered.with_suffix(f".{os.getpid()}.{time.monotonic_ns()}")
        part.write_text(json.dumps(stamps), encoding="utf-8")
        part.replace(remembered)
    return total.hexdigest()
