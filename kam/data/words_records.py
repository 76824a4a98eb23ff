"""What is said of records and their changes: what a table holds, what was changed, what stands beside what."""

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from kam.base.numbers import count, day
from kam.base.texts import _, ngettext

NOUNS = {
    "plans": (_("Plan"), _("New plan"), _("a plan")),
    "objectives": (_("Objective"), _("New objective"), _("an objective")),
    "strategies": (_("Strategy"), _("New strategy"), _("a strategy")),
    "milestones": (_("Milestone"), _("New milestone"), _("a milestone")),
    "readings": (_("Reading"), _("New reading"), _("a reading")),
    "contacts": (_("Contact"), _("New contact"), _("a contact")),
    "touches": (_("Touch"), _("New touch"), _("a touch")),
    "ratings": (_("Rating"), _("New rating"), _("a rating")),
    "opportunities": (_("Opportunity"), _("New opportunity"), _("an opportunity")),
    "competitors": (_("Rival"), _("New rival"), _("a rival")),
    "risks": (_("Risk"), _("New risk"), _("a risk")),
    "swot": (_("Swot statement"), _("New SWOT statement"), _("a SWOT statement")),
    "value_delivered": (_("Value delivered"), _("New value delivered"), _("a value delivered")),
    "scenarios": (_("Scenario"), _("New scenario"), _("a scenario")),
}
"""What one record of each table is called: by itself, before it is written, and in a sentence."""

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
    told = {
        "plans": ngettext("{records} plan", "{records} plans", records),
        "objectives": ngettext("{records} objective", "{records} objectives", records),
        "strategies": ngettext("{records} strategy", "{records} strategies", records),
        "milestones": ngettext("{records} milestone", "{records} milestones", records),
        "readings": ngettext("{records} reading", "{records} readings", records),
        "contacts": ngettext("{records} contact", "{records} contacts", records),
        "touches": ngettext("{records} touch", "{records} touches", records),
        "ratings": ngettext("{records} rating", "{records} ratings", records),
        "opportunities": ngettext("{records} opportunity", "{records} opportunities", records),
        "competitors": ngettext("{records} rival", "{records} rivals", records),
        "risks": ngettext("{records} risk", "{records} risks", records),
        "swot": ngettext("{records} SWOT statement", "{records} SWOT statements", records),
        "value_delivered": ngettext("{records} value delivered", "{records} values delivered", records),
        "scenarios": ngettext("{records} scenario", "{records} scenarios", records),
    }[table].format(records=count(records))
    return _("Somebody else changed {records} meanwhile. Nothing was saved yet.").format(records=told)


def saved(table: str, changes: int) -> str:
    """Say what was saved.

    >>> saved("milestones", 1), saved("plans", 3)
    ('Saved: 1 change of a milestone.', 'Saved: 3 changes of a plan.')
    """
    return ngettext("Saved: {changes} change of {record}.", "Saved: {changes} changes of {record}.", changes).format(
        changes=changes, record=NOUNS[table][2]
    )


def moved(who: str | None, made_at: dt.datetime | None, *, gone: bool) -> str:
    """Say who has changed or taken away a record that somebody else is writing.

    >>> moved("Ada", dt.datetime(2026, 9, 30, 8, 5), gone=False)
    'Ada changed this record on 30 Sep 2026, 08:05 UTC, after you opened it.'
    """
    who = who or _("Somebody")
    if made_at is None:
        told = (
            _("{who} took this record away after you opened it.")
            if gone
            else _("{who} changed this record after you opened it.")
        )
        return told.format(who=who)
    told = (
        _("{who} took this record away on {day}, {time} UTC, after you opened it.")
        if gone
        else _("{who} changed this record on {day}, {time} UTC, after you opened it.")
    )
    return told.format(who=who, day=day(made_at.date()), time=f"{made_at:%H:%M}")


def file_news(table: str, kinds: Sequence[str]) -> str:
    """Say what a changed file would do to the records of its table.

    >>> file_news("contacts", ["add", "change", "change"])
    'contacts: the file would add 1 record and change 2'
    >>> file_news("plans", ["remove"])
    'plans: the file would remove 1 record'
    """
    added, changed, removed = (kinds.count(kind) for kind in ("add", "change", "remove"))
    first, *others = [
        (records, whole, short)
        for records, whole, short in (
            (added, ngettext("add {records} record", "add {records} records", added), _("add {records}")),
            (changed, ngettext("change {records} record", "change {records} records", changed), _("change {records}")),
            (removed, ngettext("remove {records} record", "remove {records} records", removed), _("remove {records}")),
        )
        if records
    ]
    told = first[1].format(records=first[0])
    for records, _whole, short in others:
        told = _("{does} and {more}").format(does=told, more=short.format(records=records))
    return _("{table}: the file would {does}").format(table=table, does=told)


def also_here(number: int) -> str:
    """Warn that records were changed in the app, too.

    >>> also_here(1)
    '1 of these records was changed in the app, too: taking the file over would undo that.'
    """
    return ngettext(
        "{records} of these records was changed in the app, too: taking the file over would undo that.",
        "{records} of these records were changed in the app, too: taking the file over would undo that.",
        number,
    ).format(records=number)


def since_review(changes: pd.DataFrame, reviewed_on: dt.date | None) -> str:
    """Say how much was changed in a plan since it was last reviewed, and by whom.

    >>> since_review(pd.DataFrame({"number": [4, 4, 7], "who": ["Ada", "Ada", "Ben"]}), dt.date(2026, 9, 30))
    'Last reviewed on 30 Sep 2026. Since then 2 changes in the app, by Ada, Ben.'
    >>> since_review(pd.DataFrame({"number": [], "who": []}), None)
    'Never reviewed. Nothing was changed in the app.'
    """
    is_reviewed = reviewed_on is not None and not pd.isna(reviewed_on)
    first = _("Last reviewed on {day}.").format(day=day(reviewed_on)) if is_reviewed else _("Never reviewed.")
    number = int(changes["number"].nunique())
    if not number and is_reviewed:
        then = _("Nothing was changed in the app since then.")
    elif not number:
        then = _("Nothing was changed in the app.")
    elif is_reviewed:
        then = ngettext(
            "Since then {changes} change in the app, by {who}.",
            "Since then {changes} changes in the app, by {who}.",
            number,
        )
    else:
        then = ngettext("{changes} change in the app, by {who}.", "{changes} changes in the app, by {who}.", number)
    who = ", ".join(sorted(changes["who"].unique()))
    return f"{first} {then.format(changes=count(number), who=who)}"
