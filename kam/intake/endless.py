"""Workbooks too large to be looked at: a stray cell in the last row and column makes a sheet of 17 billion cells."""

import re
import zipfile
from pathlib import Path
from typing import IO

from kam.base.errors import IntakeError

_MOST_UNPACKED = 4 << 30
_MOST_CELLS = 60_000_000
_BLOCK = 1 << 20
_EDGE = 64  # longer than any cell's opening tag up to its place
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)(\d+)"')
_COLUMN = re.compile(rb' r="([A-Z]{2,3})\d')
_NARROW = 26  # columns of one letter, which are not looked for
_ROW = re.compile(rb'<row[^>]*? r="(\d+)"')


def refuse_endless(path: Path, name: str) -> None:
    """Refuse a workbook that would take all memory, before any of it is taken.

    The reader of workbooks makes room for every cell between the first and the last one of a sheet.

    Raises
    ------
    IntakeError
        It unpacks to more than 4 GB, or a sheet reaches over more than sixty million cells.
    """
    with zipfile.ZipFile(path) as archive:
        listed = archive.infolist()
        if sum(info.file_size for info in listed) > _MOST_UNPACKED:
            raise IntakeError(f"{name} would unpack to more than 4 GB. Save it as CSV. Nothing was changed.")
        for info in listed:
            if _SHEET.fullmatch(info.filename):
                with archive.open(info) as sheet:
                    rows, columns = _reach(sheet)
                if rows * columns > _MOST_CELLS:
                    raise IntakeError(
                        f"{name} has a sheet of {rows:,} rows and {columns:,} columns: a cell far from the table."
                        " Delete the columns and rows behind the table, or copy it to a new workbook."
                        " Nothing was changed."
                    )


def _reach(sheet: IO[bytes]) -> tuple[int, int]:
    """Say how many rows and columns a sheet reaches over, as it says itself, or else as its cells do."""
    block = sheet.read(_BLOCK)
    stated = _DIMENSION.search(block[:4096])
    if stated:
        return int(stated[2]), column_number(stated[1].decode())
    rows, columns = 1, _NARROW
    while block:
        rows = max(rows, 1, *map(int, _ROW.findall(block)))
        columns = max(columns, 1, *(column_number(found.decode()) for found in set(_COLUMN.findall(block))))
        following = sheet.read(_BLOCK)
        block = block[-_EDGE:] + following if following else b""
    return rows, columns


def column_number(letters: str) -> int:
    """Count a column by its letters.

    >>> column_number("A"), column_number("ZZ"), column_number("XFD")
    (1, 702, 16384)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
