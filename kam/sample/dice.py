"""How does the sample draw: one seeded stream of chance for each table, so that a change in one leaves the others."""

import datetime as dt
import zlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Thing = TypeVar("Thing")

FIRST_MONTH = dt.date(2023, 10, 1)
MONTHS = 36
TODAY = dt.date(2026, 9, 30)
_WEEKEND = 5


def month_start(number: int) -> dt.date:
    """Return the first day of a month counted from the first month of the sample.

    >>> month_start(0), month_start(36)
    (datetime.date(2023, 10, 1), datetime.date(2026, 10, 1))
    """
    years, month = divmod(FIRST_MONTH.month - 1 + number, 12)
    return dt.date(FIRST_MONTH.year + years, month + 1, 1)


def month_number(day: dt.date) -> int:
    """Count the months from the first month of the sample to the month of a day.

    >>> month_number(dt.date(2024, 2, 29))
    4
    """
    return (day.year - FIRST_MONTH.year) * 12 + day.month - FIRST_MONTH.month


def at(level: float, rungs: Sequence[float]) -> float:
    """Read a behaviour off its values at rungs 1, 2 and 3; a level between two rungs lies between their values.

    >>> at(2.5, (0.2, 0.1, 0.0))
    0.05
    """
    below = 0 if level < 2 else 1  # noqa: PLR2004  # rung 2, the middle of the ladder
    return rungs[below] + (rungs[below + 1] - rungs[below]) * (level - 1 - below)


class Dice:
    """A seeded stream of draws named after what it is for."""

    def __init__(self, seed: int, stream: str) -> None:
        self.rng = np.random.default_rng([seed, zlib.crc32(stream.encode())])

    def chance(self, probability: float) -> bool:
        """Tell whether something of that probability happens."""
        return bool(self.rng.random() < probability)

    def pick(self, things: Sequence[Thing]) -> Thing:
        """Take one thing, each as likely as the others."""
        return things[int(self.rng.random() * len(things))]

    def weighted(self, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
        """Take one thing, as likely as its weight."""
        rest = self.rng.random() * sum(weights)
        for thing, weight in zip(things, weights, strict=True):
            rest -= weight
            if rest < 0:
                return thing
        return things[-1]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """Return the things in a random order."""
        return [things[index] for index in self.rng.permutation(len(things))]

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(self.rng.random() * (high - low + 1))

    def normal(self, mean: float, spread: float) -> float:
        """Draw from a normal distribution."""
        return mean + spread * float(self.rng.standard_normal())

    def rating(self, mean: float, spread: float, low: int, high: int) -> int:
        """Draw a whole number around a mean, kept inside its scale."""
        return int(min(max(round(self.normal(mean, spread)), low), high))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Draw a working day between two days; a weekend moves to the Friday before."""
        day = first + dt.timedelta(days=self.whole(0, max((last - first).days, 0)))
        return max(first, day - dt.timedelta(days=max(day.weekday() - _WEEKEND + 1, 0)))
