"""What a past year says of one ahead: retention by hand, ranges that hold what they say, months that add up."""

import numpy as np
import pytest

from kam.whatif.month_shapes import drawn_months, month_ratios, season
from kam.whatif.stayers import posterior, recencies, retention, sizes, stays
from kam.whatif.year import FEWEST, means, measured_year, own_variance, ranges, unknown_year, year_from
from kam.whatif.year_back_test import back_test


def grown(accounts: int, years: int = 3, *, seed: int = 0, spread: float = 0.4, leaves: float = 0.1) -> np.ndarray:
    """Make months of accounts of all sizes that change by a known spread a year, and of which a known share leaves."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(8, 1.5, accounts))
    months = []
    for _ in range(years):
        months.append(level[:, None] * rng.gamma(4, 0.25, (accounts, 12)))
        level = level * np.exp(rng.normal(-(spread**2) / 2, spread, accounts)) * (rng.random(accounts) > leaves)
    return np.concatenate(months, axis=1)


def test_retention_is_a_beta_posterior_around_the_rate_of_its_recency() -> None:
    before = np.zeros((30, 12))
    before[:, 11] = np.arange(1, 31)
    after = np.ones(30)
    after[:3] = 0
    centre = (27 + 1) / (30 + 2)
    found = retention(before, after)
    assert found[0][0].value == pytest.approx((7 + 10 * centre) / 20)
    assert found[2][0].value == pytest.approx((10 + 10 * centre) / 20)
    assert [row[0].accounts for row in found] == [10, 10, 10]
    assert found[0][0].low < found[0][0].value < found[0][0].high
    assert stays(found, np.array([0]), np.array([0]))[0] == found[0][0].value
    # nobody was quiet: one half, from the prior alone
    assert found[0][1].value == pytest.approx(0.5)
    assert posterior(0, 0, 0.5).accounts == 0


def test_sizes_are_thirds_and_nothing_has_no_size() -> None:
    assert np.bincount(sizes(np.array([0.0, 5, 1, 2, 9, 7, 3, -4])) + 1).tolist() == [2, 2, 2, 2]


@pytest.mark.parametrize("seed", range(3))
def test_ranges_hold_eighty_percent_of_accounts_that_were_not_measured(seed: int) -> None:
    months = grown(600, seed=seed)
    found = back_test(months, np.full(600, 36)).set_index("test")
    assert found.loc["accounts left out", "n"] == found.loc["a later year", "n"]
    # a little over two standard errors of a share of 540
    assert found["coverage"].between(0.80 - 0.04, 0.80 + 0.05).all()
    assert found["expected"].sub(found["actual"]).abs().div(found["actual"]).max() < 0.12


def test_the_mean_year_is_what_came() -> None:
    months = grown(300)
    year = measured_year(months, np.full(300, 36))
    before, after = months[:, 12:24], months[:, 24:].sum(axis=1)
    had = before.sum(axis=1)
    size, own = sizes(had), own_variance(months[:, :24], np.full(300, 24))
    for number in range(3):
        at = (after > 0) & (size == number)
        assert means(year, had[at], own[at], size[at]).sum() == pytest.approx(after[at].sum(), rel=1e-3)


def test_a_likely_loss_begins_its_range_at_nothing() -> None:
    year = unknown_year()
    low, high = ranges(year, np.array([100.0] * 3), np.zeros(3), np.zeros(3, dtype=int), np.array([1.0, 0.85, 0.15]))
    assert (low > 0).tolist() == [True, False, False]
    # at a retention of 15 % nothing at all is the likeliest 80 %
    assert high[2] == 0
    # all of the 20 % outside lies above: the 65/85 point of those that stay, under the 90 % point of a sure one
    assert high[1] < high[0]


def test_without_two_years_or_enough_accounts_nothing_is_measured() -> None:
    assert measured_year(grown(50, years=1), np.full(50, 12)).by_size[0].accounts == 0
    few = grown(FEWEST - 1, years=2, leaves=0.0)
    assert measured_year(few, np.full(len(few), 24)).by_size[0].accounts == 0
    assert back_test(grown(50, years=1), np.full(50, 12)).empty
    assert year_from(np.zeros((30, 12)), np.zeros(30), np.zeros(30)).by_size[0].accounts == 0


def test_a_small_book_is_measured_as_one_size() -> None:
    year = measured_year(grown(40, years=2), np.full(40, 24))
    assert len({each.middle for each in year.by_size}) == 1


def test_monthly_ratios_have_a_mean_of_one_and_no_season() -> None:
    shape = np.array([1.0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 13.0])
    months = np.outer(np.arange(1, 21), np.tile(shape, 2)).astype(float)
    ratios = month_ratios(months, np.full(20, 24))
    # all accounts have the book's own season, which is taken out: nothing is left to vary
    assert ratios == pytest.approx(np.ones((20, 32)), abs=1e-6)
    assert season(months)[-1] == pytest.approx(13 / 24)


def test_an_account_is_as_lumpy_as_its_own_months_and_the_less_so_the_less_is_known_of_it() -> None:
    months = np.ones((30, 24)) * np.arange(101, 131)[:, None]
    months[0, ::2] = 0
    months[0, 1::2] *= 2
    known, new = (own_variance(months, np.full(30, age)) for age in (24, 2))
    assert known[0] > known[1:].max()
    assert new[0] < known[0]


def test_drawn_months_are_the_account_s_own_and_the_same_for_a_seed() -> None:
    ratios = np.repeat(np.array([[1.0], [2.0]], dtype=np.float32), 32, axis=1)
    drawn = list(drawn_months(ratios, draws=5, seed=3))
    assert len(drawn) == 12
    assert all((month == [1.0, 2.0]).all() for month in drawn)


def test_who_bought_lately() -> None:
    months = np.zeros((2, 12))
    months[0, 9] = months[1, 8] = 1
    assert recencies(months).tolist() == [0, 1]
