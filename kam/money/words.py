"""What made revenue and margin change, what discounts cost, who stayed and who left, in sentences."""

import datetime as dt

import pandas as pd

from kam.base.numbers import counted, known, money, month, percent, signed_money, spanned
from kam.base.texts import _

MEANINGS = {
    "list price": _("What changed list prices did, at the discounts of the year before."),
    "discount": _("What changed discounts did, at the list prices of now."),
    "price, list unknown": _("Changed prices where a list price is missing: list and discount cannot be told apart."),
    "unit cost": _("What changed unit costs did."),
    "volume": _("More or fewer units, at the mean price of the year before."),
    "mix": _("Dearer or cheaper products within a category, at the prices of the year before."),
    "more bought": _(
        "What continuing accounts bought more, where product or quantity is unknown: not divided further."
    ),
    "less bought": _(
        "What continuing accounts bought less, where product or quantity is unknown: not divided further."
    ),
    "added products": _("Products that accounts bought for the first time: cross-selling."),
    "dropped products": _("Products that accounts no longer buy."),
    "new accounts": _("Accounts that bought nothing in the year before."),
    "lost accounts": _("Accounts that bought nothing in these twelve months."),
    "returns and other": _("Products with more sent back than bought in one of the years, and lines without units."),
    "price": _("List prices and discounts together."),
    "volume and mix": _("More or fewer units, and dearer or cheaper products within a category."),
    "more and less bought": _(
        "What continuing accounts bought more and less, where product or quantity is unknown: "
        "price, volume and mix cannot be told apart."
    ),
    "added and dropped products": _("Cross-selling, less what accounts no longer buy."),
    "new and lost accounts": _("Accounts that came, less accounts that left."),
}
"""What each part of a bridge is."""
NO_CATEGORIES = _(
    "No product has a category, so mix is told over all that an account buys. Add category "
    "to the products table to see it within each."
)
_NO_YEAR = _("the data hold no year before to compare")
_YEAR = 12
NOT_COMPARED = _("Unknown: {no_year}.").format(no_year=_NO_YEAR)
_NO_COSTS = _("No line has a cost, so margin and what made it change are unknown. Add cost_amount to the sales.")


def unknown_note(rows: pd.DataFrame, measure: str) -> str:
    """Say why a bridge cannot be drawn: no costs, or no year before."""
    if measure == "margin" and not known(rows["amount"].iloc[-1]):
        return _NO_COSTS
    return _("There is nothing to compare with: {no_year}.").format(no_year=_NO_YEAR)


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
    head, span = (
        measure.capitalize(),
        _("in the {spanned} to {as_of}").format(spanned=spanned(months), as_of=month(as_of)),
    )
    if not known(prior):
        return _("{head} was {current} {span}; {no_year}.").format(
            head=head, current=money(current, currency), span=span, no_year=_NO_YEAR
        )
    change = round(current - prior, 2)
    rate = f" {percent(abs(change) / prior)}" if prior > 0 and change else ""
    eroded = ""
    if not erosion.empty:
        cost = money(erosion["cost"].sum(), currency)
        eroded = _("; discounts that rose with no volume following cost {cost}").format(cost=cost)
    moves = _most(rows, currency)
    if months_before < _YEAR:
        against = _("{change} on the only {months_before} the data hold before").format(
            change=signed_money(change, currency), months_before=counted(months_before, "month")
        )
        return _("{head} was {current} {span}, {against}{value}{eroded}.").format(
            head=head,
            current=money(current, currency),
            span=span,
            against=against,
            value=f": {moves}" if moves else "",
            eroded=eroded,
        )
    verb = "rose" if change > 0 else "fell" if change < 0 else "held"
    said = f"{head} {verb}{rate} {'at' if not change else 'to'} {money(current, currency)} {span}"
    return f"{said}{f': {moves}' if moves else ''}{eroded}."


def bridge_title(summary: pd.DataFrame, measure: str = "revenue", currency: str | None = None) -> str:
    """Say what each group of parts made of the change; takes the frame of `bridge_summary`."""
    amounts = summary["amount"]
    if not known(amounts.iloc[0]):
        return _("What made {measure} change is unknown").format(measure=measure)
    change = amounts.iloc[-1] - amounts.iloc[0]
    parts = summary.iloc[1:-1]
    told = parts[parts["amount"].abs() >= _least(change, parts["amount"])]
    if told.empty:
        return _("{capitalize} did not change").format(capitalize=measure.capitalize())
    made = ", ".join(f"{row['part']} {signed_money(row['amount'])}" for row in told.to_dict("records"))
    return f"{signed_money(change, currency) if change else 'No change'}: {made}"


