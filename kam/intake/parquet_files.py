"""Parquet files as rows, together where they are alike, and what is said where they cannot be read."""

from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.intake.concepts import meanings
from kam.intake.files import Found
from kam.intake.part import FILE, ROW
from kam.intake.raw import literal, quote
from kam.intake.reading import NUMBERS

_DAMAGED = (duckdb.InvalidInputException, duckdb.IOException, duckdb.InternalException)
_ONE_HAS_ALL = """
with kept as (select file_name, (name, type, duckdb_type, num_children) as kind from parquet_schema($files)
    where column_id > 0)
select count(distinct kind) = (select max(kinds) from (select count(*) as kinds from kept group by file_name)) from kept
"""
_TEXTS = "select distinct name from parquet_schema($files) where duckdb_type in ('VARCHAR', 'BLOB')"
_OUR_NAMES = f"select distinct name from parquet_schema($files) where lower(name) in ('{FILE}', '{ROW}')"
_WRITTEN_IN_MANY_WAYS = frozenset({"order_date", *NUMBERS})


def read_together(cursor: duckdb.DuckDBPyConnection, paths: list[Path]) -> bool:
    """Say whether files can be read as one: one has the columns of all, and no text that each may write its own way."""
    files = {"files": [str(path.resolve()) for path in paths]}
    if len(paths) == 1:
        return True
    texts = cursor.execute(_TEXTS, files).fetchall()
    one_has_all = cursor.execute(_ONE_HAS_ALL, files).fetchall()[0][0]
    return one_has_all and not any(_WRITTEN_IN_MANY_WAYS & set(meanings(name)) for (name,) in texts)


def parquet_rows(cursor: duckdb.DuckDBPyConnection, folder: Path, paths: list[Path]) -> str:
    """Write the SQL of all rows of files that are alike, read where they lie, with each row's file and place in it."""
    places = [str(path.resolve()) for path in paths]
    ours = [name for (name,) in cursor.execute(_OUR_NAMES, {"files": places}).fetchall()]
    several = "true" if len(places) > 1 else "false"
    return (
        f"select * exclude ({', '.join(map(quote, ['file_row_number', *ours]))}),"
        f' filename[{len(str(folder.resolve())) + 2}:] as "{FILE}", file_row_number + 1 as "{ROW}"'
        f" from read_parquet([{', '.join(map(literal, places))}], union_by_name = {several}, file_row_number = true,"
        " binary_as_string = true)"
    )


def unreadable(found: Found, error: Exception) -> IntakeError:
    """Say why the files of a table cannot be read; what DuckDB says of damaged Parquet tells a reader nothing."""
    damaged = isinstance(error, (*_DAMAGED, OSError)) or type(error) is duckdb.Error
    if found.kind == "parquet" and damaged and "write" not in str(error):  # it may be the disk that is full
        return IntakeError(
            f"{found.label} cannot be read: it is damaged or no Parquet. Write it anew. Nothing was changed."
        )
    return IntakeError(f"{found.label} cannot be read: {_first_line(error)}. Nothing was changed.")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
