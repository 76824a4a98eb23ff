"""Forecasts: exact where the past is, as wide as earlier ones erred, and honest where there is too little."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.plan.damped_trend import Forecaster

ME = np.array([0])


def test_a_flat_past_goes_on() -> None:
    told = Forecaster(np.tile([5.0, 6.0], 20)[None, :], is_trended=False).ahead(ME, 2)

    assert told is not None
    assert (told.low, told.middle, told.high) == (6.0, 6.0, 6.0)


def test_what_alternates_has_a_range_as_wide_as_it_swings() -> None:
    told = Forecaster(np.tile([5.0, 6.0], 20)[None, :], is_trended=False).ahead(ME, 1)

    assert told is not None
    assert (told.low, told.high) == (5.0, 7.0)
    assert told.chance(6.5, 1) == pytest.approx((told.ends >= 6.5).mean())


@pytest.mark.parametrize(("sign", "chance"), [(1, 1.0), (-1, 0.0)])
def test_the_chance_counts_the_ends_on_the_better_side(sign: int, chance: float) -> None:
    told = Forecaster(np.arange(40.0)[None, :]).ahead(ME, 1)

    assert told is not None
    assert told.chance(38, sign) == chance


@pytest.mark.parametrize(
    ("values", "months"),
    [
        (np.arange(40.0), 0),
        (np.arange(40.0), 39),
        (np.arange(20.0), 6),  # 8 earlier forecasts
        (np.append(np.arange(39.0), np.nan), 2),
        (np.full(40, 3.0), 2),  # never moved: no wobble to measure a trend by
    ],
)
def test_too_little_is_no_forecast(values: np.ndarray, months: int) -> None:
    assert Forecaster(values[None, :]).ahead(ME, months) is None


def test_nothing_goes_beyond_its_bounds() -> None:
    values = np.clip(np.cumsum(np.random.default_rng(1).normal(size=(30, 40)), axis=1), -3, 3)
    told = Forecaster(values, bounds=(-1.0, 1.0)).ahead(np.arange(30), 6)

    assert told is not None
    assert -1 <= told.low <= told.middle <= told.high <= 1


def test_four_of_five_forecasts_hold_what_comes() -> None:
    rng = np.random.default_rng(7)
    months = rng.gamma(4, 25, size=(300, 60)) * rng.lognormal(0, 1, (300, 1))
    windows = np.cumsum(months, axis=1)
    windows[:, 12:] -= windows[:, :-12].copy()
    seen, came = windows[:, 11:-6], windows[:, -1]
    forecaster = Forecaster(seen)
    told = [forecaster.ahead(np.roll(np.arange(300), -row)[:25], 6) for row in range(300)]

    held = np.mean([each is not None and each.low <= end <= each.high for each, end in zip(told, came, strict=True)])
    assert 0.72 <= held <= 0.88


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 1000), st.floats(0.1, 1e6), st.integers(1, 8))
def test_a_forecast_scales_with_its_unit(seed: int, unit: float, months: int) -> None:
    values = np.cumsum(np.random.default_rng(seed).normal(size=(5, 40)), axis=1)
    one, other = (Forecaster(values * factor).ahead(np.arange(5), months) for factor in (1.0, unit))

    assert one is not None
    assert other is not None
    np.testing.assert_allclose(np.array([one.low, one.middle, one.high]) * unit, [other.low, other.middle, other.high])
    assert one.low <= one.middle <= one.high
