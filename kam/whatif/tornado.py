"""What the answer rests on: each lever alone, and the change if each assumption stood at an end of its range."""

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.whatif.answer import Values, stated
from kam.whatif.effect import Effect, effect
from kam.whatif.scenario import Scenario
from kam.whatif.simulate import ahead, prepared
from kam.whatif.year_ahead import Outlook
from kam.whatif.year_measures import lifetime_value

TOLD = ("revenue", "margin", "clv")
_COLUMNS = ["kind", "item", "key", "low", "high", "together", "reach"]


def tornado(found: Outlook, scenario: Scenario, *, measure: str | None = None) -> pd.DataFrame:
    """Tell by how much the change of one measure rests on each lever and on each assumption.

    Parameters
    ----------
    found, scenario
        As for `simulate`; nothing is drawn here.
    measure
        "revenue", "margin" or "clv"; margin where costs are known, else revenue, if not given.

    Returns
    -------
    pandas.DataFrame
        kind ("lever" or "assumption"), item (number of the lever, or name of the assumption), key (of the assumption),
        low, high, together (change of all levers at once, currency), reach. A lever: low = high = the change by it
        alone; what the levers do to each other is what these do not add up to. An assumption: the change of all levers
        if it stood at its low and at its high end, all else as stated; reach is the larger departure from `together`.
        Levers in their order, then assumptions that matter, the largest reach first.
    """
    if measure is not None and measure not in TOLD:
        raise QuestionError(f"The levers are not told apart by {measure!r}; they are by {', '.join(TOLD)}.")
    asked = measure or ("margin" if found.facts.has_costs else "revenue")
    grain, moved = prepared(found, scenario)
    listed = grain.assumptions(scenario)
    values = stated(listed)
    none = effect((), grain.facts)

    def change(by: Effect, at: Values) -> float:
        return _total(grain, by, at, asked) - _total(grain, none, at, asked)

    together = change(moved, values)
    rows: list[dict[str, object]] = []
    for number, lever in enumerate(scenario.levers):
        alone = change(effect((lever,), grain.facts), values)
        rows.append({"kind": "lever", "item": str(number), "key": None, "low": alone, "high": alone})
    ranged = []
    for key, each in listed.items() if scenario.levers else ():
        ends = [change(moved, {**values, key: np.array([end])}) for end in (each.estimate.low, each.estimate.high)]
        ranged.append({"kind": "assumption", "item": each.name, "key": key, "low": ends[0], "high": ends[1]})
    frame = pd.DataFrame(rows + ranged, columns=_COLUMNS).assign(together=together)
    frame["reach"] = (frame[["low", "high"]].sub(together)).abs().max(axis=1)
    levers, rest = frame[frame["kind"] == "lever"], frame[frame["kind"] == "assumption"]
    matter = rest[rest["reach"] > 1e-9 * max(1.0, abs(together))].sort_values("reach", ascending=False)
    return pd.concat([levers, matter], ignore_index=True).astype(dict.fromkeys(("kind", "item", "key"), "str"))


def _total(found: Outlook, moved: Effect, values: Values, measure: str) -> float:
    year = ahead(found, moved, values)
    if measure == "clv":
        return float(lifetime_value(found, values, year.whole_margin, moved.steps, year.won_margin)[0])
    return (
        float(year.revenue.sum() + sum(year.wins))
        if measure == "revenue"
        else float(year.margin.sum() + year.won_margin)
    )
