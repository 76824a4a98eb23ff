"""How customers answer to levers under given assumptions: one value of each for the point, many for the range."""

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from kam.whatif.assumptions import STEPS, Assumptions
from kam.whatif.effect import Effect
from kam.whatif.stayers import SIZES, Z80
from kam.whatif.year_ahead import RUNGS, Fates, Outlook, retention_keys

_LEAST = 1e-6
Values = Mapping[str, np.ndarray]
"""Assumptions by key: one value each, or one a draw."""


def stated(listed: Assumptions) -> Values:
    """Take each assumption at its value."""
    return {key: np.array([each.estimate.value]) for key, each in listed.items()}


def drawn(listed: Assumptions, *, draws: int, seed: int) -> Values:
    """Draw each assumption from its 80 % range: normal to both sides of its value, each side with its own width.

    Every assumption has random numbers of its own, so that changing one moves no other.
    """
    found = {}
    for key, each in listed.items():
        z = np.random.default_rng([seed, crc32(key.encode())]).standard_normal(draws)
        value, low, high = each.estimate.value, each.estimate.low, each.estimate.high
        found[key] = (value + np.where(z > 0, high - value, value - low) * z / Z80).astype(np.float32)
    return found


def retained(found: Outlook, values: Values, steps: np.ndarray | None = None) -> np.ndarray:
    """Return the chance of each account to stay: values × accounts, moved by the rungs it climbs."""
    kind = np.maximum(found.size, 0) * 2 + found.recency
    chance = np.stack([values[key] for key in retention_keys()], axis=1).clip(0, 1)[:, kind]
    if steps is not None and steps.any():
        per_step = np.stack([values[f"rung_retention_{step}"] for step in STEPS], axis=1)
        at = np.flatnonzero(steps.any(axis=1))
        chance[:, at] = (chance[:, at] + (per_step @ steps[at].T)).clip(0, 1)
    return chance


def years(found: Outlook, values: Values, chance: np.ndarray, thrown: Fates | None = None) -> np.ndarray:
    """Return the year ahead of each account over its last: values × accounts; expected, or as drawn."""
    estimates = found.growth()
    ratio = np.stack(
        [values[f"growth_{size}"] / max(each.value, _LEAST) for size, each in zip(SIZES, estimates, strict=True)],
        axis=1,
    ).clip(0)
    whole = (ratio * (1 + values["market"]).clip(0)[:, None])[:, np.maximum(found.size, 0)]
    if thrown is None:
        return chance * whole * found.mean
    whole *= thrown.course
    whole *= thrown.stay < chance
    return whole


def brought(moved: Effect, rungs: np.ndarray, values: Values) -> tuple[np.ndarray, np.ndarray]:
    """Return revenue and margin of a year as good as the last, under the levers: values × accounts, or one row.

    `rungs` are places in `RUNGS`. A new price P brings P^ε of the quantity (constant elasticity ε, by rung). The better
    price of a higher rung costs no quantity: it is paid for what the rung means.
    """
    count, kind = len(values["market"]), values["market"].dtype
    at = np.flatnonzero((moved.price != 0).any(axis=0) | moved.steps.any(axis=1))
    # where nobody answers, all draws are alike: one row stands for them
    shape = (count if len(at) else 1, moved.net.shape[1])
    revenue, margin = np.empty(shape, dtype=kind), np.empty(shape, dtype=kind)
    revenue[:] = (moved.net * moved.quantity).sum(axis=0)
    margin[:] = ((moved.net_costed - moved.cost) * moved.quantity).sum(axis=0)
    if len(at):
        response = np.stack([values[f"elasticity_{rung}"] for rung in RUNGS], axis=1)
        response = response[:, rungs[at]]
        premium = np.stack([np.log1p(values[f"rung_price_{step}"].clip(-1 + _LEAST)) for step in STEPS], axis=1)
        better = np.exp(premium @ moved.steps[at].T.astype(kind))
        revenue[:, at], margin[:, at] = 0, 0
        parts = (moved.net, moved.net_costed, moved.cost, moved.price, moved.quantity)
        for net, costed, cost, price, volume in zip(*(each[:, at].astype(kind) for each in parts), strict=True):
            quantity = np.exp(response * price) * volume
            revenue[:, at] += better * net * quantity
            margin[:, at] += (better * costed - cost) * quantity
    revenue[:, moved.lost], margin[:, moved.lost] = 0, 0
    return revenue, margin
