"""Plans in words: how they stand, what an objective is heading for, how sound it is, and what a plan could hold."""

import datetime as dt

import pandas as pd

from kam.base.amounts import amount
from kam.base.numbers import count, day, known, month, percent
from kam.base.terms import NOBODY
from kam.base.texts import _, ngettext, sentence

STALE_DAYS = 90
LETTERS = {
    "specific": _("Specific"),
    "measurable": _("Measurable"),
    "achievable": _("Achievable"),
    "relevant": _("Relevant"),
    "time_bound": _("Time-bound"),
    "assigned": _("Assigned"),
}
_OVER = "closed"


def running(plans: pd.DataFrame) -> pd.DataFrame:
    """Return the plans that are not closed.

    >>> len(running(pd.DataFrame({"status": ["active", "closed", None]})))
    2
    """
    return plans[plans["status"] != _OVER]


def finding(plans: pd.DataFrame, objectives: pd.DataFrame) -> str:
    """Say how many running plans have an objective far behind, which one is worst, and how many nobody looks at.

    Parameters
    ----------
    plans
        The frame of `Book.plans`.
    objectives
        The frame of `Book.objectives`.

    Examples
    --------
    >>> plan = {"plan_id": ["L"], "account": ["Nord"], "status": ["active"], "red": [2], "objectives": [3]}
    >>> plan |= {"overdue": [1], "days_since_review": [120], "progress": [0.1], "time_used": [0.5]}
    >>> goals = pd.DataFrame({"plan_id": ["L"], "status": ["red"], "chance": [0.25]})
    >>> finding(pd.DataFrame(plan), goals)
    '1 of 1 running plan has an objective far behind, most of all Nord (2 of 3 objectives); of 1 objective with a \
forecast, 0 are likelier met than not; 1 plan was not reviewed for 90 days.'
    """
    open_ = running(plans)
    if open_.empty:
        return ngettext(
            "No plan is running; {plans} plan closed.", "No plan is running; {plans} plans closed.", len(plans)
        ).format(plans=count(len(plans)))
    own = objectives[objectives["plan_id"].isin(open_["plan_id"])]
    return sentence(_behind(open_), _ahead(own), _stale(open_))


def plans_title(plans: pd.DataFrame) -> str:
    """Title the chart of running plans by how many have used more of their time than they went of their way.

    >>> plans_title(pd.DataFrame({"status": ["active"], "progress": [0.2], "time_used": [0.5]}))
    '1 of 1 running plan has used more of its time than of its way'
    """
    open_ = running(plans)
    late = int((open_["progress"] < open_["time_used"]).sum())
    told = (
        ngettext(
            "{late} of {plans} running plan has used more of its time than of its way",
            "{late} of {plans} running plans have used more of their time than of their way",
            len(open_),
        )
        if late
        else ngettext(
            "None of {plans} running plan has used more of its time than of its way",
            "None of {plans} running plans have used more of their time than of their way",
            len(open_),
        )
    )
    return told.format(late=count(late), plans=count(len(open_)))


def objectives_title(objectives: pd.DataFrame, plan: str) -> str:
    """Title one plan's objectives.

    >>> objectives_title(pd.DataFrame({"status": ["red", "green", "not measured"]}), "Nord 2026")
    'Nord 2026: 1 of 3 objectives on track, 1 far behind, 1 not measured'
    """
    green, red, unmeasured = (int((objectives["status"] == each).sum()) for each in ("green", "red", "not measured"))
    told = _("{plan}: {green} of {objectives} on track").format(
        plan=plan, green=green, objectives=_objectives(len(objectives))
    )
    if red:
        told = _("{told}, {red} far behind").format(told=told, red=red)
    return _("{told}, {unmeasured} not measured").format(told=told, unmeasured=unmeasured) if unmeasured else told


def path_title(objective: pd.Series) -> str:
    """Say what an objective is heading for: a row of `Book.objectives`.

    >>> row = {"title": "Grow", "forecast": 9.0, "forecast_low": 8.0, "forecast_high": 10.0, "chance": 0.25}
    >>> row |= {"unit": "EUR", "due_on": pd.Timestamp("2026-12-31"), "target": 12.0, "actual": 7.0, "status": "red"}
    >>> path_title(pd.Series(row))
    'Grow: heading for EUR 9.00 (8.00 to 10.0) by 31 Dec 2026; 25.0 % likely to meet EUR 12.0'
    """
    unit = objective["unit"]
    if not known(objective["forecast"]):
        return _no_forecast(objective)
    low, high = (amount(objective[f"forecast_{end}"], unit) for end in ("low", "high"))
    if isinstance(unit, str):
        low = low.replace(f"{unit} ", "", 1)
        high = high.replace(f"{unit} ", "", 1)
    told = (
        _("{objective}: heading for {forecast} ({low} to {high}) by {due}; {chance} likely to meet {target}")
        if known(objective["chance"])
        else _("{objective}: heading for {forecast} ({low} to {high}) by {due}")
    )
    return told.format(
        objective=objective["title"],
        forecast=amount(objective["forecast"], unit),
        low=low,
        high=high,
        due=day(objective["due_on"]),
        chance=percent(objective["chance"]),
        target=amount(objective["target"], unit),
    )


