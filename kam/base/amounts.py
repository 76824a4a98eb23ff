"""Amounts of an objective in words, in its own unit, and targets that a person would write."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from kam.base.numbers import MINUS, UNKNOWN, count, known, money, percent
from kam.base.texts import ngettext

PERCENT_UNITS = ("%", "percent", "per cent", "pct")
SIGNS: Mapping[str, str] = MappingProxyType({"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "﷼": "IRR"})
_RATIO, _PERCENT = ("ratio", "share"), 100
_LETTERS = 3
_DIGITS = 3


def is_share(unit: object) -> bool:
    """Tell whether a unit says that 1 is the whole.

    >>> is_share("ratio"), is_share("%")
    (True, False)
    """
    return isinstance(unit, str) and unit.strip().lower() in _RATIO


def amount(value: float | None, unit: object) -> str:
    """Write an amount in its unit: money as money, ratios as percentages, all else as a number with its unit.

    >>> amount(1_234_567, "EUR"), amount(0.1234, "ratio"), amount(12.5, "%"), amount(3, "categories")
    ('EUR 1.23 M', '12.3 %', '12.5 %', '3 categories')
    """
    if value is None or not known(value):
        return UNKNOWN
    named = unit.strip() if isinstance(unit, str) else ""
    code = SIGNS.get(named, named)
    if named.lower() in PERCENT_UNITS:
        return percent(value / _PERCENT)
    if named.lower() in _RATIO:
        return percent(value)
    if len(code) == _LETTERS and code.isupper():
        return money(value, code)
    said = count(value) if float(value).is_integer() else f"{value:,.2f}".replace("-", MINUS)
    number = 1 if value == 1 else 2
    ours = {
        "categories": ngettext("{amount} category", "{amount} categories", number),
        "units": ngettext("{amount} unit", "{amount} units", number),
        "points": ngettext("{amount} point", "{amount} points", number),
    }
    return ours[named].format(amount=said) if named in ours else f"{said} {named}".strip()


def rounded(value: float, towards: float) -> float:
    """Cut a number to three significant digits, towards another one, so that it asks for no more than it did.

    >>> rounded(1_234_567, 1_000_000), rounded(0.18765, 0.2), rounded(-12.345, 0)
    (1230000.0, 0.188, -12.3)
    """
    if value == 0 or not math.isfinite(value):
        return value
    step = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - _DIGITS)
    steps = round(value / step, 9)  # a hair over a whole number of steps is that number
    return round((math.floor(steps) if value > towards else math.ceil(steps)) * step, 12)
