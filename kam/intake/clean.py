"""Which rows of a table are taken in, and which are refused, for which value and which reason."""

from collections import Counter
from dataclasses import dataclass, replace

import duckdb

from kam.intake.columns import Match, match_columns
from kam.intake.formats import Reader, find_decimal, quote, raw_name, reader
from kam.intake.part import FILE, ROW
from kam.intake.settings import TableSettings
from kam.intake.whole import Source, drop_whole, whole_lines, whole_never_missing
from kam.schema import Column, Table

_KINDS = {"date": "is not a date", "money": "is not a number", "number": "is not a number", "share": "is not a number",
          "whole": "is not a whole number", "flag": "is neither yes nor no"}  # fmt: skip
_FIRST_DAY = "1900-01-01"
_LAST_DAY = "2200-01-01"


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
class Clean:
    """How the raw rows of a source become typed rows: one reader a column, and the rules rows must keep."""

    table: Table
    source: Source
    matches: tuple[Match, ...]
    readers: tuple[Reader, ...]
    rules: tuple[Rule, ...]
    settled: str | None = None  # the table that holds the typed rows, where reading them twice would cost

    def rows(self) -> str:
        """Write the SQL of all rows: the schema's columns typed, the file's own as they are, and file and row."""
        if self.settled:
            return f"select * from {self.settled}"
        values = ", ".join(f"{each.value} as {quote(each.column.name)}" for each in self.readers)
        return f'select {values}, *, "{FILE}" as file, "{ROW}" as row from {self.source.relation}'

    @property
    def kept(self) -> str:
        """Write the SQL of the condition under which a typed row is taken in."""
        return " and ".join(dict.fromkeys(rule.kept for rule in self.rules)) or "true"

    @property
    def columns(self) -> list[str]:
        """The schema columns that the file gives."""
        return [each.column.name for each in self.readers]


def plan(cursor: duckdb.DuckDBPyConnection, table: Table, source: Source, settings: TableSettings, today: str) -> Clean:
    """Decide how a source is read: columns matched, formats found, rules written.

    Raises
    ------
    IntakeError
        A needed column is missing or ambiguous, or a format cannot be told and is not declared.
    """
    file = source.found.label
    matches = match_columns(table, source.names, declared=settings.columns, file=file)
    types = dict(source.columns)
    numbers = [
        match.source
        for match in matches
        if table[match.column].kind in ("money", "number", "share") and types[match.source] == "VARCHAR"
    ]
    decimal = settings.decimal or (find_decimal(cursor, source.relation, numbers, file=file) if numbers else ".")
    readers = [
        reader(
            cursor,
            source.relation,
            table[match.column],
            (match.source, types[match.source]),
            decimal=decimal,
            date_format=settings.date_format,
            file=file,
            text_file=source.found.kind == "text",
        )
        for match in matches
    ]
    readers = _derive(table, readers)
    filled = whole_never_missing(cursor, source)
    rules = [rule for each in readers for rule in _rules(table, each, today, filled=each.source in filled)]
    clean = Clean(table, source, tuple(matches), tuple(readers), tuple(rules))
    return clean if source.found.kind == "parquet" else _settle(cursor, clean)


