"""The columns of the tables of managers and departments."""

from kam.base.columns import Column, columns
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _

TEAM_COLUMNS = columns(
    "manager accounts revenue share touches_a_month silent_accounts silent_revenue open_milestones "
    "overdue_milestones open_problems overdue_problems",
    manager=Column(_("Manager"), width="medium"),
    accounts=Column(_("Accounts"), "count", _("With revenue in twelve months")),
    share=Column(_("Of all revenue"), "percent"),
    touches_a_month=Column(_("Touches a month"), "number", _("Of an active account"), form="%.1f"),
    silent_accounts=Column(_("Not in touch"), "count", _("Accounts: nobody for {days} days").format(days=ACTIVE_DAYS)),
    silent_revenue=Column(
        _("Not in touch"),
        "money",
        _("Revenue of the accounts where nobody was for {days} days").format(days=ACTIVE_DAYS),
    ),
    open_milestones=Column(_("Open milestones"), "count"),
    overdue_milestones=Column(_("Overdue"), "count"),
    open_problems=Column(_("Open problems"), "count"),
    overdue_problems=Column(_("Past target"), "count"),
)
DEPARTMENT_COLUMNS = columns(
    "department open_milestones overdue_milestones promised kept open_problems overdue_problems solved in_time "
    "median_days",
    department=Column(_("Department"), width="medium"),
    open_milestones=Column(_("Open milestones"), "count"),
    overdue_milestones=Column(_("Overdue"), "count"),
    promised=Column(_("Promised in a year"), "count", _("Milestones first promised for these months")),
    kept=Column(_("Kept"), "chance", _("Share of them done by the day first promised")),
    open_problems=Column(_("Open problems"), "count"),
    overdue_problems=Column(_("Past target"), "count"),
    solved=Column(_("Solved in a year"), "count"),
    in_time=Column(_("In time"), "chance", _("Share of the solved ones with a target that met it")),
    median_days=Column(_("Days to solve"), "number", _("Median"), form="%.1f"),
)
