"""Columns of the tables of the Portfolio page."""

import pandas as pd
from streamlit import column_config as cc

from kam.ui.columns import Columns, money, percent


def account_columns(accounts: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the portfolio table; those without a single known value are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "industry": "Industry",
        "region": "Region",
        "revenue": money("Revenue", currency),
        "prior_revenue": money("A year ago", currency),
        "growth": percent("Growth"),
        "margin": money("Margin", currency),
        "margin_rate": percent("Margin rate"),
        "discount_rate": percent("Discount"),
        "share": percent("Share"),
        "cumulative_share": percent("Cumulative"),
        "pareto_class": "Class",
        "active_months": cc.NumberColumn("Active months", format="%d"),
        "state": "State",
    }
    return {name: column for name, column in columns.items() if accounts[name].notna().any()}
