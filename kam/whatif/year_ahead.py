"""The twelve months ahead of the accounts in view, before any lever: what each is expected to bring, and its fates."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kam.base.periods import MONTHS
from kam.portfolio.retention import cohort_parts, retention_ratios
from kam.whatif.account_facts import Facts
from kam.whatif.assumptions import Assumptions, assumptions
from kam.whatif.month_shapes import month_ratios, season
from kam.whatif.scenario import Scenario
from kam.whatif.stayers import RECENCIES, SIZES, Z80, Estimate, recencies, sizes
from kam.whatif.year import Year, mean_factors, means, measured_year, own_variance, widths

_FATES, _COURSES = 201, 202
RUNGS = ("1", "2", "3", "unknown")
Steps = Mapping[str, tuple[Estimate, Estimate]]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known before any lever; one entry an account in view.

    Attributes
    ----------
    facts
        The accounts in view.
    year
        What a past year of the whole book says.
    had
        Revenue of the last twelve months; 0 where it was not above 0: nothing is expected of such an account.
    size, recency, rung
        Which retention, which growth and which response to prices count for it; `rung` is a place in `RUNGS`.
    mean
        The year of one that stays, over `had`.
    width
        By how much a unit of shock moves the logarithm of its year.
    season
        The share of each month ahead in a year.
    ratios
        Accounts × 32 monthly ratios.
    steps
        What a rung up goes with.
    objectives
        account (row number), category (row number or −1), metric, actual, baseline, target, share (of the window that
        lies ahead when it is due).
    prior_nrr
        NRR of the last twelve months; NaN without two years.
    """

    facts: Facts
    year: Year
    had: np.ndarray
    size: np.ndarray
    recency: np.ndarray
    rung: np.ndarray
    mean: np.ndarray
    width: np.ndarray
    season: np.ndarray
    ratios: np.ndarray
    steps: Steps
    objectives: pd.DataFrame
    prior_nrr: float

    def growth(self) -> tuple[Estimate, ...]:
        """Return by size what those that stay are expected to buy, over what they bought; range from the past year."""
        found = []
        for number in range(len(SIZES)):
            own, measured = self.size == number, self.year.by_size[number]
            bought = self.had[own].sum()
            value = float((self.mean[own] * self.had[own]).sum() / bought) if bought else 1.0
            reach = Z80 * measured.error * value
            found.append(Estimate(value, max(0.0, value - reach), value + reach, measured.accounts))
        return tuple(found)

    def assumptions(self, scenario: Scenario) -> Assumptions:
        """List what a scenario takes for granted."""
        return assumptions(self.year.retention, self.growth(), self.steps, scenario.assumptions)

    def undivided(self) -> "Outlook":
        """Add the categories of each account up."""
        return replace(self, facts=self.facts.undivided(), objectives=self.objectives.assign(category=-1))


@dataclass(frozen=True, slots=True)
class Fates:
    """Random numbers that baseline and scenario share: draws × accounts, float32.

    Attributes
    ----------
    stay
        Uniform: an account stays if it is below its retention.
    course
        The year of one that stays, over the revenue of the last.
    """

    seed: int
    stay: np.ndarray
    course: np.ndarray


def outlook(facts: Facts, *, steps: Steps, objectives: pd.DataFrame) -> Outlook:
    """Look twelve months ahead, for the accounts in view, by what a past year says of all accounts.

    Parameters
    ----------
    facts
        All accounts of the book.
    steps
        `kam.whatif.assumptions.rung_steps`.
    objectives
        account_id, category (text or missing), metric, actual, baseline, target, share.
    """
    year = measured_year(facts.months, facts.age)
    view = facts.who["in_view"].to_numpy(dtype=bool)
    bought = facts.months[:, -MONTHS:].sum(axis=1)
    own = own_variance(facts.months, facts.age)
    size, recency = sizes(bought), recencies(facts.months[:, -MONTHS:])
    active = size >= 0
    mean = np.zeros(len(bought))
    mean[active] = means(year, bought[active], own[active], size[active]) / bought[active]
    here = facts.in_view()
    return Outlook(
        facts=here,
        year=year,
        had=np.where(active, bought, 0.0)[view],
        size=size[view],
        recency=recency[view],
        rung=here.who["rung"].map(dict(zip(RUNGS, range(len(RUNGS)), strict=True))).to_numpy(dtype=int),
        mean=mean[view],
        width=widths(year, own, np.maximum(size, 0))[view],
        season=season(facts.months[view]),
        ratios=month_ratios(facts.months, facts.age)[view],
        steps=steps,
        objectives=_placed(objectives, here),
        prior_nrr=_prior_nrr(here.months),
    )


def fates(found: Outlook, *, draws: int, seed: int) -> Fates:
    """Draw who stays and how its year goes: shocks as they came to accounts of its size, over their mean factor."""
    shape = (draws, len(found.had))
    chance = np.random.default_rng([seed, _COURSES]).random(shape, dtype=np.float32)
    course = np.zeros(shape, dtype=np.float32)
    for number, each in enumerate(found.year.by_size):
        at = np.flatnonzero(found.size == number)
        shocks = each.shocks.astype(np.float32)
        width = found.width[at]
        over = found.mean[at] / mean_factors(found.year, width, found.size[at])
        chosen = shocks.take((chance[:, at] * np.float32(len(shocks))).astype(np.int32), mode="clip")
        course[:, at] = np.exp(chosen * width.astype(np.float32)) * over.astype(np.float32)
    return Fates(seed, np.random.default_rng([seed, _FATES]).random(shape, dtype=np.float32), course)


def retention_keys() -> list[str]:
    """List the keys of the retention assumptions, in the order of size × recency."""
    return [f"retention_{size}_{recency.replace(' ', '_')}" for size in SIZES for recency in RECENCIES]


def _placed(objectives: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Replace ids and names of categories by row numbers; objectives of accounts without revenue are left out."""
    place = {account: number for number, account in enumerate(facts.who["account_id"])}
    category = {name: number for number, name in enumerate(facts.categories)}
    rows = objectives.assign(
        account=objectives["account_id"].map(place),
        category=objectives["category"].map(category).fillna(-1).astype(int),
    ).dropna(subset=["account", "actual", "target", "baseline"])
    rows = rows.astype({"account": int})
    return rows[facts.revenue[rows["account"].to_numpy(dtype=int)] > 0].reset_index(drop=True)


def _prior_nrr(months: np.ndarray) -> float:
    if months.shape[1] < 2 * MONTHS:
        return float("nan")
    before, after = (months[:, at].sum(axis=1) for at in (slice(-2 * MONTHS, -MONTHS), slice(-MONTHS, None)))
    parts = {name: part.sum() for name, part in cohort_parts(before, after).items()}
    return float(retention_ratios(parts)["nrr"])
