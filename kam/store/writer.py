"""Writes changes inside one transaction: each record checked against its version and its table, and logged."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb

from kam.base.errors import RecordError
from kam.base.schema import TABLES, Table
from kam.intake.raw import quote
from kam.store.changes import FROM_FILE, Change, Clash, Clashes, Row, authored
from kam.store.rows import holds, key_sql, named_by, stored, taken_in
from kam.store.values import as_text, problems

ADD, CHANGE, REMOVE, TAKE_IN = "add", "change", "remove", "take in"

_LOG = """
insert into change_log values ($number, $batch, $made_at, $who, $action, $table, $key, $before, $after, $undoes)
"""
_LAST = """
select who, made_at, "action", "before" from change_log where "table" = $table and "key" = $key
order by number desc limit 1
"""


@dataclass(frozen=True, slots=True)
class Files:
    """What the book's files say, asked where a table does not live in the workspace yet."""

    holds: Callable[[str, str], bool]
    """Whether a table has a record of this key."""
    named_by: Callable[[Iterable[str], str, str], dict[str, int]]
    """How many records of these tables name the record of that table and key."""


class Writer:
    """Writes into a transaction that its caller keeps or drops as a whole.

    A record's version is the number of the log line that made it so: no two states of a record share one, not even
    after it was taken away and added again.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, files: Files, *, who: str, now: dt.datetime) -> None:
        self.connection = connection
        self.files = files
        self.who = who.strip() or "somebody"
        self.now = now
        self.here = taken_in(connection)
        last = connection.execute("select coalesce(max(number), 0) from change_log").fetchall()[0][0]
        self.batch = self._number = last + 1
        self._loose: list[tuple[Table, str, Row | None, Row | None]] = []

    def next_number(self, count: int = 1) -> int:
        """Take the numbers of so many log lines; return the first."""
        first = self._number
        self._number += count
        return first

    def write(self, changes: Iterable[Change]) -> None:
        """Write changes in their order.

        Raises
        ------
        RecordError
            A record breaks a rule of its table.
        Clashes
            Records are not as they were when they were read.
        """
        clashes = [clash for change in changes if (clash := self._write(change)) is not None]
        if clashes:
            raise Clashes(clashes)

    def _write(self, change: Change) -> Clash | None:
        table = authored(change.table)
        key = change.key or f"{table.name}-{uuid.uuid4().hex[:12]}"
        found = stored(self.connection, table, key)
        before, version = found or (None, None)
        if not self._is_as_seen(table, key, version, change.version):
            return self.clash(table, key, change.values)
        if change.values is not None:
            wanted = checked(table, {**(before or {}), **change.values, table.key or "": key})
            self.put(table, key, before, wanted, ADD if before is None else CHANGE)
        elif before is not None:
            self.put(table, key, before, None, REMOVE)
        return None

    def _is_as_seen(self, table: Table, key: str, version: int | None, seen: int | None) -> bool:
        if seen != FROM_FILE or version is None:
            return version == seen
        (_, _, action, before) = self._last(table, key) or (None, None, None, None)
        return action == TAKE_IN and before is None

    def put(
        self, table: Table, key: str, before: Row | None, after: Row | None, action: str, undoes: int | None = None
    ) -> None:
        """Make a record so, whatever it was, and log it; both rows hold every column, checked."""
        if before == after:
            return
        number = self.next_number()
        row = None if after is None else {column.name: after[column.name] for column in table}
        self._set(table, key, row, number)
        entry = {
            "number": number,
            "batch": self.batch,
            "made_at": self.now,
            "who": self.who,
            "action": action,
            "table": table.name,
            "key": key,
            "before": _json(before),
            "after": _json(row),
            "undoes": undoes,
        }
        self.connection.execute(_LOG, entry)
        self._loose.append((table, key, before, row))

    def _set(self, table: Table, key: str, row: Row | None, number: int) -> None:
        name = quote(table.name)
        if row is None:
            self.connection.execute(f"delete from {name} where {key_sql(table)} = $key", {"key": key})
            return
        casts = {column.name: f"cast(${column.name} as {column.duckdb_type})" for column in table}
        if holds(self.connection, table.name, key):
            settings = ", ".join(f"{quote(column)} = {cast}" for column, cast in casts.items() if column != table.key)
            query = f"update {name} set {settings}, version = {number} where {key_sql(table)} = ${table.key}"
        else:
            columns = ", ".join(quote(column) for column in casts)
            values = f"{', '.join(casts.values())}, (select coalesce(max(place), 0) + 1 from {name}), {number}"
            query = f"insert into {name} ({columns}, place, version) values ({values})"
        self.connection.execute(query, row)

    def clash(self, table: Table, key: str, mine: object) -> Clash:
        """Describe how a record stands, and who made it so."""
        found = stored(self.connection, table, key)
        who, made_at, *_ = self._last(table, key) or (None, None)
        theirs, version = found or (None, None)
        return Clash(table.name, key, mine if isinstance(mine, dict) else None, theirs, version, who, made_at)

    def _last(self, table: Table, key: str) -> tuple | None:
        rows = self.connection.execute(_LAST, {"table": table.name, "key": key}).fetchall()
        return rows[0] if rows else None

    def finish(self) -> int:
        """Check that no record names one that is not there; return how many log lines were written.

        Raises
        ------
        RecordError
            A record names another that does not exist, or one that is named by others was taken away.
        """
        for table, key, before, after in self._loose:
            if after is None:
                self._refuse_if_named(table, key)
                continue
            for column in table:
                value = after[column.name]
                if value is None or not column.references or (before or {}).get(column.name) == value:
                    continue
                target = column.references.partition(".")[0]
                if not self._knows(target, value):
                    said = f"{table.name}: {column.name} names {value!r}, which {target} does not have"
                    raise RecordError(f"{said}. Nothing was changed.")
        return self._number - self.batch

    def _knows(self, table: str, key: str) -> bool:
        return holds(self.connection, table, key) if table in self.here else self.files.holds(table, key)

    def _refuse_if_named(self, table: Table, key: str) -> None:
        if holds(self.connection, table.name, key):  # taken away and added again in one go
            return
        elsewhere = [name for name in _naming(table) if name not in self.here]
        counts = named_by(self.connection, [name for name in _naming(table) if name in self.here], table.name, key)
        counts |= self.files.named_by(elsewhere, table.name, key)
        if counts:
            said = ", ".join(f"{count} of {name}" for name, count in counts.items())
            raise RecordError(f"{table.name} {key} cannot be taken away: {said} still name it. Nothing was changed.")


def checked(table: Table, values: dict[str, object]) -> Row:
    """Return a whole record as it is kept; raises RecordError with every reason why it cannot be."""
    if wrong := problems(table, values):
        said = "; ".join(f"{column} {reason}" for column, reason in wrong.items())
        raise RecordError(f"{table.name}: {said}. Nothing was changed.")
    return {column.name: as_text(column, values.get(column.name)) for column in table}


def _naming(table: Table) -> list[str]:
    """List the tables with a column that names records of this one."""
    targets = {
        other.name: {(column.references or "").partition(".")[0] for column in other} for other in TABLES.values()
    }
    return [name for name, named in targets.items() if table.name in named and name != "sales"]


def _json(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False)
