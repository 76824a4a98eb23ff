"""One sample book, written once, and its tables in DuckDB for the tests to ask."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kam.base.schema import TABLES, create_table_sql
from kam.sample import write_sample

WRITTEN = {name: table for name, table in TABLES.items() if name != "rates"}
"""The tables of the sample: all but rates of exchange, for it is sold in one currency."""
SALES = ("order_id", "order_date", "account_id", "product_id", "quantity", "net_amount", "list_amount", "cost_amount")
"""The columns of sales in the sample: what else a file may hold stands in the place of these, or in registers."""


def load(folder: Path) -> duckdb.DuckDBPyConnection:
    """Read a sample folder into the schema's typed tables; a value that does not fit its type fails."""
    connection = duckdb.connect()
    for table in WRITTEN.values():
        connection.execute(create_table_sql(table))
        path = folder / f"{table.name}.csv"
        source = "read_csv($path, all_varchar = true, header = true, delim = ',')"
        if table.name == "sales":
            path = next(iter((*folder.glob("sales.parquet"), folder / "sales" / "*.parquet")))
            source = "read_parquet($path)"
        for column in table if table.name == "sales" else ():
            if column.name not in SALES:
                connection.execute(f"alter table sales drop column {column.name}")
        connection.execute(f"insert into {table.name} by name select * from {source}", {"path": str(path)})
    return connection


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "book"
    write_sample(folder)
    return folder


@pytest.fixture(scope="session")
def _book(sample: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = load(sample)
    yield connection
    connection.close()


@pytest.fixture
def book(_book: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    return _book.cursor()
