"""Fees and commissions beside an amount: which amount they are taken off to make another."""

from collections.abc import Iterable, Mapping

import numpy as np

from kam.intake.amount_evidence import close, nearly_all


def before_charges(numbers: Mapping[str, np.ndarray], source: str, charges: Iterable[str]) -> tuple[str, str] | None:
    """Name the column from which a charge is taken off on nearly all lines to make `source`, and that charge.

    >>> numbers = {"Gross": np.array([100, 250.0]), "Fee": np.array([-13, -32.5]), "Net": np.array([87, 217.5])}
    >>> before_charges(numbers, "Net", ["Fee"]), before_charges(numbers, "Gross", ["Fee"])
    (('Gross', 'Fee'), None)
    """
    values, each = numbers[source], {charge: np.nan_to_num(numbers[charge]) for charge in charges}
    if len(each) > 1:
        each[" and ".join(each)] = np.sum(list(each.values()), axis=0)
    for charge, worth in each.items():
        for name in (name for name in numbers if name != source and name not in each):
            for taken in (worth, -worth):
                less = numbers[name] - taken
                both = np.isfinite(less) & np.isfinite(values)
                hits = close(values, less)
                seen = nearly_all(hits, both) or (both.sum() > 1 and bool(hits[both].all()))
                if seen and np.abs(values[both]).sum() < np.abs(numbers[name][both]).sum():
                    return name, charge
    return None
