"""What one account's page says: how it stands, and how its months went."""

import pandas as pd

from kam.words.numbers import known, money, percent, signed_percent


def finding(account: pd.Series, rung: pd.Series, currency: str | None = None) -> str:
    """Say in one sentence what an account brings, where that goes, and how it sees us.

    `account` is a row of the accounts frame, `rung` of the ladder frame.
    """
    said = f"{account['name']} brought {money(account['revenue'], currency)} in twelve months"
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


def months_title(months: pd.DataFrame) -> str:
    """Say in how many of the months the account bought more than a year earlier."""
    compared = months.dropna(subset=["prior_revenue"])
    if compared.empty:
        return "Twelve months of revenue; the data hold no year before"
    ahead = int((compared["revenue"] > compared["prior_revenue"]).sum())
    return f"{ahead} of {len(compared)} months brought more than a year earlier"
