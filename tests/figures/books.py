"""Small frames as an opened book gives them, for the figures."""

import datetime as dt

import numpy as np
import pandas as pd

WINDOW = "Oct 2025 – Sep 2026"
TODAY = dt.date(2026, 9, 30)
NASTY = ("<script>alert(1)</script>", "<a href='https://x'>", "=cmd()", "%{customdata[0]}", "$x^2$ & co")


def accounts(count: int = 5) -> pd.DataFrame:
    """Accounts A0, A1 ... whose revenue halves from one to the next, down to one."""
    revenue = np.maximum(1.0, 1000.0 / 2.0 ** np.minimum(np.arange(count), 40))
    growth = np.linspace(-0.2, 0.3, count)
    rate = np.linspace(0.1, 0.4, count)
    share = revenue / revenue.sum()
    before = share.cumsum() - share
    return pd.DataFrame(
        {
            "account_id": [f"A{place}" for place in range(count)],
            "name": [f"Account {place}" for place in range(count)],
            "revenue": revenue,
            "growth": growth,
            "margin": revenue * rate,
            "margin_rate": rate,
            "cost_coverage": 1.0,
            "state": "continuing",
            "pareto_class": np.where(before < 0.8, "A", np.where(before < 0.95, "B", "C")),
        }
    )


def changes() -> pd.DataFrame:
    """One account of each kind of change, in no order."""
    return pd.DataFrame(
        {
            "account_id": ["U", "D", "N", "L"],
            "name": ["Upper", "Downer", "Newer", "Loser"],
            "kind": ["up", "down", "new", "lost"],
            "prior_revenue": [100.0, 200.0, 0.0, 400.0],
            "revenue": [150.0, 120.0, 300.0, 0.0],
            "change": [50.0, -80.0, 300.0, -400.0],
        }
    )


def ladder() -> pd.DataFrame:
    """Four accounts: a sure partner, a leaning supplier claimed as partner, a likely broker, one nobody can place."""
    shares = np.array([[0.0, 0.05, 0.95], [0.2, 0.65, 0.15], [0.8, 0.2, 0.0], [0.4, 0.3, 0.3]])
    expected = shares @ np.array([1.0, 2.0, 3.0])
    return pd.DataFrame(
        {
            "account_id": ["P", "S", "B", "X"],
            "name": ["Partner", "Supplier", "Broker", "Unplaced"],
            "rung": ["strategic partner", "supplier", "commodity broker", "unknown"],
            "p_broker": shares[:, 0],
            "p_supplier": shares[:, 1],
            "p_partner": shares[:, 2],
            "expected_rung": expected,
            "claimed_rung": ["strategic partner", "strategic partner", "commodity broker", None],
            "gap": [3 - expected[0], 3 - expected[1], 1 - expected[2], np.nan],
            "revenue": [100.0, 200.0, 300.0, 400.0],
        }
    )


def evidence() -> pd.DataFrame:
    """Three signals that speak and one that does not."""
    return pd.DataFrame(
        {
            "group": ["price", "voice", "price", "joint value"],
            "signal": ["discounts", "survey", "rivals", "projects"],
            "level": ["high", "partner", "few", "none"],
            "weight": [1.0, 0.5, 0.5, 0.5],
            "log_odds": [-1.5, 0.8, 0.2, np.nan],
            "observed": ["+3 pp", "4 of 5", "1 of 6", None],
            "source": ["sales", "surveys", "opportunities", None],
        }
    )


def milestones() -> pd.DataFrame:
    """One milestone of each status, in two plans."""
    rows = [
        ("A", "Early", "done", -60, -61),
        ("A", "Late", "done late", -60, -20),
        ("A", "Soon", "due soon", 10, 12),
        ("B", "Over", "overdue", -40, -5),
        ("B", "Planned", "planned", 90, 90),
    ]
    return pd.DataFrame(
        {
            "account_id": [row[0] for row in rows],
            "account": [f"Account {row[0]}" for row in rows],
            "plan": "Plan",
            "title": [row[1] for row in rows],
            "owner": ["Ada", None, "Ben", "Ada", "Cleo"],
            "baseline_on": [TODAY + dt.timedelta(days=row[3]) for row in rows],
            "forecast_on": None,
            "done_on": [TODAY + dt.timedelta(days=row[4]) if row[2].startswith("done") else None for row in rows],
            "due_on": [TODAY + dt.timedelta(days=row[4]) for row in rows],
            "status": [row[2] for row in rows],
            "slip_days": [row[4] - row[3] for row in rows],
            "days_left": pd.array([None if row[2].startswith("done") else row[4] for row in rows], dtype="Int64"),
        }
    )
