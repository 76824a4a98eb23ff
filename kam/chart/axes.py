"""What an axis spans: limits that a few outliers cannot stretch, ticks a reader can say, and places along both."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kam.base import numbers
from kam.chart.hover import escaped

_FEW = 8  # below this many values all are shown: quartiles of fewer say little
_REACH = 2.0  # interquartile ranges beyond the quartiles
_MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis: the column it shows, its title, its range in axis units (powers of ten if `log`)."""

    column: str
    title: str
    low: float
    high: float
    log: bool = False

    def units(self, values: pd.Series) -> pd.Series:
        """Turn values into axis units."""
        numeric = values.astype(float)
        return pd.Series(np.log10(numeric), index=values.index) if self.log else numeric

    def share(self, units: pd.Series) -> pd.Series:
        """Turn axis units into the share of the way from the low to the high end."""
        return (units - self.low) / (self.high - self.low)

    def layout(self) -> dict[str, Any]:
        """Write the axis for Plotly: range, ticks, and amounts of money in words."""
        if not self.log:
            return {"range": [self.low, self.high], "tickformat": ".0%", "nticks": 6}
        places = decades(10**self.low, 10**self.high)
        return {
            "type": "log",
            "range": [self.low, self.high],
            "tickvals": places,
            "ticktext": [escaped(numbers.money(place)) for place in places],
        }


def limits(values: pd.Series) -> tuple[float, float]:
    """Return the range that shows all but far outliers: two interquartile ranges beyond the quartiles (Tukey 1977).

    With fewer than eight values, or no spread between the quartiles, everything is inside.

    >>> low, high = limits(pd.Series([0.0, 0.1, 0.1, 0.2, 0.2, 0.2, 0.3, 0.3, 9.0]))
    >>> round(low, 2), round(high, 2)
    (-0.02, 0.32)
    """
    known = values.dropna().astype(float)
    low, high = float(known.min()), float(known.max())
    first, third = float(known.quantile(0.25)), float(known.quantile(0.75))
    if len(known) >= _FEW and third > first:
        reach = _REACH * (third - first)
        inside = known[known.between(first - reach, third + reach)]
        low, high = float(inside.min()), float(inside.max())
    room = _MARGIN * (high - low) if high > low else max(0.05, 0.1 * abs(high))
    return low - room, high + room


def decades(low: float, high: float) -> list[float]:
    """Return the ticks of a logarithmic axis: powers of ten, with 3 between them where there are few.

    >>> decades(900, 20_000)
    [1000.0, 3000.0, 10000.0]
    """
    powers = range(int(np.floor(np.log10(low))), int(np.ceil(np.log10(high))) + 1)
    steps = (1.0,) if len(powers) > 5 else (1.0, 3.0)  # noqa: PLR2004 - more powers than this fill the axis alone
    return [step * 10.0**power for power in powers for step in steps if low <= step * 10.0**power <= high]
