"""Who of the accounts stays for another year: by how large they are, and by how lately they bought."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from kam.base.periods import MONTHS
from kam.base.rules import SCENARIO_RANGE

SIZES = ("small", "middle", "large")
RECENCIES = ("bought lately", "quiet")
LATELY = 3
"""An account is quiet if it bought nothing for so many months."""

TAIL = (1 - SCENARIO_RANGE) / 2
Z80 = 1.2815515655446004
"""The standard normal's 90 % point: an 80 % range reaches this many standard deviations to both sides."""
PRIOR = 10.0
"""A group of accounts is drawn towards all accounts as if ten more had done as those did."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 80 % range, and from how many accounts of this book; 0 = an assumption."""

    value: float
    low: float
    high: float
    accounts: int


UNKNOWN_RETENTION = Estimate(0.85, 0.70, 0.95, 0)
Retention = tuple[tuple[Estimate, ...], ...]


def sizes(revenue: np.ndarray) -> np.ndarray:
    """Return the third of size of each account with revenue, the smallest 0; −1 for those without.

    >>> sizes(np.array([5.0, 0.0, 1.0, 9.0])).tolist()
    [1, -1, 0, 2]
    """
    found = np.full(len(revenue), -1)
    has = np.flatnonzero(revenue > 0)
    order = has[np.argsort(revenue[has], kind="stable")]
    found[order] = np.arange(len(order)) * len(SIZES) // max(1, len(order))
    return found


def recencies(months: np.ndarray) -> np.ndarray:
    """Return how lately each account bought: 0 within the last three months, 1 not.

    >>> recencies(np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, 0.0]])).tolist()
    [1, 0]
    """
    return (~(months[:, -LATELY:] > 0).any(axis=1)).astype(int)


def retention(before: np.ndarray, after: np.ndarray) -> Retention:
    """Measure who stayed, by size and recency: Beta posteriors around the rate of all that bought as lately.

    With k of n that stayed, and a prior worth 10 accounts at the rate p of all of that recency (itself from one half,
    worth two): the posterior is Beta(k + 10p, n − k + 10(1 − p)), its ends the 10 % and 90 % points.

    Parameters
    ----------
    before
        Accounts × 12 months of revenue.
    after
        Revenue of each in the twelve months after them.

    Returns
    -------
    tuple of tuples
        By size, then by recency.
    """
    size, recency, stayed = sizes(before.sum(axis=1)), recencies(before), after > 0
    found = []
    for number in range(len(SIZES)):
        row = []
        for lately in range(len(RECENCIES)):
            alike = (size >= 0) & (recency == lately)
            centre = float((stayed[alike].sum() + 1) / (alike.sum() + 2))
            own = alike & (size == number)
            row.append(posterior(int(stayed[own].sum()), int(own.sum()), centre))
        found.append(tuple(row))
    return tuple(found)


def posterior(stayed: int, accounts: int, centre: float) -> Estimate:
    """Estimate a rate from so many that stayed of so many, drawn towards a centre.

    >>> round(posterior(30, 30, 0.9).value, 6)
    0.975
    """
    kept, gone = stayed + PRIOR * centre, accounts - stayed + PRIOR * (1 - centre)
    low, high = (float(beta.ppf(tail, kept, gone)) for tail in (TAIL, 1 - TAIL))
    value = float(kept / (kept + gone))
    return Estimate(value, min(low, value), max(high, value), accounts)


def stays(known: Retention, size: np.ndarray, recency: np.ndarray) -> np.ndarray:
    """Look up the retention of each account."""
    return np.array([[each.value for each in row] for row in known])[size, recency]


def window(months: np.ndarray, back: int) -> np.ndarray:
    """Return the twelve months that ended `back` months before the last one.

    >>> window(np.arange(36.0)[None], 12)[0, [0, -1]].tolist()
    [12.0, 23.0]
    """
    end = months.shape[1] - back
    return months[:, end - MONTHS : end]
