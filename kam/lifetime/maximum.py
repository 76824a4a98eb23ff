"""Where a log-likelihood of a few positive parameters is largest, and how well the data fix them there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Derivatives = tuple[float, np.ndarray, np.ndarray]
_STEPS, _HALVINGS = 100, 12
_REACH = 3.0  # the farthest a parameter's logarithm goes in one step along a principal direction
_STILL = 1e-13  # the gain an observation that is no longer worth a step
_WORTH = 1e-4  # the part of the gain promised by the slope that a step must bring
_ROUNDING = 1e-13  # of the height
_LEVEL = 3e-5  # the steepest slope an observation at what counts as a maximum
_FLAT = 1e-12  # the smallest curvature an observation


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
    """Climb to a maximum in the logarithms of the parameters, by Newton steps that always go up.

    Along each principal direction of the Hessian the step is the slope over the size of the curvature, be it bent
    down or up, and at most `_REACH`; a step that does not gain enough is halved.

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
    Nocedal & Wright (2006), Numerical Optimization, 3.1 (sufficient decrease) and 3.4 (modified Newton).

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
    logs = np.log(start)
    with np.errstate(all="ignore"):  # far steps may overflow: they are no improvement, and are taken back
        height, slope, bend = _in_logarithms(derivatives, logs, weight)
        for _ in range(_STEPS):
            if not np.isfinite(bend).all():
                break
            curves, ways = np.linalg.eigh(bend)
            step = ways @ np.clip((slope @ ways) / np.maximum(np.abs(curves), _FLAT), -_REACH, _REACH)
            if slope @ step < _STILL:
                break
            for halving in range(_HALVINGS):
                here = logs + step / 2**halving
                there = _in_logarithms(derivatives, here, weight)
                due = _WORTH * (here - logs) @ slope - _ROUNDING * max(1.0, abs(height))
                if there[0] >= height + due:
                    break
            else:
                break
            logs, (height, slope, bend) = here, there
    return Maximum(np.exp(logs), height * weight, _covariance(slope, bend) / weight)


def _in_logarithms(derivatives: Callable[[np.ndarray], Derivatives], logs: np.ndarray, weight: float) -> Derivatives:
    """Return the log-likelihood an observation and its derivatives in the logarithms of the parameters."""
    values = np.exp(logs)
    height, gradient, hessian = derivatives(values)
    slope = gradient * values
    bend = hessian * np.outer(values, values) + np.diag(slope)
    return height / weight, slope / weight, bend / weight


def _covariance(slope: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Invert the curvature; a direction in which the likelihood is flat gets a variance beyond all use."""
    if not (np.isfinite(bend).all() and np.abs(slope).max() < _LEVEL):
        return np.full_like(bend, np.inf)
    curves, ways = np.linalg.eigh(-bend)
    return (ways / np.maximum(curves, _FLAT)) @ ways.T
