"""How often customers come back and who has left: the BG/NBD model of Fader, Hardie & Lee (2005)."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, hyp2f1

from kam.base.errors import QuestionError
from kam.lifetime.maximum import Derivatives, maximum

_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(5)
_PANEL = 0.5  # the longest piece, in the logarithm of time, that five nodes integrate to nine digits


@dataclass(frozen=True, slots=True, eq=False)
class BgNbd:
    """The fitted model: each customer buys at a rate of its own and may leave for good after any purchase.

    Attributes
    ----------
    r, alpha
        Rates are spread over customers as Gamma(r, α): a customer buys r/α times a week on average.
    a, b
        The chance to leave after a purchase is spread as Beta(a, b): a/(a + b) on average.
    log_likelihood
        Of all customers together.
    covariance
        Of ln r, ln α, ln a, ln b; enormous or infinite for those that the data do not fix.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    covariance: np.ndarray = field(default_factory=lambda: np.full((4, 4), np.inf), repr=False)

    @property
    def log_errors(self) -> np.ndarray:
        """Standard errors of the logarithms of r, α, a, b: about the relative errors of the parameters."""
        return np.sqrt(np.diag(self.covariance))

    def p_alive(self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> np.ndarray:  # noqa: N803 - the field's
        """Return the probability that a customer has not left, given what it bought (0 to 1; 1 without any repeat).

        P = 1 / (1 + [x > 0] · a/(b + x − 1) · ((α + T)/(α + t_x))^(r + x)), Fader, Hardie & Lee (2008).
        """
        x, recent, age = (np.asarray(each, dtype=float) for each in (frequency, recency, T))
        return expit(-log_odds_left(x, recent, age, self.r, self.alpha, self.a, self.b))

    def expected_purchases(
        self,
        t: ArrayLike,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,  # noqa: N803 - the field's
    ) -> np.ndarray:
        """Return the purchases to expect in the next `t` weeks, given what a customer bought.

        Equation 10 of Fader, Hardie & Lee (2005), as the integral over the time s ahead of the rate of purchases::

            P(alive) · (r + x)/(α + T) · (1 + u)^(−a) · ₂F₁(a + b − r − 1, a; a + b + x; u/(1 + u)),  u = s/(α + T)

        Unlike the closed form this divides by nothing that may vanish (a = 1, a + b + x = 1). Where a > r + x + 1, the
        same ₂F₁ is taken before Euler's transformation, so that no power of it overflows, be it for customers with
        thousands of purchases or for a large a. Everything is broadcast against everything. NaN only where the data
        fix neither rates nor leaving, so that a and r are both in the thousands.
        """
        ahead, x, recent, age = np.broadcast_arrays(
            *(np.asarray(each, dtype=float) for each in (t, frequency, recency, T))
        )
        scale = self.alpha + age
        length = np.log1p(ahead / scale)
        pieces = max(1, int(np.ceil(length.max(initial=0.0) / _PANEL)))
        starts = (2 * np.arange(pieces)[:, None] + 1 + _NODES).ravel() / (2 * pieces)
        weights = np.tile(_NODE_WEIGHTS, pieces) / (2 * pieces)
        steps = length[..., None] * starts  # ln(1 + u) at the nodes
        by_purchases = (self.r + x + 1)[..., None]
        is_plain = by_purchases < self.a
        upper = np.where(is_plain, by_purchases, self.a)
        lower = np.where(is_plain, (self.b + x)[..., None], self.a + self.b - self.r - 1)
        with np.errstate(over="ignore", invalid="ignore"):
            rate = hyp2f1(upper, lower, (self.a + self.b + x)[..., None], -np.expm1(-steps))
            bought = (np.exp((1 - upper) * steps) * rate) @ weights
        return self.p_alive(x, recent, age) * (self.r + x) * length * bought


def fit_bg_nbd(frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> BgNbd:  # noqa: N803 - the field's
    """Fit the BG/NBD model by maximum likelihood.

    Parameters
    ----------
    frequency, recency, T
        One value a customer: x, how often it came back; t_x, the time from its first to its last purchase; T, the time
        from its first purchase to the end of the data. 0 ≤ t_x ≤ T, in weeks (any unit does; the rates are per unit).
        Customers alike in all three count as one row with a weight.

    Returns
    -------
    BgNbd
        Whether the data fix the parameters is told by its `covariance`. The model is no use where customers have
        contracts, where all come on a fixed day, or where nobody has had the time to leave.

    Raises
    ------
    kam.base.errors.QuestionError
        No customers, or numbers that cannot be: negative, not finite, t_x > T.

    Examples
    --------
    >>> many, soon, last = [0, 2, 5, 9] * 30, [0, 4, 20, 38] * 30, [39, 39, 39, 39] * 30
    >>> fitted = fit_bg_nbd(many, soon, last)
    >>> fitted.p_alive([0, 2, 9], [0, 4, 38], 39).round(2)
    array([1.  , 0.06, 0.87])
    """
    x, recent, age = checked(frequency, recency, T)
    pace = x.sum() / max(age.sum(), 1e-9)
    start = np.array([0.5, 0.5 / max(pace, 1e-6), 0.8, 2.5])
    found = maximum(Rows.of(x, recent, age).derivatives, start, weight=float(len(x)))
    r, alpha, a, b = found.values.tolist()
    return BgNbd(r, alpha, a, b, found.log_likelihood, found.covariance)


def checked(*columns: ArrayLike) -> np.ndarray:
    """Return frequency, recency and age as rows of one array, or say what about them cannot be."""
    rows = np.array([np.asarray(column, dtype=float).ravel() for column in columns])
    if not rows.shape[1]:
        raise QuestionError("There is no customer to fit a model to. Nothing was changed.")
    x, recent, age = rows
    if not np.isfinite(rows).all() or (rows < 0).any() or (recent > age).any() or (x != np.round(x)).any():
        raise QuestionError(
            "Frequency must be whole, and 0 ≤ recency ≤ T, for every customer. No model was fitted; nothing was"
            " changed."
        )
    return rows


def collapsed(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the different columns of an array, and how often each is there.

    >>> collapsed(np.array([[1.0, 0.0, 1.0], [2.0, 3.0, 2.0]]))
    (array([[0., 1.],
           [3., 2.]]), array([1., 2.]))
    """
    order = np.lexsort(rows[::-1])
    ordered = rows[:, order]
    places = np.flatnonzero((np.diff(ordered, prepend=np.nan) != 0).any(axis=0))
    return ordered[:, places], np.diff(np.append(places, len(order))).astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The customers as the likelihood needs them: alike ones as one row with a weight.

    Attributes
    ----------
    once_age, once_count
        Those who came once, by age.
    x, recent, age, count
        Those who came back.
    beyond
        How many came back more than 0, 1, 2 ... times. A ratio of two gamma functions that are whole numbers apart
        is a product over the numbers between, Γ(r + x)/Γ(r) = r·(r + 1)···(r + x − 1), so these counts are all that
        the likelihood needs to know of the frequencies.
    """

    once_age: np.ndarray
    once_count: np.ndarray
    x: np.ndarray
    recent: np.ndarray
    age: np.ndarray
    count: np.ndarray
    beyond: np.ndarray

    @classmethod
    def of(cls, x: np.ndarray, recent: np.ndarray, age: np.ndarray) -> Self:
        """Lay out customers: one value each of frequency, recency and age."""
        back = x > 0
        ages, once = np.unique(age[~back], return_counts=True)
        rows, count = collapsed(np.array([x[back], recent[back], age[back]]))
        beyond = np.cumsum(np.bincount(x.astype(int))[:0:-1])[::-1]
        return cls(ages, once.astype(float), *rows, count, beyond.astype(float))

    def derivatives(self, values: np.ndarray) -> Derivatives:
        """Return the log-likelihood (Fader, Hardie & Lee 2005, eq. 6), its gradient and its Hessian in r, α, a, b.

        With A₃ = −(r + x)·ln(α + T) and A₄ = ln a − ln(b + x − 1) − (r + x)·ln(α + t_x), a customer that came back
        adds ln(e^A₃ + e^A₄) to the terms of its frequency, one that came once A₃ alone.
        """
        r, alpha, a, b = values
        customers = self.once_count.sum() + self.count.sum()
        chain = np.array([[r], [b], [a + b]]) + np.arange(len(self.beyond))  # Γ(r + x)/Γ(r), and so on
        (rates, stays, ends), one, two = (each @ self.beyond for each in (np.log(chain), 1 / chain, -1 / chain**2))

        old = 1 / (alpha + self.once_age)
        since_start = customers * np.log(alpha) + self.once_count @ np.log(old)
        still_waiting = customers / alpha - self.once_count @ old
        height = rates + stays - ends + r * since_start
        gradient = np.array([one[0] + since_start, r * still_waiting, -one[2], one[1] - one[2]])
        hessian = np.zeros((4, 4))
        hessian[0, 0] = two[0]
        hessian[0, 1] = still_waiting
        hessian[1, 1] = r * (self.once_count @ old**2 - customers / alpha**2)
        hessian[2:, 2:] = -two[2]
        hessian[3, 3] += two[1]

        shape, lately = r + self.x, b + self.x - 1
        old, young = 1 / (alpha + self.age), 1 / (alpha + self.recent)
        log_old = np.log(old)
        aged = np.log(young) - log_old
        odds = np.log(a) - np.log(lately) + shape * aged
        small = np.exp(-np.abs(odds))
        left = np.where(odds > 0, 1.0, small) / (1 + small)
        gone = self.count * left
        waited = self.count * old + gone * (young - old)
        height += self.count @ (shape * log_old + np.maximum(odds, 0) + np.log1p(small))
        gradient += self.count @ log_old + gone @ aged, -shape @ waited, gone.sum() / a, -(gone / lately).sum()
        hessian[0, 1] -= waited.sum()
        hessian[1, 1] += shape @ (self.count * old**2 + gone * (young**2 - old**2))
        hessian[2, 2] -= gone.sum() / a**2
        hessian[3, 3] += (gone / lately**2).sum()
        pull = np.array([aged, shape * (old - young), np.full_like(lately, 1 / a), -1 / lately])
        hessian += (pull * (gone * (1 - left))) @ pull.T
        hessian[1, 0] = hessian[0, 1]
        return float(height), gradient, hessian


Number = float | np.ndarray


def log_odds_left(
    x: np.ndarray, recent: np.ndarray, age: np.ndarray, r: Number, alpha: Number, a: Number, b: Number
) -> np.ndarray:
    """Return the logarithm of the odds that a customer has left; −∞ for one that came once: it leaves by purchases."""
    odds = np.log(a) - np.log(np.where(x > 0, b + x - 1, 1.0)) + (r + x) * np.log((alpha + age) / (alpha + recent))
    return np.where(x > 0, odds, -np.inf)
