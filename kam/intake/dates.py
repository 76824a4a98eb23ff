"""How a column writes its days: in which order, in which calendar, and whether that can be told from it at all.

One order holds for the whole column of one file. A value that fits only one order decides for those that fit several,
unless another value fits only the other order. Where no value decides, only the future does: an order that dates lines
after today, while another does not, is not meant.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

import duckdb

from kam.intake.date_formats import FAMILIES, WAYS, date_sql, ways_sql
from kam.intake.date_text import bare_text, day_text, has_zone, is_bare, local_day, words_in
from kam.intake.month_names import is_known
from kam.intake.raw import is_there, literal, quote, raw_name

DATE_FORMATS = tuple(WAYS)
"""What `date_format` in `book.toml` may say."""
_PERSIAN_DIGIT = "[۰-۹]"
_LONGEST = 80
_MOST_WORDS = 2000
_YEAR = r"(?:^|-)(1[34]\d\d|25\d\d)(?:-|\d{2}(?:\d{2})?$|$)"


@dataclass(frozen=True, slots=True)
class Dates:
    """How one column of one part writes its days."""

    written: str  # in words for the report; a name of `DATE_FORMATS`, or one with the calendars that were found
    options: tuple[str, ...]  # the formats that fit while nothing decides, most lines first; empty = decided
    undecided: int  # lines that those read differently
    only: dict[str, int]  # lines that fit one format alone, by that format
    example: str | None  # a line that is undecided, else one that is no day
    readable: int
    filled: int
    monthly: bool  # every line is dated on the first of a month, or in months only: monthly totals
    order: str = "y-m-d"  # the name in `DATE_FORMATS` by which values are read
    words: tuple[str, ...] = ()  # the column's words that mean something in a date
    bare: bool = False  # digits and separators alone
    gregorian: bool = False  # no Persian or Buddhist year in it
    time_zone: str | None = None  # where stamps with a zone are turned to its day

    def value(self, raw: str) -> str:
        """Write the SQL of a cell's DATE, NULL where it cannot be read in the column's way."""
        text = bare_text(raw) if self.bare else day_text(raw, self.words)
        if self.bare and self.gregorian and self.order == "y-m-d":
            day = f"case when regexp_full_match({raw}, '\\d{{4}}[./-]\\d{{1,2}}[./-]\\d{{1,2}}') then"
            return f"{day} try_cast({text} as date) end"
        day = date_sql("text", self.order, time_zone=self.time_zone, gregorian=self.gregorian)
        read = f"list_transform([{text}], lambda text: {day})[1]"
        return read if self.bare or not self.time_zone else local_day(read, raw, self.time_zone)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines of a column that the same formats read, in the same calendar."""

    fits: frozenset[str]
    future: frozenset[str]  # those that date the lines after today
    calendar: str
    lines: int
    example: str


def read_dates(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    name: str,
    *,
    declared: str | None,
    today: dt.date,
    time_zone: str | None,
) -> Dates:
    """Find out how a text column of a relation writes its days, from its own values alone.

    Parameters
    ----------
    declared
        The format that `book.toml` gives, one of `DATE_FORMATS`; nothing is undecided then.
    today
        The reader's day, after which no line can be dated.
    time_zone
        Where the business is: stamps with a zone, and seconds since 1970, count on the day that its clocks showed.
        Without it they count on the day that is written.
    """
    raw = raw_name(name)
    cursor.execute(f"create or replace temp table date_cells as {_cells(relation, raw)}")
    words, bare, zoned, persian_digits = _signs(cursor, zones=time_zone is not None)
    text = bare_text("r") if bare else day_text("r", words)
    seen = _seen(cursor, text, today, time_zone)
    order, options = _order(seen, declared, persian_digits=persian_digits)
    calendars = {each.calendar for each in seen if order in each.fits}
    way = Dates(
        written=order,
        options=options,
        undecided=0,
        only=_only(seen),
        example=None,
        readable=0,
        filled=0,
        monthly=False,
        order=order,
        words=words,
        bare=bare,
        gregorian=all(each.calendar == "gregorian" for each in seen),
        time_zone=time_zone if zoned or WAYS[order].unit in ("seconds", "milliseconds") else None,
    )
    counted = _counted(cursor, way, seen, calendars)
    cursor.execute("drop table date_cells")
    return counted


