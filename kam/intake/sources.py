"""The raw rows of one table as DuckDB sees them: text and `.sql` are staged once, Parquet is read where it lies."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.errors import IntakeError
from kam.intake.files import DATA, Found
from kam.intake.formats import literal, quote, raw_name
from kam.intake.text import TextFile, accepted_lines, as_utf8, sniff


@dataclass(frozen=True, slots=True)
class Source:
    """A relation with the file's own columns, and two more: the file and the row a value stands in."""

    found: Found
    relation: str
    columns: tuple[tuple[str, str], ...]  # name, DuckDB type
    rows: int  # records in the files, the malformed ones included
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
            return _open_text(cursor, found, relation)
        if found.kind == "sql":
            return _open_sql(cursor, folder, found, relation)
        return _open_parquet(cursor, found, relation)
    except duckdb.Error as error:
        raise IntakeError(f"{found.label} cannot be read: {_first_line(error)}. Nothing was changed.") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")


def _columns(cursor: duckdb.DuckDBPyConnection, relation: str) -> tuple[tuple[str, str], ...]:
    rows = cursor.execute(f"describe {relation}_files").fetchall()
    columns = tuple((name, kind) for name, kind, *_ in rows if name not in (FILE, ROW))
    names = ", ".join(f"{quote(name)} as {raw_name(name)}" for name, _ in columns)
    cursor.execute(f'create temp view {relation} as select {names}, "{FILE}", "{ROW}" from {relation}_files')
    return columns


def _count(cursor: duckdb.DuckDBPyConnection, relation: str) -> int:
    return cursor.execute(f"select count(*) from {relation}").fetchall()[0][0]


def _open_parquet(cursor: duckdb.DuckDBPyConnection, found: Found, relation: str) -> Source:
    paths = ", ".join(map(literal, found.files))
    several = "true" if len(found.files) > 1 else "false"
    cursor.execute(
        f"create temp view {relation}_files as select * exclude (file_row_number),"
        f' parse_filename(filename) as "{FILE}", file_row_number + 1 as "{ROW}"'
        f" from read_parquet([{paths}], file_row_number = true, union_by_name = {several})"
    )
    return Source(found, relation, _columns(cursor, relation), _count(cursor, relation))


def _open_sql(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str) -> Source:
    path = found.files[0]
    statements = cursor.extract_statements(path.read_text(encoding="utf-8-sig"))
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise IntakeError(f"{path.name} must hold one SELECT and nothing else. Nothing was changed.")
    query = name_files(statements[0].query.strip().rstrip(";"), folder)
    cursor.execute(
        f'create temp table {relation}_files as select *, {literal(path.name)} as "{FILE}",'
        f' row_number() over () as "{ROW}" from (\n{query}\n)'
    )
    return Source(found, relation, _columns(cursor, relation), _count(cursor, relation))


def name_files(query: str, folder: Path) -> str:
    """Put the whole path where a `.sql` names a file of its own folder; other words stay as they are."""

    def whole(word: re.Match[str]) -> str:
        name = word[1].replace("''", "'")
        inside = Path(name).suffix.lower() in DATA and ".." not in Path(name).parts and not Path(name).is_absolute()
        return "'" + str(folder / name).replace("'", "''") + "'" if inside else word[0]

    return re.sub(r"'((?:[^']|'')*)'", whole, query)


_CSV = """quote = '"', escape = '"', header = false, skip = 1, auto_detect = false, max_line_size = 16777216,
    store_rejects = true, rejects_limit = 0, rejects_table = 'malformed', rejects_scan = 'malformed_scans'"""


def _open_text(cursor: duckdb.DuckDBPyConnection, found: Found, relation: str) -> Source:
    files = tuple(sniff(path) for path in found.files)
    names = unique_names(files[0].names)
    columns = ", ".join(f"{quote(name)} varchar" for name in names)
    cursor.execute(f'create temp table {relation}_files ({columns}, "{FILE}" varchar, "{ROW}" bigint)')
    malformed = []
    with tempfile.TemporaryDirectory(dir=_work_folder(cursor)) as folder:
        for file in files:
            if sorted(file.names) != sorted(files[0].names):
                raise IntakeError(f"{file.path.name} has other columns than {files[0].path.name}. Nothing was changed.")
            kinds = ", ".join(f"{literal(name)}: 'varchar'" for name in unique_names(file.names))
            cursor.execute(
                f'insert into {relation}_files by name select *, {literal(file.path.name)} as "{FILE}",'
                f' row_number() over () as "{ROW}" from read_csv({literal(as_utf8(file, Path(folder)))},'
                f" sep = {literal(file.separator)}, columns = {{{kinds}}}, {_CSV})"
            )
            refused = cursor.execute("select distinct on (line) line, csv_line, error_type from malformed").fetchall()
            malformed += [(file.path.name, line, text, kind.lower()) for line, text, kind in refused]
            cursor.execute("delete from malformed")
    return Source(
        found,
        relation,
        _columns(cursor, relation),
        _count(cursor, relation) + len(malformed),
        files,
        tuple(malformed),
    )


def _work_folder(cursor: duckdb.DuckDBPyConnection) -> str:
    return str(Path(cursor.execute("select path from duckdb_databases() where not internal").fetchall()[0][0]).parent)


def unique_names(names: tuple[str, ...]) -> list[str]:
    """Give every column a name of its own: blank ones a number, repeated ones keep theirs with a mark to tell apart."""
    unique: list[str] = []
    for position, name in enumerate(names, start=1):
        fresh = name or f"column {position}"
        while fresh.casefold() in {other.casefold() for other in unique}:
            fresh += "\u200b"  # a mark that is not seen, so that a message shows the name as the file has it
        unique.append(fresh)
    return unique


def exact_lines(source: Source, places: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Say on which line of its file each of these rows (file, row) starts; rows of Parquet and `.sql` are lines."""
    lines = {place: place[1] for place in places}
    for file in source.text_files:
        wanted = {row for name, row in places if name == file.path.name}
        refused = {line for name, line, *_ in source.malformed if name == file.path.name}
        if wanted:
            last = max(wanted)
            for row, line in enumerate(accepted_lines(file, refused), start=1):
                if row in wanted:
                    lines[file.path.name, row] = line
                if row >= last:
                    break
    return lines
