"""Text columns as the types they surely have, for a `.sql` to compute with; what is not sure stays text."""

import datetime as dt

import duckdb

from kam.intake.dates import read_dates
from kam.intake.number_marks import Numbers, read_numbers
from kam.intake.raw import quote, raw_name

_MOST_DECIMALS = 4
_LONGEST_DAY = 40
_WHOLE = r"-?(0|[1-9]\d{0,17})"
_CODE = r"0\d+"  # an id or a postal code: its leading zero must stay
_FLAG = "(?i:true|false)"
_TIME = r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?"
_DAY = r"\d{4}-\d{2}-\d{2}"


def typed_columns(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    names: list[str],
    *,
    decimal: str | None = None,
    date_format: str | None = None,
    today: dt.date,
    time_zone: str | None = None,
) -> str:
    """Write the select list that gives each column of a staged relation its type.

    A column is what all of its filled cells are, by the readers of intake; one whose decimal mark or order of day and
    month cannot be told stays text, so that what reads it later asks.
    """
    numbers = read_numbers(cursor, relation, names, declared=decimal)
    parts = []
    for name in names:
        raw = raw_name(name)
        value = raw
        whole, codes, flags, times, days, filled = _shapes(cursor, relation, raw)
        found = numbers[name]
        if not filled:
            pass
        elif flags == filled:
            value = f"{raw}::boolean"
        elif times == filled > days and _all(cursor, relation, raw, f"try_cast({raw} as timestamp) is not null"):
            value = f"try_cast({raw} as timestamp)"
        elif whole == filled:
            value = f"{raw}::bigint"
        elif found.numeric == filled and not found.undecided and not found.units and not codes:
            value = _number(cursor, relation, raw, found)
        elif not found.numeric and may_be_days(cursor, relation, raw):
            dates = read_dates(cursor, relation, name, declared=date_format, today=today, time_zone=time_zone)
            if dates.filled and dates.readable == dates.filled and not dates.undecided:
                value = dates.value(raw)
        parts.append(f"{value} as {quote(name)}")
    return ", ".join(parts)


def may_be_days(cursor: duckdb.DuckDBPyConnection, relation: str, raw: str) -> bool:
    """Say whether the first values all have digits and none is long: looking for days in every text costs time."""
    rows = cursor.execute(
        f"select bool_and(regexp_matches({raw}, '\\d') and length({raw}) <= {_LONGEST_DAY})"
        f" from (select {raw} from {relation} where {raw} <> '' limit 50)"
    ).fetchall()
    return rows[0][0] is True


def _shapes(cursor: duckdb.DuckDBPyConnection, relation: str, raw: str) -> tuple[int, ...]:
    like = ", ".join(
        f"count(*) filter (regexp_full_match(v, '{pattern}'))" for pattern in (_WHOLE, _CODE, _FLAG, _TIME, _DAY)
    )
    return cursor.execute(f"select {like}, count(*) from (select {raw} as v from {relation}) where v <> ''").fetchall()[
        0
    ]


def _number(cursor: duckdb.DuckDBPyConnection, relation: str, raw: str, found: Numbers) -> str:
    """Take the shortest decimal type that holds every digit, a double where none does."""
    exact = found.value(raw, "double")
    for places in range(_MOST_DECIMALS + 1):
        money = found.value(raw, f"decimal(18,{places})")
        if _all(cursor, relation, raw, f"({money})::double = ({exact})"):
            return money
    return exact


def _all(cursor: duckdb.DuckDBPyConnection, relation: str, raw: str, condition: str) -> bool:
    rows = cursor.execute(f"select bool_and(coalesce({condition}, false)) from {relation} where {raw} <> ''").fetchall()
    return rows[0][0] is True
