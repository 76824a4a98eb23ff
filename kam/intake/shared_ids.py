"""Whether the ids in a column of one file are those of another file: counted on all values, not told from names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from kam.intake.files import Found
from kam.intake.raw import quote, raw_name
from kam.intake.settings import TableSettings
from kam.intake.sources import drop_part, open_parts

FOUND = 0.9
"""The least share of rows whose id must be found in the other file."""


@dataclass(frozen=True, slots=True)
class Link:
    """How many rows of one file find a row of another by their ids, of which none there stands twice."""

    source: str  # the column of the file whose rows look
    target: str  # the column of the file in which they are looked for
    found: int
    rows: int
    idle: int  # rows of the other file that nobody looks for
    repeats: bool  # some id stands on several of the rows that look
    loose: bool  # ids are compared without case, zeros before and ".0" behind
    respelled: bool = False  # the two files write their ids differently: compared as written, fewer are found

    @property
    def share(self) -> float:
        """The share of rows that find theirs."""
        return self.found / self.rows if self.rows else 0.0


def key(name: str, *, loose: bool) -> str:
    r"""Write the SQL of an id for comparing it: as text without blanks; loosely also as a spreadsheet may have left it.

    >>> key('o."No"', loose=False)
    'nullif(trim(o."No"::varchar), \'\')'
    """
    text = f"nullif(trim({name}::varchar), '')"
    return rf"coalesce(nullif(ltrim(regexp_replace(lower({text}), '\.0+$', ''), '0'), ''), {text})" if loose else text


def stage(cursor: duckdb.DuckDBPyConnection, relation: str, paths: Sequence[Path], names: Sequence[str]) -> None:
    """Make a table of the columns of files that all have the same ones, as text.

    Raises
    ------
    IntakeError
        A file cannot be read.
    """
    columns = ", ".join(f"{raw_name(name)} varchar" for name in names)
    cursor.execute(f"create temp table {relation} ({columns})")
    for path in paths:
        for part in open_parts(cursor, path.parent, Found("sales", (path,)), TableSettings()):
            here = [name for name in names if name in part.names]
            values = ", ".join(f"{raw_name(name)}::varchar as {raw_name(name)}" for name in here)
            if here:
                cursor.execute(f"insert into {relation} by name select {values} from {part.relation}")
            drop_part(cursor, part)


_COUNT = """
with
    looking as (select {source} as id from {left}),
    there as (select {target} as id from {right}),
    twice as (select id from there where id is not null group by id having count(*) > 1)
select
    (select count(*) from looking),
    (select count(*) from looking where id in (select id from there where id is not null)),
    (select count(*) from there where id is null or id not in (select id from looking where id is not null)),
    (select count(id) > count(distinct id) from looking),
    (select count(*) from twice)
"""
_WRITTEN_TWO_WAYS = r"""
select count(*) > 0 from (select {source} as id from {left} union all select {target} from {right})
where regexp_matches(id, '^0\d|\d\.0+$')
"""


def link(cursor: duckdb.DuckDBPyConnection, left: tuple[str, str], right: tuple[str, str]) -> Link | None:
    """Count how the rows of one relation find those of another; None where an id stands twice or too few are found.

    `left` and `right` are each a relation made by `stage` and a column of it.
    """
    ways = {loose: _counted(cursor, left, right, loose=loose) for loose in (False, True)}
    plain, loosely = ways[False], ways[True]
    if loosely is None or plain is None:
        best = plain
    elif loosely.found > plain.found:
        best = replace(loosely, respelled=True)
    else:
        best = loosely if _can_differ(cursor, left, right) else plain
    return best if best is not None and best.share >= FOUND else None


def _counted(
    cursor: duckdb.DuckDBPyConnection, left: tuple[str, str], right: tuple[str, str], *, loose: bool
) -> Link | None:
    rows, found, idle, repeats, twice = cursor.execute(_query(_COUNT, left, right, loose=loose)).fetchall()[0]
    return None if twice else Link(left[1], right[1], found, rows, idle, repeats, loose)


def _can_differ(cursor: duckdb.DuckDBPyConnection, left: tuple[str, str], right: tuple[str, str]) -> bool:
    """Say whether an id is such that one file may be read as numbers and the other as text: 007, 7.0."""
    return cursor.execute(_query(_WRITTEN_TWO_WAYS, left, right, loose=False)).fetchall()[0][0]


def _query(query: str, left: tuple[str, str], right: tuple[str, str], *, loose: bool) -> str:
    return query.format(
        left=quote(left[0]),
        right=quote(right[0]),
        source=key(raw_name(left[1]), loose=loose),
        target=key(raw_name(right[1]), loose=loose),
    )
