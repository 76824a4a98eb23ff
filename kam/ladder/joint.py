"""Value made together: value given, plans shared and promises kept, against the account's peers'."""

import datetime as dt

import duckdb
import pandas as pd

from kam.ladder.measures import Measure
from kam.ladder.peers import peer_readings
from kam.words.numbers import day

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("value delivered", "value delivered in a year: {} times", "number"),
        Measure("value contact", "{} of the touches gave value", "percent", band=0.05),
        Measure("joint plan", "steps taken on a plan for its own goal: {}", "number"),
        Measure("milestones kept", "{} of the milestones were kept", "percent", band=0.05),
        Measure("cases in time", "{} of the cases were solved in time", "percent", band=0.05),
    )
}
FIGURES = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id from accounts
), money as (
    select unit_id, sum(net) as revenue
    from sales_month join unit using (account_id)
    where month > $as_of::date - interval 12 month and month <= $as_of group by unit_id
), value as (
    select unit_id, count(*) as times from value_delivered join unit using (account_id)
    where delivered_on > $as_of::date - interval 12 month and delivered_on <= $as_of
        and confirmed is distinct from false
    group by unit_id
), contact as (
    select unit_id, count(*) filter (purpose = 'value') / count(*) as share from touches join unit using (account_id)
    where touch_date > $as_of::date - interval 12 month and touch_date <= $as_of and purpose is not null
    group by unit_id
), step as (
    select unit_id, customer_goal is not null as joint, baseline_on, done_on
    from milestones join plans using (plan_id) join unit using (account_id)
), joint as (
    select unit_id, count(*) as steps from step
    where joint and done_on > $as_of::date - interval 12 month and done_on <= $as_of group by unit_id
), kept as (
    -- a milestone still open after its first promised day is a promise not kept
    select unit_id, count(*) filter (done_on <= baseline_on) / count(*) as share from step
    where baseline_on > $as_of::date - interval 12 month and baseline_on <= $as_of group by unit_id
), solved as (
    select unit_id, count(*) filter (closed_on <= opened_on + target_days::int) / count(*) as share
    from cases join unit using (account_id)
    where opened_on + target_days::int > $as_of::date - interval 12 month and opened_on + target_days::int <= $as_of
    group by unit_id
), has as (
    select exists (from value_delivered where delivered_on <= $as_of) as value,
        exists (from plans where starts_on <= $as_of) as plans
)
select unit_id as account_id, root.industry,
    case when has.value then coalesce(times, 0) end::double as "value delivered",
    contact.share::double as "value contact",
    case when has.plans then coalesce(steps, 0) end::double as "joint plan",
    kept.share::double as "milestones kept",
    solved.share::double as "cases in time"
from money cross join has
left join value using (unit_id)
left join contact using (unit_id)
left join joint using (unit_id)
left join kept using (unit_id)
left join solved using (unit_id)
left join accounts root on root.account_id = unit_id
where revenue > 0
"""


def readings(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str) -> pd.DataFrame:
    """Read what was done together with each active account in twelve months, against its peers'.

    - value delivered: entries the customer has not denied; 0 where others have some
    - value contact: touches whose purpose is to give value ÷ touches with a purpose
    - joint plan: milestones done of plans that serve a goal of the customer's own
    - milestones kept: done by the day first promised ÷ promised for these months
    - cases in time: solved within target ÷ cases whose target fell into these months

    Returns
    -------
    pandas.DataFrame
        As `kam.ladder.behaviour.readings`; observed on `as_of`.
    """
    figures = cursor.execute(FIGURES, {"as_of": as_of, "level": level}).df()
    tables = {
        "value delivered": "value delivered",
        "value contact": "touches",
        "joint plan": "plans and milestones",
        "milestones kept": "milestones",
        "cases in time": "cases",
    }
    year = f"of the twelve months to {day(as_of)}"
    return peer_readings(
        figures, MEASURES, observed_on=as_of, sources={signal: f"{table} {year}" for signal, table in tables.items()}
    )
