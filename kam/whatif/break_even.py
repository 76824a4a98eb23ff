"""How much volume new prices, discounts or costs may cost before the margin falls: a closed form, no draws."""

import numpy as np
import pandas as pd

from kam.base.texts import _
from kam.whatif.answer import stated
from kam.whatif.effect import effect
from kam.whatif.scenario import Lever, Scenario
from kam.whatif.simulate import prepared
from kam.whatif.targets import taken
from kam.whatif.year_ahead import RUNGS, Outlook

PRICED = ("list_price", "discount_change", "discount_cap", "unit_cost")
_COLUMNS = ["item", "revenue", "margin", "price_change", "margin_after", "break_even", "expected", "reason"]


def break_even(found: Outlook, scenario: Scenario) -> pd.DataFrame:
    """Say of each lever on prices or costs, and of all together, at which change of volume the margin is as now.

    At the volume v times that of now the margin is v·M', with M' the margin of today's volume at the new prices and
    costs; so the margin is as now at v − 1 = M/M' − 1. For a price change p at a margin rate m this is −p/(m + p): with
    30 % of margin, a price 3 % higher may cost 9.1 % of the volume (Nagle & Müller, The Strategy and Tactics of
    Pricing).

    Returns
    -------
    pandas.DataFrame
        One row a lever, in their order, and one for all together if there are several: item (number of the lever, or
        "all"), revenue, margin (of the sales it takes hold of, twelve months, currency; only those with a cost),
        price_change (mean, share), margin_after (at today's volume), break_even (change of volume, share), expected
        (change of volume by the assumed response), reason (why there is no break-even). No such lever: no rows.
    """
    priced = tuple(lever for lever in scenario.levers if lever.kind in PRICED)
    grain, _ = prepared(found, scenario)
    listed = grain.assumptions(scenario)
    response = {rung: float(stated(listed)[f"elasticity_{rung}"][0]) for rung in RUNGS}
    rows = [
        _row(grain, (lever,), str(number), response)
        for number, lever in enumerate(scenario.levers)
        if lever.kind in PRICED
    ]
    if len(priced) > 1:
        rows.append(_row(grain, priced, "all", response))
    return pd.DataFrame(rows, columns=_COLUMNS).astype(dict.fromkeys(("item", "reason"), "str"))


def break_even_volume(margin: float, margin_after: float) -> float:
    """Return the change of volume at which a new unit margin brings what the old one did: M/M' − 1.

    >>> round(break_even_volume(30.0, 33.0), 4)
    -0.0909
    """
    return margin / margin_after - 1


def _row(found: Outlook, levers: tuple[Lever, ...], item: str, response: dict[str, float]) -> dict[str, object]:
    facts = found.facts
    held = np.zeros(facts.amounts["net"].shape, dtype=bool)
    for lever in levers:
        held[np.ix_(*taken(lever, facts))] = True
    moved = effect(levers, facts)
    net, after = facts.amounts["net"][held].sum(), moved.net[held].sum()
    margin = (facts.amounts["net_costed"] - facts.amounts["cost"])[held].sum()
    margin_after = (moved.net_costed - moved.cost)[held].sum()
    slope = np.array([response[rung] for rung in facts.who["rung"]])
    volume = (facts.amounts["net"] * np.exp(slope * moved.price))[held].sum() / net - 1
    reason = _reason(facts.amounts["net_costed"][held].any(), margin, margin_after)
    return {
        "item": item,
        "revenue": net,
        "margin": margin if facts.has_costs else np.nan,
        "price_change": after / net - 1,
        "margin_after": margin_after if facts.has_costs else np.nan,
        "break_even": np.nan if reason else break_even_volume(margin, margin_after),
        "expected": volume,
        "reason": reason,
    }


def _reason(has_costs: bool, margin: float, margin_after: float) -> str | None:  # noqa: FBT001 - one fact of three
    if not has_costs:
        return _("no sale it takes hold of has a cost, so margins cannot be told")
    if margin <= 0:
        return _("there is no margin to keep")
    return _("at these prices and costs no volume brings a margin") if margin_after <= 0 else None
