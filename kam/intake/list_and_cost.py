"""How list amounts and costs of one file follow, once its net amount is known."""

from dataclasses import replace

import numpy as np

from kam.intake.amount_evidence import grows_with, nearly_all, with_tax
from kam.intake.amount_readings import Amounts
from kam.intake.concepts import ideas
from kam.intake.formula import DECLARED, Formula

_ALL = 100  # percent


def add_list_and_cost(amounts: Amounts, net: Formula) -> None:
    """Find how the list amount and the cost of a line follow, beside its net amount."""
    formula = _list_amount(amounts, net)
    amounts.money.list = None if formula is None else amounts.finished(_running(amounts, formula, net))
    _find_cost(amounts, net)
    if (cost := amounts.money.cost) is not None:
        amounts.money.cost = _running(amounts, cost, net)


def _running(amounts: Amounts, formula: Formula, net: Formula) -> Formula:
    """Take an amount beside a running total as the step from month to month where it runs on, too."""
    if net.over != "year to date" or not formula.direct or not amounts.runs_on(formula.source):
        return formula
    return replace(formula, over=net.over, why=f"it runs on as {net.source} does")


def _list_amount(amounts: Amounts, net: Formula) -> Formula | None:
    if source := amounts.declared.get("list_amount"):
        return _piece_or_line(amounts, "list_amount", source)
    if net.direct and (made := amounts.discounts.leaves(net.source)):
        return Formula(made.source, pieces=True, why="quantity × price, before the discount")
    if net.less in amounts.ranked.get("discount", {}):
        return replace(net, less=None, measured="line", why="the same before the discount")
    return _named(amounts, net) or _from_discount(amounts, net)


def _named(amounts: Amounts, net: Formula) -> Formula | None:
    """Take the list amount or list price that a name points to, unless it is an amount with tax or under the net."""
    sample = amounts.sample
    net_values = net.of(sample.numbers, sample.quantity)
    candidates = [(name, False) for name in amounts.ranked.get("list_amount", {}) if amounts.orders_of(name) is None]
    candidates += [(name, True) for name in amounts.ranked.get("list_price", {}) if sample.has_quantity]
    for source, is_price in candidates:
        if source in net.sources or source in amounts.money.told:
            continue
        taxed = None if is_price else _taxed(amounts, source, net_values)
        if taxed is not None:
            amounts.money.told[source] = f"with tax, not before discounts: {taxed}"
            continue
        formula = (_of_a_price if is_price else _piece_or_line)(amounts, "list_amount", source)
        if _over_net(amounts, formula, net_values):
            return formula
        amounts.money.told[source] = "under the net amount on many lines, so it is no list amount"
    return None


def _taxed(amounts: Amounts, source: str, net: np.ndarray) -> str | None:
    taxes = [amounts.sample.numbers[name] for name in amounts.ranked.get("tax_amount", {})] or [None]
    own = next((why for tax in taxes if (why := with_tax(amounts.sample.numbers[source], net, tax))), None)
    return own if own is not None and ("list" not in ideas(source) or "the tax" in own) else None


def _from_discount(amounts: Amounts, net: Formula) -> Formula | None:
    """Add the discount back to the net amount."""
    if not amounts.discounts.exist() or not net.direct:
        return None
    discount = next(iter(amounts.ranked["discount"]))
    return Formula(net.source, plus=discount, measured=amounts.discounts.measured(discount), why="net and the discount")


def _over_net(amounts: Amounts, formula: Formula, net: np.ndarray) -> bool:
    values = np.abs(formula.of(amounts.sample.numbers, amounts.sample.quantity))
    among = np.isfinite(values) & np.isfinite(net)
    return not among.any() or float((values >= 0.98 * np.abs(net) - 0.02)[among].mean()) >= 0.8  # noqa: PLR2004


def _find_cost(amounts: Amounts, net: Formula) -> None:
    if source := amounts.declared.get("cost_amount"):
        amounts.money.cost = _piece_or_line(amounts, "cost_amount", source)
        return
    for source in amounts.ranked.get("cost_amount", {}):
        if amounts.orders_of(source) is None and source not in net.sources:
            amounts.money.cost = _piece_or_line(amounts, "cost_amount", source)
            return
    for source in amounts.ranked.get("unit_cost", {}):
        if amounts.sample.has_quantity and source not in net.sources:
            amounts.money.cost = _of_a_price(amounts, "cost_amount", source)
            return
    for source in amounts.ranked.get("profit", {}):
        values = amounts.sample.numbers[source]
        largest = float(np.nanmax(np.abs(values), initial=0.0))
        if 1 < largest <= _ALL and _are_percentages(amounts, values, net):
            amounts.money.told[source] = "percentages, for it does not grow with the amount"
        elif largest > 1:
            amounts.money.cost, amounts.money.cost_is_profit = Formula(source, why="net less the profit"), True
            return


def _are_percentages(amounts: Amounts, values: np.ndarray, net: Formula) -> bool:
    """Say whether margins are round, never negative, and do not grow with the amount: then they are no money."""
    known = values[np.isfinite(values)]
    is_round = nearly_all(known % 0.5 == 0, known > 0) and bool((known >= 0).all())
    return is_round and not grows_with(values, net.of(amounts.sample.numbers, amounts.sample.quantity))


def _of_a_price(amounts: Amounts, column: str, source: str) -> Formula:
    each = amounts.levels.get(column) != "line"
    return Formula(source, pieces=each, why="by its name it is one piece's" if each else DECLARED)


def _piece_or_line(amounts: Amounts, column: str, source: str) -> Formula:
    level = amounts.levels.get(column)
    named = "total" in ideas(source) or source == column
    one = level == "piece" if level else amounts.sample.has_quantity and not named and amounts.is_of_one_piece(source)
    why = "it stays the same whatever the quantity: one piece's" if one else "its name and values say so"
    return Formula(source, pieces=bool(one), why=DECLARED if level else why)
