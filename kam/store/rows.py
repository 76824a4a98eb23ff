"""Records as they are kept: read one by its key, ask whether a key is there, write columns as text."""

import json
from collections.abc import Iterable

import duckdb

from kam.base.schema import TABLES, Table
from kam.intake.raw import quote
from kam.store.changes import Row
from kam.store.layout import RECORDS


def values_sql(table: Table) -> str:
    """Write the SQL of a whole record as one JSON object of texts."""
    fields = ", ".join(f"{quote(column.name)} := {quote(column.name)}::varchar" for column in table)
    return f"to_json(struct_pack({fields}))::varchar"


def key_sql(table: Table) -> str:
    """Write the SQL of a record's key."""
    return quote(table.key or "")


def stored(connection: duckdb.DuckDBPyConnection, table: Table, key: str) -> tuple[Row, int] | None:
    """Return a record and its version; None if there is none."""
    found = connection.execute(
        f"select {values_sql(table)}, version from {quote(table.name)} where {key_sql(table)} = $key", {"key": key}
    ).fetchall()
    return (json.loads(found[0][0]), found[0][1]) if found else None


def holds(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> bool:
    """Say whether a table has a record of this key."""
    declared = RECORDS.get(table) or TABLES[table]
    query = f"select count(*) from {quote(table)} where {key_sql(declared)} = $key"
    return connection.execute(query, {"key": key}).fetchall() != [(0,)]


def named_by(connection: duckdb.DuckDBPyConnection, tables: Iterable[str], target: str, key: str) -> dict[str, int]:
    """Count the records that name this one, table by table."""
    counts = {}
    for name in tables:
        for column in TABLES[name]:
            if column.references == f"{target}.{TABLES[target].key}":
                query = f"select count(*) from {quote(name)} where {quote(column.name)} = $key"
                count = connection.execute(query, {"key": key}).fetchall()[0][0]
                if count:
                    counts[name] = counts.get(name, 0) + count
    return counts


def taken_in(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Name the tables whose records live in the workspace."""
    return {name for (name,) in connection.execute('select "table" from taken_in').fetchall() if name in RECORDS}


def names(connection: duckdb.DuckDBPyConnection, table: Table, **within: str | None) -> dict[str, str]:
    """Return what the records of a table are called, by key, in the order of their names.

    `within` narrows to the records of an account or a plan; a table without that column has them all.
    """
    columns = {column.name for column in table}
    asked = {name: value for name, value in within.items() if value is not None and name in columns - {table.key}}
    shown = next((name for name in ("name", "title") if name in columns), table.key or "")
    where = " and ".join(f"{quote(name)} = ${name}" for name in asked) or "true"
    rows = connection.execute(
        f"select {key_sql(table)}, coalesce({quote(shown)}, {key_sql(table)}) as shown from {quote(table.name)}"
        f" where {where} order by shown, 1",
        asked,
    )
    return dict(rows.fetchall())
