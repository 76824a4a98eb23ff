"""Small outlooks whose every figure can be worked out by hand: less than two years old, so that all is assumed."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kam.whatif.account_facts import AMOUNTS, Facts
from kam.whatif.assumptions import STEP_PRICE, STEP_RETENTION, STEPS
from kam.whatif.scenario import Changed, Lever, Scenario
from kam.whatif.simulate import Measured, measured, without_levers
from kam.whatif.year_ahead import Fates, Outlook, fates, outlook

STAYS = 0.85
"""What is assumed of retention where nothing was measured."""
NO_ANSWER = tuple(Changed(f"elasticity_{rung}", 0.0, 0.0, 0.0) for rung in ("1", "2", "3", "unknown"))
OBJECTIVES = ["objective_id", "account_id", "category", "metric", "actual", "baseline", "target", "share"]

# account, rung, industry, category, net, list (all of it listed; None: none), cost (None: unknown)
Row = tuple[str, str, str, str, float, float | None, float | None]
ROWS: tuple[Row, ...] = (
    ("A", "1", "Steel", "Pumps", 1000.0, 1250.0, 600.0),
    ("B", "2", "Steel", "Pumps", 400.0, 500.0, 300.0),
    ("B", "2", "Steel", "Valves", 100.0, 100.0, 50.0),
    ("C", "3", "Dairy", "Valves", 500.0, 500.0, 400.0),
    ("D", "unknown", "Dairy", "Pumps", 0.0, None, None),
)


def made(rows: Sequence[Row] = ROWS, parents: Mapping[str, str] | None = None) -> Facts:
    """Make facts of these sales, all in one month; an account that sold nothing is one that is lost."""
    ids = sorted({row[0] for row in rows})
    categories = tuple(sorted({row[3] for row in rows} | {""}))
    amounts = {name: np.zeros((len(categories), len(ids))) for name in AMOUNTS}
    rates = []
    for account, _, _, category, net, listed, cost in rows:
        at = categories.index(category), ids.index(account)
        amounts["net"][at] += net
        if listed:
            amounts["list"][at] += listed
            amounts["net_listed"][at] += net
            rates.append((1 - net / listed, listed, net, *at))
        if cost is not None:
            amounts["cost"][at] += cost
            amounts["net_costed"][at] += net
    first = {row[0]: row for row in reversed(rows)}
    months = np.zeros((len(ids), 12))
    months[:, -1] = amounts["net"].sum(axis=0)
    who = pd.DataFrame(
        {
            "account_id": ids,
            "name": [f"Account {account}" for account in ids],
            "root_id": [(parents or {}).get(account, account) for account in ids],
            "industry": [first[account][2] for account in ids],
            "region": "North",
            "manager": "Ada Lind",
            "in_view": True,
            "rung": [first[account][1] for account in ids],
        }
    )
    columns = ["rate", "list", "net_listed", "category", "account"]
    return Facts(who, months, np.ones(len(ids), dtype=int), categories, amounts, pd.DataFrame(rates, columns=columns))


def looked(facts: Facts | None = None, objectives: Sequence[tuple] = ()) -> Outlook:
    """Look ahead from these facts, with the assumed steps of the ladder."""
    steps = dict.fromkeys(STEPS, (STEP_RETENTION, STEP_PRICE))
    goals = pd.DataFrame(list(objectives), columns=OBJECTIVES)
    return outlook(made() if facts is None else facts, steps=steps, objectives=goals)


def both(found: Outlook, asked: Scenario, dice: Fates | None = None) -> tuple[Measured, Measured]:
    """Measure the baseline and a scenario with the same dice."""
    dice = dice or thrown(found)
    return measured(found, without_levers(asked), thrown=dice), measured(found, asked, thrown=dice)


def thrown(found: Outlook, draws: int = 200, seed: int = 0) -> Fates:
    """Throw the dice of an outlook."""
    return fates(found, draws=draws, seed=seed)


def scenario(*levers: Lever, answer: bool = False) -> Scenario:
    """Make a scenario; customers do not answer to prices unless they are to."""
    return Scenario(levers, () if answer else NO_ANSWER)
