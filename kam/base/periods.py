"""Which months count: the as-of month, the twelve months ending there, the twelve before, and lists of months.

A month is written as its first day, a window by its first month; `as_of` is the last day of the as-of month.
"""

import calendar
import datetime as dt

from kam.base.errors import QuestionError
from kam.base.schema import LEVELS

MONTHS = 12
_SATURDAY = 5


def month_start(day: dt.date) -> dt.date:
    """Return the first day of the day's month.

    >>> month_start(dt.date(2026, 9, 14))
    datetime.date(2026, 9, 1)
    """
    return dt.date(day.year, day.month, 1)


def month_end(day: dt.date) -> dt.date:
    """Return the last day of the day's month.

    >>> month_end(dt.date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return dt.date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def shift(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies `months` after the day's month (before it, if negative).

    >>> shift(dt.date(2026, 1, 31), -2), shift(dt.date(2026, 11, 5), 3)
    (datetime.date(2025, 11, 1), datetime.date(2027, 2, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def months_between(start: dt.date, end: dt.date) -> int:
    """Count the months from the month of `start` to the month of `end`.

    >>> months_between(dt.date(2025, 11, 30), dt.date(2026, 2, 1))
    3
    """
    return (end.year - start.year) * 12 + end.month - start.month


def last_weekday(day: dt.date) -> dt.date:
    """Return the last Monday-to-Friday day of the day's month; public holidays are not known here.

    >>> last_weekday(dt.date(2026, 5, 1))  # 31 May 2026 is a Sunday
    datetime.date(2026, 5, 29)
    """
    end = month_end(day)
    return end - dt.timedelta(days=max(0, end.weekday() - _SATURDAY + 1))


def as_of_month(last_date: dt.date) -> dt.date:
    """Return the last day of the last complete month of data that end on `last_date`.

    A month is complete if the data reach its last weekday, or if later data exist. Data of one unfinished month
    have no complete month: the answer is then the month before, in which nothing was sold.

    >>> as_of_month(dt.date(2026, 5, 29)), as_of_month(dt.date(2026, 5, 28))
    (datetime.date(2026, 5, 31), datetime.date(2026, 4, 30))
    """
    if last_date >= last_weekday(last_date):
        return month_end(last_date)
    return month_start(last_date) - dt.timedelta(days=1)


def window_start(as_of: dt.date, months: int = MONTHS) -> dt.date:
    """Return the first month of the window of so many months that ends with the as-of month.

    The prior window starts at `window_start(as_of, 24)` and ends before `window_start(as_of)`.

    >>> window_start(dt.date(2026, 9, 30)), window_start(dt.date(2026, 9, 30), 24)
    (datetime.date(2025, 10, 1), datetime.date(2024, 10, 1))
    """
    return shift(as_of, 1 - months)


def window_months(as_of: dt.date, months: int = MONTHS) -> list[dt.date]:
    """List the months of the window, oldest first, as first days.

    >>> window_months(dt.date(2026, 1, 31), 3)
    [datetime.date(2025, 11, 1), datetime.date(2025, 12, 1), datetime.date(2026, 1, 1)]
    """
    return [shift(as_of, offset) for offset in range(1 - months, 1)]


def month_ends(as_of: dt.date, months: int) -> list[dt.date]:
    """List the last days of so many months ending with the as-of month, oldest first.

    >>> month_ends(dt.date(2026, 1, 31), 2)
    [datetime.date(2025, 12, 31), datetime.date(2026, 1, 31)]
    """
    return [month_end(month) for month in window_months(as_of, months)]


def window_parameters(as_of: dt.date) -> dict[str, dt.date]:
    """Return the bounds of both windows as SQL parameters: `prior` ≤ window 0 < `current` ≤ window 1 < `after`.

    >>> window_parameters(dt.date(2026, 9, 30))["after"]
    datetime.date(2026, 10, 1)
    """
    return {"prior": window_start(as_of, 2 * MONTHS), "current": window_start(as_of), "after": shift(as_of, 1)}


def checked_level(level: str) -> str:
    """Return the level, or say which levels there are.

    >>> checked_level("parent")
    'parent'
    """
    if level not in LEVELS:
        raise QuestionError(f"There is no level {level!r}. Choose one of: {', '.join(LEVELS)}. Nothing was changed.")
    return level
