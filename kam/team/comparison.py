"""What the accounts of each of our managers did, beside those of all others, and how sure a difference is."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy.stats import t

from kam.base.rules import FEWEST_COMPARED, HIGH, LOW, RESAMPLES
from kam.base.schema import OPEN
from kam.base.terms import NOBODY

# Measure: what is divided by what, summed over the accounts of a manager.
MEASURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "NRR": ("stayed", "prior"),
        "margin rate": ("margin", "costed"),
        "coverage": ("covered", "posts"),
        "value contacts": ("value_touches", "purposed_touches"),
        "milestones kept": ("kept", "promised"),
        "problems in time": ("in_time", "targeted"),
    }
)
_SEED = 0
_LEFT = [
    "manager",
    "accounts",
    "revenue",
    "share",
    "touches_a_month",
    "silent_accounts",
    "silent_revenue",
    "open_milestones",
    "overdue_milestones",
    "open_problems",
    "overdue_problems",
]
COMPARED = [
    "measure",
    "manager",
    "accounts",
    "value",
    "low",
    "high",
    "others",
    "difference",
    "difference_low",
    "difference_high",
    "is_sure",
]


def account_facts(
    accounts: pd.DataFrame,
    relationships: pd.DataFrame,
    milestones: pd.DataFrame,
    closed: pd.DataFrame,
    still_open: pd.DataFrame,
    *,
    as_of: dt.date,
) -> pd.DataFrame:
    """Lay out what managers are measured by, one row an account, under the manager it has now.

    Parameters
    ----------
    accounts, relationships, milestones, closed, still_open
        The frames of `kam.portfolio.accounts.accounts`, `kam.people.relationships.relationships`,
        `kam.plan.milestones.milestones`, and `solved` and `problems` of `kam.voice.problems`.
    as_of
        Milestones promised for the twelve months to this day are kept or not.

    Returns
    -------
    pandas.DataFrame
        account_id, manager ("nobody named" without one), revenue, is_active (revenue above 0), stayed and prior (of
        accounts with revenue a year ago), margin and costed, covered and posts (coverage over 1 where it is known),
        value_touches and purposed_touches, touches, is_silent (none of the people known there was in touch within 90
        days; missing where no touch or nobody is known), kept and promised (milestones), in_time and targeted (problems
        solved within twelve months or open past their target), open_milestones, overdue_milestones, open_problems,
        overdue_problems; of steps and problems all is unknown where there is not a single one.
    """
    prior = accounts["prior_revenue"].where(accounts["prior_revenue"] > 0)
    rows = pd.DataFrame(
        {
            "account_id": accounts["account_id"],
            "manager": accounts["manager"].fillna(NOBODY).astype("str"),
            "revenue": accounts["revenue"],
            "is_active": accounts["revenue"] > 0,
            "stayed": accounts["revenue"].clip(lower=0).where(prior.notna()),
            "prior": prior,
            "margin": accounts["margin"],
            "costed": (accounts["cost_coverage"] * accounts["revenue"]).where(accounts["margin"].notna()),
        }
    ).set_index("account_id")
    people = relationships.set_index("account_id").reindex(rows.index)
    rows["covered"], rows["posts"] = people["coverage"], people["coverage"].notna().astype(float)
    for name in ("value_touches", "purposed_touches", "touches"):
        rows[name] = people[name]
    rows["is_silent"] = (people["hangs_on"] == "nobody").where(people["hangs_on"].notna())
    due = _promised(milestones, as_of)
    late = still_open.loc[still_open["overdue"].astype(bool), "account_id"]
    counted = {
        "kept": due.loc[due["done_on"] <= due["baseline_on"], "account_id"],
        "promised": due["account_id"],
        "in_time": closed.loc[closed["within_target"].fillna(value=False).astype(bool), "account_id"],
        "targeted": pd.concat([closed.loc[closed["target_days"].notna(), "account_id"], late]),
        "open_milestones": milestones.loc[milestones["status"].isin(OPEN), "account_id"],
        "overdue_milestones": milestones.loc[milestones["status"] == "overdue", "account_id"],
        "open_problems": still_open["account_id"],
        "overdue_problems": late,
    }
    of_steps = ("kept", "promised", "open_milestones", "overdue_milestones")
    for name, where in counted.items():
        unheard = milestones.empty if name in of_steps else closed.empty and still_open.empty
        rows[name] = np.nan if unheard else where.value_counts().reindex(rows.index, fill_value=0).astype("float64")
    return rows.reset_index()


def team(facts: pd.DataFrame) -> pd.DataFrame:
    """Add up what each manager carries: accounts, money, contact, steps and problems.

    Returns
    -------
    pandas.DataFrame
        One row a manager with any account, most revenue first: manager, accounts (active), revenue (twelve months,
        currency), share (of all revenue), touches_a_month (an active account), silent_accounts and silent_revenue
        (active, people known, none in touch within 90 days; unknown where nothing tells), open_milestones,
        overdue_milestones, open_problems, overdue_problems (unknown where there is not a single one).

    Examples
    --------
    >>> row = {"manager": ["Ada", "Ada"], "revenue": [60.0, 40.0], "is_active": [True, True], "touches": [12.0, 12.0]}
    >>> row |= {"is_silent": [False, True]} | dict.fromkeys(_LEFT[-4:], [1, 0])
    >>> team(pd.DataFrame(row))[["accounts", "revenue", "touches_a_month", "silent_revenue"]].iloc[0].tolist()
    [2.0, 100.0, 1.0, 40.0]
    """
    silent = facts["is_silent"].where(facts["is_active"]).astype("float64")
    each = facts.assign(
        accounts=facts["is_active"],
        silent_accounts=silent,
        silent_revenue=silent * facts["revenue"],
        touches=facts["touches"].where(facts["is_active"]),
    ).groupby("manager")
    sums = each[["accounts", "revenue"]].sum()
    known = each[["touches", "silent_accounts", "silent_revenue", *_LEFT[-4:]]].sum(min_count=1)
    total = sums["revenue"].sum()
    found = (
        sums.join(known)
        .assign(
            share=sums["revenue"] / total if total > 0 else np.nan,
            touches_a_month=known["touches"] / 12 / sums["accounts"].where(sums["accounts"] > 0),
        )
        .reset_index()
    )
    found = found[_LEFT].astype({"accounts": "int64", "manager": "str"})
    return found.sort_values(["revenue", "manager"], ascending=[False, True], ignore_index=True)


def team_measures(facts: pd.DataFrame) -> pd.DataFrame:
    """Compare what the accounts of each manager did with those of all others, with ranges.

    The accounts are drawn again 1,000 times, each as often as a Poisson(1) number says (Hanley & MacGibbon 2006), so
    that whatever belongs to one account stays together. A difference is sure if 0 lies outside of its 90 % range:
    Student's t times the spread over the draws, wide enough to hold for all managers of a measure at once (Bonferroni;
    Dunn 1961). Where eight generated managers do not differ, 4 to 20 of 100 such comparisons name somebody all the
    same, most where few lost accounts decide. Accounts count for the manager they have now, and differ in more than
    their manager: a difference is a question to ask, not its answer.

    Returns
    -------
    pandas.DataFrame
        One row for each of `MEASURES` and manager of whom it can be told: measure, manager, accounts (that count),
        value (Σ part / Σ whole), low and high (its 90 % range; missing under 5 accounts), others (the value of all
        other accounts), difference to it, difference_low and difference_high (missing where either has under 5
        accounts), is_sure; in the order of the measures, the highest value first.

    Examples
    --------
    >>> facts = pd.DataFrame({"manager": ["Ada", "Ben"], "stayed": [90.0, 50.0], "prior": [100.0, 100.0]})
    >>> facts = facts.reindex(columns=["manager", *dict.fromkeys(sum(MEASURES.values(), ()))])
    >>> team_measures(facts)[["manager", "accounts", "value", "others", "is_sure"]].to_numpy().tolist()
    [['Ada', 1, 0.9, 0.5, False], ['Ben', 1, 0.5, 0.9, False]]
    """
    code, managers = pd.factorize(facts["manager"], sort=True)
    times = np.random.default_rng(_SEED).poisson(1.0, (RESAMPLES, len(facts))).astype(np.float32)
    told = [name for name, (part, whole) in MEASURES.items() if (facts[part].notna() & (facts[whole] > 0)).any()]
    found = [_compared(facts, name, code, managers, times) for name in told]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=COMPARED)
    return rows.astype({"measure": "str", "manager": "str", "is_sure": "bool"})


def _compared(
    facts: pd.DataFrame, measure: str, code: np.ndarray, managers: pd.Index, times: np.ndarray
) -> pd.DataFrame:
    part, whole = (facts[name].to_numpy(dtype=float, na_value=np.nan) for name in MEASURES[measure])
    told = np.isfinite(part) & (whole > 0)
    count = np.bincount(code[told], minlength=len(managers))
    here = np.flatnonzero(count)
    count, member = count[here], np.eye(len(managers))[code][:, here] * told[:, None]
    owned = [member * np.where(told, values, 0.0)[:, None] for values in (part, whole)]
    value, others = _beside(*(each.sum(axis=0, keepdims=True) for each in owned))
    again, rest = _beside(*(times @ each.astype(np.float32) for each in owned))
    low, high, reach = np.full((3, len(here)), np.nan)
    enough = count >= FEWEST_COMPARED
    for end, share in zip((low, high), (LOW, HIGH), strict=True):
        end[enough] = np.nanquantile(again[:, enough], share, axis=0)
    enough &= count.sum() - count >= FEWEST_COMPARED
    freedom = count[enough] - 1
    spread = np.nanstd((again - rest)[:, enough], axis=0) * np.sqrt(1 + 1 / freedom)
    reach[enough] = t.isf((1 - HIGH + LOW) / 2 / len(here), freedom) * spread
    difference = (value - others)[0]
    rows = pd.DataFrame(
        {
            "measure": measure,
            "manager": managers[here],
            "accounts": count,
            "value": value[0],
            "low": low,
            "high": high,
            "others": others[0],
            "difference": difference,
            "difference_low": difference - reach,
            "difference_high": difference + reach,
            "is_sure": np.abs(difference) > reach,
        }
    )
    return rows.sort_values(["value", "manager"], ascending=[False, True], ignore_index=True)[COMPARED]


def _beside(part: np.ndarray, whole: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Divide the sums of each manager, and those of all others: draws × managers; unknown where nothing was drawn."""
    rest_part, rest_whole = (each.sum(axis=1, keepdims=True) - each for each in (part, whole))
    own, rest = (
        np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
        for above, below in ((part, whole), (rest_part, rest_whole))
    )
    return own, rest


