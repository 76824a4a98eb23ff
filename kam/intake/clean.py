"""Which rows of a table are taken in, and which are refused, for which value and which reason."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from kam.base.schema import Column, Table
from kam.intake.formats import Reader
from kam.intake.part import FILE, ROW, SHORT, Part
from kam.intake.raw import literal, quote, raw_name
from kam.intake.sources import drop_part, exact_lines

_KINDS = {
    "date": "is not a date",
    "money": "is not a number",
    "number": "is not a number",
    "share": "is not a number",
    "factor": "is not a number",
    "whole": "is not a whole number",
    "flag": "is neither yes nor no",
}
_FIRST_DAY = "1900-01-01"
_LAST_DAY = "2200-01-01"
_PERIOD = dt.timedelta(days=92)  # a quarter is dated on its end
HASH = "‹hash›"
_LONGEST = 200  # letters of a refused value
SHORT_RECORD = "the record has too few columns"

Refused = tuple[str, str, int, str, str | None, str]
REFUSED = pa.schema(
    [
        ("table", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("column", pa.string()),
        ("value", pa.string()),
        ("reason", pa.string()),
    ]
)
"""The refused rows of a table, one by one: what the file holds in the column that broke a rule, or a whole record."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason to refuse a row: the column it is about, when it holds, its opposite, and how the reader is told.

    The opposite is written out, and plainly, since DuckDB then skips it for all rows of which a Parquet file's own
    statistics say that they keep it.
    """

    column: str
    broken: str
    kept: str
    reason: str


@dataclass(frozen=True, slots=True)
class Typed:
    """How the rows of one part become typed rows: a relation, a reader a column, and the rules rows must keep."""

    part: Part
    relation: str
    readers: tuple[Reader, ...]
    rules: tuple[Rule, ...]
    where: str = "true"  # rows that are lines at all
    outer: str = "*"  # what is done to the typed columns: signs turned, currencies converted
    joined: str = ""
    filled: frozenset[str] = frozenset()  # columns of the file of which no value is absent or empty

    def never_absent(self, column: str) -> bool:
        """Say whether every row has a value in a column of the schema, as what the file says of itself tells."""
        return any(each.column.name == column and each.sure and each.source in self.filled for each in self.readers)

    def rows(self, more: str = "*") -> str:
        """Write the SQL of all rows: the schema's columns typed, the file's own as they are, and file and row."""
        values = ", ".join(f"{each.value} as {quote(each.column.name)}" for each in self.readers)
        inner = f'select {values}, {more}, "{FILE}" as file, "{ROW}" as row from {self.relation}'
        inner += "" if self.where == "true" else f" where {self.where}"
        return inner if self.outer == "*" else f"select {self.outer} from ({inner}) {self.joined}"


@dataclass(slots=True)
class Clean:
    """The typed rows of a table, of all its parts: where they stand, which are kept, and what was refused."""

    table: Table
    label: str
    columns: list[str]
    rows: str  # SQL
    kept: str  # SQL of a condition
    read: int
    refused: list[pa.Table] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    lazy: Typed | None = None  # large Parquet is read where it lies, again for each question
    files: int = 1


def rules_of(table: Table, readers: tuple[Reader, ...], today: dt.date, *, filled: set[str]) -> tuple[Rule, ...]:
    """Write the rules the rows of a part must keep; `filled` are columns of which no value is absent or empty."""
    return tuple(rule for each in readers for rule in _rules(table, each, today, filled=each.source in filled))


def read_lazily(table: Table, label: str, typed: Typed) -> Clean:
    """Leave rows where they lie: what is kept is asked of the file again with each question."""
    kept = " and ".join(dict.fromkeys(rule.kept for rule in typed.rules)) or "true"
    columns = [each.column.name for each in typed.readers]
    return Clean(table, label, columns, typed.rows(), kept, typed.part.rows, lazy=typed)


def settle(
    cursor: duckdb.DuckDBPyConnection,
    table: Table,
    label: str,
    parts: list[Typed],
    *,
    limit: int,
    written: Callable[[Typed, str], str],
) -> Clean:
    """Read every value of all parts once into one table, and let go of what was staged.

    The table holds refused rows too, with the number of the first rule they break, 0 for a record that is too short,
    and with what the file holds there; `written` writes the SQL of that for a column.
    """
    name = f"typed_{table.name}"
    columns = list(dict.fromkeys(each.column.name for part in parts for each in part.readers))
    wanted = [table[column] for column in columns]
    declared = ", ".join(f"{quote(column.name)} {column.duckdb_type}" for column in wanted)
    cursor.execute(
        f'create temp table {name} ({declared}, file varchar, row bigint, "{HASH}" ubigint,'
        " part int, rule utinyint, written varchar)"
    )
    files = sum(max(len(typed.part.files), 1) for typed in parts)
    clean = Clean(table, label, columns, f"from {name}", "rule is null", 0, files=files)
    for number, typed in enumerate(parts):
        own = ", ".join(quote(each.column.name) for each in typed.readers)
        clean.read += cursor.execute(
            f'insert into {name} by name select {own}, file, row, "{HASH}", {number} as part, rule,'
            f" {_told(typed, written)} as written from ({_ruled(typed)})"
        ).fetchall()[0][0]
        _list_refused(
            cursor,
            clean,
            typed,
            f"from {name} where part = {number} and rule is not null",
            limit=limit - sum(map(len, clean.refused)),
        )
        if typed.relation != typed.part.relation:
            cursor.execute(f"drop table {typed.relation}")
        drop_part(cursor, typed.part)
    return clean


def _ruled(typed: Typed) -> str:
    """Write the SQL of all rows, each with the first rule it breaks and a hash of what the file holds."""
    which = " ".join(f"when {rule.broken} then {number}" for number, rule in enumerate(typed.rules, start=1))
    raw = ", ".join(raw_name(column) for column, _ in typed.part.columns)
    rows = typed.rows(f"*, hash({raw}) as {quote(HASH)}")
    return f'select *, case when "{SHORT}" then 0 {which} end as rule from ({rows})'


def _told(typed: Typed, written: Callable[[Typed, str], str]) -> str:
    """Write the SQL of what a file holds where a rule is broken; of a record that is too short, all of it."""
    mark = literal(typed.part.text.separator if typed.part.text else ";")
    cells = ", ".join(f"coalesce({raw_name(column)}::varchar, '')" for column, _ in typed.part.columns)
    whole = f"regexp_replace(concat_ws({mark}, {cells}), '[,;|\t]+$', '')"
    last = {rule.column: number for number, rule in enumerate(typed.rules, start=1)}  # those of a column are together
    whens = " ".join(f"when rule <= {number} then {written(typed, column)}" for column, number in last.items())
    return f"left(case when rule = 0 then {whole} {whens} end, {_LONGEST})"


def _list_refused(cursor: duckdb.DuckDBPyConnection, clean: Clean, typed: Typed, faulty: str, *, limit: int) -> None:
    """Count the refused rows of a part by reason, and list the first of them with what the file holds."""
    part, name = typed.part, clean.table.name
    clean.read += len(part.malformed)
    reasons = [f"the record has {reason}" for _, _, reason in part.malformed]
    clean.reasons.update(reasons)
    clean.refused.append(
        _as_refused(
            (name, part.file, line, "", text[:_LONGEST], reason)
            for (line, text, _), reason in zip(part.malformed, reasons, strict=True)
        )
    )
    said = [("", SHORT_RECORD), *((rule.column, rule.reason) for rule in typed.rules)]
    counts = cursor.execute(f"select rule, count(*) {faulty} group by rule order by rule").fetchall()
    if not counts:
        return
    for rule, count in counts:
        clean.reasons[" ".join(said[rule]).strip()] += count
    columns, reasons = (
        " ".join(f"when {number} then {literal(pair[which])}" for number, pair in enumerate(said)) for which in (0, 1)
    )
    rows = cursor.sql(
        f'select {literal(name)} as "table", file, row::bigint as line, case rule {columns} end as "column",'
        f" written as value, case rule {reasons} end as reason {faulty} limit {max(limit, 0)}"
    ).to_arrow_table()
    if part.kind == "text":
        counted = rows["line"].to_pylist()
        lines = exact_lines(part, counted)
        rows = rows.set_column(2, "line", pa.array([lines[row] for row in counted], pa.int64()))
    clean.refused.append(rows.cast(REFUSED))


def _as_refused(rows: Iterable[Refused]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(REFUSED.names, row, strict=True)) for row in rows], REFUSED)


def _rules(table: Table, each: Reader, today: dt.date, *, filled: bool) -> list[Rule]:
    column = each.column
    if column.required and column.kind in ("id", "text"):
        name = quote(column.name)
        as_it_is = each.value == raw_name(each.source)
        missing = Rule(column.name, f"{name} is null or {name} = ''", f"{name} <> ''", "is missing")
        return [] if filled and as_it_is else [missing]
    return [*_presence(each), *_bounds(table, each, today)]


def _presence(each: Reader) -> list[Rule]:
    column, name = each.column, quote(each.column.name)
    there, absent = f"{name} is not null", f"{name} is null"
    if each.sure:
        return [Rule(column.name, absent, there, "is missing")] if column.required else []
    unreadable = unreadable_reason(column)
    if column.required:
        missing = Rule(column.name, f"{absent} and not {each.present}", there, "is missing")
        return [missing, Rule(column.name, absent, there, unreadable)]
    return [Rule(column.name, f"{absent} and {each.present}", f"({there} or not {each.present})", unreadable)]


def _bounds(table: Table, each: Reader, today: dt.date) -> list[Rule]:
    column, name = each.column, quote(each.column.name)
    limits = []
    if column.kind == "date":
        limits.append(("<", ">=", f"date '{_FIRST_DAY}'", "lies before 1900"))
        last = today + _PERIOD if each.written.startswith(("month", "quarter", "iso week")) else today
        in_future = (">", "<=", f"date '{last}'", "lies in the future")
        limits.append(in_future if table.name == "sales" else (">=", "<", f"date '{_LAST_DAY}'", "lies after 2199"))
    if column.low is not None and column.low > -each.reach:
        limits.append(("<", ">=", f"{column.low:.0f}", f"is below {column.low:,g}"))
    if column.high is not None and column.high < each.reach:
        limits.append((">", "<=", f"{column.high:.0f}", f"is above {column.high:,g}"))
    or_absent = "" if column.required else f"{name} is null or "
    return [
        Rule(column.name, f"{name} {broken} {limit}", f"({or_absent}{name} {kept} {limit})", reason)
        for broken, kept, limit, reason in limits
    ]


def unreadable_reason(column: Column) -> str:
    """Say why a value that is there cannot be read."""
    if column.kind == "choice":
        return f"is none of: {', '.join(column.choices)}"
    return _KINDS[column.kind]


def refuse_lazily(
    cursor: duckdb.DuckDBPyConnection, clean: Clean, accepted: int, *, limit: int, written: Callable[[Typed, str], str]
) -> None:
    """Count and list the rows that were not `accepted` of files read where they lie, by the first rule each breaks."""
    typed = clean.lazy
    if typed is None or accepted == typed.part.rows:
        return
    told = f"select *, {_told(typed, written)} as written from ({_ruled(typed)})"
    _list_refused(cursor, clean, typed, f"from ({told}) where rule is not null", limit=limit)


def _refuse_twins(cursor: duckdb.DuckDBPyConnection, clean: Clean, parts: dict[str, Part]) -> None:
    """Refuse the rows of a register whose key stands in a row before; lines of text files are told exactly."""
    twins: list[Refused] = []
    for file, row, key, value, reason in _twins(cursor, clean):
        line = exact_lines(parts[file], [row])[row] if file in parts else row
        clean.reasons[f"{key} {reason}"] += 1
        twins.append((clean.table.name, file, line, key, value, reason))
    clean.refused.append(_as_refused(twins))


def _twins(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[tuple[str, int, str, str | None, str]]:
    key = clean.table.key or ""
    rows = cursor.execute(
        f"select file, row, {quote(key)} from ({clean.rows}) where {clean.kept}"
        f" qualify row_number() over (partition by {quote(key)} order by file, row) > 1"
    ).fetchall()
    return [(file, row, key, value, "stands a second time") for file, row, value in rows]


def take_in(cursor: duckdb.DuckDBPyConnection, clean: Clean, parts: list[Part]) -> int:
    """Fill a register's table with the rows that keep every rule; of a key that stands twice the first row stays.

    They keep the order of the file. Return how many those are.
    """
    name, key = quote(clean.table.name), quote(clean.table.key or "")
    columns = ", ".join(quote(column) for column in clean.columns)
    accepted = cursor.execute(
        f"insert into {name} ({columns}) select {columns} from ({clean.rows}) where {clean.kept}"
        f" qualify row_number() over (partition by {key} order by file, row) = 1 order by file, row"
    ).fetchall()[0][0]
    if accepted < clean.read - clean.reasons.total():
        _refuse_twins(cursor, clean, {part.file: part for part in parts})
    return accepted
