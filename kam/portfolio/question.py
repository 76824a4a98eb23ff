"""What the accounts of a book bring: revenue, margin, growth, steadiness, concentration, retention."""

import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import checked_level
from kam.base.terms import DIMENSIONS
from kam.portfolio.accounts import accounts
from kam.portfolio.categories import categories
from kam.portfolio.concentration import concentration
from kam.portfolio.gains_and_losses import changes
from kam.portfolio.headline import headline
from kam.portfolio.monthly import monthly
from kam.portfolio.retention import retention
from kam.view import Opened

_FAMILY = """
select account_id, name, case when account_id in (select parent_id from accounts where account_id = $id)
    then 'parent' else 'subsidiary' end as relation
from accounts
where account_id <> $id and (parent_id = $id or account_id in (select parent_id from accounts where account_id = $id))
order by relation, name
"""


class Money(Opened):
    """Questions about revenue and margin."""

    def accounts(self, level: str = "account") -> pd.DataFrame:
        """Return every account's revenue, growth, margin, discount, share, Pareto class and steadiness."""
        return self._ask(accounts, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def monthly(self, level: str = "account") -> pd.DataFrame:
        """Return revenue, margin and quantity by account and month, up to the as-of month."""
        return self._ask(monthly, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def categories(self, account_id: str, level: str = "account") -> pd.DataFrame:
        """Return what one account buys by category, now and a year ago."""
        return self._ask(categories, as_of=self.as_of, accounts=self._members(account_id, checked_level(level)))

    def family(self, account_id: str) -> pd.DataFrame:
        """Return the parent above an account and the subsidiaries under it: account_id, name, relation."""
        return self._read(_FAMILY, {"id": account_id})

    def concentration(self, level: str = "account") -> pd.DataFrame:
        """Return on how few accounts the revenue rests: one row."""
        return concentration(self.accounts(level))

    def retention(self, level: str = "account", by: str | None = None) -> pd.DataFrame:
        """Return NRR, GRR and logo retention of last year's accounts: one row, or one a manager, region or industry."""
        if by is not None and by not in DIMENSIONS:
            raise QuestionError(f"Retention cannot be told by {by!r}; it can by {', '.join(DIMENSIONS)}.")
        return retention(self.accounts(level), by=by)

    def headline(self, level: str = "account") -> pd.DataFrame:
        """Return revenue, growth, margin, retention and concentration over twelve months, month end by month end."""
        return self._ask(headline, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def changes(self, level: str = "account") -> pd.DataFrame:
        """Return who bought more or less than the year before, came or went: the biggest change first."""
        return changes(self.accounts(level))
