"""An accepted scenario becomes objectives: what each account with a plan would have to bring for it to come true."""

import datetime as dt

import numpy as np
import pandas as pd

from kam.base.numbers import money
from kam.base.periods import MONTHS, month_end, shift
from kam.base.texts import _

COLUMNS = (
    "plan_id",
    "account_id",
    "title",
    "metric",
    "window_months",
    "unit",
    "baseline",
    "target",
    "starts_on",
    "due_on",
    "owner",
    "serves",
    "serves_note",
)
_LEAST = 0.005  # a change below half a percent asks nothing of anybody


def draft_objectives(
    accounts: pd.DataFrame, plans: pd.DataFrame, *, today: dt.date, currency: str | None, name: str
) -> pd.DataFrame:
    """Propose one revenue objective for each account that a scenario moves and that has a running plan.

    Parameters
    ----------
    accounts
        The frame of `Book.what_if_accounts`: account_id, what, last_year, scenario, change.
    plans
        The frame of `Book.plans`: plan_id, account_id, status, manager.
    today
        The day the objectives would start after; they are due twelve months on.
    currency
        The book's currency.
    name
        What the scenario is called.

    Returns
    -------
    pandas.DataFrame
        One row an objective: the columns of the objectives table that are filled in, and account_id. An account that
        the scenario loses, or moves by less than half a percent, gets none.
    """
    running = plans[plans["status"] != "closed"].drop_duplicates("account_id")
    moved = accounts[accounts["what"].ne("lost") & (accounts["change"].abs() > _LEAST * accounts["baseline"].abs())]
    own = moved[["account_id", "last_year", "scenario"]]
    rows = own.merge(running[["plan_id", "account_id", "manager"]], on="account_id")
    start = shift(today, 1)
    found = pd.DataFrame(
        {
            "plan_id": rows["plan_id"],
            "account_id": rows["account_id"],
            "title": [
                _("Revenue from {before} to {after}, as in “{scenario}”").format(
                    before=money(before, currency), after=money(after, currency), scenario=name
                )
                for before, after in zip(rows["last_year"], rows["scenario"], strict=True)
            ],
            "metric": "revenue",
            "window_months": MONTHS,
            "unit": currency,
            "baseline": rows["last_year"].round(),
            "target": rows["scenario"].round(),
            "starts_on": start,
            "due_on": month_end(shift(start, MONTHS - 1)),
            "owner": rows["manager"].where(rows["manager"].notna(), None),
            "serves": "criterion",
            "serves_note": _("growth potential"),
        }
    )
    is_a_way = ~np.isclose(found["baseline"], found["target"])
    return found.loc[is_a_way, list(COLUMNS)].reset_index(drop=True)
