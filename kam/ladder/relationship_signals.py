"""Who knows whom: coverage, executive contact, support and dependence on one person, against the account's peers'."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.numbers import day
from kam.base.rules import ACTIVE_DAYS
from kam.base.schema import CONTACT_LEVELS
from kam.base.texts import _
from kam.ladder.measures import Measure
from kam.ladder.standing_among import peer_readings
from kam.people.coverage import ROLES
from kam.portfolio.active_units import DAYS, day_parameters

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("coverage", _("{value} of the posts that should know us were in touch"), "percent", band=0.05),
        Measure("executive contact", _("touches with its executives in a year: {value}"), "number"),
        Measure("support", _("net support {value} of 100 %"), "percent", band=0.05),
        Measure(
            "dependence",
            _("{value} of the ties hang on one of their people"),
            "percent",
            more_is_higher=False,
            band=0.05,
        ),
    )
}
_FIGURES = """
, person as (
    select unit, contact_id, "function", list_position($heights, contacts.level) as height, influence, attitude,
        coalesce(left_on, date '9999-12-31') as left_on
    from contacts join unit using (account_id)
), people as (
    select unit, day,
        sum(influence * attitude) / nullif(2 * sum(influence) filter (attitude is not null), 0) as support
    from person join day on left_on > as_of group by unit, day
), met as (
    select unit, contact_id, touches.manager_id, touch_date, left_on, height
    from touches
    join unit using (account_id)
    join person using (unit, contact_id)
), year as (
    select unit, day, count(*) as executive_touches, max(touch_date) as newest
    from met join day on touch_date > as_of - interval 12 month and touch_date <= as_of and left_on > as_of
    where height = 1
    group by unit, day
), tie as (
    -- one of ours and one of theirs who met lately
    select distinct unit, day, contact_id, met.manager_id
    from met join day on touch_date > as_of - to_days($active_days) and touch_date <= as_of and left_on > as_of
), known as (
    select unit, day, any_value("function") as "function", any_value(height) as height,
        any_value(coalesce(influence, 1)) * count(*) as held
    from tie join person using (unit, contact_id)
    group by unit, day, contact_id
), dependence as (
    select unit, day, max(held) / sum(held) as share from known group by unit, day
), role as (
    select unnest($functions) as "function", unnest($heights_asked) as height, unnest($weights) as weight
), coverage as (
    select unit, day, sum(weight) as covered
    from (
        select unit, day, role.weight
        from (select unit, day, "function", min(height) as height from known group by all) reached
        join role on role."function" = reached."function" and reached.height <= role.height
    ) group by unit, day
), began as (
    select min(touch_date) as first_touch from touches
)
select unit, day,
    case when first_touch <= as_of then coalesce(covered, 0) / list_sum($weights) end::double as coverage,
    case when first_touch <= as_of then coalesce(executive_touches, 0) end::double as "executive contact",
    support::double as support, share::double as dependence,
    -- none is news of the day itself
    coalesce(newest, as_of) as executive_seen
from people
join day using (day)
cross join began
left join year using (unit, day)
left join coverage using (unit, day)
left join dependence using (unit, day)
"""
FIGURES = DAYS + _FIGURES


def readings(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], peers: pd.DataFrame) -> pd.DataFrame:
    """Read the relationship with each active account on each day, as `kam.people.relationships` defines it.

    This is that question asked for many days at once, and of these four figures alone.

    Returns
    -------
    pandas.DataFrame
        As `kam.ladder.behaviour_signals.readings`; observed on the day, touches with executives when the newest was.
    """
    known = peers.merge(figures(cursor, days=days), on=["unit", "day"])
    seen = {"executive contact": known["executive_seen"]}
    return peer_readings(known, MEASURES, ends=days, seen=seen, sources=_sources(days))


def figures(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date]) -> pd.DataFrame:
    """Measure coverage, executive contact, support and dependence: unit, day and one column each.

    Units of which nobody is known on a day are not there.
    """
    asked = {
        "active_days": ACTIVE_DAYS,
        "heights": list(CONTACT_LEVELS),
        "functions": [function for function, _ in ROLES],
        "heights_asked": [1 + CONTACT_LEVELS.index(height) for _, height in ROLES],
        "weights": list(ROLES.values()),
    }
    return cursor.execute(FIGURES, day_parameters(days) | asked).df()


def _sources(days: Sequence[dt.date]) -> list[dict[str, str]]:
    return [
        {
            "coverage": _("touches of the {days} days to {day}").format(days=ACTIVE_DAYS, day=day(as_of)),
            "executive contact": _("touches of the twelve months to {day}").format(day=day(as_of)),
            "support": _("people known at the account and touches up to {day}").format(day=day(as_of)),
            "dependence": _("touches of the {days} days to {day}").format(days=ACTIVE_DAYS, day=day(as_of)),
        }
        for as_of in days
    ]
