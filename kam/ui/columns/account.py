"""Columns of the tables of the Account page."""

from streamlit import column_config as cc

from kam.ui.columns import Columns, money


def category_columns(currency: str | None) -> Columns:
    """Columns of the table of what an account buys."""
    return {
        "category": cc.TextColumn("Category", width="medium"),
        "revenue": money("Revenue", currency),
        "prior_revenue": money("A year ago", currency),
        "products": cc.NumberColumn("Products", format="%d"),
    }
