"""Whether an objective is green, amber or red: its progress beside the time used, by thresholds kept as data."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kam.base.policy import THRESHOLDS, Thresholds


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an objective stands: progress and time used as shares (None = unknown), and whether its due day is over."""

    progress: float | None
    time_used: float | None
    is_past_due: bool
    thresholds: Thresholds = THRESHOLDS

    @property
    def is_met(self) -> bool:
        """The target is reached."""
        return self.progress is not None and self.progress >= self.thresholds.met

    @property
    def is_early(self) -> bool:
        """The work has hardly begun."""
        return self.time_used is not None and (self.time_used == 0 or self.time_used < self.thresholds.early)

    @property
    def pace(self) -> float | None:
        """Progress ÷ time used; None where either is unknown or it is too early to tell."""
        if self.progress is None or self.time_used is None or self.is_early:
            return None
        return self.progress / self.time_used

    @property
    def is_backwards_early(self) -> bool:
        """Hardly begun, and further from the target than at the start."""
        return self.is_early and self.progress is not None and self.progress < 0

    @property
    def is_running(self) -> bool:
        """Measured, not met, and not past due."""
        return self.progress is not None and not self.is_met and not self.is_past_due


def _is_green(standing: Standing) -> bool:
    if standing.is_met:
        return True
    on_pace = standing.pace is not None and standing.pace >= standing.thresholds.green_pace
    return standing.is_running and (on_pace or (standing.is_early and not standing.is_backwards_early))


def _is_amber(standing: Standing) -> bool:
    thresholds, pace = standing.thresholds, standing.pace
    slow = pace is not None and thresholds.amber_pace <= pace < thresholds.green_pace
    return standing.is_running and (slow or standing.is_backwards_early)


def _is_red(standing: Standing) -> bool:
    missed = standing.progress is not None and standing.is_past_due and not standing.is_met
    far_behind = standing.pace is not None and standing.pace < standing.thresholds.amber_pace
    return missed or (standing.is_running and far_behind)


def _is_not_measured(standing: Standing) -> bool:
    return standing.progress is None or (standing.is_running and standing.time_used is None)


STATUSES: Mapping[str, Callable[[Standing], bool]] = MappingProxyType(
    {"green": _is_green, "amber": _is_amber, "red": _is_red, "not measured": _is_not_measured}
)
"""Each status as a predicate of its own; for every standing exactly one of them holds."""


def status(standing: Standing) -> str:
    """Name the status of an objective.

    Green: the target is met, or the pace is at least 0.9, or it is early and nothing went backwards. Amber: a pace
    from 0.6, or backwards while early. Red: slower, or past due and not met. Not measured: no progress is known, or
    no dates to hold it against.

    Examples
    --------
    >>> status(Standing(progress=0.3, time_used=0.5, is_past_due=False))
    'amber'
    >>> status(Standing(progress=0.95, time_used=1.0, is_past_due=True))
    'red'
    """
    return next(name for name, holds in STATUSES.items() if holds(standing))


def share_of_time(starts_on: dt.date | None, due_on: dt.date | None, today: dt.date) -> float | None:
    """Return the share of the time from start to due day that is over today, 0–1; None where it has no meaning.

    Examples
    --------
    >>> share_of_time(dt.date(2026, 1, 1), dt.date(2026, 1, 11), dt.date(2026, 1, 4))
    0.3
    >>> share_of_time(dt.date(2026, 1, 1), None, dt.date(2026, 1, 4)) is None
    True
    """
    if starts_on is None or due_on is None or due_on < starts_on:
        return None
    if today >= due_on:
        return 1.0
    return max((today - starts_on).days / (due_on - starts_on).days, 0.0) if starts_on < due_on else 0.0


def share_of_way(baseline: float | None, target: float | None, actual: float | None) -> float | None:
    """Return (actual − baseline) ÷ (target − baseline); None where one is unknown or there is no way to go.

    It works downwards too (a discount rate to be lowered), is below 0 when going backwards and above 1 beyond the
    target.

    Examples
    --------
    >>> share_of_way(0.5, 0.25, 0.375)
    0.5
    >>> share_of_way(100, 100, 100) is None
    True
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (actual - baseline) / (target - baseline)
