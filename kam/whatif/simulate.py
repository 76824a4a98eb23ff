"""The answer to a scenario: each measure as it is expected without and with the levers, with its 80 % range."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.texts import _
from kam.whatif.answer import Values, brought, drawn, retained, stated, years
from kam.whatif.effect import Effect, effect
from kam.whatif.scenario import BASELINE, Scenario
from kam.whatif.stayers import TAIL
from kam.whatif.year_ahead import Fates, Outlook
from kam.whatif.year_measures import MEASURES, concentration, lifetime_value, met

MOST_DRAWS = 20_000
_ENDS = (TAIL, 1 - TAIL)
_COLUMNS = [
    "measure",
    "last_year",
    "baseline",
    "scenario",
    "low",
    "high",
    "change",
    "change_low",
    "change_high",
    "baseline_low",
    "baseline_high",
    "reason",
]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A year ahead of every account, values × accounts, and of what is won.

    Attributes
    ----------
    revenue, margin
        Amounts of the accounts; margin over the sales with a cost.
    year
        The year over the last one, before levers.
    costed
        Revenue with a cost.
    whole_revenue, whole_margin
        Of a year as good as the last, under the levers.
    won_revenue, won_margin
        Of the won accounts together, and each one's revenue.
    """

    revenue: np.ndarray
    margin: np.ndarray
    year: np.ndarray
    costed: np.ndarray
    whole_revenue: np.ndarray
    whole_margin: np.ndarray
    wins: tuple[float, ...]
    won_margin: float
    won_costed: float


def prepared(found: Outlook, scenario: Scenario) -> tuple[Outlook, Effect]:
    """Take the outlook at the grain the scenario needs, and let its levers act."""
    takes_categories = any(lever.scope == "category" for lever in scenario.levers)
    at_grain = found if takes_categories else found.undivided()
    return at_grain, effect(scenario.levers, at_grain.facts)


def ahead(found: Outlook, moved: Effect, values: Values, thrown: Fates | None = None) -> Ahead:
    """Bring the accounts through a year: expected, or as drawn."""
    chance = retained(found, values, moved.steps)
    year = years(found, values, chance, thrown)
    revenue, margin = brought(moved, found.rung, values)
    net, costed = moved.net.sum(axis=0), moved.net_costed.sum(axis=0)
    covered = np.divide(costed, net, out=np.zeros(len(net)), where=net > 0)
    known = [win for win in moved.wins if win.margin_rate is not None]
    sold = year * revenue
    return Ahead(
        sold,
        year * margin,
        year,
        sold * covered.astype(sold.dtype),
        revenue,
        margin,
        tuple(win.revenue for win in moved.wins),
        sum(win.revenue * (win.margin_rate or 0) for win in known),
        sum(win.revenue for win in known),
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """Every measure of one scenario: as expected, and as drawn; and the drawn revenue of each account (float32)."""

    point: dict[str, float]
    drawn: dict[str, np.ndarray]
    revenue: np.ndarray


def measured(found: Outlook, scenario: Scenario, *, thrown: Fates) -> Measured:
    """Measure one scenario, levers and all."""
    grain, moved = prepared(found, scenario)
    listed = grain.assumptions(scenario)
    values = stated(listed)
    point = _measured(grain, moved, ahead(grain, moved, values), values)
    values = drawn(listed, draws=len(thrown.stay), seed=thrown.seed)
    year = ahead(grain, moved, values, thrown)
    many = _measured(grain, moved, year, values)
    expected = {name: float(point[name][0]) for name in MEASURES}
    # objectives are met or not: their expected share is that of the draws
    return Measured(expected | {"objectives_met": float(np.mean(many["objectives_met"]))}, many, year.revenue)


def simulate(found: Outlook, scenario: Scenario, *, before: Measured, after: Measured) -> pd.DataFrame:
    """Answer a scenario beside the baseline: the same accounts, the same draws, the same assumptions, no lever.

    The values are expectations under the assumptions as stated. The ranges hold 80 % of the draws, moved to be centred
    on the expectation, so that skewed draws do not shift a measure that has not changed. Baseline and scenario share
    every random number: an account that stays in one draw of the one stays in the other.

    Parameters
    ----------
    found
        The outlook of the accounts in view.
    scenario
        Levers and changed assumptions.
    before, after
        The baseline under the same assumptions, and the scenario, measured with the same random numbers.

    Returns
    -------
    pandas.DataFrame
        One row a measure: measure, last_year (as it was in the last twelve months), baseline, scenario, low, high (of
        the scenario), change = scenario − baseline with change_low, change_high (of the difference within each draw),
        baseline_low, baseline_high, reason (why a measure is unknown). Revenue, margin and CLV in currency, the others
        as ratios. `revenue` is that of today's accounts and of those to be won by a lever: others that may come are
        not in it. `nrr`: of today's accounts. `objectives_met`: the mean share over the draws of the open objectives
        about revenue or margin that are met when due.
    """
    now = _last_year(found.undivided(), stated(found.assumptions(scenario)))
    reasons = _reasons(found)
    rows = [_row(name, now[name], before, after, reasons.get(name)) for name in MEASURES]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"measure": "str", "reason": "str"})


def checked_draws(draws: int) -> int:
    """Return a number of draws that can be meant."""
    if isinstance(draws, bool) or not isinstance(draws, int) or not 1 <= draws <= MOST_DRAWS:
        raise QuestionError(f"Draws must be a whole number from 1 to {MOST_DRAWS:,}, not {draws!r}.")
    return draws


