"""Our own team in words: whose accounts do better or worse, how sure that is, and who lacks which skill."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, money, percent, signed_points
from kam.base.rules import ACTIVE_DAYS
from kam.base.terms import NOBODY
from kam.base.texts import _, ngettext, sentence

SKILLS = {
    "communication": _("communication"),
    "negotiation": _("negotiation"),
    "strategic_thinking": _("strategic thinking"),
    "problem_solving": _("problem solving"),
    "coordination": _("coordination"),
    "resilience": _("resilience"),
    "product_knowledge": _("product knowledge"),
}
MEASURES = {
    "NRR": _("Net retention"),
    "margin rate": _("Margin rate"),
    "coverage": _("Coverage"),
    "value contacts": _("Value contacts"),
    "milestones kept": _("Milestones kept"),
    "problems in time": _("Problems in time"),
}
WEAK = 2  # of 5
_NAMED = 2


def finding(team: pd.DataFrame, measures: pd.DataFrame, currency: str | None = None) -> str:
    """Say how many look after how much, whose accounts surely differ from the others', and where nobody is in touch.

    Parameters
    ----------
    team, measures
        The frames of `Book.team` and `Book.team_measures`.

    Examples
    --------
    >>> team = pd.DataFrame({"manager": ["Ada"], "accounts": [2], "revenue": [9.0], "silent_accounts": [1.0],
    ...                      "silent_revenue": [4.0]})
    >>> row = {"measure": ["NRR"], "manager": ["Ada"], "difference": [-0.1], "difference_low": [-0.15]}
    >>> measures = pd.DataFrame(row | {"difference_high": [-0.05], "is_sure": [True]})
    >>> finding(team, measures, "EUR")
    "1 manager looks after 2 active accounts with EUR 9.00; Ada's accounts surely do worse in net retention \
(−10.0 pp); at 1 account with EUR 4.00 nobody was in touch for 90 days, most of it Ada's."
    """
    named = team[team["manager"] != NOBODY]
    accounts = int(named["accounts"].sum())
    looked_after = ngettext(
        "{managers} manager looks after {accounts}", "{managers} managers look after {accounts}", len(named)
    ).format(
        managers=count(len(named)),
        accounts=ngettext(
            "{accounts} active account with {revenue}", "{accounts} active accounts with {revenue}", accounts
        ).format(accounts=count(accounts), revenue=money(named["revenue"].sum(), currency)),
    )
    return sentence(looked_after, _surest(measures), _silent(team, currency))


def _surest(measures: pd.DataFrame) -> str:
    named = measures[measures["manager"] != NOBODY]
    sure = named[named["is_sure"]]
    if not named["difference_low"].notna().any():
        return ""
    if sure.empty:
        return _("no manager's accounts surely differ from the others'")
    beyond = sure["difference"].abs() / (sure["difference_high"] - sure["difference_low"])
    first = sure.loc[beyond.sort_values(ascending=False, kind="stable").index]
    said = [
        (
            _("{manager}'s accounts surely do better in {measure} ({points})")
            if row["difference"] > 0
            else _("{manager}'s accounts surely do worse in {measure} ({points})")
        ).format(manager=row["manager"], measure=MEASURES[row["measure"]].lower(), points=_points(row))
        for row in first.head(_NAMED).to_dict("records")
    ]
    more = len(first) - _NAMED
    if more > 0:
        said.append(
            ngettext("{more} more sure difference", "{more} more sure differences", more).format(more=count(more))
        )
    return ", ".join(said)


def _silent(team: pd.DataFrame, currency: str | None) -> str:
    accounts, revenue = team["silent_accounts"].sum(), team["silent_revenue"]
    if not accounts > 0:
        return ""
    said = ngettext(
        "at {accounts} account with {revenue} nobody was in touch for {days} days",
        "at {accounts} accounts with {revenue} nobody was in touch for {days} days",
        int(accounts),
    ).format(accounts=count(accounts), revenue=money(revenue.sum(), currency), days=ACTIVE_DAYS)
    most = str(_largest(team, revenue)["manager"])
    if most == NOBODY or revenue.max() <= revenue.sum() / 2:
        return said
    return _("{said}, most of it {manager}'s").format(said=said, manager=most)


def measure_title(rows: pd.DataFrame) -> str:
    """Say who surely differs in one measure, or that nobody does.

    >>> row = {"measure": ["NRR"], "manager": ["Ada"], "difference": [0.1], "difference_low": [0.05]}
    >>> measure_title(pd.DataFrame(row | {"difference_high": [0.15], "is_sure": [True]}))
    "Net retention: Ada's accounts surely do better than the others' (+10.0 pp)"
    """
    if rows.empty:
        return _("Not measured")
    name, sure = MEASURES[str(rows["measure"].iloc[0])], rows[rows["is_sure"]]
    if rows["difference_low"].isna().all():
        return _("{name}: too few accounts to compare managers").format(name=name)
    if sure.empty:
        return _("{name}: no manager's accounts surely differ from the others'").format(name=name)
    first = sure.loc[sure["difference"].abs().sort_values(ascending=False, kind="stable").index].to_dict("records")[0]
    if first["manager"] == NOBODY:
        said = (
            _("{measure}: the accounts of nobody named surely do better than the others ({points})")
            if first["difference"] > 0
            else _("{measure}: the accounts of nobody named surely do worse than the others ({points})")
        )
    else:
        said = (
            _("{measure}: {manager}'s accounts surely do better than the others' ({points})")
            if first["difference"] > 0
            else _("{measure}: {manager}'s accounts surely do worse than the others' ({points})")
        )
    told = said.format(measure=name, manager=first["manager"], points=_points(first))
    more = len(sure) - 1
    if not more:
        return told
    return ngettext("{told}, {more} more differs", "{told}, {more} more differ", more).format(
        told=told, more=count(more)
    )


def carried_title(team: pd.DataFrame) -> str:
    """Say who carries most.

    >>> carried_title(pd.DataFrame({"manager": ["Ada", "Ben"], "accounts": [9, 20], "share": [0.6, 0.4]}))
    'Ada carries 60.0 % of revenue, Ben most accounts (20)'
    """
    if team.empty or not known(team["share"].iloc[0]):
        return _("No revenue to carry")
    first, most = team.iloc[0], _largest(team, team["accounts"])
    told = (
        _("{manager} carries {share} of revenue and most accounts ({accounts})")
        if first["manager"] == most["manager"]
        else _("{manager} carries {share} of revenue, {other} most accounts ({accounts})")
    )
    return told.format(
        manager=first["manager"], share=percent(first["share"]), other=most["manager"], accounts=count(most["accounts"])
    )


def skills_title(skills: pd.DataFrame) -> str:
    """Say in which skill the team is weakest, and who has a weak one.

    >>> skills = pd.DataFrame({"manager": ["Ada", "Ben"], "negotiation": [5.0, 2.0]})
    >>> skills_title(skills.reindex(columns=["manager", *SKILLS]))
    'Weakest together: negotiation (3.5 of 5); Ben has 1 skill at 2 or less'
    """
    rated = skills.set_index("manager")[list(SKILLS)].astype("float64")
    mean = rated.mean()
    if mean.isna().all():
        return _("Nobody's skills are rated")
    weak = (rated <= WEAK).sum(axis=1)
    number = int(weak.max())
    told = (
        ngettext(
            "Weakest together: {skill} ({least:.1f} of 5); {manager} has {skills} skill at {weak} or less",
            "Weakest together: {skill} ({least:.1f} of 5); {manager} has {skills} skills at {weak} or less",
            number,
        )
        if number
        else _("Weakest together: {skill} ({least:.1f} of 5); nobody has a skill at {weak} or less")
    )
    return told.format(
        skill=SKILLS[str(mean.idxmin())], least=mean.min(), manager=weak.idxmax(), skills=count(number), weak=WEAK
    )


def departments_title(departments: pd.DataFrame) -> str:
    """Say which department owes most that is overdue, and which keeps its promises least.

    >>> row = {"department": ["finance"], "overdue_milestones": [4], "overdue_problems": [1], "promised": [18]}
    >>> departments_title(pd.DataFrame(row | {"kept": [0.444]}))
    'finance has most overdue: 4 milestones and 1 problem; it kept 44.4 % of 18 promised in twelve months'
    """
    if departments.empty:
        return _("No department owes a step or an answer")
    late = departments["overdue_milestones"] + departments["overdue_problems"]
    if not late.max():
        return _("Nothing is overdue in any department")
    first = _largest(departments, late)
    steps, problems = int(first["overdue_milestones"]), int(first["overdue_problems"])
    owed = ngettext("{milestones} milestone", "{milestones} milestones", steps).format(milestones=count(steps))
    if problems:
        cases = ngettext("{problems} problem", "{problems} problems", problems).format(problems=count(problems))
        owed = _("{milestones} and {problems}").format(milestones=owed, problems=cases) if steps else cases
    said = _("{department} has most overdue: {owed}").format(department=first["department"], owed=owed)
    if not first["promised"]:
        return said
    return _("{said}; it kept {kept} of {promised} promised in twelve months").format(
        said=said, kept=percent(first["kept"]), promised=count(first["promised"])
    )


def _largest(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    return rows.iloc[int(np.nanargmax(values.to_numpy(dtype=float)))]


def _points(row: Mapping[Hashable, Any]) -> str:
    return signed_points(row["difference"])


TEAM_COLUMNS = columns(
    "manager accounts revenue share touches_a_month silent_accounts silent_revenue open_milestones "
    "overdue_milestones open_problems overdue_problems",
    manager=Column(_("Manager"), width="medium"),
    accounts=Column(_("Accounts"), "count", _("With revenue in twelve months")),
    share=Column(_("Of all revenue"), "percent"),
    touches_a_month=Column(_("Touches a month"), "number", _("Of an active account"), form="%.1f"),
    silent_accounts=Column(_("Not in touch"), "count", _("Accounts: nobody for {days} days").format(days=ACTIVE_DAYS)),
    silent_revenue=Column(
        _("Not in touch"),
        "money",
        _("Revenue of the accounts where nobody was for {days} days").format(days=ACTIVE_DAYS),
    ),
    open_milestones=Column(_("Open milestones"), "count"),
    overdue_milestones=Column(_("Overdue"), "count"),
    open_problems=Column(_("Open problems"), "count"),
    overdue_problems=Column(_("Past target"), "count"),
)
DEPARTMENT_COLUMNS = columns(
    "department open_milestones overdue_milestones promised kept open_problems overdue_problems solved in_time "
    "median_days",
    department=Column(_("Department"), width="medium"),
    open_milestones=Column(_("Open milestones"), "count"),
    overdue_milestones=Column(_("Overdue"), "count"),
    promised=Column(_("Promised in a year"), "count", _("Milestones first promised for these months")),
    kept=Column(_("Kept"), "chance", _("Share of them done by the day first promised")),
    open_problems=Column(_("Open problems"), "count"),
    overdue_problems=Column(_("Past target"), "count"),
    solved=Column(_("Solved in a year"), "count"),
    in_time=Column(_("In time"), "chance", _("Share of the solved ones with a target that met it")),
    median_days=Column(_("Days to solve"), "number", _("Median"), form="%.1f"),
)
