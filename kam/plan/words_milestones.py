"""What plans, milestones and objectives come to, in one sentence for a page and in a few words for a chart."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, day
from kam.base.texts import _, ngettext, sentence


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
    return _capital(sentence(_overdue(milestones, today), _due_soon(milestones), _red(objectives)))


def timeline_title(milestones: pd.DataFrame) -> str:
    """Title the timeline of milestones by what stands out on it.

    Examples
    --------
    >>> timeline_title(pd.DataFrame({"status": ["overdue", "done", "due soon", "overdue"]}))
    '2 milestones overdue, 1 due soon, none done late'
    """
    if milestones.empty:
        return _("No milestones")
    overdue, soon, late = (int((milestones["status"] == name).sum()) for name in ("overdue", "due soon", "done late"))
    told = (
        ngettext("{milestones} milestone overdue", "{milestones} milestones overdue", overdue)
        if overdue
        else _("No milestone overdue")
    )
    return _("{overdue}, {soon}, {late}").format(
        overdue=told.format(milestones=count(overdue)),
        soon=_("{milestones} due soon").format(milestones=count(soon)) if soon else _("none due soon"),
        late=_("{milestones} done late").format(milestones=count(late)) if late else _("none done late"),
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
        return ngettext(
            "none of {milestones} milestone is overdue", "none of {milestones} milestones is overdue", len(milestones)
        ).format(milestones=count(len(milestones)))
    worst = late.sort_values("due_on", kind="stable").iloc[0]
    days = (pd.Timestamp(today) - worst["due_on"]).days
    account, owner = _text(worst["account"]), _text(worst["owner"])
    what = _("“{milestone}” at {account}") if account else _("“{milestone}”")
    told = ngettext("{milestone}, {days} day late ({owner})", "{milestone}, {days} days late ({owner})", days).format(
        milestone=what.format(milestone=_text(worst["title"]), account=account),
        days=count(days),
        owner=_("owner {owner}").format(owner=owner) if owner else _("no owner"),
    )
    total = ngettext("{milestones} milestone", "{milestones} milestones", len(milestones))
    return ngettext(
        "{overdue} of {milestones} is overdue: {worst}",
        "{overdue} of {milestones} are overdue, the worst is {worst}",
        len(late),
    ).format(overdue=count(len(late)), milestones=total.format(milestones=count(len(milestones))), worst=told)


def _due_soon(milestones: pd.DataFrame) -> str:
    soon = milestones[milestones["status"] == "due soon"] if len(milestones) else milestones
    if soon.empty:
        return ""
    told = (
        ngettext("{milestones} more falls due by {day}", "{milestones} more fall due by {day}", len(soon))
        if (milestones["status"] == "overdue").any()
        else ngettext("{milestones} falls due by {day}", "{milestones} fall due by {day}", len(soon))
    )
    return told.format(milestones=count(len(soon)), day=day(soon["due_on"].max().date()))


def _red(objectives: pd.DataFrame) -> str:
    if objectives.empty:
        return ""
    measured = objectives[objectives["status"] != "not measured"]
    if measured.empty:
        return ngettext(
            "none of {objectives} objective can be measured",
            "none of {objectives} objectives can be measured",
            len(objectives),
        ).format(objectives=count(len(objectives)))
    red = int((measured["status"] == "red").sum())
    total = ngettext("{objectives} measured objective", "{objectives} measured objectives", len(measured))
    told = (
        ngettext("{red} of {objectives} is red", "{red} of {objectives} are red", red)
        if red
        else _("none of {objectives} is red")
    )
    return told.format(red=count(red), objectives=total.format(objectives=count(len(measured))))


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _text(value: object) -> str:
    """Write a value from the book as one line of text, nothing where it is missing."""
    return " ".join(value.split()) if isinstance(value, str) else ""
