"""Whom a lever takes hold of, and which levers cannot be: refused by name, before anything is computed."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.texts import _
from kam.whatif.account_facts import Facts
from kam.whatif.scenario import KINDS, Lever

COLUMNS = {"account": "account_id", "parent": "root_id", "class": "key_class"}
COLUMNS |= {name: name for name in ("rung", "industry", "region", "manager")}
"""Scope → the column of `Facts.who` that its targets stand in."""
LOWEST, HIGHEST = 1, 3
NOTHING = _("Nothing was computed.")
_CALLED = {
    "rung": (_("the rung “{target}”"), _("the rung without a name")),
    "class": (_("the class “{target}”"), _("the class without a name")),
    "industry": (_("the industry “{target}”"), _("the industry without a name")),
    "region": (_("the region “{target}”"), _("the region without a name")),
    "manager": (_("the manager “{target}”"), _("the manager without a name")),
    "category": (_("the category “{target}”"), _("the category without a name")),
}


def taken(lever: Lever, facts: Facts) -> tuple[np.ndarray, np.ndarray]:
    """Say which categories and which accounts a lever takes hold of, as two masks.

    Raises
    ------
    kam.base.errors.QuestionError
        It takes nobody, or nobody who has what it would change; says whom and why.
    """
    accounts, categories = np.ones(len(facts.who), dtype=bool), np.ones(len(facts.categories), dtype=bool)
    if lever.kind == "win":
        return categories, np.zeros(len(facts.who), dtype=bool)
    if lever.scope == "category":
        categories = np.array([name == lever.target for name in facts.categories], dtype=bool)
    elif lever.scope != "all":
        accounts = (facts.who[COLUMNS[lever.scope]] == lever.target).to_numpy(dtype=bool)
    net = facts.amounts["net"][categories].sum(axis=0)
    if not accounts.any() or not categories.any():
        raise refusal(lever, facts, _("{lever}: {whom} is not in this selection."))
    buys = accounts & (facts.revenue > 0)
    if not buys.any() or (lever.scope == "category" and not (net[buys] > 0).any()):
        raise refusal(
            lever, facts, _("{lever}: {whom} bought nothing in these twelve months: there is nothing left to change.")
        )
    _check_amounts(lever, facts, categories, buys)
    if lever.kind == "rung_move":
        _check_rungs(lever, facts, buys)
    return categories, buys


def problems(levers: tuple[Lever, ...], facts: Facts) -> list[str | None]:
    """Say of each lever why it cannot be, None if it can."""
    found: list[str | None] = []
    for lever in levers:
        try:
            taken(lever, facts)
        except QuestionError as error:
            found.append(str(error))
        else:
            found.append(None)
    return found


def called(lever: Lever, names: Mapping[str, str]) -> str:
    """Call the target of a lever by its name."""
    if lever.scope == "all":
        return lever.target or _("the selection")
    if lever.scope in {"account", "parent"}:
        return names.get(lever.target, lever.target)
    named, nameless = _CALLED[lever.scope]
    return named.format(target=lever.target) if lever.target else nameless


def refusal(lever: Lever, facts: Facts, why: str, **more: object) -> QuestionError:
    """Refuse a lever by its kind and its target, for which the reason has the places {lever} and {whom}."""
    names = dict(zip(facts.who["account_id"], facts.who["name"], strict=True))
    told = why.format(lever=KINDS[lever.kind].name, whom=called(lever, names), **more)
    return QuestionError(f"{told} {NOTHING}")


def rung_after(rung: str, steps: int) -> str:
    """Return the rung after so many steps; nobody leaves the ladder, and from the unknown one comes to the unknown.

    >>> rung_after("2", 2), rung_after("1", -1), rung_after("unknown", 1)
    ('3', '1', 'unknown')
    """
    return str(min(HIGHEST, max(LOWEST, int(rung) + steps))) if rung.isdigit() else rung


def _check_amounts(lever: Lever, facts: Facts, categories: np.ndarray, buys: np.ndarray) -> None:
    asked = {"discount_cap": "list", "discount_change": "list", "unit_cost": "net_costed"}.get(lever.kind)
    if asked and not facts.amounts[asked][np.ix_(categories, buys)].any():
        lacks = (
            _("{lever}: {whom} has no sale with a list price, so this cannot be told.")
            if asked == "list"
            else _("{lever}: {whom} has no sale with a cost, so this cannot be told.")
        )
        raise refusal(lever, facts, lacks)
    if lever.kind == "discount_change" and lever.value > 0:
        rates = facts.rates
        own = rates[np.isin(rates["account"], np.flatnonzero(buys)) & categories[rates["category"].to_numpy(dtype=int)]]
        highest = float(own["rate"].max())
        if highest + lever.value > 1:
            told = _("{lever}: {whom} has sales at a discount of {rate:.0%}; {more:.0%} more is over 100 %.")
            raise refusal(lever, facts, told, rate=highest, more=lever.value)


def _check_rungs(lever: Lever, facts: Facts, buys: np.ndarray) -> None:
    rungs = pd.Series(facts.who["rung"][buys])
    if all(rung.isdigit() and rung_after(rung, int(lever.value)) == rung for rung in rungs):
        told = (
            _("{lever}: {whom} stands on the top rung already.")
            if lever.value > 0
            else _("{lever}: {whom} stands on the bottom rung already.")
        )
        raise refusal(lever, facts, told)
