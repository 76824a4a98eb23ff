"""The columns of the tables of bridges, discounts, retention and losses."""

import pandas as pd

from kam.base.columns import Column, Columns, columns
from kam.base.texts import _
from kam.money import words
from kam.money.bridge import parts_of

TOLD_BY = {
    "account": _("Account"),
    "parent": _("Parent"),
    "category": _("Category"),
    "manager": _("Manager"),
    "region": _("Region"),
    "industry": _("Industry"),
}
EROSION_COLUMNS = columns(
    "name category cost volume_change prior_discount_rate discount_rate revenue manager",
    cost=Column(
        _("It cost"), "money", _("What the units of now would have brought more at the discounts of a year ago")
    ),
    volume_change=Column(_("Units"), "percent", _("Change of the units bought")),
    prior_discount_rate=Column(_("Discount then"), "percent"),
    discount_rate=Column(_("Discount now"), "percent"),
)
DRIVER_COLUMNS = columns(
    "name manager state prior_revenue revenue lost_revenue share cumulative_share",
    revenue=Column(_("Now"), "money"),
    lost_revenue=Column(_("Lost"), "money"),
    share=Column(_("Of all lost"), "percent"),
)


def bridge_columns(table: pd.DataFrame, by: str, measure: str) -> Columns:
    """Take the columns of a bridge told apart; a part that nobody has is left out."""
    of = "name" if by in ("account", "parent") else by
    parts = {name: part for name, part in parts_of(measure).items() if table[name].fillna(0).ne(0).any()}
    uncovered = measure == "margin" and table["uncovered"].fillna(0).ne(0).any()
    return columns(
        " ".join([of, "change prior current", *parts, *(["uncovered"] if uncovered else [])]),
        **{of: Column(TOLD_BY[by], width="medium")},
        change=Column(_("Change"), "money"),
        prior=Column(_("A year ago"), "money"),
        current=Column(_("Now"), "money"),
        **{name: Column(words.PARTS[part][0].capitalize(), "money") for name, part in parts.items()},
        **({"uncovered": Column(_("Revenue without a cost"), "money")} if uncovered else {}),
    )


def retention_columns(by: str) -> Columns:
    """Take the columns of the table of retention told apart."""
    return columns(
        f"{by} cohort_accounts cohort_lost nrr grr logo_retention prior_revenue revenue",
        **{by: Column(TOLD_BY[by], width="medium")},
        cohort_accounts=Column(_("Accounts a year ago"), "count"),
        cohort_lost=Column(_("Lost since"), "count"),
        nrr=Column(_("NRR"), "percent"),
        grr=Column(_("GRR"), "percent"),
        logo_retention=Column(_("Accounts kept"), "percent"),
        prior_revenue=Column(_("Revenue a year ago"), "money"),
        revenue=Column(_("Of the same accounts now"), "money"),
    )
