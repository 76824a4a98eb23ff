"""Columns of the tables of the Risks page."""

from streamlit import column_config as cc

from kam.ui.columns import Columns, money, percent


def risk_columns(currency: str | None) -> Columns:
    """Columns of the risk register."""
    return {
        "account": cc.TextColumn("Account", width="medium"),
        "title": cc.TextColumn("Risk", width="medium"),
        "expected_loss": money("Expected loss", currency, "Chance within a year × margin at risk"),
        "probability": percent("Chance"),
        "impact": percent("Share lost", "Of the account's margin, if it happens"),
        "margin_at_risk": money("Margin at risk", currency),
        "kind": "Kind",
        "status": "State",
        "mitigation": cc.TextColumn("What is done", width="medium"),
        "owner": "Who",
        "due_on": cc.DateColumn("Until", format="D MMM YYYY"),
        "is_overdue": cc.CheckboxColumn("Overdue"),
        "manager": "Manager",
        "reason": cc.TextColumn("Note", width="medium"),
    }


def rival_columns(currency: str | None) -> Columns:
    """Columns of the table of rivals."""
    return {
        "rival": cc.TextColumn("Rival", width="medium"),
        "attacks": cc.NumberColumn("Attacks", format="%d", help="Accounts"),
        "holds": cc.NumberColumn("Holds", format="%d", help="Accounts where it has a part"),
        "left": cc.NumberColumn("Left", format="%d"),
        "attacked_revenue": money("Ours under attack", currency),
        "categories": cc.TextColumn("Where", width="medium"),
        "strengths": cc.TextColumn("Better at", width="medium"),
        "weaknesses": cc.TextColumn("Worse at", width="medium"),
        "our_difference": cc.TextColumn("Our answer", width="large"),
        "unanswered": cc.NumberColumn("Unanswered", format="%d", help="Attacked, and nobody says what sets us apart"),
    }


def competitor_columns(currency: str | None) -> Columns:
    """Columns of the table of rivals at accounts."""
    return {
        "account": cc.TextColumn("Account", width="medium"),
        "rival": "Rival",
        "state": "State",
        "category": "Category",
        "category_revenue": money("Ours there", currency),
        "revenue": money("Account's revenue", currency),
        "strengths": cc.TextColumn("Better at", width="medium"),
        "weaknesses": cc.TextColumn("Worse at", width="medium"),
        "our_difference": cc.TextColumn("Our answer", width="medium"),
        "noted_on": cc.DateColumn("Noted", format="D MMM YYYY"),
        "manager": "Manager",
    }
