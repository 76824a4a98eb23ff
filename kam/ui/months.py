"""Months of revenue as a line in a table, and how many months of a year the data hold."""

import datetime as dt

import pandas as pd

from kam.base.periods import MONTHS as A_YEAR
from kam.base.periods import months_between, window_months
from kam.book import Book

MONTHS = 24


def months_covered(book: Book) -> int:
    """Count the months of data up to the as-of month: at most the 12 of the window, at least 1."""
    return min(A_YEAR, max(1, months_between(book.first_day, book.as_of) + 1))


def with_history(accounts: pd.DataFrame, monthly: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Add `history` to a table of accounts: revenue of each of the 24 months to `as_of`, 0 where there was none."""
    months = pd.DatetimeIndex(window_months(as_of, MONTHS))
    sums = monthly.pivot_table(index="account_id", columns="month", values="revenue", aggfunc="sum", fill_value=0.0)
    lines = sums.reindex(index=accounts["account_id"], columns=months, fill_value=0.0)
    return accounts.assign(history=pd.Series(lines.to_numpy(dtype=float).tolist(), index=accounts.index))
