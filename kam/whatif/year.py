"""How much an account that stays buys in a year, and how far that goes astray: measured on a year that is over."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from kam.base.periods import MONTHS
from kam.base.rules import SCENARIO_RANGE
from kam.whatif.month_shapes import month_ratios
from kam.whatif.stayers import (
    SIZES,
    TAIL,
    UNKNOWN_RETENTION,
    Z80,
    Retention,
    recencies,
    retention,
    sizes,
    stays,
    window,
)

FEWEST = 20
"""With fewer accounts that stayed, a third is measured together with the others, and a book is not measured at all."""
_FOLDS = 5
_ENDS = (0.02, 0.98)
_LEAST_SPREAD = 0.1
_WIDEST, _STEPS = 3.0, 14
_QUANTILES = (np.arange(200) + 0.5) / 200


@dataclass(frozen=True, slots=True)
class Size:
    """How a year goes for the accounts of one size that stay.

    Attributes
    ----------
    middle
        Logarithm of the middle year of one that had bought 1.
    spread
        Standard deviation, in logs, of how an account changes from one year to the next beside its months' own.
    shocks
        Standardised departures from the middle year, ascending, as they came: what is drawn from.
    scale
        Brings the mean year to the sum that came.
    error
        Standard error of that sum, as a share of it.
    accounts
        How many were measured; 0 = an assumption.
    """

    middle: float
    spread: float
    shocks: np.ndarray
    scale: float
    error: float
    accounts: int


@dataclass(frozen=True, slots=True)
class Year:
    """What a past year says of one ahead.

    Attributes
    ----------
    retention
        By size and recency: the chance to buy anything.
    slope
        Of the logarithm of a year on that of the year before: under 1, the small grow and the large shrink.
    by_size
        How a year goes for those that stay.
    calibration
        By how much the measured departures had to be widened, so that 80 % ranges hold 80 % of accounts not measured.
    """

    retention: Retention
    slope: float
    by_size: tuple[Size, ...]
    calibration: float


def unknown_year() -> Year:
    """Return what is assumed of a book with less than two years of sales or too few accounts: as the year before."""
    size = Size(0.0, 0.35, ndtri(_QUANTILES), 1.0, 0.1, 0)
    return Year(tuple((UNKNOWN_RETENTION,) * 2 for _ in SIZES), 1.0, (size,) * len(SIZES), 1.0)


def measured_year(months: np.ndarray, age: np.ndarray, *, back: int = 0) -> Year:
    """Measure a year on the twelve months that ended `back` months before the last, and the twelve before them.

    log R' = m + b·log R + s·η over the accounts that bought in both years: m by thirds of size, one slope b, s² = τ² +
    ν² with ν² what an account's own months say of a year (log(1 + cv²/12)) and τ² the rest, by thirds. The η are kept
    as they came, without the outermost 2 %, and drawn from. They are widened by the least factor under which the 80 %
    ranges of accounts left out of the measurement, a fifth in turn, hold 80 % of them (cross-conformal prediction, Vovk
    2015, with s as the normalisation of Papadopoulos et al. 2002).

    Parameters
    ----------
    months
        Accounts × months of revenue, oldest first.
    age
        Months since the first purchase of each account, at the last month.

    Returns
    -------
    Year
        `unknown_year` where the history is shorter than two years, or fewer than 20 accounts stayed.
    """
    months, age = months[:, : months.shape[1] - back or None], age - back
    if months.shape[1] < 2 * MONTHS:
        return unknown_year()
    own = own_variance(months[:, : months.shape[1] - MONTHS], age - MONTHS)
    return year_from(window(months, MONTHS), window(months, 0).sum(axis=1), own)


def year_from(before: np.ndarray, after: np.ndarray, own: np.ndarray) -> Year:
    """Measure a year on twelve months of each account, what came in the twelve after, and `own_variance`."""
    had = before.sum(axis=1)
    stayed = (had > 0) & (after > 0)
    if stayed.sum() < FEWEST:
        return unknown_year()
    widening = _calibration(before, after, own)
    year = replace(_widened(_fitted(before, after, own, np.ones(len(had), dtype=bool)), widening), calibration=widening)
    size = sizes(had)
    each = (_scaled(year, number, stayed & (size == number), had, after, own) for number in range(len(SIZES)))
    return replace(year, by_size=tuple(each))


def own_variance(months: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Return by how much a year varies by its months alone, as a variance of logs: log(1 + cv²/12)."""
    return np.log1p(month_ratios(months, age).var(axis=1, dtype=np.float64) / MONTHS)


