"""The ways in which a day can be written, and the SQL that reads each from its one form (see `date_text`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kam.intake.calendars import PERSIAN, day_sql, gregorian_sql, month_end_sql, persian_sql, week_end_sql
from kam.intake.raw import literal

Unit = Literal["day", "serial", "seconds", "milliseconds", "week", "quarter", "month"]
_YEARS = "1[3-4]\\d\\d|19\\d\\d|20\\d\\d|25\\d\\d"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to write days: the patterns it has, each with named parts year, month, day (or week, quarter)."""

    patterns: tuple[str, ...]
    unit: Unit = "day"
    century: str = ""  # how two digits of a year are read: "gregorian" or "persian"
    persian: bool = True  # whether years of the Persian calendar are written so


WAYS: dict[str, Way] = {
    "y-m-d": Way((r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",)),
    "d-m-y": Way((r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",)),
    "m-d-y": Way((r"(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>\d{4})",), persian=False),
    "d-m-yy": Way((r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{2})",), century="gregorian"),
    "m-d-yy": Way((r"(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>\d{2})",), century="gregorian"),
    "yy-m-d": Way((r"(?P<y>\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",), century="gregorian"),
    "persian": Way(
        (
            r"(?P<y>\d{2})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
            r"(?P<d>\d{1,2})-p(?P<m>\d{1,2})-(?P<y>\d{2})",
            r"(?P<y>1[34]\d{2})-p?(?P<m>\d{1,2})-(?P<d>\d{1,2})",
            r"(?P<y>1[34]\d{2})(?P<m>\d{2})(?P<d>\d{2})",
            r"(?P<d>\d{1,2})-p?(?P<m>\d{1,2})-(?P<y>1[34]\d{2})",
        ),
        century="persian",
    ),
    "yyyymmdd": Way((r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",)),
    "d-month-y": Way((r"(?P<d>\d{1,2})-[mp](?P<m>\d{1,2})-(?P<y>\d{4})",)),
    "d-month-yy": Way((r"(?P<d>\d{1,2})-m(?P<m>\d{1,2})-(?P<y>\d{2})",), century="gregorian"),
    "month-d-y": Way((r"[mp](?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>\d{4})",)),
    "month-d-yy": Way((r"m(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>\d{2})",), century="gregorian"),
    "y-month-d": Way((r"(?P<y>\d{4})-[mp](?P<m>\d{1,2})-(?P<d>\d{1,2})",)),
    "serial": Way((r"(?P<d>\d{5})(?:-\d+)?",), "serial"),
    "epoch s": Way((r"(?P<d>\d{10})(?:-\d+)?",), "seconds"),
    "epoch ms": Way((r"(?P<d>\d{13})",), "milliseconds"),
    "iso week": Way((r"(?P<y>\d{4})-w-(?P<m>\d{1,2})", r"w-(?P<m>\d{1,2})-(?P<y>\d{4})"), "week"),
    "quarter": Way(
        (rf"(?P<y>{_YEARS})-q-(?P<m>[1-4])", rf"q-(?P<m>[1-4])-(?P<y>{_YEARS})", rf"(?P<m>[1-4])-q-(?P<y>{_YEARS})"),
        "quarter",
    ),
    "month": Way(
        (
            rf"(?P<y>{_YEARS})-[mp]?(?P<m>\d{{1,2}})",
            rf"[mp]?(?P<m>\d{{1,2}})-(?P<y>{_YEARS})",
            rf"(?P<y>{_YEARS})(?P<m>\d{{2}})",
        ),
        "month",
    ),
    "month-yy": Way((r"m(?P<m>\d{1,2})-(?P<y>\d{2})",), "month", century="gregorian"),
}
"""What `date_format` in `book.toml` may say, and how each is written; of two, the first is preferred at a tie."""
FAMILIES: tuple[tuple[str, ...], ...] = (("d-m-y", "m-d-y"), ("d-m-yy", "m-d-yy", "yy-m-d", "persian"))
"""Ways that share their shapes, so that one value can be read in several of them."""


def date_sql(text: str, name: str, *, time_zone: str | None, gregorian: bool = False) -> str:
    """Write the SQL of the date that a text in the one form means in one way, NULL where it does not fit.

    Parameters
    ----------
    gregorian
        Whether all years of the column are known to be Gregorian, which reads faster.
    """
    return _dated(text, WAYS[name], WAYS[name].patterns, time_zone, gregorian=gregorian)


def ways_sql(text: str, shapes: Iterable[str], *, time_zone: str | None) -> dict[str, str]:
    """Write what `date_sql` does, for each way in which texts of some shapes can be read at all.

    A shape is a text with 0 for every digit: what cannot fit it need not be planned.
    """
    shapes = set(shapes)
    patterns = {name: [each for each in way.patterns if _may_fit(each, shapes)] for name, way in WAYS.items()}
    return {name: _dated(text, WAYS[name], fit, time_zone) for name, fit in patterns.items() if fit}


def _may_fit(pattern: str, shapes: set[str]) -> bool:
    r"""Say whether a pattern that asked for any digits where it asks for certain ones would fit one of some shapes.

    >>> _may_fit(r"(?P<y>1[34]\d{2})(?P<m>\d{2})", {"0000-00", "000000"}), _may_fit("[1-4]-q", {"00-q"})
    (True, False)
    """
    for certain, some in ((_YEARS, r"\d{4}"), ("1[34]", r"\d\d"), ("[1-4]", r"\d")):
        pattern = pattern.replace(certain, some)
    return any(map(re.compile(pattern).fullmatch, shapes))


def _dated(text: str, way: Way, patterns: Iterable[str], time_zone: str | None, *, gregorian: bool = False) -> str:
    whens = [_when(text, way, pattern, time_zone, gregorian=gregorian) for pattern in patterns]
    return f"case {' '.join(whens)} end"


def _when(text: str, way: Way, pattern: str, time_zone: str | None, *, gregorian: bool) -> str:
    names = [
        name for _, name in sorted((pattern.index(f"(?P<{name}>"), name) for name in "ymd" if f"<{name}>" in pattern)
    ]
    plain = pattern
    for name in names:
        plain = plain.replace(f"?P<{name}>", "")
    parts = f"regexp_extract({text}, {literal(f'^{plain}$')}, {names})"
    century = "" if way.century == "persian" and "1[34]" in pattern else way.century
    value = _value(way, century, "part", time_zone, gregorian=gregorian)
    return f"when regexp_full_match({text}, {literal(plain)}) then list_transform([{parts}], lambda part: {value})[1]"


def _value(way: Way, century: str, part: str, time_zone: str | None, *, gregorian: bool) -> str:
    """Write the SQL of the date from the parts of a text that fits a pattern."""
    year, month, day = (f"{part}.{name}::bigint" for name in "ymd")
    if century == "gregorian":
        year = f"({year} + case when {year} < 69 then 2000 else 1900 end)"
    if century == "persian":
        year = f"({year} + case when {year} < 50 then 1400 else 1300 end)"
    if way.unit == "day":
        return _day(way, year, month, day, gregorian=gregorian)
    return {
        "serial": f"date '1899-12-30' + {part}.d::integer",
        "seconds": _instant(day, time_zone),
        "milliseconds": _instant(f"{day} // 1000", time_zone),
        "week": week_end_sql(year, month),
        "quarter": month_end_sql(year, f"(3 * {month})"),
        "month": month_end_sql(year, month),
    }[way.unit]


def _day(way: Way, year: str, month: str, day: str, *, gregorian: bool) -> str:
    if way.century == "persian":
        return persian_sql(year, month, day)
    if way.century == "gregorian" or gregorian:
        return gregorian_sql(year, month, day)
    if way.persian:
        return day_sql(year, month, day)
    return f"case when {year} not {PERSIAN} then {day_sql(year, month, day)} end"


def _instant(seconds: str, time_zone: str | None) -> str:
    """Write the SQL of the day of a count of seconds since 1970, where it lies in this century."""
    stamp = f"make_timestamp({seconds} * 1000000)"
    if time_zone:
        stamp = f"({stamp} at time zone 'UTC' at time zone {literal(time_zone)})"
    return f"case when {seconds} between 946684800 and 4102444799 then {stamp}::date end"
