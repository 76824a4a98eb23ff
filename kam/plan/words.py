"""Plans in words: how they stand, what an objective is heading for, how sound it is, and what a plan could hold."""

import datetime as dt

import pandas as pd

from kam.base.amounts import amount
from kam.base.numbers import count, counted, day, known, month, percent
from kam.base.terms import NOBODY

STALE_DAYS = 90
LETTERS = {
    "specific": "Specific", "measurable": "Measurable", "achievable": "Achievable", "relevant": "Relevant",
    "time_bound": "Time-bound", "assigned": "Assigned",
}  # fmt: skip
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
        return f"No plan is running; {counted(len(plans), 'plan')} closed."
    told = [_behind(open_), _ahead(objectives[objectives["plan_id"].isin(open_["plan_id"])]), _stale(open_)]
    return f"{'; '.join(part for part in told if part)}."


def plans_title(plans: pd.DataFrame) -> str:
    """Title the chart of running plans by how many have used more of their time than they went of their way.

    >>> plans_title(pd.DataFrame({"status": ["active"], "progress": [0.2], "time_used": [0.5]}))
    '1 of 1 running plan has used more of its time than of its way'
    """
    open_ = running(plans)
    late = int((open_["progress"] < open_["time_used"]).sum())
    has = "has used more of its time" if len(open_) == 1 else "have used more of their time"
    way = "its way" if len(open_) == 1 else "their way"
    return f"{count(late) if late else 'None'} of {counted(len(open_), 'running plan')} {has} than of {way}"


def objectives_title(objectives: pd.DataFrame, plan: str) -> str:
    """Title one plan's objectives.

    >>> objectives_title(pd.DataFrame({"status": ["red", "green", "not measured"]}), "Nord 2026")
    'Nord 2026: 1 of 3 objectives on track, 1 far behind, 1 not measured'
    """
    number = {status: int((objectives["status"] == status).sum()) for status in ("green", "red", "not measured")}
    told = f"{plan}: {number['green']} of {counted(len(objectives), 'objective')} on track"
    rest = [f"{number['red']} far behind"] if number["red"] else []
    rest += [f"{number['not measured']} not measured"] if number["not measured"] else []
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
    heading = f"heading for {amount(objective['forecast'], unit)} ({low} to {high}) by {day(objective['due_on'])}"
    chance = f"{percent(objective['chance'])} likely to meet {amount(objective['target'], unit)}"
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
    told = f"{count(number) if number else 'None'} of {counted(len(smart), 'objective')} {verb} a letter of SMART"
    if number:
        most = str(fails.sum().idxmax())
        told += f", most often “{LETTERS[most].lower()}” ({count(fails.sum().max())})"
    return f"{told}; {count(open_)} cannot be told in some letter" if open_ else told


def standing(plan: pd.Series) -> str:
    """Say how a plan stands and how long nobody looked: a row of `Book.plans`.

    >>> row = {"time_used": 0.5, "days_since_review": pd.NA, "days_since_touch": 3, "overdue": 1, "at_risk": 0}
    >>> row |= {"next_milestone": "Audit", "next_on": pd.Timestamp("2026-11-01")}
    >>> standing(pd.Series(row))
    '50.0 % of its time is over. Next: Audit, 1 Nov 2026. 1 milestone overdue. Never reviewed. Last contact 3 days ago.'
    """
    told = [] if pd.isna(plan["time_used"]) else [f"{percent(plan['time_used'])} of its time is over."]
    if isinstance(plan["next_milestone"], str):
        told.append(f"Next: {plan['next_milestone']}, {day(plan['next_on'])}.")
    if plan["overdue"]:
        told.append(f"{counted(int(plan['overdue']), 'milestone')} overdue.")
    if plan["at_risk"]:
        told.append(f"{counted(int(plan['at_risk']), 'milestone')} at risk by another.")
    reviewed = plan["days_since_review"]
    told.append("Never reviewed." if pd.isna(reviewed) else f"Reviewed {counted(int(reviewed), 'day')} ago.")
    touched = plan["days_since_touch"]
    told.append("No contact known." if pd.isna(touched) else f"Last contact {counted(int(touched), 'day')} ago.")
    return " ".join(told)


