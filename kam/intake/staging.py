"""A text file's records become a table: read by DuckDB at full speed, and once more with patience where it stumbles."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.intake.column_matching import unique_names
from kam.intake.part import FILE, ROW, SHORT, Part, Told
from kam.intake.raw import literal, quote, raw_name
from kam.intake.text import TextFile, as_utf8, open_quote, record_lines
from kam.intake.tidy import tidy

_CSV = """quote = '"', escape = '"', header = false, auto_detect = false, max_line_size = 16777216,
    store_rejects = true, rejects_limit = 0, rejects_table = 'malformed', rejects_scan = 'malformed_scans'"""
_NO_CELL = "\x01\x02"  # what stands for a cell that is not there, so that it can be told from an empty one
_PATIENT = f"null_padding = true, nullstr = {literal(_NO_CELL)}, parallel = false"
_MOST_COLUMNS = 5_000
_MALFORMED = """
select line, min_by(error_type, byte_position), min_by(csv_line, byte_position)
from malformed group by line order by line
"""
_SEPARATORS = """
select coalesce(max(strlen(csv_line) - strlen(replace(csv_line, $mark, ''))), 0)
from malformed where error_type = 'TOO MANY COLUMNS'
"""
_REASONS = {
    "UNQUOTED VALUE": "quotes that do not enclose a whole value",
    "INVALID ENCODING": "bytes that are no text",
    "LINE SIZE OVER MAXIMUM": "over 16 million characters",
}
_TOO_MANY = "too many columns"


@dataclass(frozen=True, slots=True)
class _Staging:
    """What the steps of staging one file share."""

    relation: str
    file: TextFile
    names: list[str]
    name: str

    @property
    def last(self) -> str:
        """The last column that has a name: a record that does not reach it is short."""
        named = [name for name, own in zip(self.names, self.file.names, strict=True) if own]
        return (named or self.names)[-1]


def stage_text(
    cursor: duckdb.DuckDBPyConnection, relation: str, path: Path, file: TextFile, *, table: str, work: Path
) -> Part:
    """Stage the records of a text file that lies at `path`; in `work` there is room for a copy of it.

    Raises
    ------
    IntakeError
        A quote is opened and never closed.
    """
    told = Told(table, file.document.name)
    staging = _Staging(relation, file, unique_names(file.names), file.document.name)
    plain = _plain_copy(path, file, work, told)
    try:
        malformed = _stage(cursor, staging, plain or path)
    except duckdb.InvalidInputException:
        if plain is not None:
            raise
        plain = work / "copy.csv"  # line ends of several kinds in one file
        as_utf8(path, file, plain)
        malformed = _stage(cursor, staging, plain)
    columns = tidy(cursor, relation, staging.names, file.header, told)
    if plain is not None:
        plain.unlink()
    _tell_of_encoding(cursor, staging, columns, told)
    told.note_above(file.header.above)
    return Part(
        relation,
        tuple((name, "VARCHAR") for name in columns),
        file.document.name,
        "text",
        cursor.execute(f"select count(*) from {relation}").fetchall()[0][0],
        malformed=tuple(malformed),
        above=file.header.above,
        findings=tuple(told.findings),
        text=file,
    )


def _quoted_behind_a_mark(path: Path) -> bool:
    """Say whether a byte order mark stands before a quote: DuckDB then skips all lines, not the first ones."""
    with path.open("rb") as stream:
        return stream.read(4) == b'\xef\xbb\xbf"'


def _plain_copy(path: Path, file: TextFile, work: Path, told: Told) -> Path | None:
    """Write a copy in plain UTF-8 where the file itself is not."""
    if file.encoding.codec == "utf-8-sig" and not file.encoding.damaged and not _quoted_behind_a_mark(path):
        return None
    copy = work / "copy.csv"
    broken = as_utf8(path, file, copy)
    if broken:
        weakens = f"the names in these lines: they hold bytes that are not {file.encoding.name} and show � instead"
        told.note("bytes that are no text", broken, "", weakens, severity="warning")
    return copy


def _tell_of_encoding(cursor: duckdb.DuckDBPyConnection, staging: _Staging, columns: list[str], told: Told) -> None:
    encoding = staging.file.encoding
    if not encoding.guessed:
        return
    samples = list(encoding.samples)
    if not samples and columns:
        values = cursor.execute(
            f"select distinct {raw_name(columns[0])} from {staging.relation} order by all desc limit 3"
        ).fetchall()
        samples = [value for (value,) in values if value]
    shown = f"read as {encoding.name}: {', '.join(samples)}"
    told.note("encoding guessed", 1, shown, "names, if these look wrong: then say encoding in book.toml")


def _stage(cursor: duckdb.DuckDBPyConnection, staging: _Staging, path: Path) -> list[tuple[int, str, str]]:
    """Read a file at full speed; if a record has too few or too many cells or is broken, read all of them patiently."""
    _forget(cursor)
    cursor.execute(f"drop table if exists {staging.relation}")
    if not staging.file.is_ragged:
        _insert(cursor, staging, path, short="false")
        if not cursor.execute("select exists (from malformed)").fetchall()[0][0]:
            _forget(cursor)
            return []
    _refuse_open_quote(staging)
    more: list[str] = []
    widest = max(1, staging.file.widest - len(staging.names))
    while widest > len(more):
        more = [f"‹more {number}›" for number in range(widest)]
        _forget(cursor)
        cursor.execute(f"drop table if exists {staging.relation}")
        _insert(cursor, staging, path, short=f"{raw_name(staging.last)} is null", more=more)
        widest = _widest(cursor, staging)
    broken = cursor.execute(_MALFORMED).fetchall()
    _forget(cursor)
    return sorted([*_broken_records(cursor, staging, broken), *_too_wide(cursor, staging, more)])


def _widest(cursor: duckdb.DuckDBPyConnection, staging: _Staging) -> int:
    """Say how many cells the widest record refused for its width has beyond the names."""
    separators = cursor.execute(_SEPARATORS, {"mark": staging.file.separator}).fetchall()[0][0]
    return max(0, min(separators + 1, _MOST_COLUMNS) - len(staging.names))


def _refuse_open_quote(staging: _Staging) -> None:
    """Refuse a file whose last record swallows lines: all that follows the open quote would be one value."""
    line = open_quote(staging.file)
    if line is not None:
        raise IntakeError(
            f"{staging.name}, line {line}: a quote is opened and never closed, so nothing after it can be told apart."
            " Close it, or take it out. Nothing was changed."
        )


def _records_up_to(file: TextFile, last: int) -> Iterator[tuple[int, int, int]]:
    for place in record_lines(file):
        if place[0] > last:
            return
        yield place


def _forget(cursor: duckdb.DuckDBPyConnection) -> None:
    for table in ("malformed", "malformed_scans"):
        cursor.execute(f"drop table if exists {table}")


def _insert(
    cursor: duckdb.DuckDBPyConnection, staging: _Staging, path: Path, *, short: str, more: list[str] | None = None
) -> None:
    """Make the table. Cells of `more` columns are kept beside until it is known whether they are filled."""
    raw = [f"raw {name}" for name in staging.names]
    kinds = ", ".join(f"{literal(name)}: 'varchar'" for name in [*raw, *(more or [])])
    values = ", ".join(map(_value(staging.file, patient=more is not None), raw))
    extra = "".join(f", {quote(name)}" for name in more or [])
    how = _CSV if more is None else f"{_CSV}, {_PATIENT}"
    cursor.execute(
        f'create temp table {staging.relation} as select {values}, {literal(staging.name)} as "{FILE}",'
        f' row_number() over () as "{ROW}", {short} as "{SHORT}"{extra} from read_csv({literal(path.resolve())},'
        f" sep = {literal(staging.file.separator)}, skip = {staging.file.skipped}, columns = {{{kinds}}}, {how})"
    )


def _value(file: TextFile, *, patient: bool) -> Callable[[str], str]:
    def value(name: str) -> str:
        cell = f"trim({quote(name)}, ' \t')" if file.has_edges else quote(name)
        cell = f"nullif({cell}, '')" if patient or file.has_edges else cell
        return cell if cell == quote(name) else f"{cell} as {quote(name)}"

    return value


def _broken_records(
    cursor: duckdb.DuckDBPyConnection, staging: _Staging, broken: list[tuple[int, str, str | None]]
) -> list[tuple[int, str, str]]:
    """Place the records that could not be read, and give all others the numbers they have with these counted."""
    if not broken:
        return []
    wanted = {record: (kind, (text or "").strip("\r\n")) for record, kind, text in broken}
    places = {record: (below, line) for record, below, line in _records_up_to(staging.file, max(wanted))}
    places = {record: place for record, place in places.items() if record in wanted}
    _make_room(cursor, staging.relation, sorted(below for below, _ in places.values()))
    return [
        (places.get(record, (0, record))[1], text, _REASONS.get(kind, kind.lower()))
        for record, (kind, text) in wanted.items()
    ]


_MAKE_ROOM = """
update {relation} set "{row}" = "{row}" + moved.more
from (
    select "{row}" as place, more
    from {relation} asof join (select unnest($starts::bigint[]) as start, unnest($more::bigint[]) as more)
        on "{row}" >= start
) moved
where "{row}" = moved.place
"""


def _make_room(cursor: duckdb.DuckDBPyConnection, relation: str, missing: list[int]) -> None:
    """Raise the row numbers behind each missing record, so that it has a number, too."""
    shifts = {below - number: number + 1 for number, below in enumerate(missing)}  # by number without the missing ones
    query = _MAKE_ROOM.format(relation=relation, row=ROW)
    cursor.execute(query, {"starts": list(shifts), "more": list(shifts.values())})


def _too_wide(cursor: duckdb.DuckDBPyConnection, staging: _Staging, more: list[str]) -> list[tuple[int, str, str]]:
    """Take out the records with more filled cells than there are names; empty cells at the end are let go."""
    if not more:
        return []
    filled = " or ".join(f"trim({quote(name)}) <> ''" for name in more)
    cells = ", ".join([raw_name(name) for name in staging.names] + [quote(name) for name in more])
    rows = cursor.execute(
        f'select "{ROW}", [{cells}] from {staging.relation} where {filled} order by "{ROW}"'
    ).fetchall()
    cursor.execute(f"delete from {staging.relation} where {filled}")
    for name in more:
        cursor.execute(f"alter table {staging.relation} drop column {quote(name)}")
    lines = lines_of(staging.file, {row for row, _ in rows})
    mark = staging.file.separator
    return [(lines[row], mark.join(cell or "" for cell in cells).rstrip(mark), _TOO_MANY) for row, cells in rows]


def lines_of(file: TextFile, rows: set[int]) -> dict[int, int]:
    """Say on which line of its file each of these records starts."""
    lines = {row: row for row in rows}
    last = max(rows, default=0)
    for _, below, line in record_lines(file) if rows else ():
        if below in lines:
            lines[below] = line
        if below >= last:
            break
    return lines
