"""The lifetime value of every account, by the method that the back-test favours, with its range."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import window_start
from kam.base.rules import HIGH, LOW, MONTHLY_DISCOUNT
from kam.lifetime.fit import Fitted
from kam.lifetime.forecast import Forecast, forecast
from kam.lifetime.last_year import same_again
from kam.lifetime.occasions import brought
from kam.lifetime.simple import simple
from kam.lifetime.words import MODEL

YEAR, LONGEST = 12, 120
COLUMNS = [
    *("account_id", "name", "manager", "industry", "region", "frequency", "recency", "T", "p_alive"),
    *("expected_purchases", "clv", "clv_low", "clv_high", "retention", "method", "revenue", "margin"),
]
_UNKNOWN = ("p_alive", "expected_purchases", "retention")
TEXTS = ("account_id", "name", "manager", "industry", "region", "method")


@dataclass(frozen=True, slots=True, eq=False)
class Lifetime:
    """A row an account, most worth first, and the futures behind the ranges, in the same order."""

    rows: pd.DataFrame
    futures: np.ndarray

    def narrowed(self, account_ids: list[str] | None) -> pd.DataFrame:
        """Return the rows of some accounts, or of all."""
        return self.rows[self._chosen(account_ids)].reset_index(drop=True)

    def total(self, account_ids: list[str] | None) -> pd.DataFrame:
        """Add accounts up, in one row: accounts; valued, those with a known value; clv, clv_low, clv_high.

        The range is that of the sums within each future, so that what is uncertain of all alike adds up, and what is
        of each by itself evens out. NaN if no value is known.
        """
        is_chosen = self._chosen(account_ids)
        is_valued = is_chosen & self.rows["clv"].notna().to_numpy()
        told = {"accounts": int(is_chosen.sum()), "valued": int(is_valued.sum())}
        total, low, high = np.nan, np.nan, np.nan
        if is_valued.any():
            total = float(self.rows.loc[is_valued, "clv"].sum())
            low, high = np.quantile(self.futures[is_valued].sum(axis=0, dtype=float), (LOW, HIGH)).tolist()
        return pd.DataFrame([{**told, "clv": total, "clv_low": min(low, total), "clv_high": max(high, total)}])

    def _chosen(self, account_ids: list[str] | None) -> np.ndarray:
        is_all = np.ones(len(self.rows), dtype=bool)
        return is_all if account_ids is None else self.rows["account_id"].isin(account_ids).to_numpy()


def lifetime(
    cursor: duckdb.DuckDBPyConnection,
    found: Fitted,
    *,
    as_of: dt.date,
    months: int = YEAR,
    monthly_discount: float = MONTHLY_DISCOUNT,
) -> Lifetime:
    """Value every account by the method that the back-test favours.

    The models where they are not refused and foretold what accounts brought with the smaller error; "same as last
    year" where that did; the simple formula where there is no model to compare.

    Parameters
    ----------
    found
        `kam.lifetime.fit.fit` of the same book, level and as-of month.
    months, monthly_discount
        How far ahead (1 to 120), and the discount a month (0 or more, under 1). The simple formula looks ahead without
        end, at the same discount compounded to a year.

    Returns
    -------
    Lifetime
        `rows`: one row an account with sales, most worth first, unknown last: account_id, name, manager, industry,
        region; frequency, recency and T (weeks; NaN if it never brought anything); p_alive (NaN without a model);
        expected_purchases within the months, by the better forecast of purchases (NaN without a model); clv with its
        90 % range clv_low … clv_high, in money; retention of its peers (where the formula is simple); method; revenue
        and margin of the last twelve months.

    Raises
    ------
    kam.base.errors.QuestionError
        Months or discount out of their range.
    """
    if not 1 <= months <= LONGEST or months != int(months) or not 0 <= monthly_discount < 1:
        raise QuestionError(
            f"Lifetime value looks 1 to {LONGEST} months ahead at a discount of 0 to under 1 a month, not"
            f" {months!r} months at {monthly_discount!r}. Nothing was changed."
        )
    model, test, customers = found.model, found.test, found.customers
    rows = found.accounts.join(customers.drop(columns="mean_value").set_index("account_id"), on="account_id")
    columns: dict[str, pd.Series] = dict.fromkeys(_UNKNOWN, pd.Series(dtype="float64"))
    if model is None or test is None:
        yearly = (1 + monthly_discount) ** YEAR - 1
        chosen = simple(found.accounts, as_of=as_of, yearly_discount=yearly, measure=found.measure)
        columns["retention"] = chosen.rows.set_index("account_id")["retention"]
    else:
        again = _same_again(cursor, found, as_of=as_of, months=months, monthly_discount=monthly_discount)
        chosen = again
        if found.method == MODEL:
            chosen = forecast(model, customers, months=months, monthly_discount=monthly_discount)
        alive = model.purchases.p_alive(customers["frequency"], customers["recency"], customers["T"])
        columns["p_alive"] = pd.Series(alive, index=customers["account_id"])
        columns["expected_purchases"] = again.rows.set_index("account_id")["expected_purchases"]
        if found.purchases_method == MODEL:
            bought = model.purchases_ahead(customers, months)[:, -1]
            columns["expected_purchases"] = pd.Series(bought, index=customers["account_id"])
    values = chosen.rows.set_index("account_id")
    columns |= {name: values[name] for name in ("clv", "clv_low", "clv_high")}
    rows = rows.assign(
        method=found.method,
        place=values.index.get_indexer(pd.Index(rows["account_id"])),
        **{name: column.reindex(rows["account_id"]).to_numpy() for name, column in columns.items()},
    ).sort_values(["clv", "account_id"], ascending=[False, True], na_position="last", ignore_index=True)
    futures = np.where((rows["place"] >= 0).to_numpy()[:, None], chosen.futures[rows["place"]], np.nan)
    return Lifetime(rows[COLUMNS].astype(dict.fromkeys(TEXTS, "str")), futures.astype(np.float32))


def _same_again(
    cursor: duckdb.DuckDBPyConnection, found: Fitted, *, as_of: dt.date, months: int, monthly_discount: float
) -> Forecast:
    """Expect what each account brought in as many months before, or in all there are."""
    spanned = min(months, found.months_of_data)
    of = brought(cursor, start=window_start(as_of, spanned), end=as_of, measure=found.measure)
    ids = found.accounts["account_id"]
    known = of.reindex(ids)
    is_idle = ~ids.isin(of.index).to_numpy()
    last = pd.DataFrame(
        {
            "account_id": ids,
            "last_purchases": known["purchases"].fillna(0.0).to_numpy(),
            "last_value": np.where(is_idle, 0.0, known["value"].to_numpy(dtype=float)),
        }
    )
    test = found.test
    tested = pd.DataFrame(columns=["value", "last_value"]) if test is None else test.rows
    lengths = {"months": months, "spanned": spanned, "tested_months": 1 if test is None else test.months}
    return same_again(last, tested, monthly_discount=monthly_discount, **lengths)
