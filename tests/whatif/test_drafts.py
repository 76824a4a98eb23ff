"""An accepted scenario asks of each planned account what it would have to bring."""

import datetime as dt

import pandas as pd

from kam.whatif.drafts import draft_objectives

ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C", "D", None],
        "what": ["changed", "lost", "same", "changed", "won"],
        "last_year": [100.0, 50.0, 10.0, 80.0, 0.0],
        "baseline": [104.0, 52.0, 10.0, 80.0, 0.0],
        "scenario": [130.0, 0.0, 10.0, 60.0, 9.0],
        "change": [26.0, -52.0, 0.0, -20.0, 9.0],
        "manager": ["Berta"] * 5,
    }
)
PLANS = pd.DataFrame(
    {
        "plan_id": ["L1", "L2", "L3", "L4"],
        "account_id": ["A", "B", "C", "D"],
        "manager": ["Ada", None, None, None],
        "status": ["active", "active", "active", "closed"],
    }
)


def drafts(accounts: pd.DataFrame = ACCOUNTS) -> pd.DataFrame:
    return draft_objectives(accounts, PLANS, today=dt.date(2026, 9, 30), currency="EUR", name="More of A")


def test_only_accounts_that_move_stay_and_have_a_running_plan_get_an_objective() -> None:
    (row,) = drafts().to_dict("records")
    assert (row["plan_id"], row["metric"], row["baseline"], row["target"], row["owner"]) == (
        "L1",
        "revenue",
        100.0,
        130.0,
        "Ada",
    )
    assert row["title"] == "Revenue from EUR 100 to EUR 130, as in “More of A”"
    assert (row["starts_on"], row["due_on"]) == (dt.date(2026, 10, 1), dt.date(2027, 9, 30))


def test_no_account_moves_no_objective() -> None:
    assert drafts(ACCOUNTS.assign(change=0.0)).empty
