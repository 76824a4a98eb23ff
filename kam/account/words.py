"""What one account's page says: how it stands, and how its months went."""

import numpy as np
import pandas as pd

from kam.base.numbers import counted, known, money, percent, signed_money, signed_percent, spanned
from kam.base.texts import _


def finding(account: pd.Series, rung: pd.Series, currency: str | None = None, *, months: int = 12) -> str:
    """Say in one sentence what an account brings, where that goes, and how it sees us.

    `account` is a row of the accounts frame, `rung` of the ladder frame; `months` of the last twelve are in the data.
    """
    said = _("{name} brought {revenue} in {spanned}").format(
        name=account["name"], revenue=money(account["revenue"], currency), spanned=spanned(months)
    )
    if account["state"] == "new":
        said += _(", its first")
    elif account["state"] == "lost":
        said = _("{name} is lost: {prior_revenue} a year ago, nothing since").format(
            name=account["name"], prior_revenue=money(account["prior_revenue"], currency)
        )
    elif known(account["growth"]):
        said += _(", {growth} on the year before").format(growth=signed_percent(account["growth"]))
    if known(account["margin_rate"]):
        said += _(", at a margin of {margin_rate}").format(margin_rate=percent(account["margin_rate"]))
    if rung["rung"] == "unknown":
        return _("{said}; on which rung it sees us is unknown.").format(said=said)
    return _("{said}; the evidence says it sees us as a {rung}.").format(said=said, rung=rung["rung"])


def months_title(months: pd.DataFrame, measure: str = "revenue") -> str:
    """Say in how many of the months the account brought more than a year earlier."""
    compared = months.dropna(subset=[measure, f"prior_{measure}"])
    if compared.empty:
        return _("Twelve months of {measure}; the data hold no year before").format(measure=measure)
    ahead = int((compared[measure] > compared[f"prior_{measure}"]).sum())
    return _("{ahead} of {count} months brought more {measure} than a year earlier").format(
        ahead=ahead, count=len(compared), measure=measure
    )


def categories_title(categories: pd.DataFrame, currency: str | None = None) -> str:
    """Say how many categories an account buys, and which moved most within a year.

    >>> rows = {"category": ["Pumps", "Valves"], "revenue": [9.0, 1.0], "prior_revenue": [9.0, 4.0]}
    >>> categories_title(pd.DataFrame(rows), "EUR")
    'It buys 2 categories; Valves moved most, by −EUR 3.00'
    """
    bought = int((categories["revenue"] > 0).sum())
    change = (categories["revenue"] - categories["prior_revenue"]).to_numpy(dtype=float)
    if not len(change):
        return _("It bought nothing in these two years")
    most = int(np.abs(change).argmax())
    moved = _("{iloc} moved most, by {change}").format(
        iloc=categories["category"].iloc[most], change=signed_money(change[most], currency)
    )
    return _("It buys {bought}; {moved}").format(bought=counted(bought, "category", "categories"), moved=moved)
