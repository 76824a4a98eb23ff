"""What the accounts of a book do not buy yet, what that is worth, what is being worked, and how good the guess is."""

import pandas as pd

from kam.base.periods import checked_level
from kam.opportunities.pipeline import opportunities
from kam.opportunities.solution_gaps import solution_gaps
from kam.opportunities.up_sell import up_sell
from kam.opportunities.white_space import white_space
from kam.opportunities.white_space_back_test import white_space_back_test
from kam.view import Opened


class Opportunities(Opened):
    """Questions about white space, up-sell and complete solutions."""

    def white_space(self, level: str = "account") -> pd.DataFrame:
        """Return the state of each account × category, and what each gap is worth, why, and how sure that is."""
        return self._ask(white_space, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def white_space_back_test(self, level: str = "account") -> pd.DataFrame:
        """Return how often the ranking made a year ago hit what accounts took up since, beside popularity: one row."""
        return self._ask(white_space_back_test, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def up_sell(self, level: str = "account") -> pd.DataFrame:
        """Return what is bought in base versions, and what the better version would bring."""
        return self._ask(up_sell, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def solution_gaps(self, level: str = "account") -> pd.DataFrame:
        """Return products that are bought without the service that completes them."""
        return self._ask(solution_gaps, as_of=self.as_of, level=checked_level(level), accounts=self._scope)

    def opportunities(self) -> pd.DataFrame:
        """Return the register of opportunities: source, need, stage, worth, next step and what is late."""
        return self._ask(opportunities, today=self.today, accounts=self._scope)
