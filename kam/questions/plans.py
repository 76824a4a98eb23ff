"""How the plans of a book go: milestones and objectives."""

import pandas as pd

from kam.plan.milestones import milestones
from kam.plan.objectives import objectives
from kam.questions.rungs import Rungs


class Plans(Rungs):
    """Questions about plans."""

    def milestones(self) -> pd.DataFrame:
        """Return every plan's milestones with status, slip and owner, as of the book's today."""
        return self._ask(milestones, today=self.today, accounts=self._scope)

    def objectives(self) -> pd.DataFrame:
        """Return every plan's objectives, measured from sales and surveys where those can tell."""
        return self._ask(objectives, today=self.today, as_of=self.as_of, accounts=self._scope, ladder=self.ladder())
