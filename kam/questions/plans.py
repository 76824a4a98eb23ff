"""How the plans of a book go: milestones and objectives, what is achievable, and where they are heading."""

from collections.abc import Mapping
from contextlib import closing

import pandas as pd

from kam.metrics.windows import month_end, month_start, shift
from kam.plan.history import objective_history
from kam.plan.judged import check_draft, smart
from kam.plan.milestones import milestones
from kam.plan.objectives import objectives
from kam.plan.past import JUDGED, Past
from kam.questions.rungs import Rungs

_ASKS = "select distinct metric from objectives where metric in (select unnest($judged))"
_QUARTER, _QUARTERS = 3, 8  # how often, and how far back, what is judged is looked at again


class Plans(Rungs):
    """Questions about plans."""

    def milestones(self) -> pd.DataFrame:
        """Return every plan's milestones with status, slip and owner, as of the book's today."""
        return self._ask(milestones, today=self.today, accounts=self._scope)

    def objectives(self) -> pd.DataFrame:
        """Return every plan's objectives, measured from sales and surveys where those can tell, with a forecast."""
        judged = self._judged()
        return self._ask(
            objectives,
            today=self.today,
            as_of=self.as_of,
            accounts=self._scope,
            ladder=self.ladder() if "rung" in judged else None,
            relationships=self.relationships() if "coverage" in judged else None,
            past=self._past(judged),
            thresholds=self._thresholds,
        )

    def objective_history(self, objective_id: str) -> pd.DataFrame:
        """Return how one objective went month by month, its straight line to the target, and its forecast."""
        return self._ask(objective_history, objective_id, today=self.today, past=self._past(self._judged()))

    def smart(self) -> pd.DataFrame:
        """Return every objective judged by SMART, letter by letter, with reasons and the smallest fixes."""
        return self._ask(smart, past=self._past(self._judged()), currency=self.currency, accounts=self._scope,
                         thresholds=self._thresholds)  # fmt: skip

    def check_objective(self, draft: Mapping[str, object]) -> pd.DataFrame:
        """Judge an objective that is not stored yet: letter, holds, reason, fix."""
        judged = JUDGED if draft.get("metric") in JUDGED else ()
        return self._ask(check_draft, draft, past=self._past(judged), currency=self.currency,
                         thresholds=self._thresholds)  # fmt: skip

    def _judged(self) -> tuple[str, ...]:
        """Return which of rung and coverage any objective asks for: they take longer to tell than all else."""
        return tuple(sorted(self._read(_ASKS, {"judged": list(JUDGED)})["metric"]))

    def _past(self, judged: tuple[str, ...]) -> Past:
        """Return the past of all accounts, whatever is in view: who is compared with whom hangs on no filter."""

        def gather() -> Past:
            looked = {metric: self._quarterly(metric) for metric in judged}
            with closing(self._connection.cursor()) as cursor:
                return Past(cursor, as_of=self.as_of, judged=looked)

        return self._kept.get("past", (self.data_version, self.as_of, judged), gather)

    def _quarterly(self, metric: str) -> pd.DataFrame:
        """Look at the rung or the coverage of every account at the end of each quarter of two years."""
        whole = self.view(as_of=self.as_of)
        steps = (shift(self.as_of, -_QUARTER * back) for back in range(_QUARTERS, -1, -1))
        days = [month_end(step) for step in steps if step >= month_start(self.first_day)]
        frames = []
        for day in days:
            asked = whole.view(as_of=day)
            frame, column = (asked.ladder(), "expected_rung") if metric == "rung" else (asked.relationships(), metric)
            month = pd.Timestamp(month_start(day))
            frames.append(pd.DataFrame({"account_id": frame["account_id"], "month": month, "value": frame[column]}))
        return pd.concat(frames, ignore_index=True)
