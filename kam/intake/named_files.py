"""What a `.sql` sees of the files it names: text and workbooks through intake's own readers, Parquet as it lies."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kam.intake.files import DATA, is_data
from kam.intake.part import Part
from kam.intake.raw import literal, quote, raw_name
from kam.intake.settings import TableSettings
from kam.intake.typed import typed_columns

_READERS = (b"read_csv", b"read_csv_auto")
_BEFORE_A_TABLE = (b"from", b"join")

StageFile = Callable[[Path], list[Part]]


@dataclass(slots=True)
class Seen:
    """A query over views of the files it names, and what was staged for them."""

    query: str
    parts: list[Part] = field(default_factory=list)
    views: list[str] = field(default_factory=list)


def see_files(
    cursor: duckdb.DuckDBPyConnection,
    query: str,
    folder: Path,
    settings: TableSettings,
    stage: StageFile,
    *,
    today: dt.date,
    time_zone: str | None,
) -> Seen:
    """Let a query read the files it names after `from`, `join` or alone in `read_csv(…)` as intake reads them.

    A name anywhere else, or with options of its own, stays DuckDB's business and is only given its whole path.
    """
    seen = Seen("")
    made: dict[Path, str] = {}
    text = query.encode()  # tokens are counted in bytes
    starts = [*duckdb.tokenize(query), (len(text), None)]
    for at in range(len(starts) - 2, -1, -1):
        start, kind = starts[at]
        word = re.match(rb"'((?:[^']|'')*)'", text[start:]) if kind == duckdb.token_type.string_const else None
        path = _inside(word[1], folder) if word else None
        if word is None or path is None:
            continue
        first, last = _place(text, [place for place, _ in starts], at, start + word.end())
        if first is None or path.suffix.lower() == ".parquet" or not (path.is_file() and is_data(path.name)):
            text = text[:start] + literal(path).encode() + text[start + word.end() :]
            continue
        if path not in made:
            made[path] = _view(cursor, path, settings, stage, seen, today=today, time_zone=time_zone)
        text = text[:first] + made[path].encode() + text[last:]
    seen.query = text.decode()
    return seen


def forget_files(cursor: duckdb.DuckDBPyConnection, seen: Seen) -> None:
    """Let go of the views and of what was staged for them."""
    for view in seen.views:
        cursor.execute(f"drop view {view}")
    for part in seen.parts:
        cursor.execute(f"drop table {part.relation}")


def _inside(word: bytes, folder: Path) -> Path | None:
    name = Path(word.decode().replace("''", "'"))
    if name.suffix.lower() in DATA and ".." not in name.parts and not name.is_absolute():
        return folder.resolve() / name
    return None


def _place(text: bytes, starts: list[int], at: int, end: int) -> tuple[int | None, int]:
    """Say which bytes a view replaces: the name behind `from` or `join`, or a whole `read_csv('name')`."""

    def token(number: int) -> bytes:
        return text[starts[number] : starts[number + 1]].strip().lower() if 0 <= number < at else b""

    if token(at - 1) in _BEFORE_A_TABLE:
        return starts[at], end
    closing = re.match(rb"\s*\)", text[end:])
    if token(at - 1) == b"(" and token(at - 2) in _READERS and closing:
        return starts[at - 2], end + closing.end()
    return None, end


def _view(
    cursor: duckdb.DuckDBPyConnection,
    path: Path,
    settings: TableSettings,
    stage: StageFile,
    seen: Seen,
    *,
    today: dt.date,
    time_zone: str | None,
) -> str:
    """Make the view of a file, named as DuckDB names a file in a query: by its stem."""
    parts = stage(path)
    seen.parts += parts
    names = list(dict.fromkeys(name for part in parts for name in part.names))
    rows = parts[0].relation
    if len(parts) > 1:
        rows = f"({' union all by name '.join(f'select {_own(part)} from {part.relation}' for part in parts)})"
    columns = typed_columns(
        cursor,
        rows,
        names,
        decimal=settings.decimal,
        date_format=settings.date_format,
        today=today,
        time_zone=time_zone,
    )
    view = f"temp.main.{quote(path.name.split('.')[0])}"
    if view in seen.views:
        view = f"temp.main.{quote(f'{path.parent.name} {path.name}')}"
    cursor.execute(f"create temp view {view.removeprefix('temp.main.')} as select {columns} from {rows}")
    seen.views.append(view)
    return view


def _own(part: Part) -> str:
    return ", ".join(raw_name(name) for name in part.names)
