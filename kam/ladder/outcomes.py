"""Whether a higher rung goes with more margin, less discount and more loyalty in this book, and how sure that is."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from kam.base.rules import FEWEST_COMPARED, HIGH, LOW, RESAMPLES
from kam.base.terms import RUNGS

# Measure: what is divided by what, summed over the accounts of a rung.
MEASURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "margin rate": ("margin", "costed"),
        "discount rate": ("discount", "listed"),
        "NRR": ("stayed", "prior"),
        "GRR": ("kept", "prior"),
    }
)
COLUMNS = [
    "measure",
    "rung",
    "accounts",
    "revenue",
    "value",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
]
_SEED = 0


def rung_outcomes(judged: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Compare margin, discount and retention of the accounts of each rung, with 90 % ranges.

    The rung must have been judged before the outcome and without what is compared, or the comparison proves itself:
    pages judge it as of a year ago and without the price behaviour (`kam.ladder.rung.ladders`, `without`).

    Parameters
    ----------
    judged
        account_id, rung.
    accounts
        The frame of `kam.portfolio.accounts.accounts` of a later day.

    Returns
    -------
    pandas.DataFrame
        One row for each measure and rung with such accounts, the lowest rung first: measure ("margin rate" =
        Σ(net − cost)/Σnet over lines with a cost, "discount rate" = 1 − Σnet/Σlist, "NRR", "GRR" over accounts with
        prior revenue), rung, accounts (for which it can be told), revenue, value (ratio), low and high: its 90 % range
        by resampling the rung's accounts (Efron 1979; missing under 5 accounts), difference to the lowest rung told
        of, with its range (missing for that rung itself).

    Examples
    --------
    >>> judged = pd.DataFrame({"account_id": ["A"], "rung": ["supplier"]})
    >>> accounts = pd.DataFrame({"account_id": ["A"], "revenue": [50.0], "prior_revenue": [100.0]})
    >>> accounts = accounts.reindex(columns=[*accounts, "margin", "cost_coverage", "listed", "discount_rate"])
    >>> rung_outcomes(judged, accounts)[["measure", "rung", "accounts", "value"]].to_numpy().tolist()
    [['NRR', 'supplier', 1, 0.5], ['GRR', 'supplier', 1, 0.5]]
    """
    rung = accounts["account_id"].map(judged.set_index("account_id")["rung"])
    prior, revenue = accounts["prior_revenue"], accounts["revenue"].clip(lower=0.0)
    cohort = prior > 0
    parts = pd.DataFrame(
        {
            "margin": accounts["margin"],
            "costed": accounts["cost_coverage"] * accounts["revenue"],
            "discount": accounts["discount_rate"] * accounts["listed"],
            "listed": accounts["listed"],
            "stayed": revenue.where(cohort),
            "kept": revenue.clip(upper=prior).where(cohort),
            "prior": prior.where(cohort),
        }
    ).astype(float)
    rows: dict[str, list[list[object]]] = {measure: [] for measure in MEASURES}
    lowest: dict[str, tuple[float, np.ndarray]] = {}
    drawn_again = _Draws()
    for name in RUNGS:
        for measure, (part, whole) in MEASURES.items():
            told = (rung == name) & parts[part].notna() & (parts[whole] > 0)
            if not told.any():
                continue
            upper, lower = parts.loc[told, part].to_numpy(), parts.loc[told, whole].to_numpy()
            value, drawn = float(upper.sum() / lower.sum()), drawn_again.ratios(upper, lower)
            base = lowest.get(measure, (np.nan, np.full(1, np.nan)))
            lowest.setdefault(measure, (value, drawn))
            money = float(accounts.loc[told, "revenue"].sum())
            difference = [value - base[0], *_range(drawn - base[1])]
            rows[measure].append([measure, name, int(told.sum()), money, value, *_range(drawn), *difference])
    types = dict.fromkeys(COLUMNS[3:], "float64") | {"accounts": "int64", "measure": "str", "rung": "str"}
    return pd.DataFrame([row for of_measure in rows.values() for row in of_measure], columns=COLUMNS).astype(types)


class _Draws:
    """Accounts drawn again with replacement; one measure after the other shares the draw if it tells of as many."""

    def __init__(self) -> None:
        self._times = np.zeros((RESAMPLES, 0))

    def ratios(self, part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        """Divide the sums over the drawn accounts; nothing to draw from too few."""
        size = len(part)
        if size < FEWEST_COMPARED:
            return np.full(RESAMPLES, np.nan)
        if self._times.shape[1] != size:
            drawn = np.random.default_rng(_SEED + size).multinomial(size, np.full(size, 1 / size), size=RESAMPLES)
            self._times = drawn.astype(float)
        return (self._times @ part) / (self._times @ whole)


def _range(drawn: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(drawn, (LOW, HIGH)) if len(drawn) else (np.nan, np.nan)
    return float(low), float(high)
