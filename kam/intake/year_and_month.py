"""Days that a file writes in several columns, Year and Month and perhaps Day: put together in one more column."""

import re
from dataclasses import replace

import duckdb

from kam.intake.concepts import ideas, unified
from kam.intake.month_names import meaning
from kam.intake.part import Part
from kam.intake.raw import quote, raw_name

_YEAR = "year yr jahr annee ano anno yil jaar rok ar vuosi ev god год 年 سال"
_MONTH = "month monat mois mes mese ay maand miesiac mesic manad maned kuukausi honap mesyats месяц 月 ماه"
_DAY = "day tag jour dia giorno gun dag dzien den dagen paiva nap den день 日 روز"
_PARTS = tuple(frozenset(words.split()) for words in (_YEAR, _MONTH, _DAY))
_SALE = frozenset(["order", "invoice", "revenue", "posting", "date"])
_FIRST, _LAST = 1300, 2199  # of Persian years and western ones
_MOST_DAYS = 31


def year_and_month(cursor: duckdb.DuckDBPyConnection, part: Part) -> tuple[str, ...]:
    """Name the columns for the year and the month of a line, and for its day if there is one; else none.

    Both are named alike, bare or after the sale: Order Year and Order Month, not Model Year. Of several pairs the bare
    one counts; without it none does.
    """
    years, months, days = (_named(part.names, words) for words in _PARTS)
    pairs = sorted(set(years) & set(months))
    if not pairs or (len(pairs) > 1 and pairs[0]):
        return ()
    year, month, day = years[pairs[0]], months[pairs[0]], days.get(pairs[0])
    if not _fits(cursor, part, year, _FIRST, _LAST) or not _fits_month(cursor, part, month):
        return ()
    return (year, month, day) if day is not None and _fits(cursor, part, day, 1, _MOST_DAYS) else (year, month)


def put_together(cursor: duckdb.DuckDBPyConnection, part: Part, columns: tuple[str, ...]) -> Part:
    """Give the lines one more column, the last then: the day as the columns together write it."""
    year, month, *day = (f"regexp_replace(trim({raw_name(name)}::varchar), '\\.0+$', '')" for name in columns)
    numbered = all(text.isdigit() for text in _texts(cursor, part, columns[1]))
    written = f"{year} || '-' || lpad({month}, 2, '0')" if numbered else f"{month} || ' ' || {year}"
    if day:
        written = f"{written} || '-' || lpad({day[0]}, 2, '0')" if numbered else f"{day[0]} || ' ' || {written}"
    name, relation = " and ".join(columns), part.relation
    name += " together" * (name in part.names)
    if part.kind == "text":
        cursor.execute(f"alter table {relation} add column {raw_name(name)} varchar")
        cursor.execute(f"update {relation} set {raw_name(name)} = {written}")
    else:
        cursor.execute(f"alter view {relation} rename to {quote(relation + ' before')}")
        cursor.execute(
            f"create temp view {relation} as select *, {written} as {raw_name(name)} from {quote(relation + ' before')}"
        )
    return replace(part, columns=(*part.columns, (name, "VARCHAR")))


def _named(names: list[str], words: frozenset[str]) -> dict[str, str]:
    """Find the columns named by one of these words, alone or beside a word for the sale; by that other word."""
    found: dict[str, str] = {}
    for name in names:
        pieces = re.findall(r"[^\W\d_]+", unified(name))
        others = [piece for piece in pieces if piece not in words]
        if len(pieces) - len(others) == 1 and (not others or (len(others) == 1 and ideas(others[0]) & _SALE)):
            found.setdefault("".join(others), name)
    return found


def _texts(cursor: duckdb.DuckDBPyConnection, part: Part, name: str) -> list[str]:
    """Return the different texts of a column, without the point and zero of a number that was a floating one."""
    rows = cursor.execute(
        f"select distinct regexp_replace(trim({raw_name(name)}::varchar), '\\.0+$', '') as text"
        f" from {part.relation} where text <> '' limit {_LAST}"
    ).fetchall()
    return [text for (text,) in rows]


def _fits(cursor: duckdb.DuckDBPyConnection, part: Part, name: str, first: int, last: int) -> bool:
    texts = _texts(cursor, part, name)
    return bool(texts) and all(text.isdigit() and first <= int(text) <= last for text in texts)


def _fits_month(cursor: duckdb.DuckDBPyConnection, part: Part, name: str) -> bool:
    texts = _texts(cursor, part, name)
    named = all(re.fullmatch(r"[mp]\d+", meaning(text)) for text in texts)
    return bool(texts) and (named or _fits(cursor, part, name, 1, 12))
