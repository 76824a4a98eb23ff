"""Value made together: value given, plans shared and promises kept, against the account's peers'."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.numbers import day
from kam.base.texts import _
from kam.ladder.measures import Measure
from kam.ladder.standing_among import peer_readings
from kam.portfolio.active_units import DAYS, day_parameters

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("value delivered", _("value delivered in a year: {value} times"), "number"),
        Measure("value contact", _("{value} of the touches gave value"), "percent", band=0.05),
        Measure("joint plan", _("steps taken on a plan for its own goal: {value}"), "number"),
        Measure("milestones kept", _("{value} of the milestones were kept"), "percent", band=0.05),
        Measure("cases in time", _("{value} of the cases were solved in time"), "percent", band=0.05),
    )
}
_FIGURES = """
, value as (
    select unit, day, count(*) as times, max(delivered_on) as newest
    from value_delivered join unit using (account_id)
    join day on delivered_on > as_of - interval 12 month and delivered_on <= as_of
    where confirmed is distinct from false
    group by unit, day
), contact as (
    select unit, day, count(*) filter (purpose = 'value') / count(*) as share, max(touch_date) as newest
    from touches join unit using (account_id)
    join day on touch_date > as_of - interval 12 month and touch_date <= as_of
    where purpose is not null
    group by unit, day
), step as (
    select unit, customer_goal is not null as joint, baseline_on, done_on
    from milestones join plans using (plan_id) join unit using (account_id)
), joint as (
    select unit, day, count(*) as steps, max(done_on) as newest
    from step join day on done_on > as_of - interval 12 month and done_on <= as_of
    where joint group by unit, day
), kept as (
    -- a milestone still open after its first promised day is a promise not kept
    select unit, day, count(*) filter (done_on <= baseline_on) / count(*) as share, max(baseline_on) as newest
    from step join day on baseline_on > as_of - interval 12 month and baseline_on <= as_of
    group by unit, day
), trouble as (
    select unit, opened_on + target_days::int as due_on, closed_on from cases join unit using (account_id)
), solved as (
    select unit, day, count(*) filter (closed_on <= due_on) / count(*) as share, max(due_on) as newest
    from trouble join day on due_on > as_of - interval 12 month and due_on <= as_of
    group by unit, day
), began as (
    select (select min(delivered_on) from value_delivered) as first_value,
        (select min(starts_on) from plans) as first_plan
)
select unit, day,
    case when first_value <= as_of then coalesce(times, 0) end::double as "value delivered",
    contact.share::double as "value contact",
    case when first_plan <= as_of then coalesce(steps, 0) end::double as "joint plan",
    kept.share::double as "milestones kept",
    solved.share::double as "cases in time",
    -- a nought is news of the day itself, a number is as old as its newest row
    coalesce(value.newest, as_of) as "value delivered seen", contact.newest as "value contact seen",
    coalesce(joint.newest, as_of) as "joint plan seen", kept.newest as "milestones kept seen",
    solved.newest as "cases in time seen"
from (select distinct unit from unit)
cross join day
cross join began
left join value using (unit, day)
left join contact using (unit, day)
left join joint using (unit, day)
left join kept using (unit, day)
left join solved using (unit, day)
"""
FIGURES = DAYS + _FIGURES


def readings(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], peers: pd.DataFrame) -> pd.DataFrame:
    """Read what was done together with each active account in the twelve months to each day, against its peers'.

    - value delivered: entries the customer has not denied; 0 where others have some
    - value contact: touches whose purpose is to give value ÷ touches with a purpose
    - joint plan: milestones done of plans that serve a goal of the customer's own
    - milestones kept: done by the day first promised ÷ promised for these months
    - cases in time: solved within target ÷ cases whose target fell into these months

    Returns
    -------
    pandas.DataFrame
        As `kam.ladder.behaviour_signals.readings`; observed on the day of the newest row that counted, or on the day
        asked about where there was none.
    """
    figures = peers.merge(cursor.execute(FIGURES, day_parameters(days)).df(), on=["unit", "day"])
    told = {
        "value delivered": _("value delivered of the twelve months to {day}"),
        "value contact": _("touches of the twelve months to {day}"),
        "joint plan": _("plans and milestones of the twelve months to {day}"),
        "milestones kept": _("milestones of the twelve months to {day}"),
        "cases in time": _("cases of the twelve months to {day}"),
    }
    sources = [{signal: text.format(day=day(as_of)) for signal, text in told.items()} for as_of in days]
    seen = {signal: figures[f"{signal} seen"] for signal in MEASURES}
    return peer_readings(figures, MEASURES, ends=days, seen=seen, sources=sources)
