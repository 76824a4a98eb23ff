"""The BG/NBD model: its likelihood is that of its story, its derivatives are right, and nothing overflows."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import hyp2f1

from kam.base.errors import QuestionError
from kam.lifetime.bg_nbd import BgNbd, Rows, fit_bg_nbd
from tests.metrics.lifetime.simulated import ALPHA, A, B, R, buyers, customers

PARAMETER = st.floats(0.05, 8)
MODEL = st.builds(BgNbd, PARAMETER, PARAMETER, PARAMETER, PARAMETER, st.just(0.0))
FREQUENCY, RECENCY, AGE = [0, 0, 1, 2, 2, 5], [0, 0, 8, 20, 20, 31], [39, 12, 30, 35, 35, 38]


def rows(*columns: Sequence[float]) -> Rows:
    """Lay customers out for the likelihood."""
    return Rows.of(*(np.array(column, dtype=float) for column in columns))


def told(x: int, recent: float, age: float, r: float, alpha: float, a: float, b: float) -> float:
    """Integrate the story over every rate λ and chance to leave p: eq. 2 of the paper, without its algebra."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    rate, leaving = 6 * (nodes[:, None] + 1), (nodes + 1) / 2
    stays = (1 - leaving) ** x * np.exp(-rate * age)
    leaves = leaving * (1 - leaving) ** (x - 1) * np.exp(-rate * recent) if x else 0.0
    drawn = stats.gamma.pdf(rate, r, scale=1 / alpha) * stats.beta.pdf(leaving, a, b)
    return float(6 * weights @ (rate**x * (stays + leaves) * drawn) @ weights / 2)


@pytest.mark.parametrize(("x", "recent", "age"), [(0, 0.0, 9.0), (1, 3.0, 9.0), (4, 7.0, 8.0)])
def test_the_likelihood_is_the_integral_of_the_story(x: int, recent: float, age: float) -> None:
    values = (2.0, 3.0, 2.0, 3.0)
    height, _, _ = rows([x], [recent], [age]).derivatives(np.array(values))
    assert height == pytest.approx(np.log(told(x, recent, age, *values)), rel=1e-9)


@given(customers(), st.lists(PARAMETER, min_size=4, max_size=4))
def test_gradient_and_hessian_are_those_of_small_steps(
    known: tuple[list[float], list[float], list[float]], values: list[float]
) -> None:
    data, place = rows(*known), np.array(values)
    _, gradient, hessian = data.derivatives(place)
    for column, value in enumerate(values):
        step = np.zeros(4)
        step[column] = 1e-5 * value
        high, low = data.derivatives(place + step), data.derivatives(place - step)
        width = 2 * step[column]
        assert gradient[column] == pytest.approx((high[0] - low[0]) / width, rel=1e-4, abs=1e-4)
        np.testing.assert_allclose(hessian[column], (high[1] - low[1]) / width, rtol=1e-3, atol=1e-3)


def test_customers_alike_count_as_one_row_with_a_weight() -> None:
    many, one = rows(*(column * 20 for column in (FREQUENCY, RECENCY, AGE))), rows(FREQUENCY, RECENCY, AGE)
    assert (many.once_age.tolist(), many.once_count.tolist()) == ([12, 39], [20, 20])
    assert (many.x.tolist(), many.count.tolist()) == ([1, 2, 5], [20, 40, 20])
    assert many.beyond.tolist() == [80, 60, 20, 20, 20]
    place = np.array([0.5, 4.0, 0.8, 2.0])
    for whole, part in zip(many.derivatives(place), one.derivatives(place), strict=True):
        np.testing.assert_allclose(whole, 20 * np.asarray(part))


def test_the_fit_does_not_change_with_the_order_of_customers_or_the_unit_of_time() -> None:
    frequency, recency, age = buyers(600)
    fitted = fit_bg_nbd(frequency, recency, age)
    turned = fit_bg_nbd(frequency[::-1], recency[::-1], age[::-1])
    days = fit_bg_nbd(frequency, 7 * recency, 7 * age)
    for other, scale in ((turned, 1), (days, 7)):
        assert [other.r, other.alpha / scale, other.a, other.b] == pytest.approx(
            [fitted.r, fitted.alpha, fitted.a, fitted.b], rel=1e-5
        )
    np.testing.assert_allclose(days.covariance, fitted.covariance, rtol=1e-3)


