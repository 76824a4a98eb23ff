"""Columns of the tables of the Ladder page."""

from streamlit import column_config as cc

from kam.base.ranges import KNOWN_FROM, RANGE
from kam.base.terms import RUNG_KEYS
from kam.ui.columns import Columns, chance, money, percent


def ladder_columns(currency: str | None) -> Columns:
    """Columns of the ladder table."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "rung": "Rung by evidence",
        "p_broker": chance("P(broker)"),
        "p_supplier": chance("P(supplier)"),
        "p_partner": chance("P(partner)"),
        "expected_rung": cc.NumberColumn("Expected rung", format="%.2f"),
        "history": cc.LineChartColumn("Its way, 12 quarters", y_min=1, y_max=3),
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
        "chance": percent("Chance now"),
        "gain": percent("Gain", "How much the chance of the next rung would rise"),
        "lift": money("Revenue lifted", currency, "Gain × revenue"),
        "covered_by": cc.TextColumn("Already planned", width="medium", help="An open action on this way up"),
    }


def move_columns(currency: str | None) -> Columns:
    """Columns of the table of accounts between two days."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "from_rung": "From",
        "to_rung": "To",
        "shift": cc.NumberColumn("Expected rung", format="%+.2f", help="Shift of the expected rung between the days"),
        "moved": cc.CheckboxColumn("A move", help="Both rungs are known and differ; else only the shift is told"),
        "revenue": money("Revenue", currency),
    }


def slip_columns(currency: str | None) -> Columns:
    """Columns of the table of accounts that may slip."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "rung": "Rung by evidence",
        "why": "Why",
        "turning": cc.TextColumn("Pulls down", width="medium", help="Signals lower than half a year ago"),
        "p_before": percent("Sure half a year ago"),
        "p_rung": percent("Sure now"),
        "p_aged": percent("In half a year", "If nothing new comes"),
        "months_left": cc.NumberColumn("Months left", format="%.0f", help="Until the rung is unknown without news"),
        "renew": cc.TextColumn("Rests on", width="medium", help="The signals that hold the rung up most"),
        "revenue": money("Revenue", currency),
        "manager": "Manager",
    }


def worth_columns(currency: str | None) -> Columns:
    """Columns of the table of evidence worth gathering."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "gather": cc.TextColumn("Gather", width="large"),
        "groups": cc.NumberColumn("Groups now", format="%d", help="Groups of evidence that speak; three are needed"),
        "p_max": percent("Likeliest rung", f"Its probability now; {KNOWN_FROM} are needed"),
        "p_known": percent("Chance to settle"),
        "entropy_fall": cc.NumberColumn("Doubt removed", format="%.2f", help="Expected fall of entropy, in nats"),
        "settles": money("Revenue settled", currency, "Chance × revenue"),
        "revenue": money("Revenue", currency),
        "manager": "Manager",
    }


def way_columns() -> Columns:
    """Columns of the table of the five ways up of one account."""
    return {
        "way_up": cc.TextColumn("Way up", width="medium"),
        "signal": "Signal",
        "level": "Now",
        "next_level": "One level up",
        "gain": percent("Gain", "How much the chance of the next rung would rise"),
        "covered_by": cc.TextColumn("Already planned", width="medium", help="An open action on this way up"),
    }


def likelihood_columns() -> Columns:
    """Columns of the likelihood table."""
    chances = {
        rung: cc.NumberColumn(f"on rung {place}: {rung}", format="%.2f")
        for place, rung in enumerate(RUNG_KEYS, start=1)
    }
    return {
        "group": "Group",
        "signal": "Signal",
        "level": "Level",
        **chances,
        "changed": cc.CheckboxColumn("This book's own"),
        "reason": cc.TextColumn("Why", width="large"),
    }


def outcome_columns(currency: str | None) -> Columns:
    """Columns of the table of margin, discount and retention by rung."""
    return {
        "measure": "Measure",
        "rung": "Rung a year ago",
        "accounts": cc.NumberColumn("Accounts", format="%d"),
        "value": percent("Value"),
        "low": percent("from", f"{RANGE} range"),
        "high": percent("to"),
        "difference": percent("Against the lowest rung"),
        "difference_low": percent("from", f"{RANGE} range"),
        "difference_high": percent("to"),
        "revenue": money("Revenue", currency),
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
