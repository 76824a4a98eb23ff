"""Which accounts a question is about, and under which account or parent the rows of each are listed."""

import datetime as dt
from collections.abc import Sequence

from kam.base.periods import checked_level, window_parameters

MEMBERS = """
with member as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id,
        coalesce(accounts.name, account_id) as account, manager
    from accounts
    where $accounts is null or account_id in (select unnest($accounts))
)
"""
"""The start of a statement: `member` has the accounts asked for, each with its unit_id, its name and its manager's."""


def asked(level: str, accounts: Sequence[str] | None) -> dict[str, object]:
    """Return the parameters of `MEMBERS`.

    >>> asked("parent", ["A1"])
    {'level': 'parent', 'accounts': ['A1']}
    """
    return {"level": checked_level(level), "accounts": None if accounts is None else list(accounts)}


def windows(as_of: dt.date, *names: str) -> dict[str, dt.date]:
    """Return the bounds of the windows that a statement uses: "prior", "current" and "after".

    >>> windows(dt.date(2026, 9, 30), "after")
    {'after': datetime.date(2026, 10, 1)}
    """
    bounds = window_parameters(as_of)
    return {name: bounds[name] for name in names}
