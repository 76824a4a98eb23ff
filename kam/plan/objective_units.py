"""Which unit an objective's baseline and target may be in, and what one of it is in the unit of measuring."""

from collections.abc import Mapping
from types import MappingProxyType

from kam.base.amounts import PERCENT_UNITS, SIGNS
from kam.base.texts import _
from kam.plan.rolling import MONEY

RATIOS = ("margin rate", "discount rate", "share of wallet", "coverage")
_PERCENT = 0.01
NATURAL: Mapping[str, str] = MappingProxyType(
    {"quantity": "units", "categories": "categories", "nps": "points", "rung": "rung", **dict.fromkeys(RATIOS, "ratio")}
)
"""The unit each metric is measured in where it is not the book's currency."""


def is_percent(unit: object) -> bool:
    """Tell whether a unit says percent."""
    return isinstance(unit, str) and unit.strip().lower() in PERCENT_UNITS


def scale(metric: str | None, unit: object) -> float:
    """Return what one of the unit is in the unit of measuring: 0.01 for a ratio in percent, else 1.

    >>> scale("margin rate", " % "), scale("margin rate", "ratio"), scale("revenue", "EUR")
    (0.01, 1.0, 1.0)
    """
    return _PERCENT if metric in RATIOS and is_percent(unit) else 1.0


def natural(metric: str | None, currency: str | None) -> str | None:
    """Return the unit a metric is measured in: the currency for money; None where nobody knows.

    >>> natural("revenue", "EUR"), natural("coverage", "EUR"), natural("reading", "EUR")
    ('EUR', 'ratio', None)
    """
    return currency if metric in MONEY else NATURAL.get(metric or "")


def unit_problem(metric: str | None, unit: str | None, currency: str | None) -> str | None:
    """Say why a metric cannot be measured in a unit, or None.

    >>> unit_problem("revenue", "%", "EUR")
    'its unit is “%”, but revenue is measured in EUR'
    """
    if unit is None or metric is None or metric == "reading":
        return None
    wanted = natural(metric, currency)
    money = metric in MONEY
    if money and wanted is None:
        told = _("its unit is “{unit}”, but {metric} is an amount of money").format(unit=unit, metric=metric)
        return told if is_percent(unit) else None
    named = SIGNS.get(unit.strip(), unit.strip())
    wrong = named.upper() != str(wanted).upper() if money else is_percent(unit) and metric not in RATIOS
    if not wrong:
        return None
    return _("its unit is “{unit}”, but {metric} is measured in {wanted}").format(
        unit=unit, metric=metric, wanted=wanted
    )
