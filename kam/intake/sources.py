"""The raw rows of one table as DuckDB sees them: text and `.sql` are staged once, Parquet is read where it lies."""

import csv
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.errors import IntakeError
from kam.intake.columns import unique_names
from kam.intake.files import DATA, Found
from kam.intake.formats import literal, quote, raw_name
from kam.intake.text import TextFile, as_utf8, record_lines, sniff


@dataclass(frozen=True, slots=True)
class Source:
    """A relation with the file's own columns, and two more: the file and the row a value stands in."""

    found: Found
    relation: str
    columns: tuple[tuple[str, str], ...]  # name, DuckDB type
    rows: int  # records in the files, the malformed ones included
    folder: Path = Path()
    text_files: tuple[TextFile, ...] = ()
    malformed: tuple[tuple[str, int, str, str], ...] = ()  # file, line, the record, reason

    @property
    def names(self) -> list[str]:
        """The file's column names."""
        return [name for name, _ in self.columns]


FILE, ROW = "‹file›", "‹row›"


def open_source(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found) -> Source:
    """Make the rows of a table's files available under one name.

    Raises
    ------
    IntakeError
        The files cannot be read as what their names say they are; says which and why.
    """
    relation = f"raw_{found.table}"
    try:
        if found.kind == "text":
            return _open_text(cursor, folder, found, relation)
        if found.kind == "sql":
            return _open_sql(cursor, folder, found, relation)
        return _open_parquet(cursor, folder, found, relation)
    except (duckdb.Error, OSError, UnicodeError, csv.Error) as error:
        raise IntakeError(f"{found.label} cannot be read: {_first_line(error)}. Nothing was changed.") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")


def _columns(cursor: duckdb.DuckDBPyConnection, relation: str) -> tuple[tuple[str, str], ...]:
    rows = cursor.execute(f"describe {relation}_files").fetchall()
    columns = tuple((name, kind) for name, kind, *_ in rows if name not in (FILE, ROW))
    names = ", ".join(f"{quote(name)} as {raw_name(name)}" for name, _ in columns)
    cursor.execute(f'create temp view {relation} as select {names}, "{FILE}", "{ROW}" from {relation}_files')
    return columns


def _count(cursor: duckdb.DuckDBPyConnection, relation: str) -> int:
    return cursor.execute(f"select count(*) from {relation}").fetchall()[0][0]


def _open_parquet(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str) -> Source:
    paths = ", ".join(literal(path.resolve()) for path in found.files)
    name = f"filename[{len(str(folder.resolve())) + 2}:]"
    several = "true" if len(found.files) > 1 else "false"
    cursor.execute(
        f"create temp view {relation}_files as select * exclude (file_row_number),"
        f' {name} as "{FILE}", file_row_number + 1 as "{ROW}"'
        f" from read_parquet([{paths}], file_row_number = true, union_by_name = {several}, binary_as_string = true)"
    )
    return Source(found, relation, _columns(cursor, relation), _count(cursor, relation))


_NEVER_MISSING = """
with part as (from parquet_metadata($files))
select path_in_schema from part
group by path_in_schema
-- every row group of every file has the column: one that lacks it has no statistics, and only absent values
having count(*) = (select count(distinct (file_name, row_group_id)) from part)
    and count(*) = count(stats_null_count) and sum(stats_null_count) = 0
    and count(*) = count(stats_min_value) and min(stats_min_value) <> ''
"""


def never_missing(cursor: duckdb.DuckDBPyConnection, source: Source) -> set[str]:
    """Name the columns of which the statistics of Parquet files say that no value is absent or empty.

    DuckDB skips what the statistics rule out in the same way; a file whose statistics lie misleads every reader.
    """
    if source.found.kind != "parquet":
        return set()
    rows = cursor.execute(_NEVER_MISSING, {"files": [str(path) for path in source.found.files]}).fetchall()
    return {name for (name,) in rows}


def _open_sql(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str) -> Source:
    path = found.files[0]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path.name} is not written in UTF-8. Save it so. Nothing was changed.") from error
    statements = cursor.extract_statements(text)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise IntakeError(f"{path.name} must hold one SELECT and nothing else. Nothing was changed.")
    query = name_files(statements[0].query.strip().rstrip(";"), folder)
    cursor.execute(
        f'create temp table {relation}_files as select *, {literal(path.name)} as "{FILE}",'
        f' row_number() over () as "{ROW}" from (\n{query}\n)'
    )
    return Source(found, relation, _columns(cursor, relation), _count(cursor, relation))


def name_files(query: str, folder: Path) -> str:
    """Put the whole path where a `.sql` names a file of its own folder; everything else stays as it is.

    >>> name_files("select 'a.csv' as name, 'a' from 'a.csv' -- isn't it", Path("/book"))
    "select '/book/a.csv' as name, 'a' from '/book/a.csv' -- isn't it"
    """
    text = query.encode()  # tokens are counted in bytes
    starts = [start for start, kind in duckdb.tokenize(query) if kind == duckdb.token_type.string_const]
    for start in reversed(starts):
        word = re.match(rb"'((?:[^']|'')*)'", text[start:])
        if word is None:
            continue
        name = Path(word[1].decode().replace("''", "'"))
        if name.suffix.lower() in DATA and ".." not in name.parts and not name.is_absolute():
            text = text[:start] + literal(folder.resolve() / name).encode() + text[start + word.end() :]
    return text.decode()


