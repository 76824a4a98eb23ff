"""A small opened book made by hand: the relations that domain functions ask, from a few rows of Python."""

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from kam.base.schema import TABLES, create_table_sql
from kam.base.units import lay_out
from kam.intake.clean import Clean
from kam.intake.complete import complete
from kam.intake.rollup import roll_up

Row = Mapping[str, object]
_MANY = 500


def relations(sales: Sequence[Row] = (), **tables: Sequence[Row]) -> duckdb.DuckDBPyConnection:
    """Open an in-memory book from rows, all accounts in view, one by one; absent columns are NULL.

    An order id, a quantity of 1 and a product P1 go without saying; written as None, they are unknown.
    """
    connection = duckdb.connect()
    for table in TABLES.values():
        connection.execute(create_table_sql(table))
    rows = [{"order_id": f"O{index}", "quantity": 1, "product_id": "P1", **row} for index, row in enumerate(sales)]
    for name, table_rows in {"sales": rows, **tables}.items():
        for row in table_rows:
            unknown = set(row) - {column.name for column in TABLES[name]}
            if unknown:
                raise KeyError(f"{name} has no column {sorted(unknown)}")
        _insert(connection, name, table_rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    roll_up(connection, Clean(TABLES["sales"], "sales", columns, "select * from sales", "true", len(rows)))
    connection.execute("drop table sales")
    complete(connection)
    return seen(connection)


def seen(
    book: duckdb.DuckDBPyConnection, level: str = "account", only: Sequence[str] | None = None
) -> duckdb.DuckDBPyConnection:
    """See a book at a level, with only these accounts in view."""
    lay_out(book, level=level, accounts=only)
    return book


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    """Insert the rows of a table: a few as they are, many at once, which hold one type a column."""
    if len(rows) > _MANY:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        frame = pa.table({column: [row.get(column) for row in rows] for column in columns})
        connection.register("rows_of_table", frame)
        connection.execute(f"insert into {name} by name select * from rows_of_table")
        connection.unregister("rows_of_table")
        return
    for row in rows:
        places = ", ".join(f"${column}" for column in row)
        connection.execute(f"insert into {name} ({', '.join(row)}) values ({places})", dict(row))


def line(account_id: str, order_date: str, net_amount: float, **more: object) -> Row:
    """Write one sales line shortly.

    >>> line("A", "2025-01-31", 10.0)["order_date"]
    datetime.date(2025, 1, 31)
    """
    return {"account_id": account_id, "order_date": dt.date.fromisoformat(order_date), "net_amount": net_amount, **more}


def values(frame: pd.DataFrame, key: object, *columns: str) -> list[object]:
    """Return the values of some columns in the one row with this key.

    >>> values(pd.DataFrame({"x": [1, 2], "y": ["a", "b"]}), 1, "x", "y") == [2, "b"]
    True
    """
    (place,) = [place for place, each in enumerate(frame.index) if each == key]
    return [frame[column].iloc[place] for column in columns]
