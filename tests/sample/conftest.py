"""One sample book, written once, and its tables in DuckDB for the tests to ask."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from kam.sample import write_sample
from kam.schema import TABLES, create_table_sql


def load(folder: Path) -> duckdb.DuckDBPyConnection:
    """Read a sample folder into the schema's typed tables; a value that does not fit its type fails."""
    connection = duckdb.connect()
    for table in TABLES.values():
        connection.execute(create_table_sql(table))
        path = folder / f"{table.name}.csv"
        source = "read_csv($path, all_varchar = true, header = true, delim = ',')"
        if table.name == "sales":
            path = next(iter((*folder.glob("sales.parquet"), folder / "sales" / "*.parquet")))
            source = "read_parquet($path)"
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
