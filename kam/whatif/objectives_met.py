"""The objectives a scenario can move: about revenue or margin, measured, and not yet due."""

import datetime as dt

import numpy as np
import pandas as pd

from kam.base.periods import MONTHS

METRICS = ("revenue", "margin")
COLUMNS = ["objective_id", "account_id", "category", "metric", "actual", "baseline", "target", "share"]


def open_objectives(objectives: pd.DataFrame, *, as_of: dt.date, today: dt.date) -> pd.DataFrame:
    """Take the open objectives about revenue or margin, with how much of their window lies ahead when they are due.

    An objective over 12 months that is due in 3 has a quarter of its window ahead: the rest has been sold already. One
    without a day is taken as due in a year.

    Parameters
    ----------
    objectives
        The frame of `Book.objectives`.
    as_of
        Last day of the as-of month.
    today
        Objectives due before are over.

    Returns
    -------
    pandas.DataFrame
        objective_id, account_id, category (missing: all), metric, actual, baseline, target, share (0–1).
    """
    due = pd.to_datetime(objectives["due_on"])
    is_open = ~(due < pd.Timestamp(today)) & objectives["metric"].isin(METRICS)
    rows = objectives[is_open & objectives[["actual", "baseline", "target"]].notna().all(axis=1)]
    due = due[rows.index].dt
    months = ((due.year - as_of.year) * MONTHS + due.month - as_of.month).fillna(MONTHS).to_numpy(dtype=float)
    length = rows["window_months"].fillna(MONTHS).to_numpy(dtype=float)
    return rows.assign(share=np.clip(months, 0, length) / length)[COLUMNS].reset_index(drop=True)