def _cells(relation: str, raw: str) -> str:
    """Write the SQL of the distinct values; asking `n > 0` has them found before they are looked at."""
    return (
        f"select * from (select {raw} as r, count(*) as n from {relation} group by all)"
        f" where case when n > 0 then {is_there('r')} end"
    )


def _signs(cursor: duckdb.DuckDBPyConnection, *, zones: bool) -> tuple[tuple[str, ...], bool, bool, bool]:
    """Tell which words of dates a column has, and whether it is bare, has zones of time, and Persian digits."""
    framed = f"(select r from date_cells where not {is_bare('r')} and strlen(r) < {_LONGEST})"
    some, zoned, persian = cursor.execute(
        f"select count(*) > 0, coalesce(bool_or({has_zone('r') if zones else 'false'}), false),"
        f" coalesce(bool_or(regexp_matches(r, '{_PERSIAN_DIGIT}')), false) from {framed}"
    ).fetchall()[0]
    if not some:
        return (), True, False, False
    words = cursor.execute(
        f"select distinct unnest({words_in('r')}) as word from {framed} where regexp_matches(r, '\\p{{L}}')"
        f" order by word limit {_MOST_WORDS}"
    ).fetchall()
    return tuple(word for (word,) in words if is_known(word)), False, zoned, persian


def _seen(cursor: duckdb.DuckDBPyConnection, text: str, today: dt.date, time_zone: str | None) -> list[_Lines]:
    """Group the lines of a column by the formats that read them."""
    cursor.execute(f"""
        create or replace temp table date_keys as  -- so that seconds and times of day do not make every line another
        select case when strlen(r) >= {_LONGEST} or not regexp_full_match(t, '[\\dmpwq-]{{4,24}}') then ''
                when regexp_full_match(t, '\\d{{5}}-\\d+') then t[:5]
                when regexp_full_match(t, '\\d{{10}}(-\\d+)?') then t[:5] || '00000'
                when regexp_full_match(t, '\\d{{13}}') then t[:5] || '00000000' else t end as key,
            sum(n)::bigint as n, min(r) as example
        from (select r, n, {text} as t from date_cells) group by key
    """)
    shapes = cursor.execute(
        "select distinct regexp_replace(key, '\\d', '0', 'g') from date_keys where key is not null"
    ).fetchall()
    days = ways_sql("key", (shape for (shape,) in shapes), time_zone=time_zone)
    read = "".join(f", {day} as {quote(name)}" for name, day in days.items())
    fits = ", ".join(f"case when {quote(name)} is not null then {literal(name)} end" for name in days)
    future = ", ".join(f"case when {quote(name)} > date '{today}' then {literal(name)} end" for name in days)
    rows = cursor.execute(f"""
        with dated as (select key, n, example{read} from date_keys)
        select [{fits}]::varchar[] as fits, [{future}]::varchar[] as future,
            case when key like '%p%' or regexp_extract(key, '{_YEAR}', 1) between '1300' and '1450' then 'Persian'
                when regexp_extract(key, '{_YEAR}', 1) >= '2500' then 'Buddhist' else 'gregorian' end as calendar,
            sum(n)::bigint as n, min(example) as example
        from dated group by all order by n desc, example
    """).fetchall()
    cursor.execute("drop table date_keys")
    return [
        _Lines(frozenset(filter(None, fits)), frozenset(filter(None, future)), calendar, lines, example)
        for fits, future, calendar, lines, example in rows
    ]


