"""Columns of the tables of answers, problems, referrals, risks, rivals and value."""

from streamlit import column_config as cc

from kam.ui.columns import Columns, money, percent

_DAY = "D MMM YYYY"


def answer_columns() -> Columns:
    """Columns of the table of survey answers."""
    return {
        "account": "Account",
        "survey_date": cc.DateColumn("Day", format=_DAY),
        "person": cc.TextColumn("Who", width="medium"),
        "title": cc.TextColumn("Position", width="medium"),
        "nps": cc.NumberColumn("Recommends", format="%d", help="0 never … 10 surely"),
        "kind": "As",
        "csat": cc.NumberColumn("Satisfied", format="%d", help="1 poor … 5 excellent"),
        "comment": cc.TextColumn("In their words", width="large"),
        "period": "Counted in",
    }


def satisfaction_columns() -> Columns:
    """Columns of the table of satisfaction by account."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "nps": cc.NumberColumn("NPS", format="%.0f"),
        "nps_se": cc.NumberColumn("±", format="%.0f", help="Standard error"),
        "responses": cc.NumberColumn("n", format="%d"),
        "csat": cc.NumberColumn("Satisfaction", format="%.1f"),
        "prior_nps": cc.NumberColumn("NPS a year ago", format="%.0f"),
        "prior_responses": cc.NumberColumn("n then", format="%d"),
        "changed": "Change",
        "newest": cc.DateColumn("Newest answer", format=_DAY),
    }


def problem_columns() -> Columns:
    """Columns of the table of open problems."""
    return {
        "account": "Account",
        "title": cc.TextColumn("Problem", width="medium"),
        "severity": cc.NumberColumn("Severity", format="%d", help="1 a wish … 5 the customer cannot work"),
        "age_days": cc.NumberColumn("Age (days)", format="%d"),
        "due_on": cc.DateColumn("Target", format=_DAY),
        "overdue": cc.CheckboxColumn("Overdue"),
        "department": "Department",
        "owner": "Owner",
        "manager": "Manager",
    }


def solved_columns() -> Columns:
    """Columns of the table of solved problems."""
    return {
        "account": "Account",
        "title": cc.TextColumn("Problem", width="medium"),
        "closed_on": cc.DateColumn("Solved", format=_DAY),
        "days": cc.NumberColumn("Days", format="%d"),
        "target_days": cc.NumberColumn("Target (days)", format="%d"),
        "within_target": cc.CheckboxColumn("Within target"),
        "department": "Department",
        "owner": "Owner",
        "manager": "Manager",
    }


def resolve_columns(by: str) -> Columns:
    """Columns of the table of how fast departments or managers solve problems."""
    return {
        by: by.capitalize(),
        "resolved": cc.NumberColumn("Solved", format="%d"),
        "median_days": cc.NumberColumn("Median days", format="%.1f"),
        "within_target": percent("Within target"),
        "open": cc.NumberColumn("Open", format="%d"),
        "overdue": cc.NumberColumn("Overdue", format="%d"),
    }


def referral_columns(currency: str | None) -> Columns:
    """Columns of the table of referrals."""
    return {
        "account": cc.TextColumn("Account", width="medium"),
        "referred_on": cc.DateColumn("Day", format=_DAY),
        "referred_name": cc.TextColumn("To whom", width="medium"),
        "won": cc.CheckboxColumn("Won"),
        "new_account": cc.TextColumn("Became", width="medium"),
        "revenue": money("Brought", currency, "By the sales where they know the new customer, else as stated"),
    }


def value_columns(currency: str | None) -> Columns:
    """Columns of the table of what the customer gained."""
    return {
        "delivered_on": cc.DateColumn("Day", format=_DAY),
        "kind": "What",
        "description": cc.TextColumn("In a few words", width="large"),
        "amount": money("Worth", currency),
        "confirmed": cc.CheckboxColumn("Confirmed"),
    }


def rival_columns() -> Columns:
    """Columns of the table of rivals."""
    return {
        "rival": cc.TextColumn("Rival", width="medium"),
        "state": "What it does",
        "category": "Where",
        "strengths": cc.TextColumn("Where it is better", width="medium"),
        "weaknesses": cc.TextColumn("Where it is worse", width="medium"),
        "our_difference": cc.TextColumn("What sets us apart", width="large"),
        "noted_on": cc.DateColumn("Noted", format=_DAY),
    }


def risk_columns(currency: str | None) -> Columns:
    """Columns of the table of risks."""
    return {
        "title": cc.TextColumn("Risk", width="medium"),
        "status": "Status",
        "expected_loss": money("Expected loss", currency, "Probability × margin at risk"),
        "probability": percent("Chance in a year"),
        "impact": percent("Of the margin"),
        "mitigation": cc.TextColumn("What is done", width="medium"),
        "owner": "Owner",
        "due_on": cc.DateColumn("Until", format=_DAY),
        "is_overdue": cc.CheckboxColumn("Overdue"),
    }
