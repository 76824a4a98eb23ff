"""The gamma-gamma model: its likelihood is that of its story, its derivatives are right, any currency does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from kam.base.errors import QuestionError
from kam.lifetime.gamma_gamma import GammaGamma, _derivatives, fit_gamma_gamma
from tests.metrics.lifetime.simulated import P, Q, V, worths

PARAMETER = st.floats(0.2, 9)
BUYERS = st.lists(st.tuples(st.integers(1, 40), st.floats(0.1, 500)), min_size=1, max_size=6)
SOME = np.tile([1, 2, 3, 5, 8], 300)


@pytest.mark.parametrize(("x", "mean"), [(1, 4.0), (3, 12.5)])
def test_the_likelihood_is_the_integral_over_every_customer_s_own_spread(x: int, mean: float) -> None:
    p, q, v = 3.0, 2.5, 9.0

    def likelihood(spread: float) -> float:
        return stats.gamma.pdf(mean, p * x, scale=1 / (spread * x)) * stats.gamma.pdf(spread, q, scale=1 / v)

    expected = integrate.quad(likelihood, 0, 20)[0]
    height = _derivatives(np.array([p, q, v]), np.array([float(x)]), np.array([mean]))[0]
    assert height == pytest.approx(np.log(expected), rel=1e-7)


@given(BUYERS, st.lists(PARAMETER, min_size=3, max_size=3))
def test_gradient_and_hessian_are_those_of_small_steps(buyers: list[tuple[int, float]], values: list[float]) -> None:
    x, mean = (np.array(column, dtype=float) for column in zip(*buyers, strict=True))
    place = np.array(values)
    _, gradient, hessian = _derivatives(place, x, mean)
    for column, value in enumerate(values):
        step = np.zeros(3)
        step[column] = 1e-5 * value
        high, low = _derivatives(place + step, x, mean), _derivatives(place - step, x, mean)
        width = 2 * step[column]
        assert gradient[column] == pytest.approx((high[0] - low[0]) / width, rel=1e-4, abs=1e-4)
        np.testing.assert_allclose(hessian[column], (high[1] - low[1]) / width, rtol=1e-3, atol=1e-3)


def test_simulated_purchases_give_their_parameters_back_within_the_standard_errors() -> None:
    fitted = fit_gamma_gamma(SOME, worths(SOME))
    off = np.log([fitted.p, fitted.q, fitted.v]) - np.log([P, Q, V])
    assert (np.abs(off) < 3 * fitted.log_errors).all()


@pytest.mark.parametrize("rate", [0.001, 1_000.0])
def test_another_currency_changes_money_alone(rate: float) -> None:
    mean = worths(SOME)
    fitted, other = fit_gamma_gamma(SOME, mean), fit_gamma_gamma(SOME, rate * mean)
    assert [other.p, other.q, other.v / rate] == pytest.approx([fitted.p, fitted.q, fitted.v], rel=1e-5)
    np.testing.assert_allclose(
        other.expected_value(SOME, rate * mean), rate * fitted.expected_value(SOME, mean), rtol=1e-5
    )


def test_the_more_purchases_the_more_an_account_s_own_mean_counts() -> None:
    model = GammaGamma(6.25, 3.74, 15.44, 0.0)
    of_all = 6.25 * 15.44 / 2.74
    assert model.expected_value([0, 1_000_000], [np.nan, 80.0]) == pytest.approx([of_all, 80.0], rel=1e-5)
    assert np.isnan(GammaGamma(1.0, 0.5, 1.0, 0.0).expected_value(0, 0))


@pytest.mark.parametrize(("x", "mean"), [([], []), ([0], [5.0]), ([1], [0.0]), ([1], [-3.0]), ([1], [np.nan])])
def test_customers_who_cost_money_or_did_not_come_back_are_refused(x: list, mean: list) -> None:
    with pytest.raises(QuestionError, match="nothing was changed"):
        fit_gamma_gamma(x, mean)
