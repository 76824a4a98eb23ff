"""What last year's customers are worth this year: net and gross retention, who stayed, and who took what is lost."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.terms import DIMENSIONS

_SUMS = ["cohort_accounts", "prior_revenue", "revenue", "cohort_lost", "kept", "stayed"]
_COLUMNS = ["cohort_accounts", "nrr", "grr", "logo_retention", "prior_revenue", "revenue", "cohort_lost"]


def retention(accounts: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Measure how much of the prior window's revenue came again from the same accounts.

    The cohort is every account with prior revenue R0 > 0, those that bought nothing since included. For sales
    without contracts, where nobody resigns, this *is* the definition of retention. Growth counts in NRR only;
    new accounts count nowhere.

    Parameters
    ----------
    accounts
        The frame of `accounts`: `revenue` R1 and `prior_revenue` R0 of each.
    by
        One of `DIMENSIONS` for a row per value, with the value in the first column (NaN where unknown).

    Returns
    -------
    pandas.DataFrame
        `cohort_accounts`; `nrr` = Σmax(R1, 0)/ΣR0; `grr` = Σmin(max(R1, 0), R0)/ΣR0, at most 1; `logo_retention` =
        share of the cohort with R1 > 0, NaN if the cohort is empty; `prior_revenue` = ΣR0 and `revenue` = Σmax(R1, 0)
        of the cohort; `cohort_lost`: accounts of the cohort with R1 ≤ 0. An account that only sent goods back since
        kept nothing; it does not take away what others kept.

    Examples
    --------
    >>> frame = pd.DataFrame({"prior_revenue": [100.0, 100.0, 0.0], "revenue": [150.0, 0.0, 70.0]})
    >>> retention(frame)[["cohort_accounts", "nrr", "grr", "logo_retention"]].to_dict("records")
    [{'cohort_accounts': 2, 'nrr': 0.75, 'grr': 0.5, 'logo_retention': 0.5}]
    """
    if by is not None and by not in DIMENSIONS:
        raise QuestionError(f"Retention cannot be told apart by {by!r}. Choose one of: {', '.join(DIMENSIONS)}.")
    cohort = cohort_parts(accounts["prior_revenue"].to_numpy(), accounts["revenue"].to_numpy())
    parts = pd.DataFrame(cohort, index=accounts.index)
    parts["cohort_lost"] = parts["cohort_accounts"] - parts["stayed"]
    if by is None:
        sums = pd.DataFrame({name: [parts[name].sum()] for name in _SUMS})
    else:
        sums = parts.groupby(accounts[by], dropna=False)[_SUMS].sum().reset_index()
    sums = sums.assign(**retention_ratios({name: sums[name].to_numpy(dtype=float) for name in _SUMS}))
    return sums[_COLUMNS if by is None else [by, *_COLUMNS]]


def cohort_parts(prior: np.ndarray, current: np.ndarray) -> dict[str, np.ndarray]:
    """Part what retention is the ratio of: who had revenue a year ago, what that was, and what of it came now.

    Parameters
    ----------
    prior, current
        Revenue of the year before and of this one, in any shape; unknown (NaN) before is none.

    Returns
    -------
    dict of numpy.ndarray
        In that shape: cohort_accounts and stayed (0 or 1), prior_revenue, revenue (now, none less than nothing) and
        kept (the same, none more than before), all 0 outside the cohort.
    """
    cohort = prior > 0
    before = np.where(cohort, prior, 0.0)
    now = np.where(cohort, np.maximum(current, 0.0), 0.0)
    return {
        "cohort_accounts": cohort.astype("int64"),
        "prior_revenue": before,
        "revenue": now,
        "kept": np.minimum(now, before),
        "stayed": (cohort & (current > 0)).astype("int64"),
    }


def retention_ratios(sums: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Divide the sums of `cohort_parts`: nrr, grr and logo_retention; unknown without a cohort.

    >>> sums = cohort_parts(np.array([100.0, 100.0]), np.array([150.0, 0.0]))
    >>> {name: float(ratio) for name, ratio in retention_ratios({k: v.sum() for k, v in sums.items()}).items()}
    {'nrr': 0.75, 'grr': 0.5, 'logo_retention': 0.5}
    """
    members = np.where(sums["cohort_accounts"] > 0, sums["cohort_accounts"], np.nan)
    sold = np.where(sums["cohort_accounts"] > 0, sums["prior_revenue"], np.nan)
    return {"nrr": sums["revenue"] / sold, "grr": sums["kept"] / sold, "logo_retention": sums["stayed"] / members}


_DRIVERS = [
    "account_id",
    "name",
    "manager",
    "state",
    "prior_revenue",
    "revenue",
    "lost_revenue",
    "share",
    "cumulative_share",
]


def retention_drivers(accounts: pd.DataFrame) -> pd.DataFrame:
    """List the accounts that brought less than the year before, the largest loss first: what gross retention lacks.

    Parameters
    ----------
    accounts
        The frame of `accounts`.

    Returns
    -------
    pandas.DataFrame
        `account_id`, `name`, `manager`, `state` ("lost", or "continuing" if it bought less), `prior_revenue`,
        `revenue`, `lost_revenue` = R0 − min(max(R1, 0), R0) in the book's currency, which adds up to
        ΣR0 · (1 − GRR); `share` of all that was lost, and `cumulative_share`. Empty where nobody brought less, or the
        data do not reach a year back.

    Examples
    --------
    >>> frame = pd.DataFrame(
    ...     {
    ...         "account_id": ["A", "B"],
    ...         "name": ["A", "B"],
    ...         "manager": None,
    ...         "state": "continuing",
    ...         "prior_revenue": [9.0, 4.0],
    ...         "revenue": [6.0, 3.0],
    ...     }
    ... )
    >>> retention_drivers(frame)[["account_id", "lost_revenue", "cumulative_share"]].to_dict("list")
    {'account_id': ['A', 'B'], 'lost_revenue': [3.0, 1.0], 'cumulative_share': [0.75, 1.0]}
    """
    prior, revenue = accounts["prior_revenue"], accounts["revenue"]
    lost = (prior - revenue.clip(lower=0.0)).where((prior > 0) & (revenue < prior))
    found = accounts.assign(lost_revenue=lost.round(4)).dropna(subset=["lost_revenue"])
    order = found.sort_values(["lost_revenue", "account_id"], ascending=[False, True], ignore_index=True)
    share = order["lost_revenue"] / order["lost_revenue"].sum()
    return order.assign(share=share, cumulative_share=share.cumsum())[_DRIVERS]