def middles(year: Year, had: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the middle year of each account that stays, by what it bought."""
    middle, scale = (np.array([getattr(each, name) for each in year.by_size])[size] for name in ("middle", "scale"))
    return scale * np.exp(middle + year.slope * np.log(had))


def widths(year: Year, own: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return by how much one unit of shock moves the logarithm of each account's year."""
    return np.sqrt(np.square(np.array([each.spread for each in year.by_size]))[size] + own)


def mean_factors(year: Year, width: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the mean year over the middle one, by the shocks as they came."""
    found = np.ones(len(width))
    for number, each in enumerate(year.by_size):
        at = size == number
        found[at] = np.exp(width[at][:, None] * _thinned(each.shocks)).mean(axis=1)
    return found


def means(year: Year, had: np.ndarray, own: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return the mean year of each account that stays; where nothing was measured, the year before once more."""
    mean = middles(year, had, size) * mean_factors(year, widths(year, own, size), size)
    return np.where(np.array([each.accounts for each in year.by_size])[size] > 0, mean, had)


def ranges(
    year: Year, had: np.ndarray, own: np.ndarray, size: np.ndarray, stay: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the 80 % range of each account's year.

    Where the chance to lose it is 10 % or more, nothing lies below the range that could be left out of it: it begins at
    0, and all of the 20 % outside lies above.
    """
    lost = 1 - stay
    at_zero = lost >= TAIL
    low_rank = np.where(at_zero, 0, (TAIL - lost) / stay)
    high_rank = np.where(at_zero, np.maximum(SCENARIO_RANGE - lost, 0) / stay, 1 - TAIL / stay)
    middle, width = middles(year, had, size), widths(year, own, size)
    low, high = np.zeros(len(had)), np.zeros(len(had))
    for number, each in enumerate(year.by_size):
        at = size == number
        low[at] = middle[at] * np.exp(width[at] * np.quantile(each.shocks, low_rank[at]))
        high[at] = middle[at] * np.exp(width[at] * np.quantile(each.shocks, high_rank[at]))
    return np.where(at_zero, 0, low), np.where(lost >= SCENARIO_RANGE, 0, high)


def _thinned(shocks: np.ndarray) -> np.ndarray:
    return shocks if len(shocks) <= len(_QUANTILES) else np.quantile(shocks, _QUANTILES)


def _fitted(before: np.ndarray, after: np.ndarray, own: np.ndarray, among: np.ndarray) -> Year:
    """Fit the year on some of the accounts; sizes are those among all."""
    had = before.sum(axis=1)
    size = sizes(had)
    stayed = among & (size >= 0) & (after > 0)
    x, y = np.log(had[stayed]), np.log(after[stayed])
    groups = [size[stayed] == number for number in range(len(SIZES))]
    if min(group.sum() for group in groups) < FEWEST:
        groups = [np.ones(len(x), dtype=bool)] * len(SIZES)
    slope = _slope(x, y, groups)
    by_size = tuple(_size(x[group], y[group], own[stayed][group], slope) for group in groups)
    return Year(retention(before[among], after[among]), slope, by_size, 1.0)


def _slope(x: np.ndarray, y: np.ndarray, groups: list[np.ndarray]) -> float:
    """Fit one slope within all groups: least squares of the departures from their means; 1 where nothing tells."""
    across = sum(((x[group] - x[group].mean()) * (y[group] - y[group].mean())).sum() for group in groups)
    along = sum(np.square(x[group] - x[group].mean()).sum() for group in groups)
    return float(across / along) if along > 0 else 1.0


def _size(x: np.ndarray, y: np.ndarray, own: np.ndarray, slope: float) -> Size:
    middle = float(np.median(y - slope * x))
    missed = y - middle - slope * x
    spread = float(np.sqrt(max(_LEAST_SPREAD**2, np.square(missed).mean() - own.mean())))
    shocks = np.sort(missed / np.sqrt(spread**2 + own))
    return Size(middle, spread, np.clip(shocks, *np.quantile(shocks, _ENDS)), 1.0, 0.0, len(x))


def _scaled(year: Year, number: int, rows: np.ndarray, had: np.ndarray, after: np.ndarray, own: np.ndarray) -> Size:
    """Bring the mean year of one size to the sum that came, and say how sure that sum is (Cochran 1977, 6.4)."""
    size = np.full(int(rows.sum()), number)
    mean = means(year, had[rows], own[rows], size)
    expected, came = float(mean.sum()), float(after[rows].sum())
    if not expected > 0:
        return year.by_size[number]
    scale = came / expected
    missed = after[rows] - scale * mean
    error = float(np.sqrt(len(missed) / max(1, len(missed) - 1) * np.square(missed).sum()) / came)
    return replace(year.by_size[number], scale=scale, error=min(error, 1 / Z80))


def _calibration(before: np.ndarray, after: np.ndarray, own: np.ndarray) -> float:
    """Find the least widening under which accounts left out of the measurement lie in their ranges as often as said."""
    fold = np.arange(len(after)) % _FOLDS
    left_out = [
        (_fitted(before, after, own, np.not_equal(fold, number)), np.equal(fold, number)) for number in range(_FOLDS)
    ]

    def held(widening: float) -> float:
        inside = [_inside(_widened(year, widening), before, after, own, rows) for year, rows in left_out]
        return float(np.concatenate(inside).mean())

    if held(1.0) >= SCENARIO_RANGE:
        return 1.0
    low, high = 1.0, _WIDEST
    for _ in range(_STEPS):
        tried = (low + high) / 2
        low, high = (low, tried) if held(tried) >= SCENARIO_RANGE else (tried, high)
    return high


def _widened(year: Year, widening: float) -> Year:
    return replace(year, by_size=tuple(replace(each, shocks=each.shocks * widening) for each in year.by_size))


def _inside(year: Year, before: np.ndarray, after: np.ndarray, own: np.ndarray, rows: np.ndarray) -> np.ndarray:
    had = before.sum(axis=1)
    size = sizes(had)
    rows = rows & (size >= 0)
    stay = stays(year.retention, size[rows], recencies(before)[rows])
    low, high = ranges(year, had[rows], own[rows], size[rows], stay)
    return (after[rows] >= low) & (np.maximum(after[rows], 0) <= high)
