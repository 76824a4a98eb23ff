"""The loaded book kept beside its files: found again by content, never trusted if damaged, never half written."""

import datetime as dt
import hashlib
import json
import os
import shutil
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.base.errors import BookError
from kam.intake.files import WORK, Stamp, book_files, fingerprint, stamp, state, state_at_rest
from kam.intake.joins import book_tables
from kam.intake.load import MADE, LoadError, Progress, Report, load
from kam.intake.raw import literal, quote
from kam.intake.settings import Settings, read_settings

_KEPT = 2
_TRIES = 4
FILES = "files"
"""What the loaded database is called in a connection; what stands over it has no such prefix."""
_SHUT = ("set enable_external_access = false", "set lock_configuration = true")
_ABANDONED_SECONDS = 86_400  # a half-written database this old has no process behind it


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded book: its folder and database, what the folder's settings are, what failed if it is an older state.

    `seen` is the stamp of the files it was made of, or that failed; of files that never rested there is none.
    """

    folder: Path
    path: Path
    version: str
    settings: Settings
    failure: LoadError | None
    seen: Stamp


def loaded_book(folder: Path, *, today: dt.date, progress: Progress = lambda _step, _share: None) -> Loaded:
    """Return the database of a book folder: from the cache if nothing changed, else loaded anew.

    If the files changed and cannot be loaded, the last good state is returned with the failure; the files and the
    last good state stay untouched. Files that change while they are read are read again, some times.

    Raises
    ------
    BookError
        The folder is no book.
    LoadError
        The files cannot be loaded and there is no earlier good state.
    """
    try:
        for _ in range(_TRIES):
            if (loaded := _loaded(folder, today, progress)) is not None:
                return loaded
        failure = LoadError(
            f"{folder} keeps changing while it is read. Wait until whatever writes there is done, and open the book"
            " again. Nothing was changed.",
            Report(),
        )
        return _older(folder, _home(folder), (), read_settings(folder), failure)
    except OSError as error:
        raise BookError(f"{error.filename or folder}: {error.strerror or error}. Nothing was changed.") from error


def _loaded(folder: Path, today: dt.date, progress: Progress) -> Loaded | None:
    """Load the book as its files are; None where they did not stay so until the end, and what was read is a mix."""
    files = book_files(folder)
    tables = book_tables(folder, files)
    home = _home(folder)  # the first time this changes the folder
    before = state_at_rest(folder, files)
    seen = stamp(files)
    settings = read_settings(folder)
    progress("looking for changes", 0.0)
    code = _code()
    content = fingerprint(folder, files, remembered=home / "files.json")
    version = hashlib.sha256(f"{code}{content}".encode()).hexdigest()[:32]
    for path in _newest_first(home, f"{version}-*"):
        if _is_sound(path, code, today):
            os.utime(path)
            return Loaded(folder, path, version, settings, None, seen) if _stayed(folder, before) else None
    part = home / f"{version}.{os.getpid()}.{time.monotonic_ns()}.part"
    try:
        report = load(folder, part, tables=tables, settings=settings, today=today, progress=progress)
        if not _stayed(folder, before):
            return None
        path = _seal(part, version, code, report, today)
    except LoadError as error:
        return _older(folder, home, seen, settings, error) if _stayed(folder, before) else None
    finally:
        for left in (part, Path(f"{part}.wal")):
            left.unlink(missing_ok=True)
    _forget_old(home, path)
    return Loaded(folder, path, version, settings, None, seen)


def _stayed(folder: Path, before: Stamp) -> bool:
    return state(folder, book_files(folder)) == before


def _older(folder: Path, home: Path, seen: Stamp, settings: Settings, failure: LoadError) -> Loaded:
    """Return the last good state of a book beside why there is no newer one; where there is none, raise that."""
    code = _code()
    older = [path for path in _newest_first(home, "*") if _is_sound(path, code, None)]
    if not older:
        raise failure
    return Loaded(folder, older[0], older[0].stem.partition("-")[0], settings, failure, seen)


def _home(folder: Path) -> Path:
    """Return the cache folder: inside the book, or, where that cannot be written, one of this user's temporary ones."""
    home = folder / WORK / "cache"
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / f".{os.getpid()}.{time.monotonic_ns()}"
        probe.touch()
        probe.unlink()
    except OSError:
        name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
        base = Path(tempfile.gettempdir()) / f"kam-{user}"
        base.mkdir(mode=0o700, exist_ok=True)
        status = base.lstat()
        if base.is_symlink() or (hasattr(os, "getuid") and status.st_uid != user):
            raise BookError(f"{base} belongs to somebody else. Remove it. Nothing was changed.") from None
        home = base / name
        home.mkdir(mode=0o700, exist_ok=True)
    return home


def _code() -> str:
    """Digest of the code that reads the files: what it made is of use to itself only."""
    code = hashlib.sha256(duckdb.__version__.encode())
    package = Path(__file__).parent.parent
    data = (package / "intake").glob("*/*.toml")
    for path in sorted([*(package / "base").glob("*.py"), *(package / "intake").glob("*.py"), *data]):
        code.update(path.read_bytes())
    return code.hexdigest()


def _seal(part: Path, version: str, code: str, report: Report, today: dt.date) -> Path:
    """Give a finished database its name, which holds its digest, after a note of what it was made with.

    Two processes that load the same files make two databases; neither can be taken for the other.
    """
    digest = _digest(part)
    path = part.with_name(f"{version}-{digest[:16]}.duckdb")
    future = any("lies in the future" in reason for reasons in report.reasons.values() for reason in reasons)
    note = {"digest": digest, "code": code, "made_on": str(today), "only_then": future}
    written = part.with_suffix(".note")
    written.write_text(json.dumps(note), encoding="utf-8")
    written.replace(path.with_suffix(".json"))
    part.replace(path)
    return path


def _is_sound(path: Path, code: str, today: dt.date | None) -> bool:
    """Say whether a cached database is whole, of this code, and good for the day: future dates are refused by day."""
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        whole = note["code"] == code and _digest(path) == note["digest"]
        made_on, only_then = note["made_on"], note["only_then"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return whole and (today is None or made_on == str(today) or (made_on < str(today) and not only_then))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _newest_first(home: Path, version: str) -> list[Path]:
    times = {}
    for path in home.glob(f"{version}.duckdb"):
        with suppress(FileNotFoundError):  # another process has just forgotten it
            times[path] = path.stat().st_mtime
    return sorted(times, key=lambda path: times[path], reverse=True)


def _forget_old(home: Path, current: Path) -> None:
    """Keep the newest databases; take away what is older, damaged, or was left by a process that died."""
    for path in _newest_first(home, "*")[_KEPT:]:
        if path != current:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)
    for left in [*home.glob("*.part*"), *home.glob("*.note")]:
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _ABANDONED_SECONDS:
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a loaded book for questions: its tables as views, read only, with every door to the outside shut.

    Raises
    ------
    BookError
        The database cannot be opened.
    """
    connection = duckdb.connect(config={"autoload_known_extensions": "false"})
    try:
        connection.execute(f"attach {literal(path)} as {FILES} (read_only)")
        views = (f"create view {quote(table)} as from {FILES}.main.{quote(table)}" for table in MADE)
        connection.execute("; ".join(["begin", *views, "commit", *_SHUT]))
    except duckdb.Error as error:
        connection.close()
        raise BookError(
            f"The loaded book cannot be opened: {error}. Delete its .kam/cache and open it again. Nothing was changed."
        ) from error
    return connection
