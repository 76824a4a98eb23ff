"""What is said of records and their changes: what a table holds, what was changed, what stands beside what."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from kam.base.numbers import counted, day
from kam.base.texts import _

NOUNS = {
    "plans": "plan",
    "objectives": "objective",
    "strategies": "strategy",
    "milestones": "milestone",
    "readings": "reading",
    "contacts": "contact",
    "touches": "touch",
    "ratings": "rating",
    "opportunities": "opportunity",
    "competitors": "rival",
    "risks": "risk",
    "swot": _("SWOT statement"),
    "value_delivered": _("value delivered"),
    "scenarios": "scenario",
}
"""What one record of each table is called."""

_TITLES = {
    "plans": ("name",),
    "scenarios": ("name",),
    "contacts": ("name", "title"),
    "touches": ("touch_date", "purpose", "note"),
    "ratings": ("criterion", "rater", "rated_on"),
    "readings": ("read_on", "value"),
    "competitors": ("rival", "category"),
    "swot": ("quadrant", "statement"),
    "value_delivered": ("delivered_on", "description"),
}
_LONGEST = 70


def record_title(table: str, values: Mapping[str, object], key: str) -> str:
    """Name a record by its most telling columns, by its key where they are empty.

    >>> record_title("ratings", {"criterion": "collaboration", "rater": "Ada", "rated_on": None}, "R1")
    'collaboration · Ada'
    >>> record_title("risks", {"title": None}, "K7")
    'K7'
    """
    said = " · ".join(str(values[name]) for name in _TITLES.get(table, ("title",)) if values.get(name) is not None)
    return (said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()} …") or key


def all_moved(table: str, records: int) -> str:
    """Say that others were faster with some of many records.

    >>> all_moved("milestones", 1), all_moved("milestones", 2)
    ('Somebody else changed 1 milestone meanwhile. Nothing was saved yet.', \
'Somebody else changed 2 milestones meanwhile. Nothing was saved yet.')
    """
    return _("Somebody else changed {records} meanwhile. Nothing was saved yet.").format(
        records=counted(records, NOUNS[table])
    )


def saved(table: str, changes: int) -> str:
    """Say what was saved.

    >>> saved("milestones", 1), saved("plans", 3)
    ('Saved: 1 change of a milestone.', 'Saved: 3 changes of a plan.')
    """
    noun = NOUNS[table]
    article = "an" if noun[0].lower() in "aeiou" else "a"
    return _("Saved: {changes} {value} of {article} {noun}.").format(
        changes=changes, value="change" if changes == 1 else "changes", article=article, noun=noun
    )


def moved(who: str | None, made_at: dt.datetime | None, *, gone: bool) -> str:
    """Say who has changed or taken away a record that somebody else is writing.

    >>> moved("Ada", dt.datetime(2026, 9, 30, 8, 5), gone=False)
    'Ada changed this record on 30 Sep 2026, 08:05 UTC, after you opened it.'
    """
    by = who or _("Somebody")
    if made_at is None:
        took, changed = (
            _("{by} took this record away after you opened it."),
            _("{by} changed this record after you opened it."),
        )
        return (took if gone else changed).format(by=by)
    took, changed = (
        _("{by} took this record away on {day}, {time} UTC, after you opened it."),
        _("{by} changed this record on {day}, {time} UTC, after you opened it."),
    )
    return (took if gone else changed).format(by=by, day=day(made_at.date()), time=f"{made_at:%H:%M}")


def file_news(table: str, kinds: Sequence[str]) -> str:
    """Say what a changed file would do to the records of its table.

    >>> file_news("contacts", ["add", "change", "change"])
    'contacts: the file would add 1 record and change 2'
    >>> file_news("plans", ["remove"])
    'plans: the file would remove 1 record'
    """
    counts = {kind: kinds.count(kind) for kind in ("add", "change", "remove")}
    parts = [f"{kind} {count}" for kind, count in counts.items() if count]
    first, *rest = parts
    noun = "record" if first.endswith(" 1") else "records"
    return _("{table}: the file would {join}").format(table=table, join=" and ".join([f"{first} {noun}", *rest]))


def also_here(count: int) -> str:
    """Warn that records were changed in the app, too.

    >>> also_here(1)
    '1 of these records was changed in the app, too: taking the file over would undo that.'
    """
    verb = "was" if count == 1 else "were"
    return _("{count} of these records {verb} changed in the app, too: taking the file over would undo that.").format(
        count=count, verb=verb
    )


def since_review(changes: pd.DataFrame, reviewed_on: dt.date | None) -> str:
    """Say how much was changed in a plan since it was last reviewed, and by whom.

    >>> since_review(pd.DataFrame({"number": [4, 4, 7], "who": ["Ada", "Ada", "Ben"]}), dt.date(2026, 9, 30))
    'Last reviewed on 30 Sep 2026. Since then 2 changes in the app, by Ada, Ben.'
    >>> since_review(pd.DataFrame({"number": [], "who": []}), None)
    'Never reviewed. Nothing was changed in the app.'
    """
    is_reviewed = reviewed_on is not None and not pd.isna(reviewed_on)
    first = (
        _("Last reviewed on {reviewed_on}.").format(reviewed_on=day(reviewed_on))
        if is_reviewed
        else _("Never reviewed.")
    )
    count = changes["number"].nunique()
    if not count:
        return _("{first} Nothing was changed in the app{value}.").format(
            first=first, value=" since then" if is_reviewed else ""
        )
    then = _("Since then ") if is_reviewed else ""
    who = ", ".join(sorted(changes["who"].unique()))
    return _("{first} {then}{count} in the app, by {who}.").format(
        first=first, then=then, count=counted(count, "change"), who=who
    )
