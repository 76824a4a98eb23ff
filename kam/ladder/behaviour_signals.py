"""What the customer does: price behaviour, breadth, share of wallet and loyalty, from sales against its peers'."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import pandas as pd

from kam.base.numbers import month
from kam.base.periods import window_parameters
from kam.base.texts import _
from kam.ladder.measures import Measure
from kam.ladder.standing_among import peer_readings
from kam.portfolio.active_units import DAYS, day_parameters, last_whole_month

# A point of discount or margin is not worth a word about an account; below it the middle level stands.
_POINT = 0.01

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("discount depth", _("discount {value}"), "percent", more_is_higher=False, band=_POINT),
        Measure(
            "discount trend", _("discount {value} against the year before"), "points", more_is_higher=False, band=_POINT
        ),
        Measure("margin rate", _("margin rate {value}"), "percent", band=_POINT),
        Measure("categories", _("categories bought: {value}"), "number"),
        Measure("services share", _("services {value} of revenue"), "percent", band=_POINT),
        Measure("solutions share", _("solutions {value} of revenue"), "percent", band=_POINT),
        Measure("share of wallet", _("{value} of what it spends"), "percent", band=_POINT),
        Measure("regularity", _("bought in {value} of 12 months"), "number"),
        Measure("tenure", _("years a customer: {value}"), "number", band=0.1),
    )
}
# What no sale of the last months renews is as old as the last sale; a silence is news of these months themselves.
_AS_OLD_AS_SALES = (
    "discount depth",
    "discount trend",
    "margin rate",
    "categories",
    "services share",
    "solutions share",
)
_FIGURES = """
, holder as (
    select account_id, unit, customer_since, yearly_wallet from unit join accounts using (account_id)
), monthly as (
    select unit, month, sum(net) > 0 as bought, sum(list)::double as list, sum(net_listed)::double as net_listed,
        sum(cost)::double as cost, sum(net_costed)::double as net_costed,
        -- Like beside like: sales of the members whose wallet is known, over these wallets.
        (sum(net) filter (yearly_wallet > 0))::double as net_with_wallet
    from sales_month join holder using (account_id)
    group by unit, month
), first as (
    select unit, min(month) as first_month from monthly group by unit
), year as (
    select unit, day, sum(list) as list, sum(net_listed) as net_listed, sum(cost) as cost,
        sum(net_costed) as net_costed, sum(net_with_wallet) as net_with_wallet,
        count(*) filter (bought) as active_months, max(month) as last_month
    from monthly join day on month >= current and month < after
    group by unit, day
), before as (
    select unit, day, sum(list) as list_before, sum(net_listed) as net_listed_before
    from monthly join day on month >= prior and month < current
    group by unit, day
), sort as (
    -- numbers instead of names: they are what most of the time would go into
    select product_id, if(category is null, 0, dense_rank() over (order by category)) as category,
        case kind when 'product' then 1 when 'service' then 2 when 'solution' then 3 else 0 end as kind
    from products
), bought as (
    select unit, day, category, kind, sum(net) as net
    from (
        select unit, month, category, kind, sum(net)::double as net
        from sales_month join unit using (account_id) join sort using (product_id)
        group by unit, month, category, kind
    ) join day on month >= current and month < after
    group by unit, day, category, kind
), breadth as (
    select unit, day, count(*) filter (round(net, 4) > 0) as categories
    from (select unit, day, category, sum(net) as net from bought where category > 0 group by all)
    group by unit, day
), solved as (
    select unit, day, sum(net) as known, coalesce(sum(net) filter (kind = 2), 0) as services,
        coalesce(sum(net) filter (kind = 3), 0) as solutions
    from bought where kind > 0 group by unit, day
), bond as (
    select unit, min(customer_since) as customer_since, sum(yearly_wallet) filter (yearly_wallet > 0) as wallet
    from holder group by unit
)
select unit, day, last_day(last_month) as last_sold,
    round(1 - net_listed / nullif(round(list, 4), 0), 9) as "discount depth",
    round(net_listed_before / nullif(round(list_before, 4), 0) - net_listed / nullif(round(list, 4), 0), 9)
        as "discount trend",
    round(case when round(net_costed, 4) > 0 then (net_costed - cost) / net_costed end, 9) as "margin rate",
    nullif(categories, 0)::double as "categories",
    round(case when round(known, 4) > 0 then greatest(services, 0) / known end, 9) as "services share",
    round(case when round(known, 4) > 0 then greatest(solutions, 0) / known end, 9) as "solutions share",
    round(greatest(net_with_wallet, 0) / wallet::double, 9) as "share of wallet",
    active_months::double as "regularity",
    round(case when least(first_month, customer_since) <= last
        then date_diff('day', least(first_month, customer_since), last) / 365.25 end, 9) as "tenure"
from year
join day using (day)
join first using (unit)
join bond using (unit)
left join before using (unit, day)
left join breadth using (unit, day)
left join solved using (unit, day)
"""
FIGURES = DAYS + _FIGURES


def readings(cursor: duckdb.DuckDBPyConnection, *, days: Sequence[dt.date], peers: pd.DataFrame) -> pd.DataFrame:
    """Read the behaviour of the twelve months to each day of each active account against its peers.

    Formulas, T12M = the twelve months up to the day:

    - discount depth: 1 − Σnet/Σlist over lines with a list amount; its trend: T12M − the twelve months before
    - margin rate: Σ(net − cost)/Σnet over lines with a cost
    - categories: categories with net sales > 0; services share, solutions share: net of services, and of solutions,
      ÷ net of products whose kind is known
    - share of wallet: revenue ÷ yearly wallet, over members whose wallet is known
    - regularity: months with net sales > 0; tenure: years since the first sale or `customer_since`, the earlier

    What cannot be computed is not there. Prices and breadth were seen when the account last bought, the others at the
    end of the window. Peers and levels: `kam.ladder.standing_among.against_peers`, always over the whole book, whatever
    is asked about: `peers` is the frame of `kam.portfolio.active_units.active`.

    Returns
    -------
    pandas.DataFrame
        unit and day (numbers), signal (categorical), level_index (0 towards the broker), share (1), observed_on (the
        last day of the last month with sales, or of the window), value, peers_median, peers, source (categorical).
    """
    figures = peers.merge(cursor.execute(FIGURES, day_parameters(days)).df(), on=["unit", "day"])
    ends = [last_whole_month(day) for day in days]
    seen = dict.fromkeys(_AS_OLD_AS_SALES, figures["last_sold"])
    return peer_readings(figures, MEASURES, ends=ends, seen=seen, sources=[_sources(end) for end in ends])


def _sources(last: dt.date) -> dict[str, str]:
    windows = window_parameters(last)
    first, prior, end = (month(each) for each in (windows["current"], windows["prior"], last))
    return dict.fromkeys(MEASURES, _("sales lines {first} – {last}").format(first=first, last=end)) | {
        "discount trend": _("sales lines {first} – {last}").format(first=prior, last=end),
        "share of wallet": _("sales lines {first} – {last}, and the account's yearly wallet").format(
            first=first, last=end
        ),
        "tenure": _("the first of the sales lines up to {month}, or the account's “customer since”").format(month=end),
    }