def departments(
    milestones: pd.DataFrame, closed: pd.DataFrame, still_open: pd.DataFrame, *, as_of: dt.date
) -> pd.DataFrame:
    """Count what each department of ours owes the customers: steps of plans, and problems.

    Returns
    -------
    pandas.DataFrame
        One row a department ("nobody named" without one), most overdue first: department, open_milestones,
        overdue_milestones, promised (milestones for the twelve months to `as_of`), kept (share of them done by the day
        first promised), open_problems, overdue_problems, solved (within twelve months), in_time (share within target of
        those with one), median_days (to solve).

    Examples
    --------
    >>> steps = {
    ...     "department": ["service"],
    ...     "status": ["done"],
    ...     "baseline_on": ["2026-05-02"],
    ...     "done_on": ["2026-05-01"],
    ... }
    >>> steps = pd.DataFrame(steps).astype({"baseline_on": "datetime64[us]", "done_on": "datetime64[us]"})
    >>> cases = pd.DataFrame(columns=["department", "days", "target_days", "within_target", "overdue"])
    >>> departments(steps, cases, cases, as_of=dt.date(2026, 9, 30))[["department", "kept"]].to_numpy().tolist()
    [['service', 1.0]]
    """
    due = _promised(milestones, as_of)
    kept = (due["done_on"] <= due["baseline_on"]).groupby(_department(due))
    steps, waiting, done = (_department(rows) for rows in (milestones, still_open, closed))
    within = closed["within_target"].astype("float64").where(closed["target_days"].notna())
    found = pd.DataFrame(
        {
            "open_milestones": milestones["status"].isin(OPEN).groupby(steps).sum(),
            "overdue_milestones": (milestones["status"] == "overdue").groupby(steps).sum(),
            "promised": kept.size(),
            "kept": kept.mean(),
            "open_problems": waiting.value_counts(),
            "overdue_problems": still_open["overdue"].astype(bool).groupby(waiting).sum(),
            "solved": done.value_counts(),
            "in_time": within.groupby(done).mean(),
            "median_days": closed["days"].astype("float64").groupby(done).median(),
        }
    )
    counts = found.columns.difference(["kept", "in_time", "median_days"])
    found[counts] = found[counts].fillna(0).astype("int64")
    owed = ["overdue_milestones", "overdue_problems", "open_milestones", "open_problems"]
    found = found.rename_axis("department").reset_index()
    return found.sort_values([*owed, "department"], ascending=[False] * len(owed) + [True], ignore_index=True)


def _promised(milestones: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Take the milestones first promised for the twelve months to a day."""
    day = pd.Timestamp(as_of)
    return milestones[milestones["baseline_on"].between(day - pd.DateOffset(years=1), day, inclusive="right")]


def _department(rows: pd.DataFrame) -> pd.Series:
    return rows["department"].fillna(NOBODY).astype("str")
