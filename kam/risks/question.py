"""What may go wrong at the accounts of a book, what it would cost, and which rivals are there."""

import pandas as pd

from kam.risks.loss_curve import loss_curve
from kam.risks.risk_register import grid, risks
from kam.risks.rivals import competitors, rivals
from kam.view import Opened


class Risks(Opened):
    """Questions about risks and rivals."""

    def risks(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return every risk, or those of one account, with margin at risk and expected loss, the largest first."""
        return self._ask(risks, as_of=self.as_of, today=self.today, accounts=self._among(account_id, level))

    def risk_grid(self) -> pd.DataFrame:
        """Return how many live risks stand in each cell of five by five bands of probability and impact."""
        return grid(self.risks())

    def loss_curve(self) -> pd.DataFrame:
        """Return the chance of losing more than each amount within a year: loss, chance."""
        return loss_curve(self.risks())

    def competitors(self, account_id: str | None = None, level: str = "account") -> pd.DataFrame:
        """Return every rival at every account, or at one, with what sets us apart there."""
        return self._ask(competitors, as_of=self.as_of, accounts=self._among(account_id, level))

    def rivals(self) -> pd.DataFrame:
        """Return each rival once: where it attacks and holds, and how much of our revenue it is after."""
        return rivals(self.competitors())
