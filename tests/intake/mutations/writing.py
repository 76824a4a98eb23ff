"""A table becomes a file: text of any separator and encoding, packed, a workbook, or Parquet of any types."""

import csv
import datetime as dt
import gzip
import io
import random
import zipfile
from pathlib import Path
from typing import Literal

import duckdb

from kam.intake.raw import literal, quote
from tests.intake.cases.workbook import Rows, write_ods, write_xlsx
from tests.intake.mutations.sheets import Sheet

KINDS = ("csv", "csv", "tsv", "txt", "csv.gz", "zip", "xlsx", "xlsm", "ods", "parquet")
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1256",
    "shift_jis",
    "latin-1",
    "utf-32",
    "utf-7",
    "cp037",
)
SEPARATORS = (",", ";", "\t", "|", ":", "^", "~", " ", "\x1f", "§")
_QUOTING: dict[str, Literal[0, 1, 3]] = {"minimal": 0, "all": 1, "none": 3}  # as the csv module counts
_NOTHING = ([None], [""])  # what no text without quotes can hold
_TYPES = (
    "varchar",
    "varchar",
    "varchar",
    "bigint",
    "integer",
    "double",
    "float",
    "decimal(18,4)",
    "decimal(38,10)",
    "hugeint",
    "utinyint",
    "date",
    "timestamp",
    "timestamptz",
    "timestamp_ns",
    "boolean",
    "blob",
    "varchar[]",
    "struct(a varchar)",
    "map(varchar, varchar)",
    "time",
    "uuid",
    "uinteger",
)


def write(draw: random.Random, folder: Path, sheet: Sheet) -> Path:
    """Write a table into a folder under its name and kind, and return the file."""
    path = folder / f"{sheet.name}.{sheet.kind}"
    path.parent.mkdir(parents=True, exist_ok=True)
    if sheet.kind in ("xlsx", "xlsm", "ods"):
        sheets = {f"Sheet{at}"[:31]: _grid(one) for at, one in enumerate([sheet, *sheet.others], start=1)}
        hidden = [name for name in sheets if draw.random() < 0.1]
        (write_ods if sheet.kind == "ods" else write_xlsx)(path, sheets, hidden=hidden)
    elif sheet.kind == "parquet":
        _write_parquet(draw, path, sheet)
    elif sheet.kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for at, one in enumerate([sheet, *sheet.others]):
                archive.writestr(f"{Path(sheet.name).name}{at or ''}.csv", text(one))
    else:
        content = text(sheet)
        path.write_bytes(gzip.compress(content, mtime=0) if sheet.kind == "csv.gz" else content)
    return path


def text(sheet: Sheet) -> bytes:
    """Write a table as delimited text."""
    out = io.StringIO(newline="")
    mark = sheet.separator if len(sheet.separator) == 1 else ","
    writer = csv.writer(out, delimiter=mark, lineterminator=sheet.end, quoting=_QUOTING[sheet.quoting], escapechar="\\")
    writer.writerows(
        ["" if cell is None else cell for cell in row] for row in _grid(sheet) if list(row) not in _NOTHING
    )
    arabic = str.maketrans("یک", "يك") if sheet.encoding == "cp1256" else {}  # as programs of that time wrote Persian
    return out.getvalue().translate(arabic).encode(sheet.encoding, errors="replace")


def _grid(sheet: Sheet) -> Rows:
    return [*sheet.above, sheet.header, *sheet.rows]


def _held(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)


def _write_parquet(draw: random.Random, path: Path, sheet: Sheet) -> None:
    """Write a table as Parquet, each column of a type that may or may not fit its values."""
    names: list[str] = []
    for at, name in enumerate(sheet.header):
        plain = str(name).replace("\x00", "") or f"c{at}"
        names.append(plain if plain.casefold() not in {one.casefold() for one in names} else f"{plain}_{at}")
    if not names:
        names = ["c0"]
    odd = draw.choice((0.0, 0.2, 1.0))
    with duckdb.connect() as cursor:
        columns = ", ".join(f"{quote(name)} varchar" for name in names)
        cursor.execute(f"create table held ({columns})")
        rows = [[_held(cell) for cell in row][: len(names)] for row in sheet.rows]
        padded = [[*row, *[None] * (len(names) - len(row))] for row in rows]
        if padded:
            cursor.executemany(f"insert into held values ({', '.join('?' * len(names))})", padded)
        chosen = ", ".join(_typed(draw, name, odd) for name in names)
        cursor.execute(f"copy (select {chosen} from held) to {literal(path)} (format parquet)")


def _typed(draw: random.Random, name: str, odd: float) -> str:
    column, kind = quote(name), draw.choice(_TYPES)
    if draw.random() >= odd:
        fits = next((word for word in ("date", "amount", "quantity") if word in name.casefold()), "")
        kind = {"date": "date", "amount": "double", "quantity": "bigint"}.get(fits, "varchar")
    if kind == "varchar[]":
        return f"[{column}] as {column}"
    if kind.startswith("struct"):
        return f"{{'a': {column}}} as {column}"
    if kind.startswith("map"):
        return f"map([coalesce({column}, '')], [{column}]) as {column}"
    if kind == "blob":
        return f"encode({column}) as {column}"
    return f"try_cast({column} as {kind}) as {column}"
