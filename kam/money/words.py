"""What made revenue and margin change, what discounts cost, who stayed and who left, in sentences."""

import datetime as dt

import pandas as pd

from kam.base.numbers import count, known, money, month, percent, signed_money, spanned
from kam.base.terms import MEASURES
from kam.base.texts import _, ngettext, sentence

PARTS = {
    "list price": (_("list price"), _("What changed list prices did, at the discounts of the year before.")),
    "discount": (_("discount"), _("What changed discounts did, at the list prices of now.")),
    "price, list unknown": (
        _("price, list unknown"),
        _("Changed prices where a list price is missing: list and discount cannot be told apart."),
    ),
    "unit cost": (_("unit cost"), _("What changed unit costs did.")),
    "volume": (_("volume"), _("More or fewer units, at the mean price of the year before.")),
    "mix": (_("mix"), _("Dearer or cheaper products within a category, at the prices of the year before.")),
    "more bought": (
        _("more bought"),
        _("What continuing accounts bought more, where product or quantity is unknown: not divided further."),
    ),
    "less bought": (
        _("less bought"),
        _("What continuing accounts bought less, where product or quantity is unknown: not divided further."),
    ),
    "added products": (_("added products"), _("Products that accounts bought for the first time: cross-selling.")),
    "dropped products": (_("dropped products"), _("Products that accounts no longer buy.")),
    "new accounts": (_("new accounts"), _("Accounts that bought nothing in the year before.")),
    "lost accounts": (_("lost accounts"), _("Accounts that bought nothing in these twelve months.")),
    "returns and other": (
        _("returns and other"),
        _("Products with more sent back than bought in one of the years, and lines without units."),
    ),
    "price": (_("price"), _("List prices and discounts together.")),
    "volume and mix": (
        _("volume and mix"),
        _("More or fewer units, and dearer or cheaper products within a category."),
    ),
    "more and less bought": (
        _("more and less bought"),
        _(
            "What continuing accounts bought more and less, where product or quantity is unknown: "
            "price, volume and mix cannot be told apart."
        ),
    ),
    "added and dropped products": (
        _("added and dropped products"),
        _("Cross-selling, less what accounts no longer buy."),
    ),
    "new and lost accounts": (_("new and lost accounts"), _("Accounts that came, less accounts that left.")),
}
"""Each part of a bridge: how it is called, and what it is."""
NO_CATEGORIES = _(
    "No product has a category, so mix is told over all that an account buys. Add category "
    "to the products table to see it within each."
)
_YEAR = 12
NOT_COMPARED = _("Unknown: the data hold no year before to compare.")
_NO_COSTS = _("No line has a cost, so margin and what made it change are unknown. Add cost_amount to the sales.")


def unknown_note(rows: pd.DataFrame, measure: str) -> str:
    """Say why a bridge cannot be drawn: no costs, or no year before."""
    if measure == "margin" and not known(rows["amount"].iloc[-1]):
        return _NO_COSTS
    return _("There is nothing to compare with: the data hold no year before to compare.")


def finding(
    rows: pd.DataFrame,
    erosion: pd.DataFrame,
    as_of: dt.date,
    measure: str = "revenue",
    currency: str | None = None,
    *,
    months: int = _YEAR,
    months_before: int = _YEAR,
) -> str:
    """Say how much revenue or margin changed, what gained and what lost most, and what rising discounts cost.

    Takes the frames of `bridge` and `discount_erosion`; `months` of the last twelve are in the data. Where these hold
    fewer than the twelve `months_before`, a rate of change would mislead, and the sentence says with how many months it
    compares.
    """
    current, prior = rows["amount"].iloc[-1], rows["amount"].iloc[0]
    if not known(current):
        return _NO_COSTS if measure == "margin" else _("No sales up to this month: there is nothing to compare yet.")
    now = {
        "measure": MEASURES[measure].capitalize(),
        "current": money(current, currency),
        "period": _("the {months} to {last_month}").format(months=spanned(months), last_month=month(as_of)),
    }
    if not known(prior):
        return _("{measure} was {current} in {period}; the data hold no year before to compare.").format(**now)
    change = round(current - prior, 2)
    if months_before < _YEAR:
        said = ngettext(
            "{measure} was {current} in {period}, {change} on the only {months} month the data hold before",
            "{measure} was {current} in {period}, {change} on the only {months} months the data hold before",
            months_before,
        ).format(**now, change=signed_money(change, currency), months=count(months_before))
    elif not change:
        said = _("{measure} held at {current} in {period}").format(**now)
    elif prior > 0:
        said = _("{measure} rose {rate} to {current} in {period}")
        if change < 0:
            said = _("{measure} fell {rate} to {current} in {period}")
        said = said.format(**now, rate=percent(abs(change) / prior))
    else:
        said = _("{measure} rose to {current} in {period}")
        if change < 0:
            said = _("{measure} fell to {current} in {period}")
        said = said.format(**now)
    if moves := _most(rows, currency):
        said = _("{finding}: {moves}").format(finding=said, moves=", ".join(moves))
    eroded = _("discounts that rose with no volume following cost {cost}") if len(erosion) else ""
    return sentence(said, eroded.format(cost=money(erosion["cost"].sum(), currency)))


