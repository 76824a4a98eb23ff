"""How deep the relationship with each account is: who knows whom, who is for us, and what hangs on one person."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift, window_start
from kam.base.rules import ACTIVE_DAYS, HANGS_ON_ONE, INFLUENTIAL
from kam.people.coverage import post_parameters
from kam.portfolio.active_units import last_whole_month

_UNITS = """
with money as (
    select unit_id, sum(net) filter (month >= $current) as revenue
    from sales_month join member using (account_id) where month < $after group by unit_id
), here as (
    select unit_id, contact_id, contacts.name as person, "function", list_position($heights, contacts.level) as height,
        influence, attitude
    from contacts join member using (account_id) where left_on is null or left_on > $as_of
), touch as (
    select unit_id, contact_id, touches.manager_id, touch_date, purpose
    from touches join member using (account_id)
    where touch_date > $as_of::date - interval 12 month and touch_date <= $as_of
), tie as (
    -- one of ours and one of theirs who met lately, as heavy as theirs is influential
    select unit_id, contact_id, touch.manager_id, any_value(person) as person,
        any_value(coalesce(influence, 1)) as weight
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
        case when count(attitude) > 0 then coalesce(sum(influence) filter (attitude < 0), 0) / nullif(sum(influence), 0)
        end as held_against,
        case when count(attitude) > 0 then count(*) filter (attitude < 0) end as anti_supporters,
        count(attitude) as attitudes
    from here group by unit_id
), lost as (
    select unit_id, count(*) as departed
    from contacts join member using (account_id)
    where left_on > $as_of::date - interval 12 month and left_on <= $as_of and influence >= $weighty group by unit_id
), reach as (
    select unit_id, count(*) as active_contacts from reached group by unit_id
), ours as (
    select unit_id, max(held) / sum(held) as share, first(manager order by held desc, manager) as manager
    from (
        select unit_id, coalesce(any_value(managers.name), tie.manager_id) as manager, sum(weight) as held
        from tie left join managers using (manager_id) where tie.manager_id is not null group by unit_id, tie.manager_id
    ) group by unit_id
), theirs as (
    select unit_id, max(held) / sum(held) as share, first(person order by held desc, person) as person
    from (
        select unit_id, any_value(person) as person, sum(weight) as held from tie group by unit_id, contact_id
    ) group by unit_id
), year as (
    select unit_id, count(*) as touches, max(touch_date) as last_touch,
        count(*) filter (purpose = 'value') / nullif(count(purpose), 0) as value_share,
        count(*) filter (purpose = 'value') as value_touches, count(purpose) as purposed_touches,
        count(*) filter (height = 1) as executive_touches
    from touch left join here using (unit_id, contact_id) group by unit_id
), kept as (select exists (from touches where touch_date <= $as_of) as touches)
select unit_id as account_id, coalesce(accounts.name, unit_id) as name, accounts.manager,
    coalesce(revenue, 0)::double as revenue, coalesce(contacts, 0)::bigint as contacts,
    case when kept.touches and contacts > 0 then coalesce(active_contacts, 0) end::double as active_contacts,
    case when kept.touches and contacts > 0 then coalesce(covered, 0) / list_sum($weights) end::double as coverage,
    net_support::double as net_support, anti_supporters::double as anti_supporters,
    coalesce(attitudes, 0)::bigint as attitudes,
    (greatest(revenue, 0) * held_against)::double as anti_supporter_exposure,
    ours.share::double as key_person_ours, theirs.share::double as key_person_theirs,
    ours.manager as key_name_ours, theirs.person as key_name_theirs,
    value_share::double as value_contact_share, coalesce(value_touches, 0)::bigint as value_touches,
    coalesce(purposed_touches, 0)::bigint as purposed_touches,
    case when kept.touches then coalesce(year.touches, 0) end::double as touches,
    case when kept.touches and contacts > 0 then coalesce(executive_touches, 0) end::double as executive_touches,
    last_touch, coalesce(departed, 0)::bigint as departed
from money cross join kept
left join accounts on accounts.account_id = unit_id
left join people using (unit_id)
left join coverage using (unit_id)
left join reach using (unit_id)
left join ours using (unit_id)
left join theirs using (unit_id)
left join year using (unit_id)
left join lost using (unit_id)
order by revenue desc, unit_id
"""


def relationships(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Measure how many people know us at each account, how they stand to us, and what hangs on one of them.

    - active contact: a person still there with a touch within 90 days
    - coverage: Σ weight of the posts in `ROLES` with an active contact of that function and at least that level
      ÷ Σ weight of all of them
    - net support: Σ influence·attitude ÷ (2·Σ influence) over the people whose attitude is known, from −1 to 1
    - anti-supporter exposure: revenue × influence held by people with attitude < 0 ÷ all influence
    - key-person risk: the largest share of the active ties, weighted by the influence of theirs, that one of ours,
      and one of theirs, holds, with the names of both
    - hangs on: the side on which that share is more than half
    - value contact share: touches whose purpose is to give value ÷ all touches with a purpose, twelve months
    - departed: people with an influence of 4 or 5 who left within twelve months

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Nothing dated later is used. Attitude and influence bear no date and are taken as they stand.

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales up to `as_of`, largest revenue first: account_id, name, manager,
        revenue, contacts, active_contacts, coverage, net_support, anti_supporters, attitudes (people whose attitude is
        known), anti_supporter_exposure (currency), key_person_ours, key_person_theirs, key_name_ours, key_name_theirs,
        value_contact_share, value_touches, purposed_touches, touches, executive_touches, last_touch, departed,
        hangs_on.
        Unknown where there is no table, or no person or touch to tell from.
    """
    last = last_whole_month(as_of)
    parameters = {
        "as_of": as_of,
        "lately": as_of - dt.timedelta(days=ACTIVE_DAYS),
        "current": window_start(last),
        "after": shift(last, 1),
        "weighty": INFLUENTIAL,
        **post_parameters(),
    }
    found = cursor.execute(_UNITS, parameters).df()
    return found.assign(hangs_on=hangs_on(found))


def hangs_on(relationships: pd.DataFrame) -> pd.Series:
    """Say on which side one person holds more than half of an account's active ties.

    "theirs", "ours", "both" or "neither"; "nobody" where people are known but none was in touch within 90 days; missing
    where nothing is known.

    >>> rows = {"key_person_ours": [1.0, 0.5], "key_person_theirs": [0.6, 0.4], "active_contacts": [2.0, 3.0]}
    >>> hangs_on(pd.DataFrame(rows)).tolist()
    ['both', 'neither']
    """
    ours, theirs = relationships["key_person_ours"] > HANGS_ON_ONE, relationships["key_person_theirs"] > HANGS_ON_ONE
    said = pd.Series("neither", index=relationships.index, dtype="str")
    said = said.mask(ours, "ours").mask(theirs, "theirs").mask(ours & theirs, "both")
    said = said.mask(relationships["active_contacts"] == 0, "nobody")
    return said.mask(relationships["active_contacts"].isna())
