"""What a simulation takes for granted, as a table: each with a value, an 80 % range, and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.numbers import count
from kam.base.terms import RUNGS_OF_MANY, UNKNOWN
from kam.base.texts import _
from kam.whatif.scenario import Changed
from kam.whatif.stayers import RECENCIES, SIZES, Z80, Estimate, posterior

RUNG_NAMES = {**{str(number): many for number, many in enumerate(RUNGS_OF_MANY, start=1)}, UNKNOWN: _("unknown rung")}
ELASTICITY = {
    "1": Estimate(-2.0, -3.5, -1.0, 0),
    "2": Estimate(-1.0, -2.0, -0.3, 0),
    "3": Estimate(-0.5, -1.0, 0.0, 0),
    "unknown": Estimate(-1.0, -2.5, -0.2, 0),
}
MARKET = Estimate(0.0, -0.05, 0.05, 0)
YEARLY_DISCOUNT = Estimate(0.10, 0.08, 0.12, 0)
STEP_RETENTION = Estimate(0.05, 0.0, 0.10, 0)
STEP_PRICE = Estimate(0.01, 0.0, 0.03, 0)
STEPS = ("12", "23")
"""From broker to supplier, and from supplier to partner."""
_FEWEST = 10
_STEP_NAMES = {"12": _("broker to supplier"), "23": _("supplier to partner")}
_RETENTION = {
    ("small", "bought lately"): _("Retention, small accounts, bought lately"),
    ("small", "quiet"): _("Retention, small accounts, quiet"),
    ("middle", "bought lately"): _("Retention, middle accounts, bought lately"),
    ("middle", "quiet"): _("Retention, middle accounts, quiet"),
    ("large", "bought lately"): _("Retention, large accounts, bought lately"),
    ("large", "quiet"): _("Retention, large accounts, quiet"),
}
_GROWTH = {
    "small": _("Next year of small accounts that stay"),
    "middle": _("Next year of middle accounts that stay"),
    "large": _("Next year of large accounts that stay"),
}
_UNITS = {"share": _("share"), "points": _("points"), "factor": _("factor"), "elasticity": _("elasticity")}
_BOUNDS = {
    "retention": (0.0, 1.0),
    "elasticity": (-10.0, 0.0),
    "growth": (0.0, 100.0),
    "market": (-0.9, 9.0),
    "yearly": (0.001, 10.0),
    "rung": (-0.9, 9.0),
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One of them.

    Attributes
    ----------
    key, name
        For the machine, and for the reader.
    unit
        "share", "points" (a difference of shares), "factor" or "elasticity".
    estimate
        Its value and range; `accounts` > 0 if it was estimated from this book.
    changed
        Whether the scenario sets it.
    """

    key: str
    name: str
    unit: str
    estimate: Estimate
    changed: bool = False

    @property
    def source(self) -> str:
        """Where it comes from, in words."""
        if self.changed:
            return _("set in this scenario")
        accounts = self.estimate.accounts
        if not accounts:
            return _("assumption")
        return _("estimated from this book (n = {accounts})").format(accounts=count(accounts))


Assumptions = dict[str, Assumption]


def assumptions(
    retention: Sequence[Sequence[Estimate]],
    growth: Sequence[Estimate],
    steps: Mapping[str, tuple[Estimate, Estimate]],
    changed: Sequence[Changed] = (),
) -> Assumptions:
    """List all assumptions, those that a scenario sets in its way.

    Parameters
    ----------
    retention
        By size and recency.
    growth
        By size: what those that stay buy, over what they bought.
    steps
        By `STEPS`: what a rung up adds to retention (points) and to prices (share).
    changed
        What the scenario sets.

    Raises
    ------
    kam.base.errors.QuestionError
        The scenario sets an assumption that is not there, or to what it cannot be; named.
    """
    listed = [
        Assumption(
            f"elasticity_{rung}", _("Response to price, {rungs}").format(rungs=name), "elasticity", ELASTICITY[rung]
        )
        for rung, name in RUNG_NAMES.items()
    ]
    for size, row in zip(SIZES, retention, strict=True):
        listed += [
            Assumption(f"retention_{size}_{recency.replace(' ', '_')}", _RETENTION[size, recency], "share", each)
            for recency, each in zip(RECENCIES, row, strict=True)
        ]
    listed += [
        Assumption(f"growth_{size}", _GROWTH[size], "factor", each) for size, each in zip(SIZES, growth, strict=True)
    ]
    for step in STEPS:
        kept, price = steps[step]
        retained = _("Retention, {step}").format(step=_STEP_NAMES[step])
        priced = _("Price, {step}").format(step=_STEP_NAMES[step])
        listed.append(Assumption(f"rung_retention_{step}", retained, "points", kept))
        listed.append(Assumption(f"rung_price_{step}", priced, "share", price))
    listed.append(Assumption("market", _("The market as a whole"), "share", MARKET))
    listed.append(Assumption("yearly_discount", _("Discount of money to come, a year"), "share", YEARLY_DISCOUNT))
    found = {each.key: each for each in listed}
    for each in changed:
        found[each.key] = _set(found, each)
    return found


