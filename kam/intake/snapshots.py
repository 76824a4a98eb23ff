"""Exports that hold the same lines several times, once for each day they were taken: told by one column."""

from kam.intake.look import Look
from kam.intake.raw import raw_name

_MOST_LINES = 2_000_000
_MOST_COPIES = 60
_FEWEST = 3
_OFTEN = 0.8  # fewer different lines than this share of all
_NEARLY_ALL = 0.9


def find_snapshots(look: Look) -> None:
    """Leave open whether lines count that stand again under another value of a column nobody uses.

    The value with the most lines, the last of several, holds nearly all different ones.
    """
    reading, used = look.reading, {*look.used.values(), *(look.reading.net.sources if look.reading.net else ())}
    others = [name for name in look.types if name not in used and not look.said(name)]
    if reading.rows > _MOST_LINES or reading.net is None or reading.net.over == "order" or not others:
        return
    line = f"hash({', '.join(raw_name(name) for name in look.types if name in used)})"
    different = look.cursor.execute(f"select approx_count_distinct({line}) from {reading.relation}").fetchall()[0][0]
    if different > _OFTEN * reading.rows:
        return
    for name in others:
        if (copies := _copies(look, name, line)) is not None:
            values, lines, money = copies
            look.unclear.append((name, values, lines, money, "leave_out"))
            return


def _copies(look: Look, name: str, line: str) -> tuple[list[str], int, float] | None:
    """Return the values of a column under which lines stand that stand under another as well, and their money."""
    assert look.reading.net is not None  # noqa: S101 - asked before
    rows = look.cursor.execute(
        f"with lines as (select trim({raw_name(name)}::varchar) as value, {line} as line,"
        f" {look.reading.amount(look.reading.net)} as net from {look.reading.relation})"
        " select value, count(*), count(distinct line), sum(net)::double, (select count(distinct line) from lines)"
        f" from lines group by value order by count(*), value limit {_MOST_COPIES + 1}"
    ).fetchall()
    if not 1 < len(rows) <= _MOST_COPIES or not all(value for value, *_ in rows):
        return None
    *earlier, (_, count, whole, _, different) = rows
    if whole < _NEARLY_ALL * max(different, count) or whole < _FEWEST:
        return None
    return [value for value, *_ in earlier], sum(row[1] for row in earlier), sum(row[3] or 0.0 for row in earlier)
