"""What the customer does: price behaviour, breadth, share of wallet and loyalty, from sales against its peers'."""

import datetime as dt

import duckdb
import pandas as pd

from kam.ladder.measures import Measure
from kam.ladder.peers import peer_readings
from kam.ladder.units import last_whole_month
from kam.metrics.windows import window_parameters
from kam.words.numbers import month

# A point of discount or margin is not worth a word about an account; below it the middle level stands.
_POINT = 0.01

MEASURES = {
    measure.signal: measure
    for measure in (
        Measure("discount depth", "discount {}", "percent", more_is_higher=False, band=_POINT),
        Measure("discount trend", "discount {} against the year before", "points", more_is_higher=False, band=_POINT),
        Measure("margin rate", "margin rate {}", "percent", band=_POINT),
        Measure("categories", "categories bought: {}", "number"),
        Measure("services share", "services and solutions {} of revenue", "percent", band=_POINT),
        Measure("share of wallet", "{} of what it spends", "percent", band=_POINT),
        Measure("regularity", "bought in {} of 12 months", "number"),
        Measure("tenure", "customer for {} years", "number", band=0.1),
    )
}
FIGURES = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id,
        case when yearly_wallet > 0 then yearly_wallet end as wallet, customer_since
    from accounts
), item as (
    select unit_id, product_id, month, month >= $current as now, wallet is not null as has_wallet,
        net, list, net_listed, cost, net_costed
    from sales_month join unit using (account_id)
    where month >= $prior and month < $after
), money as (
    select unit_id, sum(net) filter (now) as revenue,
        sum(list) filter (now) as list, sum(net_listed) filter (now) as net_listed,
        sum(list) filter (not now) as list_before, sum(net_listed) filter (not now) as net_listed_before,
        sum(cost) filter (now) as cost, sum(net_costed) filter (now) as net_costed,
        -- Like beside like: sales of the members whose wallet is known, over these wallets.
        sum(net) filter (now and has_wallet) as net_with_wallet
    from item group by unit_id
), rhythm as (
    select unit_id, count(*) filter (net > 0) as active_months
    from (select unit_id, month, sum(net) as net from item where now group by unit_id, month)
    group by unit_id
), bought as (
    select unit_id, category, kind, sum(net) as net
    from item join products using (product_id) where now group by unit_id, category, kind
), breadth as (
    select unit_id, count(*) filter (net > 0) as categories
    from (select unit_id, category, sum(net) as net from bought where category is not null group by unit_id, category)
    group by unit_id
), service as (
    select unit_id, sum(net) as known, coalesce(sum(net) filter (kind in ('service', 'solution')), 0) as services
    from bought where kind is not null group by unit_id
), bond as (
    select unit_id, least(min(first_month), min(customer_since)) as since, sum(wallet) as wallet
    from unit
    left join (
        select account_id, min(month) as first_month from sales_month where month < $after group by account_id
    ) using (account_id)
    group by unit_id
)
select unit_id as account_id, root.industry,
    round(1 - net_listed::double / nullif(list, 0)::double, 9) as "discount depth",
    round(net_listed_before::double / nullif(list_before, 0)::double - net_listed::double / nullif(list, 0)::double, 9)
        as "discount trend",
    round(case when net_costed > 0 then (net_costed - cost)::double / net_costed::double end, 9) as "margin rate",
    nullif(categories, 0)::double as "categories",
    round(case when known > 0 then greatest(services, 0)::double / known::double end, 9) as "services share",
    round(greatest(net_with_wallet, 0)::double / wallet::double, 9) as "share of wallet",
    active_months::double as "regularity",
    round(case when since <= $last then date_diff('day', since, $last) / 365.25 end, 9) as "tenure"
from money
join rhythm using (unit_id)
left join breadth using (unit_id)
left join service using (unit_id)
join bond using (unit_id)
left join accounts root on root.account_id = unit_id
where revenue > 0
"""


def readings(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str) -> pd.DataFrame:
    """Read the behaviour of the last twelve months of each active account against its peers.

    Formulas, T12M = the twelve months up to `as_of`, over accounts with revenue > 0 in them:

    - discount depth: 1 − Σnet/Σlist over lines with a list amount; its trend: T12M − the twelve months before
    - margin rate: Σ(net − cost)/Σnet over lines with a cost
    - categories: categories with net sales > 0; services share: net of services and solutions ÷ net of products
      whose kind is known
    - share of wallet: revenue ÷ yearly wallet, over members whose wallet is known
    - regularity: months with net sales > 0; tenure: years since the first sale or `customer_since`, the earlier

    What cannot be computed is not there. Peers and levels: `kam.ladder.peers.against_peers`, always over the whole
    book, whatever is asked about.

    Returns
    -------
    pandas.DataFrame
        account_id, signal (categorical), level_index (0 towards the broker), share (1), observed_on (the last day of
        the window), value, peers_median, peers, source.
    """
    last = last_whole_month(as_of)
    windows = window_parameters(last)
    figures = cursor.execute(FIGURES, windows | {"last": last, "level": level}).df()
    sources = _sources(windows["prior"], windows["current"], last)
    return peer_readings(figures, MEASURES, observed_on=last, sources=sources)


def _sources(prior: dt.date, current: dt.date, last: dt.date) -> dict[str, str]:
    year = f"sales lines {month(current)} – {month(last)}"
    return dict.fromkeys(MEASURES, year) | {
        "discount trend": f"sales lines {month(prior)} – {month(last)}",
        "share of wallet": f"{year}, and the account's yearly wallet",
        "tenure": f"the first of the sales lines up to {month(last)}, or the account's “customer since”",
    }
