"""Some lines of one file as numbers: what the tests on values look at."""

from dataclasses import dataclass

import numpy as np

Ranked = dict[str, int]
"""Columns of a file, each with how surely its name means something."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Some lines of one part: its number columns, and what the tests group by."""

    numbers: dict[str, np.ndarray]
    quantity: np.ndarray
    has_quantity: bool
    orders: np.ndarray | None
    account: np.ndarray
    visits: np.ndarray  # a customer on a day
    product: np.ndarray
    month: np.ndarray
    shares: frozenset[str] = frozenset()  # columns written with percent signs
    money: frozenset[str] = frozenset()  # columns written with a currency
