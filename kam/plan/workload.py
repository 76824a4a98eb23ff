"""How many open milestones each owner or department has to do, month by month."""

import datetime as dt

import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import month_start
from kam.base.schema import OPEN
from kam.base.terms import NOBODY

WHO = ("owner", "department")


def milestone_load(milestones: pd.DataFrame, *, by: str, today: dt.date) -> pd.DataFrame:
    """Count the open milestones by who has to do them and the month they are due in.

    What is overdue has to be done now: it counts in the month of today, and apart.

    Parameters
    ----------
    milestones
        status, due_on, owner, department.
    by
        "owner" or "department".
    today
        The day that overdue counts from.

    Returns
    -------
    DataFrame
        One row for each of those and month with any: who (“nobody named” where the column is empty), month (first
        day), milestones, overdue (of them), at_risk (of them, by a predecessor); those with most to do first, then by
        month.

    Examples
    --------
    >>> rows = {"status": ["overdue", "planned"], "due_on": pd.to_datetime(["2026-08-01", "2026-09-09"])}
    >>> rows |= {"owner": ["Ada", "Ada"], "is_at_risk": [False, True]}
    >>> milestone_load(pd.DataFrame(rows), by="owner", today=dt.date(2026, 9, 1))["milestones"].tolist()
    [2]
    """
    if by not in WHO:
        raise QuestionError(f"The load can be told by {' or '.join(WHO)}, not by {by!r}. Nothing was changed.")
    due = milestones[milestones["status"].isin(OPEN) & milestones["due_on"].notna()]
    first = pd.Timestamp(month_start(today))
    months = due["due_on"].where(due["due_on"] >= first, first).dt.to_period("M").dt.to_timestamp()
    counted = pd.DataFrame(
        {
            "who": due[by].fillna(NOBODY).astype("str"),
            "month": months.astype("datetime64[us]"),
            "milestones": 1,
            "overdue": (due["status"] == "overdue").astype("int64"),
            "at_risk": due["is_at_risk"].astype("int64"),
        }
    )
    found = counted.groupby(["who", "month"], as_index=False).sum()
    total = found.groupby("who")["milestones"].transform("sum")
    order = found.assign(total=total).sort_values(["total", "who", "month"], ascending=[False, True, True])
    return order.drop(columns="total").reset_index(drop=True)
