"""The SQL that reads one schema column from one column of a file: its value, and whether anything is there."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from kam.base.schema import Column
from kam.intake.dates import Dates
from kam.intake.number_marks import Numbers
from kam.intake.raw import literal, raw_name
from kam.intake.spreadsheet import unmarked

_NO_TEXT = "('', 'null', 'n/a', '#n/a', '-', '\\n')"  # "NA" may be North America, "none" may be an answer
_ABSENT = "('', 'null', 'none', 'n/a', 'na', '#n/a', '-', '\\n')"
_BLANKS = "' \t\r\n\u00a0'"
_DIGITS = "'۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩', '01234567890123456789'"
_EXACT_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
NUMBER_KINDS = ("money", "number", "factor", "share", "whole")


@dataclass(frozen=True, slots=True)
class Reader:
    """The SQL that reads one schema column from one source column."""

    column: Column
    source: str
    value: str  # the typed value, NULL where absent or unreadable
    present: str  # whether the source holds anything at all
    sure: bool  # whether a present value is always readable
    written: str = ""  # how the file writes it, in words; empty where nothing was to be found out
    own_type: str | None = None  # the source's own type, where the value is taken as it is and that is not the schema's

    @property
    def reach(self) -> float:
        """What every value lies below in size, as its type alone says."""
        digits = _whole_digits(self.own_type) if self.own_type else None
        return math.inf if digits is None else 10.0**digits


def reader(
    column: Column,
    source: tuple[str, str],
    *,
    numbers: Numbers | None = None,
    dates: Dates | None = None,
    meant: dict[str, str] | None = None,
    plain: bool = False,
) -> Reader:
    """Write the SQL that reads a schema column from the source column (name, DuckDB type) of a relation.

    `meant` turns words of the file into words of ours; `plain` says that ids and texts need no cleaning.
    """
    name, kind = source
    raw = raw_name(name)
    if meant:
        return _mapped(column, name, raw, meant)
    if kind != "VARCHAR" or plain:
        return _typed_reader(column, name, kind, plain=plain)
    absent = _NO_TEXT if column.kind in ("id", "text") else _ABSENT
    present = f"({raw} is not null and lower({_trim(raw)}) not in {absent})"
    if column.kind == "date" and dates is not None:
        return Reader(column, name, dates.value(raw), present, sure=False, written=dates.written)
    if column.kind in NUMBER_KINDS and numbers is not None:
        value = numbers.value(raw, column.duckdb_type, share=column.kind == "share")
        return Reader(column, name, value, present, sure=False, written=numbers.written)
    if column.kind == "flag":
        return Reader(column, name, f"try_cast({_flag(raw)} as boolean)", present, sure=False)
    return _text_reader(column, name, present)


def _text_reader(column: Column, name: str, present: str) -> Reader:
    """Read an id, a text or one of a choice from a text column."""
    raw = raw_name(name)
    if column.kind == "choice":
        choice = f"lower(replace(case when {present} then {_trim(raw)} end, '_', ' '))"
        return Reader(
            column, name, f"case when {choice} in {_tuple(column.choices)} then {choice} end", present, sure=False
        )
    odd, clean = f"contains({raw}, '''')", _trim(raw)
    if column.kind == "id":
        odd += f" or contains({raw}, '.0') or strlen({raw}) > length({raw})"
        clean = _point_zero_off(f"translate({clean}, {_DIGITS})")
    # only the few texts that need it pay for it
    text = f"case when {odd} then {unmarked(clean)} else {_trim(raw)} end"
    return Reader(column, name, f"case when {present} then {text} end", present, sure=True)


def _mapped(column: Column, name: str, raw: str, meant: dict[str, str]) -> Reader:
    """Read words of the file as the words they were said to mean; other words stay what they are."""
    text = f"trim({raw}::varchar, {_BLANKS})"
    pairs = " ".join(f"when lower({literal(word.strip())}) then {literal(ours)}" for word, ours in meant.items())
    present = f"({raw} is not null and {text} <> '')"
    value = f"case when {present} then case lower({text}) {pairs} else {text} end end"
    if column.kind != "choice":
        return Reader(column, name, value, present, sure=True)
    choice = f"lower(replace({value}, '_', ' '))"
    return Reader(
        column, name, f"case when {choice} in {_tuple(column.choices)} then {choice} end", present, sure=False
    )


def plain_columns(
    cursor: duckdb.DuckDBPyConnection, relation: str, columns: Iterable[tuple[Column, str, str]]
) -> set[str]:
    """Name the columns of ours whose texts need no cleaning, of some with their sources (name, DuckDB type).

    The distinct texts are asked, so that ten million lines do not pay for it, those of all columns by one statement.
    """
    asked = [(column, name) for column, name, kind in columns if kind == "VARCHAR" and column.kind in ("id", "text")]
    if not asked:
        return set()
    raw = raw_name("cell")
    cells = " union all ".join(
        f"select distinct {place} as place, '{column.kind}' as kind, {raw_name(name)} as {raw} from {relation}"
        for place, (column, name) in enumerate(asked)
    )
    clean = {column.kind: reader(column, ("cell", "VARCHAR")).value for column, _ in asked}
    value = " ".join(f"when '{kind}' then {value}" for kind, value in clean.items())
    rows = cursor.execute(
        f"select place from ({cells}) group by place"
        f" having not bool_and({raw} = '' or {raw} is not distinct from case kind {value} end)"
    ).fetchall()
    return {column.name for column, _ in asked} - {asked[place][0].name for (place,) in rows}


def _typed_reader(column: Column, name: str, kind: str, *, plain: bool) -> Reader:
    """Read a column that already has a type (Parquet, or the result of a `.sql`)."""
    raw = raw_name(name)
    present = f"({raw} is not null)"
    if plain:  # an empty one is refused by its rule where the column is required
        return Reader(column, name, raw if column.required else f"nullif({raw}, '')", present, sure=True)
    floating = kind in ("DOUBLE", "FLOAT")
    if column.kind in ("id", "text", "choice"):
        whole = f"case when {raw} = floor({raw}) then try_cast({raw} as bigint)::varchar else {raw}::varchar end"
        text = f"nullif({_trim(whole if floating else raw if kind == 'VARCHAR' else raw + '::varchar')}, '')"
        if column.kind == "id" and (kind == "VARCHAR" or kind.startswith("DECIMAL")):
            text = _point_zero_off(text)
        if column.kind == "choice":
            text = f"case when lower({text}) in {_tuple(column.choices)} then lower({text}) end"
        return Reader(column, name, text, present, sure=column.kind != "choice")
    if column.kind == "date":
        if kind in (*_EXACT_TYPES, "DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
            days = f"try_cast(floor({raw}) as integer)"
            value = (
                f"case when {days} between 10000 and 99999 then date '1899-12-30' + {days}"
                f" when {days} >= 10000000 then try_strptime({days}::varchar, '%Y%m%d')::date end"
            )
            return Reader(column, name, value, present, sure=False, written="serial or yyyymmdd")
        value = raw if kind == "DATE" else f"try_cast({raw} as date)"
        return Reader(column, name, value, present, sure=kind == "DATE" or kind.startswith("TIMESTAMP"))
    if column.duckdb_type.startswith("decimal") and _whole_digits(kind) is not None:
        return Reader(column, name, raw, present, sure=True, own_type=kind)
    value = f"try_cast({raw} as {column.duckdb_type})"
    exact = kind in _EXACT_TYPES[:3] or (kind == column.duckdb_type.upper())
    if kind == column.duckdb_type.upper():
        value = raw
    elif floating:
        value = f"case when isfinite({raw}) then {value} end"
        present = f"({raw} is not null and not isnan({raw}))"
    return Reader(column, name, value, present, sure=exact)


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


def _point_zero_off(text: str) -> str:
    """Take the end off an id that passed through a spreadsheet or a data frame as a number: 17850.0 is 17850."""
    return rf"regexp_replace({text}, '^(\d+)\.0+$', '\1')"


def _flag(raw: str) -> str:
    return (
        f"case when lower(trim({raw}::varchar)) in ('1', 'true', 't', 'yes', 'y', 'ja', 'oui', 'بله') then 'true' "
        f"when lower(trim({raw}::varchar)) in ('0', 'false', 'f', 'no', 'n', 'nein', 'non', 'خیر') then 'false' end"
    )


def _tuple(words: tuple[str, ...]) -> str:
    return f"({', '.join(map(literal, words))})"
