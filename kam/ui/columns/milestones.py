"""Columns of the tables of milestones and objectives."""

from streamlit import column_config as cc

from kam.ui.columns import Columns, chance, percent

WRITTEN = ("title", "owner", "department", "forecast_on", "done_on")
"""What can be written into many milestones at once."""


def milestone_columns() -> Columns:
    """Columns of the milestone table."""
    return {
        "title": cc.TextColumn("Milestone", width="medium"),
        "account": "Account",
        "status": "Status",
        "baseline_on": cc.DateColumn("First promised", format="D MMM YYYY"),
        "due_on": cc.DateColumn("Done or expected", format="D MMM YYYY"),
        "slip_days": cc.NumberColumn("Slip (days)", format="%+d"),
        "owner": "Owner",
        "department": "Department",
        "manager": "Manager",
        "plan": "Plan",
        "predecessor": cc.TextColumn("Waits for", width="medium"),
        "risk_reason": cc.TextColumn("At risk because", width="medium"),
    }


def load_columns() -> Columns:
    """Columns of the table of who has how much to do when."""
    return {
        "who": cc.TextColumn("Who", width="medium"),
        "month": cc.DateColumn("Month", format="MMM YYYY"),
        "milestones": cc.NumberColumn("Open milestones", format="%d"),
        "overdue": cc.NumberColumn("Overdue", format="%d"),
        "at_risk": cc.NumberColumn("At risk by another", format="%d"),
    }


def named_columns() -> Columns:
    """Columns that say which milestone it is, where many are written at once."""
    return {"account": cc.TextColumn("Account", width="medium"), "status": "Status"}


def objective_columns() -> Columns:
    """Columns of the objective table; amounts are written in words, since each has a unit of its own."""
    return {
        "title": cc.TextColumn("Objective", width="medium"),
        "account": "Account",
        "status": "Status",
        "baseline": "Baseline",
        "actual": "Now",
        "target": "Target",
        "forecast": cc.TextColumn("Forecast", help="On its due day"),
        "chance": percent("Chance", "Of meeting the target by the due day"),
        "progress": chance("Way", "From baseline to target, from 0 to 100 %; the CSV has what lies outside"),
        "time_used": percent("Time used"),
        "due_on": cc.DateColumn("Due", format="D MMM YYYY"),
        "owner": "Owner",
        "reason": cc.TextColumn("Why", width="large"),
    }