_CSV = """quote = '"', escape = '"', header = false, auto_detect = false, max_line_size = 16777216,
    store_rejects = true, rejects_limit = 0, rejects_table = 'malformed', rejects_scan = 'malformed_scans'"""
_MALFORMED = """
select line, min_by(error_type, byte_position), min_by(csv_line, byte_position)
from malformed group by line order by line
"""
_REASONS = {
    "MISSING COLUMNS": "too few columns",
    "TOO MANY COLUMNS": "too many columns",
    "UNQUOTED VALUE": "quotes that do not enclose a whole value",
    "INVALID ENCODING": "bytes that are no text",
    "LINE SIZE OVER MAXIMUM": "over 16 million characters",
}


def _open_text(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str) -> Source:
    files = tuple(sniff(path) for path in found.files)
    names = unique_names(files[0].names)
    typed = ", ".join(f"{quote(name)} varchar" for name in names)
    cursor.execute(f'create temp table {relation}_files ({typed}, "{FILE}" varchar, "{ROW}" bigint)')
    malformed: list[tuple[str, int, str, str]] = []
    with tempfile.TemporaryDirectory(dir=_work_folder(cursor)) as work:
        for file in files:
            if sorted(file.names) != sorted(files[0].names):
                raise IntakeError(f"{file.path.name} has other columns than {files[0].path.name}. Nothing was changed.")
            _stage(cursor, relation, file, file_name(file.path, folder), Path(work))
            malformed += _malformed(cursor, file, file_name(file.path, folder))
    columns = _columns(cursor, relation)
    rows = _count(cursor, relation) + len(malformed)
    return Source(found, relation, columns, rows, folder, files, tuple(malformed))


def _stage(cursor: duckdb.DuckDBPyConnection, relation: str, file: TextFile, name: str, work: Path) -> None:
    """Copy a text file's records into the staging table; a file that is not plain UTF-8 goes through a plain copy."""
    kinds = ", ".join(f"{literal(name)}: 'varchar'" for name in unique_names(file.names))

    def insert(path: Path) -> None:
        cursor.execute(
            f'insert into {relation}_files by name select *, {literal(name)} as "{FILE}",'
            f' row_number() over () as "{ROW}" from read_csv({literal(path)}, sep = {literal(file.separator)},'
            f" skip = {file.header}, columns = {{{kinds}}}, {_CSV})"
        )

    if file.encoding == "utf-8-sig":
        try:
            insert(file.path.resolve())
        except duckdb.InvalidInputException:  # line ends of several kinds in one file
            _forget_malformed(cursor)
        else:
            return
    insert(as_utf8(file, work))


def _forget_malformed(cursor: duckdb.DuckDBPyConnection) -> None:
    for table in ("malformed", "malformed_scans"):
        cursor.execute(f"drop table if exists {table}")


def _malformed(cursor: duckdb.DuckDBPyConnection, file: TextFile, name: str) -> list[tuple[str, int, str, str]]:
    """List the records that are no rows: file, line, the record, reason."""
    broken = {record: (kind, text or "") for record, kind, text in cursor.execute(_MALFORMED).fetchall()}
    _forget_malformed(cursor)
    if not broken:
        return []
    lines = {}
    for record, line in record_lines(file):
        lines[record] = line
        if record >= max(broken):
            break
    last = max(broken)
    kind, text = broken[last]
    if kind == "UNQUOTED VALUE" and len(text.strip("\r\n").splitlines()) > 1 and _is_last(file, last):
        raise IntakeError(
            f"{file.path.name}, line {lines.get(last, last)}: a quote is opened and never closed, so nothing after it"
            " can be told apart. Close it, or take it out. Nothing was changed."
        )
    return [
        (name, lines.get(record, record), text.strip("\r\n"), _REASONS.get(kind, kind.lower()))
        for record, (kind, text) in broken.items()
    ]


def _is_last(file: TextFile, wanted: int) -> bool:
    return all(record <= wanted for record, _ in record_lines(file))


def _work_folder(cursor: duckdb.DuckDBPyConnection) -> str:
    return str(Path(cursor.execute("select path from duckdb_databases() where not internal").fetchall()[0][0]).parent)


def file_name(path: Path, folder: Path) -> str:
    """Name a file as a reader finds it: its place inside the book folder."""
    return path.relative_to(folder).as_posix()


def exact_lines(source: Source, places: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Say on which line of its file each of these rows (file, row) starts; rows of Parquet and `.sql` are lines."""
    lines = {place: place[1] for place in places}
    for file in source.text_files:
        name = file_name(file.path, source.folder)
        wanted = {row for where, row in places if where == name}
        refused = {line for where, line, *_ in source.malformed if where == name}
        if wanted:
            last = max(wanted)
            accepted = (line for _, line in record_lines(file) if line not in refused)
            for row, line in enumerate(accepted, start=1):
                if row in wanted:
                    lines[name, row] = line
                if row >= last:
                    break
    return lines
