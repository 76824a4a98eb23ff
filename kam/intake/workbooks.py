"""Workbooks: which sheets hold a table, and their cells as the text that intake reads, with the types they had."""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kam.base.errors import IntakeError
from kam.intake.archives import WORKBOOKS, Document
from kam.intake.column_matching import unique_names
from kam.intake.concepts import fold
from kam.intake.endless import refuse_endless
from kam.intake.header import LOOKED_AT, Header, find_header
from kam.intake.part import FILE, ROW, SHORT, Part, Told
from kam.intake.raw import literal, quote
from kam.intake.series import says_no_sales, series_of
from kam.intake.tidy import tidy

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
_DIGITS = 15  # what a spreadsheet keeps of a number
_SHOWN = 5
_WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml)", re.IGNORECASE)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class Sheet:
    """One sheet with a header: its name, where its cells begin, and its rows."""

    name: str
    top: int  # the row of the sheet that `rows` begin with, from 1
    rows: list[list[Cell]]
    header: Header


@dataclass(slots=True)
class _Chosen:
    sheets: list[Sheet] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def is_sheets(document: Document, path: Path) -> bool:
    """Say whether a document is a workbook by its first bytes: some systems write text and call it .xls.

    Raises
    ------
    IntakeError
        It is a web page that is called a workbook.
    """
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith((_ZIP, _OLE)):
        return True
    if document.suffix not in WORKBOOKS:
        return False
    if _WEB_PAGE.match(head):
        raise IntakeError(
            f"{document.name} is a web page that is called a workbook. Open it in a spreadsheet and save it as .xlsx."
            " Nothing was changed."
        )
    is_text = head.startswith((b"\xff\xfe", b"\xfe\xff")) or (bool(head.strip()) and b"\0" not in head)
    return not is_text


def stage_workbook(
    cursor: duckdb.DuckDBPyConnection, relation: str, path: Path, *, name: str, table: str, sheet: str | None
) -> list[Part]:
    """Stage the sheets of a workbook that hold a table, one relation each; `sheet` names the one that is wanted.

    Without it the sheet that fits the table's names best is taken, and the visible ones that have the same names.

    Raises
    ------
    IntakeError
        The file is damaged, protected or no workbook, or no sheet holds a table.
    """
    chosen = _choose(path, name, table, sheet)
    several = len(chosen.sheets) > 1 or bool(chosen.others)
    parts = []
    for number, each in enumerate(chosen.sheets):
        told = Told(table, f"{name}, sheet {each.name}" if several else name)
        if number == 0:
            _tell_of_others(Told(table, name, told.findings), chosen)
        parts.append(_stage_sheet(cursor, f"{relation}_{number + 1}", each, told))
    return parts


def first_sheet(path: Path, *, name: str, table: str) -> Sheet:
    """Return the sheet of a workbook that fits a table's names best."""
    return _choose(path, name, table, None).sheets[0]


def _tell_of_others(told: Told, chosen: _Chosen) -> None:
    if chosen.others:
        weakens = "whatever these sheets hold: say sheet in book.toml if it is one of them"
        severity = "warning" if any(map(says_no_sales, chosen.others)) else "note"
        told.note("sheets not read", len(chosen.others), ", ".join(chosen.others[:_SHOWN]), weakens, severity=severity)
    if len({series_of(sheet.name) for sheet in chosen.sheets}) > 1:
        names = ", ".join(sheet.name for sheet in chosen.sheets[:_SHOWN])
        weakens = "revenue, if one of them holds no sales: say sheet in book.toml to read a single one"
        told.note("sheets added together", len(chosen.sheets), names, weakens, severity="warning")
    if chosen.hidden:
        weakens = "whatever these sheets hold: name one as sheet in book.toml to have it read"
        told.note("hidden sheets not read", len(chosen.hidden), ", ".join(chosen.hidden[:_SHOWN]), weakens)


def _choose(path: Path, name: str, table: str, wanted: str | None) -> _Chosen:
    chosen = _Chosen()
    found: list[Sheet] = []
    with _open(path, name) as book:
        listed = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        named = [each for each in listed if wanted is not None and each.name.casefold() == wanted.strip().casefold()]
        if wanted is not None and not named:
            sheets = ", ".join(each.name for each in listed)
            raise IntakeError(
                f"{name} has no sheet {wanted!r}, which book.toml names. It has: {sheets}. Nothing was changed."
            )
        for each in named or listed:
            if not named and each.visible != SheetVisibleEnum.Visible:
                chosen.hidden.append(each.name)
                continue
            sheet = _sheet(book, each.name, name, table)
            if sheet is None:
                continue
            found.append(sheet)
    if not found:
        hidden = f" Its sheets {', '.join(chosen.hidden)} are hidden." if chosen.hidden else ""
        raise IntakeError(f"{name} is empty: no sheet holds column names.{hidden} Nothing was changed.")
    other = [sheet.name for sheet in found if table == "sales" and wanted is None and says_no_sales(sheet.name)]
    of_table = [sheet for sheet in found if sheet.name not in other] or found
    best = max(of_table, key=lambda sheet: (sheet.header.known, len(sheet.rows) > sheet.header.end))
    same = sorted(map(fold, best.header.names))
    for sheet in found:
        if sheet is best or (sheet in of_table and sorted(map(fold, sheet.header.names)) == same):
            chosen.sheets.append(sheet)
        else:
            chosen.others.append(sheet.name)
    return chosen


