"""How a column writes its numbers and dates, and the SQL that reads them: found for the whole column, never by row."""

from dataclasses import dataclass

import duckdb

from kam.errors import IntakeError
from kam.schema import Column

DATE_FORMATS = {
    "y-m-d": "%Y-%m-%d",
    "d-m-y": "%d-%m-%Y",
    "m-d-y": "%m-%d-%Y",
    "d-m-yy": "%d-%m-%y",
    "m-d-yy": "%m-%d-%y",
    "yyyymmdd": "%Y%m%d",
    "d-month-y": "%d-%b-%Y",
    "d-month-yy": "%d-%b-%y",
    "month-d-y": "%b-%d-%Y",
    "serial": "",
}
_ABSENT = "('', 'null', 'none', 'n/a', 'na', '#n/a', '-', '\\n')"
_DIGITS = "'۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫', '01234567890123456789.'"
_NUMBER = r"'^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$'"
_EXACT_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")


@dataclass(frozen=True, slots=True)
class Reader:
    """The SQL that reads one schema column from one source column."""

    column: Column
    source: str
    value: str  # the typed value, NULL where absent or unreadable
    present: str  # whether the source holds anything at all
    sure: bool  # whether a present value is always readable
    written: str  # how the file writes it, in words; empty where nothing was to be found out


