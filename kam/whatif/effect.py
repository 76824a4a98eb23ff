"""What levers do to each account's twelve months: prices, costs, quantities, who is gone, came, or moved a rung."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kam.whatif.account_facts import Facts
from kam.whatif.scenario import Lever
from kam.whatif.targets import rung_after, taken


@dataclass(frozen=True, slots=True)
class Win:
    """An account that is not there yet."""

    name: str
    revenue: float
    margin_rate: float | None


@dataclass(frozen=True, slots=True)
class Effect:
    """The twelve months as levers make them, before customers answer to prices; categories × accounts.

    Attributes
    ----------
    net, net_costed, cost
        Amounts at the new prices and unit costs, for the quantities of now.
    price
        Logarithm of the new price over the old one: what customers answer to. A better price that comes with a higher
        rung is not in it.
    quantity
        The volume that levers set, over that of now.
    lost
        Accounts that are gone.
    steps
        Accounts × 2: rungs climbed from 1 to 2 and from 2 to 3; from an unknown rung half of each.
    wins
        Accounts that came.
    """

    net: np.ndarray
    net_costed: np.ndarray
    cost: np.ndarray
    price: np.ndarray
    quantity: np.ndarray
    lost: np.ndarray
    steps: np.ndarray
    wins: tuple[Win, ...] = field(default=())


def effect(levers: Sequence[Lever], facts: Facts) -> Effect:
    """Let levers act: on the rung, then list prices, discounts, unit costs, volume, and who is there at all.

    Levers of one kind add to each other in no order: list prices, unit costs and volumes multiply, changes of discount
    add up and no sale's discount falls under 0 by them, of several caps the lowest counts. A discount is changed before
    it is capped.

    Parameters
    ----------
    levers
        In any order.
    facts
        The accounts in view.

    Raises
    ------
    kam.base.errors.QuestionError
        A lever cannot be; says which and why.
    """
    held = [(lever, *taken(lever, facts)) for lever in levers]
    shape = facts.amounts["net"].shape
    factor = {kind: np.ones(shape) for kind in ("list_price", "unit_cost", "volume")}
    change, cap = np.zeros(shape), np.full(shape, np.inf)
    lost, moved = np.zeros(shape[1], dtype=bool), np.zeros(shape[1], dtype=int)
    for lever, categories, accounts in held:
        cells = np.ix_(categories, accounts)
        if lever.kind in factor:
            factor[lever.kind][cells] *= 1 + lever.value
        elif lever.kind == "discount_change":
            change[cells] += lever.value
        elif lever.kind == "discount_cap":
            cap[cells] = np.minimum(cap[cells], lever.value)
        elif lever.kind == "loss":
            lost |= accounts
        elif lever.kind == "rung_move":
            moved[accounts] += int(lever.value)
    gained = _regained(facts.rates, change, cap, shape)
    net, costed = facts.amounts["net"], facts.amounts["net_costed"]
    share = np.divide(costed, net, out=np.zeros(shape), where=net > 0).clip(0, 1)
    after = (net + gained) * factor["list_price"]
    price = np.log(np.divide(after, net, out=np.ones(shape), where=(net > 0) & (after > 0)))
    return Effect(
        after,
        (costed + share * gained) * factor["list_price"],
        facts.amounts["cost"] * factor["unit_cost"],
        np.where(np.abs(price) > 1e-12, price, 0.0),  # noqa: PLR2004 - what is left of rounding is no price change
        factor["volume"],
        lost,
        _steps(facts.who["rung"].tolist(), moved),
        tuple(Win(lever.target, lever.value, lever.margin_rate) for lever in levers if lever.kind == "win"),
    )


def _regained(rates: pd.DataFrame, change: np.ndarray, cap: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Sum, by category and account, what sales bring more if each one's discount is changed and then capped."""
    at = rates["category"].to_numpy(dtype=int), rates["account"].to_numpy(dtype=int)
    listed, sold = rates["list"].to_numpy(dtype=float), rates["net_listed"].to_numpy(dtype=float)
    now = 1 - sold / listed
    changed = np.where(change[at] == 0, now, np.maximum(now + change[at], np.minimum(now, 0)))
    then = np.minimum(changed, np.maximum(cap[at], np.minimum(now, 0)))
    found = np.zeros(shape)
    np.add.at(found, at, listed * (now - then))
    return found


def _steps(rungs: list[str], moved: np.ndarray) -> np.ndarray:
    found = np.zeros((len(rungs), 2))
    for place in np.flatnonzero(moved):
        rung, by = rungs[place], int(moved[place])
        if not rung.isdigit():
            found[place] = by / 2
            continue
        to = int(rung_after(rung, by))
        sign = 1 if to > int(rung) else -1
        for step in range(min(int(rung), to), max(int(rung), to)):
            found[place, step - 1] += sign
    return found
