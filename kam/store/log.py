"""What was changed, when, by whom; and the way back: undoing is a change like any other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from kam.base.errors import RecordError
from kam.base.schema import Table
from kam.store.changes import Clash, Clashes, Row
from kam.store.layout import RECORDS
from kam.store.rows import stored
from kam.store.writer import Writer

UNDO = "undo"

_LOG = """
select number, batch, made_at, who, "action", "table", "key", "before", "after", undoes,
    (select max(later.number) from change_log later where later.undoes = change_log.number) as undone_by
from change_log
where ($table is null or "table" = $table) and ($key is null or "key" = $key)
    and ($numbers is null or number in (select unnest($numbers)))
    and ("action" <> 'take in' or "before" is not null or $key is not null or $numbers is not null)
order by number desc limit $limit
"""

_AT = """
select number, md5(change_log::varchar) from change_log
where $number is null or number = $number
order by number desc limit 1
"""

_OF_PLAN = """
with own as (
    select * from change_log
    where ("table" = 'plans' and "key" = $plan)
        or json_extract_string(coalesce("after", "before"), '$.plan_id') = $plan
        or json_extract_string(coalesce("after", "before"), '$.objective_id')
            in (select objective_id from objectives where plan_id = $plan)
)
select number from own
where number > (
    select coalesce(max(number), 0) from own
    where "table" = 'plans' and json_extract_string("after", '$.reviewed_on') is not null
        and json_extract_string("before", '$.reviewed_on')
            is distinct from json_extract_string("after", '$.reviewed_on')
) and not ("action" = 'take in' and "before" is null)
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the records of one file have come: which file, its last line of the log, and the digest of that line."""

    file: str
    number: int
    digest: str

    def holds(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Say whether a file has come this far, and no other way: it may have gone on since."""
        return self == _mark(connection, self.number)


def mark(connection: duckdb.DuckDBPyConnection) -> Mark:
    """Return how far the records of a file have come.

    A copy of a file has the id of the first; from where the two were written into apart their lines differ, at least
    by the moment they were written.
    """
    return _mark(connection, None)


def _mark(connection: duckdb.DuckDBPyConnection, number: int | None) -> Mark:
    # one that may not be written to, and was made by an earlier version, has no id
    file = str((*connection.execute("from workspace").fetchall()[0], "")[2])
    found = connection.execute(_AT, {"number": number}).fetchall()
    return Mark(file, *found[0]) if found else Mark(file, 0, "")


def plan_log(connection: duckdb.DuckDBPyConnection, plan_id: str) -> list[dict]:
    """Read what was changed in a plan and what belongs to it since somebody last marked it reviewed."""
    numbers = [number for (number,) in connection.execute(_OF_PLAN, {"plan": plan_id}).fetchall()]
    return change_log(connection, numbers=numbers, limit=len(numbers)) if numbers else []


def change_log(
    connection: duckdb.DuckDBPyConnection,
    *,
    table: str | None = None,
    key: str | None = None,
    numbers: Sequence[int] | None = None,
    limit: int = 1_000,
) -> list[dict]:
    """Read the log, the newest change first; the first taking in of a file is told for single records only."""
    asked = {"table": table, "key": key, "numbers": None if numbers is None else list(numbers), "limit": limit}
    cursor = connection.execute(_LOG, asked)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def undo(writer: Writer, numbers: Sequence[int]) -> None:
    """Bring records back to what they were before these changes, the newest first.

    Raises
    ------
    RecordError
        The log has no such change, or it was undone already.
    Clashes
        A record was changed again since; it is left as it is.
    """
    found = {line["number"]: line for line in change_log(writer.connection, numbers=numbers, limit=len(numbers))}
    clashes: list[Clash] = []
    put: set[tuple[str, str]] = set()
    for number in sorted(set(numbers), reverse=True):
        line = found.get(number)
        if line is None:
            raise RecordError(f"The log has no change {number}. Nothing was changed.")
        if line["undone_by"] is not None:
            raise RecordError(f"Change {number} was undone already. Nothing was changed.")
        table, key = RECORDS[line["table"]], line["key"]
        before, after = (_row(line[side], table) for side in ("before", "after"))
        current, version = stored(writer.connection, table, key) or (None, None)
        is_last = current is None if after is None else version == number
        if is_last or (current == after and (table.name, key) in put):
            writer.put(table, key, current, before, UNDO, undoes=number)
            put.add((table.name, key))
        else:
            clashes.append(writer.clash(table, key, before))
    if clashes:
        raise Clashes(clashes)


def _row(text: str | None, table: Table) -> Row | None:
    """Read a row of the log; one of an older layout gets the columns that came since."""
    if text is None:
        return None
    values = json.loads(text)
    return {column.name: values.get(column.name) for column in table}
