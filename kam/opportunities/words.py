"""Better versions, missing services and the register of opportunities in words."""

import pandas as pd

from kam.base.numbers import count, counted, known, money, percent
from kam.base.texts import _


def up_sell_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much is spent on base versions and what the better ones would bring."""
    accounts = len(set(rows["account_id"]))
    spend = money(rows["spend"].sum(), currency)
    told = _("{accounts} spend{value} {spend} a year on versions that have a better one").format(
        accounts=counted(accounts, "account"), value="s" if accounts == 1 else "", spend=spend
    )
    if rows["gain"].isna().all() and rows["price_step"].isna().all():
        return _("{told}; what moving up would bring cannot be told without the price of a unit of both.").format(
            told=told
        )
    return _("{told}; all of it moved up at the same quantity would bring {sum_} more.").format(
        told=told, sum_=money(rows["gain"].sum(), currency)
    )


def solutions_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how often products are bought without the service that completes them."""
    accounts, worth = len(set(rows["account_id"])), money(rows["expected_value"].sum(), currency)
    return _(
        "{accounts} buy{value} products without their service, {counted} in all: {worth} a year "
        "expected. Some of it is white space above, too, where no service is bought."
    ).format(
        accounts=counted(accounts, "account"),
        value="s" if accounts == 1 else "",
        counted=counted(len(rows), "time"),
        worth=worth,
    )


def register_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is open in the register, what it is worth by its chances, and what is late."""
    now = rows[rows["is_open"]]
    if now.empty:
        return _("None of {counted} is open.").format(counted=counted(len(rows), "opportunity", "opportunities"))
    late = int(now["is_late"].sum())
    return _(
        "{counted} open, worth {sum_} a year, {sum__2} weighted by chance; {value} {value_2} past the day of decision."
    ).format(
        counted=counted(len(now), "opportunity", "opportunities"),
        sum_=money(now["worth"].sum(), currency),
        sum__2=money(now["expected_worth"].sum(), currency),
        value=count(late) if late else "none",
        value_2="is" if late == 1 else "are",
    )


def step_reason(buyers: int, better_buyers: int, product: str, price_step: float, is_sold: bool = True) -> str:  # noqa: FBT001, FBT002 - a row's facts
    """Say how many buyers of a base version buy the better one, too, and how much dearer that is.

    >>> step_reason(40, 25, "Pump P1", 0.64)
    '25 of 40 buyers of Pump P1 buy the better version, too; a unit of it brings 64.0 % more.'
    """
    told = _("{better_buyers} of {buyers} of {product}").format(
        better_buyers=count(better_buyers), buyers=counted(buyers, "buyer"), product=product
    )
    told += _(" buy{value} the better version, too").format(value="s" if buyers == 1 else "")
    if not known(price_step) and is_sold:
        return _("{told}; what a unit brings is unknown, since the sales have no quantity of it.").format(told=told)
    if not known(price_step):
        return _("{told}; it was not sold in these twelve months.").format(told=told)
    if price_step <= 0:
        return _("{told}; a unit of it brings no more.").format(told=told)
    return _("{told}; a unit of it brings {price_step} more.").format(told=told, price_step=percent(price_step))


def service_reason(takers: int, others: int, products: list[str]) -> str:
    """Say how many others that buy these products take the service that completes them.

    >>> service_reason(12, 30, ["Pump P1", "Pump P2"])
    '12 of 30 others that buy Pump P1, Pump P2 or their like take it.'
    """
    shown = products[:2]
    if not others:
        return _("Nobody else buys {shown}.").format(shown=" or ".join(shown))
    like = (
        _("{shown} or their like").format(shown=", ".join(shown))
        if len(shown) > 1
        else _("{shown} or its like").format(shown=shown[0])
    )
    return _("{takers} of {others} other{value} that buy {like} take it.").format(
        takers=count(takers), others=count(others), value="" if others == 1 else "s", like=like
    )
