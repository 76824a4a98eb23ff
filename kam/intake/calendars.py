"""The SQL of a day from a year, a month and a day of the month, in the calendar that the year itself tells.

Years of 1300–1450 are Persian (solar), of 2500–2600 Buddhist, all others Gregorian.
"""

PERSIAN = "between 1300 and 1450"
BUDDHIST = "between 2500 and 2600"
_BUDDHIST_ERA = 543
_EPOCH = 2440588 - 1948319  # days from the day before the first of the Persian calendar to 1970-01-01


def day_sql(year: str, month: str, day: str) -> str:
    """Write the SQL of a date from three integers; NULL where there is no such day.

    >>> day_sql("y", "m", "d").startswith("case when y between 1300 and 1450 then")
    True
    """
    return (
        f"case when {year} {PERSIAN} then {persian_sql(year, month, day)}"
        f" when {year} {BUDDHIST} then {gregorian_sql(f'({year} - {_BUDDHIST_ERA})', month, day)}"
        f" else {gregorian_sql(year, month, day)} end"
    )


def gregorian_sql(year: str, month: str, day: str) -> str:
    """Write the SQL of a Gregorian date from three integers, NULL where there is none."""
    return f"try(make_date({year}::bigint, {month}::bigint, {day}::bigint))"


def persian_sql(year: str, month: str, day: str) -> str:
    """Write the SQL of the Gregorian date of a day in the Persian solar calendar, NULL where there is none.

    Leap years follow the cycle of 33 years (25 y + 11) mod 33 < 8, which agrees with the sky from 1300 to 1450:
    1399, 1403 and 1408 have a 30th of Esfand.
    """
    before = f"case when {month} <= 7 then 31 * ({month} - 1) else 30 * ({month} - 1) + 6 end"
    days = f"365 * ({year} - 1) + (8 * {year} + 21) // 33 + {before} + {day} - {_EPOCH}"
    there = f"{month} between 1 and 12 and {day} between 1 and {persian_month_sql(year, month)}"
    return f"case when {there} then date '1970-01-01' + ({days})::integer end"


def persian_month_sql(year: str, month: str) -> str:
    """Write the SQL of how many days a Persian month has."""
    return (
        f"case when {month} <= 6 then 31 when {month} <= 11 then 30"
        f" when (25 * {year} + 11) % 33 < 8 then 30 else 29 end"
    )


def month_end_sql(year: str, month: str) -> str:
    """Write the SQL of the last day of a month, NULL where there is no such month."""
    return (
        f"case when {year} {PERSIAN} then {persian_sql(year, month, persian_month_sql(year, month))}"
        f" when {year} {BUDDHIST} then last_day({gregorian_sql(f'({year} - {_BUDDHIST_ERA})', month, '1')})"
        f" else last_day({gregorian_sql(year, month, '1')}) end"
    )


def week_end_sql(year: str, week: str) -> str:
    """Write the SQL of the Sunday that ends an ISO week, NULL where the year has no such week."""
    monday = f"(date_trunc('week', {gregorian_sql(year, '1', '4')})::date + (7 * ({week} - 1))::integer)"
    return f"case when {week} between 1 and 53 and isoyear({monday}) = {year} then {monday} + 6 end"