def quote(name: str) -> str:
    """Quote an identifier for SQL.

    >>> quote('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def raw_name(name: str) -> str:
    """Quote a file's own column, which stands apart from the schema's columns."""
    return quote(f"raw {name}")


def literal(text: object) -> str:
    """Quote a text for SQL where no parameter can stand.

    >>> literal("O'Hara")
    "'O''Hara'"
    """
    return "'" + str(text).replace("'", "''") + "'"


def reader(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    column: Column,
    source: tuple[str, str],
    *,
    decimal: str,
    date_format: str | None,
    file: str,
    text_file: bool,
) -> Reader:
    """Write the SQL that reads a schema column from the source column (name, DuckDB type) of a relation."""
    name, kind = source
    raw = raw_name(name)
    if kind != "VARCHAR" or (not text_file and column.kind in ("id", "text")):
        return _typed_reader(column, name, kind)
    present = f"({raw} is not null and lower(trim({raw})) not in {_ABSENT})"
    text = f"case when {present} then trim({raw}) end"
    if column.kind == "date":
        date = _date_text(raw)
        written = date_format or _find_date_format(cursor, relation, raw, present, column, file)
        value = f"case when {present} then {_date_value(date, written)} end"
        return Reader(column, name, value, present, sure=False, written=written)
    if column.kind in ("money", "number", "share", "whole"):
        number = number_text(raw, decimal)
        percent = f"{_clean(raw)} like '%\\%' escape '\\'" if column.kind == "share" else "false"
        value = (
            f"case when {present} and regexp_full_match({number}, {_NUMBER}) then "
            f"try_cast(try_cast({number} as double) / case when {percent} then 100 else 1 end as {column.duckdb_type})"
            if column.kind == "share"
            else f"case when {present} and regexp_full_match({number}, {_NUMBER}) then {_cast(number, column)}"
        )
        return Reader(column, name, f"{value} end", present, sure=False, written=f"decimal {decimal}")
    if column.kind == "flag":
        return Reader(column, name, f"try_cast({_flag(raw)} as boolean)", present, sure=False, written="")
    if column.kind == "choice":
        choice = f"lower(replace({text}, '_', ' '))"
        return Reader(column, name, f"case when {choice} in {_tuple(column.choices)} then {choice} end", present,
                      sure=False, written="")  # fmt: skip
    if column.kind == "id":  # only the few texts that need it pay for it
        whole = rf"case when {text} like '%.0' then regexp_replace({text}, '^(\d+)\.0$', '\1') else {text} end"
        text = f"case when strlen({raw}) > length({raw}) then translate({text}, {_DIGITS}) else {whole} end"
    return Reader(column, name, text, present, sure=True, written="")


def _typed_reader(column: Column, name: str, kind: str) -> Reader:
    """Read a column that already has a type (Parquet, or the result of a `.sql`)."""
    raw = raw_name(name)
    present = f"({raw} is not null)"
    floating = kind in ("DOUBLE", "FLOAT")
    if column.kind in ("id", "text", "choice"):
        whole = f"case when {raw} = floor({raw}) then try_cast({raw} as bigint)::varchar else {raw}::varchar end"
        text = f"nullif(trim({whole if floating else raw if kind == 'VARCHAR' else raw + '::varchar'}), '')"
        if column.kind == "choice":
            text = f"case when lower({text}) in {_tuple(column.choices)} then lower({text}) end"
        return Reader(column, name, text, present, sure=column.kind != "choice", written="")
    if column.kind == "date":
        if kind in (*_EXACT_TYPES, "DOUBLE"):
            value = f"try_cast(date '1899-12-30' + try_cast({raw} as integer) as date)"
            return Reader(column, name, value, present, sure=False, written="serial")
        value = raw if kind == "DATE" else f"try_cast({raw} as date)"
        return Reader(column, name, value, present, sure=kind == "DATE" or kind.startswith("TIMESTAMP"), written="")
    value = f"try_cast({raw} as {column.duckdb_type})"
    exact = kind in _EXACT_TYPES[:3] or (kind == column.duckdb_type.upper())
    if kind == column.duckdb_type.upper():
        value = raw
    elif floating:
        value = f"case when isfinite({raw}) then {value} end"
        present = f"({raw} is not null and not isnan({raw}))"
    return Reader(column, name, value, present, sure=exact, written="")


def _clean(raw: str) -> str:
    """Strip what stands around a number: spaces of all kinds, apostrophes, currency signs and three-letter codes."""
    western = f"translate(trim({raw}), {_DIGITS})"
    around = r"[\s\x{00a0}\x{202f}\x{2009}''’٬€$£¥₹﷼]|^[A-Za-z]{3} ?| ?[A-Za-z]{3}$"
    return f"regexp_replace({western}, '{around}', '', 'g')"


def number_text(raw: str, decimal: str) -> str:
    """Write the SQL of a number as plain text with a decimal point; (5) and 5- are −5."""
    text = rf"replace(rtrim({_clean(raw)}, '%'), '−', '-')"
    text = rf"regexp_replace({text}, '^\((.*)\)$|^(.*[0-9])-$', '-\1\2')"
    grouped, mark = (r"'^([+-]?\d{1,3}(?:\.\d{3})+)(,\d*)?$'", ",") if decimal == "," else (
        r"'^([+-]?\d{1,3}(?:,\d{2,3})*,\d{3})(\.\d*)?$'", ".")  # fmt: skip
    other = "." if mark == "," else ","
    ungrouped = f"case when regexp_full_match({text}, {grouped}) then replace({text}, '{other}', '') else {text} end"
    return ungrouped if mark == "." else f"replace(replace({ungrouped}, '.', '!'), ',', '.')"


def _cast(number: str, column: Column) -> str:
    if column.kind == "whole":
        value = f"try_cast({number} as double)"
        return f"case when {value} = floor({value}) then try_cast({value} as bigint) end"
    return f"try_cast({number} as {column.duckdb_type})"


_VOTES = """
select
    count(*) filter (regexp_matches(v, '^[+-]?\\d{1,3}(\\.\\d{3})*,\\d{1,2}$|\\.\\d{3},\\d+$|^[+-]?\\d*,\\d{4,}$'
        || '|^[+-]?\\d{1,3}(\\.\\d{3}){2,}$|^[+-]?0,\\d+$|^[+-]?\\d{4,},\\d+$')) as comma,
    count(*) filter (regexp_matches(v, '^[+-]?\\d{1,3}(,\\d{3})*\\.\\d{1,2}$|,\\d{3}\\.\\d+$|^[+-]?\\d*\\.\\d{4,}$'
        || '|^[+-]?\\d{1,3}(,\\d{3}){2,}$|^[+-]?0\\.\\d+$|^[+-]?\\d{4,}\\.\\d+$')) as point,
    count(*) filter (regexp_matches(v, '^[+-]?\\d{1,3},\\d{3}$')) as unclear,
    min(v) filter (regexp_matches(v, '^[+-]?\\d{1,3},\\d{3}$')) as example
