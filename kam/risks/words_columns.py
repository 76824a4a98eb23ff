"""The columns of the tables of risks and rivals."""

from kam.base.columns import Column, columns
from kam.base.texts import _

RISK_COLUMNS = columns(
    "account title expected_loss probability impact margin_at_risk kind status mitigation owner due_on is_overdue "
    "manager reason",
    title=Column(_("Risk"), width="medium"),
    expected_loss=Column(_("Expected loss"), "money", _("Chance within a year × margin at risk")),
    probability=Column(_("Chance"), "percent"),
    impact=Column(_("Share lost"), "percent", _("Of the account's margin, if it happens")),
    margin_at_risk=Column(_("Margin at risk"), "money"),
    kind=Column(_("Kind")),
    mitigation=Column(_("What is done"), width="medium"),
    owner=Column(_("Who")),
    due_on=Column(_("Until"), "day"),
    is_overdue=Column(_("Overdue"), "yes"),
    reason=Column(_("Note"), width="medium"),
)
RIVAL_COLUMNS = columns(
    "rival attacks holds left attacked_revenue categories strengths weaknesses our_difference unanswered",
    rival=Column(_("Rival"), width="medium"),
    attacks=Column(_("Attacks"), "count", _("Accounts")),
    holds=Column(_("Holds"), "count", _("Accounts where it has a part")),
    left=Column(_("Left"), "count"),
    attacked_revenue=Column(_("Ours under attack"), "money"),
    categories=Column(_("Where"), width="medium"),
    strengths=Column(_("Better at"), width="medium"),
    weaknesses=Column(_("Worse at"), width="medium"),
    our_difference=Column(_("Our answer"), width="large"),
    unanswered=Column(_("Unanswered"), "count", _("Attacked, and nobody says what sets us apart")),
)
COMPETITOR_COLUMNS = columns(
    "account rival state category category_revenue revenue strengths weaknesses our_difference noted_on manager",
    rival=Column(_("Rival")),
    category_revenue=Column(_("Ours there"), "money"),
    revenue=Column(_("Account's revenue"), "money"),
    strengths=Column(_("Better at"), width="medium"),
    weaknesses=Column(_("Worse at"), width="medium"),
    our_difference=Column(_("Our answer"), width="medium"),
    noted_on=Column(_("Noted"), "day"),
)
