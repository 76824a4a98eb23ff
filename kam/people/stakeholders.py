"""Who the people at a customer are, how they stand to us, who of ours knows them, and who of them has left."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import shift, window_start
from kam.base.rules import ACTIVE_DAYS, INFLUENTIAL
from kam.people.coverage import post_parameters

_MET = """
with met as (
    select contact_id, touch_id, touch_date, purpose, coalesce(managers.name, touches.manager_id) as manager
    from touches left join managers on managers.manager_id = touches.manager_id
    where touch_date <= $as_of and contact_id is not null
)
"""
_PEOPLE = """
, money as (
    select unit_id, greatest(sum(net) filter (month >= $current), 0)::double as revenue
    from sales_month join member using (account_id) where month < $after group by unit_id
), seen as (
    select contact_id, max(touch_date) as last_touch,
        first(manager order by touch_date desc, touch_id desc) as last_manager,
        first(purpose order by touch_date desc, touch_id desc) as last_purpose,
        count(*) filter (touch_date > $as_of::date - interval 12 month) as touches
    from met group by contact_id
), known as (
    select contact_id, string_agg(manager, ', ' order by times desc, manager) as known_by
    from (
        select contact_id, manager, count(*) as times from met
        where touch_date > $as_of::date - interval 12 month and manager is not null group by all
    ) group by contact_id
), person as (
    select unit_id, account, contacts.*, left_on is not null and left_on <= $as_of as departed,
        case when not departed then influence end as says
    from contacts join member using (account_id)
)
select person.unit_id as account_id, account, contact_id, person.name, person.title, person."function", person.level,
    person.influence::double as influence, person.attitude::double as attitude, last_touch,
    datediff('day', last_touch, $as_of::date)::double as days_since, last_manager, last_purpose,
    coalesce(touches, 0)::bigint as touches, known_by,
    coalesce(not departed and last_touch > $lately, false) as active, boss.name as reports_to,
    person.reports_to as reports_to_id, person.left_on, departed,
    case when not departed and person.attitude is not null then
        coalesce(revenue, 0) * case when person.attitude < 0 then coalesce(says, 0) else 0 end
            / nullif(sum(says) over (partition by person.unit_id), 0)
    end::double as exposed
from person
left join money using (unit_id)
left join seen using (contact_id)
left join known using (contact_id)
left join contacts boss on boss.contact_id = person.reports_to
order by coalesce(revenue, 0) desc, person.unit_id, departed, influence desc nulls last, person.name, contact_id
"""
_TIES = """
select unit_id as account_id, contact_id, contacts.name as person, contacts."function",
    contacts.influence::double as influence, manager, count(*)::bigint as touches, max(touch_date) as last_touch,
    max(touch_date) > $lately as active
from met join contacts using (contact_id) join (select account_id, unit_id from member) using (account_id)
where touch_date > $as_of::date - interval 12 month and manager is not null and (left_on is null or left_on > $as_of)
group by all order by unit_id, touches desc, person, contact_id, manager
"""
_DEPARTURES = """
, here as (
    select contact_id, unit_id, "function", list_position($heights, contacts.level) as height, contacts.name, influence
    from contacts join member using (account_id) where left_on is null or left_on > $as_of
), active as (
    select here.* from here
    where contact_id in (select contact_id from met where touch_date > $lately)
), gone as (
    select unit_id, account, contacts.*, list_position($heights, contacts.level) as height
    from contacts join member using (account_id)
    where left_on > $as_of::date - interval 12 month and left_on <= $as_of and influence >= $weighty
), money as (
    select unit_id, sum(net) filter (month >= $current)::double as revenue
    from sales_month join member using (account_id) where month < $after group by unit_id
), after_them as (
    select gone.contact_id,
        string_agg(active.name, ', ' order by active.influence desc nulls last, active.name) as names
    from gone join active on active.unit_id = gone.unit_id and active."function" = gone."function"
        and active.height <= gone.height
    group by gone.contact_id
)
select unit_id as account_id, account, contact_id, gone.name, title, "function", level, influence::double as influence,
    attitude::double as attitude, left_on, names as followed_by, coalesce(revenue, 0)::double as revenue
from gone left join after_them using (contact_id) left join money using (unit_id)
order by revenue desc, left_on desc, gone.name, contact_id
"""


def stakeholders(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the people at the customers with how they stand to us and who of ours knows them.

    An anti-supporter (attitude under 0) exposes revenue × own influence ÷ the influence of all who are still there, so
    that the people of an account add up to its anti-supporter exposure.

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        Nothing dated later is used. Attitude and influence bear no date and are taken as they stand.

    Returns
    -------
    pandas.DataFrame
        One row a person, of the largest account first, the most influential first, those who left last: account_id,
        account (where the person works), contact_id, name, title, function, level, influence (1–5), attitude (−2…+2),
        last_touch, days_since, last_manager and last_purpose (of that touch), touches (of twelve months), known_by
        (names of ours who met the person in twelve months, most often first), active (a touch within 90 days),
        reports_to (name), reports_to_id, left_on, departed, exposed (currency; 0 where the attitude is not negative,
        unknown where it is unknown or the person has left).
    """
    parameters = {"as_of": as_of, "lately": _lately(as_of), "current": window_start(as_of), "after": shift(as_of, 1)}
    return cursor.execute(_MET + _PEOPLE, parameters).df()


def ties(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List who of ours met whom of theirs within twelve months.

    Returns
    -------
    pandas.DataFrame
        One row for each pair, of people still there: account_id, contact_id, person, function, influence, manager,
        touches, last_touch, active (within 90 days).
    """
    return cursor.execute(_MET + _TIES, {"as_of": as_of, "lately": _lately(as_of)}).df()


def departures(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List the people with an influence of 4 or 5 who left within twelve months, and who came after them.

    Returns
    -------
    pandas.DataFrame
        account_id, account, contact_id, name, title, function, level, influence, attitude, left_on, followed_by (active
        contacts of the same function and at least that level; missing: nobody), revenue (currency); most revenue first.
    """
    days = {"as_of": as_of, "lately": _lately(as_of), "current": window_start(as_of), "after": shift(as_of, 1)}
    people = {"weighty": INFLUENTIAL, "heights": post_parameters()["heights"]}
    return cursor.execute(_MET + _DEPARTURES, days | people).df()


def _lately(as_of: dt.date) -> dt.date:
    return as_of - dt.timedelta(days=ACTIVE_DAYS)
