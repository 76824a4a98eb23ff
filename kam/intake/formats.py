"""How a column writes its numbers and dates, and the SQL that reads them: found for the whole column, never by row."""

import math
import re
from dataclasses import dataclass

import duckdb

from kam.errors import IntakeError
from kam.intake.raw import literal, quote, raw_name  # noqa: F401 - others take `quote` from here, too
from kam.intake.spreadsheet import unmarked
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
_SHAPES = {
    "y-m-d": r"\d{4}-\d{1,2}-\d{1,2}",
    "d-m-y": r"\d{1,2}-\d{1,2}-\d{4}",
    "m-d-y": r"\d{1,2}-\d{1,2}-\d{4}",
    "d-m-yy": r"\d{1,2}-\d{1,2}-\d{2}",
    "m-d-yy": r"\d{1,2}-\d{1,2}-\d{2}",
    "yyyymmdd": r"\d{8}",
    "d-month-y": r"\d{1,2}-[A-Za-z]{3}-\d{4}",
    "d-month-yy": r"\d{1,2}-[A-Za-z]{3}-\d{2}",
    "month-d-y": r"[A-Za-z]{3}-\d{1,2}-\d{4}",
    "serial": r"\d{5}(-\d+)?",  # days since 1899-12-30; the time of day may follow
}
_NO_TEXT = "('', 'null', 'n/a', '#n/a', '-', '\\n')"  # "NA" may be North America, "none" may be an answer
_ABSENT = "('', 'null', 'none', 'n/a', 'na', '#n/a', '-', '\\n')"
_BLANKS = "' \t\r\n\u00a0'"
_DIGITS = "'۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫', '01234567890123456789.'"
_CURRENCIES = (
    "AED|ARS|AUD|BGN|BHD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|IQD|IRR|IRT|ISK|JOD|JPY|KRW"
    "|KWD|KZT|LBP|MAD|MXN|MYR|NGN|NOK|NZD|OMR|PEN|PHP|PKR|PLN|QAR|RON|RSD|RUB|SAR|SEK|SGD|THB|TND|TRY|TWD|UAH|USD|VND"
    "|ZAR"
)
_SIGNS = "€$£¥₹﷼"
_SIGN_OF = {"€": "EUR", "£": "GBP", "₹": "INR", "﷼": "IRR"}
_NUMBERS = {
    ".": r"'[+-]?(\d+|\d{1,3}(,\d{2,3})*,\d{3})?(\.\d*)?([eE][+-]?\d{1,3})?'",
    ",": r"'[+-]?(\d+|\d{1,3}(\.\d{2,3})*\.\d{3})?(,\d*)?([eE][+-]?\d{1,3})?'",
}
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
    own_type: str | None = None  # the source's own type, where the value is taken as it is and that is not the schema's

    @property
    def reach(self) -> float:
        """What every value lies below in size, as its type alone says."""
        digits = _whole_digits(self.own_type) if self.own_type else None
        return math.inf if digits is None else 10.0**digits


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
        plain = kind == "VARCHAR" and column.kind == "id" and _is_plain(cursor, relation, column, raw)
        return _typed_reader(column, name, kind, plain=plain)
    absent = _NO_TEXT if column.kind in ("id", "text") else _ABSENT
    present = f"({raw} is not null and lower({_trim(raw)}) not in {absent})"
    text = f"case when {present} then {_trim(raw)} end"
    if column.kind == "date":
        written = date_format or _find_date_format(cursor, relation, raw, present, column, file)
        value = f"case when {present} then {_date_value(_date_text(raw, named='month' in written), written)} end"
        return Reader(column, name, value, present, sure=False, written=written)
    if column.kind in ("money", "number", "share", "whole"):
        number = _number(raw, decimal, column.duckdb_type, share=column.kind == "share")
        value = f"case when {present} then {number} end"
        return Reader(column, name, value, present, sure=False, written=f"decimal {decimal}")
    if column.kind == "flag":
        return Reader(column, name, f"try_cast({_flag(raw)} as boolean)", present, sure=False, written="")
    if column.kind == "choice":
        choice = f"lower(replace({text}, '_', ' '))"
        return Reader(column, name, f"case when {choice} in {_tuple(column.choices)} then {choice} end", present,
                      sure=False, written="")  # fmt: skip
    if column.kind == "id":  # only the few texts that need it pay for it
        western = f"case when strlen({raw}) > length({raw}) then translate({text}, {_DIGITS}) else {text} end"
        text = _without_point_zero(western)
    return Reader(column, name, unmarked(text), present, sure=True, written="")


