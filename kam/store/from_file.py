"""Records that come from a file: taken in at the first writing to their table, and again when the file changes."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

import duckdb

from kam.base.errors import ClashError
from kam.base.schema import TABLES, Table
from kam.intake.raw import quote
from kam.store.changes import Row
from kam.store.layout import RECORDS
from kam.store.rows import key_sql, values_sql
from kam.store.writer import TAKE_IN, Writer

Rows = Callable[[str], object]
"""A table's rows as its file has them, as an Arrow table in the order of the file; none where there is no file."""

_FILE = "file rows"


@dataclass(frozen=True, slots=True)
class Difference:
    """How a record of a file differs from what the file said when it was last taken in.

    `here` is the record as it stands in the workspace, `was` as the file had it, `file` as the file has it now.
    `also_here`: somebody has changed it in the app, too, so that taking the file's state would undo that.
    """

    table: str
    key: str
    kind: Literal["add", "change", "remove"]
    was: Row | None
    here: Row | None
    file: Row | None

    @property
    def also_here(self) -> bool:
        """Whether the app's record has moved away from what the file said."""
        return self.here != self.was


def take_in(writer: Writer, tables: Iterable[str], rows: Rows) -> None:
    """Bring the records of these tables into the workspace, unless they live there already."""
    for name in dict.fromkeys(tables):
        if name not in writer.here:
            _copy(writer, RECORDS[name], rows(name))
            writer.connection.execute("insert into taken_in values ($name)", {"name": name})
            writer.here.add(name)


def _copy(writer: Writer, table: Table, rows: object) -> None:
    connection = writer.connection
    connection.register(_FILE, rows)
    columns = ", ".join(quote(column.name) for column in table)
    count = connection.execute(f"select count(*) from {quote(_FILE)}").fetchall()[0][0]
    first = writer.next_number(count)
    connection.execute(
        f"insert into {quote(table.name)} ({columns}, place, version)"
        f" select {columns}, row_number() over (), {first - 1} + row_number() over () from {quote(_FILE)}"
    )
    connection.unregister(_FILE)
    connection.execute(
        f"insert into change_log select version, $batch, $made_at, $who, $action, $table, {key_sql(table)}, null,"
        f" {values_sql(table)}, null from {quote(table.name)} order by version",
        {"batch": writer.batch, "made_at": writer.now, "who": writer.who, "action": TAKE_IN, "table": table.name},
    )
    _remember(connection, table, rows)


def differences(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], rows: Rows) -> list[Difference]:
    """Compare files with what they said when they were last taken in, record by record.

    A record that only the app has changed is no difference: the file says what it said before.
    """
    return [each for name in tables for each in _differences(connection, TABLES[name], rows(name))]


def _differences(connection: duckdb.DuckDBPyConnection, table: Table, rows: object) -> list[Difference]:
    connection.register(_FILE, rows)
    found = connection.execute(
        f"with file as (select {key_sql(table)} as key, {values_sql(table)} as said, row_number() over () as place"
        f' from {quote(_FILE)}), was as (select "key", "values" as said from file_row where "table" = $table),'
        f" here as (select {key_sql(table)} as key, {values_sql(table)} as said from {quote(table.name)})"
        " select coalesce(file.key, was.key) as key, was.said, here.said, file.said"
        " from file full join was on was.key = file.key left join here on here.key = coalesce(file.key, was.key)"
        # nothing to do where the record is already as the file has it now
        " where was.said is distinct from file.said and here.said is distinct from file.said order by file.place, key",
        {"table": table.name},
    ).fetchall()
    connection.unregister(_FILE)
    return [_difference(table, key, *(_row(text) for text in said)) for key, *said in found]


def _difference(table: Table, key: str, was: Row | None, here: Row | None, file: Row | None) -> Difference:
    kind = "remove" if file is None else "add" if here is None else "change"
    return Difference(table.name, key, kind, was, here, file)


def accept(
    writer: Writer, table: str, rows: Rows, *, expected: Collection[Difference], keys: Collection[str] | None
) -> None:
    """Take the file's state of the chosen records, leave the others as they are, and remember what the file says.

    Raises
    ------
    ClashError
        The differences are no longer those that were shown.
    """
    found = differences(writer.connection, [table], rows)
    if found != list(expected):
        raise ClashError(f"{table} has changed since its differences were shown. Look again. Nothing was changed.")
    for each in found:
        if keys is None or each.key in keys:
            writer.put(TABLES[table], each.key, each.here, each.file, TAKE_IN)
    writer.connection.execute('delete from file_row where "table" = $table', {"table": table})
    _remember(writer.connection, TABLES[table], rows(table))


def _remember(connection: duckdb.DuckDBPyConnection, table: Table, rows: object) -> None:
    """Note what the file says, to tell later what changed there."""
    connection.register(_FILE, rows)
    query = f"insert into file_row select $table, {key_sql(table)}, {values_sql(table)} from {quote(_FILE)}"
    connection.execute(query, {"table": table.name})
    connection.unregister(_FILE)


def _row(text: str | None) -> Row | None:
    return None if text is None else json.loads(text)