def smart_title(smart: pd.DataFrame) -> str:
    """Say how many objectives fail a letter, and which letter most.

    >>> row = dict.fromkeys(LETTERS, [True]) | {"achievable": [False], "relevant": [pd.NA]}
    >>> smart_title(pd.DataFrame(row).astype("boolean"))
    '1 of 1 objective fails a letter of SMART, most often “achievable” (1); 1 cannot be told in some letter'
    """
    letters = smart[list(LETTERS)]
    fails = (~letters).fillna(value=False)
    number, open_ = int(fails.any(axis=1).sum()), int(letters.isna().any(axis=1).sum())
    told = (
        ngettext(
            "{failing} of {objectives} fails a letter of SMART, most often “{letter}” ({most})",
            "{failing} of {objectives} fail a letter of SMART, most often “{letter}” ({most})",
            number,
        )
        if number
        else _("None of {objectives} fail a letter of SMART")
    ).format(
        failing=count(number),
        objectives=_objectives(len(smart)),
        letter=LETTERS[str(fails.sum().idxmax())].lower(),
        most=count(fails.sum().max()),
    )
    return _("{told}; {open} cannot be told in some letter").format(told=told, open=count(open_)) if open_ else told


def standing(plan: pd.Series) -> str:
    """Say how a plan stands and how long nobody looked: a row of `Book.plans`.

    >>> row = {"time_used": 0.5, "days_since_review": pd.NA, "days_since_touch": 3, "overdue": 1, "at_risk": 0}
    >>> row |= {"next_milestone": "Audit", "next_on": pd.Timestamp("2026-11-01")}
    >>> standing(pd.Series(row))
    '50.0 % of its time is over. Next: Audit, 1 Nov 2026. 1 milestone overdue. Never reviewed. Last contact 3 days ago.'
    """
    told = []
    if pd.notna(plan["time_used"]):
        told.append(_("{share} of its time is over.").format(share=percent(plan["time_used"])))
    if isinstance(plan["next_milestone"], str):
        told.append(_("Next: {milestone}, {day}.").format(milestone=plan["next_milestone"], day=day(plan["next_on"])))
    if late := int(plan["overdue"]):
        told.append(
            ngettext("{milestones} milestone overdue.", "{milestones} milestones overdue.", late).format(
                milestones=count(late)
            )
        )
    if at_risk := int(plan["at_risk"]):
        told.append(
            ngettext(
                "{milestones} milestone at risk by another.", "{milestones} milestones at risk by another.", at_risk
            ).format(milestones=count(at_risk))
        )
    reviewed, touched = plan["days_since_review"], plan["days_since_touch"]
    told.append(
        _("Never reviewed.")
        if pd.isna(reviewed)
        else ngettext("Reviewed {days} day ago.", "Reviewed {days} days ago.", int(reviewed)).format(
            days=count(reviewed)
        )
    )
    told.append(
        _("No contact known.")
        if pd.isna(touched)
        else ngettext("Last contact {days} day ago.", "Last contact {days} days ago.", int(touched)).format(
            days=count(touched)
        )
    )
    return " ".join(told)


def strategies_title(strategies: pd.DataFrame, currency: str | None = None) -> str:
    """Say which resources the strategies of a plan set aside.

    >>> strategies_title(pd.DataFrame({"budget": [500.0, None], "days": [3.0, 4.0], "partners": [None, "Lab"]}), "EUR")
    '2 ways there: EUR 500 and 7 working days set aside, 1 with an outside partner'
    """
    if strategies.empty:
        return _("Nobody has said yet how the objectives are to be reached")
    with_partner = int(strategies["partners"].notna().sum())
    budget = amount(strategies["budget"].sum(), currency or "")
    told = ngettext(
        "{ways} way there: {budget} and {days:,.0f} working days set aside",
        "{ways} ways there: {budget} and {days:,.0f} working days set aside",
        len(strategies),
    ).format(ways=count(len(strategies)), budget=budget, days=strategies["days"].sum())
    if not with_partner:
        return told
    return _("{told}, {ways} with an outside partner").format(told=told, ways=count(with_partner))


