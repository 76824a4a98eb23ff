"""Where a log-likelihood of a few positive parameters is largest, and how well the data fix them there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

Derivatives = tuple[float, np.ndarray, np.ndarray]
_STEPS = 200
_STILL = 1e-9
_REACH = 3.0
_FLAT = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """The parameters that make the data likeliest.

    Attributes
    ----------
    values
        The parameters.
    log_likelihood
        The logarithm of the likelihood there.
    covariance
        Of the logarithms of the parameters: the inverse of minus the Hessian (Fisher 1925). Enormous for parameters
        along which the likelihood is flat; all infinite where no maximum was reached.
    """

    values: np.ndarray
    log_likelihood: float
    covariance: np.ndarray


def maximum(derivatives: Callable[[np.ndarray], Derivatives], start: np.ndarray, *, weight: float) -> Maximum:
    """Climb to a maximum in the logarithms of the parameters, by Newton steps inside a trust region.

    Parameters
    ----------
    derivatives
        Takes the parameters and gives the log-likelihood, its gradient and its Hessian *in the parameters*.
    start
        Positive first values.
    weight
        How many observations the likelihood is of; the gradient counts as nothing relative to it.

    References
    ----------
    Conn, Gould & Toint (2000), Trust-Region Methods; as `scipy.optimize.minimize(method="trust-exact")` has it.

    Examples
    --------
    Of 10 waiting times that add up to 5, the likeliest rate is 2, known to 1/√10 of itself:

    >>> found = maximum(
    ...     lambda rate: (10 * np.log(rate[0]) - 5 * rate[0], 10 / rate - 5, -10 / rate[:, None] ** 2),
    ...     np.array([0.3]),
    ...     weight=10,
    ... )
    >>> found.values.round(6), found.covariance.round(6)
    (array([2.]), array([[0.1]]))
    """
    last: dict[bytes, Derivatives] = {}

    def lost(logs: np.ndarray) -> Derivatives:
        """Return minus the log-likelihood an observation and its derivatives in the logarithms; the last is kept."""
        key = logs.tobytes()
        if key not in last:
            values = np.exp(logs)
            height, gradient, hessian = derivatives(values)
            slope = gradient * values
            bend = hessian * np.outer(values, values) + np.diag(slope)
            last.clear()
            last[key] = -height / weight, -slope / weight, -bend / weight
        return last[key]

    with np.errstate(all="ignore"):  # far steps may overflow: they are no improvement, and are taken back
        found = optimize.minimize(
            lambda logs: lost(logs)[0], np.log(start), method="trust-exact", jac=lambda logs: lost(logs)[1],
            hess=lambda logs: lost(logs)[2], options={"gtol": _STILL, "maxiter": _STEPS, "max_trust_radius": _REACH},
        )  # fmt: skip
        height, slope, bend = lost(found.x)
    return Maximum(np.exp(found.x), -height * weight, _covariance(slope, bend) / weight)


def _covariance(slope: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Invert the curvature; a direction in which the likelihood is flat gets a variance beyond all use."""
    if not (np.isfinite(bend).all() and np.abs(slope).max() < np.sqrt(_STILL)):
        return np.full_like(bend, np.inf)
    curves, ways = np.linalg.eigh(bend)
    return (ways / np.maximum(curves, _FLAT)) @ ways.T
