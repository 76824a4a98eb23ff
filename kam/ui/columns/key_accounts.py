"""Columns of the tables of the Key accounts page."""

import pandas as pd
from streamlit import column_config as cc

from kam.base.ranges import RANGE
from kam.ui.columns import Columns, chance, money, percent


def key_columns(key: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of key accounts; a criterion that nobody has rated is left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "key_class": "Class",
        "p_key": chance("P(key)"),
        "rank_low": cc.NumberColumn("Rank from", format="%d", help=f"{RANGE} of the weightings lie between"),
        "rank_high": cc.NumberColumn("to", format="%d"),
        "key_for_role": cc.CheckboxColumn("Key for its role"),
        "score": cc.NumberColumn("Score", format="%.0f"),
        "revenue_score": cc.NumberColumn("Revenue score", format="%.0f"),
        "growth_score": cc.NumberColumn("Growth score", format="%.0f"),
        "role_score": cc.NumberColumn("Role score", format="%.0f"),
        "collaboration_score": cc.NumberColumn("Collaboration score", format="%.0f"),
        "revenue": money("Revenue", currency),
        "growth": percent("Growth"),
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
        "p_key": percent("P(key) now"),
        "p_key_low": percent("if rated 1"),
        "p_key_high": percent("if rated 5"),
        "worth": percent("Worth", "Mean change of P(key) over the five ratings"),
    }


def part_columns() -> Columns:
    """Columns of the table of the parts of a score."""
    return {
        "criterion": "Criterion",
        "part": cc.TextColumn("Part", width="medium"),
        "points": cc.NumberColumn("Points", format="%.0f"),
        "weight": percent("Weight"),
        "evidence": cc.TextColumn("Evidence", width="large"),
        "observed": cc.DateColumn("Seen", format="D MMM YYYY"),
    }
