"""The as-of month and the windows around it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.errors import QuestionError
from kam.base.periods import (
    as_of_month,
    checked_level,
    last_weekday,
    month_end,
    month_ends,
    month_start,
    months_between,
    shift,
    window_months,
    window_parameters,
    window_start,
)

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@pytest.mark.parametrize(
    ("last_date", "as_of"),
    [
        ("2026-09-30", "2026-09-30"),  # a Wednesday, the month's last day
        ("2026-09-29", "2026-08-31"),  # one weekday short
        ("2026-10-30", "2026-10-31"),  # a Friday; the 31st is a Saturday
        ("2026-10-31", "2026-10-31"),
        ("2026-05-29", "2026-05-31"),  # a Friday; the 31st is a Sunday
        ("2026-01-01", "2025-12-31"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_a_month_counts_once_the_data_reach_its_last_weekday(last_date: str, as_of: str) -> None:
    assert as_of_month(dt.date.fromisoformat(last_date)) == dt.date.fromisoformat(as_of)


def test_the_two_windows_stand_side_by_side() -> None:
    assert window_parameters(dt.date(2026, 2, 28)) == {
        "prior": dt.date(2024, 3, 1),
        "current": dt.date(2025, 3, 1),
        "after": dt.date(2026, 3, 1),
    }


@given(DAYS)
def test_the_as_of_month_is_complete_and_the_month_after_is_not(last_date: dt.date) -> None:
    as_of = as_of_month(last_date)
    assert as_of == month_end(as_of)
    assert last_weekday(as_of) <= last_date < last_weekday(shift(as_of, 1))
    assert last_weekday(as_of).weekday() < 5


@given(DAYS, st.integers(1, 60))
def test_a_window_lists_its_months_up_to_the_as_of_month(day: dt.date, months: int) -> None:
    listed = window_months(day, months)
    assert len(listed) == months
    assert listed[0] == window_start(day, months)
    assert listed[-1] == month_start(day)
    assert [month_end(month) for month in listed] == month_ends(day, months)
    assert [months_between(listed[0], month) for month in listed] == list(range(months))


@given(DAYS, st.integers(-600, 600))
def test_shifting_there_and_back_returns_to_the_month(day: dt.date, months: int) -> None:
    assert shift(shift(day, months), -months) == month_start(day)


def test_an_unknown_level_is_refused_with_the_levels_there_are() -> None:
    with pytest.raises(QuestionError, match="account, parent"):
        checked_level("region")
