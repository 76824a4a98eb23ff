"""How well the models would have foretold the last months, beside "same as last year"."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import MONTHS, month_end, months_between, shift, window_start
from kam.lifetime.forecast import forecast
from kam.lifetime.model import fitted
from kam.lifetime.occasions import brought, occasions

TENTHS = 10
MEASURED = ["purchases", "model_purchases", "last_purchases", "value", "model_value", "last_value"]
TENTHS_COLUMNS = ["tenth", "accounts", *MEASURED]
COLUMNS = [
    *("account_id", "purchases", "value", "model_purchases", "model_value", "model_low", "model_high"),
    *("last_purchases", "last_value"),
]


@dataclass(frozen=True, slots=True, eq=False)
class BackTest:
    """What was foretold for the held-out months, account by account, and what came.

    Attributes
    ----------
    start, end
        First and last day of the held-out months; `months` of them.
    refusal
        Why there is no model of the months before; None if there is one.
    rows
        One row an account that had bought before: account_id; purchases and value (margin, or revenue) of the held-out
        months; model_purchases, model_value, model_low, model_high, NaN if the model was refused; last_purchases and
        last_value, those of as many months before. A value is NaN if it is not known on all sides.
    """

    start: dt.date
    end: dt.date
    months: int
    refusal: str | None
    rows: pd.DataFrame

    def error(self, forecast: str) -> float:
        """Return the mean absolute error an account of "model_purchases", "last_value" and so on; NaN if unknown."""
        actual = forecast.split("_")[1]
        return float((self.rows[forecast] - self.rows[actual]).abs().mean())

    def total_error(self, forecast: str) -> float:
        """Return by which share of the actual sum over all accounts a forecast was too high (or too low)."""
        both = self.rows[[forecast, forecast.split("_")[1]]].dropna()
        actual = float(both.iloc[:, 1].sum())
        return float(both.iloc[:, 0].sum()) / actual - 1 if len(both) and actual > 0 else np.nan

    def covered(self) -> float:
        """Return the share of accounts whose value fell within the model's 90 % range; NaN without a model."""
        known = self.rows.dropna(subset=["model_low", "value"])
        inside = known["value"].between(known["model_low"], known["model_high"])
        return float(inside.mean()) if len(known) else np.nan


def back_test(cursor: duckdb.DuckDBPyConnection, *, first_day: dt.date, as_of: dt.date) -> BackTest | None:
    """Fit on all but the last twelve months, or the last third of a shorter history, and foretell them.

    The held-out value is undiscounted, and counts every line, returns included. "Same as last year" is what the account
    brought in as many months before: a forecast anybody can make.

    Parameters
    ----------
    first_day
        The first day of the data.
    as_of
        The last day of the as-of month: nothing after it is seen.

    Returns
    -------
    BackTest or None
        None if there are not three whole months.
    """
    months = min(MONTHS, (months_between(first_day, as_of) + 1) // 3)
    if months < 1:
        return None
    start = window_start(as_of, months)
    before = start - dt.timedelta(days=1)
    customers = occasions(cursor, end=before)
    measure = customers.attrs["measure"]
    actual = brought(cursor, start=start, end=month_end(as_of), measure=measure)
    last = brought(cursor, start=shift(start, -months), end=before, measure=measure)
    rows = pd.DataFrame({"account_id": customers["account_id"]})
    for name, known in (("", actual), ("last_", last)):
        of = known.reindex(rows["account_id"])
        is_idle = ~rows["account_id"].isin(known.index).to_numpy()  # it brought nothing, which is known to be 0
        rows[f"{name}purchases"] = of["purchases"].fillna(0.0).to_numpy()
        rows[f"{name}value"] = np.where(is_idle, 0.0, of["value"].to_numpy(dtype=float))
    model = fitted(customers)
    rows[["model_purchases", "model_value", "model_low", "model_high"]] = np.nan
    if not isinstance(model, str):
        foretold = forecast(model, customers, months=months, monthly_discount=0.0).rows
        names = {"purchases": "expected_purchases", "value": "clv", "low": "clv_low", "high": "clv_high"}
        for name, column in names.items():
            rows[f"model_{name}"] = foretold[column]
        is_known = rows[["value", "model_value", "last_value"]].notna().all(axis=1)
        rows["model_value"] = rows["model_value"].where(is_known)
    is_known = rows[["value", "last_value"]].notna().all(axis=1)
    rows["last_value"] = rows["last_value"].where(is_known & (rows["model_value"].notna() | isinstance(model, str)))
    return BackTest(start, month_end(as_of), months, model if isinstance(model, str) else None, rows[COLUMNS])


def tenths(found: BackTest) -> pd.DataFrame:
    """Put the accounts into ten equal groups by the purchases foretold, and set forecasts beside what came.

    Returns
    -------
    pandas.DataFrame
        tenth, 1 of the fewest purchases foretold … 10 (fewer with under ten accounts); accounts; and the mean an
        account of purchases, model_purchases, last_purchases, value, model_value, last_value. Ordered by the model's
        forecast, or by "same as last year" where the model was refused.
    """
    by = "last_purchases" if found.refusal else "model_purchases"
    ordered = found.rows.sort_values([by, "account_id"], ignore_index=True)
    group = np.arange(len(ordered)) * min(TENTHS, len(ordered)) // max(1, len(ordered)) + 1
    means = ordered.assign(tenth=group).groupby("tenth")
    return means.size().rename("accounts").to_frame().join(means[MEASURED].mean()).reset_index()
