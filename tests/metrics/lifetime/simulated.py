"""Customers drawn from the models themselves, and small lists of customers made by hand."""

import numpy as np
from hypothesis import strategies as st

R, ALPHA, A, B = 0.7, 5.0, 0.9, 2.5
P, Q, V = 6.0, 4.0, 15.0


def buyers(count: int, *, weeks: float = 104.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw frequency, recency and T of customers who first bought in the first half of so many weeks."""
    rng = np.random.default_rng(seed)
    age = weeks - rng.random(count) * weeks / 2
    frequency, recency = np.zeros(count), np.zeros(count)
    for place, (rate, leaving) in enumerate(zip(rng.gamma(R, 1 / ALPHA, count), rng.beta(A, B, count), strict=True)):
        now = rng.exponential(1 / rate)
        while now <= age[place]:
            frequency[place] += 1
            recency[place] = now
            now = np.inf if rng.random() < leaving else now + rng.exponential(1 / rate)
    return frequency, recency, age


def worths(frequency: np.ndarray, *, seed: int = 2) -> np.ndarray:
    """Draw the mean worth of so many purchases of each customer."""
    rng = np.random.default_rng(seed)
    return rng.gamma(P * frequency) / (rng.gamma(Q, 1 / V, len(frequency)) * frequency)


@st.composite
def customers(draw: st.DrawFn, *, smallest: int = 1) -> tuple[list[float], list[float], list[float]]:
    """Give a few customers: frequency, recency and T that go together."""
    rows = []
    for _ in range(draw(st.integers(smallest, 8))):
        age = draw(st.floats(0, 200))
        frequency = draw(st.integers(0, 12)) if age > 0 else 0
        recency = age * draw(st.floats(0, 1)) if frequency else 0.0
        rows.append((float(frequency), recency, age))
    frequency, recency, age = zip(*rows, strict=True)
    return list(frequency), list(recency), list(age)
