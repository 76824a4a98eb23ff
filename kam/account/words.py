"""What one account's page says: how it stands, and how its months went; and the columns of its rivals, risks, value."""

import numpy as np
import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, money, percent, signed_money, signed_percent, spanned
from kam.base.terms import MEASURES, RUNG_NAMES
from kam.base.texts import _, ngettext

VALUE_COLUMNS = columns(
    "delivered_on kind description amount confirmed",
    delivered_on=Column(_("Day"), "day"),
    kind=Column(_("What")),
    description=Column(_("In a few words"), width="large"),
    amount=Column(_("Worth"), "money"),
    confirmed=Column(_("Confirmed"), "yes"),
)
RIVAL_COLUMNS = columns(
    "rival state category strengths weaknesses our_difference noted_on",
    rival=Column(_("Rival"), width="medium"),
    state=Column(_("What it does")),
    category=Column(_("Where")),
    strengths=Column(_("Where it is better"), width="medium"),
    weaknesses=Column(_("Where it is worse"), width="medium"),
    our_difference=Column(_("What sets us apart"), width="large"),
    noted_on=Column(_("Noted"), "day"),
)
RISK_COLUMNS = columns(
    "title status expected_loss probability impact mitigation owner due_on is_overdue",
    title=Column(_("Risk"), width="medium"),
    status=Column(_("Status")),
    expected_loss=Column(_("Expected loss"), "money", _("Probability × margin at risk")),
    probability=Column(_("Chance in a year"), "percent"),
    impact=Column(_("Of the margin"), "percent"),
    mitigation=Column(_("What is done"), width="medium"),
    due_on=Column(_("Until"), "day"),
    is_overdue=Column(_("Overdue"), "yes"),
)


def finding(account: pd.Series, rung: pd.Series, currency: str | None = None, *, months: int = 12) -> str:
    """Say in one sentence what an account brings, where that goes, and how it sees us.

    `account` is a row of the accounts frame, `rung` of the ladder frame; `months` of the last twelve are in the data.
    """
    said = _("{name} brought {revenue} in {months}")
    if account["state"] == "new":
        said = _("{name} brought {revenue} in {months}, its first")
    elif account["state"] == "lost":
        said = _("{name} is lost: {before} a year ago, nothing since")
    elif known(account["growth"]):
        said = _("{name} brought {revenue} in {months}, {growth} on the year before")
    said = said.format(
        name=account["name"],
        revenue=money(account["revenue"], currency),
        months=spanned(months),
        before=money(account["prior_revenue"], currency),
        growth=signed_percent(account["growth"]),
    )
    if known(account["margin_rate"]):
        said = _("{finding}, at a margin of {rate}").format(finding=said, rate=percent(account["margin_rate"]))
    if rung["rung"] == "unknown":
        return _("{finding}; on which rung it sees us is unknown.").format(finding=said)
    return _("{finding}; the evidence says it sees us as a {rung}.").format(finding=said, rung=RUNG_NAMES[rung["rung"]])


def months_title(months: pd.DataFrame, measure: str = "revenue") -> str:
    """Say in how many of the months the account brought more than a year earlier."""
    compared = months.dropna(subset=[measure, f"prior_{measure}"])
    if compared.empty:
        return _("Twelve months of {measure}; the data hold no year before").format(measure=MEASURES[measure])
    ahead = int((compared[measure] > compared[f"prior_{measure}"]).sum())
    return ngettext(
        "{ahead} of {months} month brought more {measure} than a year earlier",
        "{ahead} of {months} months brought more {measure} than a year earlier",
        len(compared),
    ).format(ahead=ahead, months=len(compared), measure=MEASURES[measure])


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
    return ngettext(
        "It buys {categories} category; {category} moved most, by {change}",
        "It buys {categories} categories; {category} moved most, by {change}",
        bought,
    ).format(
        categories=count(bought),
        category=categories["category"].iloc[most],
        change=signed_money(change[most], currency),
    )
