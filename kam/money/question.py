"""What made the revenue and margin of a book change, what discounts cost, and how customers stay."""

import pandas as pd

from kam.money.bridge import bridge as _bridge
from kam.money.bridge import bridge_summary as _bridge_summary
from kam.money.bridge import bridge_table as _bridge_table
from kam.money.cohorts import cohorts as _cohorts
from kam.money.erosion import discount_erosion as _discount_erosion
from kam.portfolio.question import accounts
from kam.portfolio.retention import retention_drivers as _retention_drivers
from kam.view import View, question


@question
def bridge(
    view: View,
    measure: str = "revenue",
    account_id: str | None = None,
    *,
    by: str | None = None,
    category: str | None = None,
) -> pd.DataFrame:
    """Return the parts of the change of revenue or margin between the two windows: part, amount; they add up."""
    return view.of(account_id).ask(_bridge, as_of=view.as_of, measure=measure, by=by, category=category)


@question
def bridge_summary(view: View, measure: str = "revenue", account_id: str | None = None) -> pd.DataFrame:
    """Return a bridge in five parts: price, volume and mix, products, accounts, returns (and cost, of margin)."""
    return _bridge_summary(bridge(view, measure, account_id))


@question
def bridge_table(view: View, measure: str = "revenue", *, by: str, category: str | None = None) -> pd.DataFrame:
    """Return a bridge a row: one a manager, region, industry, category, account or parent, its parts as columns."""
    return view.ask(_bridge_table, as_of=view.as_of, measure=measure, by=(by,), category=category)


@question
def discount_erosion(view: View) -> pd.DataFrame:
    """Return where discounts rose and volume did not follow, by account and category, and what that cost."""
    return _discount_erosion(view.ask(_bridge_table, as_of=view.as_of, by=("account", "manager", "category")))


@question
def cohorts(view: View) -> pd.DataFrame:
    """Return how many accounts of each quarter of first purchase still bought, quarter after quarter."""
    return view.ask(_cohorts, as_of=view.as_of)


@question
def retention_drivers(view: View) -> pd.DataFrame:
    """Return who brought less than the year before, how much less, and its share of all that was lost."""
    return _retention_drivers(accounts(view))