def without_levers(scenario: Scenario) -> Scenario:
    """Return the baseline under the assumptions of a scenario."""
    return BASELINE.assuming(*scenario.assumptions)


def centred(draws: np.ndarray, expected: float) -> tuple[float, float]:
    """Return the ends of the 80 % range of draws, moved by as much as their mean lies off what is expected.

    >>> [round(end, 9) for end in centred(np.arange(11.0), 6.0)]
    [2.0, 10.0]
    """
    known = draws[np.isfinite(draws)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, _ENDS)
    return float(low + expected - known.mean()), float(high + expected - known.mean())


def _measured(found: Outlook, moved: Effect, year: Ahead, values: Values) -> dict[str, np.ndarray]:
    count = len(year.revenue)
    wins = np.broadcast_to(np.array(year.wins, dtype=year.revenue.dtype), (count, len(year.wins)))
    sold = year.revenue.sum(axis=1, dtype=np.float64)
    earned = year.margin.sum(axis=1, dtype=np.float64) + year.won_margin
    costed = year.costed.sum(axis=1, dtype=np.float64) + year.won_costed
    top, hhi = concentration(np.concatenate([year.revenue, wins], axis=1) if year.wins else year.revenue)
    has_costs = found.facts.has_costs
    unknown = np.full(count, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = np.where(costed > 0, earned / np.where(costed > 0, costed, 1), np.nan)
    bought = float(found.had.sum())
    return {
        "revenue": sold + sum(year.wins),
        "margin": earned if has_costs else unknown,
        "margin_rate": rate if has_costs else unknown,
        "top_20pct_share": top,
        "hhi": hhi,
        "nrr": sold / bought if bought else unknown,
        "clv": lifetime_value(found, values, year.whole_margin, moved.steps, year.won_margin) if has_costs else unknown,
        "objectives_met": _met(found, moved, year),
    }


def _met(found: Outlook, moved: Effect, year: Ahead) -> np.ndarray:
    rows = found.objectives
    at = rows["account"].to_numpy(dtype=int)
    net = found.facts.amounts["net"].sum(axis=0)[at]
    margin = (found.facts.amounts["net_costed"] - found.facts.amounts["cost"]).sum(axis=0)[at]
    # a category's own price and volume, where levers take hold of one, beside how the account as a whole fares
    own = np.ones(len(rows))
    for place, (category, account) in enumerate(zip(rows["category"], at, strict=True)):
        if category >= 0:
            before, whole = found.facts.amounts["net"][category, account], net[place]
            after = (moved.net * moved.quantity)[category, account]
            changed = (moved.net * moved.quantity)[:, account].sum() / whole
            own[place] = after / before / changed if before > 0 and changed > 0 else 1.0
    revenue = np.divide(year.revenue[:, at], net, out=np.zeros((len(year.revenue), len(at))), where=net > 0) * own
    earned = np.divide(year.margin[:, at], margin, out=np.full(revenue.shape, np.nan), where=margin > 0) * own
    return met(found, revenue, np.where(np.isfinite(earned), earned, revenue))


def _row(name: str, now: float, before: Measured, after: Measured, reason: str | None) -> dict[str, object]:
    baseline, scenario = before.point[name], after.point[name]
    low, high = centred(after.drawn[name], scenario)
    baseline_low, baseline_high = centred(before.drawn[name], baseline)
    change_low, change_high = centred(after.drawn[name] - before.drawn[name], scenario - baseline)
    return {
        "measure": name,
        "last_year": now,
        "baseline": baseline,
        "scenario": scenario,
        "low": low,
        "high": high,
        "change": scenario - baseline,
        "change_low": change_low,
        "change_high": change_high,
        "baseline_low": baseline_low,
        "baseline_high": baseline_high,
        "reason": reason if np.isnan(scenario) else None,
    }


def _last_year(found: Outlook, values: Values) -> dict[str, float]:
    """Measure the last twelve months in the same way, all accounts in view counted as they were."""
    amounts = {name: each.sum(axis=0) for name, each in found.facts.amounts.items()}
    top, hhi = concentration(amounts["net"][None])
    margin = amounts["net_costed"] - amounts["cost"]
    has_costs, costed = found.facts.has_costs, amounts["net_costed"].sum()
    nan = float("nan")
    return {
        "revenue": float(amounts["net"].sum()),
        "margin": float(margin.sum()) if has_costs else nan,
        "margin_rate": float(margin.sum() / costed) if has_costs and costed > 0 else nan,
        "top_20pct_share": float(top[0]),
        "hhi": float(hhi[0]),
        "nrr": found.prior_nrr,
        "clv": float(lifetime_value(found, values, margin[None])[0]) if has_costs else nan,
        "objectives_met": float(
            met(found, np.ones((1, len(found.objectives))), np.ones((1, len(found.objectives))))[0]
        ),
    }


def _reasons(found: Outlook) -> dict[str, str]:
    if not found.had.sum() > 0:
        return dict.fromkeys(MEASURES, _("no account in this selection has any revenue in these twelve months"))
    costs = _("no sale has a cost, so margins cannot be told")
    goals = _("no plan has an open objective about revenue or margin that is measured")
    return {"margin": costs, "margin_rate": costs, "clv": costs, "objectives_met": goals}
