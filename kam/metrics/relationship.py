"""How deep the relationship with each account is: who knows whom, who is for us, and what hangs on one person."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.metrics.windows import checked_level, window_parameters
from kam.schema import CONTACT_LEVELS

ACTIVE_DAYS = 90
WEIGHTY = 4  # influence from which a departed contact is an alert
# Which posts should know us, and how much each counts; a contact of the same function and a higher level does as well.
ROLES = {
    ("management", "executive"): 3,
    ("purchasing", "head"): 2,
    ("technical", "head"): 2,
    ("operations", "head"): 1,
    ("finance", "head"): 1,
    ("marketing", "head"): 1,
}

_UNITS = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id, manager_id, name
    from accounts where $accounts is null or account_id in (select unnest($accounts))
), money as (
    select unit_id, sum(net) filter (month >= $current) as revenue
    from sales_month join unit using (account_id) where month < $after group by unit_id
), here as (
    select unit_id, contact_id, "function", list_position($heights, contacts.level) as height, influence, attitude
    from contacts join unit using (account_id) where left_on is null or left_on > $as_of
), touch as (
    select unit_id, contact_id, touches.manager_id, touch_date, purpose
    from touches join unit using (account_id)
    where touch_date > $as_of::date - interval 12 month and touch_date <= $as_of
), tie as (
    -- one of ours and one of theirs who met lately, as heavy as theirs is influential
    select unit_id, contact_id, touch.manager_id, any_value(coalesce(influence, 1)) as weight
    from touch join here using (unit_id, contact_id) where touch_date > $lately group by all
), reached as (
    select distinct unit_id, contact_id, "function", height from tie join here using (unit_id, contact_id)
), role as (
    select unnest($functions) as "function", unnest($heights_asked) as height, unnest($weights) as weight
), coverage as (
    select unit_id, sum(weight) as covered
    from (
        select distinct unit_id, role."function", role.height, role.weight
        from reached join role on role."function" = reached."function" and reached.height <= role.height
    ) group by unit_id
), people as (
    select unit_id, count(*) as contacts,
        sum(influence * attitude) / nullif(2 * sum(influence) filter (attitude is not null), 0) as net_support,
        coalesce(sum(influence) filter (attitude < 0), 0) / nullif(sum(influence), 0) as held_against,
        count(*) filter (attitude < 0) as anti_supporters
    from here group by unit_id
), lost as (
    select unit_id, count(*) as departed
    from contacts join unit using (account_id)
    where left_on > $as_of::date - interval 12 month and left_on <= $as_of and influence >= $weighty group by unit_id
), reach as (
    select unit_id, count(*) as active_contacts from reached group by unit_id
), ours as (
    select unit_id, max(held) / sum(held) as share
    from (select unit_id, manager_id, sum(weight) as held from tie where manager_id is not null group by all)
    group by unit_id
), theirs as (
    select unit_id, max(held) / sum(held) as share
    from (select unit_id, contact_id, sum(weight) as held from tie group by all) group by unit_id
), year as (
    select unit_id, count(*) as touches, max(touch_date) as last_touch,
        count(*) filter (purpose = 'value') / nullif(count(purpose), 0) as value_share,
        count(*) filter (height = 1) as executive_touches
    from touch left join here using (unit_id, contact_id) group by unit_id
), kept as (select exists (from touches where touch_date <= $as_of) as touches)
select unit_id as account_id, coalesce(accounts.name, unit_id) as name, managers.name as manager,
    coalesce(revenue, 0)::double as revenue, coalesce(contacts, 0)::bigint as contacts,
    case when kept.touches and contacts > 0 then coalesce(active_contacts, 0) end::double as active_contacts,
    case when kept.touches and contacts > 0 then coalesce(covered, 0) / list_sum($weights) end::double as coverage,
    net_support::double as net_support, coalesce(anti_supporters, 0)::bigint as anti_supporters,
    (greatest(revenue, 0) * held_against)::double as anti_supporter_exposure,
    ours.share::double as key_person_ours, theirs.share::double as key_person_theirs,
    value_share::double as value_contact_share,
    case when kept.touches then coalesce(year.touches, 0) end::double as touches,
    case when kept.touches and contacts > 0 then coalesce(executive_touches, 0) end::double as executive_touches,
    last_touch, coalesce(departed, 0)::bigint as departed
from money cross join kept
left join accounts on accounts.account_id = unit_id
left join managers using (manager_id)
left join people using (unit_id)
left join coverage using (unit_id)
left join reach using (unit_id)
left join ours using (unit_id)
left join theirs using (unit_id)
left join year using (unit_id)
left join lost using (unit_id)
order by revenue desc, unit_id
"""


def relationships(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    level: str = "account",
    accounts: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Measure how many people know us at each account, how they stand to us, and what hangs on one of them.

    - active contact: a person still there with a touch within 90 days
    - coverage: Σ weight of the posts in `ROLES` with an active contact of that function and at least that level
      ÷ Σ weight of all of them
    - net support: Σ influence·attitude ÷ (2·Σ influence) over the people whose attitude is known, from −1 to 1
    - anti-supporter exposure: revenue × influence held by people with attitude < 0 ÷ all influence
    - key-person risk: the largest share of the active ties, weighted by the influence of theirs, that one of ours,
      and one of theirs, holds
    - value contact share: touches whose purpose is to give value ÷ all touches with a purpose, twelve months
    - departed: people with an influence of 4 or 5 who left within twelve months

    Parameters
    ----------
    cursor
        A cursor of an opened book.
    as_of
        Nothing dated later is used. Attitude and influence bear no date and are taken as they stand.
    level
        "account", or "parent": the people of all subsidiaries together.
    accounts
        Only these accounts.

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales up to `as_of`, largest revenue first: account_id, name, manager,
        revenue, contacts, active_contacts, coverage, net_support, anti_supporters, anti_supporter_exposure (currency),
        key_person_ours, key_person_theirs, value_contact_share, touches, executive_touches, last_touch, departed.
        Unknown where there is no table, or no person or touch to tell from.
    """
    windows = window_parameters(as_of)
    asked = {
        "as_of": as_of,
        "lately": as_of - dt.timedelta(days=ACTIVE_DAYS),
        "level": checked_level(level),
        "accounts": None if accounts is None else list(accounts),
        "current": windows["current"],
        "after": windows["after"],
        "heights": list(CONTACT_LEVELS),
        "functions": [function for function, _ in ROLES],
        "heights_asked": [1 + CONTACT_LEVELS.index(height) for _, height in ROLES],
        "weights": list(ROLES.values()),
        "weighty": WEIGHTY,
    }
    return cursor.execute(_UNITS, asked).df()
