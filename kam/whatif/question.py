"""What would happen to a book under levers: twelve months ahead, with ranges, by measure, month and account."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from kam.base.periods import MONTHS, month_end, shift
from kam.base.terms import RUNGS, UNKNOWN
from kam.key_accounts.question import key_accounts
from kam.ladder.question import ladder
from kam.people.question import relationships
from kam.plan.objectives import objectives
from kam.plan.question import plans
from kam.portfolio.question import accounts
from kam.view import View, question
from kam.whatif.account_facts import Facts, facts
from kam.whatif.assumptions import frame, rung_steps
from kam.whatif.break_even import break_even as _break_even
from kam.whatif.by_account import by_account
from kam.whatif.by_month import by_month
from kam.whatif.compare import Stored, compared
from kam.whatif.drafts import draft_objectives
from kam.whatif.objectives_met import open_objectives
from kam.whatif.scenario import BASELINE, Scenario
from kam.whatif.scenario_text import from_text
from kam.whatif.simulate import Measured, checked_draws, measured, without_levers
from kam.whatif.simulate import simulate as _simulate
from kam.whatif.stress import stress_tests as _stress_tests
from kam.whatif.targets import COLUMNS, problems
from kam.whatif.tornado import tornado
from kam.whatif.year_ahead import Outlook, fates, outlook
from kam.whatif.year_back_test import back_test

Asked = Scenario | str
_NUMBERS = {name: str(number) for number, name in enumerate(RUNGS, start=1)} | {UNKNOWN: UNKNOWN}


@question
def simulate(view: View, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Return each measure of the twelve months ahead without and with the levers, with its 80 % range."""
    asked = _read(scenario)
    found, before, after = _measured(view, asked, draws, seed)
    return _simulate(found, asked, before=before, after=after)