def strategies_title(strategies: pd.DataFrame, currency: str | None = None) -> str:
    """Say which resources the strategies of a plan set aside.

    >>> strategies_title(pd.DataFrame({"budget": [500.0, None], "days": [3.0, 4.0], "partners": [None, "Lab"]}), "EUR")
    '2 ways there: EUR 500 and 7 working days set aside, 1 with an outside partner'
    """
    if strategies.empty:
        return "Nobody has said yet how the objectives are to be reached"
    with_partner = int(strategies["partners"].notna().sum())
    budget = amount(strategies["budget"].sum(), currency or "")
    told = (
        f"{counted(len(strategies), 'way')} there: {budget} and {strategies['days'].sum():,.0f} working days set aside"
    )
    return f"{told}, {count(with_partner)} with an outside partner" if with_partner else told


def draft_title(draft: pd.DataFrame, name: str) -> str:
    """Say what the gaps of an account suggest.

    >>> draft_title(pd.DataFrame({"kind": ["objective", "action", "action"]}), "Nord")
    'What the gaps of Nord suggest: 1 objective and 2 actions, to take or to leave'
    """
    kinds = draft["kind"].value_counts()
    if draft.empty:
        return f"The book shows no gap of {name} to start a plan from"
    goals, steps = (counted(int(kinds.get(kind, 0)), kind) for kind in ("objective", "action"))
    return f"What the gaps of {name} suggest: {goals} and {steps}, to take or to leave"


def load_title(load: pd.DataFrame, by: str, today: dt.date) -> str:
    """Say who has most to do, and how much of that is overdue.

    >>> row = {"who": ["Ada"], "month": [pd.Timestamp("2026-09-01")], "milestones": [4], "overdue": [1], "at_risk": [0]}
    >>> load_title(pd.DataFrame(row), "owner", dt.date(2026, 9, 30))
    'Ada has most to do: 4 open milestones, 4 of them by the end of Sep 2026'
    """
    if load.empty:
        return "No milestone is open"
    total = load.groupby("who", sort=False)["milestones"].sum()
    who = str(total.idxmax())
    own = load[load["who"] == who]
    now = int(own.loc[own["month"] <= pd.Timestamp(today), "milestones"].sum())
    named = f"The {by} with most to do is nobody named" if who == NOBODY else f"{who} has most to do"
    told = f"{named}: {counted(int(total.max()), 'open milestone')}"
    return f"{told}, {count(now)} of them by the end of {month(today)}" if now else told


def _behind(plans: pd.DataFrame) -> str:
    red = plans[plans["red"] > 0]
    total = counted(len(plans), "running plan")
    if red.empty:
        return f"None of {total} has an objective far behind"
    gap = red["time_used"].fillna(0) - red["progress"].fillna(0)
    worst = red.iloc[int(gap.to_numpy(dtype=float).argmax())]
    verb = "has" if len(red) == 1 else "have"
    share = f"{count(worst['red'])} of {counted(int(worst['objectives']), 'objective')}"
    return f"{count(len(red))} of {total} {verb} an objective far behind, most of all {worst['account']} ({share})"


def _ahead(objectives: pd.DataFrame) -> str:
    told = objectives["chance"].dropna()
    if told.empty:
        return ""
    likely = int((told >= 0.5).sum())  # noqa: PLR2004 - even odds
    verb = "is" if likely == 1 else "are"
    return f"of {counted(len(told), 'objective')} with a forecast, {count(likely)} {verb} likelier met than not"


def _stale(plans: pd.DataFrame) -> str:
    stale = int((plans["days_since_review"] > STALE_DAYS).fillna(value=False).sum())
    verb = "was" if stale == 1 else "were"
    return f"{counted(stale, 'plan')} {verb} not reviewed for {STALE_DAYS} days" if stale else ""


def _no_forecast(objective: pd.Series) -> str:
    if objective["status"] == "not measured" and not known(objective["actual"]):
        return "not measured, so there is no forecast"
    now = (
        f"now {amount(objective['actual'], objective['unit'])}, target {amount(objective['target'], objective['unit'])}"
    )
    return f"{now}; no forecast"
