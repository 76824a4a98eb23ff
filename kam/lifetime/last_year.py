"""Each account as it was in the last equal period: the forecast anybody can make, with how far off it was before."""

import numpy as np
import pandas as pd

from kam.base.rules import HIGH, LOW
from kam.lifetime.forecast import DRAWS, SEED, Forecast

GROUPS, GROUP_SIZE = 20, 30


def same_again(
    last: pd.DataFrame, tested: pd.DataFrame, *, months: int, monthly_discount: float, spanned: int, tested_months: int
) -> Forecast:
    """Expect of each account in the months ahead what it brought in as many months before.

    CLV = value ÷ months · Σᵢ 1/(1 + d)ⁱ: the same again, spread evenly. Its range is how accounts of like size fared
    against the same forecast in the back-test: up to twenty groups by last value, at least 30 accounts each, drawn from
    by themselves; of accounts that brought nothing, what such accounts then brought, in money.

    Parameters
    ----------
    last
        account_id; last_purchases and last_value, of the `spanned` months to the as-of month. Where the data are
        shorter than the months ahead, the period is stretched.
    tested
        `rows` of a back-test over `tested_months`: value, last_value.

    Returns
    -------
    Forecast
        `rows`: account_id; expected_purchases; clv with clv_low and clv_high, the 5 % and 95 % points of its draws,
        widened to clv where that lies outside; NaN where the last value is unknown.
    """
    stretch = months / spanned
    discount = float(((1 + monthly_discount) ** -np.arange(1.0, months + 1)).mean())
    value = last["last_value"].to_numpy(dtype=float) * stretch * discount
    known = tested.dropna(subset=["value", "last_value"])
    before, after = known["last_value"].to_numpy(dtype=float), known["value"].to_numpy(dtype=float)
    futures = np.full((len(last), DRAWS), np.nan)
    rng = np.random.default_rng(SEED)
    bought = value > 0
    with_before = before > 0
    futures[bought] = _drawn(rng, value[bought], before[with_before], after[with_before])
    idle = ~bought & ~np.isnan(value)
    idle_after = after[~with_before] - before[~with_before]
    if len(idle_after):
        change = rng.choice(idle_after, size=(int(idle.sum()), DRAWS)) * (months / tested_months) * discount
        futures[idle] = value[idle, None] + change
    known_rows = ~np.isnan(futures).any(axis=1)
    low, high = np.full((2, len(last)), np.nan)
    low[known_rows], high[known_rows] = np.quantile(futures[known_rows], (LOW, HIGH), axis=1)
    rows = pd.DataFrame(
        {
            "account_id": last["account_id"],
            "expected_purchases": last["last_purchases"] * stretch,
            "clv": value,
            "clv_low": np.minimum(low, value),
            "clv_high": np.maximum(high, value),
        }
    )
    return Forecast(rows, futures.astype(np.float32))


def _drawn(rng: np.random.Generator, value: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Multiply each value by what came per unit of last value, drawn among accounts of like size."""
    drawn = np.full((len(value), DRAWS), np.nan)
    groups = max(1, min(GROUPS, len(before) // GROUP_SIZE))
    if not len(before):
        return drawn
    # by rank: the sizes of the months ahead and those of the test need not be of the same length of time
    place = np.minimum(_share_below(value) * groups, groups - 1).astype(int)
    tested_place = np.minimum(_share_below(before) * groups, groups - 1).astype(int)
    for group in np.unique(place):
        ratios = (after / before)[tested_place == group]
        rows = np.flatnonzero(place == group)
        drawn[rows] = value[rows, None] * rng.choice(ratios, size=(len(rows), DRAWS))
    return drawn


def _share_below(values: np.ndarray) -> np.ndarray:
    """Return for each value the share of values before it in order: 0 for the smallest, under 1 for the largest."""
    return np.argsort(np.argsort(values, kind="stable")) / max(1, len(values))
