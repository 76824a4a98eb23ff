"""A scenario month by month: what the accounts bring together in each of the twelve months ahead, with its range."""

import datetime as dt

import numpy as np
import pandas as pd

from kam.whatif.answer import Values, brought, drawn, retained, stated, years
from kam.whatif.effect import Effect, effect
from kam.whatif.facts import months_ahead
from kam.whatif.months import drawn_months
from kam.whatif.outlook import Fates, Outlook
from kam.whatif.scenario import Scenario
from kam.whatif.simulate import ahead, centred, prepared

_ROOM = 3_000_000  # draws × accounts × months held at once, 12 MB
_COLUMNS = ["month", "last_year", "baseline", "baseline_low", "baseline_high", "scenario", "low", "high"]


def by_month(found: Outlook, scenario: Scenario, *, as_of: dt.date, thrown: Fates) -> pd.DataFrame:
    """Spread the year ahead over its months: by the season expected, by each account's resampled months as drawn.

    A drawn year of an account falls into its months as twelve of its monthly ratios do that are drawn with the season,
    so a steady account stays steady and a lumpy one lumpy. What is won comes in equal parts.

    Returns
    -------
    pandas.DataFrame
        One row a month, oldest first: month (first day), last_year (the same month of the twelve that are over),
        baseline and scenario (expected revenue, currency), each with its 80 % range.
    """
    grain, moved = prepared(found, scenario)
    listed = grain.assumptions(scenario)
    none = effect((), grain.facts)
    expected = [ahead(grain, each, stated(listed)) for each in (none, moved)]
    won = sum(win.revenue for win in moved.wins) / len(grain.season)
    points = [float(year.revenue.sum()) * grain.season for year in expected]
    values = drawn(listed, draws=len(thrown.stay), seed=thrown.seed)
    before, after = (_months(grain, each, values, thrown) for each in (none, moved))
    rows = []
    months = months_ahead(as_of)
    past = grain.facts.months[:, -len(months) :].sum(axis=0)
    for place, month in enumerate(months):
        baseline, changed = (
            centred(each[place], expected[place]) for each, expected in zip((before, after), points, strict=True)
        )
        rows.append(
            (month, past[place], points[0][place], *baseline, points[1][place] + won, *(end + won for end in changed))
        )
    return pd.DataFrame(rows, columns=_COLUMNS).assign(month=pd.to_datetime(months))


def _months(found: Outlook, moved: Effect, values: Values, thrown: Fates) -> np.ndarray:
    """Return months × draws of what all accounts bring."""
    chance = retained(found, values, moved.steps)
    year = years(found, values, chance, thrown) * brought(moved, found.facts.who["rung"].tolist(), values)[0]
    at = np.flatnonzero(found.size >= 0)
    ratios, year = found.ratios[at], year[:, at]
    total = np.zeros((len(found.season), len(year)))
    step = max(1, _ROOM // max(1, len(at) * len(found.season)))
    shares = found.season.astype(np.float32)[:, None, None]
    for number, start in enumerate(range(0, len(year), step)):
        part = year[start : start + step]
        months = np.stack(list(drawn_months(ratios, draws=len(part), seed=thrown.seed + number))) * shares
        whole = months.sum(axis=0)
        # one that stays and whose drawn months are all empty buys as the season does
        months = np.where(whole > 0, months, shares)
        total[:, start : start + step] = np.einsum("mda,da->md", months, part / np.where(whole > 0, whole, 1))
    return total
