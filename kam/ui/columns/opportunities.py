"""Columns of the tables of the Opportunities page."""

import pandas as pd
from streamlit import column_config as cc

from kam.ui.columns import Columns, money, percent


def gap_columns(currency: str | None) -> Columns:
    """Columns of the ranked list of gaps."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "category": cc.TextColumn("Category", width="medium"),
        "expected_value": money("Expected a year", currency),
        "value_low": money("from", currency, "90 % of what it may come to lies between"),
        "value_high": money("to", currency),
        "why": cc.TextColumn("Why", width="large"),
        "peer_share": percent("Chance", "Share of peers that buy it, drawn towards the share of all accounts"),
        "lift": cc.NumberColumn("Lift", format="%.1f", help="Of the category it buys that tells most"),
        "manager": "Manager",
    }


def up_sell_columns(currency: str | None) -> Columns:
    """Columns of the table of base versions."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "product": cc.TextColumn("Buys", width="medium"),
        "better": cc.TextColumn("Better version", width="medium"),
        "spend": money("Spend that could move", currency),
        "gain": money("More at the same quantity", currency),
        "better_spend": money("Better version already", currency),
        "why": cc.TextColumn("Why", width="large"),
        "manager": "Manager",
    }


def solution_columns(currency: str | None) -> Columns:
    """Columns of the table of products without their service."""
    return {
        "name": cc.TextColumn("Account", width="medium"),
        "service": cc.TextColumn("Missing", width="medium"),
        "products": cc.TextColumn("For", width="medium"),
        "spend": money("Spend on these", currency),
        "expected_value": money("Expected a year", currency),
        "state": cc.TextColumn("In the registers", help="Of the category of the service"),
        "why": cc.TextColumn("Why", width="large"),
        "manager": "Manager",
    }


def register_columns(rows: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the register of opportunities; those that nobody filled in are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "title": cc.TextColumn("Opportunity", width="medium"),
        "stage": "Stage",
        "source": "Found by",
        "need": cc.TextColumn("Need or pain point", width="medium"),
        "worth": money("Worth a year", currency),
        "probability": percent("Chance"),
        "next_step": cc.TextColumn("Next step", width="medium"),
        "expected_on": cc.DateColumn("Decision", format="D MMM YYYY"),
        "is_late": cc.CheckboxColumn("Late"),
        "owner": "Owner",
        "manager": "Manager",
    }
    return {name: column for name, column in columns.items() if rows[name].notna().any()}
