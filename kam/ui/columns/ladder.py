"""Columns of the tables of the Ladder page."""

from streamlit import column_config as cc

from kam.ui.columns import Columns, money


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
        "revenue": money("Revenue", currency),
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
        "lift": money("Revenue lifted", currency, "Gain × revenue"),
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