def partial_note(first_day: dt.date, months_before: int) -> str | None:
    """Say that the data hold only some `months_before` of the year before; None if they hold all or none of it.

    >>> partial_note(dt.date(2025, 3, 9), 7)
    'The data begin in Mar 2025: the year before holds 7 of its 12 months, so part of each change is only that.'
    """
    if not 0 < months_before < _YEAR:
        return None
    start = _("The data begin in {first_day}: the year before holds {months_before} of its {year} months").format(
        first_day=month(first_day), months_before=months_before, year=_YEAR
    )
    return _("{start}, so part of each change is only that.").format(start=start)


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
    cells = counted(len(erosion), "time")
    if len(erosion) == 1:
        paid = money(worst["cost"], currency)
        return _("{name} got more discount on {category}, worth {paid}, and took no more units").format(
            name=worst["name"], category=worst["category"], paid=paid
        )
    total = money(erosion["cost"].sum(), currency)
    dearest = _("{name} on {category}, {cost}").format(
        name=worst["name"], category=worst["category"], cost=money(worst["cost"], currency)
    )
    return _(
        "{cells} a discount rose and no more units were bought, for {total} in all; the dearest: {dearest}"
    ).format(cells=cells, total=total, dearest=dearest)


def retention_title(headline: pd.DataFrame) -> str:
    """Say how gross retention stands and how it moved within the months shown; takes the frame of `headline`."""
    kept = headline["grr"].dropna()
    if kept.empty:
        return _("Retention is unknown: the data do not cover two years")
    now = _("Of last year's revenue {iloc} came again from the same accounts").format(iloc=percent(kept.iloc[-1]))
    if len(kept) == 1:
        return now
    moved = kept.iloc[-1] - kept.iloc[0]
    then = month(headline.loc[kept.index[0], "month"])
    verb = "up" if moved > 0 else "down"
    still = round(abs(moved), 4) == 0
    return _("{now}, {value} in {then}").format(
        now=now,
        value="as" if still else _("{verb} from {iloc}").format(verb=verb, iloc=percent(kept.iloc[0])),
        then=then,
    )


def cohorts_title(cohorts: pd.DataFrame) -> str:
    """Say how many of the accounts that came since the data began bought again a year after."""
    year = cohorts[(cohorts["quarters_since"] == 4) & ~cohorts["is_censored"]]  # noqa: PLR2004 - quarters of a year
    if year.empty or not year["accounts"].sum():
        return _("No account can be followed for a year yet")
    bought, came = int(year["alive"].sum()), int(year["accounts"].sum())
    return _("Of {came}, {bought:,} ({percent}) bought in the quarter a year later").format(
        came=counted(came, "new account"), bought=bought, percent=percent(bought / came)
    )


def censored_note(cohorts: pd.DataFrame) -> str | None:
    """Say that the first cohort is no cohort of new customers; None if it is not there."""
    first = cohorts[cohorts["is_censored"] & (cohorts["quarters_since"] == 0)]
    if first.empty:
        return None
    return _(
        "The data begin in the first quarter shown: its {iloc} may have bought for years before, "
        "and so may some that buy seldom and stand a quarter or two later."
    ).format(iloc=counted(int(first["accounts"].iloc[0]), "account"))


def drivers_title(drivers: pd.DataFrame, currency: str | None = None) -> str:
    """Say how few accounts make most of what was lost; takes the frame of `retention_drivers`."""
    if drivers.empty:
        return _("No account brought less than the year before")
    total = money(drivers["lost_revenue"].sum(), currency)
    if len(drivers) == 1:
        return _("{iloc} makes all of {total} lost").format(iloc=drivers["name"].iloc[0], total=total)
    half = int((drivers["cumulative_share"] < 0.5).sum())  # noqa: PLR2004 - one half
    share = percent(drivers["cumulative_share"].iloc[half])
    gone = int((drivers["state"] == "lost").sum())
    few = (
        _("{value:,} of {counted} make").format(value=half + 1, counted=counted(len(drivers), "account"))
        if half
        else _("{iloc} alone makes").format(iloc=drivers["name"].iloc[0])
    )
    left = (
        _("none of them has left")
        if not gone
        else _("{gone:,} of the {count:,} {value} left").format(
            gone=gone, count=len(drivers), value="has" if gone == 1 else "have"
        )
    )
    return _("{few} {share} of {total} lost; {left}").format(few=few, share=share, total=total, left=left)


def _most(rows: pd.DataFrame, currency: str | None) -> str:
    parts = rows.iloc[1:-1]
    told = []
    if (gained := parts["amount"].max()) > 0:
        told.append(
            _("{part} added most ({gained})").format(part=_part(parts, gained), gained=signed_money(gained, currency))
        )
    if (lost := parts["amount"].min()) < 0:
        told.append(_("{part} took most ({lost})").format(part=_part(parts, lost), lost=signed_money(lost, currency)))
    return ", ".join(told)


def _part(parts: pd.DataFrame, amount: float) -> str:
    name = str(parts.loc[parts["amount"] == amount, "part"].iloc[0])
    return _SAID.get(name, name)


_SAID = {
    "price, list unknown": _("prices without a list"),
    "more bought": _("what was bought more"),
    "less bought": _("what was bought less"),
}


def _least(change: float, amounts: pd.Series) -> float:
    """Return what a part must be to be told in a title: a hundredth of the largest, and something."""
    return max(0.01 * max(abs(change), amounts.abs().max()), 0.005)
