"""The columns of the tables of answers, problems and referrals."""

from kam.base.columns import Column, Columns, columns
from kam.base.texts import _

ANSWER_COLUMNS = columns(
    "account survey_date person title nps kind csat comment period",
    account=Column(_("Account")),
    survey_date=Column(_("Day"), "day"),
    person=Column(_("Who"), width="medium"),
    title=Column(_("Position"), width="medium"),
    nps=Column(_("Recommends"), "count", _("0 never … 10 surely")),
    kind=Column(_("As")),
    csat=Column(_("Satisfied"), "count", _("1 poor … 5 excellent")),
    comment=Column(_("In their words"), width="large"),
    period=Column(_("Counted in")),
)
SATISFACTION_COLUMNS = columns(
    "name nps nps_se responses csat prior_nps prior_responses changed newest",
    nps=Column(_("NPS"), "number", form="%.0f"),
    nps_se=Column(_("±"), "number", _("Standard error"), form="%.0f"),
    responses=Column(_("n"), "count"),
    csat=Column(_("Satisfaction"), "number", form="%.1f"),
    prior_nps=Column(_("NPS a year ago"), "number", form="%.0f"),
    prior_responses=Column(_("n then"), "count"),
    changed=Column(_("Change")),
    newest=Column(_("Newest answer"), "day"),
)
PROBLEM_COLUMNS = columns(
    "account title severity age_days due_on overdue department owner manager",
    account=Column(_("Account")),
    title=Column(_("Problem"), width="medium"),
    severity=Column(_("Severity"), "count", _("1 a wish … 5 the customer cannot work")),
    age_days=Column(_("Age (days)"), "count"),
    due_on=Column(_("Target"), "day"),
    overdue=Column(_("Overdue"), "yes"),
)
SOLVED_COLUMNS = columns(
    "account title closed_on days target_days within_target department owner manager",
    account=Column(_("Account")),
    title=Column(_("Problem"), width="medium"),
    closed_on=Column(_("Solved"), "day"),
    days=Column(_("Days"), "count"),
    target_days=Column(_("Target (days)"), "count"),
    within_target=Column(_("Within target"), "yes"),
)
REFERRAL_COLUMNS = columns(
    "account referred_on referred_name won new_account revenue",
    referred_on=Column(_("Day"), "day"),
    referred_name=Column(_("To whom"), width="medium"),
    won=Column(_("Won"), "yes"),
    new_account=Column(_("Became"), width="medium"),
    revenue=Column(_("Brought"), "money", _("By the sales where they know the new customer, else as stated")),
)


def resolve_columns(by: str) -> Columns:
    """Take the columns of the table of how fast departments or managers solve problems."""
    return columns(
        f"{by} resolved median_days within_target open overdue",
        resolved=Column(_("Solved"), "count"),
        median_days=Column(_("Median days"), "number", form="%.1f"),
        within_target=Column(_("Within target"), "percent"),
        open=Column(_("Open"), "count"),
        overdue=Column(_("Overdue"), "count"),
    )