from (select distinct ‹text› as v from ‹relation›)
"""


def find_decimal(cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str], *, file: str) -> str:
    """Find the decimal mark of a file from all its number columns together: "." or ",".

    Raises
    ------
    IntakeError
        The only numbers with a mark look like 1,234, which two countries read differently.
    """
    comma = point = unclear = 0
    example = None
    for name in names:
        text = rf"rtrim({_clean(raw_name(name))}, '%')"
        row = cursor.execute(_VOTES.replace("‹text›", text).replace("‹relation›", relation)).fetchone()
        if row is not None:
            comma, point, unclear, example = comma + row[0], point + row[1], unclear + row[2], example or row[3]
    if comma == point == 0 and unclear:
        raise IntakeError(
            f"{file}: numbers such as {example} can be read in two ways, and no other number in the file decides."
            ' Write decimal = "." or decimal = "," for this table into book.toml. Nothing was changed.'
        )
    return "," if comma > point else "."


def _date_text(raw: str) -> str:
    """Write the SQL of the date part of a date or a time stamp, with hyphens between its parts."""
    western = f"translate(trim({raw}), {_DIGITS})"
    day = rf"regexp_replace({western}, '[T ]+\d{{1,2}}:\d{{2}}.*$', '')"
    return rf"regexp_replace({day}, '[./, \-]+', '-', 'g')"


def _date_value(date: str, written: str) -> str:
    if written == "serial":
        days = f"try_cast(regexp_extract({date}, '^\\d+') as integer)"
        return f"case when regexp_full_match({date}, '\\d{{4,5}}(-\\d+)?') then date '1899-12-30' + {days} end"
    parts = literal(DATE_FORMATS.get(written, written))
    shape = {"d-m-y": r"\d{1,2}-\d{1,2}-\d{4}", "m-d-y": r"\d{1,2}-\d{1,2}-\d{4}", "y-m-d": r"\d{4}-\d{1,2}-\d{1,2}",
             "d-m-yy": r"\d{1,2}-\d{1,2}-\d{2}", "m-d-yy": r"\d{1,2}-\d{1,2}-\d{2}", "yyyymmdd": r"\d{8}"}  # fmt: skip
    parsed = f"try_strptime({date}, {parts})::date"
    return f"case when regexp_full_match({date}, '{shape[written]}') then {parsed} end" if written in shape else parsed


def _find_date_format(
    cursor: duckdb.DuckDBPyConnection, relation: str, raw: str, present: str, column: Column, file: str
) -> str:
    counts = ", ".join(f"count({_date_value('d', written)})" for written in DATE_FORMATS)
    days = f"select distinct {_date_text(raw)} as d from {relation} where {present}"
    clash = (
        f"count(*) filter ({_date_value('d', 'd-m-y')} <> {_date_value('d', 'm-d-y')}"
        f" or {_date_value('d', 'd-m-yy')} <> {_date_value('d', 'm-d-yy')})"
    )
    row = cursor.execute(f"select {counts}, {clash}, min(d) from ({days})").fetchall()[0]
    votes, unclear, example = row[:-2], row[-2], row[-1]
    ranked = sorted(zip(votes, DATE_FORMATS, strict=True), key=lambda pair: -pair[0])
    if ranked[0][0] > 0 and ranked[0][0] == ranked[1][0] and unclear:
        raise IntakeError(
            f"{file}: every date of {column.name} (such as {example}) can be read day first or month first."
            ' Write date_format = "d-m-y" or "m-d-y" for this table into book.toml. Nothing was changed.'
        )
    return ranked[0][1] if ranked[0][0] else "y-m-d"


def _flag(raw: str) -> str:
    return (
        f"case when lower(trim({raw}::varchar)) in ('1', 'true', 't', 'yes', 'y', 'ja', 'oui', 'بله') then 'true' "
        f"when lower(trim({raw}::varchar)) in ('0', 'false', 'f', 'no', 'n', 'nein', 'non', 'خیر') then 'false' end"
    )


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, words))})"
