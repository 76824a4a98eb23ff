"""Numbers and dates as a reader sees them."""

import datetime as dt
import locale
import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.numbers import count, day, money, month, percent, points, signed_money, signed_percent, signed_points

FUNCTIONS = (money, signed_money, percent, signed_percent, points, signed_points, count)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (-0.0, "0"),
        (0.004, "0"),
        (-0.004, "0"),
        (0.01, "0.01"),
        (0.999, "1.00"),
        (5, "5.00"),
        (99.95, "100"),
        (999.4, "999"),
        (999.5, "1.00 k"),
        (12_345, "12.3 k"),
        (999_499, "999 k"),
        (999_500, "1.00 M"),
        (-48_100_000, "−48.1 M"),
        (999_500_000, "1.00 B"),
        (12_345_678_901_234, "12,300 B"),
        (Decimal("1234.5678"), "1.23 k"),
        (np.float64(7.5), "7.50"),
        (np.int64(1500), "1.50 k"),
    ],
)
def test_money_has_three_significant_digits(amount: object, words: str) -> None:
    assert money(amount) == words


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("unknown", [None, float("nan"), float("inf"), -float("inf"), pd.NA, pd.NaT, np.nan])
def test_what_is_unknown_or_endless_is_not_measured(function: Callable[[object], str], unknown: object) -> None:
    assert function(unknown) == "not measured"


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(FUNCTIONS))
def test_a_minus_is_a_true_minus_and_nothing_is_written_in_powers_of_ten(
    value: float, function: Callable[[object], str]
) -> None:
    words = function(value)
    assert "-" not in words
    assert re.fullmatch(r"[−+]?[\d,]+(\.\d{1,2})?( [kMB]| %| pp)?|not measured", words)


@given(st.floats(0.01, 1e15))
def test_money_read_back_is_within_half_a_percent(amount: float) -> None:
    number, _, unit = money(amount).partition(" ")
    read = float(number.replace(",", "")) * {"": 1, "k": 1e3, "M": 1e6, "B": 1e9}[unit]
    assert read == pytest.approx(amount, rel=0.00501, abs=0.00501)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(0.0005, "0.1 %"), (0.12345, "12.3 %"), (1.0, "100.0 %"), (-0.0004, "0.0 %"), (0.2999999999, "30.0 %")],
)
def test_percentages_have_one_decimal(ratio: float, words: str) -> None:
    assert percent(ratio) == words


def test_days_and_months_read_the_same_under_every_locale() -> None:
    before = locale.setlocale(locale.LC_ALL)
    try:
        for name in ("C", "C.UTF-8"):
            locale.setlocale(locale.LC_ALL, name)
            assert day(dt.date(2026, 3, 4)) == "4 Mar 2026"
            assert month(pd.Timestamp("2026-12-31 23:59")) == "Dec 2026"
    finally:
        locale.setlocale(locale.LC_ALL, before)


def test_an_unknown_day_is_not_measured() -> None:
    nothing = pd.to_datetime(pd.Series([None], dtype="object")).iloc[0]
    assert day(nothing) == "not measured"
    assert month(None) == "not measured"
