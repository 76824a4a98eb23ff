"""When and why we talked with the customers: the touches of twelve months, and how many a month to what purpose."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import window_months

PURPOSES = ("value", "selling", "service", "relationship")
# What is put into the statements is this constant, never data.
_WINDOW = "touch_date > $as_of::date - interval 12 month and touch_date <= $as_of"
_ROWS = """
select unit_id as account_id, account, touch_date, contacts.name as person, contacts.title, contacts."function",
    contacts.level, coalesce(managers.name, touches.manager_id) as manager, channel, purpose, note
from touches join member using (account_id)
left join contacts using (contact_id) left join managers on managers.manager_id = touches.manager_id
where {window}
order by touch_date desc, account, person, touch_id
"""
_RHYTHM = """
select date_trunc('month', touch_date)::date as month, coalesce(purpose, 'unsaid') as purpose, count(*) as touches
from touches join member using (account_id) where {window} group by all
"""


def touches(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the touches of the twelve months to `as_of`, the newest first.

    Returns
    -------
    pandas.DataFrame
        account_id, account, touch_date, person, title, function, level (missing where nobody is named), manager,
        channel, purpose, note.
    """
    return cursor.execute(_ROWS.format(window=_WINDOW), {"as_of": as_of}).df()


def contact_rhythm(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Count the touches of each of the twelve months to `as_of` by their purpose.

    Returns
    -------
    pandas.DataFrame
        Twelve rows, oldest first: month, value, selling, service, relationship, unsaid. Empty without any touch.
    """
    found = cursor.execute(_RHYTHM.format(window=_WINDOW), {"as_of": as_of}).df()
    columns = [*PURPOSES, "unsaid"]
    if found.empty:
        return pd.DataFrame({"month": pd.to_datetime([]), **{name: pd.Series(dtype="int64") for name in columns}})
    table = found.pivot_table(index="month", columns="purpose", values="touches", aggfunc="sum", fill_value=0)
    months = pd.DatetimeIndex(window_months(as_of), name="month")
    return (
        table.reindex(index=months, columns=columns, fill_value=0)
        .astype("int64")
        .rename_axis(columns=None)
        .reset_index()
    )
