"""Columns of the tables of the Opportunities page."""

import pandas as pd
from streamlit import column_config as cc

from kam.base.ranges import RANGE
from kam.ui.columns import Columns, money, percent


def gap_columns(currency: str | None) -> Columns:
    """Columns of the ranked list of gaps."""
    return {
        "name": cc.TextColumn("Account", width=170),
        "category": cc.TextColumn("Category", width=150),
        "expected_value": money("A year", currency, "Expected value", width=95),
        "value_low": money("from", None, f"{RANGE} of what it may come to lies between", width=80),
        "value_high": money("to", None, width=80),
        "why": cc.TextColumn("Why", width="large"),
        "peer_share": percent("Chance", "Share of peers that buy it, drawn towards the share of all accounts"),
        "lift": cc.NumberColumn("Lift", format="%.1f", help="Of the category it buys that tells most"),
        "manager": "Manager",
    }


def up_sell_columns(currency: str | None) -> Columns:
    """Columns of the table of base versions."""
    return {
        "name": cc.TextColumn("Account", width=170),
        "product": cc.TextColumn("Buys", width=130),
        "better": cc.TextColumn("Better version", width=130),
        "spend": money("Spend", currency, "Spend of twelve months that could move", width=95),
        "gain": money("More", currency, "What the better version would bring more, at the same quantity", width=95),
        "why": cc.TextColumn("Why", width="large"),
        "better_spend": money("On the better one", currency, "What it spends on the better version already"),
        "manager": "Manager",
    }


def solution_columns(currency: str | None) -> Columns:
    """Columns of the table of products without their service."""
    return {
        "name": cc.TextColumn("Account", width=170),
        "service": cc.TextColumn("Missing", width=130),
        "expected_value": money("A year", currency, "Expected value", width=95),
        "spend": money("Spend", currency, "Spend of twelve months on the products it completes", width=95),
        "why": cc.TextColumn("Why", width="large"),
        "products": cc.TextColumn("For", width="medium"),
        "state": cc.TextColumn("In the registers", help="Of the category of the service"),
        "manager": "Manager",
    }


def register_columns(rows: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the register of opportunities; those that nobody filled in are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width=170),
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
