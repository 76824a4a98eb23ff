"""Where a file's column names stand, what they are, and what stands above them: asked of its first forty records."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kam.base.schema import TABLES
from kam.intake.concepts import fold, ideas, meanings

LOOKED_AT = 40
_ENOUGH = 3
_ENOUGH_BY_TYPE = 2
_BELOW = 12
_LONGEST_UNIT = 30
_LONGEST_NAME = 80
_NUMBER = re.compile(r"[^\w]{0,4}(?:[A-Z]{3} ?)?[-+(]?\d[\d\s.,'’٬٫/]*\)?-?\s?(?:[A-Za-z]{1,3}|\W{0,3})")
_DATE = re.compile(
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}.*|\d{1,2}[-/. ]?[^\W\d]{3,10}\.?[-/. ]?\d{2,4}.*|\d{4}-?(?:W|Q|\d)\d?"
)
_RULER = re.compile(r"[\s\-=_+|*·.]*[-=_]{3,}[\s\-=_+|*·.]*")
_UNIT_WORDS = (
    "eur usd gbp chf irr irt try pln czk huf sek nok dkk jpy cny inr cad aud aed sar rub ron bgn mxn brl zar"
    " pcs stk st stück kg t l m m2 m3 h hrs days units each ea % ریال تومان teur keur tusd k€ t€ € $ £ ¥ ₹ ₺ tl mio"
    " in000 000 yyyymmdd ddmmyyyy mmddyyyy dd.mm.yyyy yyyy-mm-dd dd/mm/yyyy mm/dd/yyyy text number date"
)
_UNITS = frozenset(_UNIT_WORDS.split())


@dataclass(frozen=True, slots=True)
class Header:
    """Where the names stand among the records (counted from 0, `end` is the first record below), and what they are."""

    start: int
    end: int
    names: tuple[str, ...]  # as written; blank where a column has none
    above: tuple[str, ...]  # what was written above
    known: int  # how many of the names are known
    rows: tuple[tuple[str, ...], ...]  # the one or two records the names were taken from, as they stand there


def find_header(records: Sequence[Sequence[str]], table: str) -> Header | None:
    """Find the column names of a table among a file's first records.

    The first record with a letter or a digit holds them, unless a later one holds more names that are known: three
    at least, or two over columns of dates and numbers. A group heading above and a row of units below are joined to
    them. None where no record holds a letter or a digit.

    >>> found = find_header(
    ...     [["Sales 2025"], [], ["Date", "Customer", "Net"], ["", "", "EUR"], ["1/2/25", "A", "5"]], "sales"
    ... )
    >>> found.start, found.end, found.names, found.above
    (2, 4, ('Date', 'Customer', 'Net EUR'), ('Sales 2025',))
    """
    looked = [[cell.strip() for cell in record] for record in records[:LOOKED_AT]]
    filled = [number for number, record in enumerate(looked) if _says_something(record)]
    if not filled:
        return None
    first = filled[0]
    known = _known_words(table)
    best = first
    if not _is_full(looked, first):  # the first record of a plain file need not be held against the others
        likely = max(filled, key=lambda number: (_score(looked[number], known), -number))
        best = likely if _stands_better(looked, first, likely, known) else first
    start, end, names = best, best + 1, looked[best]
    above = _above(looked, best, known)
    if above is not None:
        start, names = best - 1, above
    below = _below(looked, best, known)
    if below is not None:
        end, names = best + 2, _joined(names, below)
    skipped = [" ".join(filter(None, each)) for each in looked[:start] if any(each) and not is_ruler(each)]
    rows = tuple(tuple(record) for record in records[start:end])
    count = sum(known(name) for name in dict.fromkeys(names) if name)
    return Header(start, end, tuple(_without_blank_end(names, looked[end:])), tuple(skipped), count, rows)


def is_ruler(record: Sequence[str]) -> bool:
    """Say whether a record is a line drawn under something.

    >>> is_ruler(["-----", "---"]), is_ruler(["-", "5"]), is_ruler(["", ""])
    (True, False, False)
    """
    return _RULER.fullmatch(" ".join(record)) is not None


@lru_cache(maxsize=64)
def _names_of(table: str) -> frozenset[str]:
    return frozenset(fold(word) for column in TABLES[table] for word in (column.name, *column.synonyms))


def _known_words(table: str) -> Callable[[str], bool]:
    words = _names_of(table)

    def known(cell: str) -> bool:
        if len(cell) > _LONGEST_NAME:
            return False
        return fold(cell) in words or (table == "sales" and bool(meanings(cell.rstrip("*"))))

    return known


def _says_something(record: Sequence[str]) -> bool:
    return any(letter.isalnum() for cell in record for letter in cell)


def _is_value(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None or _DATE.fullmatch(cell) is not None


def _score(record: Sequence[str], known: Callable[[str], bool]) -> int:
    """Count the different known names of a record, less the numbers and dates in it, which no names are."""
    cells = dict.fromkeys(cell for cell in record if cell)
    return sum(-1 if _is_value(cell) else known(cell) for cell in cells)


def _is_full(looked: list[list[str]], first: int) -> bool:
    """Say whether a record has as many cells as any below it, and none that is a number or a date."""
    width = max(map(_filled, looked))
    return _filled(looked[first]) >= max(width, 2) and not _has_values(looked[first])


def _stands_better(looked: list[list[str]], first: int, best: int, known: Callable[[str], bool]) -> bool:
    """Say whether a later record is the header although something stands above it."""
    score, above = _score(looked[best], known), _score(looked[first], known)
    if score <= above or (_filled(looked[first]) >= _filled(looked[best]) and not _has_values(looked[first])):
        return False
    if score >= _ENOUGH:
        return True
    below = looked[best + 1 : best + 1 + _BELOW]
    small = score == _filled(looked[best])  # a register may have two columns and no number
    return score >= _ENOUGH_BY_TYPE and (small or len(_value_columns(below)) >= _ENOUGH_BY_TYPE)


def _filled(record: Sequence[str]) -> int:
    return sum(bool(cell) for cell in record)


def _has_values(record: Sequence[str]) -> bool:
    return any(map(_is_value, filter(None, record)))


def _value_columns(records: Sequence[Sequence[str]]) -> set[int]:
    """List the columns that hold nothing but numbers and dates."""
    columns: dict[int, bool] = {}
    for record in records:
        for at, cell in enumerate(record):
            if cell and not is_ruler([cell]):
                columns[at] = columns.get(at, True) and _is_value(cell)
    return {at for at, values in columns.items() if values}


def _above(looked: list[list[str]], best: int, known: Callable[[str], bool]) -> list[str] | None:
    """Join the group headings of the record above: each reaches to the next one."""
    if best == 0:
        return None
    groups, names = looked[best - 1], looked[best]
    words = [cell for cell in groups if cell]
    if len(words) < 2 or len(words) >= _filled(names) + 1 or any(_is_value(word) for word in words):  # noqa: PLR2004 - one is a title
        return None
    if not all((ideas(word) or ideas(word.removesuffix("s"))) and not word.endswith(":") for word in words):
        return None
    spread, current = [], ""
    for at, name in enumerate(names):
        current = (groups[at] if at < len(groups) else "") or current
        joined = f"{current} {name}".strip()
        spread.append(joined if known(joined) or not known(name) or names.count(name) > 1 else name)
    return spread


def _below(looked: list[list[str]], best: int, known: Callable[[str], bool]) -> list[str] | None:
    """Return the record under the names if it goes on with them: units, or names over columns of numbers."""
    if best + 1 >= len(looked):
        return None
    record = looked[best + 1]
    words = [(at, cell) for at, cell in enumerate(record) if cell]
    if not words or any(_is_value(cell) or len(cell) > _LONGEST_UNIT for _, cell in words):
        return None
    if is_ruler(record) or any(at >= len(looked[best]) for at, _ in words):
        return None
    typed = _value_columns(looked[best + 2 : best + 2 + _BELOW])
    over_values = any(at in typed for at, _ in words)
    fits = all(fold(cell) in _UNITS or cell.casefold().strip("()[]") in _UNITS or known(cell) for _, cell in words)
    return record if over_values and fits else None


def _joined(names: Sequence[str], below: Sequence[str]) -> list[str]:
    more = [*below, *[""] * len(names)]
    return [f"{name} {more[at]}".strip() for at, name in enumerate(names)]


def _without_blank_end(names: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """Cut the blank names at the end, but those over a value."""
    width = max((at + 1 for at, name in enumerate(names) if name), default=0)
    wide = max((at + 1 for record in below for at, cell in enumerate(record) if cell), default=0)
    return list(names[: max(width, min(wide, len(names)))])
