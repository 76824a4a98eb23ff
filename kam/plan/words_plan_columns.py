"""The columns of the tables of plans, objectives and milestones."""

from kam.base.columns import Column, columns
from kam.base.texts import _
from kam.plan.words import LETTERS

PLAN_COLUMNS = columns(
    "account name manager status progress time_used green amber red not_measured sound overdue next_milestone "
    "next_on days_since_review days_since_touch ends_on customer_goal",
    name=Column(_("Plan"), width="medium"),
    progress=Column(_("Way"), "chance", _("Mean of its measured objectives, each from 0 to 100 %")),
    time_used=Column(_("Time used"), "percent"),
    green=Column(_("On track"), "count"),
    amber=Column(_("Behind"), "count"),
    red=Column(_("Far behind"), "count"),
    not_measured=Column(_("Not measured"), "count"),
    sound=Column(_("Sound"), "count", _("Objectives of which no letter of SMART fails")),
    overdue=Column(_("Overdue"), "count", _("Milestones expected before today and not done")),
    next_milestone=Column(_("Next milestone"), width="medium"),
    next_on=Column(_("on"), "day"),
    days_since_review=Column(_("Days since review"), "count"),
    days_since_touch=Column(_("since contact"), "count"),
    ends_on=Column(_("Ends"), "day"),
    customer_goal=Column(_("Goal of the customer"), width="medium"),
)
STRATEGY_COLUMNS = columns(
    "title objective way_up department team budget days partners",
    title=Column(_("How"), width="large"),
    objective=Column(_("Objective"), width="medium"),
    way_up=Column(_("Way up"), width="medium"),
    department=Column(_("Leads")),
    team=Column(_("Team"), width="medium"),
    budget=Column(_("Budget"), "money"),
    days=Column(_("Days"), "number", form="%.0f"),
    partners=Column(_("Partners")),
)
MILESTONE_COLUMNS = columns(
    "title account status baseline_on due_on slip_days owner department manager plan predecessor risk_reason",
    title=Column(_("Milestone"), width="medium"),
    account=Column(_("Account")),
    status=Column(_("Status")),
    baseline_on=Column(_("First promised"), "day"),
    due_on=Column(_("Done or expected"), "day"),
    slip_days=Column(_("Slip (days)"), "number", form="%+d"),
    plan=Column(_("Plan")),
    predecessor=Column(_("Waits for"), width="medium"),
    risk_reason=Column(_("At risk because"), width="medium"),
)
LOAD_COLUMNS = columns(
    "who month milestones overdue at_risk",
    who=Column(_("Who"), width="medium"),
    month=Column(_("Month"), "month"),
    milestones=Column(_("Open milestones"), "count"),
    overdue=Column(_("Overdue"), "count"),
    at_risk=Column(_("At risk by another"), "count"),
)
NAMED_COLUMNS = columns("account status", status=Column(_("Status")))
OBJECTIVE_COLUMNS = columns(
    "title account status baseline actual target forecast chance progress time_used due_on owner reason",
    title=Column(_("Objective"), width="medium"),
    account=Column(_("Account")),
    status=Column(_("Status")),
    baseline=Column(_("Baseline")),
    actual=Column(_("Now")),
    target=Column(_("Target")),
    forecast=Column(_("Forecast"), help=_("On its due day")),
    chance=Column(_("Chance"), "percent", _("Of meeting the target by the due day")),
    progress=Column(_("Way"), "chance", _("From baseline to target, from 0 to 100 %; the CSV has what lies outside")),
    time_used=Column(_("Time used"), "percent"),
    due_on=Column(_("Due"), "day"),
)
LETTER_COLUMNS = {
    "title": Column(_("Objective"), width="medium"),
    **{letter: Column(name, width=92) for letter, name in LETTERS.items()},
    "to_mend": Column(_("Smallest fix"), width="large"),
}
"""Letter by letter: ✓ holds, ✗ fails, ? cannot be told."""
