"""What plans, milestones and objectives come to, in one sentence for a page and in a few words for a chart."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, counted, day
from kam.base.texts import _


def finding(milestones: pd.DataFrame, objectives: pd.DataFrame, today: dt.date) -> str:
    """Say in one sentence what is overdue, what falls due next, and how many objectives are red.

    Parameters
    ----------
    milestones
        One row a milestone: `title`, `account`, `owner`, `status`, `due_on`.
    objectives
        One row an objective: `status`.
    today
        The day that lateness counts from.

    Returns
    -------
    str
        Plain text, such as "4 of 62 milestones are overdue, the worst is “Joint workshop” at Nordwind, 41 days late
        (owner Ines Roth); 6 more fall due by 30 Oct 2026; 2 of 9 measured objectives are red." Without milestones
        and objectives it says what they would tell.
    """
    if milestones.empty and objectives.empty:
        return _(
            "There are no milestones or objectives here; with plans, dated steps and targets this "
            "page shows what is done, due and going wrong."
        )
    parts = [_overdue(milestones, today), _due_soon(milestones), _red(objectives)]
    sentence = "; ".join(part for part in parts if part)
    return f"{_capital(sentence)}."


def timeline_title(milestones: pd.DataFrame) -> str:
    """Title the timeline of milestones by what stands out on it.

    Examples
    --------
    >>> timeline_title(pd.DataFrame({"status": ["overdue", "done", "due soon", "overdue"]}))
    '2 milestones overdue, 1 due soon, none done late'
    """
    if milestones.empty:
        return _("No milestones")
    overdue, soon, late = (
        int((milestones["status"] == name).sum()) for name in ("overdue", _("due soon"), _("done late"))
    )
    first = counted(overdue, "milestone") if overdue else _("no milestone")
    return _capital(
        _("{first} overdue, {number} due soon, {number_2} done late").format(
            first=first, number=_number(soon), number_2=_number(late)
        )
    )


def objectives_title(objectives: pd.DataFrame) -> str:
    """Title a chart of objectives by how many are red.

    Examples
    --------
    >>> objectives_title(pd.DataFrame({"status": ["red", "green", "not measured"]}))
    '1 of 2 measured objectives is red'
    """
    return _capital(_red(objectives) or _("no objectives"))


def _overdue(milestones: pd.DataFrame, today: dt.date) -> str:
    if milestones.empty:
        return _("there are no milestones")
    late = milestones[milestones["status"] == "overdue"]
    if late.empty:
        return _("none of {counted} is overdue").format(counted=counted(len(milestones), "milestone"))
    worst = late.sort_values("due_on", kind="stable").iloc[0]
    days = (pd.Timestamp(today) - worst["due_on"]).days
    where = _(" at {text}").format(text=_text(worst["account"])) if _text(worst["account"]) else ""
    owner = _("owner {text}").format(text=_text(worst["owner"])) if _text(worst["owner"]) else _("no owner")
    what = _("“{text}”{where}, {days} late ({owner})").format(
        text=_text(worst["title"]), where=where, days=counted(days, "day"), owner=owner
    )
    total = counted(len(milestones), "milestone")
    if len(late) == 1:
        return _("1 of {total} is overdue: {what}").format(total=total, what=what)
    return _("{count} of {total} are overdue, the worst is {what}").format(
        count=count(len(late)), total=total, what=what
    )


def _due_soon(milestones: pd.DataFrame) -> str:
    soon = milestones[milestones["status"] == "due soon"] if len(milestones) else milestones
    if soon.empty:
        return ""
    more = " more" if (milestones["status"] == "overdue").any() else ""
    verb = "falls" if len(soon) == 1 else "fall"
    return _("{count}{more} {verb} due by {date}").format(
        count=count(len(soon)), more=more, verb=verb, date=day(soon["due_on"].max().date())
    )


def _red(objectives: pd.DataFrame) -> str:
    if objectives.empty:
        return ""
    measured = objectives[objectives["status"] != "not measured"]
    if measured.empty:
        return _("none of {counted} can be measured").format(counted=counted(len(objectives), "objective"))
    red = int((measured["status"] == "red").sum())
    verb = "is" if red <= 1 else "are"
    return _("{number} of {counted} {verb} red").format(
        number=_number(red), counted=counted(len(measured), "measured objective"), verb=verb
    )


def _number(number: int) -> str:
    return count(number) if number else "none"


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _text(value: object) -> str:
    """Write a value from the book as one line of text, nothing where it is missing."""
    return " ".join(value.split()) if isinstance(value, str) else ""
