"""Parquet files as rows of one table, whatever types each file has, and what is said where they cannot be read."""

from pathlib import Path

import duckdb

from kam.errors import IntakeError
from kam.intake.files import Found
from kam.intake.part import FILE, ROW
from kam.intake.raw import literal, quote

_DAMAGED = (duckdb.InvalidInputException, duckdb.IOException, duckdb.InternalException)
_FAMILIES = (
    ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT",
     "DOUBLE", "DECIMAL"),
    ("DATE", "TIMESTAMP"),
)  # fmt: skip
"""Types that DuckDB puts together without a loss."""
_OPTIONS = "file_row_number = true, binary_as_string = true"

_LAYOUTS = """
select count(distinct columns) from (
    select list((name, type, duckdb_type, num_children) order by column_id) as columns from parquet_schema($files)
    group by file_name)
"""

_OUR_NAMES = f"select file_name, name from parquet_schema($files) where lower(name) in ('{FILE}', '{ROW}')"


def parquet_rows(cursor: duckdb.DuckDBPyConnection, folder: Path, paths: list[Path]) -> str:
    """Write the SQL of all rows of the files, read where they lie, with each row's file and place in it.

    Columns are put together by their names; where files disagree about the kind of a column it is read as text.
    """
    places = [path.resolve() for path in paths]
    ours: dict[str, set[str]] = {}  # names in the files that are taken already, as nobody would name a column
    for path, name in cursor.execute(_OUR_NAMES, {"files": [str(path) for path in places]}).fetchall():
        ours.setdefault(path, set()).add(name)
    place = f'filename[{len(str(folder.resolve())) + 2}:] as "{FILE}", file_row_number + 1 as "{ROW}"'
    if unlike := _unlike(cursor, places):
        return " union all by name ".join(
            f"select * {_exclude(ours.get(str(path), set()))} {_as_texts(names)}, {place}"
            f" from read_parquet({literal(path)}, {_OPTIONS})"
            for path, names in unlike.items()
        )
    files, several = ", ".join(map(literal, places)), "true" if len(places) > 1 else "false"
    return (
        f"select * {_exclude(set().union(*ours.values()))}, {place}"
        f" from read_parquet([{files}], union_by_name = {several}, {_OPTIONS})"
    )


def _exclude(names: set[str]) -> str:
    return f"exclude ({', '.join(map(quote, ['file_row_number', *sorted(names)]))})"


def _as_texts(names: list[str]) -> str:
    texts = ", ".join(f"{quote(name)}::varchar as {quote(name)}" for name in names)
    return f"replace ({texts})" if texts else ""


def _unlike(cursor: duckdb.DuckDBPyConnection, paths: list[Path]) -> dict[Path, list[str]]:
    """List each file's columns that hold another kind of value in another file: a day here, a number there.

    DuckDB would find one type for both, and fail over the first value that has no place in it.
    """
    kinds: dict[str, set[str]] = {}
    columns: dict[Path, list[str]] = {}
    layouts = cursor.execute(_LAYOUTS, {"files": [str(path) for path in paths]}).fetchall()[0][0]
    for path in paths if layouts > 1 else []:
        described = cursor.execute(f"describe from read_parquet({literal(path)}, binary_as_string = true)").fetchall()
        columns[path] = [name for name, *_ in described]
        for name, kind, *_ in described:
            family = next((some for some in _FAMILIES if kind.startswith(some)), (kind,))
            kinds.setdefault(name.lower(), set()).add(family[0])
    unlike = {name for name, found in kinds.items() if len(found) > 1}
    return {path: [name for name in names if name.lower() in unlike] for path, names in columns.items() if unlike}


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
