"""Where a measured value is heading: carried on to a day, with a range as wide as such forecasts have erred before."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kam.base.rules import FORECAST_RANGE

Array = npt.NDArray[np.float64]

DAMPING = 0.9  # a month on, nine tenths of the trend are left (Gardner & McKenzie 1985)
TREND_MONTHS = 12
FEWEST_CHANGES = 6  # monthly changes before a forecast is made
FEWEST_ERRORS = 20  # errors of earlier forecasts, under which nobody can say how far one errs


@dataclass(frozen=True, slots=True)
class Forecast:
    """A value so many months on: its middle, both ends of the 80 % range, and every end that the past suggests."""

    middle: float
    low: float
    high: float
    ends: Array

    def chance(self, target: float, sign: int) -> float:
        """Return the share of ends that reach a target, from below if the sign is 1, from above if it is −1."""
        return float((sign * (self.ends - target) >= 0).mean())


class Forecaster:
    """The series of many accounts, from which each one is forecast by what became of it and of its peers.

    Parameters
    ----------
    values
        One row an account; one column a month, the last one now; unknown = NaN.
    is_trended
        Whether a trend is carried on; what moves in jumps (answers, pieces, judgements) stays where it is.
    bounds
        What the metric cannot go below and above.
    """

    def __init__(
        self, values: Array, *, is_trended: bool = True, bounds: tuple[float, float] = (-np.inf, np.inf)
    ) -> None:
        self._values = values
        self._bounds = bounds
        self._trend, self._wobble = _trend_and_wobble(values, is_trended=is_trended)

    def ahead(self, rows: npt.NDArray[np.int64], months: int) -> Forecast | None:
        """Carry the first of the rows on by so many months; the others are its peers.

        Middle before correction: ŷ = y + b·(φ + … + φʰ), φ = 0.9, a damped trend (Gardner & McKenzie 1985). b is the
        mean monthly change of the last twelve months, shrunk by the share of it that may be chance,
        max(0, 1 − s²/(n·b²)) with the n changes' variance s² (James & Stein 1961). The same forecast is then made from
        every earlier month, for this account and its peers, and held against what came. These errors, each as a
        multiple of the account's monthly wobble (the root mean square of its changes until then; 1 where no trend is
        carried on), are the distribution: the middle is their median, the range holds 80 % of them. So the range is as
        wide as forecasts over so many months were wrong here, and a drift that all shared is in the middle.

        Returns
        -------
        Forecast or None
            None where the series ends unknown, has fewer than 6 changes, or fewer than 20 earlier forecasts over so
            many months can be held against what came.

        Examples
        --------
        >>> steady = np.arange(40.0)[None, :]  # has risen by 1 a month; the trend is damped, the errors put that right
        >>> told = Forecaster(steady).ahead(np.array([0]), 3)
        >>> round(told.low, 6), round(told.middle, 6), round(told.high, 6)
        (42.0, 42.0, 42.0)
        """
        if months < 1 or self._values.shape[1] <= months + 1:
            return None
        way = float((DAMPING ** np.arange(1, months + 1)).sum())
        expected = self._values[rows] + self._trend[rows] * way
        errors = (self._values[rows, months:] - expected[:, :-months]) / self._wobble[rows, :-months]
        known = errors[~np.isnan(errors)]
        if len(known) < FEWEST_ERRORS or np.isnan([expected[0, -1], self._wobble[rows[0], -1]]).any():
            return None
        ends = np.clip(expected[0, -1] + self._wobble[rows[0], -1] * known, *self._bounds)
        low, middle, high = np.quantile(ends, [(1 - FORECAST_RANGE) / 2, 0.5, (1 + FORECAST_RANGE) / 2])
        return Forecast(float(middle), float(low), float(high), ends)


def _trend_and_wobble(values: Array, *, is_trended: bool) -> tuple[Array, Array]:
    """Return, for each row and month, the monthly trend and the wobble that were known then; NaN = not yet."""
    changes = np.diff(values, axis=1)
    counted = ~np.isnan(changes)
    filled = np.where(counted, changes, 0.0)
    number, total, squares = (np.cumsum(each, axis=1) for each in (counted, filled, filled**2))
    lately, moved, spread = (_last(each) for each in (number, total, squares))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = moved / lately
        noise = np.maximum(spread / lately - mean**2, 0.0) / lately
        trend = np.where(mean != 0, mean * np.clip(1 - noise / mean**2, 0, 1), 0.0)
        wobble = np.sqrt(squares / number)
    if not is_trended:
        trend, wobble = np.zeros_like(trend), np.ones_like(wobble)
    early = number < FEWEST_CHANGES
    trend, wobble = np.where(early, np.nan, trend), np.where(early | (wobble <= 0), np.nan, wobble)
    first = np.full((len(values), 1), np.nan)
    return np.hstack([first, trend]), np.hstack([first, wobble])


def _last(running: Array) -> Array:
    """Turn running sums into sums of the last twelve."""
    lately = running.astype(float)
    lately[:, TREND_MONTHS:] -= running[:, :-TREND_MONTHS]
    return lately
