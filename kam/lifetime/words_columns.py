"""The columns of the table of lifetime values."""

from dataclasses import replace

from kam.base.columns import Column, Columns, columns
from kam.base.rules import HIGH, LOW
from kam.base.texts import _

_COLUMNS = columns(
    "name manager clv clv_low clv_high p_alive expected_purchases retention frequency recency T revenue margin",
    clv=Column(_("Lifetime value"), "money"),
    clv_low=Column(_("Low end"), "money", _("{number} of 100 futures bring less").format(number=f"{100 * LOW:.4g}")),
    clv_high=Column(
        _("High end"), "money", _("{number} of 100 futures bring more").format(number=f"{100 * (1 - HIGH):.4g}")
    ),
    p_alive=Column(_("P(alive)"), "chance"),
    expected_purchases=Column(_("Purchases ahead"), "number", _("Expected within the months"), form="%.1f"),
    retention=Column(_("Retention of peers"), "percent", _("The chance that an account like it stays another year")),
    frequency=Column(_("Repeats"), "count", _("Days with a purchase after the first one")),
    recency=Column(_("First to last (weeks)"), "number", form="%.0f"),
    T=Column(_("Since first (weeks)"), "number", form="%.0f"),
    revenue=Column(_("Revenue (T12M)"), "money"),
    margin=Column(_("Margin (T12M)"), "money"),
)


def lifetime_columns(ahead: str) -> Columns:
    """Take the columns of the table of accounts by lifetime value; `ahead` says over which months."""
    return _COLUMNS | {"clv": replace(_COLUMNS["clv"], help=ahead[0].upper() + ahead[1:])}
