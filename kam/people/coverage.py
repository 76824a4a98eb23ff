"""Which posts at the customers know us and which do not: function × level, of one account or of all."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.rules import ACTIVE_DAYS
from kam.base.schema import CONTACT_LEVELS, FUNCTIONS

# A contact of the same function and a higher level does as well.
ROLES = {
    ("management", "executive"): 3,
    ("purchasing", "head"): 2,
    ("technical", "head"): 2,
    ("operations", "head"): 1,
    ("finance", "head"): 1,
    ("marketing", "head"): 1,
}
POSTS = tuple((function, level) for function in FUNCTIONS for level in CONTACT_LEVELS)


def post_parameters() -> dict[str, object]:
    """Return the posts asked for as lists for SQL: functions, heights_asked (1 the highest level) and weights.

    >>> post_parameters()["functions"][:2], post_parameters()["heights_asked"][:2], post_parameters()["weights"][:2]
    (['management', 'purchasing'], [1, 2], [3, 2])
    """
    return {
        "heights": list(CONTACT_LEVELS),
        "functions": [function for function, _ in ROLES],
        "heights_asked": [1 + CONTACT_LEVELS.index(level) for _, level in ROLES],
        "weights": list(ROLES.values()),
    }


STATES = ("covered", "gap", "not asked", "unknown")
_CELLS = """
with here as (
    select unit_id, contact_id, "function", list_position($heights, contacts.level) as height
    from contacts join member using (account_id) where left_on is null or left_on > $as_of
), active as (
    select distinct unit_id, contact_id, "function", height
    from here join touches using (contact_id) where touch_date > $lately and touch_date <= $as_of
), sold as (
    select distinct unit_id from member join sales_month using (account_id) where month <= $as_of
), post as (
    select unnest($post_functions) as "function", unnest($post_levels) as level
), placed as (
    select *, list_position($heights, level) as height from post
), role as (
    select unnest($functions) as "function", unnest($heights_asked) as height, unnest($weights) as weight
), people as (
    select unit_id, "function", height, count(*) as people from here group by all
), reached as (
    select unit_id, "function", height, count(*) as active_contacts from active group by all
), highest as (
    select unit_id, "function", min(height) as height from active group by all
), kept as (select exists (from touches where touch_date <= $as_of) as touches
), cell as (
    select sold.unit_id, placed."function", placed.level, placed.height, coalesce(weight, 0) as weight,
        coalesce(people, 0) as people, coalesce(active_contacts, 0) as active_contacts,
        case when weight is null then 'not asked'
            when not kept.touches or sold.unit_id not in (select unit_id from here) then 'unknown'
            when highest.height <= placed.height then 'covered'
            else 'gap'
        end as state
    from sold cross join placed cross join kept
    left join role on role."function" = placed."function" and role.height = placed.height
    left join people on people.unit_id = sold.unit_id and people."function" = placed."function"
        and people.height = placed.height
    left join reached on reached.unit_id = sold.unit_id and reached."function" = placed."function"
        and reached.height = placed.height
    left join highest on highest.unit_id = sold.unit_id and highest."function" = placed."function"
)
"""
_ROWS = """
select unit_id as account_id, coalesce(accounts.name, unit_id) as name, manager, "function",
    cell.level, weight::double as weight, people::bigint as people, active_contacts::bigint as active_contacts, state
from cell left join accounts on accounts.account_id = unit_id
order by name, unit_id, list_position($post_functions, "function"), height
"""
_GAPS = """
select "function", level, any_value(weight)::double as weight,
    (count(*) filter (state in ('covered', 'gap')))::bigint as judged,
    (count(*) filter (state = 'gap'))::bigint as gaps,
    (count(*) filter (state = 'gap') / nullif(count(*) filter (state in ('covered', 'gap')), 0))::double as gap_share,
    sum(people)::bigint as people, sum(active_contacts)::bigint as active_contacts
from cell group by "function", level, height order by list_position($post_functions, "function"), height
"""


def coverage(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Tell of each function × level at each account whether somebody there is in touch with us.

    A post is covered by an active contact (a touch within 90 days) of its function and at least its level.

    Returns
    -------
    pandas.DataFrame
        18 rows for each account with any sales: account_id, name, manager, function, level,
        weight (0: the default does not ask for it), people (known there, at that level), active_contacts (of these),
        state (one of `STATES`; unknown without any person or any touch to tell from). Σ weight of the covered ÷
        Σ weight is the account's coverage.
    """
    return cursor.execute(_CELLS + _ROWS, _parameters(as_of)).df()


def coverage_gaps(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Count the accounts with a gap at each post.

    Returns
    -------
    pandas.DataFrame
        18 rows: function, level, weight (0: not asked for), judged (accounts of which it is known), gaps, gap_share,
        people, active_contacts.
    """
    return cursor.execute(_CELLS + _GAPS, _parameters(as_of)).df()


def _parameters(as_of: dt.date) -> dict[str, object]:
    functions, levels = zip(*POSTS, strict=True)
    return {
        "as_of": as_of,
        "lately": as_of - dt.timedelta(days=ACTIVE_DAYS),
        "post_functions": list(functions),
        "post_levels": list(levels),
        **post_parameters(),
    }
