"""The file that keeps what people write: opened for one piece of work at a time, so that several programs share it."""

import os
import shutil
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from kam.base.errors import StoreError
from kam.intake.files import WORK
from kam.store.layout import FORMAT, LAYOUT, layout_statements

FILE = "workspace.duckdb"
_BACKUPS = "backups"
_SHUT: dict[str, str | float | list[str]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
}
_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.01

_locks: dict[str, threading.RLock] = {}
_locks_lock = threading.Lock()

Stamp = tuple[tuple[int, int, int, int], ...]


class Workspace:
    """The authored records of one book folder, in `.kam/workspace.duckdb`.

    The file is locked only while something is read from it or written to it, some hundredths of a second. Sessions
    of one program take turns by a lock of this process, programs by the lock that DuckDB puts on the file.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / WORK / FILE
        with _locks_lock:
            self._turn = _locks.setdefault(str(self.path.resolve()), threading.RLock())

    @property
    def stamp(self) -> Stamp:
        """What changes whenever the file does, or an older one is put in its place; empty where there is none."""
        found = []
        for path in (self.path, self._log):
            with suppress(FileNotFoundError):
                status = path.stat()
                found.append((status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
        return tuple(found)

    @property
    def obstacle(self) -> str | None:
        """Why nothing can be written here, in words; None where it can."""
        folder = self.path.parent
        while not folder.exists():
            folder = folder.parent
        if not os.access(folder, os.W_OK) or (self.path.exists() and not os.access(self.path, os.W_OK)):
            return f"{folder} may not be written to, so this book can be read and not changed"
        return None

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{FILE}.wal")

    @contextmanager
    def reading(self) -> Generator[duckdb.DuckDBPyConnection | None]:
        """Lend a connection that reads; None where nobody has written anything yet.

        Raises
        ------
        StoreError
            The file is damaged, made by a newer version, or held by another program for too long.
        """
        with self._turn:
            if not self.path.exists():
                yield None
                return
            connection = self._current(read_only=True)
            try:
                yield connection if _layout(connection, self.path) else None
            finally:
                connection.close()

    @contextmanager
    def writing(self) -> Generator[duckdb.DuckDBPyConnection]:
        """Lend a connection with a transaction: kept whole if the block ends, and not at all if it raises.

        When this returns, what was written is on the disk.

        Raises
        ------
        StoreError
            The folder cannot be written to, or as for reading.
        """
        if (obstacle := self.obstacle) is not None:
            raise StoreError(f"{obstacle}. Nothing was changed.")
        with self._turn:
            connection = self._current(read_only=False)
            try:
                connection.begin()
                try:
                    yield connection
                    connection.commit()
                except BaseException:
                    with suppress(duckdb.Error):  # a failed commit has ended the transaction already
                        connection.rollback()
                    raise
            finally:
                connection.close()

    def _current(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        """Connect to the file in the layout of this version; an older one is brought to it first."""
        connection = self._connect(read_only=read_only)
        found = _layout(connection, self.path)
        if found == (FORMAT, LAYOUT) or (found is None and read_only):
            return connection
        if found is not None and found[0] > FORMAT:
            connection.close()
            raise StoreError(
                f"{self.path} was written by a newer version of this app. Open it with that one. Nothing was changed."
            )
        if read_only and self.obstacle is not None:
            return connection
        if found is not None:
            connection = self._put_aside(connection, read_only=read_only, name=found[1])
        connection.begin()
        for statement in layout_statements(connection):
            connection.execute(statement)
        connection.commit()
        return connection

    def _put_aside(
        self, connection: duckdb.DuckDBPyConnection, *, read_only: bool, name: str
    ) -> duckdb.DuckDBPyConnection:
        """Keep a copy of the whole file before its layout changes, and connect to it for writing."""
        connection.close()
        if read_only:  # what a program that died left beside the file is not in it yet
            self._connect(read_only=False).close()
        backups = self.path.parent / _BACKUPS
        backups.mkdir(exist_ok=True)
        shutil.copy2(self.path, backups / f"workspace {name}.duckdb")
        return self._connect(read_only=False)

    def _connect(self, *, read_only: bool) -> duckdb.DuckDBPyConnection:
        if not read_only:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return duckdb.connect(str(self.path), read_only=read_only, config=_SHUT)
            except duckdb.IOException as error:
                if "lock" not in str(error).lower():
                    raise damaged(self.path, error) from error
                if time.monotonic() > end:
                    raise StoreError(
                        f"Another program has {self.path} open and does not let go of it. Close it and try again."
                        " Nothing was changed."
                    ) from error
                time.sleep(_PAUSE_SECONDS)
            except duckdb.Error as error:
                raise damaged(self.path, error) from error


def _layout(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[int, str] | None:
    """Read which layout the file has; None where a program died before its first transaction, or there was no file."""
    try:
        found = connection.execute('select "format", layout from workspace').fetchall()
    except duckdb.CatalogException as error:
        if connection.execute("select count(*) from duckdb_tables()").fetchall() == [(0,)]:
            return None
        connection.close()
        raise damaged(path, error) from error
    return found[0]


def damaged(path: Path, error: duckdb.Error) -> StoreError:
    """Say that the file cannot be read, and why."""
    reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
    return StoreError(
        f"{path} cannot be read: {reason}. Put a backup in its place, or move it away to start without what was"
        " written in the app. Nothing was changed."
    )
