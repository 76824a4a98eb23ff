"""What each account of a book will bring from now on, how sure that is, and how well it could be foretold before."""

from contextlib import closing

import pandas as pd

from kam.base.periods import checked_level
from kam.base.rules import MONTHLY_DISCOUNT
from kam.lifetime.back_test import TENTHS_COLUMNS, tenths
from kam.lifetime.fit import Fitted, fit, method_row
from kam.lifetime.value import Lifetime, lifetime
from kam.view import Opened

_UNITS = """
select distinct case when $level = 'parent' then root_id else account_id end as account_id
from accounts where account_id in (select unnest($accounts))
"""


class LifetimeValue(Opened):
    """Questions about lifetime value; the models are fitted to all accounts, whoever is in view."""

    def lifetime(
        self, months: int = 12, monthly_discount: float = MONTHLY_DISCOUNT, level: str = "account"
    ) -> pd.DataFrame:
        """Return what each account will bring with its 90 % range, P(alive), and by which method."""
        return self._lifetime(months, monthly_discount, level).narrowed(self._units(level))

    def lifetime_total(
        self, months: int = 12, monthly_discount: float = MONTHLY_DISCOUNT, level: str = "account"
    ) -> pd.DataFrame:
        """Return what the accounts in view will bring together, with its 90 % range: one row."""
        return self._lifetime(months, monthly_discount, level).total(self._units(level))

    def lifetime_method(self, level: str = "account") -> pd.DataFrame:
        """Return by which method, why, the parameters with their errors, and the errors of the back-test: one row."""
        return method_row(self._fitted(level))

    def lifetime_back_test(self, level: str = "account") -> pd.DataFrame:
        """Return what was foretold for the last months beside what came, by tenths of all accounts."""
        test = self._fitted(level).test
        return pd.DataFrame(columns=TENTHS_COLUMNS, dtype="float64") if test is None else tenths(test)

    def _fitted(self, level: str) -> Fitted:
        """Fit the models to all accounts once for a level and month; the last fits are kept."""

        def make() -> Fitted:
            with closing(self._connection.cursor()) as cursor:
                return fit(cursor, first_day=self.first_day, last_day=self.last_day, as_of=self.as_of,
                           level=checked_level(level))  # fmt: skip

        return self._kept.get("lifetime fit", (self.data_version, self.as_of, level), make)

    def _lifetime(self, months: int, monthly_discount: float, level: str) -> Lifetime:
        found = self._fitted(level)

        def make() -> Lifetime:
            with closing(self._connection.cursor()) as cursor:
                return lifetime(cursor, found, as_of=self.as_of, months=months, monthly_discount=monthly_discount,
                                level=level)  # fmt: skip

        return self._kept.get("lifetime", (self.data_version, self.as_of, level, months, monthly_discount), make)

    def _units(self, level: str) -> list[str] | None:
        """List the accounts, or the parents of the accounts, in view; None is all."""
        if self._scope is None:
            return None
        return self._read(_UNITS, {"level": level, "accounts": self._scope})["account_id"].tolist()
