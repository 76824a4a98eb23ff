"""What the portfolio says in one sentence, what its charts say in their titles, and the columns of its tables."""

import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, money, month, percent, signed_money, spanned
from kam.base.ranges import LARGEST
from kam.base.texts import _, ngettext

ACCOUNT_COLUMNS = columns(
    "name manager industry region revenue prior_revenue growth margin margin_rate discount_rate share "
    "cumulative_share pareto_class active_months state",
    pareto_class=Column(_("Class")),
    active_months=Column(_("Active months"), "count"),
)
CATEGORY_COLUMNS = columns(
    "category revenue prior_revenue products",
    category=Column(_("Category"), width="medium"),
    products=Column(_("Products"), "count"),
)
_WATCHED = ("dependence", "claimed above evidence")
_HELD = 0.0005


def finding(
    headline: pd.DataFrame, concentration: pd.DataFrame, dangers: pd.DataFrame, currency: str | None = None
) -> str:
    """Say how revenue moved, how few accounts it rests on, and what of it is in danger.

    Parameters
    ----------
    headline, concentration, dangers
        The frames of those names; the last row of `headline` is the one spoken about. An account is in danger if
        it is silent, falling, loses money or its discounts grow; dependence and claims are dangers to us or
        to our judgement, not of the account.
    currency
        Written before the amounts.
    """
    if headline.empty:
        return _("No sales up to this month: there is nothing to say about the portfolio yet.")
    now = headline.iloc[-1]
    span = _span(now)
    if not known(now["revenue"]) or concentration["accounts"].iloc[0] == 0:
        return _("No account brought revenue in {span}.").format(span=span)
    return _("{movement}; {resting}, and {in_danger}.").format(
        movement=_movement(now, span, currency),
        resting=_resting(concentration),
        in_danger=_in_danger(dangers, currency),
    )


def pareto_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how few accounts bring most of the revenue; takes the frame of `accounts`."""
    selling = accounts[accounts["revenue"] > 0]
    if selling.empty:
        return _("No account brought revenue in these twelve months")
    total = money(selling["revenue"].sum(), currency)
    if len(selling) == 1:
        return _("One account brings all revenue, {total}").format(total=total)
    largest = selling[selling["pareto_class"] == "A"]
    share = percent(largest["revenue"].sum() / selling["revenue"].sum())
    return ngettext(
        "{largest} of {accounts} accounts brings {share} of {total} revenue",
        "{largest} of {accounts} accounts bring {share} of {total} revenue",
        len(largest),
    ).format(largest=count(len(largest)), accounts=count(len(selling)), share=share, total=total)


def map_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much revenue grows and how much shrinks, and how much of it below the average margin rate."""
    selling = accounts[accounts["revenue"] > 0]
    if selling.empty:
        return _("No account brought revenue in these twelve months")
    compared = selling[selling["growth"].notna()]
    if compared.empty:
        total = money(selling["revenue"].sum(), currency)
        return ngettext(
            "{accounts} account brings {total}: no year before to compare",
            "{accounts} accounts bring {total}: no year before to compare",
            len(selling),
        ).format(accounts=count(len(selling)), total=total)
    growing = compared[compared["growth"] > 0]
    shrinking = compared[compared["growth"] < 0]
    up = ngettext(
        "{accounts} growing account brings {revenue}", "{accounts} growing accounts bring {revenue}", len(growing)
    ).format(accounts=count(len(growing)), revenue=money(growing["revenue"].sum(), currency))
    down = ngettext(
        "{accounts} shrinking account brings {revenue}", "{accounts} shrinking accounts bring {revenue}", len(shrinking)
    ).format(accounts=count(len(shrinking)), revenue=money(shrinking["revenue"].sum(), currency))
    up = _("no growing account") if growing.empty else up
    down = _("no shrinking account") if shrinking.empty else down
    rate = selling["margin"].sum() / (selling["revenue"] * selling["cost_coverage"]).sum() if _costed(selling) else None
    if shrinking.empty or rate is None:
        return _("{growing}, {shrinking}").format(growing=up, shrinking=down)
    poor = int((shrinking["margin_rate"] < rate).sum())
    return _("{growing}, {shrinking}: {poor} of these under the average margin of {rate}").format(
        growing=up, shrinking=down, poor=count(poor), rate=percent(rate)
    )


def changes_title(changes: pd.DataFrame, currency: str | None = None) -> str:
    """Say what was won and what was lost against the year before; takes the frame of `changes`."""
    if changes.empty:
        return _("Nothing changed that could be compared with the year before")
    gained = changes.loc[changes["change"] > 0, "change"]
    lost = changes.loc[changes["change"] < 0, "change"]
    brought = ngettext("{accounts} account brought {gain}", "{accounts} accounts brought {gain}", len(gained)).format(
        accounts=count(len(gained)), gain=signed_money(gained.sum(), currency)
    )
    took = ngettext("{accounts} account took {loss}", "{accounts} accounts took {loss}", len(lost)).format(
        accounts=count(len(lost)), loss=signed_money(lost.sum(), currency)
    )
    if lost.empty:
        return _("{brought}; none shrank").format(brought=brought)
    if gained.empty:
        return _("{took}; none grew").format(took=took)
    return _("{brought}, {took}").format(brought=brought, took=took)


def _span(now: pd.Series) -> str:
    months = spanned(int(now["months_covered"]))
    return _("the {months} to {last_month}").format(months=months, last_month=month(now["month"]))


def _movement(now: pd.Series, span: str, currency: str | None) -> str:
    amount, growth = money(now["revenue"], currency), now["growth"]
    if not known(growth):
        return _("Revenue was {amount} in {span}, with no full year before to compare").format(amount=amount, span=span)
    if abs(growth) < _HELD:
        return _("Revenue held at {amount} in {span}").format(amount=amount, span=span)
    if growth > 0:
        return _("Revenue grew {rate} to {amount} in {span}").format(rate=percent(growth), amount=amount, span=span)
    return _("Revenue fell {rate} to {amount} in {span}").format(rate=percent(-growth), amount=amount, span=span)


def _resting(concentration: pd.DataFrame) -> str:
    row = concentration.iloc[0]
    if row["accounts"] == 1:
        return _("one account brings all of it")
    return _("the largest {largest} of accounts bring {share}").format(
        largest=LARGEST, share=percent(row["top_20pct_share"])
    )


def _in_danger(dangers: pd.DataFrame, currency: str | None) -> str:
    accounts = dangers[~dangers["kind"].isin(_WATCHED)].drop_duplicates("account_id")
    if accounts.empty:
        return _("no account is in danger")
    return ngettext(
        "{accounts} account worth {revenue} is in danger",
        "{accounts} accounts worth {revenue} are in danger",
        len(accounts),
    ).format(accounts=count(len(accounts)), revenue=money(accounts["revenue"].sum(), currency))


def _costed(accounts: pd.DataFrame) -> bool:
    return bool((accounts["cost_coverage"] > 0).any())
