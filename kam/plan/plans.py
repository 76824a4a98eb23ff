"""Every plan on one line: how its objectives stand, what comes next, what is overdue, and how long nobody looked."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.column_types import typed
from kam.base.schema import OPEN, PLANS
from kam.plan.objective_status import share_of_time

STATUSES = ("green", "amber", "red", "not measured")
LETTERS = ("specific", "measurable", "achievable", "relevant", "time_bound", "assigned")

_PLANS = """
with moved as (
    select plan_id, max(done_on) as moved_on from milestones where done_on <= $today group by plan_id
    union all
    select plan_id, max(read_on) from readings join objectives using (objective_id)
    where read_on <= $today group by plan_id
), touched as (
    select account_id, max(touch_date) as last_touch from touches where touch_date <= $today group by account_id
)
select p.*, coalesce(u.account, p.account_id) as account, coalesce(n.name, p.manager_id) as manager, t.last_touch,
    greatest(
        case when p.reviewed_on <= $today then p.reviewed_on end,
        (select max(moved_on) from moved where moved.plan_id = p.plan_id)
    ) as last_moved
from plans p
left join unit u on u.account_id = p.account_id
left join managers n on n.manager_id = p.manager_id
left join touched t on t.account_id = p.account_id
where u.in_view or not exists (from unit where not in_view)
order by p.plan_id
"""
_JOINED = {"account": "str", "manager": "str", "last_touch": "datetime64[us]", "last_moved": "datetime64[us]"}


def plans(
    cursor: duckdb.DuckDBPyConnection,
    *,
    objectives: pd.DataFrame,
    milestones: pd.DataFrame,
    smart: pd.DataFrame,
    today: dt.date,
) -> pd.DataFrame:
    """List every plan with its progress, its next milestone and how stale it is.

    Parameters
    ----------
    cursor
        A cursor of a view: of its accounts the plans are told; where all are in view, those of no known account, too.
    objectives, milestones, smart
        The frames of the same book.
    today
        The day that "next", "overdue" and "days since" refer to.

    Returns
    -------
    DataFrame
        One row a plan in the order of ids: the columns of the schema, then account, manager; time_used (0–1),
        objectives, progress (the mean over its measured objectives, each cut to 0–1), green, amber, red, not_measured
        (objectives by status), sound (objectives of which no letter of SMART fails); milestones, done, overdue,
        at_risk (open and endangered by their predecessor), next_milestone and next_on (the earliest open one that is
        not overdue), last_touch of the account, days_since_review, days_since_touch (of the account) and
        days_since_move (since the last review, milestone done or reading). Unknown is missing.
    """
    rows = typed(cursor.execute(_PLANS, {"today": today}).df(), PLANS, _JOINED)
    goals, steps = _objectives(objectives, smart), _milestones(milestones)
    told = rows.merge(goals, on="plan_id", how="left").merge(steps, on="plan_id", how="left")
    states = [_column(status) for status in STATUSES]
    counts = [*states, "objectives", "sound", "milestones", "done", "overdue", "at_risk"]
    told[counts] = told[counts].fillna(0).astype("int64")
    now = pd.Timestamp(today)
    used = [
        share_of_time(_day(start), _day(end), today)
        for start, end in zip(told["starts_on"], told["ends_on"], strict=True)
    ]
    since = {
        f"days_since_{what}": (now - told[column]).dt.days.astype("Int64")
        for what, column in (("review", "reviewed_on"), ("touch", "last_touch"), ("move", "last_moved"))
    }
    return told.assign(time_used=pd.Series(used, told.index, dtype="float64"), **since)


def _objectives(objectives: pd.DataFrame, smart: pd.DataFrame) -> pd.DataFrame:
    is_sound = ~(smart[list(LETTERS)] == False).fillna(value=False).any(axis=1)  # noqa: E712 - missing is not false
    sound = dict(zip(smart["objective_id"], is_sound, strict=True))
    told = pd.DataFrame(
        {
            "plan_id": objectives["plan_id"],
            "objectives": 1,
            "progress": objectives["progress"].clip(0, 1),
            "sound": objectives["objective_id"].map(sound).fillna(value=False).astype("int64"),
            **{_column(status): (objectives["status"] == status).astype("int64") for status in STATUSES},
        }
    )
    kinds = {column: "mean" if column == "progress" else "sum" for column in told.columns[1:]}
    return told.groupby("plan_id", as_index=False).agg(kinds)


def _milestones(milestones: pd.DataFrame) -> pd.DataFrame:
    is_open = milestones["status"].isin(OPEN)
    told = pd.DataFrame(
        {
            "plan_id": milestones["plan_id"],
            "milestones": 1,
            "done": (~is_open).astype("int64"),
            "overdue": (milestones["status"] == "overdue").astype("int64"),
            "at_risk": milestones["is_at_risk"].astype("int64"),
        }
    )
    counted = told.groupby("plan_id", as_index=False).sum()
    coming = milestones[is_open & (milestones["status"] != "overdue")].sort_values("due_on", kind="stable")
    first = coming.drop_duplicates("plan_id")[["plan_id", "title", "due_on"]]
    return counted.merge(
        first.rename(columns={"title": "next_milestone", "due_on": "next_on"}), on="plan_id", how="left"
    )


def _column(status: str) -> str:
    return status.replace(" ", "_")


def _day(value: pd.Timestamp) -> dt.date | None:
    return None if pd.isna(value) else value.date()
