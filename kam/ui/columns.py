"""How the columns of each table are titled and written: the currency once, in the head; ratios as percentages."""

import pandas as pd
from streamlit import column_config as cc
from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, ColumnConfig | str | None]


def _money(title: str, currency: str | None, help_text: str | None = None) -> ColumnConfig:
    return cc.NumberColumn(f"{title} ({currency})" if currency else title, format="compact", help=help_text)


def _percent(title: str, help_text: str | None = None) -> ColumnConfig:
    return cc.NumberColumn(title, format="percent", help=help_text)


def account_columns(accounts: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the portfolio table; those without a single known value are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "industry": "Industry",
        "region": "Region",
        "revenue": _money("Revenue", currency),
        "prior_revenue": _money("A year ago", currency),
        "growth": _percent("Growth"),
        "margin": _money("Margin", currency),
        "margin_rate": _percent("Margin rate"),
        "discount_rate": _percent("Discount"),
        "share": _percent("Share"),
        "cumulative_share": _percent("Cumulative"),
        "pareto_class": "Class",
        "active_months": cc.NumberColumn("Active months", format="%d"),
        "state": "State",
    }
    return {name: column for name, column in columns.items() if accounts[name].notna().any()}


def key_columns(key: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of key accounts; a criterion that nobody has rated is left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "key_class": "Class",
        "p_key": cc.ProgressColumn("P(key)", min_value=0, max_value=1, format="percent"),
        "rank_low": cc.NumberColumn("Rank from", format="%d", help="90 % of the weightings lie between"),
        "rank_high": cc.NumberColumn("to", format="%d"),
        "key_for_role": cc.CheckboxColumn("Key for its role"),
        "score": cc.NumberColumn("Score", format="%.0f"),
        "revenue_score": cc.NumberColumn("Revenue score", format="%.0f"),
        "growth_score": cc.NumberColumn("Growth score", format="%.0f"),
        "role_score": cc.NumberColumn("Role score", format="%.0f"),
        "collaboration_score": cc.NumberColumn("Collaboration score", format="%.0f"),
        "revenue": _money("Revenue", currency),
        "growth": _percent("Growth"),
        "history": cc.LineChartColumn("24 months", y_min=0),
        "rung": "Rung by evidence",
        "matrix": "Matrix",
        "manager": "Manager",
    }
    return {name: column for name, column in columns.items() if name == "history" or key[name].notna().any()}


def worth_columns() -> Columns:
    """Columns of the table of ratings worth making."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "criterion": "Criterion",
        "p_key": cc.NumberColumn("P(key) now", format="percent"),
        "p_key_low": cc.NumberColumn("if rated 1", format="percent"),
        "p_key_high": cc.NumberColumn("if rated 5", format="percent"),
        "worth": cc.NumberColumn("Worth", format="percent", help="Mean change of P(key) over the five ratings"),
    }


def part_columns() -> Columns:
    """Columns of the table of the parts of a score."""
    return {
        "criterion": "Criterion",
        "part": cc.TextColumn("Part", width="medium"),
        "points": cc.NumberColumn("Points", format="%.0f"),
        "weight": cc.NumberColumn("Weight", format="percent"),
        "evidence": cc.TextColumn("Evidence", width="large"),
        "observed": cc.DateColumn("Seen", format="D MMM YYYY"),
    }


def ladder_columns(currency: str | None) -> Columns:
    """Columns of the ladder table."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "rung": "Rung by evidence",
        "p_broker": cc.ProgressColumn("P(broker)", min_value=0, max_value=1, format="percent"),
        "p_supplier": cc.ProgressColumn("P(supplier)", min_value=0, max_value=1, format="percent"),
        "p_partner": cc.ProgressColumn("P(partner)", min_value=0, max_value=1, format="percent"),
        "expected_rung": cc.NumberColumn("Expected rung", format="%.2f"),
        "claimed_rung": "Claimed",
        "gap": cc.NumberColumn("Gap", format="%+.2f", help="Claimed less expected rung"),
        "groups": cc.NumberColumn("Groups", format="%d", help="Groups of evidence that speak"),
        "revenue": _money("Revenue", currency),
        "newest": cc.DateColumn("Newest evidence", format="D MMM YYYY"),
    }


def climb_columns(currency: str | None) -> Columns:
    """Columns of the table of next steps."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "way_up": "Way up",
        "signal": "Signal",
        "level": "Now",
        "next_level": "One level up",
        "next_rung": "Next rung",
        "chance": cc.NumberColumn("Chance now", format="percent"),
        "gain": cc.NumberColumn("Gain", format="percent", help="How much the chance of the next rung would rise"),
        "lift": _money("Revenue lifted", currency, "Gain × revenue"),
        "covered_by": cc.TextColumn("Already planned", width="medium", help="An open action on this way up"),
    }


def evidence_columns() -> Columns:
    """Columns of the evidence table."""
    return {
        "group": "Group",
        "signal": "Signal",
        "level": "Level",
        "observed": cc.TextColumn("Observed", width="medium"),
        "log_odds": cc.NumberColumn("Pull (log-odds)", format="%+.2f"),
        "weight": cc.NumberColumn("Weight", format="%.2f"),
        "source": cc.TextColumn("Where it was seen", width="medium"),
    }


def category_columns(currency: str | None) -> Columns:
    """Columns of the table of what an account buys."""
    return {
        "category": cc.TextColumn("Category", width="medium"),
        "revenue": _money("Revenue", currency),
        "prior_revenue": _money("A year ago", currency),
        "products": cc.NumberColumn("Products", format="%d"),
    }


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
    }


def objective_columns() -> Columns:
    """Columns of the objective table."""
    return {
        "title": cc.TextColumn("Objective", width="medium"),
        "account": "Account",
        "status": "Status",
        "baseline": cc.NumberColumn("Baseline", format="compact"),
        "actual": cc.NumberColumn("Now", format="compact"),
        "target": cc.NumberColumn("Target", format="compact"),
        "unit": "Unit",
        "progress": cc.NumberColumn("Progress", format="percent"),
        "time_used": cc.NumberColumn("Time used", format="percent"),
        "due_on": cc.DateColumn("Due", format="D MMM YYYY"),
        "owner": "Owner",
        "reason": cc.TextColumn("Why", width="large"),
    }
