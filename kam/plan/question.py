"""How the plans of a book go: milestones and objectives, what is achievable, and where they are heading."""

from collections.abc import Mapping

import pandas as pd

from kam.base.periods import month_end, month_start, shift
from kam.ladder.question import climb, ladder
from kam.opportunities.question import white_space
from kam.people.question import relationships
from kam.plan.calendar_file import calendar_file
from kam.plan.draft import Gaps, steps
from kam.plan.draft import draft_plan as _draft_plan
from kam.plan.milestones import milestones as _milestones
from kam.plan.objective_history import objective_history as _objective_history
from kam.plan.objectives import objectives as _objectives
from kam.plan.past import Past
from kam.plan.plans import plans as _plans
from kam.plan.rolling import JUDGED
from kam.plan.smart_table import check_draft, measure_draft
from kam.plan.smart_table import smart as _smart
from kam.plan.workload import milestone_load as _milestone_load
from kam.risks.question import risks
from kam.view import View, question

_ASKS = "select distinct metric from objectives where metric in (select unnest($judged))"
_STRATEGIES = """
select s.strategy_id, s.plan_id, s.objective_id, s.title, o.title as objective, s.way_up, s.department, s.team,
    s.budget::double as budget, s.days::double as days, s.partners, p.account_id
from strategies s
left join objectives o on o.objective_id = s.objective_id
left join plans p on p.plan_id = s.plan_id
left join unit u on u.account_id = p.account_id
where ($plan is null or s.plan_id = $plan) and (u.in_view or not exists (from unit where not in_view))
order by s.strategy_id
"""
_QUARTER, _QUARTERS = 3, 8  # how often, and how far back, what is judged is looked at again


@question
def milestones(view: View) -> pd.DataFrame:
    """Return every plan's milestones with status, slip and owner, as of the book's today."""
    return view.kept("milestones", lambda: view.ask(_milestones, today=view.today)).copy()


@question
def objectives(view: View) -> pd.DataFrame:
    """Return every plan's objectives, measured from sales and surveys where those can tell, with a forecast."""
    judged, one = _judged(view), view.by_account

    def make() -> pd.DataFrame:
        return view.ask(
            _objectives,
            today=view.today,
            as_of=view.as_of,
            ladder=ladder(one) if "rung" in judged else None,
            relationships=relationships(one) if "coverage" in judged else None,
            past=_past(view, judged),
            thresholds=view.policies.plans,
        )

    return view.kept("objectives", make).copy()


@question
def objective_history(view: View, objective_id: str) -> pd.DataFrame:
    """Return how one objective went month by month, its straight line to the target, and its forecast."""
    return view.ask(_objective_history, objective_id, today=view.today, past=_past(view, _judged(view)))


@question
def smart(view: View) -> pd.DataFrame:
    """Return every objective judged by SMART, letter by letter, with reasons and the smallest fixes."""

    def make() -> pd.DataFrame:
        past = _past(view, _judged(view))
        return view.ask(_smart, past=past, currency=view.currency, thresholds=view.policies.plans)

    return view.kept("smart", make).copy()


@question
def check_objective(view: View, draft: Mapping[str, object]) -> pd.DataFrame:
    """Judge an objective that is not stored yet: letter, holds, reason, fix."""
    judged = JUDGED if draft.get("metric") in JUDGED else ()
    past = _past(view, judged)
    return view.ask(check_draft, draft, past=past, currency=view.currency, thresholds=view.policies.plans)


@question
def measure_objective(view: View, draft: Mapping[str, object]) -> pd.DataFrame:
    """Measure what an objective that is not stored yet is about: at_start, now."""
    judged = JUDGED if draft.get("metric") in JUDGED else ()
    return view.ask(measure_draft, draft, past=_past(view, judged), currency=view.currency)


@question
def plans(view: View) -> pd.DataFrame:
    """Return every plan on one line: progress, statuses, next milestone, overdue, staleness."""
    parts = {"objectives": objectives(view), "milestones": milestones(view), "smart": smart(view)}
    return view.ask(_plans, **parts, today=view.today)


@question
def strategies(view: View, plan_id: str | None = None) -> pd.DataFrame:
    """Return how the objectives of a plan, or of all in view, are to be reached, with the resources set aside."""
    return view.read(_STRATEGIES, plan=plan_id)


@question
def milestone_load(view: View, by: str = "owner") -> pd.DataFrame:
    """Return how many open milestones each owner or department has, month by month."""
    return _milestone_load(milestones(view), by=by, today=view.today)


def calendar(view: View, chosen: pd.DataFrame | None = None) -> str:
    """Return the open milestones, or those of a frame of them, as a calendar file (iCalendar)."""
    steps = milestones(view) if chosen is None else chosen
    return calendar_file(steps, book=view.name, today=view.today)


@question
def draft_plan(view: View, account_id: str) -> pd.DataFrame:
    """Return what a plan for one account could hold, from the gaps the book shows, with reasons and numbers."""
    one = view.by_account.of(account_id)
    white, relationship = white_space(view.by_account), relationships(one)
    gaps = Gaps(
        climb=climb(one),
        relationship=relationship,
        risks=risks(one),
        white_space=white[white["account_id"] == account_id],
    )
    # past coverage takes longer to tell than all else, and few accounts climb by it
    judged = ("coverage",) if (steps(gaps.climb)["signal"] == "coverage").any() else ()
    manager = relationship["manager"].dropna().tolist()
    return view.ask(
        _draft_plan,
        account_id,
        gaps,
        past=_past(view, judged),
        today=view.today,
        currency=view.currency,
        owner=manager[0] if manager else None,
        thresholds=view.policies.plans,
    )


def _judged(view: View) -> tuple[str, ...]:
    """Return which of rung and coverage any objective asks for: they take longer to tell than all else."""
    return tuple(sorted(view.read(_ASKS, judged=list(JUDGED))["metric"]))


def _past(view: View, judged: tuple[str, ...]) -> Past:
    """Return the past of all accounts, whatever is in view: who is compared with whom hangs on no filter."""

    def gather() -> Past:
        looked = {metric: _quarterly(view.whole.by_account, metric) for metric in judged}
        return view.ask(Past, as_of=view.as_of, judged=looked)

    return view.kept_for_all("past", gather, view.as_of, judged)


def _quarterly(whole: View, metric: str) -> pd.DataFrame:
    """Look at the rung or the coverage of every account at the end of each quarter of two years."""
    steps = (shift(whole.as_of, -_QUARTER * back) for back in range(_QUARTERS, -1, -1))
    days = [month_end(step) for step in steps if step >= month_start(whole.first_day)]
    frames = []
    for day in days:
        then = whole.view(as_of=day)
        frame, column = (ladder(then), "expected_rung") if metric == "rung" else (relationships(then), metric)
        month = pd.Timestamp(month_start(day))
        frames.append(pd.DataFrame({"account_id": frame["account_id"], "month": month, "value": frame[column]}))
    return pd.concat(frames, ignore_index=True)
