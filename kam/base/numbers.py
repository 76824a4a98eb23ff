"""Numbers and dates in words: three significant digits, one decimal of a percent, a true minus sign, day month year.

Nothing here depends on the machine's language. What is unknown (None, NaN, NaT) or infinite reads "not measured".
"""

import datetime as dt
import re
from typing import SupportsFloat, TypeGuard

from kam.base.texts import _, ngettext

UNKNOWN = _("not measured")
MINUS = "−"
_UNITS = ((1e9, " B"), (1e6, " M"), (1e3, " k"))
_ENDLESS = 1e300  # above, rounding and percent may overflow; no account is near
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:%|pp|k|M|B)(?:\W|$))")
_AFTER_CODE = re.compile(r"(?<=\b[A-Z]{3}) (?=\d)")
_MONTHS = (
    *(_("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun")),
    *(_("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec")),
)


def known(value: object) -> bool:
    """Tell whether there is a finite number to write.

    >>> [known(value) for value in (0, 1.5, None, float("nan"), float("inf"))]
    [True, True, False, False, False]
    """
    return _number(value) is not None


def money(amount: object, currency: str | None = None) -> str:
    """Write an amount with three significant digits and k, M or B (thousand, million, thousand million).

    Below one unit of currency two decimals are all that money has.

    >>> money(12_412_000), money(999_600, "EUR"), money(-1_234.5, "EUR"), money(0.126), money(None)
    ('12.4 M', 'EUR 1.00 M', '−EUR 1.23 k', '0.13', 'not measured')
    """
    return _money(amount, currency, plus="")


def signed_money(amount: object, currency: str | None = None) -> str:
    """Write a change of money, with its sign; no change has none.

    >>> signed_money(12_412_000, "EUR"), signed_money(-5), signed_money(0)
    ('+EUR 12.4 M', '−5.00', '0')
    """
    return _money(amount, currency, plus="+")


def percent(ratio: object) -> str:
    """Write a ratio as a percentage with one decimal.

    >>> percent(0.1234), percent(-0.05), percent(-0.0001), percent(12.3456), percent(float("nan"))
    ('12.3 %', '−5.0 %', '0.0 %', '1,234.6 %', 'not measured')
    """
    return _hundredths(ratio, " %", plus="")


def share(ratio: float) -> str:
    """Write a share that a rule names, with no more digits than it has.

    >>> share(0.8), share(0.025)
    ('80 %', '2.5 %')
    """
    return f"{100 * ratio:.4g} %"


def percent_with_range(ratio: object, low: object, high: object) -> str:
    """Write a ratio with its range; one of which no range is known is of too few.

    >>> percent_with_range(0.336, 0.319, 0.359), percent_with_range(0.336, None, None)
    ('33.6 % (31.9–35.9)', '33.6 % (too few)')
    """
    if not known(low):
        return _("{share} (too few)").format(share=percent(ratio))
    lower, upper = (percent(end).removesuffix(" %") for end in (low, high))
    return f"{percent(ratio)} ({lower}–{upper})"


def signed_percent(ratio: object) -> str:
    """Write a relative change as a percentage with its sign.

    >>> signed_percent(0.042), signed_percent(-0.042), signed_percent(0)
    ('+4.2 %', '−4.2 %', '0.0 %')
    """
    return _hundredths(ratio, " %", plus="+")


def points(difference: object) -> str:
    """Write a difference of two ratios in percentage points.

    >>> points(-0.012), points(0.3), points(None)
    ('−1.2 pp', '30.0 pp', 'not measured')
    """
    return _hundredths(difference, " pp", plus="")


def signed_points(difference: object) -> str:
    """Write a difference of two ratios in percentage points, with its sign.

    >>> signed_points(0.012), signed_points(-0.012)
    ('+1.2 pp', '−1.2 pp')
    """
    return _hundredths(difference, " pp", plus="+")


def count(number: object) -> str:
    """Write a whole number with separators of thousands.

    >>> count(1234), count(-5), count(2.0), count(None)
    ('1,234', '−5', '2', 'not measured')
    """
    value = _number(number)
    return UNKNOWN if value is None else _sign(round(value), plus="") + f"{abs(round(value)):,}"


