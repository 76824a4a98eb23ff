"""The raw rows of one table as DuckDB sees them: text, sheets and `.sql` staged once, Parquet read where it lies."""

import csv
import datetime as dt
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import count
from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.intake.archives import Document, documents, unpacked, without_copies
from kam.intake.files import Found
from kam.intake.finding import Finding
from kam.intake.named_files import StageFile, forget_files, see_files
from kam.intake.parquet_files import parquet_rows, read_together, unreadable
from kam.intake.part import FILE, ROW, SHORT, Part, Told
from kam.intake.raw import literal, quote, raw_name
from kam.intake.series import says_no_sales
from kam.intake.settings import TableSettings
from kam.intake.staging import lines_of, stage_text
from kam.intake.text import sniff
from kam.intake.workbooks import is_sheets, stage_workbook


def open_parts(
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    found: Found,
    settings: TableSettings,
    *,
    today: dt.date = dt.date.max,
    time_zone: str | None = None,
) -> list[Part]:
    """Make the rows of a table's files available, one relation for each file or sheet.

    Parquet files that are alike are one part together, and so is the result of a `.sql`; the files it names are typed
    as they surely are (`today` and `time_zone` as for dates). Archives are unpacked into a folder of their own beside
    the database, which is gone again when this returns.

    Raises
    ------
    IntakeError
        The files cannot be read as what their names say they are; says which and why.
    """
    relation = f"raw_{found.table}"
    try:
        if found.kind == "sql":
            return [_open_sql(cursor, folder, found, relation, settings, today, time_zone)]
        if found.kind == "parquet":
            return _open_parquet(cursor, folder, found, relation)
        with tempfile.TemporaryDirectory(dir=_work_folder(cursor)) as work:
            return _open_documents(cursor, folder, found, relation, settings, Path(work))
    except (duckdb.Error, OSError, UnicodeError, csv.Error, zipfile.BadZipFile) as error:
        raise unreadable(found, error) from error


def drop_part(cursor: duckdb.DuckDBPyConnection, part: Part) -> None:
    """Let go of what a part has staged."""
    if part.kind == "text":
        cursor.execute(f"drop table {part.relation}")
        return
    cursor.execute(f"drop view {part.relation}")
    cursor.execute(f"drop {'table' if part.kind == 'sql' else 'view'} {part.relation}_files")


def exact_lines(part: Part, rows: list[int]) -> dict[int, int]:
    """Say on which line of its file each of these rows starts: of a sheet on which row, of Parquet the row itself."""
    if part.text is not None:
        return lines_of(part.text, set(rows))
    return {row: row + part.first_row for row in rows}


def _open_documents(
    cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str, settings: TableSettings, work: Path
) -> list[Part]:
    told = Told(found.table, found.label)
    packed: list[Document] = []
    for path in found.files:
        listed, others = documents(path, file_name(path, folder))
        packed += listed
        if others:
            weakens = "whatever these files hold: they are no text files or workbooks"
            Told(found.table, file_name(path, folder), told.findings).note(
                "files not read", len(others), ", ".join(others[:5]), weakens, severity="warning"
            )
    packed = _without_other_matters(found.table, packed, told)
    plain = [(each, unpacked(each, work, number)) for number, each in enumerate(packed)]
    kept, copies = without_copies(plain)
    _tell_of_copies(found.table, copies, told)
    parts: list[Part] = []
    for number, (document, path) in enumerate(kept):
        parts += _stage(cursor, f"{relation}_{number + 1}", document, path, found.table, settings, work)
        if path.parent == work:
            path.unlink()
    return _with_findings(parts, told)


def _without_other_matters(table: str, packed: list[Document], told: Told) -> list[Document]:
    """Leave out documents of sales whose names say that they are a forecast, a budget or quotes."""
    other = [each for each in packed if table == "sales" and says_no_sales(_own_name(each))]
    if not other or len(other) == len(packed):
        return packed
    weakens = "revenue, if they are sales after all: rename them"
    for each in other:
        Told(table, each.name, told.findings).note(
            "files not read", 1, "by its name no sales", weakens, severity="warning"
        )
    return [each for each in packed if each not in other]


def _own_name(document: Document) -> str:
    return Path(document.name.rpartition(", ")[2]).stem


def _tell_of_copies(table: str, copies: list[tuple[str, str]], told: Told) -> None:
    for copy, first in copies:
        weakens = "nothing: the second is left out. Remove it"
        Told(table, copy, told.findings).note(
            "exact copy of a file", 1, f"the same bytes as {first}", weakens, severity="warning"
        )


def _with_findings(parts: list[Part], told: Told) -> list[Part]:
    if told.findings and parts:
        parts[0] = replace(parts[0], findings=(*told.findings, *parts[0].findings))
    return parts


def _stage(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    document: Document,
    path: Path,
    table: str,
    settings: TableSettings,
    work: Path,
) -> list[Part]:
    if is_sheets(document, path):
        return stage_workbook(cursor, relation, path, name=document.name, table=table, sheet=settings.sheet)
    file = sniff(path, document, table=table, encoding=settings.encoding)
    return [stage_text(cursor, relation, path, file, table=table, work=work)]


