"""Whether an objective can be achieved, as far as the past can tell: how rare the change is that it wants."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from kam.base.amounts import amount, rounded
from kam.base.numbers import count, percent, points
from kam.base.policy import THRESHOLDS, Thresholds
from kam.base.texts import _, ngettext, sentence
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
_ORDINALS = {1: _("{number}st"), 2: _("{number}nd"), 3: _("{number}rd")}


def achievable(told: Objective, reach: Reach | None, thresholds: Thresholds = THRESHOLDS) -> Verdict:
    """Judge whether the change wanted has happened often enough, over windows as long as the objective has.

    At most the stretch (95 %) of the windows lie below the change needed, or it is a stretch and said so; with fewer
    windows than `fewest_windows` (20) nobody can tell.
    """
    if told.metric is None or told.baseline is None or told.target is None or told.months is None:
        return unknown(_missing(told))
    if told.metric not in _MEASURED:
        return unknown(
            _("Nothing but this objective's own readings tells it, so the past cannot say how often it came.")
        )
    if told.sign * (told.target - told.baseline) <= 0:
        return unknown(_("It wants no change for the better that could be judged."))
    if reach is None or reach.windows < thresholds.fewest_windows:
        found = 0 if reach is None else reach.windows
        return unknown(
            _("The data hold {windows} to compare with, and {needed} are needed.").format(
                windows=_windows(found, told.months), needed=count(thresholds.fewest_windows)
            ),
            _("A shorter time, or a longer history, can be judged."),
        )
    said = _frequency(told, reach)
    if (reach.percentile or 0.0) > thresholds.stretch:
        return failed(_("A stretch: {what_happened}.").format(what_happened=said), _edge(told, reach, thresholds))
    return passed(sentence(f"{said[0].upper()}{said[1:]}"))


def _missing(told: Objective) -> str:
    """Name the first thing without which no change can be judged."""
    if told.metric is None:
        return _("Without a metric there is no change to judge.")
    if told.baseline is None or told.target is None:
        return _("Without baseline and target there is no change to judge.")
    return _("Without a due day after its start there is no change to judge.")


def _frequency(told: Objective, reach: Reach) -> str:
    happened = (
        _("{change} happened in {reached} of {windows} here ({percentile} percentile, {accounts} of its kind)")
        if reach.reached
        else _("{change} happened in none of {windows} here ({percentile} percentile, {accounts} of its kind)")
    )
    accounts = ngettext("{accounts} account", "{accounts} accounts", reach.accounts)
    return happened.format(
        change=_change(told, reach),
        reached=count(reach.reached),
        windows=_windows(reach.windows, reach.months),
        percentile=_ordinal(reach.percentile),
        accounts=accounts.format(accounts=count(reach.accounts)),
    )


def _windows(number: int, months: int) -> str:
    length = ngettext("{months} month", "{months} months", months).format(months=count(months))
    return ngettext("{windows} window of {length}", "{windows} windows of {length}", number).format(
        windows=count(number), length=length
    )


def _change(told: Objective, reach: Reach) -> str:
    """Name the change, such as “a rise of 15.0 %”."""
    size = abs(reach.needed)
    if reach.from_nothing:
        return _("reaching {target} from nothing").format(target=amount(told.target, told.unit))
    if reach.is_relative or told.metric in _RATES:
        change = _("a rise of {size}") if told.sign > 0 else _("a fall of {size}")
        return change.format(size=percent(size) if reach.is_relative else points(size))
    change = _("a rise by {size}") if told.sign > 0 else _("a fall by {size}")
    return change.format(size=amount(size, told.unit))


def _edge(told: Objective, reach: Reach, thresholds: Thresholds) -> str:
    """Say which target would just not be a stretch."""
    change = reach.change_at(thresholds.stretch)
    if change <= 0:
        return _("Hardly any change for the better has happened here; ask for a smaller one, and say what is new.")
    return _("A target of {target} is as far as {share} of the windows went; or give it more time.").format(
        target=amount(target_of(told, reach, change), told.unit), share=percent(thresholds.stretch)
    )


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
    last = 0 if number % 100 in (11, 12, 13) else number % 10
    return _ORDINALS.get(last, _("{number}th")).format(number=number)
