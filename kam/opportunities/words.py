"""Better versions, missing services and the register of opportunities in words."""

import pandas as pd

from kam.base.numbers import count, counted, known, money, percent


def up_sell_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much is spent on base versions and what the better ones would bring."""
    accounts = len(set(rows["account_id"]))
    spend = money(rows["spend"].sum(), currency)
    told = (
        f"{counted(accounts, 'account')} spend{'s' if accounts == 1 else ''} {spend} a year on versions that have a"
        " better one"
    )
    if rows["gain"].isna().all() and rows["price_step"].isna().all():
        return f"{told}; what moving up would bring cannot be told without the price of a unit of both."
    return f"{told}; all of it moved up at the same quantity would bring {money(rows['gain'].sum(), currency)} more."


def solutions_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how often products are bought without the service that completes them."""
    accounts, worth = len(set(rows["account_id"])), money(rows["expected_value"].sum(), currency)
    return (
        f"{counted(accounts, 'account')} buy{'s' if accounts == 1 else ''} products without their service,"
        f" {counted(len(rows), 'time')} in all: {worth} a year expected. Some of it is white space above, too, where no"
        " service is bought."
    )


def register_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is open in the register, what it is worth by its chances, and what is late."""
    now = rows[rows["is_open"]]
    if now.empty:
        return f"None of {counted(len(rows), 'opportunity', 'opportunities')} is open."
    late = int(now["is_late"].sum())
    return (
        f"{counted(len(now), 'opportunity', 'opportunities')} open, worth {money(now['worth'].sum(), currency)} a year,"
        f" {money(now['expected_worth'].sum(), currency)} weighted by chance; {count(late) if late else 'none'}"
        f" {'is' if late == 1 else 'are'} past the day of decision."
    )


def step_reason(buyers: int, better_buyers: int, product: str, price_step: float, is_sold: bool = True) -> str:  # noqa: FBT001, FBT002 - a row's facts
    """Say how many buyers of a base version buy the better one, too, and how much dearer that is.

    >>> step_reason(40, 25, "Pump P1", 0.64)
    '25 of 40 buyers of Pump P1 buy the better version, too; a unit of it brings 64.0 % more.'
    """
    told = f"{count(better_buyers)} of {counted(buyers, 'buyer')} of {product}"
    told += f" buy{'s' if buyers == 1 else ''} the better version, too"
    if not known(price_step) and is_sold:
        return f"{told}; what a unit brings is unknown, since the sales have no quantity of it."
    if not known(price_step):
        return f"{told}; it was not sold in these twelve months."
    if price_step <= 0:
        return f"{told}; a unit of it brings no more."
    return f"{told}; a unit of it brings {percent(price_step)} more."


def service_reason(takers: int, others: int, products: list[str]) -> str:
    """Say how many others that buy these products take the service that completes them.

    >>> service_reason(12, 30, ["Pump P1", "Pump P2"])
    '12 of 30 others that buy Pump P1, Pump P2 or their like take it.'
    """
    shown = products[:2]
    if not others:
        return f"Nobody else buys {' or '.join(shown)}."
    like = f"{', '.join(shown)} or their like" if len(shown) > 1 else f"{shown[0]} or its like"
    return f"{count(takers)} of {count(others)} other{'' if others == 1 else 's'} that buy {like} take it."