def bridge_title(summary: pd.DataFrame, measure: str = "revenue", currency: str | None = None) -> str:
    """Say what each group of parts made of the change; takes the frame of `bridge_summary`."""
    amounts = summary["amount"]
    if not known(amounts.iloc[0]):
        return _("What made {measure} change is unknown").format(measure=MEASURES[measure])
    change = amounts.iloc[-1] - amounts.iloc[0]
    parts = summary.iloc[1:-1]
    told = parts[parts["amount"].abs() >= _least(change, parts["amount"])]
    if told.empty:
        return _("{measure} did not change").format(measure=MEASURES[measure].capitalize())
    made = ", ".join(f"{PARTS[row['part']][0]} {signed_money(row['amount'])}" for row in told.to_dict("records"))
    if not change:
        return _("No change: {parts}").format(parts=made)
    return _("{change}: {parts}").format(change=signed_money(change, currency), parts=made)


def partial_note(first_day: dt.date, months_before: int) -> str | None:
    """Say that the data hold only some `months_before` of the year before; None if they hold all or none of it.

    >>> partial_note(dt.date(2025, 3, 9), 7)
    'The data begin in Mar 2025: the year before holds 7 of its 12 months, so part of each change is only that.'
    """
    if not 0 < months_before < _YEAR:
        return None
    return _(
        "The data begin in {first_month}: the year before holds {months} of its {year} months, so "
        "part of each change is only that."
    ).format(first_month=month(first_day), months=months_before, year=_YEAR)


def uncovered_note(rows: pd.DataFrame, currency: str | None = None) -> str | None:
    """Say how much revenue the margin bridge leaves out for want of costs; None if nothing."""
    prior, now = rows["uncovered"].iloc[0], rows["uncovered"].iloc[-1]
    if not known(rows["amount"].iloc[-1]) or not ((known(prior) and prior) or (known(now) and now)):
        return None
    return _("Left out for want of a cost: revenue of {now} now and {prior} a year ago.").format(
        now=money(now, currency), prior=money(prior, currency)
    )


def erosion_title(erosion: pd.DataFrame, currency: str | None = None) -> str:
    """Say what rising discounts cost where no volume followed; takes the frame of `discount_erosion`."""
    if erosion.empty:
        return _("Nowhere did discounts rise without volume following")
    worst = erosion.iloc[0]
    if len(erosion) == 1:
        paid = money(worst["cost"], currency)
        return _("{name} got more discount on {category}, worth {paid}, and took no more units").format(
            name=worst["name"], category=worst["category"], paid=paid
        )
    return ngettext(
        "{times} time a discount rose and no more units were bought, for {total} in all; the dearest: "
        "{name} on {category}, {cost}",
        "{times} times a discount rose and no more units were bought, for {total} in all; the dearest: "
        "{name} on {category}, {cost}",
        len(erosion),
    ).format(
        times=count(len(erosion)),
        total=money(erosion["cost"].sum(), currency),
        name=worst["name"],
        category=worst["category"],
        cost=money(worst["cost"], currency),
    )


