"""The loaded book kept beside its files: found again by content, never trusted if damaged, never half written."""

import datetime as dt
import hashlib
import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.errors import BookError
from kam.intake.files import WORK, book_files, find_tables, fingerprint
from kam.intake.load import LoadError, Progress, Report, load
from kam.intake.settings import Settings, read_settings

_KEPT = 2


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded book: its database file, what the folder's settings are, and what failed if it is an older state."""

    path: Path
    version: str
    settings: Settings
    failure: LoadError | None


def loaded_book(folder: Path, *, today: dt.date, progress: Progress = lambda _step, _share: None) -> Loaded:
    """Return the database of a book folder: from the cache if nothing changed, else loaded anew.

    If the files changed and cannot be loaded, the last good state is returned with the failure; the files and the
    last good state stay untouched.

    Raises
    ------
    BookError
        The folder is no book.
    LoadError
        The files cannot be loaded and there is no earlier good state.
    """
    files = book_files(folder)
    tables = find_tables(folder, files)
    settings = read_settings(folder)
    home = _home(folder)
    progress("looking for changes", 0.0)
    version = _version(folder, files, home)
    path = home / f"{version}.duckdb"
    if _is_sound(path, today):
        os.utime(path)
        return Loaded(path, version, settings, None)
    part = home / f"{version}.{os.getpid()}.{time.monotonic_ns()}.part"
    try:
        report = load(folder, part, tables=tables, settings=settings, today=today, progress=progress)
        _seal(part, path, report, today)
    except LoadError as error:
        older = [other for other in _newest_first(home) if _is_sound(other, None)]
        if not older:
            raise
        return Loaded(older[0], older[0].stem, settings, error)
    finally:
        for left in (part, Path(f"{part}.wal")):
            left.unlink(missing_ok=True)
    _forget_old(home, path)
    return Loaded(path, version, settings, None)


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
        home = Path(tempfile.gettempdir()) / f"kam-{user}" / name
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def _version(folder: Path, files: list[Path], home: Path) -> str:
    """Fingerprint of the files' content and of the code that reads them."""
    code = hashlib.sha256(duckdb.__version__.encode())
    package = Path(__file__).parents[1]
    for path in sorted([package / "schema.py", *(package / "intake").glob("*.py")]):
        code.update(path.read_bytes())
    content = fingerprint(folder, files, remembered=home / "files.json")
    return hashlib.sha256(f"{code.hexdigest()}{content}".encode()).hexdigest()[:32]


def _seal(part: Path, path: Path, report: Report, today: dt.date) -> None:
    """Give a finished database its name, with a note of its size and digest by which damage is found."""
    future = any("lies in the future" in reason for reasons in report.reasons.values() for reason in reasons)
    note = {"bytes": part.stat().st_size, "digest": _digest(part), "only_on": str(today) if future else None}
    written = part.with_suffix(".json")
    written.write_text(json.dumps(note), encoding="utf-8")
    written.replace(path.with_suffix(".json"))
    part.replace(path)


def _is_sound(path: Path, today: dt.date | None) -> bool:
    """Say whether a cached database is whole, and, if it depends on the day, was made today."""
    try:
        note = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        whole = path.stat().st_size == note["bytes"] and _digest(path) == note["digest"]
        fresh = today is None or note["only_on"] in (None, str(today))
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return whole and fresh


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _newest_first(home: Path) -> list[Path]:
    return sorted(home.glob("*.duckdb"), key=lambda path: path.stat().st_mtime, reverse=True)


def _forget_old(home: Path, current: Path) -> None:
    for path in _newest_first(home)[_KEPT:]:
        if path != current:
            path.unlink(missing_ok=True)
            path.with_suffix(".json").unlink(missing_ok=True)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a loaded book for questions: read only, with every door to the outside shut.

    Raises
    ------
    BookError
        The database cannot be opened.
    """
    try:
        connection = duckdb.connect(str(path), read_only=True)
        locked = connection.execute("select current_setting('lock_configuration')").fetchall()[0][0]
        if not locked:  # a second opening in one process shares the first one's instance
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
    except duckdb.Error as error:
        raise BookError(
            f"The loaded book cannot be opened: {error}. Delete its .kam/cache and open it again."
        ) from error
    return connection
