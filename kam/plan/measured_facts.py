"""What sales, surveys and readings say within the scope and window of each objective: one query, no judgement."""

import datetime as dt
from dataclasses import dataclass

import duckdb

_FACTS = """
with objective as (
    select
        o.objective_id, o.metric, o.category, o.product_id, coalesce(o.window_months, 12) as months,
        p.account_id, a.yearly_wallet,
        o.category is null or o.category in (select category from products where category is not null) as has_category,
        o.product_id is null or o.product_id in (select product_id from products) as has_product,
        (date_trunc('month', $as_of::date) - to_months((months - 1)::integer))::date as first_month
    from objectives o
    left join plans p on p.plan_id = o.plan_id
    left join accounts a on a.account_id = p.account_id
    left join unit u on u.account_id = p.account_id
    where u.in_view or not exists (from unit where not in_view)
),
history as (
    select min(month) as first_month, max(month) as last_month from sales_month
),
sold as (
    select
        o.objective_id, o.months, q.category, s.quantity, s.net, s.list, s.net_listed, s.cost, s.net_costed
    from objective o
    join sales_month s on s.account_id = o.account_id and s.month between o.first_month and $as_of::date
    left join products q on q.product_id = s.product_id
    where (o.category is null or q.category = o.category) and (o.product_id is null or q.product_id = o.product_id)
),
sales as (
    select
        objective_id, sum(quantity) as quantity, sum(net) as revenue, sum(list) as list, sum(net_listed) as net_listed,
        sum(net_costed) - sum(cost) as margin, sum(net_costed) as net_costed,
        count(*) filter (quantity is null and net <> 0) > 0 as has_uncounted
    from sold group by objective_id
),
told as (
    select o.objective_id, count(s.product_id) = 0 as is_unnamed
    from objective o
    join sales_month s on s.account_id = o.account_id and s.month between o.first_month and $as_of::date
    group by o.objective_id
),
category_revenue as (
    select objective_id, category, sum(net) as revenue from sold group by objective_id, category
),
breadth as (
    select
        objective_id, count(category) filter (revenue > 0) as categories,
        count(*) filter (revenue > 0 and category is null) > 0 as has_uncategorised
    from category_revenue group by objective_id
),
voice as (
    select
        o.objective_id, count(v.nps) as answers,
        100.0 * (count(*) filter (v.nps >= 9) - count(*) filter (v.nps <= 6)) / nullif(count(v.nps), 0) as nps
    from objective o
    join surveys v on v.account_id = o.account_id
    where v.nps is not null and date_trunc('month', v.survey_date) >= o.first_month and v.survey_date <= $as_of::date
    group by o.objective_id
),
reading as (
    select objective_id, last(value order by read_on, reading_id) as value, max(read_on) as read_on
    from readings where read_on <= $today::date group by objective_id
)
select
    o.objective_id, o.account_id, o.metric, o.category, o.product_id, o.months, o.has_category, o.has_product,
    h.first_month is not null and h.first_month <= o.first_month
        and h.last_month >= date_trunc('month', $as_of::date) as is_covered,
    o.yearly_wallet::double, coalesce(s.revenue, 0)::double,
    if(coalesce(s.has_uncounted, false), null, coalesce(s.quantity, 0))::double, s.margin::double,
    s.net_costed::double, s.net_listed::double, s.list::double,
    coalesce(b.categories, 0), coalesce(b.has_uncategorised, false), coalesce(t.is_unnamed, false),
    v.nps::double, coalesce(v.answers, 0), r.value::double, r.read_on
from objective o
cross join history h
left join sales s on s.objective_id = o.objective_id
left join breadth b on b.objective_id = o.objective_id
left join told t on t.objective_id = o.objective_id
left join voice v on v.objective_id = o.objective_id
left join reading r on r.objective_id = o.objective_id
order by o.objective_id
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """One objective's scope and all that the book says within it; money in the book's currency, None = unknown.

    `is_covered` tells whether the sales data reach over the whole window; `revenue` and `quantity` of an account
    that bought nothing are 0, and `quantity` is unknown where a line has none; `is_unnamed` tells that it bought, and
    no line names a product. `net_costed`, `net_listed` and `list` are sums over the lines with a cost or a list
    amount. `reading` is the newest one up to today.
    """

    objective_id: str
    account_id: str | None
    metric: str | None
    category: str | None
    product_id: str | None
    months: int
    has_category: bool
    has_product: bool
    is_covered: bool
    yearly_wallet: float | None
    revenue: float
    quantity: float | None
    margin: float | None
    net_costed: float | None
    net_listed: float | None
    list: float | None
    categories: int
    has_uncategorised: bool
    is_unnamed: bool
    nps: float | None
    answers: int
    reading: float | None
    read_on: dt.date | None


def facts(cursor: duckdb.DuckDBPyConnection, *, today: dt.date, as_of: dt.date) -> list[Facts]:
    """Gather the facts of each objective: those of its plan's account, in its category or product, over its window.

    Parameters
    ----------
    cursor
        A cursor of a view: of its accounts the plans are told; where all are in view, those of no known account, too.
    today
        Readings after this day are not read.
    as_of
        The last day of the as-of month: windows of sales and surveys end there, and hold `window_months` calendar
        months (12 where the objective names none).

    Returns
    -------
    list of Facts
        One an objective, in the order of their ids; none in an empty book.
    """
    return [Facts(*row) for row in cursor.execute(_FACTS, {"today": today, "as_of": as_of}).fetchall()]