def _is_plain(cursor: duckdb.DuckDBPyConnection, relation: str, column: Column, raw: str) -> bool:
    """Say whether ids need no cleaning: asked of the distinct ones, so that ten million lines do not pay for it.

    Only references are asked: the number of an order, nearly as many as lines, is but looked at for being there.
    """
    if column.references is None and not column.key:
        return True
    cleaned = _without_point_zero(_trim(raw))
    rows = cursor.execute(f"select bool_and({raw} = {cleaned}) from (select distinct {raw} from {relation})").fetchall()
    return rows[0][0] is not False


def _typed_reader(column: Column, name: str, kind: str, *, plain: bool) -> Reader:
    """Read a column that already has a type (Parquet, or the result of a `.sql`)."""
    raw = raw_name(name)
    present = f"({raw} is not null)"
    if plain:  # an empty one is refused by its rule where the column is required
        return Reader(column, name, raw if column.required else f"nullif({raw}, '')", present, sure=True, written="")
    floating = kind in ("DOUBLE", "FLOAT")
    if column.kind in ("id", "text", "choice"):
        whole = f"case when {raw} = floor({raw}) then try_cast({raw} as bigint)::varchar else {raw}::varchar end"
        text = f"nullif({_trim(whole if floating else raw if kind == 'VARCHAR' else raw + '::varchar')}, '')"
        if column.kind == "id" and (kind == "VARCHAR" or kind.startswith("DECIMAL")):
            text = _without_point_zero(text)
        if column.kind == "choice":
            text = f"case when lower({text}) in {_tuple(column.choices)} then lower({text}) end"
        return Reader(column, name, text, present, sure=column.kind != "choice", written="")
    if column.kind == "date":
        if kind in (*_EXACT_TYPES, "DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
            days = f"try_cast(floor({raw}) as integer)"
            value = (
                f"case when {days} between 10000 and 99999 then date '1899-12-30' + {days}"
                f" when {days} >= 10000000 then try_strptime({days}::varchar, '%Y%m%d')::date end"
            )
            return Reader(column, name, value, present, sure=False, written="serial or yyyymmdd")
        value = raw if kind == "DATE" else f"try_cast({raw} as date)"
        return Reader(column, name, value, present, sure=kind == "DATE" or kind.startswith("TIMESTAMP"), written="")
    if column.duckdb_type.startswith("decimal") and _whole_digits(kind) is not None:
        return Reader(column, name, raw, present, sure=True, written="", own_type=kind)
    value = f"try_cast({raw} as {column.duckdb_type})"
    exact = kind in _EXACT_TYPES[:3] or (kind == column.duckdb_type.upper())
    if kind == column.duckdb_type.upper():
        value = raw
    elif floating:
        value = f"case when isfinite({raw}) then {value} end"
        present = f"({raw} is not null and not isnan({raw}))"
    return Reader(column, name, value, present, sure=exact, written="")


def _whole_digits(kind: str) -> int | None:
    """Count the digits before the point of a decimal type whose values all are of decimal(18,4) as well.

    >>> [_whole_digits(kind) for kind in ("DECIMAL(12,2)", "DECIMAL(18,2)", "DECIMAL(10,6)", "DOUBLE")]
    [10, None, None, None]
    """
    match = re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", kind)
    digits, places = (int(match[1]) - int(match[2]), int(match[2])) if match else (0, 9)
    return digits if digits <= 14 and places <= 4 else None  # noqa: PLR2004 - decimal(18,4)


def _trim(raw: str) -> str:
    return f"trim({raw}, {_BLANKS})"


def _without_point_zero(text: str) -> str:
    """Take the end off an id that passed through a spreadsheet or a data frame as a number: 17850.0 is 17850."""
    return rf"case when {text} like '%.0%' then regexp_replace({text}, '^(\d+)\.0+$', '\1') else {text} end"


def _clean(raw: str) -> str:
    """Strip what stands around a number: currency signs and codes, and blanks and apostrophes between thousands."""
    western = f"translate(trim({raw}, {_BLANKS}), {_DIGITS})"
    around = rf"[{_SIGNS}]|^(?i:{_CURRENCIES})|(?i:{_CURRENCIES})$"
    bare = f"trim(regexp_replace({western}, '{around}', '', 'g'), {_BLANKS})"
    blank = r"[\s\x{00a0}\x{202f}\x{2009}''’٬]"
    return rf"regexp_replace(regexp_replace({bare}, '{blank}(\d{{3}})\b', '\1', 'g'), '^([+-]){blank}+', '\1')"


def _signed(raw: str) -> str:
    """Write the SQL of a number's digits and marks with its sign in front: (5), 5- and −5 are -5."""
    text = f"replace(rtrim({_clean(raw)}, '% '), '−', '-')"
    signed = rf"regexp_replace({text}, '^\(([^+-].*)\)$|^([^+-].*[0-9.,])-$', '-\1\2')"
    return rf"case when regexp_full_match({raw}, '-?[\d.,]+') then {raw} else {signed} end"  # most need no cleaning


def _number(raw: str, decimal: str, kind: str, *, share: bool = False) -> str:
    """Write the SQL of a number of a DuckDB type; NULL where the text is none, or its thousands stand wrong."""
    text = _signed(raw)
    plain = f"replace({text}, ',', '')" if decimal == "." else f"replace(replace({text}, '.', ''), ',', '.')"
    value = f"try_cast({plain} as {kind})"
    if share:
        percent = f"regexp_matches({raw}, '%\\s*$')"
        value = f"try_cast({plain} as {kind}) / case when {percent} then 100 else 1 end"
    if kind == "bigint":
        value = f"try_cast(try_cast({plain} as decimal(38,9)) as bigint)"
        value = f"case when try_cast({plain} as decimal(38,9)) = {value} then {value} end"
    return f"case when regexp_full_match({text}, {_NUMBERS[decimal]}) then {value} end"


def currencies_written(cursor: duckdb.DuckDBPyConnection, relation: str, name: str) -> list[str]:
    """List the currencies that stand beside the amounts of a text column; the dollar and yen signs stay signs."""
    mark = rf"upper(regexp_extract({raw_name(name)}, '[{_SIGNS}]|^\s*(?i:{_CURRENCIES})|(?i:{_CURRENCIES})\s*$'))"
    rows = cursor.execute(
        f"select distinct trim({mark}) as mark from {relation} where mark <> '' order by 1"
    ).fetchall()
    return [_SIGN_OF.get(mark, mark) for (mark,) in rows]


_COMMA = (
    r"'^[+-]?\d{1,3}(\.\d{3})*,\d{1,2}$|\.\d{3},\d+$|^[+-]?\d*,\d{4,}$"
    r"|^[+-]?\d{1,3}(\.\d{3}){2,}$|^[+-]?0,\d+$|^[+-]?\d{4,},\d+$'"
)
_POINT = (
    r"'^[+-]?\d{1,3}(,\d{3})*\.\d{1,2}$|,\d{3}\.\d+$|^[+-]?\d*\.\d{4,}$"
    r"|^[+-]?\d{1,3}(,\d{3}){2,}$|^[+-]?0\.\d+$|^[+-]?\d{4,}\.\d+$'"
)
_UNCLEAR = r"'^[+-]?[1-9]\d{0,2}[.,]\d{3}$'"


def find_decimal(cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str], *, file: str) -> str:
    """Find the decimal mark of a file from all its number columns together: "." or ",".

    Raises
    ------
    IntakeError
        The only numbers with a mark look like 1,234 or 1.234, which two countries read differently.
    """
    comma = point = unclear = 0
    example = None
    for name in names:
        row = cursor.execute(
            f"select count(*) filter (regexp_matches(v, {_COMMA})), count(*) filter (regexp_matches(v, {_POINT})),"
            f" count(*) filter (regexp_matches(v, {_UNCLEAR})), min(v) filter (regexp_matches(v, {_UNCLEAR}))"
            f" from (select distinct {_signed(raw_name(name))} as v from {relation})"
        ).fetchall()[0]
        comma, point, unclear, example = comma + row[0], point + row[1], unclear + row[2], example or row[3]
    if unclear and comma == point:
        raise IntakeError(
            f"{file}: numbers such as {example} can be read in two ways, and no other number in the file decides."
            ' Write decimal = "." or decimal = "," for this table into book.toml. Nothing was changed.'
        )
    return "," if comma > point else "."


