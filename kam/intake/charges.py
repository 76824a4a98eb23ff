"""Fees and commissions beside an amount: which amount they are taken off to make another."""

from collections.abc import Iterable, Mapping

import numpy as np

from kam.intake.evidence import close, nearly_all


def before_charges(numbers: Mapping[str, np.ndarray], source: str, charges: Iterable[str]) -> tuple[str, str] | None:
    """Name the column from which a charge is taken off on nearly all lines to make `source`, and that charge.

    >>> numbers = {"Gross": np.array([100, 250.0]), "Fee": np.array([-13, -32.5]), "Net": np.array([87, 217.5])}
    >>> before_charges(numbers, "Net", ["Fee"]), before_charges(numbers, "Gross", ["Fee"])
    (('Gross', 'Fee'), None)
    """
    values = numbers[source]
    for charge in charges:
        for name in (name for name in numbers if name not in (source, charge)):
            for taken in (numbers[charge], -numbers[charge]):
                less = numbers[name] - np.nan_to_num(taken)
                both = np.isfinite(less) & np.isfinite(values)
                hits = close(values, less)
                seen = nearly_all(hits, both) or (both.sum() > 1 and bool(hits[both].all()))
                if seen and np.abs(values[both]).sum() < np.abs(numbers[name][both]).sum():
                    return name, charge
    return None
