"""The models of a book, fitted to all its accounts and tested on its last months, or refused: what no horizon moves."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import months_between
from kam.lifetime.back_test import BackTest, back_test
from kam.lifetime.bg_nbd import BgNbd
from kam.lifetime.gamma_gamma import GammaGamma
from kam.lifetime.model import Model, fitted
from kam.lifetime.occasions import correlation, occasions
from kam.lifetime.words import LAST_YEAR, MODEL, SIMPLE, reason, untested
from kam.portfolio.accounts import accounts

DOUBTFUL_CORRELATION = 0.3
_BUYING, _WORTH = ("r", "alpha", "a", "b"), ("p", "q", "v")
_FORECASTS = ("model_purchases", "last_purchases", "model_value", "last_value")


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """All accounts of a book, the models of them or why there are none, and how well these foretold the last months.

    Attributes
    ----------
    accounts, customers
        `kam.portfolio.accounts.accounts` and `kam.lifetime.occasions.occasions` of all accounts.
    months_of_data
        From the month of the first day to the as-of month.
    model, refusal
        One of them is None.
    test
        None where there are not three months.
    """

    accounts: pd.DataFrame
    customers: pd.DataFrame
    months_of_data: int
    model: Model | None
    refusal: str | None
    test: BackTest | None

    @property
    def measure(self) -> str:
        """What an account is valued by: "margin", or "revenue" in a book without costs."""
        return self.customers.attrs["measure"]

    @property
    def method(self) -> str:
        """By what accounts are valued: the model, if it foretold what they brought better than "same as last year"."""
        if self.model is None or self.test is None:
            return SIMPLE
        return MODEL if self.test.error("model_value") < self.test.error("last_value") else LAST_YEAR

    @property
    def purchases_method(self) -> str | None:
        """By what purchases are foretold: the better one at that; None without a model to compare."""
        if self.model is None or self.test is None:
            return None
        return MODEL if self.test.error("model_purchases") < self.test.error("last_purchases") else LAST_YEAR


def fit(cursor: duckdb.DuckDBPyConnection, *, first_day: dt.date, last_day: dt.date, as_of: dt.date) -> Fitted:
    """Fit the models to all accounts of a book, and test them; nothing after `as_of` is seen.

    A model of which there is no test, because the months before the last ones cannot be modelled, is refused, too.

    Parameters
    ----------
    cursor
        A cursor of a view; by parent, the purchases of a family are taken together.
    first_day, last_day
        The first and the last day of the sales.
    as_of
        The last day of the as-of month.
    """
    everybody = accounts(cursor, as_of=as_of)
    customers = occasions(cursor, end=min(as_of, last_day))
    test = back_test(cursor, first_day=first_day, as_of=as_of)
    months_of_data = max(1, months_between(first_day, as_of) + 1)
    model = fitted(customers)
    refusal = model if isinstance(model, str) else None
    if refusal is None and (test is None or test.refusal):
        refusal = untested(None if test is None else test.start, None if test is None else test.refusal)
    return Fitted(
        everybody, customers, months_of_data, None if refusal or isinstance(model, str) else model, refusal, test
    )


def method_row(found: Fitted) -> pd.DataFrame:
    """Tell in one row how accounts are valued, why, and how well that did in the back-test.

    Returns
    -------
    pandas.DataFrame
        method and purchases_method ("BG/NBD and gamma-gamma", "same as last year", "simple"); refusal, why there is no
        model; measure, "margin" or "revenue"; accounts and repeaters; weeks, from the first purchase to the end; r,
        alpha, a, b, p, q, v, each with its standard error (`r_error` …), in weeks and money, NaN without a model;
        correlation of frequency and mean worth, and is_doubtful, whether it is above 0.3; test_start, test_end,
        test_months, test_accounts; for each of model_purchases, last_purchases, model_value, last_value its mean
        absolute error an account (`…_error`) and by which share its total was too high (`…_total`); covered, the share
        of accounts within the model's 90 % range.
    """
    model, test, customers = found.model, found.test, found.customers
    told: dict[str, object] = {
        "method": found.method,
        "purchases_method": found.purchases_method,
        "refusal": found.refusal,
        "measure": found.measure,
        "accounts": len(customers),
        "repeaters": int((customers["frequency"] > 0).sum()),
        "weeks": float(customers["T"].max()),
    }
    told |= _parameters(_BUYING, model.purchases if model else None)
    told |= _parameters(_WORTH, model.worth if model else None)
    told["correlation"] = correlation(customers)
    told["is_doubtful"] = bool(told["correlation"] > DOUBTFUL_CORRELATION)
    told |= {
        "test_start": pd.NaT if test is None else pd.Timestamp(test.start),
        "test_end": pd.NaT if test is None else pd.Timestamp(test.end),
        "test_months": np.nan if test is None else test.months,
        "test_accounts": np.nan if test is None else len(test.rows),
    }
    for name in _FORECASTS:
        told[f"{name}_error"] = np.nan if test is None else test.error(name)
        told[f"{name}_total"] = np.nan if test is None else test.total_error(name)
    told["covered"] = np.nan if test is None else test.covered()
    prior = found.accounts["prior_revenue"]
    told["retention"] = float((found.accounts["revenue"] > 0)[prior > 0].mean()) if (prior > 0).any() else np.nan
    told["reason"] = reason(pd.Series(told))
    texts = ("method", "purchases_method", "refusal", "measure", "reason")
    return pd.DataFrame([told]).astype(dict.fromkeys(texts, "str"))


def _parameters(names: tuple[str, ...], part: BgNbd | GammaGamma | None) -> dict[str, float]:
    """Name the parameters and their standard errors; all NaN without a model."""
    values = np.array([np.nan if part is None else getattr(part, name) for name in names])
    errors = values * (np.nan if part is None else part.log_errors)
    return dict(zip((*names, *(f"{name}_error" for name in names)), (*values.tolist(), *errors.tolist()), strict=True))
