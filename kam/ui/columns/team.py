"""Columns of the tables of the Team page."""

import pandas as pd
from streamlit import column_config as cc

from kam.base.rules import ACTIVE_DAYS
from kam.ui.columns import Columns, chance, money, percent


def team_columns(team: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of managers; those without a single known value are left out."""
    columns: Columns = {
        "manager": cc.TextColumn("Manager", width="medium"),
        "accounts": cc.NumberColumn("Accounts", format="%d", help="With revenue in twelve months"),
        "revenue": money("Revenue", currency),
        "share": percent("Of all revenue"),
        "touches_a_month": cc.NumberColumn("Touches a month", format="%.1f", help="Of an active account"),
        "silent_accounts": cc.NumberColumn(
            "Not in touch", format="%d", help=f"Accounts: nobody for {ACTIVE_DAYS} days"
        ),
        "silent_revenue": money(
            "Not in touch", currency, f"Revenue of the accounts where nobody was for {ACTIVE_DAYS} days"
        ),
        "open_milestones": cc.NumberColumn("Open milestones", format="%d"),
        "overdue_milestones": cc.NumberColumn("Overdue", format="%d"),
        "open_problems": cc.NumberColumn("Open problems", format="%d"),
        "overdue_problems": cc.NumberColumn("Past target", format="%d"),
    }
    return {name: column for name, column in columns.items() if team[name].notna().any()}


def department_columns() -> Columns:
    """Columns of the table of departments."""
    return {
        "department": cc.TextColumn("Department", width="medium"),
        "open_milestones": cc.NumberColumn("Open milestones", format="%d"),
        "overdue_milestones": cc.NumberColumn("Overdue", format="%d"),
        "promised": cc.NumberColumn(
            "Promised in a year", format="%d", help="Milestones first promised for these months"
        ),
        "kept": chance("Kept", "Share of them done by the day first promised"),
        "open_problems": cc.NumberColumn("Open problems", format="%d"),
        "overdue_problems": cc.NumberColumn("Past target", format="%d"),
        "solved": cc.NumberColumn("Solved in a year", format="%d"),
        "in_time": chance("In time", "Share of the solved ones with a target that met it"),
        "median_days": cc.NumberColumn("Days to solve", format="%.1f", help="Median"),
    }
