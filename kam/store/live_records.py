"""The records of an open book as they stand now: those of the workspace laid over those of the files."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing

import duckdb
import pandas as pd

from kam.base.errors import StoreError
from kam.base.schema import TABLES, Table
from kam.intake.cache import FILES
from kam.intake.raw import quote
from kam.store.changes import FROM_FILE, Change
from kam.store.from_file import Difference, accept, differences, take_in
from kam.store.layout import RECORDS
from kam.store.log import Mark, change_log, mark, plan_log, undo
from kam.store.rows import holds, named_by, taken_in
from kam.store.workspace import Stamp, Workspace, damaged
from kam.store.writer import Files, Writer

AREA = "authored"
"""The schema of a book's connection in which records have their version and place beside their columns."""
_INCOMING = "incoming records"
_TRIES = 5
_PAUSE_SECONDS = 0.05
_CHANGED = 'select distinct "table" from change_log where number > $number'


class LiveRecords:
    """What people write into one open book; shared by every view of it and every session.

    `refresh` brings the book's connection up to date with the workspace; every write does so by itself.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, workspace: Workspace) -> None:
        self.workspace = workspace
        self.serial = ""
        self._connection = connection
        self._turn = threading.RLock()
        self._seen: Stamp | None = None
        self._mark: Mark | None = None
        self._tables: set[str] = set()
        shown = (
            f"create or replace view {quote(name)} as select {', '.join(quote(column.name) for column in declared)}"
            f" from {AREA}.{quote(name)}"
            for name, declared in RECORDS.items()
        )
        with closing(connection.cursor()) as cursor:
            cursor.execute("; ".join(["begin", f"create schema {AREA}", *_show_files(RECORDS), *shown, "commit"]))
        self.refresh()

    def refresh(self) -> None:
        """Show what has been written since the last look, here or by another program; costs nothing if nothing was.

        Raises
        ------
        StoreError
            The workspace cannot be read, or another program writes over it without end.
        """
        for _ in range(_TRIES):
            before = self.workspace.stamp
            if before == self._seen:
                return
            try:
                if self._look():
                    return
            except (duckdb.Error, StoreError) as error:
                if self.workspace.stamp == before:
                    raise error if isinstance(error, StoreError) else damaged(self.workspace.path, error) from error
            time.sleep(_PAUSE_SECONDS)  # a copy is being put in its place
        raise StoreError(
            f"{self.workspace.path} keeps changing while it is read. Wait until whatever writes there is done, and try"
            " again. Nothing was changed."
        )

    def _look(self) -> bool:
        """Take over what the workspace holds; False, and nothing taken over, if it changed meanwhile."""
        with self._turn, self.workspace.reading() as kept, closing(self._connection.cursor()) as cursor:
            stamp = self.workspace.stamp
            known = self._mark if self._mark and kept is not None and self._mark.holds(kept) else None
            cursor.begin()
            if known is None:  # there was none before, or another was put in its place
                for name in self._tables:
                    cursor.execute(f"drop table {AREA}.{quote(name)}")
                for view in _show_files(self._tables):
                    cursor.execute(view)
            here = self._tables if known is not None else set()
            tables = here if kept is None else _show(kept, cursor, here, after=known.number if known else 0)
            reached = None if kept is None else mark(kept)
            if self.workspace.stamp != stamp:
                cursor.rollback()
                return False
            cursor.commit()
            self._tables, self._mark, self._seen = tables, reached, stamp
            self.serial = f"{reached.file}.{reached.number}.{reached.digest}" if reached else ""
        return True

    def write(self, changes: Sequence[Change], *, who: str) -> list[dict]:
        """Write changes, all or none; return their lines of the log, the newest first.

        Raises
        ------
        StoreError
            Nothing can be written here.
        RecordError
            A record breaks a rule of its table.
        Clashes
            Somebody else has changed a record since it was read.
        """

        def work(writer: Writer) -> None:
            take_in(writer, [change.table for change in changes if change.table in RECORDS], self._rows)
            writer.write(changes)

        return self._write(work, who=who)

    def undo(self, numbers: Sequence[int], *, who: str) -> list[dict]:
        """Take changes back; return the new lines of the log. Raises as `write` does."""
        return self._write(lambda writer: undo(writer, numbers), who=who)

    def _write(self, work: Callable[[Writer], None], *, who: str) -> list[dict]:
        with self._turn:
            with self.workspace.writing() as kept:
                now = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
                writer = Writer(kept, Files(self._holds, self._named_by), who=who, now=now)
                work(writer)
                writer.finish()
                lines = [line for line in change_log(kept, limit=1_000) if line["batch"] == writer.batch]
            self.refresh()
        return lines

    def log(self, *, table: str | None, key: str | None, limit: int) -> list[dict]:
        """Read the log, the newest change first."""
        with self.workspace.reading() as kept:
            return [] if kept is None else change_log(kept, table=table, key=key, limit=limit)

    def plan_log(self, plan_id: str) -> list[dict]:
        """Read what was changed in a plan since its last review, the newest change first."""
        with self.workspace.reading() as kept:
            return [] if kept is None else plan_log(kept, plan_id)

    def file_changes(self, present: Iterable[str]) -> list[Difference]:
        """List how files differ from what they said when their records were taken in; `present`: tables with a file."""
        with self.workspace.reading() as kept:
            if kept is None:
                return []
            asked = sorted(taken_in(kept) & set(present))
            return differences(kept, asked, self._rows)

    def accept(self, table: str, *, shown: Sequence[Difference], keys: Sequence[str] | None, who: str) -> list[dict]:
        """Take over what the file of a table says of the chosen records (None: of all); raises as `write` does."""

        def work(writer: Writer) -> None:
            accept(writer, table, self._rows, expected=shown, keys=keys)

        return self._write(work, who=who)

    def _rows(self, table: str) -> object:
        with closing(self._connection.cursor()) as cursor:
            return cursor.sql(_of_files(RECORDS[table])).to_arrow_table()

    def _holds(self, table: str, key: str) -> bool:
        with closing(self._connection.cursor()) as cursor:
            return holds(cursor, table, key)

    def _named_by(self, tables: Iterable[str], target: str, key: str) -> dict[str, int]:
        with closing(self._connection.cursor()) as cursor:
            return named_by(cursor, tables, target, key)


def _show(
    kept: duckdb.DuckDBPyConnection, cursor: duckdb.DuckDBPyConnection, here: set[str], *, after: int
) -> set[str]:
    """Put the tables that changed after a line of the log into the book's connection; return those that are there."""
    tables = taken_in(kept) - here
    tables |= {name for (name,) in kept.execute(_CHANGED, {"number": after}).fetchall()}
    for name in sorted(tables):
        cursor.register(_INCOMING, kept.sql(f"from {quote(name)} order by place").to_arrow_table())
        if name not in here:
            cursor.execute(f"drop view {AREA}.{quote(name)}")
        cursor.execute(f"create or replace table {AREA}.{quote(name)} as from {quote(_INCOMING)}")
        cursor.unregister(_INCOMING)
    return here | tables


def _show_files(tables: Iterable[str]) -> Iterator[str]:
    """Write the statements that let these tables be what the files say."""
    for name in tables:
        yield (
            f"create view {AREA}.{quote(name)} as select *, row_number() over () as place,"
            f" {FROM_FILE}::bigint as version from ({_of_files(RECORDS[name])})"
        )


def _of_files(table: Table) -> str:
    """Write the SQL of a table's rows as the files have them, in their order; of one without files, of none."""
    if table.name not in TABLES:
        return f"select {', '.join(f'null::{each.duckdb_type} as {quote(each.name)}' for each in table)} where false"
    columns = ", ".join(quote(column.name) for column in table)
    return f"select {columns} from {FILES}.main.{quote(table.name)} order by rowid"


def records(cursor: duckdb.DuckDBPyConnection, table: Table) -> pd.DataFrame:
    """Return the records of a table in the order of their entry: the schema's columns and `version`."""
    return cursor.execute(f"select * exclude (place) from {AREA}.{quote(table.name)} order by place").df()