def draft_title(draft: pd.DataFrame, name: str) -> str:
    """Say what the gaps of an account suggest.

    >>> draft_title(pd.DataFrame({"kind": ["objective", "action", "action"]}), "Nord")
    'What the gaps of Nord suggest: 1 objective and 2 actions, to take or to leave'
    """
    kinds = draft["kind"].value_counts()
    if draft.empty:
        return _("The book shows no gap of {account} to start a plan from").format(account=name)
    steps = int(kinds.get("action", 0))
    actions = ngettext("{actions} action", "{actions} actions", steps).format(actions=count(steps))
    return _("What the gaps of {account} suggest: {objectives} and {actions}, to take or to leave").format(
        account=name, objectives=_objectives(int(kinds.get("objective", 0))), actions=actions
    )


def load_title(load: pd.DataFrame, by: str, today: dt.date) -> str:
    """Say who has most to do, and how much of that is overdue.

    >>> row = {"who": ["Ada"], "month": [pd.Timestamp("2026-09-01")], "milestones": [4], "overdue": [1], "at_risk": [0]}
    >>> load_title(pd.DataFrame(row), "owner", dt.date(2026, 9, 30))
    'Ada has most to do: 4 open milestones, 4 of them by the end of Sep 2026'
    """
    if load.empty:
        return _("No milestone is open")
    total = load.groupby("who", sort=False)["milestones"].sum()
    who = str(total.idxmax())
    own = load[load["who"] == who]
    now = int(own.loc[own["month"] <= pd.Timestamp(today), "milestones"].sum())
    if who != NOBODY:
        named = _("{who} has most to do").format(who=who)
    elif by == "owner":
        named = _("The owner with most to do is nobody named")
    else:
        named = _("The department with most to do is nobody named")
    most = int(total.max())
    told = ngettext("{named}: {milestones} open milestone", "{named}: {milestones} open milestones", most).format(
        named=named, milestones=count(most)
    )
    if not now:
        return told
    return _("{told}, {now} of them by the end of {month}").format(told=told, now=count(now), month=month(today))


def _behind(plans: pd.DataFrame) -> str:
    red = plans[plans["red"] > 0]
    total = ngettext("{plans} running plan", "{plans} running plans", len(plans)).format(plans=count(len(plans)))
    if red.empty:
        return _("None of {plans} has an objective far behind").format(plans=total)
    gap = red["time_used"].fillna(0) - red["progress"].fillna(0)
    worst = red.iloc[int(gap.to_numpy(dtype=float).argmax())]
    return ngettext(
        "{behind} of {plans} has an objective far behind, most of all {account} ({red} of {objectives})",
        "{behind} of {plans} have an objective far behind, most of all {account} ({red} of {objectives})",
        len(red),
    ).format(
        behind=count(len(red)),
        plans=total,
        account=worst["account"],
        red=count(worst["red"]),
        objectives=_objectives(int(worst["objectives"])),
    )


def _ahead(objectives: pd.DataFrame) -> str:
    told = objectives["chance"].dropna()
    if told.empty:
        return ""
    likely = int((told >= 0.5).sum())  # noqa: PLR2004 - even odds
    return ngettext(
        "of {objectives} with a forecast, {likely} is likelier met than not",
        "of {objectives} with a forecast, {likely} are likelier met than not",
        likely,
    ).format(objectives=_objectives(len(told)), likely=count(likely))


def _stale(plans: pd.DataFrame) -> str:
    stale = int((plans["days_since_review"] > STALE_DAYS).fillna(value=False).sum())
    if not stale:
        return ""
    return ngettext(
        "{plans} plan was not reviewed for {days} days", "{plans} plans were not reviewed for {days} days", stale
    ).format(plans=count(stale), days=STALE_DAYS)


def _no_forecast(objective: pd.Series) -> str:
    if objective["status"] == "not measured" and not known(objective["actual"]):
        return _("{objective}: not measured, so there is no forecast").format(objective=objective["title"])
    return _("{objective}: now {actual}, target {target}; no forecast").format(
        objective=objective["title"],
        actual=amount(objective["actual"], objective["unit"]),
        target=amount(objective["target"], objective["unit"]),
    )


def _objectives(number: int) -> str:
    return ngettext("{objectives} objective", "{objectives} objectives", number).format(objectives=count(number))