def _open(path: Path, name: str) -> CalamineWorkbook:
    try:
        if zipfile.is_zipfile(path):
            refuse_endless(path, name)
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, zipfile.BadZipFile, zlib.error, ValueError) as error:
        if isinstance(error, PasswordError) or "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise IntakeError(
                f"{name} is protected by a password. Save it without one. Nothing was changed."
            ) from error
        raise IntakeError(
            f"{name} cannot be read: it is damaged or no workbook. Open it and save it as .xlsx. Nothing was changed."
        ) from error


def _sheet(book: CalamineWorkbook, title: str, name: str, table: str) -> Sheet | None:
    try:
        sheet = book.get_sheet_by_name(title)
        rows = sheet.to_python()
    except CalamineError as error:
        raise IntakeError(f"{name}, sheet {title} is damaged. Save it anew. Nothing was changed.") from error
    header = find_header([[cell_text(cell) or "" for cell in row] for row in rows[: LOOKED_AT + 1]], table)
    if header is None:
        return None
    return Sheet(sheet.name, (sheet.start or (0, 0))[0] + 1, rows, header)


def _stage_sheet(cursor: duckdb.DuckDBPyConnection, relation: str, sheet: Sheet, told: Told) -> Part:
    below = sheet.rows[sheet.header.end :]
    width = len(sheet.rows[0])
    written = (*sheet.header.names, *[""] * (width - len(sheet.header.names)))
    names = unique_names(written)
    columns = list(zip(*below, strict=True)) if below else [()] * width
    texts: dict[str, object] = {}
    exact, dated = set(), set()
    for name, column in zip(names, columns, strict=True):
        types = set(map(type, column))
        texts[f"raw {name}"] = pa.array(texts_of(column, types), pa.string())
        if _all_of(column, types, {int, float}):
            exact.add(name)
        elif _all_of(column, types, {dt.date, dt.datetime}):
            dated.add(name)
    cursor.register("sheet", pa.table(texts | {ROW: pa.array(range(1, len(below) + 1), pa.int64())}))
    cursor.execute(
        f'create temp table {relation} as select {", ".join(map(quote, texts))}, {literal(told.file)} as "{FILE}",'
        f' "{ROW}", false as "{SHORT}" from sheet'
    )
    cursor.unregister("sheet")
    kept = tidy(cursor, relation, names, sheet.header, told)
    told.note_above(sheet.header.above)
    return Part(
        relation,
        tuple((name, "VARCHAR") for name in kept),
        told.file,
        "text",
        cursor.execute(f"select count(*) from {relation}").fetchall()[0][0],
        exact=frozenset(exact),
        dated=frozenset(dated),
        above=sheet.header.above,
        findings=tuple(told.findings),
        first_row=sheet.top + sheet.header.end - 1,
    )


def _all_of(column: tuple[Cell, ...], types: set[type], wanted: set[type]) -> bool:
    """Say whether all filled cells are of these types; an empty cell is an empty text."""
    if not types & wanted or types - wanted - {str}:
        return False
    return str not in types or all(cell == "" or type(cell) in wanted for cell in column)


def texts_of(column: tuple[Cell, ...], types: set[type]) -> list[str | None]:
    """Write the cells of a column as text; an empty one is none."""
    if types <= {str}:
        return [cell or None for cell in column]  # ty: ignore[invalid-explicit-return]
    writers = {kind: _WRITERS.get(kind, str) for kind in types}
    return [None if cell == "" else writers[type(cell)](cell) for cell in column]


def cell_text(cell: Cell) -> str | None:
    """Write one cell as text; an empty one is none."""
    return None if cell == "" else _WRITERS.get(type(cell), str)(cell)


def number_text(number: float) -> str:
    """Write a number with a point, never with an exponent, and never so that its point could be one of thousands.

    >>> number_text(17850.0), number_text(1.234), number_text(1234.567), number_text(0.1 + 0.2), number_text(1e-7)
    ('17850', '1.2340', '1234.567', '0.3', '0.0000001')
    >>> number_text(4006381333931.0), number_text(-1.5)
    ('4006381333931', '-1.5')
    """
    if number == int(number):
        return str(int(number))
    text = repr(number)
    if len(text) > _DIGITS or "e" in text:
        text = f"{Decimal(f'{number:.{_DIGITS}g}'):f}"
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text  # noqa: PLR2004 - like 1.234


def _stamp(moment: dt.datetime) -> str:
    day, time = moment.date().isoformat(), moment.time()
    return f"{day} {time.isoformat(timespec='seconds')}" if time != dt.time() else day


_WRITERS: dict[type, Callable[..., str]] = {
    str: lambda text: text.strip("\x00"),
    bool: lambda flag: "true" if flag else "false",
    int: str,
    float: number_text,
    dt.datetime: _stamp,
    dt.date: dt.date.isoformat,
}
