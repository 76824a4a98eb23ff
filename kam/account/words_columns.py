"""The columns of the tables of one customer's world: rivals, risks, value."""

from kam.base.columns import Column, columns
from kam.base.texts import _

VALUE_COLUMNS = columns(
    "delivered_on kind description amount confirmed",
    delivered_on=Column(_("Day"), "day"),
    kind=Column(_("What")),
    description=Column(_("In a few words"), width="large"),
    amount=Column(_("Worth"), "money"),
    confirmed=Column(_("Confirmed"), "yes"),
)
RIVAL_COLUMNS = columns(
    "rival state category strengths weaknesses our_difference noted_on",
    rival=Column(_("Rival"), width="medium"),
    state=Column(_("What it does")),
    category=Column(_("Where")),
    strengths=Column(_("Where it is better"), width="medium"),
    weaknesses=Column(_("Where it is worse"), width="medium"),
    our_difference=Column(_("What sets us apart"), width="large"),
    noted_on=Column(_("Noted"), "day"),
)
RISK_COLUMNS = columns(
    "title status expected_loss probability impact mitigation owner due_on is_overdue",
    title=Column(_("Risk"), width="medium"),
    status=Column(_("Status")),
    expected_loss=Column(_("Expected loss"), "money", _("Probability × margin at risk")),
    probability=Column(_("Chance in a year"), "percent"),
    impact=Column(_("Of the margin"), "percent"),
    mitigation=Column(_("What is done"), width="medium"),
    due_on=Column(_("Until"), "day"),
    is_overdue=Column(_("Overdue"), "yes"),
)
