"""The tables of the workspace, made from the schema: authored records with their version, and the log of changes."""

import hashlib
import uuid
from collections.abc import Iterator

import duckdb

from kam.base.schema import SCENARIOS, TABLES, Column, Table
from kam.intake.raw import literal, quote

AUTHORED = (
    "plans",
    "objectives",
    "strategies",
    "milestones",
    "readings",
    "contacts",
    "touches",
    "ratings",
    "opportunities",
    "competitors",
    "risks",
    "swot",
    "value_delivered",
)
"""The tables whose records files may hold and people write in the app; the others come from files alone."""

RECORDS = {**{name: TABLES[name] for name in AUTHORED}, SCENARIOS.name: SCENARIOS}
"""Every table that is written in the app."""

FORMAT = 2
"""Raised when an older version of the app could no longer read the file."""

_BOOKKEEPING = (
    # the id is drawn when the file is made: no other file has it but a copy of this one
    """
create table if not exists workspace ("format" bigint not null, layout varchar not null, id varchar)
""",
    # which tables live here; the others are what their files say
    """
create table if not exists taken_in ("table" varchar primary key)
""",
    # each record as its file had it when it was last taken in, so that a later file shows what changed there
    """
create table if not exists file_row ("table" varchar, "key" varchar, "values" varchar not null,
    primary key ("table", "key"))
""",
    """
create table if not exists change_log (
    number bigint primary key, batch bigint not null, made_at timestamp not null, who varchar not null,
    "action" varchar not null, "table" varchar not null, "key" varchar not null,
    "before" varchar, "after" varchar, undoes bigint)
""",
)


def table_sql(table: Table) -> str:
    """Write the SQL of an authored table: the schema's columns with their checks, the order of entry, the version."""
    columns = ", ".join(_column_sql(column) for column in table)
    return (
        f"create table if not exists {quote(table.name)}"
        f" ({columns}, place bigint not null, version bigint not null, primary key ({quote(table.key or '')}))"
    )


def _column_sql(column: Column) -> str:
    name = quote(column.name)
    rules = [f"{name} in ({', '.join(literal(choice) for choice in column.choices)})"] if column.choices else []
    if column.low is not None:
        rules.append(f"{name} >= {column.low:.0f}")
    if column.high is not None:
        rules.append(f"{name} <= {column.high:.0f}")
    check = f" check ({' and '.join(rules)})" if rules else ""
    return f"{name} {column.duckdb_type}{' not null' if column.required else ''}{check}"


LAYOUT = hashlib.sha256("".join([*_BOOKKEEPING, *map(table_sql, RECORDS.values())]).encode()).hexdigest()[:12]
"""Names the tables and columns of this version."""


def layout_statements(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Write what brings a workspace, new or of an earlier version, to the tables of this one; nothing is taken away."""
    yield from _BOOKKEEPING
    present = {
        (table, column)
        for table, column in connection.execute("select table_name, column_name from duckdb_columns()").fetchall()
    }
    if ("workspace", "id") not in present:
        yield "alter table workspace add column id varchar"
    for name, declared in RECORDS.items():
        yield table_sql(declared)
        if any(table == name for table, _ in present):
            for column in declared:
                if (name, column.name) not in present:
                    yield f"alter table {quote(name)} add column {quote(column.name)} {column.duckdb_type}"
    known = connection.execute("select id from workspace where id is not null").fetchall()
    own = known[0][0] if known else uuid.uuid4().hex
    yield "delete from workspace"
    yield f"insert into workspace values ({FORMAT}, {literal(LAYOUT)}, {literal(own)})"