def _columns(cursor: duckdb.DuckDBPyConnection, relation: str) -> tuple[tuple[str, str], ...]:
    rows = cursor.execute(f"describe {relation}_files").fetchall()
    columns = tuple((name, kind) for name, kind, *_ in rows if name not in (FILE, ROW))
    names = ", ".join(f"{quote(name)} as {raw_name(name)}" for name, _ in columns)
    cursor.execute(
        f'create temp view {relation} as select {names}, "{FILE}", "{ROW}", false as "{SHORT}" from {relation}_files'
    )
    return columns


def _count(cursor: duckdb.DuckDBPyConnection, relation: str) -> int:
    return cursor.execute(f"select count(*) from {relation}").fetchall()[0][0]


def _open_parquet(cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, relation: str) -> list[Part]:
    told = Told(found.table, found.label)
    kept, copies = without_copies([(Document(path, file_name(path, folder)), path) for path in found.files])
    _tell_of_copies(found.table, copies, told)
    paths = [path for _, path in kept]
    if read_together(cursor, paths):
        return _with_findings([_parquet_part(cursor, folder, found.label, relation, paths)], told)
    parts = [
        _parquet_part(cursor, folder, document.name, f"{relation}_{number}", [path])
        for number, (document, path) in enumerate(kept, start=1)
    ]
    return _with_findings(parts, told)


def _parquet_part(
    cursor: duckdb.DuckDBPyConnection, folder: Path, label: str, relation: str, paths: list[Path]
) -> Part:
    cursor.execute(f"create temp view {relation}_files as {parquet_rows(cursor, folder, paths)}")
    columns = _columns(cursor, relation)
    return Part(relation, columns, label, "parquet", _count(cursor, relation), files=tuple(paths))


_STATISTICS = """
select file_name, row_group_id, path_in_schema, stats_null_count = 0 and stats_min_value <> ''
from parquet_metadata($files)
"""


def never_missing(cursor: duckdb.DuckDBPyConnection, part: Part) -> set[str]:
    """Name the columns of which the statistics of Parquet files say that no value is absent or empty.

    DuckDB skips what the statistics rule out in the same way; a file whose statistics lie misleads every reader.
    """
    if part.kind != "parquet":
        return set()
    rows = cursor.execute(_STATISTICS, {"files": [str(path) for path in part.files]}).fetchall()
    groups = {(file, group) for file, group, _, _ in rows}
    filled = Counter(name for _, _, name, is_filled in rows if is_filled)
    # every row group of every file has the column: one that lacks it has no statistics, and only absent values
    return {name for name, count in filled.items() if count == len(groups)}


def _open_sql(
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    found: Found,
    relation: str,
    settings: TableSettings,
    today: dt.date,
    time_zone: str | None,
) -> Part:
    path = found.files[0]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(f"{path.name} is not written in UTF-8. Save it so. Nothing was changed.") from error
    statements = cursor.extract_statements(text)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise IntakeError(f"{path.name} must hold one SELECT and nothing else. Nothing was changed.")
    query = statements[0].query.strip().rstrip(";")
    with tempfile.TemporaryDirectory(dir=_work_folder(cursor)) as work:
        stage = _stage_named(cursor, folder, found, settings, Path(work))
        seen = see_files(cursor, query, folder, settings, stage, today=today, time_zone=time_zone)
    cursor.execute(
        f'create temp table {relation}_files as select *, {literal(path.name)} as "{FILE}",'
        f' row_number() over () as "{ROW}" from (\n{seen.query}\n)'
    )
    forget_files(cursor, seen)
    findings = _said_of_named(found, seen.parts)
    return Part(relation, _columns(cursor, relation), path.name, "sql", _count(cursor, relation), findings=findings)


def _stage_named(
    cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, settings: TableSettings, work: Path
) -> StageFile:
    """Return the function that stages a file a `.sql` names."""
    numbers = count(1)

    def stage(path: Path) -> list[Part]:
        home = folder.resolve()
        named = Found(found.table, (path,))
        return _open_documents(cursor, home, named, f"named_{found.table}_{next(numbers)}", settings, work)

    return stage


def _said_of_named(found: Found, parts: list[Part]) -> tuple[Finding, ...]:
    """Collect what was found in the files a `.sql` names; records that are no rows cannot be refused one by one."""
    findings = [finding for part in parts for finding in part.findings]
    for part in parts:
        if part.malformed:
            line, _, reason = part.malformed[0]
            weakens = "all figures by what these records hold: they are left out"
            Told(found.table, part.file, findings).note(
                "records that are no rows", len(part.malformed), f"line {line}: {reason}", weakens, severity="warning"
            )
    return tuple(findings)


def _work_folder(cursor: duckdb.DuckDBPyConnection) -> str:
    return str(Path(cursor.execute("select path from duckdb_databases() where not internal").fetchall()[0][0]).parent)


def file_name(path: Path, folder: Path) -> str:
    """Name a file as a reader finds it: its place inside the book folder."""
    return path.relative_to(folder).as_posix()
