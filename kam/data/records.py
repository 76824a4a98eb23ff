"""What people write into a book: the records with their versions, their changes, and what a changed file would do."""

import json
from collections.abc import Sequence

import pandas as pd

from kam.base.errors import QuestionError
from kam.base.schema import PEOPLE, TABLES
from kam.store.changes import Change, authored
from kam.store.from_file import Difference
from kam.store.layout import RECORDS
from kam.store.live_records import records as _records
from kam.store.rows import names as _names
from kam.view import View, question

_LOG_COLUMNS = ("number", "batch", "made_at", "who", "action", "table", "key", "column", "before", "after", "undone_by")
_PRESENT = 'select distinct "table" from intake_tables'
_FILE_COLUMNS = ("table", "key", "kind", "also_here", "column", "was", "here", "file")


@question
def records(view: View, table: str) -> pd.DataFrame:
    """Return a table that can be written in the app, as it stands: the schema's columns, and each row's version."""
    if view.hides_people and table in PEOPLE:
        raise QuestionError(f"People are hidden in this view, so {table} cannot be read record by record.")
    return view.ask(_records, authored(table))


def names(view: View, table: str, account_id: str | None = None, plan_id: str | None = None) -> dict[str, str]:
    """Return what the records of a table are called, by key; those of one account or plan, where they have one."""
    return view.ask(_names, TABLES[table], account_id=account_id, plan_id=plan_id)


def write(view: View, changes: Sequence[Change], *, who: str) -> pd.DataFrame:
    """Write changes, all of them or none; return what was changed, column by column, as `change_log` does.

    Raises
    ------
    StoreError
        Nothing can be written here: the folder is read only, or the file of the records is held or damaged.
    RecordError
        A record breaks a rule of its table; says which.
    Clashes
        Somebody else has changed a record since it was read; holds both.
    """
    return _changes(view.live_records.write(changes, who=who))


def undo(view: View, numbers: Sequence[int], *, who: str) -> pd.DataFrame:
    """Take changes back by their numbers in the log; the undoing stands in the log itself. Raises as `write`."""
    return _changes(view.live_records.undo(numbers, who=who))


@question
def change_log(view: View, table: str | None = None, key: str | None = None, limit: int = 1_000) -> pd.DataFrame:
    """Return who changed what and when, the newest first: a row a changed column, before and after."""
    if table is not None and table not in RECORDS:
        raise QuestionError(f"{table!r} is not written in the app. It can write: {', '.join(RECORDS)}.")
    lines = view.live_records.log(table=table, key=key, limit=limit)
    return _changes([line for line in lines if not (view.hides_people and line["table"] in PEOPLE)])


@question
def plan_changes(view: View, plan_id: str) -> pd.DataFrame:
    """Return what was changed in a plan, and what belongs to it, since somebody last marked it reviewed."""
    return _changes(view.live_records.plan_log(plan_id))


def file_differences(view: View) -> list[Difference]:
    """List the records whose file says something else than when they were taken in from it."""
    present = view.read(_PRESENT)["table"]
    return view.live_records.file_changes(name for name in present if not (view.hides_people and name in PEOPLE))


@question
def file_changes(view: View) -> pd.DataFrame:
    """Return what changed files would add, change and remove: a row a column that differs."""
    rows = [
        (
            each.table,
            each.key,
            each.kind,
            each.also_here,
            column.name,
            *(row[column.name] if row else None for row in (each.was, each.here, each.file)),
        )
        for each in file_differences(view)
        for column in TABLES[each.table]
        if (each.here or {}).get(column.name) != (each.file or {}).get(column.name)
    ]
    return pd.DataFrame(rows, columns=list(_FILE_COLUMNS))


def accept_file(
    view: View, table: str, shown: Sequence[Difference], *, who: str, keys: Sequence[str] | None = None
) -> pd.DataFrame:
    """Take over what the file says of the chosen records (None: of all shown); the others stay, and are settled."""
    own = [each for each in shown if each.table == table]
    return _changes(view.live_records.accept(authored(table).name, shown=own, keys=keys, who=who))


def _changes(lines: list[dict]) -> pd.DataFrame:
    """Write log lines as a row a changed column; a record added or taken away shows each column it has or had."""
    rows = []
    for line in lines:
        before, after = (json.loads(line[side]) if line[side] else {} for side in ("before", "after"))
        for column in dict.fromkeys([*before, *after]):
            if before.get(column) != after.get(column):
                said = {**line, "column": column, "before": before.get(column), "after": after.get(column)}
                rows.append([said[name] for name in _LOG_COLUMNS])
    return pd.DataFrame(rows, columns=list(_LOG_COLUMNS))
