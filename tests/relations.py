"""A small opened book made by hand: the relations that domain functions ask, from a few rows of Python."""

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from kam.schema import TABLES, create_table_sql

Row = Mapping[str, object]
_MANY = 500

_ROLLUP = """
create table sales_month as
select account_id, product_id, date_trunc('month', order_date)::date as month,
    sum(quantity)::decimal(38,4) as quantity, sum(net_amount)::decimal(38,4) as net,
    (sum(list_amount) filter (is_listed))::decimal(38,4) as list,
    (sum(net_amount) filter (is_listed))::decimal(38,4) as net_listed,
    sum(cost_amount)::decimal(38,4) as cost,
    (sum(net_amount) filter (cost_amount is not null))::decimal(38,4) as net_costed,
    coalesce(sum(net_amount) filter (net_amount < 0), 0)::decimal(38,4) as returned,
    count(*) as lines
from (
    select *, if(net_amount = 0, list_amount, net_amount) as sign,
        list_amount is not null and coalesce(quantity, sign) > 0 as is_listed
    from sales
)
-- as in a loaded book, kinds of lines stand in rows of their own
group by account_id, product_id, month, is_listed, cost_amount is not null, quantity is null, net_amount < 0
"""
_DAYS = """
create table account_day as
select account_id, order_date as day, sum(net_amount)::decimal(38,4) as net from sales group by all
"""
_SEEN_ACCOUNTS = """
insert into accounts by name
select distinct account_id from sales where account_id not in (select account_id from accounts)
"""
_SEEN_PRODUCTS = """
insert into products by name
select distinct product_id from sales
where product_id is not null and product_id not in (select product_id from products)
"""


def relations(sales: Sequence[Row] = (), **tables: Sequence[Row]) -> duckdb.DuckDBPyConnection:
    """Open an in-memory book from rows; absent columns are NULL.

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
    for statement in (_ROLLUP, _DAYS, _SEEN_ACCOUNTS, _SEEN_PRODUCTS):
        connection.execute(statement)
    connection.execute("alter table accounts add column root_id varchar")
    connection.execute("update accounts set name = coalesce(name, account_id)")
    connection.execute("update products set name = coalesce(name, product_id)")
    connection.execute("drop table sales")
    _set_roots(connection)
    return connection


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


def _set_roots(connection: duckdb.DuckDBPyConnection) -> None:
    parents = dict(connection.execute("select account_id, parent_id from accounts").fetchall())
    for account in parents:
        root, seen = account, {account}
        while (parent := parents.get(root)) in parents and parent not in seen:
            root = parent
            seen.add(root)
        connection.execute("update accounts set root_id = $root where account_id = $id", {"root": root, "id": account})


def line(account_id: str, order_date: str, net_amount: float, **more: object) -> Row:
    """Write one sales line shortly.

    >>> line("A", "2025-01-31", 10.0)["order_date"]
    datetime.date(2025, 1, 31)
    """
    return {
        "account_id": account_id,
        "order_date": dt.date.fromisoformat(order_date),
        "net_amount": net_amount,
        **more,
    }


def values(frame: pd.DataFrame, key: object, *columns: str) -> list[object]:
    """Return the values of some columns in the one row with this key.

    >>> values(pd.DataFrame({"x": [1, 2], "y": ["a", "b"]}), 1, "x", "y") == [2, "b"]
    True
    """
    (place,) = [place for place, each in enumerate(frame.index) if each == key]
    return [frame[column].iloc[place] for column in columns]
