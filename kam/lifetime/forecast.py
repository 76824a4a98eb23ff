"""What each account will bring in the months ahead by the fitted models, and between which ends that lies."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from kam.base.rules import HIGH, LOW
from kam.lifetime.bg_nbd import log_odds_left
from kam.lifetime.model import WEEKS_A_MONTH, Model

DRAWS, SEED = 500, 0
_BLOCK = 2_000  # accounts drawn at a time: some 50 MB
_LEAST_CHANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What the model expects of each account, in the order of the customers, and 500 futures of each.

    Attributes
    ----------
    rows
        account_id; p_alive; expected_purchases within the months; clv, the discounted worth of these; clv_low and
        clv_high, the 5 % and 95 % points of the futures, widened to the expected value where that lies outside: an
        account that has probably left brings nothing in 19 of 20 futures, and a little on average.
    futures
        Accounts × draws: the discounted worth of what the account brings in one future. A column is one state of the
        parameters, so columns may be summed over accounts.
    """

    rows: pd.DataFrame
    futures: np.ndarray


def forecast(model: Model, customers: pd.DataFrame, *, months: int, monthly_discount: float) -> Forecast:
    """Foretell purchases and their worth: CLV = Σᵢ (E[Y(tᵢ)] − E[Y(tᵢ₋₁)]) · E[M] / (1 + d)ⁱ, i = 1 … months.

    Fader & Hardie (2005), "A Note on Deriving the ... CLV"; a month is 365.25/12 days. The range is what the account
    may bring, not how well its mean is known: parameters are drawn from their normal approximation in logarithms, then
    whether the account is still there, its rate and its chance to leave, how often it buys, and what that is worth.

    Parameters
    ----------
    customers
        `kam.lifetime.occasions.occasions`.
    months, monthly_discount
        How far ahead, and the discount d a month.
    """
    ahead = model.purchases_ahead(customers, months)
    discount = (1 + monthly_discount) ** -np.arange(1.0, months + 1)
    bought = np.diff(ahead, axis=1, prepend=0.0) @ discount
    value = model.value_of_a_purchase(customers)
    expected = ahead[:, -1]
    # what discounting takes off a purchase, on average over the months in which the account is expected to buy
    late = np.divide(bought, expected, out=np.ones_like(bought), where=expected > 0)
    futures = _futures(model, customers, weeks=months * WEEKS_A_MONTH) * late[:, None].astype(np.float32)
    low, high = np.quantile(futures, (LOW, HIGH), axis=1)
    rows = pd.DataFrame(
        {
            "account_id": customers["account_id"],
            "p_alive": model.purchases.p_alive(customers["frequency"], customers["recency"], customers["T"]),
            "expected_purchases": expected,
            "clv": bought * value,
            "clv_low": np.minimum(low, bought * value),
            "clv_high": np.maximum(high, bought * value),
        }
    )
    return Forecast(rows, futures)


def _futures(model: Model, customers: pd.DataFrame, *, weeks: float) -> np.ndarray:
    """Draw what each account brings in so many weeks, accounts × draws, undiscounted.

    Without leaving, purchases are Poisson(λt); the account leaves after its k-th with k geometric: it makes the lesser
    of both. Their sum is Gamma(p·n, ν).
    """
    rng = np.random.default_rng(SEED)
    purchases = _drawn(rng, model.purchases.covariance, [getattr(model.purchases, name) for name in _BUYING])
    worth = _drawn(rng, model.worth.covariance, [getattr(model.worth, name) for name in _WORTH])
    columns = customers[["frequency", "recency", "T", "mean_value"]].to_numpy(dtype=float)
    parts = [columns[start : start + _BLOCK] for start in range(0, len(columns), _BLOCK)]
    return np.concatenate([_worth_of(rng, _number(rng, part, purchases, weeks), part, worth) for part in parts])


_BUYING, _WORTH = ("r", "alpha", "a", "b"), ("p", "q", "v")


def _drawn(rng: np.random.Generator, covariance: np.ndarray, values: list[float]) -> np.ndarray:
    """Draw parameters near the fitted ones, one row a parameter."""
    logs = rng.multivariate_normal(np.log(values), covariance, size=DRAWS, method="eigh")
    return np.exp(logs.T)


def _number(rng: np.random.Generator, part: np.ndarray, drawn: np.ndarray, weeks: float) -> np.ndarray:
    """Draw how often each account buys."""
    x, recent, age = (part[:, [column]] for column in range(3))
    r, alpha, a, b = drawn
    there = rng.random((len(part), DRAWS)) < expit(-log_odds_left(x, recent, age, r, alpha, a, b))
    rate = rng.standard_gamma(r + x) / (alpha + age)
    leaving = np.maximum(rng.beta(a, b + x), _LEAST_CHANCE)
    return np.where(there, np.minimum(rng.poisson(rate * weeks), rng.geometric(leaving)), 0)


def _worth_of(rng: np.random.Generator, number: np.ndarray, part: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Draw what so many purchases of each account are worth; one that costs money keeps its own mean."""
    x, mean = part[:, [0]], part[:, [3]]
    p, q, v = drawn
    own = np.where(x > 0, x * mean, 0.0)
    is_modelled = (x == 0) | (mean > 0)
    spread = rng.standard_gamma(p * x + q) / np.where(is_modelled, v + own, 1.0)
    total = rng.standard_gamma(p * number) / spread
    return np.where(is_modelled, total, number * mean).astype(np.float32)
