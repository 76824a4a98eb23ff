"""The columns of the tables of accounts, and of what one of them buys."""

from kam.base.columns import Column, columns
from kam.base.texts import _

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
