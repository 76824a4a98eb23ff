"""A scenario month by month: what the accounts bring together in each of the twelve months ahead, with its range."""

import datetime as dt

import numpy as np
import pandas as pd

from kam.whatif.account_facts import months_ahead
from kam.whatif.month_shapes import drawn_months
from kam.whatif.simulate import Measured, centred
from kam.whatif.year_ahead import Outlook

ENOUGH = 500
"""Draws of months; a range of a sum over all accounts is hardly surer with more."""
_ROOM = 3_000_000  # draws × accounts × months held at once, 12 MB
_COLUMNS = ["month", "last_year", "baseline", "baseline_low", "baseline_high", "scenario", "low", "high"]


def by_month(
    found: Outlook, *, before: Measured, after: Measured, won: float, as_of: dt.date, seed: int
) -> pd.DataFrame:
    """Spread the year ahead over its months: by the season expected, by each account's resampled months as drawn.

    A drawn year of an account falls into its months as twelve of its monthly ratios do that are drawn with the season,
    so a steady account stays steady and a lumpy one lumpy. What is won comes in equal parts.

    Parameters
    ----------
    found
        The outlook of the accounts in view.
    before, after
        Baseline and scenario, measured.
    won
        Yearly revenue of the won accounts.
    as_of, seed
        Last day of the as-of month; of the drawn months.

    Returns
    -------
    pandas.DataFrame
        One row a month, oldest first: month (first day), last_year (the same month of the twelve that are over),
        baseline and scenario (expected revenue, currency), each with its 80 % range.
    """
    each_month = won / len(found.season)
    points = [(each.point["revenue"] - more) * found.season for each, more in ((before, 0.0), (after, won))]
    drawn = _months(found, [each.revenue[:ENOUGH] for each in (before, after)], seed)
    months = months_ahead(as_of)
    past = found.facts.months[:, -len(months) :].sum(axis=0)
    rows = []
    for place, month in enumerate(months):
        baseline, changed = (centred(all_of[place], point[place]) for all_of, point in zip(drawn, points, strict=True))
        then = points[1][place] + each_month
        rows.append((month, past[place], points[0][place], *baseline, then, *(end + each_month for end in changed)))
    return pd.DataFrame(rows, columns=_COLUMNS).assign(month=pd.to_datetime(months))


def _months(found: Outlook, years: list[np.ndarray], seed: int) -> list[np.ndarray]:
    """Spread each of several drawn years, draws × accounts, over months with the same ratios: months × draws."""
    at = np.flatnonzero(found.size >= 0)
    ratios = found.ratios[at]
    count = len(years[0])
    totals = [np.zeros((len(found.season), count)) for _ in years]
    step = max(1, _ROOM // max(1, len(at) * len(found.season)))
    shares = found.season.astype(np.float32)[:, None, None]
    for number, start in enumerate(range(0, count, step)):
        part = slice(start, min(start + step, count))
        months = np.stack(list(drawn_months(ratios, draws=part.stop - part.start, seed=seed + number))) * shares
        whole = months.sum(axis=0)
        # one that stays and whose drawn months are all empty buys as the season does
        months = np.where(whole > 0, months, shares)
        whole = np.where(whole > 0, whole, 1)
        for total, year in zip(totals, years, strict=True):
            total[:, part] = np.einsum("mda,da->md", months, year[part, at] / whole)
    return totals