def signed_count(number: object) -> str:
    """Write a change of a whole number with its sign.

    >>> signed_count(1234), signed_count(-5), signed_count(0)
    ('+1,234', '−5', '0')
    """
    value = _number(number)
    return UNKNOWN if value is None else _sign(round(value), plus="+") + f"{abs(round(value)):,}"


def spanned(months: int) -> str:
    """Write how many months of data a window of a year holds, in words.

    >>> spanned(12), spanned(3), spanned(1)
    ('twelve months', '3 months', 'one month')
    """
    a_year = 12
    if months >= a_year:
        return _("twelve months")
    return ngettext("one month", "{months} months", months).format(months=count(months))


def day(date: dt.date | None) -> str:
    """Write a day; a time of day is left out.

    >>> day(dt.date(2026, 3, 14)), day(None)
    ('14 Mar 2026', 'not measured')
    """
    return _("{day} {month}").format(day=date.day, month=month(date)) if _is_date(date) else UNKNOWN


def month(date: dt.date | None) -> str:
    """Write the month of a day.

    >>> month(dt.date(2026, 3, 1)), month(None)
    ('Mar 2026', 'not measured')
    """
    if not _is_date(date):
        return UNKNOWN
    return _("{month} {year}").format(month=_MONTHS[date.month - 1], year=date.year)


def held(text: str) -> str:
    """Keep each number on one line with its unit, wherever a line may break.

    >>> held("from USD 190 k to 12.3 %").count(" ")
    3
    """
    return _BEFORE_UNIT.sub("\u00a0", _AFTER_CODE.sub("\u00a0", text))


def window(as_of: dt.date) -> str:
    """Write the twelve months that end with the day's month.

    >>> window(dt.date(2026, 9, 30)), window(dt.date(2026, 12, 31))
    ('Oct 2025 – Sep 2026', 'Jan 2026 – Dec 2026')
    """
    year, later = divmod(as_of.month, 12)
    return f"{month(dt.date(as_of.year - 1 + year, later + 1, 1))} – {month(as_of)}"


def _number(value: object) -> float | None:
    if not isinstance(value, (float, int, SupportsFloat)):  # the protocol is slow to check, and seldom needed
        return None  # None and pandas' NA
    number = float(value)
    return number if abs(number) < _ENDLESS else None  # NaN, too, is not below


def _is_date(date: dt.date | None) -> TypeGuard[dt.date]:
    # pandas' NaT is a datetime whose parts are NaN: it is the only date that does not equal itself
    return date is not None and date == date  # noqa: PLR0124 - see above


def _sign(value: float, *, plus: str) -> str:
    return MINUS if value < 0 else plus if value > 0 else ""


def _money(amount: object, currency: str | None, *, plus: str) -> str:
    value = _number(amount)
    if value is None:
        return UNKNOWN
    size = _significant(abs(value))
    unit, letter = next(((unit, letter) for unit, letter in _UNITS if size >= unit), (1.0, ""))
    prefix = f"{currency} " if currency else ""
    return (_sign(value, plus=plus) if size else "") + prefix + _digits(size / unit) + letter


def _significant(size: float) -> float:
    """Round to three significant digits, or to two decimals below one unit; here, before the unit is chosen."""
    return float(f"{size:.2e}") if size >= 1 else round(size, 2)


def _digits(scaled: float) -> str:
    if scaled == 0:
        return "0"
    whole_digits = len(str(int(scaled)))
    return f"{scaled:,.{min(2, max(0, 3 - whole_digits))}f}"


def _hundredths(ratio: object, unit: str, *, plus: str) -> str:
    value = _number(ratio)
    if value is None:
        return UNKNOWN
    # to twelve decimals first: 0.0005 × 100 is a hair above or below 0.05, and the reader knows neither
    tenths = round(round(value * 100, 12), 1)
    return _sign(tenths, plus=plus) + f"{abs(tenths):,.1f}{unit}"
