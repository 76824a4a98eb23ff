"""What the portfolio says in one sentence, and what its charts say in their titles."""

import pandas as pd

from kam.base.numbers import counted, known, money, month, percent, signed_money, spanned
from kam.base.ranges import LARGEST
from kam.base.texts import _

_WATCHED = ("dependence", _("claimed above evidence"))
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
    verb = "brings" if len(largest) == 1 else "bring"
    return _("{count:,} of {counted} {verb} {share} of {total} revenue").format(
        count=len(largest), counted=counted(len(selling), "account"), verb=verb, share=share, total=total
    )


def map_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much revenue grows and how much shrinks, and how much of it below the average margin rate."""
    selling = accounts[accounts["revenue"] > 0]
    if selling.empty:
        return _("No account brought revenue in these twelve months")
    compared = selling[selling["growth"].notna()]
    if compared.empty:
        total = money(selling["revenue"].sum(), currency)
        return _("{counted} bring {total}: no year before to compare").format(
            counted=counted(len(selling), "account"), total=total
        )
    growing = compared[compared["growth"] > 0]
    shrinking = compared[compared["growth"] < 0]
    up = _group(growing, "growing", currency)
    down = _group(shrinking, "shrinking", currency)
    rate = selling["margin"].sum() / (selling["revenue"] * selling["cost_coverage"]).sum() if _costed(selling) else None
    if shrinking.empty or rate is None:
        return f"{up}, {down}"
    poor = int((shrinking["margin_rate"] < rate).sum())
    return _("{up}, {down}: {poor:,} of these under the average margin of {rate}").format(
        up=up, down=down, poor=poor, rate=percent(rate)
    )


def changes_title(changes: pd.DataFrame, currency: str | None = None) -> str:
    """Say what was won and what was lost against the year before; takes the frame of `changes`."""
    if changes.empty:
        return _("Nothing changed that could be compared with the year before")
    gained = changes.loc[changes["change"] > 0, "change"]
    lost = changes.loc[changes["change"] < 0, "change"]
    if lost.empty:
        return _("{counted} brought {sum_}; none shrank").format(
            counted=counted(len(gained), "account"), sum_=signed_money(gained.sum(), currency)
        )
    if gained.empty:
        return _("{counted} took {sum_}; none grew").format(
            counted=counted(len(lost), "account"), sum_=signed_money(lost.sum(), currency)
        )
    up, down = signed_money(gained.sum(), currency), signed_money(lost.sum(), currency)
    return _("{counted} brought {up}, {counted_2} took {down}").format(
        counted=counted(len(gained), "account"), up=up, counted_2=counted(len(lost), "account"), down=down
    )


def _span(now: pd.Series) -> str:
    return _("the {spanned} to {month}").format(spanned=spanned(int(now["months_covered"])), month=month(now["month"]))


def _movement(now: pd.Series, span: str, currency: str | None) -> str:
    amount, growth = money(now["revenue"], currency), now["growth"]
    if not known(growth):
        return _("Revenue was {amount} in {span}, with no full year before to compare").format(amount=amount, span=span)
    if abs(growth) < _HELD:
        return _("Revenue held at {amount} in {span}").format(amount=amount, span=span)
    return _("Revenue {value} {abs} to {amount} in {span}").format(
        value="grew" if growth > 0 else "fell", abs=percent(abs(growth)), amount=amount, span=span
    )


def _resting(concentration: pd.DataFrame) -> str:
    row = concentration.iloc[0]
    if row["accounts"] == 1:
        return _("one account brings all of it")
    return _("the largest {largest} of accounts bring {top_20pct_share}").format(
        largest=LARGEST, top_20pct_share=percent(row["top_20pct_share"])
    )


def _in_danger(dangers: pd.DataFrame, currency: str | None) -> str:
    accounts = dangers[~dangers["kind"].isin(_WATCHED)].drop_duplicates("account_id")
    if accounts.empty:
        return _("no account is in danger")
    verb = "is" if len(accounts) == 1 else "are"
    return _("{counted} worth {sum_} {verb} in danger").format(
        counted=counted(len(accounts), "account"), sum_=money(accounts["revenue"].sum(), currency), verb=verb
    )


def _group(accounts: pd.DataFrame, word: str, currency: str | None) -> str:
    verb = "brings" if len(accounts) == 1 else "bring"
    noun = _("{word} account").format(word=word)
    if accounts.empty:
        return _("no {noun}").format(noun=noun)
    return f"{counted(len(accounts), noun)} {verb} {money(accounts['revenue'].sum(), currency)}"


def _costed(accounts: pd.DataFrame) -> bool:
    return bool((accounts["cost_coverage"] > 0).any())