@question
def what_if_months(view: View, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Return the revenue of each month ahead without and with the levers, with its 80 % range."""
    asked = _read(scenario)
    found, before, after = _measured(view, asked, draws, seed)
    won = sum(lever.value for lever in asked.levers if lever.kind == "win")
    return by_month(found, before=before, after=after, won=won, as_of=view.as_of, seed=seed)


@question
def what_if_accounts(view: View, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Return what each account would bring without and with the levers: who gains, who loses, the most first."""
    asked = _read(scenario)
    found, before, after = _measured(view, asked, draws, seed)
    return by_account(found, asked, drawn_before=before, drawn_after=after)


@question
def what_if_tornado(view: View, scenario: Asked = BASELINE, measure: str | None = None) -> pd.DataFrame:
    """Return the change by each lever alone, and the change at the ends of each assumption that matters."""
    asked = _read(scenario)
    return tornado(_outlook(view, asked), asked, measure=measure)


@question
def break_even(view: View, scenario: Asked = BASELINE) -> pd.DataFrame:
    """Return how much volume each lever on prices or costs may cost before the margin falls."""
    asked = _read(scenario)
    return _break_even(_outlook(view, asked), asked)


@question
def what_if_assumptions(view: View, scenario: Asked = BASELINE) -> pd.DataFrame:
    """Return what is taken for granted: value, 80 % range, unit, and whether it was estimated from this book."""
    asked = _read(scenario)
    return frame(_outlook(view, asked).assumptions(asked))


@question
def what_if_back_test(view: View) -> pd.DataFrame:
    """Return how often 80 % ranges of a year held what came, over all accounts of the book."""
    found = _all_facts(view)
    return back_test(found.months, found.age)


@question
def what_if_problems(view: View, scenario: Asked) -> pd.DataFrame:
    """Return which levers of a scenario cannot be here, and why: item (number of the lever), problem."""
    asked = _read(scenario)
    ahead = _outlook(view, asked)
    ahead.assumptions(asked)  # one that is not there is refused here, too
    found = problems(asked.levers, ahead.facts)
    rows = [(str(number), problem) for number, problem in enumerate(found) if problem]
    return pd.DataFrame(rows, columns=["item", "problem"]).astype("str")


@question
def what_if_targets(view: View) -> pd.DataFrame:
    """Return what levers can take hold of: scope, target, label, revenue (twelve months), the largest first."""
    found = _outlook(view, Scenario())
    who = found.facts.who.assign(revenue=found.had)
    who = who[who["revenue"] > 0]
    names = dict(zip(found.facts.who["account_id"], found.facts.who["name"], strict=True))
    parts = [
        who.groupby(column)["revenue"].sum().rename_axis("target").reset_index().assign(scope=scope)
        for scope, column in COLUMNS.items()
        if column in who
    ]
    sold = found.facts.amounts["net"].sum(axis=1)
    parts.append(pd.DataFrame({"target": found.facts.categories, "revenue": sold, "scope": "category"}))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[(rows["target"] != "") & (rows["revenue"] > 0)]
    families = who.groupby("root_id")["account_id"].size()
    alone = rows["scope"].eq("parent") & rows["target"].map(families).fillna(0).lt(2)
    rows = rows[~alone].sort_values("revenue", ascending=False, kind="stable", ignore_index=True)
    labels = rows["target"].map(names).where(rows["scope"].isin(("account", "parent")), rows["target"])
    rows["label"] = labels.fillna(rows["target"])
    return rows[["scope", "target", "label", "revenue"]].astype({"scope": "str", "target": "str", "label": "str"})


@question
def what_if_compare(view: View, kept: Sequence[Stored], draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
    """Return the answers of up to four kept scenarios, each a name, a note and a text, under each other."""
    return compared([Stored(*each) for each in kept], lambda text: simulate(view, text, draws, seed))


@question
def what_if_objectives(view: View, scenario: Asked, name: str = "what if") -> pd.DataFrame:
    """Return the objectives that an accepted scenario would write into running plans, one an account it moves."""
    moved = what_if_accounts(view, scenario)
    return draft_objectives(moved, plans(view), today=view.today, currency=view.currency, name=name)


@question
def stress_tests(view: View, industry: str | None = None) -> pd.DataFrame:
    """Return scenarios ready to run, each with its text and what it would change."""
    return _stress_tests(_outlook(view, Scenario()), relationships(view.by_account), industry=industry)


def _outlook(view: View, scenario: Scenario) -> Outlook:
    """Look ahead for the accounts in view; classes are asked for only where a lever needs them."""
    found = view.kept("outlook", lambda: _looked_ahead(view))
    if not any(lever.scope == "class" for lever in scenario.levers):
        return found
    return view.kept("outlook by class", lambda: _with_classes(view, found))


def _measured(view: View, scenario: Scenario, draws: int, seed: int) -> tuple[Outlook, Measured, Measured]:
    """Measure baseline and scenario; several questions share them, and while a lever moves the baseline stays."""
    found = _outlook(view, scenario)
    thrown = view.kept("fates", lambda: fates(found, draws=draws, seed=seed), checked_draws(draws), seed)

    def measure(kind: str, asked: Scenario) -> Measured:
        return view.kept(kind, lambda: measured(found, asked, thrown=thrown), draws, seed, asked)

    before = measure("baseline", without_levers(scenario))
    return found, before, measure("scenario", scenario) if scenario.levers else before


def _with_classes(view: View, found: Outlook) -> Outlook:
    classes = key_accounts(view.by_account).set_index("account_id")["key_class"].to_dict()
    who = found.facts.who
    named = who.assign(key_class=who["account_id"].map(classes).fillna("").astype("str"))
    return replace(found, facts=replace(found.facts, who=named))


def _looked_ahead(view: View) -> Outlook:
    # those about the rung or coverage are not moved by a scenario, so the ladder is not asked for them
    every = view.ask(objectives, today=view.today, as_of=view.as_of)
    goals = open_objectives(every, as_of=view.as_of, today=view.today)
    return outlook(_all_facts(view), steps=_rung_steps(view), objectives=goals)


def _all_facts(view: View) -> Facts:
    def gather() -> Facts:
        rungs = _numbered(view, view.as_of)
        return view.ask(facts, as_of=view.as_of, first_day=view.first_day, rungs=rungs)

    return view.kept("facts", gather)


def _numbered(view: View, as_of: dt.date) -> pd.Series:
    """Return the rung of every account of the book on a day by its id: "1", "2", "3" or "unknown"."""
    found = view.kept_for_all("whole ladder", lambda: ladder(view.whole.by_account, as_of), as_of)
    return found.set_index("account_id")["rung"].map(_NUMBERS)


def _rung_steps(view: View) -> dict:
    whole = accounts(view.whole.by_account).set_index("account_id")
    now = whole.assign(rung=_numbered(view, view.as_of))[["rung", "margin_rate"]]
    cohort = whole[whole["prior_revenue"] > 0]
    then = pd.DataFrame({"rung": [], "stayed": []})
    if len(cohort):
        rungs = _numbered(view, month_end(shift(view.as_of, -MONTHS)))
        then = pd.DataFrame({"rung": rungs.reindex(cohort.index), "stayed": cohort["revenue"] > 0})
    return rung_steps(then, now[whole["revenue"] > 0])


def _read(scenario: Asked) -> Scenario:
    return from_text(scenario) if isinstance(scenario, str) else scenario
