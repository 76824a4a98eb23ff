"""Plans in words: how they stand, what an objective is heading for, how sound it is, and what a plan could hold."""

import datetime as dt

import pandas as pd

from kam.base.amounts import amount
from kam.base.numbers import count, counted, day, known, month, percent
from kam.base.terms import NOBODY
from kam.base.texts import _

STALE_DAYS = 90
LETTERS = {
    "specific": _("Specific"),
    "measurable": _("Measurable"),
    "achievable": _("Achievable"),
    "relevant": _("Relevant"),
    "time_bound": "Time-bound",
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
        return _("No plan is running; {counted} closed.").format(counted=counted(len(plans), "plan"))
    told = [_behind(open_), _ahead(objectives[objectives["plan_id"].isin(open_["plan_id"])]), _stale(open_)]
    return f"{'; '.join(part for part in told if part)}."


def plans_title(plans: pd.DataFrame) -> str:
    """Title the chart of running plans by how many have used more of their time than they went of their way.

    >>> plans_title(pd.DataFrame({"status": ["active"], "progress": [0.2], "time_used": [0.5]}))
    '1 of 1 running plan has used more of its time than of its way'
    """
    open_ = running(plans)
    late = int((open_["progress"] < open_["time_used"]).sum())
    has = _("has used more of its time") if len(open_) == 1 else _("have used more of their time")
    way = _("its way") if len(open_) == 1 else _("their way")
    return _("{value} of {counted} {has} than of {way}").format(
        value=count(late) if late else "None", counted=counted(len(open_), "running plan"), has=has, way=way
    )


def objectives_title(objectives: pd.DataFrame, plan: str) -> str:
    """Title one plan's objectives.

    >>> objectives_title(pd.DataFrame({"status": ["red", "green", "not measured"]}), "Nord 2026")
    'Nord 2026: 1 of 3 objectives on track, 1 far behind, 1 not measured'
    """
    number = {status: int((objectives["status"] == status).sum()) for status in ("green", "red", _("not measured"))}
    told = _("{plan}: {green} of {counted} on track").format(
        plan=plan, green=number["green"], counted=counted(len(objectives), "objective")
    )
    rest = [_("{red} far behind").format(red=number["red"])] if number["red"] else []
    rest += (
        [_("{not_measured} not measured").format(not_measured=number["not measured"])] if number["not measured"] else []
    )
    return ", ".join([told, *rest])


def path_title(objective: pd.Series) -> str:
    """Say what an objective is heading for: a row of `Book.objectives`.

    >>> row = {"title": "Grow", "forecast": 9.0, "forecast_low": 8.0, "forecast_high": 10.0, "chance": 0.25}
    >>> row |= {"unit": "EUR", "due_on": pd.Timestamp("2026-12-31"), "target": 12.0, "actual": 7.0, "status": "red"}
    >>> path_title(pd.Series(row))
    'Grow: heading for EUR 9.00 (8.00 to 10.0) by 31 Dec 2026; 25.0 % likely to meet EUR 12.0'
    """
    unit = objective["unit"]
    if not known(objective["forecast"]):
        return f"{objective['title']}: {_no_forecast(objective)}"
    low, high = (amount(objective[f"forecast_{end}"], unit) for end in ("low", "high"))
    if isinstance(unit, str):
        low = low.replace(f"{unit} ", "", 1)
        high = high.replace(f"{unit} ", "", 1)
    heading = _("heading for {forecast} ({low} to {high}) by {due_on}").format(
        forecast=amount(objective["forecast"], unit), low=low, high=high, due_on=day(objective["due_on"])
    )
    chance = _("{chance} likely to meet {target}").format(
        chance=percent(objective["chance"]), target=amount(objective["target"], unit)
    )
    return (
        f"{objective['title']}: {heading}; {chance}"
        if known(objective["chance"])
        else f"{objective['title']}: {heading}"
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
    verb = "fails" if number == 1 else "fail"
    told = _("{value} of {counted} {verb} a letter of SMART").format(
        value=count(number) if number else "None", counted=counted(len(smart), "objective"), verb=verb
    )
    if number:
        most = str(fails.sum().idxmax())
        told += _(", most often “{lower}” ({most})").format(lower=LETTERS[most].lower(), most=count(fails.sum().max()))
    return _("{told}; {open} cannot be told in some letter").format(told=told, open=count(open_)) if open_ else told


def standing(plan: pd.Series) -> str:
    """Say how a plan stands and how long nobody looked: a row of `Book.plans`.

    >>> row = {"time_used": 0.5, "days_since_review": pd.NA, "days_since_touch": 3, "overdue": 1, "at_risk": 0}
    >>> row |= {"next_milestone": "Audit", "next_on": pd.Timestamp("2026-11-01")}
    >>> standing(pd.Series(row))
    '50.0 % of its time is over. Next: Audit, 1 Nov 2026. 1 milestone overdue. Never reviewed. Last contact 3 days ago.'
    """
    told = (
        []
        if pd.isna(plan["time_used"])
        else [_("{time_used} of its time is over.").format(time_used=percent(plan["time_used"]))]
    )
    if isinstance(plan["next_milestone"], str):
        told.append(
            _("Next: {next_milestone}, {next_on}.").format(
                next_milestone=plan["next_milestone"], next_on=day(plan["next_on"])
            )
        )
    if plan["overdue"]:
        told.append(_("{overdue} overdue.").format(overdue=counted(int(plan["overdue"]), "milestone")))
    if plan["at_risk"]:
        told.append(_("{at_risk} at risk by another.").format(at_risk=counted(int(plan["at_risk"]), "milestone")))
    reviewed = plan["days_since_review"]
    told.append(
        _("Never reviewed.")
        if pd.isna(reviewed)
        else _("Reviewed {reviewed} ago.").format(reviewed=counted(int(reviewed), "day"))
    )
    touched = plan["days_since_touch"]
    told.append(
        _("No contact known.")
        if pd.isna(touched)
        else _("Last contact {touched} ago.").format(touched=counted(int(touched), "day"))
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
    told = _("{counted} there: {budget} and {sum_:,.0f} working days set aside").format(
        counted=counted(len(strategies), "way"), budget=budget, sum_=strategies["days"].sum()
    )
    return (
        _("{told}, {with_partner} with an outside partner").format(told=told, with_partner=count(with_partner))
        if with_partner
        else told
    )


def draft_title(draft: pd.DataFrame, name: str) -> str:
    """Say what the gaps of an account suggest.

    >>> draft_title(pd.DataFrame({"kind": ["objective", "action", "action"]}), "Nord")
    'What the gaps of Nord suggest: 1 objective and 2 actions, to take or to leave'
    """
    kinds = draft["kind"].value_counts()
    if draft.empty:
        return _("The book shows no gap of {name} to start a plan from").format(name=name)
    goals, steps = (counted(int(kinds.get(kind, 0)), kind) for kind in ("objective", "action"))
    return _("What the gaps of {name} suggest: {goals} and {steps}, to take or to leave").format(
        name=name, goals=goals, steps=steps
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
    named = (
        _("The {by} with most to do is nobody named").format(by=by)
        if who == NOBODY
        else _("{who} has most to do").format(who=who)
    )
    told = f"{named}: {counted(int(total.max()), 'open milestone')}"
    return (
        _("{told}, {now} of them by the end of {today}").format(told=told, now=count(now), today=month(today))
        if now
        else told
    )


def _behind(plans: pd.DataFrame) -> str:
    red = plans[plans["red"] > 0]
    total = counted(len(plans), _("running plan"))
    if red.empty:
        return _("None of {total} has an objective far behind").format(total=total)
    gap = red["time_used"].fillna(0) - red["progress"].fillna(0)
    worst = red.iloc[int(gap.to_numpy(dtype=float).argmax())]
    verb = "has" if len(red) == 1 else "have"
    share = _("{red} of {objectives}").format(
        red=count(worst["red"]), objectives=counted(int(worst["objectives"]), "objective")
    )
    return _("{count} of {total} {verb} an objective far behind, most of all {account} ({share})").format(
        count=count(len(red)), total=total, verb=verb, account=worst["account"], share=share
    )


def _ahead(objectives: pd.DataFrame) -> str:
    told = objectives["chance"].dropna()
    if told.empty:
        return ""
    likely = int((told >= 0.5).sum())  # noqa: PLR2004 - even odds
    verb = "is" if likely == 1 else "are"
    return _("of {counted} with a forecast, {likely} {verb} likelier met than not").format(
        counted=counted(len(told), "objective"), likely=count(likely), verb=verb
    )


def _stale(plans: pd.DataFrame) -> str:
    stale = int((plans["days_since_review"] > STALE_DAYS).fillna(value=False).sum())
    verb = "was" if stale == 1 else "were"
    return (
        _("{stale} {verb} not reviewed for {stale_days} days").format(
            stale=counted(stale, "plan"), verb=verb, stale_days=STALE_DAYS
        )
        if stale
        else ""
    )


def _no_forecast(objective: pd.Series) -> str:
    if objective["status"] == "not measured" and not known(objective["actual"]):
        return _("not measured, so there is no forecast")
    now = _("now {actual}, target {target}").format(
        actual=amount(objective["actual"], objective["unit"]), target=amount(objective["target"], objective["unit"])
    )
    return _("{now}; no forecast").format(now=now)
