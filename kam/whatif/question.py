"""What would happen to a book under levers: twelve months ahead, with ranges, by measure, month and account."""

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

import pandas as pd

from kam.base.periods import MONTHS, month_end, shift
from kam.base.terms import RUNGS, UNKNOWN
from kam.key_accounts.question import KeyAccounts
from kam.ladder.rung import ladder
from kam.plan.objectives import objectives
from kam.plan.question import Plans
from kam.portfolio.accounts import accounts
from kam.whatif.account_facts import Facts, facts
from kam.whatif.assumptions import frame, rung_steps
from kam.whatif.break_even import break_even
from kam.whatif.by_account import by_account
from kam.whatif.by_month import by_month
from kam.whatif.compare import Stored, compared
from kam.whatif.drafts import draft_objectives
from kam.whatif.objectives_met import open_objectives
from kam.whatif.scenario import BASELINE, Scenario
from kam.whatif.scenario_text import from_text
from kam.whatif.simulate import Measured, checked_draws, measured, simulate, without_levers
from kam.whatif.stress import stress_tests
from kam.whatif.targets import problems
from kam.whatif.tornado import tornado
from kam.whatif.year_ahead import Fates, Outlook, fates, outlook
from kam.whatif.year_back_test import back_test

Asked = Scenario | str
_NUMBERS = {name: str(number) for number, name in enumerate(RUNGS, start=1)} | {UNKNOWN: UNKNOWN}


