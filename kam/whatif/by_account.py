"""A scenario account by account: who brings more by it, who less, and between which ends."""

import numpy as np
import pandas as pd

from kam.base.rules import SCENARIO_RANGE
from kam.whatif.answer import retained, stated
from kam.whatif.effect import effect
from kam.whatif.scenario import Scenario
from kam.whatif.simulate import Measured, ahead, prepared
from kam.whatif.stayers import TAIL
from kam.whatif.year_ahead import Outlook

_COLUMNS = [
    "account_id",
    "name",
    "manager",
    "rung",
    "last_year",
    "baseline",
    "scenario",
    "change",
    "low",
    "high",
    "baseline_low",
    "baseline_high",
    "retention",
    "baseline_margin",
    "scenario_margin",
    "margin_change",
    "what",
]
_TEXTS = ["account_id", "name", "manager", "rung", "what"]


def by_account(found: Outlook, scenario: Scenario, *, drawn_before: Measured, drawn_after: Measured) -> pd.DataFrame:
    """List every account in view with what it is expected to bring without and with the levers.

    Returns
    -------
    pandas.DataFrame
        The biggest change first, then the largest: account_id (missing for a won account), name, manager, rung,
        last_year, baseline, scenario, change (revenue, currency), low, high (80 % range of the scenario),
        baseline_low, baseline_high, retention (chance to buy anything, in the scenario), baseline_margin,
        scenario_margin, margin_change (currency, NaN without costs), what ("lost", "won", "moved up", "moved down",
        "changed" or "same"). An account whose chance to be lost is 10 % or more has a range from 0.
    """
    grain, moved = prepared(found, scenario)
    listed = grain.assumptions(scenario)
    none = effect((), grain.facts)
    before, after = (ahead(grain, each, stated(listed)) for each in (none, moved))
    chances = [retained(grain, stated(listed), each.steps)[0] for each in (none, moved)]
    ends = [_ends(drawn.revenue, chance) for drawn, chance in zip((drawn_before, drawn_after), chances, strict=True)]
    costs = 1.0 if grain.facts.has_costs else np.nan
    who = grain.facts.who
    rows = pd.DataFrame(
        {
            "account_id": who["account_id"],
            "name": who["name"],
            "manager": who["manager"].where(who["manager"] != ""),
            "rung": who["rung"],
            "last_year": grain.facts.revenue,
            "baseline": before.revenue[0],
            "scenario": after.revenue[0],
            "low": ends[1][0],
            "high": ends[1][1],
            "baseline_low": ends[0][0],
            "baseline_high": ends[0][1],
            "retention": np.where(moved.lost, 0.0, chances[1]),
            "baseline_margin": before.margin[0] * costs,
            "scenario_margin": after.margin[0] * costs,
        }
    )
    rows["what"] = _what(rows, moved.lost, moved.steps)
    rows = rows[(rows["baseline"] > 0) | (rows["last_year"] > 0)]
    rows = pd.concat([rows, _won(moved.wins)], ignore_index=True) if moved.wins else rows
    rows["change"] = rows["scenario"] - rows["baseline"]
    rows["margin_change"] = rows["scenario_margin"] - rows["baseline_margin"]
    order = rows.assign(size=rows["change"].abs()).sort_values(["size", "baseline"], ascending=False).index
    return rows.loc[order, _COLUMNS].reset_index(drop=True).astype(dict.fromkeys(_TEXTS, "str"))


def _ends(draws: np.ndarray, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 80 % range of each account, as `kam.whatif.year.ranges` has it."""
    count = len(draws)
    places = [int(share * (count - 1)) for share in (TAIL, SCENARIO_RANGE, 1 - TAIL)]
    parted = np.partition(np.ascontiguousarray(draws.T), sorted(set(places)), axis=1)
    low, most, high = (parted[:, place].astype(float) for place in places)
    at_zero = 1 - chance >= TAIL
    return np.where(at_zero, np.minimum(low, 0), low), np.where(at_zero, most, high)


def _what(rows: pd.DataFrame, lost: np.ndarray, steps: np.ndarray) -> np.ndarray:
    climbed = steps.sum(axis=1)
    changed = (rows["scenario"] != rows["baseline"]) | (
        rows["scenario_margin"].fillna(0) != rows["baseline_margin"].fillna(0)
    )
    return np.select(
        [lost & (rows["baseline"] > 0), climbed > 0, climbed < 0, changed],
        ["lost", "moved up", "moved down", "changed"],
        default="same",
    )


def _won(wins: tuple) -> pd.DataFrame:
    rows = [
        {
            "account_id": None,
            "name": win.name,
            "manager": None,
            "rung": "unknown",
            "last_year": 0.0,
            "baseline": 0.0,
            "scenario": win.revenue,
            "low": win.revenue,
            "high": win.revenue,
            "baseline_low": 0.0,
            "baseline_high": 0.0,
            "retention": 1.0,
            "baseline_margin": 0.0,
            "scenario_margin": np.nan if win.margin_rate is None else win.revenue * win.margin_rate,
            "what": "won",
        }
        for win in wins
    ]
    return pd.DataFrame(rows)
