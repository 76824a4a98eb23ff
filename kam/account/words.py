"""What one account's page says: how it stands, and how its months went."""

import numpy as np
import pandas as pd

from kam.base.numbers import counted, known, money, percent, signed_money, signed_percent, spanned


def finding(account: pd.Series, rung: pd.Series, currency: str | None = None, *, months: int = 12) -> str:
    """Say in one sentence what an account brings, where that goes, and how it sees us.

    `account` is a row of the accounts frame, `rung` of the ladder frame; `months` of the last twelve are in the data.
    """
    said = f"{account['name']} brought {money(account['revenue'], currency)} in {spanned(months)}"
    if account["state"] == "new":
        said += ", its first"
    elif account["state"] == "lost":
        said = f"{account['name']} is lost: {money(account['prior_revenue'], currency)} a year ago, nothing since"
    elif known(account["growth"]):
        said += f", {signed_percent(account['growth'])} on the year before"
    if known(account["margin_rate"]):
        said += f", at a margin of {percent(account['margin_rate'])}"
    if rung["rung"] == "unknown":
        return f"{said}; on which rung it sees us is unknown."
    return f"{said}; the evidence says it sees us as a {rung['rung']}."


def months_title(months: pd.DataFrame, measure: str = "revenue") -> str:
    """Say in how many of the months the account brought more than a year earlier."""
    compared = months.dropna(subset=[measure, f"prior_{measure}"])
    if compared.empty:
        return f"Twelve months of {measure}; the data hold no year before"
    ahead = int((compared[measure] > compared[f"prior_{measure}"]).sum())
    return f"{ahead} of {len(compared)} months brought more {measure} than a year earlier"


def categories_title(categories: pd.DataFrame, currency: str | None = None) -> str:
    """Say how many categories an account buys, and which moved most within a year.

    >>> rows = {"category": ["Pumps", "Valves"], "revenue": [9.0, 1.0], "prior_revenue": [9.0, 4.0]}
    >>> categories_title(pd.DataFrame(rows), "EUR")
    'It buys 2 categories; Valves moved most, by −EUR 3.00'
    """
    bought = int((categories["revenue"] > 0).sum())
    change = (categories["revenue"] - categories["prior_revenue"]).to_numpy(dtype=float)
    if not len(change):
        return "It bought nothing in these two years"
    most = int(np.abs(change).argmax())
    moved = f"{categories['category'].iloc[most]} moved most, by {signed_money(change[most], currency)}"
    return f"It buys {counted(bought, 'category', 'categories')}; {moved}"
