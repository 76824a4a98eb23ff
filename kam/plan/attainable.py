"""Whether an objective can be achieved, as far as the past can tell: how rare the change is that it wants."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from kam.base.amounts import amount, rounded
from kam.base.numbers import count, counted, percent, points
from kam.base.policy import THRESHOLDS, Thresholds
from kam.plan.objective import Objective
from kam.plan.past_changes import Reach
from kam.plan.rolling import FROM_SALES, JUDGED
from kam.plan.verdict import Verdict, failed, passed, unknown

_MEASURED = (*FROM_SALES, *JUDGED, "nps")
_RATES = ("margin rate", "discount rate", "share of wallet", "coverage")
GRAINS: Mapping[str, float] = MappingProxyType(
    {**dict.fromkeys(_RATES, 0.001), "categories": 1.0, "nps": 1.0, "rung": 0.1}
)
"""The step, in the unit of measuring, that a person would write a target in."""
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def achievable(told: Objective, reach: Reach | None, thresholds: Thresholds = THRESHOLDS) -> Verdict:
    """Judge whether the change wanted has happened often enough, over windows as long as the objective has.

    At most the stretch (95 %) of the windows lie below the change needed, or it is a stretch and said so; with fewer
    windows than `fewest_windows` (20) nobody can tell.
    """
    if told.metric is None or told.baseline is None or told.target is None or told.months is None:
        return unknown(f"Without {_missing(told)} there is no change to judge.")
    if told.metric not in _MEASURED:
        return unknown("Nothing but this objective's own readings tells it, so the past cannot say how often it came.")
    if told.sign * (told.target - told.baseline) <= 0:
        return unknown("It wants no change for the better that could be judged.")
    if reach is None or reach.windows < thresholds.fewest_windows:
        found = 0 if reach is None else reach.windows
        return unknown(
            f"The data hold {counted(found, 'window')} of {counted(told.months, 'month')} to compare with, and"
            f" {count(thresholds.fewest_windows)} are needed.",
            "A shorter time, or a longer history, can be judged.",
        )
    said = _frequency(reach)
    if (reach.percentile or 0.0) > thresholds.stretch:
        return failed(f"A stretch: {_change(told, reach)} {said}.", _edge(told, reach, thresholds))
    return passed(f"{_change(told, reach)[0].upper()}{_change(told, reach)[1:]} {said}.")


def _missing(told: Objective) -> str:
    """Name the first thing without which no change can be judged."""
    if told.metric is None:
        return "a metric"
    return "baseline and target" if told.baseline is None or told.target is None else "a due day after its start"


def _frequency(reach: Reach) -> str:
    times = f"in {count(reach.reached)}" if reach.reached else "in none"
    windows = f"{counted(reach.windows, 'window')} of {counted(reach.months, 'month')} here"
    place = f"{_ordinal(reach.percentile)} percentile, {counted(reach.accounts, 'account')} of its kind"
    return f"happened {times} of {windows} ({place})"


def _change(told: Objective, reach: Reach) -> str:
    """Name the change, such as “a rise of 15.0 %”."""
    word = "a rise" if told.sign > 0 else "a fall"
    size = abs(reach.needed)
    if reach.from_nothing:
        return f"reaching {amount(told.target, told.unit)} from nothing"
    if reach.is_relative:
        return f"{word} of {percent(size)}"
    if told.metric in _RATES:
        return f"{word} of {points(size)}"
    return f"{word} by {amount(size, told.unit)}"


def _edge(told: Objective, reach: Reach, thresholds: Thresholds) -> str:
    """Say which target would just not be a stretch."""
    change = reach.change_at(thresholds.stretch)
    if change <= 0:
        return "Hardly any change for the better has happened here; ask for a smaller one, and say what is new."
    target = target_of(told, reach, change)
    said = f"A target of {amount(target, told.unit)} is as far as"
    return f"{said} {percent(thresholds.stretch)} of the windows went; or give it more time."


def target_of(told: Objective, reach: Reach, change: float) -> float:
    """Return the target, in the objective's unit, that a change for the better leads to from the baseline."""
    baseline = told.baseline or 0.0
    step = change * baseline if reach.is_relative else change / told.scale
    target = baseline + told.sign * step
    if reach.is_relative or reach.from_nothing:
        return rounded(target, baseline)
    grain = GRAINS[told.metric or ""] / told.scale
    steps = round(target / grain, 6)  # a hair over a whole number of steps is that number
    return round((math.floor(steps) if target > baseline else math.ceil(steps)) * grain, 9)


def _ordinal(share: float | None) -> str:
    """Write a share as a percentile.

    >>> _ordinal(0.953), _ordinal(0.5), _ordinal(0.113)
    ('95th', '50th', '11th')
    """
    number = int(100 * (share or 0.0))
    ending = "th" if number % 100 in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
