"""Better versions, missing services and the register of opportunities in words; the columns of all their tables."""

import pandas as pd

from kam.base.columns import Column, columns
from kam.base.numbers import count, known, money, percent
from kam.base.ranges import RANGE
from kam.base.texts import _, ngettext

GAP_COLUMNS = columns(
    "name category expected_value value_low value_high why peer_share lift manager",
    name=Column(_("Account"), width=170),
    category=Column(_("Category"), width=150),
    expected_value=Column(_("A year"), "money", _("Expected value"), width=95),
    value_low=Column(
        _("from"),
        "number",
        _("{range} of what it may come to lies between").format(range=RANGE),
        width=80,
        form="%,.0f",
    ),
    value_high=Column(_("to"), "amount", width=80),
    peer_share=Column(_("Chance"), "percent", _("Share of peers that buy it, drawn towards the share of all accounts")),
    lift=Column(_("Lift"), "number", _("Of the category it buys that tells most"), form="%.1f"),
)
UP_SELL_COLUMNS = columns(
    "name product better spend gain why better_spend manager",
    name=Column(_("Account"), width=170),
    product=Column(_("Buys"), width=130),
    better=Column(_("Better version"), width=130),
    spend=Column(_("Spend"), "money", _("Spend of twelve months that could move"), width=95),
    gain=Column(_("More"), "money", _("What the better version would bring more, at the same quantity"), width=95),
    better_spend=Column(_("On the better one"), "money", _("What it spends on the better version already")),
)
SOLUTION_COLUMNS = columns(
    "name service expected_value spend why products state manager",
    name=Column(_("Account"), width=170),
    service=Column(_("Missing"), width=130),
    expected_value=Column(_("A year"), "money", _("Expected value"), width=95),
    spend=Column(_("Spend"), "money", _("Spend of twelve months on the products it completes"), width=95),
    products=Column(_("For"), width="medium"),
    state=Column(_("In the registers"), help=_("Of the category of the service")),
)
REGISTER_COLUMNS = columns(
    "name title stage source need worth probability next_step expected_on is_late owner manager",
    name=Column(_("Account"), width=170),
    title=Column(_("Opportunity"), width="medium"),
    stage=Column(_("Stage")),
    source=Column(_("Found by")),
    need=Column(_("Need or pain point"), width="medium"),
    worth=Column(_("Worth a year"), "money"),
    probability=Column(_("Chance"), "percent"),
    next_step=Column(_("Next step"), width="medium"),
    expected_on=Column(_("Decision"), "day"),
    is_late=Column(_("Late"), "yes"),
)


def up_sell_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how much is spent on base versions and what the better ones would bring."""
    accounts = len(set(rows["account_id"]))
    told = ngettext(
        "{accounts} account spends {spend} a year on versions that have a better one",
        "{accounts} accounts spend {spend} a year on versions that have a better one",
        accounts,
    ).format(accounts=count(accounts), spend=money(rows["spend"].sum(), currency))
    if rows["gain"].isna().all() and rows["price_step"].isna().all():
        return _("{spending}; what moving up would bring cannot be told without the price of a unit of both.").format(
            spending=told
        )
    return _("{spending}; all of it moved up at the same quantity would bring {gain} more.").format(
        spending=told, gain=money(rows["gain"].sum(), currency)
    )


def solutions_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say how often products are bought without the service that completes them."""
    accounts = len(set(rows["account_id"]))
    times = ngettext("{times} time in all", "{times} times in all", len(rows)).format(times=count(len(rows)))
    return ngettext(
        "{accounts} account buys products without their service, {times}: {worth} a year expected. Some of it is "
        "white space above, too, where no service is bought.",
        "{accounts} accounts buy products without their service, {times}: {worth} a year expected. Some of it is "
        "white space above, too, where no service is bought.",
        accounts,
    ).format(accounts=count(accounts), times=times, worth=money(rows["expected_value"].sum(), currency))


def register_title(rows: pd.DataFrame, currency: str | None = None) -> str:
    """Say what is open in the register, what it is worth by its chances, and what is late."""
    now = rows[rows["is_open"]]
    if now.empty:
        return ngettext(
            "None of {opportunities} opportunity is open.", "None of {opportunities} opportunities is open.", len(rows)
        ).format(opportunities=count(len(rows)))
    late = int(now["is_late"].sum())
    past = _("none are past the day of decision")
    if late:
        past = ngettext("{late} is past the day of decision", "{late} are past the day of decision", late)
    return ngettext(
        "{opportunities} opportunity open, worth {worth} a year, {expected} weighted by chance; {past}.",
        "{opportunities} opportunities open, worth {worth} a year, {expected} weighted by chance; {past}.",
        len(now),
    ).format(
        opportunities=count(len(now)),
        worth=money(now["worth"].sum(), currency),
        expected=money(now["expected_worth"].sum(), currency),
        past=past.format(late=count(late)),
    )


def step_reason(buyers: int, better_buyers: int, product: str, price_step: float, is_sold: bool = True) -> str:  # noqa: FBT001, FBT002 - a row's facts
    """Say how many buyers of a base version buy the better one, too, and how much dearer that is.

    >>> step_reason(40, 25, "Pump P1", 0.64)
    '25 of 40 buyers of Pump P1 buy the better version, too; a unit of it brings 64.0 % more.'
    """
    told = ngettext(
        "{better_buyers} of {buyers} buyer of {product} buys the better version, too",
        "{better_buyers} of {buyers} buyers of {product} buy the better version, too",
        buyers,
    ).format(better_buyers=count(better_buyers), buyers=count(buyers), product=product)
    if not known(price_step) and is_sold:
        return _("{buyers}; what a unit brings is unknown, since the sales have no quantity of it.").format(buyers=told)
    if not known(price_step):
        return _("{buyers}; it was not sold in these twelve months.").format(buyers=told)
    if price_step <= 0:
        return _("{buyers}; a unit of it brings no more.").format(buyers=told)
    return _("{buyers}; a unit of it brings {more} more.").format(buyers=told, more=percent(price_step))


def service_reason(takers: int, others: int, products: list[str]) -> str:
    """Say how many others that buy these products take the service that completes them.

    >>> service_reason(12, 30, ["Pump P1", "Pump P2"])
    '12 of 30 others that buy Pump P1, Pump P2 or their like take it.'
    """
    first, second = products[0], products[1] if len(products) > 1 else None
    if not others:
        nobody = _("Nobody else buys {first} or {second}.") if second else _("Nobody else buys {first}.")
        return nobody.format(first=first, second=second)
    like = _("{first}, {second} or their like") if second else _("{first} or its like")
    return ngettext(
        "{takers} of {others} other that buy {products} take it.",
        "{takers} of {others} others that buy {products} take it.",
        others,
    ).format(takers=count(takers), others=count(others), products=like.format(first=first, second=second))
