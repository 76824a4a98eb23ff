"""What the portfolio says in one sentence, and what its charts say in their titles."""

import pandas as pd

from kam.base.numbers import counted, known, money, month, percent, signed_money, spanned
from kam.base.ranges import LARGEST

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
        return "No sales up to this month: there is nothing to say about the portfolio yet."
    now = headline.iloc[-1]
    span = _span(now)
    if not known(now["revenue"]) or concentration["accounts"].iloc[0] == 0:
        return f"No account brought revenue in {span}."
    return f"{_movement(now, span, currency)}; {_resting(concentration)}, and {_in_danger(dangers, currency)}."


def pareto_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how few accounts bring most of the revenue; takes the frame of `accounts`."""
    selling = accounts[accounts["revenue"] > 0]
    if selling.empty:
        return "No account brought revenue in these twelve months"
    total = money(selling["revenue"].sum(), currency)
    if len(selling) == 1:
        return f"One account brings all revenue, {total}"
    largest = selling[selling["pareto_class"] == "A"]
    share = percent(largest["revenue"].sum() / selling["revenue"].sum())
    verb = "brings" if len(largest) == 1 else "bring"
    return f"{len(largest):,} of {counted(len(selling), 'account')} {verb} {share} of {total} revenue"


def map_title(accounts: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much revenue grows and how much shrinks, and how much of it below the average margin rate."""
    selling = accounts[accounts["revenue"] > 0]
    if selling.empty:
        return "No account brought revenue in these twelve months"
    compared = selling[selling["growth"].notna()]
    if compared.empty:
        total = money(selling["revenue"].sum(), currency)
        return f"{counted(len(selling), 'account')} bring {total}: no year before to compare"
    growing = compared[compared["growth"] > 0]
    shrinking = compared[compared["growth"] < 0]
    up = _group(growing, "growing", currency)
    down = _group(shrinking, "shrinking", currency)
    rate = selling["margin"].sum() / (selling["revenue"] * selling["cost_coverage"]).sum() if _costed(selling) else None
    if shrinking.empty or rate is None:
        return f"{up}, {down}"
    poor = int((shrinking["margin_rate"] < rate).sum())
    return f"{up}, {down}: {poor:,} of these under the average margin of {percent(rate)}"


def changes_title(changes: pd.DataFrame, currency: str | None = None) -> str:
    """Say what was won and what was lost against the year before; takes the frame of `changes`."""
    if changes.empty:
        return "Nothing changed that could be compared with the year before"
    gained = changes.loc[changes["change"] > 0, "change"]
    lost = changes.loc[changes["change"] < 0, "change"]
    if lost.empty:
        return f"{counted(len(gained), 'account')} brought {signed_money(gained.sum(), currency)}; none shrank"
    if gained.empty:
        return f"{counted(len(lost), 'account')} took {signed_money(lost.sum(), currency)}; none grew"
    up, down = signed_money(gained.sum(), currency), signed_money(lost.sum(), currency)
    return f"{counted(len(gained), 'account')} brought {up}, {counted(len(lost), 'account')} took {down}"


def _span(now: pd.Series) -> str:
    return f"the {spanned(int(now['months_covered']))} to {month(now['month'])}"


def _movement(now: pd.Series, span: str, currency: str | None) -> str:
    amount, growth = money(now["revenue"], currency), now["growth"]
    if not known(growth):
        return f"Revenue was {amount} in {span}, with no full year before to compare"
    if abs(growth) < _HELD:
        return f"Revenue held at {amount} in {span}"
    return f"Revenue {'grew' if growth > 0 else 'fell'} {percent(abs(growth))} to {amount} in {span}"


def _resting(concentration: pd.DataFrame) -> str:
    row = concentration.iloc[0]
    if row["accounts"] == 1:
        return "one account brings all of it"
    return f"the largest {LARGEST} of accounts bring {percent(row['top_20pct_share'])}"


def _in_danger(dangers: pd.DataFrame, currency: str | None) -> str:
    accounts = dangers[~dangers["kind"].isin(_WATCHED)].drop_duplicates("account_id")
    if accounts.empty:
        return "no account is in danger"
    verb = "is" if len(accounts) == 1 else "are"
    return f"{counted(len(accounts), 'account')} worth {money(accounts['revenue'].sum(), currency)} {verb} in danger"


def _group(accounts: pd.DataFrame, word: str, currency: str | None) -> str:
    verb = "brings" if len(accounts) == 1 else "bring"
    noun = f"{word} account"
    if accounts.empty:
        return f"no {noun}"
    return f"{counted(len(accounts), noun)} {verb} {money(accounts['revenue'].sum(), currency)}"


def _costed(accounts: pd.DataFrame) -> bool:
    return bool((accounts["cost_coverage"] > 0).any())
