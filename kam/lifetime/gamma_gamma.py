"""How much a customer's purchases are worth: the gamma-gamma model of Fader & Hardie (2013)."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln, polygamma

from kam.base.errors import QuestionError
from kam.lifetime.maximum import Derivatives, maximum


@dataclass(frozen=True, slots=True, eq=False)
class GammaGamma:
    """The fitted model: the worth of a purchase varies about a mean that every customer has for itself.

    Attributes
    ----------
    p, q, v
        A purchase is worth Gamma(p, ν), and ν is spread over customers as Gamma(q, v); v is money.
    log_likelihood
        Of all customers together.
    covariance
        Of ln p, ln q, ln v; enormous or infinite for those that the data do not fix.
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    covariance: np.ndarray = field(default_factory=lambda: np.full((3, 3), np.inf), repr=False)

    @property
    def log_errors(self) -> np.ndarray:
        """Standard errors of the logarithms of p, q, v: about the relative errors of the parameters."""
        return np.sqrt(np.diag(self.covariance))

    def expected_value(self, frequency: ArrayLike, mean_value: ArrayLike) -> np.ndarray:
        """Return what a customer's next purchase is worth on average: p·(v + x·m)/(p·x + q − 1).

        Equation 5 of Fader & Hardie (2013): a mean of the customer's own m, over x purchases, and of all customers',
        p·v/(q − 1), which alone counts at x = 0. NaN where that mean does not exist (p·x + q ≤ 1).
        """
        x, mean = np.asarray(frequency, dtype=float), np.asarray(mean_value, dtype=float)
        known = self.p * x + self.q - 1
        own = np.where(x > 0, x * mean, 0.0)
        return np.where(known > 0, self.p * (self.v + own) / np.where(known > 0, known, 1.0), np.nan)


def fit_gamma_gamma(frequency: ArrayLike, mean_value: ArrayLike) -> GammaGamma:
    """Fit the gamma-gamma model by maximum likelihood.

    Parameters
    ----------
    frequency, mean_value
        One value a customer: x, over how many purchases the mean was taken, and m, their mean worth. Both above 0:
        the model knows no customer who costs money. Whoever did not come back has no mean and stays out.

    Returns
    -------
    GammaGamma
        It takes frequency and worth for independent: look at their correlation before using it.

    Raises
    ------
    kam.base.errors.QuestionError
        No customers, or a value that is not above 0.

    Examples
    --------
    >>> fitted = fit_gamma_gamma([1, 2, 4, 1, 3, 2] * 9, [20.0, 35.0, 18.0, 90.0, 41.0, 60.0] * 9)
    >>> fitted.expected_value([1, 50], [90.0, 90.0]).round(1)
    array([84.4, 89.9])
    """
    x, mean = np.asarray(frequency, dtype=float).ravel(), np.asarray(mean_value, dtype=float).ravel()
    if not len(x) or not (np.isfinite(x) & np.isfinite(mean) & (x > 0) & (mean > 0)).all():
        raise QuestionError(
            "The worth of a purchase can be modelled only of customers with x > 0 and a mean above 0. No model was"
            " fitted; nothing was changed."
        )
    unit = float(np.median(mean))  # the fit is the same in any currency; so are the steps to it

    def derivatives(values: np.ndarray) -> Derivatives:
        return _derivatives(values, x, mean / unit)

    found = maximum(derivatives, np.array([2.0, 3.0, 2.0]), weight=float(len(x)))
    p, q, v = found.values.tolist()
    return GammaGamma(p, q, v * unit, found.log_likelihood - len(x) * math.log(unit), found.covariance)


def _derivatives(values: np.ndarray, x: np.ndarray, mean: np.ndarray) -> Derivatives:
    """Return the log-likelihood (Fader & Hardie 2013, eq. 1a), its gradient and its Hessian in p, q, v."""
    p, q, v = values
    seen, place, count = np.unique(x, return_inverse=True, return_counts=True)
    size, total = len(x), x * mean
    pooled = v + total
    log_share = np.log(total) - np.log(pooled)
    shape = p * seen + q
    height = (
        count @ (gammaln(shape) - gammaln(p * seen))
        - size * gammaln(q)
        + (p * x * log_share).sum()
        - q * np.log(pooled / v).sum()
        - np.log(mean).sum()
    )
    gradient = np.array(
        [
            count @ (seen * (digamma(shape) - digamma(p * seen))) + (x * log_share).sum(),
            count @ digamma(shape) - size * digamma(q) - np.log(pooled / v).sum(),
            size * q / v - (shape[place] / pooled).sum(),
        ]
    )
    bend = polygamma(1, shape)
    hessian = np.array(
        [
            [count @ (seen**2 * (bend - polygamma(1, p * seen))), count @ (seen * bend), -(x / pooled).sum()],
            [0.0, count @ bend - size * polygamma(1, q), size / v - (1 / pooled).sum()],
            [0.0, 0.0, (shape[place] / pooled**2).sum() - size * q / v**2],
        ]
    )
    return float(height), gradient, np.triu(hessian) + np.triu(hessian, 1).T
