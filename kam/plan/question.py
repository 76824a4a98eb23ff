"""How the plans of a book go: milestones and objectives, what is achievable, and where they are heading."""

from collections.abc import Callable, Mapping
from contextlib import closing

import pandas as pd

from kam.base.periods import month_end, month_start, shift
from kam.ladder.question import Rungs
from kam.opportunities.question import Opportunities
from kam.people.question import People
from kam.people.relationships import relationships
from kam.plan.calendar_file import calendar_file
from kam.plan.draft import Gaps, draft_plan, steps
from kam.plan.milestones import milestones
from kam.plan.objective_history import objective_history
from kam.plan.objectives import objectives
from kam.plan.past import Past
from kam.plan.plans import plans
from kam.plan.rolling import JUDGED
from kam.plan.smart_table import check_draft, measure_draft, smart
from kam.plan.workload import milestone_load
from kam.risks.question import Risks
from kam.risks.risk_register import risks

_ASKS = "select distinct metric from objectives where metric in (select unnest($judged))"
_STRATEGIES = """
select s.strategy_id, s.plan_id, s.objective_id, s.title, o.title as objective, s.way_up, s.department, s.team,
    s.budget::double as budget, s.days::double as days, s.partners, p.account_id
from strategies s
left join objectives o on o.objective_id = s.objective_id
left join plans p on p.plan_id = s.plan_id
where ($plan is null or s.plan_id = $plan)
    and ($accounts::varchar[] is null or p.account_id in (select unnest($accounts::varchar[])))
order by s.strategy_id
"""
_QUARTER, _QUARTERS = 3, 8  # how often, and how far back, what is judged is looked at again


class Plans(Opportunities, Risks, People, Rungs):
    """Questions about plans."""

    def milestones(self) -> pd.DataFrame:
        """Return every plan's milestones with status, slip and owner, as of the book's today."""
        return self._once("milestones", lambda: self._ask(milestones, today=self.today, accounts=self._scope))

    def objectives(self) -> pd.DataFrame:
        """Return every plan's objectives, measured from sales and surveys where those can tell, with a forecast."""
        return self._once("objectives", self._objectives)

    def objective_history(self, objective_id: str) -> pd.DataFrame:
        """Return how one objective went month by month, its straight line to the target, and its forecast."""
        return self._ask(objective_history, objective_id, today=self.today, past=self._past(self._judged()))

    def smart(self) -> pd.DataFrame:
        """Return every objective judged by SMART, letter by letter, with reasons and the smallest fixes."""
        return self._once("smart", self._smart)

    def check_objective(self, draft: Mapping[str, object]) -> pd.DataFrame:
        """Judge an objective that is not stored yet: letter, holds, reason, fix."""
        judged = JUDGED if draft.get("metric") in JUDGED else ()
        return self._ask(check_draft, draft, past=self._past(judged), currency=self.currency,
                         thresholds=self.policies.plans)  # fmt: skip

    def measure_objective(self, draft: Mapping[str, object]) -> pd.DataFrame:
        """Measure what an objective that is not stored yet is about: at_start, now."""
        judged = JUDGED if draft.get("metric") in JUDGED else ()
        return self._ask(measure_draft, draft, past=self._past(judged), currency=self.currency)

    def plans(self) -> pd.DataFrame:
        """Return every plan on one line: progress, statuses, next milestone, overdue, staleness."""
        return self._ask(plans, objectives=self.objectives(), milestones=self.milestones(), smart=self.smart(),
                         today=self.today, accounts=self._scope)  # fmt: skip

    def strategies(self, plan_id: str | None = None) -> pd.DataFrame:
        """Return how the objectives of a plan, or of all in view, are to be reached, with the resources set aside."""
        return self._read(_STRATEGIES, {"plan": plan_id, "accounts": self._scope})

    def milestone_load(self, by: str = "owner") -> pd.DataFrame:
        """Return how many open milestones each owner or department has, month by month."""
        return milestone_load(self.milestones(), by=by, today=self.today)

    def calendar(self, milestones: pd.DataFrame | None = None) -> str:
        """Return the open milestones, or those of a frame of them, as a calendar file (iCalendar)."""
        chosen = self.milestones() if milestones is None else milestones
        return calendar_file(chosen, book=self.name, today=self.today)

    def draft_plan(self, account_id: str) -> pd.DataFrame:
        """Return what a plan for one account could hold, from the gaps the book shows, with reasons and numbers."""
        self._members(account_id, "account")
        only = [account_id]
        climb, white_space = self.climb(account_id), self.white_space()
        gaps = Gaps(
            climb=climb,
            relationship=self._ask(relationships, as_of=self.as_of, accounts=only),
            risks=self._ask(risks, as_of=self.as_of, today=self.today, accounts=only),
            white_space=white_space[white_space["account_id"] == account_id],
        )
        # past coverage takes longer to tell than all else, and few accounts climb by it
        judged = ("coverage",) if (steps(climb)["signal"] == "coverage").any() else ()
        manager = gaps.relationship["manager"].dropna().tolist()
        return self._ask(draft_plan, account_id, gaps, past=self._past(judged), today=self.today,
                         currency=self.currency, owner=manager[0] if manager else None,
                         thresholds=self.policies.plans)  # fmt: skip

    def _once(self, kind: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """Answer what other questions ask for, too, once; everybody gets a copy."""
        return self._kept.get(kind, self.view_key, make).copy()

    def _objectives(self) -> pd.DataFrame:
        judged = self._judged()
        return self._ask(
            objectives,
            today=self.today,
            as_of=self.as_of,
            accounts=self._scope,
            ladder=self.ladder() if "rung" in judged else None,
            relationships=self.relationships() if "coverage" in judged else None,
            past=self._past(judged),
            thresholds=self.policies.plans,
        )

    def _smart(self) -> pd.DataFrame:
        return self._ask(smart, past=self._past(self._judged()), currency=self.currency, accounts=self._scope,
                         thresholds=self.policies.plans)  # fmt: skip

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
