"""What made the revenue and margin of a book change, what discounts cost, and how customers stay."""

import pandas as pd

from kam.base.periods import checked_level
from kam.money.bridge import bridge, bridge_table
from kam.money.bridge_summary import bridge_summary
from kam.money.cohorts import cohorts
from kam.money.erosion import discount_erosion
from kam.portfolio.question import Money
from kam.portfolio.retention import retention_drivers


class Bridges(Money):
    """Questions about the way from last year to this one."""

    def bridge(
        self,
        measure: str = "revenue",
        account_id: str | None = None,
        *,
        by: str | None = None,
        category: str | None = None,
        level: str = "account",
    ) -> pd.DataFrame:
        """Return the parts of the change of revenue or margin between the two windows: part, amount; they add up."""
        members = self._scope if account_id is None else self._members(account_id, checked_level(level))
        return self._ask(
            bridge, as_of=self.as_of, measure=measure, by=by, category=category, level=level, accounts=members
        )

    def bridge_summary(
        self, measure: str = "revenue", account_id: str | None = None, *, level: str = "account"
    ) -> pd.DataFrame:
        """Return a bridge in five parts: price, volume and mix, products, accounts, returns (and cost, of margin)."""
        return bridge_summary(self.bridge(measure, account_id, level=level))

    def bridge_table(
        self, measure: str = "revenue", *, by: str, category: str | None = None, level: str = "account"
    ) -> pd.DataFrame:
        """Return a bridge a row: one a manager, region, industry, category, account or parent, its parts as columns."""
        return self._ask(
            bridge_table, as_of=self.as_of, measure=measure, by=(by,), category=category, level=level,
            accounts=self._scope,
        )  # fmt: skip

    def discount_erosion(self, level: str = "account") -> pd.DataFrame:
        """Return where discounts rose and volume did not follow, by account and category, and what that cost."""
        cells = self._ask(
            bridge_table, as_of=self.as_of, by=("account", "manager", "category"), level=level, accounts=self._scope
        )
        return discount_erosion(cells)

    def cohorts(self, level: str = "account") -> pd.DataFrame:
        """Return how many accounts of each quarter of first purchase still bought, quarter after quarter."""
        return self._ask(cohorts, as_of=self.as_of, level=level, accounts=self._scope)

    def retention_drivers(self, level: str = "account") -> pd.DataFrame:
        """Return who brought less than the year before, how much less, and its share of all that was lost."""
        return retention_drivers(self.accounts(level))