class WhatIf(KeyAccounts, Plans):
    """Questions about what would be; a scenario is given as such, or as its text."""

    def simulate(self, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
        """Return each measure of the twelve months ahead without and with the levers, with its 80 % range."""
        asked = _read(scenario)
        found, before, after = self._measured(asked, draws, seed)
        return simulate(found, asked, before=before, after=after)

    def what_if_months(self, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
        """Return the revenue of each month ahead without and with the levers, with its 80 % range."""
        asked = _read(scenario)
        found, before, after = self._measured(asked, draws, seed)
        won = sum(lever.value for lever in asked.levers if lever.kind == "win")
        return by_month(found, before=before, after=after, won=won, as_of=self.as_of, seed=seed)

    def what_if_accounts(self, scenario: Asked = BASELINE, draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
        """Return what each account would bring without and with the levers: who gains, who loses, the most first."""
        asked = _read(scenario)
        found, before, after = self._measured(asked, draws, seed)
        return by_account(found, asked, drawn_before=before, drawn_after=after)

    def what_if_tornado(self, scenario: Asked = BASELINE, measure: str | None = None) -> pd.DataFrame:
        """Return the change by each lever alone, and the change at the ends of each assumption that matters."""
        asked = _read(scenario)
        return tornado(self._outlook(asked), asked, measure=measure)

    def break_even(self, scenario: Asked = BASELINE) -> pd.DataFrame:
        """Return how much volume each lever on prices or costs may cost before the margin falls."""
        asked = _read(scenario)
        return break_even(self._outlook(asked), asked)

    def what_if_assumptions(self, scenario: Asked = BASELINE) -> pd.DataFrame:
        """Return what is taken for granted: value, 80 % range, unit, and whether it was estimated from this book."""
        asked = _read(scenario)
        return frame(self._outlook(asked).assumptions(asked))

    def what_if_back_test(self) -> pd.DataFrame:
        """Return how often 80 % ranges of a year held what came, over all accounts of the book."""
        found = self._all_facts()
        return back_test(found.months, found.age)

    def what_if_problems(self, scenario: Asked) -> pd.DataFrame:
        """Return which levers of a scenario cannot be here, and why: item (number of the lever), problem."""
        asked = _read(scenario)
        ahead = self._outlook(asked)
        ahead.assumptions(asked)  # one that is not there is refused here, too
        found = problems(asked.levers, ahead.facts)
        rows = [(str(number), problem) for number, problem in enumerate(found) if problem]
        return pd.DataFrame(rows, columns=["item", "problem"]).astype("str")

    def what_if_targets(self) -> pd.DataFrame:
        """Return what levers can take hold of: scope, target, label, revenue (twelve months), the largest first."""
        found = self._outlook(Scenario())
        who = found.facts.who.assign(revenue=found.had)
        who = who[who["revenue"] > 0]
        names = dict(zip(found.facts.who["account_id"], found.facts.who["name"], strict=True))
        named = {"account": "account_id", "parent": "root_id", "rung": "rung", "industry": "industry",
                 "region": "region", "manager": "manager"}  # fmt: skip
        parts = [
            who.groupby(column)["revenue"].sum().rename_axis("target").reset_index().assign(scope=scope)
            for scope, column in named.items()
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

    def what_if_compare(self, kept: Sequence[Stored], draws: int = 2_000, seed: int = 0) -> pd.DataFrame:
        """Return the answers of up to four kept scenarios, each a name, a note and a text, under each other."""
        return compared([Stored(*each) for each in kept], lambda text: self.simulate(text, draws, seed))

    def what_if_objectives(self, scenario: Asked, name: str = "what if") -> pd.DataFrame:
        """Return the objectives that an accepted scenario would write into running plans, one an account it moves."""
        return draft_objectives(self.what_if_accounts(scenario), self.plans(), today=self.today,
                                currency=self.currency, name=name)  # fmt: skip

    def stress_tests(self, industry: str | None = None) -> pd.DataFrame:
        """Return scenarios ready to run, each with its text and what it would change."""
        return stress_tests(self._outlook(Scenario()), self.relationships(), industry=industry)

    def _outlook(self, scenario: Scenario) -> Outlook:
        """Look ahead for the accounts in view; classes are asked for only where a lever needs them."""
        found = self._kept.get("outlook", self.view_key, self._looked_ahead)
        if not any(lever.scope == "class" for lever in scenario.levers):
            return found
        return self._kept.get("outlook by class", self.view_key, lambda: self._with_classes(found))

    def _measured(self, scenario: Scenario, draws: int, seed: int) -> tuple[Outlook, Measured, Measured]:
        """Measure baseline and scenario; several questions share them, and while a lever moves the baseline stays."""
        found = self._outlook(scenario)
        thrown = self._fates(found, draws, seed)

        def measure(kind: str, asked: Scenario) -> Measured:
            key = (self.view_key, draws, seed, asked)
            return self._kept.get(kind, key, lambda: measured(found, asked, thrown=thrown))

        before = measure("baseline", without_levers(scenario))
        return found, before, measure("scenario", scenario) if scenario.levers else before

    def _fates(self, found: Outlook, draws: int, seed: int) -> Fates:
        key = (self.view_key, checked_draws(draws), seed)
        return self._kept.get("fates", key, lambda: fates(found, draws=draws, seed=seed))

    def _with_classes(self, found: Outlook) -> Outlook:
        classes = self.key_accounts().set_index("account_id")["key_class"].to_dict()
        who = found.facts.who
        named = who.assign(key_class=who["account_id"].map(classes).fillna("").astype("str"))
        return replace(found, facts=replace(found.facts, who=named))

    def _looked_ahead(self) -> Outlook:
        # those about the rung or coverage are not moved by a scenario, so the ladder is not asked for them
        every = self._ask(objectives, today=self.today, as_of=self.as_of, accounts=self._scope)
        goals = open_objectives(every, as_of=self.as_of, today=self.today)
        return outlook(self._all_facts(), steps=self._rung_steps(), objectives=goals)

    def _all_facts(self) -> Facts:
        def gather() -> Facts:
            with closing(self._connection.cursor()) as cursor:
                return facts(cursor, as_of=self.as_of, first_day=self.first_day, accounts=self._scope,
                             rungs=self._numbered(self.as_of))  # fmt: skip

        return self._kept.get("facts", self.view_key, gather)

    def _numbered(self, as_of: dt.date) -> pd.Series:
        """Return the rung of every account of the book on a day by its id: "1", "2", "3" or "unknown"."""

        def number() -> pd.DataFrame:
            return ladder(self._seen(as_of, "account", None), likelihoods=self._likelihoods)

        found = self._kept.get("whole ladder", (self.data_version, as_of), number)
        return found.set_index("account_id")["rung"].map(_NUMBERS)

    def _rung_steps(self) -> dict:
        whole = self._ask(accounts, as_of=self.as_of, level="account", accounts=None).set_index("account_id")
        now = whole.assign(rung=self._numbered(self.as_of))[["rung", "margin_rate"]]
        cohort = whole[whole["prior_revenue"] > 0]
        then = pd.DataFrame({"rung": [], "stayed": []})
        if len(cohort):
            rungs = self._numbered(month_end(shift(self.as_of, -MONTHS)))
            then = pd.DataFrame({"rung": rungs.reindex(cohort.index), "stayed": cohort["revenue"] > 0})
        return rung_steps(then, now[whole["revenue"] > 0])


def _read(scenario: Asked) -> Scenario:
    return from_text(scenario) if isinstance(scenario, str) else scenario
