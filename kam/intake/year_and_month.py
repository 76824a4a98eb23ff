"""Days that a file writes in several columns, Year and Month and perhaps Day: put together in one more column."""

import re
from dataclasses import replace

import duckdb

from kam.intake.concepts import ideas, unified
from kam.intake.month_names import meaning
from kam.intake.part import Part
from kam.intake.raw import in_western_signs, quote, raw_name, western

_WORDS = {
    kind: frozenset(words.split())
    for kind, words in {
        "year": "year yr jahr annee ano anno yil jaar rok ar vuosi ev god год 年 سال kalenderjahr",
        "month": "month monat mois mes mese ay maand miesiac mesic manad maned kuukausi honap mesyats месяц 月 ماه"
        " kalendermonat",
        "quarter": "quarter qtr quartal trimestre kwartal kvartal kwartaal ceyrek квартал 季度 فصل",
        "week": "week wk kw woche kalenderwoche semaine semana settimana hafta vecka uge uke tyden tydzien неделя 周"
        " هفته",
        "day": "day tag jour dia giorno gun dag dzien den dagen paiva nap день 日 روز",
    }.items()
}
_SALE = frozenset(["order", "invoice", "revenue", "posting", "date"])
_CALENDAR = frozenset(["calendar", "cal", "kalender"])  # says of a year that it is none of finance
_HIGHEST = {"month": 12, "quarter": 4, "week": 53, "day": 31}
_FIRST, _LAST = 1300, 2199  # of Persian years and western ones
_NEARLY_ALL = 0.95
_PIVOT = 69  # of two digits: what is less is of this century
_SIGN = {"month": "", "quarter": "Q", "week": "W", "day": ""}
_NUMBER = r"0*(\d{1,4})(\.0+)?"  # "2025", "003", "7.0"
_CALLED = r"({letters}+)?[ .]*0*(\d{{1,2}})[ .]*({letters}+)?"  # "Q1", "1. Quartal", "KW 07"


def year_and_month(cursor: duckdb.DuckDBPyConnection, part: Part) -> dict[str, str]:
    """Name the columns for the year of a line and for its month, quarter or week, and for its day; else none.

    They are named alike, bare or after the sale: Order Year and Order Month, not Model Year. Of several pairs the bare
    one counts; without it none does.
    """
    named = {kind: _named(part.names, words) for kind, words in _WORDS.items()}
    for kind in ("month", "quarter", "week"):
        pairs = sorted(set(named["year"]) & set(named[kind]))
        if not pairs or (len(pairs) > 1 and pairs[0]):
            continue
        found = {"year": named["year"][pairs[0]], kind: named[kind][pairs[0]]}
        if kind == "month" and pairs[0] in named["day"]:
            found["day"] = named["day"][pairs[0]]
        apart = {each: name for each, name in found.items() if _fits(cursor, part, each, name)}
        if "year" in apart and kind in apart:
            return apart
    return {}


def put_together(cursor: duckdb.DuckDBPyConnection, part: Part, apart: dict[str, str]) -> Part:
    """Give the lines one more column, the last then: the day as the columns together write it."""
    texts = {kind: in_western_signs(f"{raw_name(name)}::varchar") for kind, name in apart.items()}
    numbers = {kind: _number_sql(kind, text) for kind, text in texts.items()}
    short, year = texts["year"], numbers["year"]
    century = f"case when try_cast({short} as int) < {_PIVOT} then '20' else '19' end"
    year = f"case when regexp_full_match({short}, '\\d\\d') then {century} || {short} else {year} end"
    if "month" in apart and _are_named(_texts(cursor, part, apart["month"])):
        written = " || ' ' || ".join([*(numbers[kind] for kind in apart if kind == "day"), texts["month"], year])
    else:
        written = " || '-' || ".join(
            [year, *(f"'{_SIGN[kind]}' || {numbers[kind]}" for kind in apart if kind != "year")]
        )
    name, relation = " and ".join(apart.values()), part.relation
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


def _number_sql(kind: str, text: str) -> str:
    """Write the SQL of the number in a cell; of a cell that is none, the cell, which then is no day."""
    counted = kind in ("quarter", "week")
    pattern, place = (_CALLED.format(letters=r"\pL"), 2) if counted else (_NUMBER, 1)
    number = f"regexp_extract({text}, '{pattern}', {place})"
    return f"case when regexp_full_match({text}, '{pattern}') then {number} else {text} end"


def _named(names: list[str], words: frozenset[str]) -> dict[str, str]:
    """Find the columns named by one of these words, alone or beside a word for the sale; by that other word."""
    found: dict[str, str] = {}
    for name in names:
        pieces = [piece for piece in re.findall(r"[^\W\d_]+", unified(name)) if piece not in _CALENDAR]
        others = [piece for piece in pieces if piece not in words]
        if len(pieces) - len(others) == 1 and (not others or (len(others) == 1 and ideas(others[0]) & _SALE)):
            found.setdefault("".join(others), name)
    return found


def _texts(cursor: duckdb.DuckDBPyConnection, part: Part, name: str) -> dict[str, int]:
    """Count the lines of each text of a column."""
    return dict(
        cursor.execute(
            f"select trim({raw_name(name)}::varchar) as text, count(*) from {part.relation}"
            f" where text <> '' group by text order by count(*) desc limit {_LAST}"
        ).fetchall()
    )


def _fits(cursor: duckdb.DuckDBPyConnection, part: Part, kind: str, name: str) -> bool:
    """Say whether nearly all lines hold a year, or a number or name of a month, or a number of another kind."""
    texts = _texts(cursor, part, name)
    if kind == "month" and _are_named(texts):
        return True
    good = sum(count for text, count in texts.items() if _is_a(kind, text))
    return bool(good) and good >= _NEARLY_ALL * sum(texts.values())


def _is_a(kind: str, text: str) -> bool:
    if kind in ("quarter", "week"):
        found = re.fullmatch(_CALLED.format(letters=r"[^\W\d_]"), western(text))
        if found is None or not 1 <= int(found[2]) <= _HIGHEST[kind]:
            return False
        return all(meaning(word) in ("", kind[0]) for word in found.group(1, 3) if word)  # FQ1 is of another year
    found = re.fullmatch(_NUMBER, western(text))
    if found is None:
        return False
    if kind == "year":
        is_short = text.isascii() and len(text) == 2  # noqa: PLR2004 - 24 is 2024, and ۰۴ is not
        return _FIRST <= int(found[1]) <= _LAST or is_short
    return 1 <= int(found[1]) <= _HIGHEST[kind]


def _are_named(texts: dict[str, int]) -> bool:
    good = sum(count for text, count in texts.items() if re.fullmatch(r"[mp]\d+", meaning(text)))
    return bool(good) and good >= _NEARLY_ALL * sum(texts.values())
