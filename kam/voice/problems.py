"""Which problems are open, how old they are and who answers for them; how fast they are solved."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.errors import QuestionError

BY = ("department", "manager")
# A question is no problem; a case that does not say what it is may be one. Put into the statements, it is no data.
_KINDS = "coalesce(kind, 'problem') in ('problem', 'dispute')"
_OPEN = """
select unit_id as account_id, case_id, account, member.manager, title, kind, severity::double as severity, department,
    owner, opened_on, datediff('day', opened_on, $today::date)::bigint as age_days, target_days::double as target_days,
    opened_on + target_days::int as due_on,
    datediff('day', $today::date, opened_on + target_days::int)::double as days_left,
    coalesce(opened_on + target_days::int < $today::date, false) as overdue
from cases join member using (account_id)
where {kinds} and opened_on <= $today and (closed_on is null or closed_on > $today)
order by severity desc nulls last, opened_on, case_id
"""
_SOLVED = """
select unit_id as account_id, case_id, account, member.manager, title, kind, severity::double as severity, department,
    owner, opened_on, closed_on, datediff('day', opened_on, closed_on)::bigint as days,
    target_days::double as target_days, closed_on <= opened_on + target_days::int as within_target
from cases join member using (account_id)
where {kinds} and closed_on > $as_of::date - interval 12 month and closed_on <= $as_of and closed_on >= opened_on
order by closed_on desc, case_id
"""


def problems(cursor: duckdb.DuckDBPyConnection, *, today: dt.date) -> pd.DataFrame:
    """List the problems and disputes that are open today, the gravest first, of these the oldest.

    Parameters
    ----------
    cursor
        A cursor of a view.
    today
        The day that age and overdue refer to. What came later, or was closed later, is still to come.

    Returns
    -------
    pandas.DataFrame
        account_id, case_id, account (where it is open), manager, title, kind, severity (1–5), department, owner,
        opened_on, age_days, target_days, due_on, days_left, overdue (False where there is no target).
    """
    return cursor.execute(_OPEN.format(kinds=_KINDS), {"today": today}).df()


def solved(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the problems and disputes that were closed within the twelve months to `as_of`, the last one first.

    Returns
    -------
    pandas.DataFrame
        account_id, case_id, account, manager, title, kind, severity, department, owner, opened_on, closed_on, days,
        target_days, within_target (missing without a target). One closed before it was opened is left out.
    """
    return cursor.execute(_SOLVED.format(kinds=_KINDS), {"as_of": as_of}).df()


def time_to_resolve(closed: pd.DataFrame, still_open: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """Measure how long problems took that were closed within twelve months, and what is still open.

    Parameters
    ----------
    closed, still_open
        The frames of `solved` and `problems`.
    by
        "department" or "manager": one row for each; None: one row over all.

    Returns
    -------
    pandas.DataFrame
        The column of `by` ("unknown" where none is said), resolved (n), median_days, within_target (share of those with
        a target), targeted (their n), open, overdue; most solved first. Unknown where nothing was solved.

    >>> row = {"days": [2, 9], "target_days": [3.0, 3.0], "within_target": [True, False], "department": ["sales"] * 2}
    >>> found = time_to_resolve(pd.DataFrame(row), pd.DataFrame({"overdue": [], "department": []}), by="department")
    >>> found[["resolved", "targeted", "open"]].to_numpy().tolist(), found["median_days"].tolist()
    ([[2, 2, 0]], [5.5])
    """
    if by is not None and by not in BY:
        raise QuestionError(f"Time to resolve cannot be told by {by!r}; it can by {', '.join(BY)}.")
    group = by or "all"
    done = closed.assign(**{group: closed[by].fillna("unknown") if by else "all"})
    waiting = still_open.assign(**{group: still_open[by].fillna("unknown") if by else "all"})
    kept = done["within_target"].astype("float64")
    each = done.assign(kept=kept).groupby(group)
    left = waiting.groupby(group)["overdue"]
    found = pd.DataFrame(
        {
            "resolved": each.size(),
            "median_days": each["days"].median(),
            "within_target": each["kept"].mean(),
            "targeted": each["kept"].count(),
            "open": left.size(),
            "overdue": left.sum().astype("int64"),
        }
    )
    if by is None:
        found = found.reindex(["all"])
    counts = dict.fromkeys(("resolved", "targeted", "open", "overdue"), 0)
    found = found.fillna(counts).astype(dict.fromkeys(counts, "int64")).astype({"median_days": "float64"})
    found = found.rename_axis(group).reset_index()
    found = found.sort_values(["resolved", "open", group], ascending=[False, False, True], ignore_index=True)
    return found if by else found.drop(columns=group)