def retention_title(headline: pd.DataFrame) -> str:
    """Say how gross retention stands and how it moved within the months shown; takes the frame of `headline`."""
    kept = headline["grr"].dropna()
    if kept.empty:
        return _("Retention is unknown: the data do not cover two years")
    now = _("Of last year's revenue {share} came again from the same accounts").format(share=percent(kept.iloc[-1]))
    if len(kept) == 1:
        return now
    moved = round(kept.iloc[-1] - kept.iloc[0], 4)
    then = _("{now}, as in {month}")
    if moved:
        then = _("{now}, up from {share} in {month}") if moved > 0 else _("{now}, down from {share} in {month}")
    return then.format(now=now, share=percent(kept.iloc[0]), month=month(headline.loc[kept.index[0], "month"]))


def cohorts_title(cohorts: pd.DataFrame) -> str:
    """Say how many of the accounts that came since the data began bought again a year after."""
    year = cohorts[(cohorts["quarters_since"] == 4) & ~cohorts["is_censored"]]  # noqa: PLR2004 - quarters of a year
    if year.empty or not year["accounts"].sum():
        return _("No account can be followed for a year yet")
    bought, came = int(year["alive"].sum()), int(year["accounts"].sum())
    return ngettext(
        "Of {accounts} new account, {bought} ({share}) bought in the quarter a year later",
        "Of {accounts} new accounts, {bought} ({share}) bought in the quarter a year later",
        came,
    ).format(accounts=count(came), bought=count(bought), share=percent(bought / came))


def censored_note(cohorts: pd.DataFrame) -> str | None:
    """Say that the first cohort is no cohort of new customers; None if it is not there."""
    first = cohorts[cohorts["is_censored"] & (cohorts["quarters_since"] == 0)]
    if first.empty:
        return None
    accounts = int(first["accounts"].iloc[0])
    return ngettext(
        "The data begin in the first quarter shown: its {accounts} account may have bought for years "
        "before, and so may some that buy seldom and stand a quarter or two later.",
        "The data begin in the first quarter shown: its {accounts} accounts may have bought for years "
        "before, and so may some that buy seldom and stand a quarter or two later.",
        accounts,
    ).format(accounts=count(accounts))


def drivers_title(drivers: pd.DataFrame, currency: str | None = None) -> str:
    """Say how few accounts make most of what was lost; takes the frame of `retention_drivers`."""
    if drivers.empty:
        return _("No account brought less than the year before")
    total = money(drivers["lost_revenue"].sum(), currency)
    if len(drivers) == 1:
        return _("{name} makes all of {total} lost").format(name=drivers["name"].iloc[0], total=total)
    half = int((drivers["cumulative_share"] < 0.5).sum())  # noqa: PLR2004 - one half
    made = _("{name} alone makes {share} of {total} lost")
    if half:
        made = ngettext(
            "{few} of {accounts} account make {share} of {total} lost",
            "{few} of {accounts} accounts make {share} of {total} lost",
            len(drivers),
        )
    made = made.format(
        name=drivers["name"].iloc[0],
        few=count(half + 1),
        accounts=count(len(drivers)),
        share=percent(drivers["cumulative_share"].iloc[half]),
        total=total,
    )
    gone = int((drivers["state"] == "lost").sum())
    if not gone:
        return _("{losses}; none of them has left").format(losses=made)
    return ngettext(
        "{losses}; {gone} of the {accounts} has left", "{losses}; {gone} of the {accounts} have left", gone
    ).format(losses=made, gone=count(gone), accounts=count(len(drivers)))


def _most(rows: pd.DataFrame, currency: str | None) -> list[str]:
    parts = rows.iloc[1:-1]
    told = []
    if (gained := parts["amount"].max()) > 0:
        told.append(
            _("{part} added most ({gained})").format(part=_part(parts, gained), gained=signed_money(gained, currency))
        )
    if (lost := parts["amount"].min()) < 0:
        told.append(_("{part} took most ({lost})").format(part=_part(parts, lost), lost=signed_money(lost, currency)))
    return told


def _part(parts: pd.DataFrame, amount: float) -> str:
    name = str(parts.loc[parts["amount"] == amount, "part"].iloc[0])
    return _SAID.get(name, PARTS[name][0])


_SAID = {
    "price, list unknown": _("prices without a list"),
    "more bought": _("what was bought more"),
    "less bought": _("what was bought less"),
}


def _least(change: float, amounts: pd.Series) -> float:
    """Return what a part must be to be told in a title: a hundredth of the largest, and something."""
    return max(0.01 * max(abs(change), amounts.abs().max()), 0.005)
