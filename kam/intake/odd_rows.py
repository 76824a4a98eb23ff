"""The rows of a file or sheet that may be no lines: without a day, without amounts, or with a word for a total."""

from dataclasses import dataclass

import duckdb

from kam.intake.part import ROW, Part
from kam.intake.raw import literal, raw_name
from kam.intake.totals import TOTAL_WORDS, plain

_MOST = 400_000
_TOTAL = literal("|".join(sorted({*TOTAL_WORDS, *map(plain, TOTAL_WORDS)})))
"""One pattern for all words: DuckDB would join a list of so many to the table, for each column anew."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The columns that tell a part's lines from other rows; `date` is the SQL of the day, None where there is none."""

    date: str | None
    date_source: str | None
    order: str | None
    account: str | None
    products: tuple[str, ...]
    amounts: tuple[str, ...]  # number columns with the amounts; the likeliest net amount first
    texts: tuple[str, ...]  # other columns of an order that may stand on its first line alone
    carry: tuple[str, ...] = ()  # columns to be carried down whatever the values say
    down: tuple[str, ...] = ()  # of these the ones that stand on a group's first line alone, over many orders


@dataclass(frozen=True, slots=True)
class Odd:
    """A row that may be no line: its place, its cells, whether it has a day and amounts."""

    row: int
    cells: tuple[str, ...]
    dated: bool
    numbers: bool

    @property
    def texts(self) -> list[str]:
        """The filled cells."""
        return [cell for cell in self.cells if cell]


def cell(name: str) -> str:
    """Write the SQL of a cell without the blanks around it, empty where nothing is there."""
    return f"coalesce(trim({raw_name(name)}, ' \t\r\n\u00a0\u200b'), '')"


def odd_rows(cursor: duckdb.DuckDBPyConnection, part: Part, keys: Keys, names: list[str]) -> list[Odd]:
    """Fetch the rows that may be no lines: no day, no amount, or a word for a total where an id should be."""
    numbers = " and ".join(f"{cell(name)} = ''" for name in keys.amounts) or "false"
    where = dict.fromkeys(name for name in (keys.account, keys.order, *keys.products, *names[:2]) if name)
    told = " or ".join(_is_total(raw_name(name)) for name in where)
    cells = ", ".join(cell(name) for name in names)
    rows = cursor.execute(
        f'select "{ROW}", [{cells}], dated, valued'
        f" from (select *, ({keys.date}) is not null as dated, not ({numbers}) as valued from {part.relation})"
        f" where not dated or not valued or {told} order by all limit {_MOST + 1}"
    ).fetchall()
    return [] if len(rows) > _MOST else [Odd(row, tuple(cells), day, some) for row, cells, day, some in rows]


def _is_total(raw: str) -> str:
    """Write the SQL of whether a cell is a word for a total; what has a digit is none, and most ids have one."""
    bare = rf"trim(strip_accents(regexp_replace(lower({raw}), '[^\p{{L}}\p{{N}}()]+', ' ', 'g')))"
    return f"(strlen({raw}) < 90 and not regexp_matches({raw}, '[0-9]') and regexp_full_match({bare}, {_TOTAL}))"
