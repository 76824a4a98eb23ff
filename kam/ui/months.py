"""Months of revenue as a line in a table."""

import datetime as dt

import pandas as pd

from kam.metrics.windows import window_months

MONTHS = 24


def with_history(accounts: pd.DataFrame, monthly: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Add `history` to a table of accounts: revenue of each of the 24 months to `as_of`, 0 where there was none."""
    months = pd.DatetimeIndex(window_months(as_of, MONTHS))
    sums = monthly.pivot_table(index="account_id", columns="month", values="revenue", aggfunc="sum", fill_value=0.0)
    lines = sums.reindex(index=accounts["account_id"], columns=months, fill_value=0.0)
    return accounts.assign(history=pd.Series(lines.to_numpy(dtype=float).tolist(), index=accounts.index))
