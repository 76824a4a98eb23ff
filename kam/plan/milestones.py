"""Which steps of the plans are done, due and overdue, and how far each has slipped from its first promise."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

import duckdb
import pandas as pd

from kam.base.column_types import typed
from kam.base.rules import SOON_DAYS
from kam.base.schema import MILESTONES
from kam.plan.dependencies import with_dependencies

_MILESTONES = """
with dated as (
    select *, done_on is not null and done_on <= $today as is_done from milestones
)
select
    d.* exclude (is_done), p.account_id, coalesce(u.account, p.account_id) as account,
    p.manager_id, coalesce(n.name, p.manager_id) as manager, p.name as plan, d.is_done,
    case when d.is_done then d.done_on else coalesce(d.forecast_on, d.baseline_on) end as due_on,
    due_on - d.baseline_on as slip_days,
    case when not d.is_done then due_on - $today::date end as days_left,
    coalesce(u.in_view, false) or not exists (from unit where not in_view) as in_view
from dated d
left join plans p on p.plan_id = d.plan_id
left join unit u on u.account_id = p.account_id
left join managers n on n.manager_id = p.manager_id
order by due_on, d.milestone_id
"""

STATUSES: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = MappingProxyType(
    {
        "done": lambda m: m["is_done"] & ~(m["done_on"] > m["baseline_on"]),
        "done late": lambda m: m["is_done"] & (m["done_on"] > m["baseline_on"]),
        "overdue": lambda m: ~m["is_done"] & (m["days_left"] < 0).fillna(value=False),
        "due soon": lambda m: ~m["is_done"] & m["days_left"].between(0, SOON_DAYS).fillna(value=False),
        "planned": lambda m: ~m["is_done"] & ~(m["days_left"] <= SOON_DAYS).fillna(value=False),
    }
)
"""Each status as a predicate of its own; for every milestone exactly one of them holds."""

_ADDED = {
    "account_id": "str",
    "account": "str",
    "manager_id": "str",
    "manager": "str",
    "plan": "str",
    "is_done": "bool",
    "due_on": "datetime64[us]",
    "slip_days": "Int64",
    "days_left": "Int64",
    "in_view": "bool",
}
_COLUMNS = (
    *(column.name for column in MILESTONES),
    *("account_id", "account", "manager_id", "manager", "plan", "status", "slip_days", "due_on", "days_left"),
    *("predecessor", "is_at_risk", "risk_reason"),
)


def milestones(cursor: duckdb.DuckDBPyConnection, *, today: dt.date) -> pd.DataFrame:
    """List every milestone with its status today and its slip.

    A milestone is due on the day it was done, else on its forecast, else on its baseline. The status of an open
    one goes by the day *now* expected: a milestone promised for last month and forecast for next month is planned
    or due soon, not overdue, and its slip shows the broken promise. A `done_on` after today has not happened yet:
    such a milestone is open, and due on its forecast or baseline.

    Parameters
    ----------
    cursor
        A cursor of a view: of its accounts the plans are told; where all are in view, those of no known plan, too.
    today
        The day that "done", "due" and "overdue" refer to.

    Returns
    -------
    DataFrame
        One row a milestone, the earliest due first: the columns of the schema, then `account_id`, `account` (its
        name), `manager_id` and `manager` (who leads the plan; name missing where unknown), `plan` (its name),
        `status` (done, done late, overdue, due soon, planned), `slip_days` = `due_on` − `baseline_on` in days
        (above 0 is late; 0 for an open milestone without a forecast), `due_on`, and `days_left` = `due_on` − today
        in days (missing once done), `predecessor` (the title of the milestone that must be done first), `is_at_risk`
        (open, and that one is late or at risk itself) and `risk_reason`. A milestone whose plan the book does not have
        keeps its row, with account, manager and plan missing. No milestones: no rows, the same columns.
    """
    found = cursor.execute(_MILESTONES, {"today": today}).df()
    rows = typed(found, MILESTONES, _ADDED)
    # in the whole book first: a milestone may wait for one of a plan that is not in view
    judged = with_dependencies(rows.assign(status=status(rows)))
    return judged.loc[judged["in_view"], list(_COLUMNS)].reset_index(drop=True)


def status(rows: pd.DataFrame) -> pd.Series:
    """Name the status of each row from `is_done`, `done_on`, `baseline_on` and `days_left`.

    Examples
    --------
    >>> day = pd.Timestamp("2026-03-01")
    >>> row = {"is_done": [True], "done_on": [day], "baseline_on": [day], "days_left": pd.array([None], "Int64")}
    >>> status(pd.DataFrame(row)).tolist()
    ['done']
    """
    named = pd.Series(pd.NA, index=rows.index, dtype="str")
    for name, holds in STATUSES.items():
        named = named.mask(holds(rows).astype(bool), name)
    return named