def frame(listed: Assumptions) -> pd.DataFrame:
    """Write them as a table: key, name, value, low, high, unit, source, changed."""
    rows = [
        (
            each.key,
            each.name,
            each.estimate.value,
            each.estimate.low,
            each.estimate.high,
            _UNITS[each.unit],
            each.source,
            each.changed,
        )
        for each in listed.values()
    ]
    columns = ["key", "name", "value", "low", "high", "unit", "source", "changed"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(("key", "name", "unit", "source"), "str"))


def rung_steps(then: pd.DataFrame, now: pd.DataFrame) -> dict[str, tuple[Estimate, Estimate]]:
    """Estimate what one rung up goes with, where this book has at least ten accounts on both rungs.

    It is a comparison of accounts on neighbouring rungs, not a proof that the rung is the cause: retention is the
    difference of the shares that stayed, by the rung of a year ago; price is what would lift the mean margin rate of
    the lower rung to that of the upper one at the same unit cost, (1 − m_low)/(1 − m_high) − 1.

    Parameters
    ----------
    then
        rung ("1", "2", "3" or "unknown") of a year ago, and stayed (whether it bought since).
    now
        rung, and margin_rate (NaN where unknown).

    Returns
    -------
    dict
        By `STEPS`: retention in points, and price as a share; assumptions where the book cannot tell.
    """
    stayed = {rung: rows["stayed"] for rung, rows in then.groupby("rung")}
    rates = {rung: rows["margin_rate"].dropna().to_numpy(dtype=float) for rung, rows in now.groupby("rung")}
    return {
        step: (_kept(stayed.get(step[0]), stayed.get(step[1])), _priced(rates.get(step[0]), rates.get(step[1])))
        for step in STEPS
    }


def _kept(lower: pd.Series | None, upper: pd.Series | None) -> Estimate:
    if lower is None or upper is None or min(len(lower), len(upper)) < _FEWEST:
        return STEP_RETENTION
    centre = float((lower.sum() + upper.sum() + 1) / (len(lower) + len(upper) + 2))
    low, high = (posterior(int(each.sum()), len(each), centre) for each in (lower, upper))
    reach = float(np.hypot(low.high - low.low, high.high - high.low)) / 2
    value = high.value - low.value
    return Estimate(value, value - reach, value + reach, len(lower) + len(upper))


def _priced(lower: np.ndarray | None, upper: np.ndarray | None) -> Estimate:
    if lower is None or upper is None or min(len(lower), len(upper)) < _FEWEST:
        return STEP_PRICE
    below, above = 1 - lower.mean(), 1 - upper.mean()
    if below <= 0 or above <= 0:
        return STEP_PRICE
    errors = lower.std(ddof=1) / np.sqrt(len(lower)) / below, upper.std(ddof=1) / np.sqrt(len(upper)) / above
    value = float(below / above - 1)
    reach = Z80 * float(np.hypot(*errors)) * (1 + value)
    return Estimate(value, value - reach, value + reach, len(lower) + len(upper))


def _set(found: Assumptions, each: Changed) -> Assumption:
    if each.key not in found:
        raise QuestionError(
            _("There is no assumption {key!r}. There are: {keys}. Nothing was computed.").format(
                key=each.key, keys=", ".join(found)
            )
        )
    own = found[each.key]
    low, high = _BOUNDS[each.key.split("_")[0]]
    if not low <= each.low <= each.high <= high:
        raise QuestionError(
            _(
                "{assumption} must lie between {lowest:g} and {highest:g}, not between {low:g} and {high:g}."
                " Nothing was computed."
            ).format(assumption=own.name, lowest=low, highest=high, low=each.low, high=each.high)
        )
    return Assumption(own.key, own.name, own.unit, Estimate(each.value, each.low, each.high, 0), changed=True)