def _order(seen: list[_Lines], declared: str | None, *, persian_digits: bool) -> tuple[str, tuple[str, ...]]:
    """Tell the format of a column, and those that it could as well have.

    Two digits of a year can be Persian wherever the year could stand first: 04/12/29 is the end of 1404 as well.
    """
    if declared:
        return declared, ()
    first = _most([each for each in seen if each.fits], "y-m-d")
    family = next((family for family in FAMILIES if first in family), (first,))
    lines = [each for each in seen if each.fits & set(family)]
    # a Persian year is never written month first, so it tells nothing of the others
    deciding = [each for each in lines if each.calendar != "Persian"] or lines
    reads = {name: [each for each in deciding if name in each.fits] for name in family}
    reads = {name: lines for name, lines in reads.items() if lines}
    stand = [name for name in reads if not any(_beats(reads[other], reads[name], other, name) for other in reads)]
    if not persian_digits and "yy-m-d" not in stand and len(stand) > 1:
        stand = [name for name in stand if name != "persian"]  # none but the year stands first in a Persian date
    stand.sort(key=lambda name: -_counts(reads[name]))
    tied = len(stand) > 1 and _counts(reads[stand[0]]) == _counts(reads[stand[1]])
    if len(stand) > 1 and (tied or any(len(each.fits & set(stand)) > 1 for each in deciding)):
        return stand[0], tuple(stand)
    return (stand[0] if stand else first), ()


def _beats(ours: list[_Lines], theirs: list[_Lines], our_name: str, their_name: str) -> bool:
    """Say whether one format reads all that another reads, and more of it, or the same and none of it in the future."""
    if any(each not in ours for each in theirs):
        return False
    if len(ours) > len(theirs):
        return True
    ahead = {name: any(name in each.future for each in ours) for name in (our_name, their_name)}
    return ahead[their_name] and not ahead[our_name]


def _counts(lines: list[_Lines]) -> int:
    return sum(each.lines for each in lines)


def _most(lines: list[_Lines], otherwise: str) -> str:
    """Tell the format that reads most of some lines; of several the first in `DATE_FORMATS`."""
    votes = Counter[str]()
    for each in lines:
        votes.update(dict.fromkeys(each.fits, each.lines))
    return max(DATE_FORMATS, key=lambda name: votes[name]) if votes else otherwise


def _only(seen: list[_Lines]) -> dict[str, int]:
    votes = Counter[str]()
    for each in seen:
        fits = each.fits - {"persian"} or each.fits  # what years of four digits say by themselves
        if len(fits) == 1:
            votes[next(iter(fits))] += each.lines
    return dict(votes)


def _counted(cursor: duckdb.DuckDBPyConnection, way: Dates, seen: list[_Lines], calendars: set[str]) -> Dates:
    """Add how many lines are read in a way, which are not, and whether they are monthly totals."""
    readable, filled, unread, firsts, days = cursor.execute(
        f"select coalesce(sum(n) filter (day is not null), 0)::bigint, coalesce(sum(n), 0)::bigint,"
        f" min(r) filter (day is null), coalesce(bool_and(extract(day from day) = 1), false), count(distinct day)"
        f" from (select r, n, {way.value('r')} as day from date_cells)"
    ).fetchall()[0]
    among = set(way.options)
    undecided = [each for each in seen if len(each.fits & among) > 1] or [each for each in seen if each.fits & among]
    return replace(
        way,
        written=_in_words(way.order, calendars),
        undecided=_counts(undecided),
        example=next((each.example for each in undecided), unread),
        readable=readable,
        filled=filled,
        monthly=(firsts and days > 1) or (readable > 0 and WAYS[way.order].unit == "month"),
    )


def _in_words(order: str, calendars: set[str]) -> str:
    """Tell a format and its calendars.

    >>> _in_words("y-m-d", {"Persian"}), _in_words("d-m-y", {"gregorian", "Persian"}), _in_words("d-m-y", {"Buddhist"})
    ('persian', 'd-m-y, each line in the calendar of its year (gregorian, Persian)', 'd-m-y in Buddhist years')
    """
    if order == "persian" or calendars == {"Persian"}:
        return "persian"
    if calendars == {"Buddhist"}:
        return f"{order} in Buddhist years"
    if len(calendars) > 1:
        return f"{order}, each line in the calendar of its year ({', '.join(sorted(calendars, key=str.lower))})"
    return order
