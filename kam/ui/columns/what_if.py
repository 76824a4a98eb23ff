"""Columns of the tables of the What-if page."""

import pandas as pd
from streamlit import column_config as cc

from kam.base.ranges import SCENARIO_RANGE
from kam.ui.columns import Columns, money, percent


def measure_columns() -> Columns:
    """Columns of the table of measures, written as text, since each has a unit of its own."""
    return {
        "name": cc.TextColumn("Measure", width="medium"),
        "last": "Last twelve months",
        "before": "Baseline",
        "before_range": f"{SCENARIO_RANGE} range",
        "after": "Scenario",
        "after_range": f"{SCENARIO_RANGE} range of the scenario",
        "difference": "Change",
        "difference_range": f"{SCENARIO_RANGE} range of the change",
    }


def account_columns(accounts: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of accounts; margins only where costs are known."""
    columns: Columns = {
        "name": cc.TextColumn("Account", width="medium"),
        "what": "What",
        "manager": "Manager",
        "last_year": money("Last year", currency),
        "baseline": money("Baseline", currency),
        "scenario": money("Scenario", currency),
        "change": money("Change", currency),
        "low": money(f"{SCENARIO_RANGE} from", currency),
        "high": money("to", currency),
        "retention": percent("Retention", "Chance that it buys anything in the twelve months ahead"),
        "margin_change": money("Margin change", currency),
    }
    return {name: column for name, column in columns.items() if accounts[name].notna().any()}


def assumption_columns() -> Columns:
    """Columns of the table of assumptions; value and range can be changed."""
    return {
        "name": cc.TextColumn("Assumption", width="large", disabled=True),
        "value": cc.NumberColumn("Value", format="%.3f"),
        "low": cc.NumberColumn("Low", format="%.3f", help=f"{SCENARIO_RANGE} of what may be lies between low and high"),
        "high": cc.NumberColumn("High", format="%.3f"),
        "unit": cc.TextColumn("Unit", disabled=True),
        "source": cc.TextColumn("Source", disabled=True, width="medium"),
    }


def stress_columns(stress: pd.DataFrame, currency: str | None) -> Columns:
    """Columns of the table of stress tests."""
    columns: Columns = {
        "name": cc.TextColumn("Stress test", width="medium"),
        "note": cc.TextColumn("What is assumed", width="large"),
        "revenue_change": money("Revenue", currency),
        "margin_change": money("Margin", currency),
    }
    return {name: column for name, column in columns.items() if stress[name].notna().any()}


def back_test_columns(currency: str | None) -> Columns:
    """Columns of the table of the back-test."""
    return {
        "test": cc.TextColumn("Measured on", width="medium"),
        "n": cc.NumberColumn("Accounts", format="%d"),
        "coverage": percent("Inside", f"Share of accounts whose year lay in its {SCENARIO_RANGE} range"),
        "below": percent("Below"),
        "above": percent("Above"),
        "mean_width": percent("Width", "Width of all ranges together over the revenue before"),
        "calibration": cc.NumberColumn("Widened by", format="× %.2f"),
        "expected": money("Expected", currency),
        "actual": money("Came", currency),
    }
