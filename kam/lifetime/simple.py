"""What an account is worth without a model of its purchases: this year's margin, kept as its peers were kept."""

import datetime as dt

import numpy as np
import pandas as pd
from scipy.stats import beta

from kam.base.periods import window_start
from kam.base.rules import FEWEST_OF_INDUSTRY, HIGH, LOW
from kam.lifetime.forecast import DRAWS, SEED, Forecast


def simple(accounts: pd.DataFrame, *, as_of: dt.date, yearly_discount: float, measure: str = "margin") -> Forecast:
    """Value each account as a margin that comes back every year with its peers' retention, for good.

    CLV = m·r/(1 + d − r) (Gupta & Lehmann 2003): m, the margin of the last twelve months; r, the chance to be kept
    another year; d, the yearly discount. r is the share of last year's accounts of the same industry that stayed, or
    of all of them where that industry had fewer than 12; with k of n kept it is spread as Beta(1 + k, 1 + n − k).

    Parameters
    ----------
    accounts
        The frame of `kam.portfolio.accounts.accounts` over all accounts.
    as_of
        The last day of the as-of month; an account without a line in the twelve months to it brings nothing.
    measure
        "margin", or "revenue" where a book has no costs.

    Returns
    -------
    Forecast
        `rows`: account_id; retention, the mean of r; clv there; clv_low and clv_high at the 5 % and 95 % points of r.
        NaN where margin is unknown, or where the book holds no accounts of a year ago. `futures` have one r a draw for
        all peers.

    Examples
    --------
    >>> rows = {"account_id": ["A", "B"], "industry": None, "margin": [90.0, 0.0]}
    >>> frame = pd.DataFrame(rows).assign(prior_revenue=1.0, revenue=[1.0, 0.0])
    >>> frame["last_month"] = dt.datetime(2026, 9, 1)
    >>> simple(frame, as_of=dt.date(2026, 9, 30), yearly_discount=0.1).rows.round(2).loc[0].to_dict()
    {'account_id': 'A', 'retention': 0.5, 'clv': 75.0, 'clv_low': 12.63, 'clv_high': 330.65}
    """
    cohort = accounts["prior_revenue"] > 0
    stayed = cohort & (accounts["revenue"] > 0)
    own_of, own_kept = (each.groupby(accounts["industry"]).transform("sum") for each in (cohort, stayed))
    has_peers = own_of >= FEWEST_OF_INDUSTRY
    of, kept = own_of.where(has_peers, cohort.sum()), own_kept.where(has_peers, stayed.sum())
    first, second = (1 + kept).to_numpy(dtype=float), (1 + of - kept).to_numpy(dtype=float)
    is_idle = accounts["last_month"] < pd.Timestamp(window_start(as_of))
    margin = accounts[measure].mask(is_idle, 0.0).to_numpy(dtype=float) * (1.0 if cohort.any() else np.nan)

    def worth(rate: np.ndarray) -> np.ndarray:
        return (margin * (rate / (1 + yearly_discount - rate)).T).T

    ends = np.sort([worth(np.asarray(beta.ppf(end, first, second))) for end in (LOW, HIGH)], axis=0)
    rows = pd.DataFrame(
        {
            "account_id": accounts["account_id"].astype("str"),
            "retention": np.where(cohort.any(), first / (first + second), np.nan),
            "clv": worth(first / (first + second)),
            "clv_low": ends[0],
            "clv_high": ends[1],
        }
    )
    return Forecast(rows, worth(_drawn(first, second)).astype(np.float32))


def _drawn(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Draw retentions, accounts × draws: peers share theirs."""
    peers, place = np.unique(np.column_stack([first, second]), axis=0, return_inverse=True)
    rng = np.random.default_rng(SEED)
    return rng.beta(*(column[:, None] for column in peers.T), size=(len(peers), DRAWS))[place.ravel()]
