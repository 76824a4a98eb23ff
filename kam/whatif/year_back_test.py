"""How often the ranges of a year held what came: of accounts left out of the measurement, and of a later year."""

import numpy as np
import pandas as pd

from kam.base.periods import MONTHS
from kam.whatif.stayers import recencies, sizes, stays, window
from kam.whatif.year import Year, means, measured_year, own_variance, ranges, year_from

LEFT_OUT, LATER = "accounts left out", "a later year"
_FOLDS = 4


def back_test(months: np.ndarray, age: np.ndarray) -> pd.DataFrame:
    """Lay what came in the last twelve months beside the 80 % ranges that could have been drawn before.

    Two tests, of which the second needs three years of sales:

    - accounts left out: three quarters of the accounts tell the ranges of the last quarter, four times;
    - a later year: the year is measured on the two years before, and tells the ranges of the one after.

    Returns
    -------
    pandas.DataFrame
        One row a test that the history allows: test, n (accounts with revenue before), coverage (share that lay in its
        range), below, above (shares that lay under and over it), mean_width (Σ width ÷ Σ revenue before), expected and
        actual (sums over the accounts, currency), calibration (the widening). None without two years.
    """
    if months.shape[1] < 2 * MONTHS:
        return _frame([])
    before, came = window(months, MONTHS), window(months, 0).sum(axis=1)
    own = own_variance(months[:, :-MONTHS], age - MONTHS)
    fold = np.arange(len(months)) % _FOLDS
    parts = []
    for number in range(_FOLDS):
        rest, out = fold != number, fold == number
        year = year_from(before[rest], came[rest], own[rest])

        parts.append(_laid(year, before, came, own, out))
    rows = [_together(LEFT_OUT, parts)]
    if months.shape[1] >= 3 * MONTHS:
        year = measured_year(months, age, back=MONTHS)
        rows.append(_together(LATER, [_laid(year, before, came, own, np.ones(len(came), dtype=bool))]))
    return _frame(rows)


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["test", "n", "coverage", "below", "above", "mean_width", "expected", "actual", "calibration"]
    return pd.DataFrame(rows, columns=columns).astype({"test": "str", "n": "int64"})


def _laid(year: Year, before: np.ndarray, came: np.ndarray, own: np.ndarray, among: np.ndarray) -> pd.DataFrame:
    had = before.sum(axis=1)
    rows = among & (had > 0)
    size, own = sizes(had)[rows], own[rows]
    stay = stays(year.retention, size, recencies(before)[rows])
    low, high = ranges(year, had[rows], own, size, stay)
    return pd.DataFrame(
        {
            "had": had[rows],
            "low": low,
            "high": high,
            "came": np.maximum(came[rows], 0),
            "expected": stay * means(year, had[rows], own, size),
            "calibration": year.calibration,
        }
    )


def _together(test: str, parts: list[pd.DataFrame]) -> dict[str, object]:
    laid = pd.concat(parts, ignore_index=True)
    below, above = laid["came"] < laid["low"], laid["came"] > laid["high"]
    sold = laid["had"].sum()
    return {
        "test": test,
        "n": len(laid),
        "coverage": (~below & ~above).mean(),
        "below": below.mean(),
        "above": above.mean(),
        "mean_width": (laid["high"] - laid["low"]).sum() / sold if sold else float("nan"),
        "expected": laid["expected"].sum(),
        "actual": laid["came"].sum(),
        "calibration": laid["calibration"].max(),
    }
