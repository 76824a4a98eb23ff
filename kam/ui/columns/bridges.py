"""Columns of the tables of the Money page."""

import pandas as pd
from streamlit import column_config as cc

from kam.money.bridge import parts_of
from kam.ui.columns import Columns, money, percent

_DIMENSIONS = {"account": "name", "parent": "name"}


def bridge_columns(table: pd.DataFrame, by: str, measure: str, currency: str | None) -> Columns:
    """Columns of a bridge told apart; a part that nobody has is left out."""
    key = _DIMENSIONS.get(by, by)
    parts = {column: money(f"{part[0].upper()}{part[1:]}", currency) for column, part in parts_of(measure).items()}
    columns: Columns = {
        key: cc.TextColumn(by.capitalize(), width="medium"),
        "change": money("Change", currency),
        "prior": money("A year ago", currency),
        "current": money("Now", currency),
        **{column: config for column, config in parts.items() if table[column].fillna(0).ne(0).any()},
    }
    if measure == "margin" and table["uncovered"].fillna(0).ne(0).any():
        columns["uncovered"] = money("Revenue without a cost", currency)
    return columns


def erosion_columns(erosion: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of discounts that rose without volume; those without a known value are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "category": "Category",
        "cost": money(
            "It cost", currency, "What the units of now would have brought more at the discounts of a year ago"
        ),
        "volume_change": percent("Units", "Change of the units bought"),
        "prior_discount_rate": percent("Discount then"),
        "discount_rate": percent("Discount now"),
        "revenue": money("Revenue", currency),
        "manager": "Manager",
    }
    return {name: column for name, column in columns.items() if erosion[name].notna().any()}


def retention_columns(by: str, currency: str | None) -> Columns:
    """Columns of the table of retention told apart."""
    return {
        by: cc.TextColumn(by.capitalize(), width="medium"),
        "cohort_accounts": cc.NumberColumn("Accounts a year ago", format="%d"),
        "cohort_lost": cc.NumberColumn("Lost since", format="%d"),
        "nrr": percent("NRR"),
        "grr": percent("GRR"),
        "logo_retention": percent("Accounts kept"),
        "prior_revenue": money("Revenue a year ago", currency),
        "revenue": money("Of the same accounts now", currency),
    }


def driver_columns(drivers: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of who brought less; those without a known value are left out."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "manager": "Manager",
        "state": "State",
        "prior_revenue": money("A year ago", currency),
        "revenue": money("Now", currency),
        "lost_revenue": money("Lost", currency),
        "share": percent("Of all lost"),
        "cumulative_share": percent("Cumulative"),
    }
    return {name: column for name, column in columns.items() if drivers[name].notna().any()}
