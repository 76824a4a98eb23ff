"""What is taken out of a staged table before it is read: empty records, names that come again, endless cells."""

import duckdb

from kam.intake.header import Header
from kam.intake.part import Told
from kam.intake.raw import literal, raw_name

LONGEST_CELL = 10_000
_NOTHING = "' \t\r\n\u00a0\u200b\ufeff-=_+|'"  # what empty cells and lines drawn under columns are made of
_ASKED_FIRST = 12


def tidy(cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str], header: Header, told: Told) -> list[str]:
    """Take out of a staged table what is no row or no text to show; return the columns that stay.

    A column without a name that holds nothing goes, too.
    """
    empty = _delete(cursor, relation, _is_nothing(names))
    if empty:
        told.note("empty rows", empty, "", "nothing: they hold no value and are left out")
    again = sum(_delete(cursor, relation, _is_header(names, row)) for row in header.rows)
    if again:
        weakens = "nothing: the column names stand again further down and are left out there"
        told.note("repeated column names", again, "", weakens)
    _cut_long_cells(cursor, relation, names, told)
    return _without_blank_columns(cursor, relation, names, header)


def _delete(cursor: duckdb.DuckDBPyConnection, relation: str, condition: str) -> int:
    return cursor.execute(f"delete from {relation} where {condition}").fetchall()[0][0]


def _is_nothing(names: list[str]) -> str:
    """Write the condition that no cell is filled.

    What a cell of nothing can begin with is asked first: the statistics of a column of dates or numbers answer that for
    all of its rows at once.
    """
    likely = " and ".join(
        f"({raw} is null or {raw} < '0' or {raw} >= '|' or ({raw} >= '=' and {raw} < '>')"
        f" or ({raw} >= '_' and {raw} < '`'))"
        for raw in map(raw_name, names[:_ASKED_FIRST])
    )
    blank = " and ".join(f"trim(coalesce({raw_name(name)}, ''), {_NOTHING}) = ''" for name in names)
    return f"{likely} and {blank}"


def _is_header(names: list[str], row: tuple[str, ...]) -> str:
    """Write the condition that a record repeats the names; one equal cell alone may be a value."""
    filled = [(name, cell) for name, cell in zip(names, row, strict=False) if cell.strip()]
    equal = [f"{raw_name(name)} in ({literal(cell)}, {literal(cell.strip())})" for name, cell in filled]
    return " and ".join(equal) if len(equal) > 1 else "false"


def _cut_long_cells(cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str], told: Told) -> None:
    cut, example = 0, ""
    long = " or ".join(f"strlen({raw_name(name)}) > {LONGEST_CELL}" for name in names)
    if not cursor.execute(f"select exists (from {relation} where {long})").fetchall()[0][0]:
        return
    for name in names:
        raw = raw_name(name)
        count = cursor.execute(
            f"update {relation} set {raw} = left({raw}, {LONGEST_CELL}) || '…'"
            f" where strlen({raw}) > {LONGEST_CELL} and length({raw}) > {LONGEST_CELL}"
        ).fetchall()[0][0]
        cut, example = cut + count, name if count and not example else example
    if cut:
        weakens = f"these texts: only their first {LONGEST_CELL:,} letters are kept"
        told.note("cut texts", cut, f"in {example[:60]}", weakens)


def _without_blank_columns(
    cursor: duckdb.DuckDBPyConnection, relation: str, names: list[str], header: Header
) -> list[str]:
    kept = []
    for at, name in enumerate(names):
        if at >= len(header.names) or not header.names[at]:
            raw = raw_name(name)
            held = cursor.execute(f"select exists (from {relation} where trim({raw}, {_NOTHING}) <> '')").fetchall()[0][
                0
            ]
            if not held and len(names) > 1:
                cursor.execute(f"alter table {relation} drop column {raw}")
                continue
        kept.append(name)
    return kept