def _settle(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> Clean:
    """Read every value of a text file once, and let go of the staged text."""
    settled = f"typed_{clean.table.name}"
    cursor.execute(f"create temp table {settled} as {clean.rows()}")
    drop_whole(cursor, clean.source)
    return replace(clean, settled=settled, source=replace(clean.source, relation=settled))


def _derive(table: Table, readers: list[Reader]) -> list[Reader]:
    """Add what a file leaves to arithmetic: a line's amount from unit price, a register's keys from row numbers."""
    by_name = {each.column.name: each for each in readers}
    if table.name == "sales" and "net_amount" not in by_name:
        price, quantity = by_name["unit_price"], by_name["quantity"]
        value = f"try_cast(({quantity.value}) * ({price.value}) as decimal(18,4))"
        source = f"{quantity.source} × {price.source}"
        readers = [*readers, Reader(table["net_amount"], source, value, price.present, sure=False, written="")]
    if table.name == "sales":  # read only for what follows from it
        readers = [each for each in readers if each.column.name != "unit_price"]
    if table.key and table.key not in by_name:
        value = f"""'{table.name}-' || "{ROW}\""""
        readers = [Reader(table[table.key], ROW, value, "true", sure=True, written="counted"), *readers]
    return readers


def _rules(table: Table, each: Reader, today: str, *, filled: bool) -> list[Rule]:
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
    unreadable = _unreadable(column)
    if column.required:
        missing = Rule(column.name, f"{absent} and not {each.present}", there, "is missing")
        return [missing, Rule(column.name, absent, there, unreadable)]
    return [Rule(column.name, f"{absent} and {each.present}", f"({there} or not {each.present})", unreadable)]


def _bounds(table: Table, each: Reader, today: str) -> list[Rule]:
    column, name = each.column, quote(each.column.name)
    limits = []
    if column.kind == "date":
        limits.append(("<", ">=", f"date '{_FIRST_DAY}'", "lies before 1900"))
        in_future = (">", "<=", f"date '{today}'", "lies in the future")
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


def _unreadable(column: Column) -> str:
    if column.kind == "choice":
        return f"is none of: {', '.join(column.choices)}"
    return _KINDS[column.kind]


def _broken_rule(clean: Clean) -> str:
    """Write the SQL of the rows that break a rule, with the number of the first rule each breaks."""
    which = " ".join(f"when {rule.broken} then {number}" for number, rule in enumerate(clean.rules))
    return f"(select *, case {which} end as rule from ({clean.rows()})) where rule is not null"


def refusal_reasons(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> Counter[str]:
    """Count the refused rows by the column and the reason; each row counts once."""
    counts = cursor.execute(f"select rule, count(*) from {_broken_rule(clean)} group by rule").fetchall()
    reasons = Counter({f"{clean.rules[rule].column} {clean.rules[rule].reason}": count for rule, count in counts})
    reasons.update(f"{key} {reason}" for _, _, key, _, reason in _twins(cursor, clean))
    reasons.update(f"the record has {reason}" for *_, reason in clean.source.malformed)
    return reasons


def refused_rows(
    cursor: duckdb.DuckDBPyConnection, clean: Clean, *, limit: int
) -> list[tuple[str, str, int, str, str | None, str]]:
    """List refused rows: table, file, line, column, value as written, reason; the first broken rule speaks."""
    written = {each.column.name: _written(clean, each) for each in clean.readers}
    value = " ".join(f"when {number} then {written[rule.column]}" for number, rule in enumerate(clean.rules))
    rows = cursor.execute(
        f"select file, row, rule, case rule {value} end from {_broken_rule(clean)} limit {limit}"
    ).fetchall()
    refused = [(file, row, clean.rules[rule].column, text, clean.rules[rule].reason) for file, row, rule, text in rows]
    refused += _twins(cursor, clean)
    lines = whole_lines(clean.source, [(file, row) for file, row, *_ in refused])
    placed = [(file, lines[file, row], column, text, reason) for file, row, column, text, reason in refused]
    placed += [
        (file, line, "", text, f"the record has {reason}") for file, line, text, reason in clean.source.malformed
    ]
    return [
        (clean.table.name, file, line, column, None if text is None else text[:200], reason)
        for file, line, column, text, reason in sorted(placed, key=lambda place: place[:2])
    ]


def _twins(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[tuple[str, int, str, str | None, str]]:
    if clean.table.key is None:
        return []
    key = quote(clean.table.key)
    rows = cursor.execute(
        f"select file, row, {key} from ({clean.rows()}) where {clean.kept}"
        f" qualify row_number() over (partition by {key} order by file, row) > 1"
    ).fetchall()
    return [(file, row, clean.table.key, value, "stands a second time") for file, row, value in rows]


def _written(clean: Clean, each: Reader) -> str:
    """Write the SQL of a value as the file has it; an amount that follows from others shows its factors."""
    names = set(clean.source.names)
    parts = [each.source] if each.source in names else [part for part in each.source.split(" × ") if part in names]
    return " || ' × ' || ".join(f"coalesce({raw_name(part)}::varchar, '')" for part in parts) or "''"


def take_in(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> int:
    """Fill a register's table with the rows that keep every rule; of a key that stands twice the first row stays.

    They keep the order of the file.
    """
    name, key = quote(clean.table.name), quote(clean.table.key or "")
    columns = ", ".join(quote(column) for column in clean.columns)
    cursor.execute(
        f"insert into {name} ({columns}) select {columns} from ({clean.rows()}) where {clean.kept}"
        f" qualify row_number() over (partition by {key} order by file, row) = 1 order by file, row"
    )
    return cursor.execute(f"select count(*) from {name}").fetchall()[0][0]