def _date_text(raw: str, *, named: bool) -> str:
    """Write the SQL of the date part of a date or a time stamp: hyphens between its parts, named months cut short."""
    western = f"translate({_trim(raw)}, {_DIGITS})"
    day = rf"regexp_replace({western}, '[T ]+\d{{1,2}}:\d{{2}}.*$', '')"
    hyphened = rf"regexp_replace({day}, '[./, \-]+', '-', 'g')"
    return rf"regexp_replace({hyphened}, '([A-Za-z]{{3}})[a-z]*', '\1')" if named else hyphened


def _date_value(date: str, written: str) -> str:
    if written == "serial":
        days = f"try_cast(regexp_extract({date}, '^\\d+') as integer)"
        return f"case when regexp_full_match({date}, '{_SHAPES[written]}') then date '1899-12-30' + {days} end"
    parsed = f"try_strptime({date}, {literal(DATE_FORMATS[written])})::date"
    return f"case when regexp_full_match({date}, '{_SHAPES[written]}') then {parsed} end"


def _find_date_format(
    cursor: duckdb.DuckDBPyConnection, relation: str, raw: str, present: str, column: Column, file: str
) -> str:
    counts = ", ".join(f"sum(n) filter ({_date_value('d', written)} is not null)" for written in DATE_FORMATS)
    days = f"select {_date_text(raw, named=True)} as d, count(*) as n from {relation} where {present} group by d"
    row = cursor.execute(f"select {counts}, min(d) from ({days})").fetchall()[0]
    votes = [(count or 0, written) for count, written in zip(row[:-1], DATE_FORMATS, strict=True)]
    (most, written), (second, other) = sorted(votes, key=lambda vote: -vote[0])[:2]
    if most and most == second and _SHAPES[written] == _SHAPES[other]:
        raise IntakeError(
            f"{file}: as many dates of {column.name} (such as {row[-1]}) fit {written} as {other}, so which is meant"
            f' cannot be told. Write date_format = "{written}" or "{other}" for this table into book.toml.'
            " Nothing was changed."
        )
    return written if most else "y-m-d"


def _flag(raw: str) -> str:
    return (
        f"case when lower(trim({raw}::varchar)) in ('1', 'true', 't', 'yes', 'y', 'ja', 'oui', 'بله') then 'true' "
        f"when lower(trim({raw}::varchar)) in ('0', 'false', 'f', 'no', 'n', 'nein', 'non', 'خیر') then 'false' end"
    )


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, words))})"
