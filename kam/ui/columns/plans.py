"""Columns of the tables of the Plans page."""

from streamlit import column_config as cc

from kam.plan.words import LETTERS
from kam.ui.columns import Columns, chance, money, percent


def plan_columns() -> Columns:
    """Columns of the table of plans."""
    return {
        "account": cc.TextColumn("Account", width="medium"),
        "name": cc.TextColumn("Plan", width="medium"),
        "manager": "Manager",
        "status": "State",
        "progress": chance("Way", "Mean of its measured objectives, each from 0 to 100 %"),
        "time_used": percent("Time used"),
        "green": cc.NumberColumn("On track", format="%d"),
        "amber": cc.NumberColumn("Behind", format="%d"),
        "red": cc.NumberColumn("Far behind", format="%d"),
        "not_measured": cc.NumberColumn("Not measured", format="%d"),
        "sound": cc.NumberColumn("Sound", format="%d", help="Objectives of which no letter of SMART fails"),
        "overdue": cc.NumberColumn("Overdue", format="%d", help="Milestones expected before today and not done"),
        "next_milestone": cc.TextColumn("Next milestone", width="medium"),
        "next_on": cc.DateColumn("on", format="D MMM YYYY"),
        "days_since_review": cc.NumberColumn("Days since review", format="%d"),
        "days_since_touch": cc.NumberColumn("since contact", format="%d"),
        "ends_on": cc.DateColumn("Ends", format="D MMM YYYY"),
        "customer_goal": cc.TextColumn("Goal of the customer", width="medium"),
    }  # fmt: skip


def letter_columns() -> Columns:
    """Columns of the table of letters: ✓ holds, ✗ fails, ? cannot be told."""
    return {
        "title": cc.TextColumn("Objective", width="medium"),
        **{letter: cc.TextColumn(name, width=92) for letter, name in LETTERS.items()},
        "to_mend": cc.TextColumn("Smallest fix", width="large"),
    }


def strategy_columns(currency: str | None) -> Columns:
    """Columns of the table of strategies."""
    return {
        "title": cc.TextColumn("How", width="large"),
        "objective": cc.TextColumn("Objective", width="medium"),
        "way_up": cc.TextColumn("Way up", width="medium"),
        "department": "Leads",
        "team": cc.TextColumn("Team", width="medium"),
        "budget": money("Budget", currency),
        "days": cc.NumberColumn("Days", format="%.0f"),
        "partners": "Partners",
    }
