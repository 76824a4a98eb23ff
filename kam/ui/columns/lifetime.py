"""Columns of the table of lifetime values."""

import pandas as pd
from streamlit import column_config as cc

from kam.base.rules import HIGH, LOW
from kam.ui.columns import Columns, chance, money, percent


def lifetime_columns(lifetime: pd.DataFrame, currency: str | None, ahead: str) -> Columns:
    """Columns of the table of accounts by lifetime value; those without a single known value are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "clv": money("Lifetime value", currency, ahead[0].upper() + ahead[1:]),
        "clv_low": money("Low end", currency, f"{100 * LOW:.4g} of 100 futures bring less"),
        "clv_high": money("High end", currency, f"{100 * (1 - HIGH):.4g} of 100 futures bring more"),
        "p_alive": chance("P(alive)"),
        "expected_purchases": cc.NumberColumn("Purchases ahead", format="%.1f", help="Expected within the months"),
        "retention": percent("Retention of peers", "The chance that an account like it stays another year"),
        "frequency": cc.NumberColumn("Repeats", format="%d", help="Days with a purchase after the first one"),
        "recency": cc.NumberColumn("First to last (weeks)", format="%.0f"),
        "T": cc.NumberColumn("Since first (weeks)", format="%.0f"),
        "revenue": money("Revenue (T12M)", currency),
        "margin": money("Margin (T12M)", currency),
    }
    return {name: column for name, column in columns.items() if name == "name" or lifetime[name].notna().any()}