def test_simulated_customers_give_their_parameters_back_within_the_standard_errors() -> None:
    fitted = fit_bg_nbd(*buyers(8_000))
    off = np.log([fitted.r, fitted.alpha, fitted.a, fitted.b]) - np.log([R, ALPHA, A, B])
    assert (np.abs(off) < 3 * fitted.log_errors).all()
    assert fitted.log_errors.max() < 0.2


def test_simulated_purchases_ahead_are_those_expected() -> None:
    rng = np.random.default_rng(9)
    rate, leaving = rng.gamma(R, 1 / ALPHA, 200_000), rng.beta(A, B, 200_000)
    bought = np.minimum(rng.poisson(26 * rate), rng.geometric(leaving))
    assert BgNbd(R, ALPHA, A, B, 0.0).expected_purchases(26, 0, 0, 0) == pytest.approx(bought.mean(), rel=0.02)


@given(MODEL, customers())
def test_whoever_did_not_come_back_is_alive_and_all_chances_are_chances(
    model: BgNbd, known: tuple[list[float], list[float], list[float]]
) -> None:
    alive = model.p_alive(*known)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (alive[np.array(known[0]) == 0] == 1).all()


@given(MODEL, customers(), st.floats(0, 300), st.floats(0, 300))
def test_more_time_brings_more_purchases_and_no_time_none(
    model: BgNbd, known: tuple[list[float], list[float], list[float]], one: float, other: float
) -> None:
    less, more = (model.expected_purchases(weeks, *known) for weeks in sorted((one, other)))
    assert (less <= more * (1 + 1e-6)).all()
    assert (model.expected_purchases(0, *known) == 0).all()


@given(MODEL, customers(smallest=2), st.floats(1, 60))
def test_purchases_ahead_are_the_closed_form_of_the_paper_where_that_can_be_computed(
    model: BgNbd, known: tuple[list[float], list[float], list[float]], weeks: float
) -> None:
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    x, recent, age = (np.array(column) for column in known)
    last = a + b + x - 1
    if abs(a - 1) < 0.05 or (np.abs(last) < 0.05).any():
        return
    odds = hyp2f1(r + x, b + x, last, weeks / (alpha + age + weeks))
    closed = last / (a - 1) * (1 - ((alpha + age) / (alpha + age + weeks)) ** (r + x) * odds)
    expected = closed * model.p_alive(x, recent, age)
    np.testing.assert_allclose(model.expected_purchases(weeks, x, recent, age), expected, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("a", [1.0, 1.0 + 1e-12, 0.3])
def test_purchases_ahead_are_smooth_where_the_closed_form_divides_by_nothing(a: float) -> None:
    ahead = BgNbd(0.5, 4.0, a, 1 - a if a < 1 else 2.0, 0.0).expected_purchases(30, [0, 3], [0, 20], 40)
    near = BgNbd(0.5, 4.0, a + 1e-7, 1 - a if a < 1 else 2.0, 0.0).expected_purchases(30, [0, 3], [0, 20], 40)
    np.testing.assert_allclose(ahead, near, rtol=1e-5)


def test_thousands_of_purchases_raise_no_warning() -> None:
    frequency = np.array([0, 1, 1_000, 5_000, 3] * 30)
    recency = np.array([0, 3, 199.5, 60, 100] * 30)
    fitted = fit_bg_nbd(frequency, recency, 200.0 * np.ones(150))
    assert np.isfinite(fitted.log_likelihood)
    model = BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)
    assert model.p_alive([1_000, 5_000], [199.9, 60], 200).round(3).tolist() == [0.999, 0.0]
    ahead = model.expected_purchases([1, 52, 5_200], 1_000, 199.9, 200)
    assert (np.diff(ahead) > 0).all()
    assert ahead[0] == pytest.approx(1_000 / 204.4, rel=0.01)


def test_data_that_fix_nothing_say_so_by_their_errors() -> None:
    nobody_leaves = fit_bg_nbd([5] * 50 + [9] * 50, [38.0] * 100, [39.0] * 100)
    nobody_returns = fit_bg_nbd([0] * 100, [0.0] * 100, [39.0] * 100)
    assert nobody_leaves.log_errors.max() > 100
    assert nobody_returns.log_errors.max() > 100


@pytest.mark.parametrize(
    ("frequency", "recency", "age"),
    [([], [], []), ([-1], [0], [1]), ([1], [3], [2]), ([0.5], [1], [2]), ([1], [np.nan], [2])],
)
def test_customers_that_cannot_be_are_refused(frequency: list, recency: list, age: list) -> None:
    with pytest.raises(QuestionError, match="othing was changed"):
        fit_bg_nbd(frequency, recency, age)
