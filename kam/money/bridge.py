"""What made revenue or margin change between the prior and the current twelve months: parts that add up exactly."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from kam.base.errors import QuestionError
from kam.base.periods import window_parameters
from kam.base.terms import DIMENSIONS
from kam.portfolio.categories import UNNAMED, UNSORTED

MEASURES = ("revenue", "margin")
SPLITS = (*DIMENSIONS, "category", "account", "parent")
PRIOR, CURRENT = "prior", "current"
PARTS = {
    "list_price": "list price",
    "discount": "discount",
    "price_unlisted": "price, list unknown",
    "unit_cost": "unit cost",
    "volume": "volume",
    "mix": "mix",
    "more": "more bought",
    "less": "less bought",
    "added": "added products",
    "dropped": "dropped products",
    "won": "new accounts",
    "lost": "lost accounts",
    "other": "returns and other",
}
"""What stands between the prior and the current window, by column and in this order."""
_BESIDE = tuple(f"{when}{what}" for what in ("uncovered", "quantity", "discount_rate") for when in ("prior_", ""))

# Of each item the windows 0 (prior) and 1 (current) stand side by side. Quotients are floating, rounded to the four
# decimals of money; what remains of a definition is a difference of decimals, so that all parts add up exactly.
_BRIDGE = """
with seen as (
    select unit_id, product_id, month >= $current as now, sum(net) as whole,
        sum(if($measure = 'revenue' or cost is not null, quantity, null)) as quantity,
        count(*) filter (quantity is null and net <> 0) as uncounted,
        sum(if($measure = 'revenue' or cost is not null, net, null)) as net,
        sum(if($measure = 'revenue' or cost is not null, list, null)) as list,
        sum(if(list is not null and ($measure = 'revenue' or cost is not null), quantity, null)) as listed,
        sum(if($measure = 'revenue' or cost is not null, net_listed, null)) as net_listed, sum(cost) as cost,
        bool_or(list is null and net > 0 and ($measure = 'revenue' or cost is not null)) as is_unlisted
    from sales_month join member using (account_id)
    where month >= $prior and month < $after
    group by unit_id, product_id, now
),
item as (
    select unit_id, product_id, bool_or(not now) as seen0, bool_or(now) as seen1,
        sum(whole) filter (not now) as whole0, sum(whole) filter (now) as whole1,
        sum(quantity) filter (not now) as q0, sum(quantity) filter (now) as q1,
        sum(net) filter (not now) as net0, sum(net) filter (now) as net1,
        sum(cost) filter (not now) as cost0, sum(cost) filter (now) as cost1,
        sum(list) filter (not now) as list0, sum(list) filter (now) as list1,
        sum(listed) filter (not now) as listed0, sum(listed) filter (now) as listed1,
        sum(net_listed) filter (not now) as net_listed0, sum(net_listed) filter (now) as net_listed1,
        bool_or(is_unlisted) as is_unlisted, sum(uncounted) as uncounted
    from seen
    group by unit_id, product_id
),
sorted as (
    select unit_id, if(product_id is null, $unnamed, coalesce(category, $unsorted)) as category, uncounted,
        whole0, whole1,
        $measure = 'revenue' or ((cost0 is not null or not seen0) and (cost1 is not null or not seen1)) as is_covered,
        coalesce(net0, 0) as r0, coalesce(net1, 0) as r1, q0, q1,
        if($measure = 'margin', coalesce(cost0, 0), 0) as c0, if($measure = 'margin', coalesce(cost1, 0), 0) as c1,
        list0, list1, net_listed0, net_listed1,
        case when q0 > 0 and q1 > 0 and uncounted = 0 and product_id is not null then 'continuing'
            when not bool_or(seen0) over (partition by unit_id) then 'new'
            when not bool_or(seen1) over (partition by unit_id) then 'lost'
            when product_id is null then 'undivided'
            when not seen0 then 'added' when not seen1 then 'dropped'
            when uncounted > 0 then 'undivided'
            else 'other' end as fate,
        fate = 'continuing' and is_covered as stays,
        -- what the units of now would have brought, and cost, at the prices and unit costs of then
        if(stays, r0::double * (q1::double / q0::double), 0) as unrounded, unrounded::decimal(38,4) as kept,
        if(stays, (c0::double * (q1::double / q0::double))::decimal(38,4), 0) as kept_cost,
        coalesce(stays and list0 > 0 and list1 > 0 and not is_unlisted, false) as is_listed,
        if(is_listed, (unrounded * (list1::double / listed1::double * listed0::double / list0::double - 1))
            ::decimal(38,4), 0) as list_effect
    from item left join products using (product_id)
),
cell as (
    select unit_id, category, bool_or(is_covered) as is_known,
        sum(if(is_covered, r0 - c0, 0)) as prior, sum(if(is_covered, r1 - c1, 0)) as current,
        coalesce(sum(whole0), 0) - sum(if(is_covered, r0, 0)) as prior_uncovered,
        coalesce(sum(whole1), 0) - sum(if(is_covered, r1, 0)) as uncovered,
        sum(list_effect) as list_price, sum(if(is_listed, r1 - kept - list_effect, 0)) as discount,
        sum(if(stays and not is_listed, r1 - kept, 0)) as price_unlisted,
        sum(if(stays, kept_cost - c1, 0)) as unit_cost,
        sum(if(stays, r0 - c0, 0)) as base, sum(if(stays, q0, 0)) as base0, sum(if(stays, q1, 0)) as base1,
        if(base0 > 0, (base::double * ((base1 - base0)::double / base0::double))::decimal(38,4), 0) as volume,
        sum(kept - kept_cost) - base - volume as mix,
        sum(if(is_covered and fate = 'undivided', greatest((r1 - c1) - (r0 - c0), 0), 0)) as more,
        sum(if(is_covered and fate = 'undivided', least((r1 - c1) - (r0 - c0), 0), 0)) as less,
        sum(if(is_covered and fate = 'added', r1 - c1, 0)) as added,
        sum(if(is_covered and fate = 'dropped', c0 - r0, 0)) as dropped,
        sum(if(is_covered and fate = 'new', r1 - c1, 0)) as won,
        sum(if(is_covered and fate = 'lost', c0 - r0, 0)) as lost,
        sum(if(is_covered and fate = 'other', (r1 - c1) - (r0 - c0), 0)) as other,
        coalesce(sum(q0), 0) as prior_quantity, coalesce(sum(q1), 0) as quantity, sum(uncounted) as uncounted,
        sum(list0) as list0, sum(list1) as list1,
        sum(net_listed0) as at_list0, sum(net_listed1) as at_list1
    from sorted
    where $category is null or category = $category
    group by unit_id, category
),
summed as (
    select
        case when list_contains($by, 'account') then unit_id when list_contains($by, 'parent') then root_id end as id,
        if(list_contains($by, 'manager'), accounts.manager, null) as manager,
        if(list_contains($by, 'region'), accounts.region, null) as region,
        if(list_contains($by, 'industry'), industry, null) as industry,
        if(list_contains($by, 'category'), category, null) as category,
        bool_or(is_known) as is_known,
        sum(columns(cell.* exclude (unit_id, category, is_known, base, base0, base1)))
    from cell join accounts on accounts.account_id = unit_id
    group by 1, 2, 3, 4, 5
)
select id as account_id, name, summed.manager, summed.region, summed.industry, category, is_known,
    (select min(month) < $current from sales_month) as reaches_back,
    columns(summed.* exclude (id, manager, region, industry, category, is_known))::double
from summed left join accounts on accounts.account_id = id
"""
_KEYS = {"account": ["account_id", "name"], "parent": ["account_id", "name"]}
_TEXTS = ("account_id", "name", "manager", "region", "industry", "category")


def bridge(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    measure: str = "revenue",
    by: str | None = None,
    category: str | None = None,
) -> pd.DataFrame:
    """Lay the parts of the change of revenue or margin between the two windows under one another.

    For all accounts in view, or for each value of `by`::

        part        amount  uncovered
        prior        100.0        0.0
        list price    10.0        NaN
        ...
        current      130.0        0.0

    The parts between the first and the last row add up to their difference, to the cent. See `bridge_table` for
    what each part is, what is unknown, and the parameters.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `part`, `amount` (currency) and `uncovered`: in the first and the last row the
        revenue of that window that the margin bridge has no costs for, 0 in the revenue bridge.
    """
    splits = () if by is None else (by,)
    table = bridge_table(cursor, as_of=as_of, measure=measure, by=splits, category=category)
    keys = [name for name in table.columns if name in _TEXTS]
    rows = [
        table[keys].assign(part=part, amount=table[column], uncovered=table.get(uncovered, np.nan))
        for column, part, uncovered in [
            ("prior", PRIOR, "prior_uncovered"),
            *((column, part, None) for column, part in parts_of(measure).items()),
            ("current", CURRENT, "uncovered"),
        ]
    ]
    return pd.concat(rows).sort_index(kind="stable").reset_index(drop=True)


def bridge_table(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    measure: str = "revenue",
    by: Sequence[str] = (),
    category: str | None = None,
) -> pd.DataFrame:
    """Split the change of revenue or margin between the two windows into parts, one row a value of `by`.

    An item is what one account buys of one product. It *continues* if all its lines have a quantity and that is above
    0 in both windows; then with q units, net price p, list price L, discount d = 1 − p/L, unit cost c, unit margin
    m = p − c (price-volume-mix analysis; the mix within each account × category cell with Q units in all and the mean
    price P̄0 = R0/Q0):

    - `list_price` Σ(L1 − L0)(1 − d0)q1, `discount` −ΣL1(d1 − d0)q1, and `price_unlisted` Σ(p1 − p0)q1 of items with
      units sold without a list price in either window;
    - `unit_cost` −Σ(c1 − c0)q1, in the margin bridge alone;
    - `volume` (Q1 − Q0)P̄0 and `mix` Σp0q1 − Q1P̄0, with m for p in the margin bridge.

    Any other item's change goes whole into `won` (its account bought nothing in window 0), `lost` (nothing in window
    1), `added` (the item has no line in window 0), `dropped` (none in window 1), `more` or `less` (growth and decline
    of an item with lines that have no quantity, and of what accounts of both windows bought without a product: price,
    volume, mix and products cannot be told apart there) or `other`: returns and the rest.

    Parameters
    ----------
    cursor
        A cursor of a view. By parent, a parent with its subsidiaries is one account: what one subsidiary stops to buy
        and another begins to is then no loss and no gain.
    as_of
        Last day of the as-of month; later months are not counted.
    measure
        "revenue", or "margin" over the lines with a cost; there an item that has lines but no cost in one of the
        windows stays out.
    by
        Any of `SPLITS`; none gives one row. "parent" adds up accounts under their topmost parent.
    category
        Only the items of this category.

    Returns
    -------
    pandas.DataFrame
        The columns of `by` (`account_id` and `name` for "account" and "parent"), `prior`, `current`, `change` and
        between them the parts, in the book's currency: `prior` + parts = `current`, to the cent. `prior_uncovered`
        and `uncovered`: revenue left out of the margin bridge. `prior_quantity`, `quantity` in units, NaN where a line
        has none;
        `prior_discount_rate`, `discount_rate` over lines with a list amount. The largest change first.
        Where the data do not reach the prior window, `prior` and the parts are NaN; without any cost all of a margin
        bridge is. An empty book gives one row of NaN, or none if told apart.
    """
    if measure not in MEASURES:
        raise QuestionError(f"There is no bridge of {measure!r}. Choose one of: {', '.join(MEASURES)}.")
    if unknown := set(by) - set(SPLITS):
        raise QuestionError(f"A bridge cannot be told by {min(unknown)!r}. Choose of: {', '.join(SPLITS)}.")
    asked = {"measure": measure, "by": list(by), "category": category, "unsorted": UNSORTED, "unnamed": UNNAMED}
    found = cursor.execute(_BRIDGE, asked | window_parameters(as_of)).df().astype(dict.fromkeys(_TEXTS, "str"))
    if found.empty and not by:
        found = found.reindex([0])
    parts = list(parts_of(measure))
    is_known = found["is_known"].eq(True)
    reaches_back = found["reaches_back"].eq(True)
    found[["current"]] = found[["current"]].where(is_known)
    found[["prior", *parts]] = found[["prior", *parts]].where(is_known & reaches_back, axis=0)
    quantities = ["prior_quantity", "quantity"]
    found[quantities] = found[quantities].where(found["uncounted"].eq(0), axis=0)
    found["change"] = (found["current"] - found["prior"]).round(4)
    for name, at, listed in (("prior_discount_rate", "at_list0", "list0"), ("discount_rate", "at_list1", "list1")):
        found[name] = 1 - found[at] / found[listed].where(found[listed] > 0)
    keys = [column for dimension in by for column in _KEYS.get(dimension, [dimension])]
    size = found["change"].abs().fillna(found["current"].abs())
    order = found.assign(size=size).sort_values(["size", *keys], ascending=[False, *[True] * len(keys)])
    columns = [*keys, "prior", *parts, "current", "change", *_BESIDE]
    return order[columns].reset_index(drop=True)


def parts_of(measure: str) -> dict[str, str]:
    """Name the parts of a bridge by their columns, in the order they are told.

    >>> list(parts_of("revenue").values())[:3]
    ['list price', 'discount', 'price, list unknown']
    """
    return {column: part for column, part in PARTS.items() if measure == "margin" or column != "unit_cost"}


GROUPS = {
    "list price": "price",
    "discount": "price",
    "price, list unknown": "price",
    "unit cost": "unit cost",
    "volume": "volume and mix",
    "mix": "volume and mix",
    "more bought": "more and less bought",
    "less bought": "more and less bought",
    "added products": "added and dropped products",
    "dropped products": "added and dropped products",
    "new accounts": "new and lost accounts",
    "lost accounts": "new and lost accounts",
}
"""Which parts are told together; any other part, and the first and the last row, stands for itself."""


def bridge_summary(rows: pd.DataFrame) -> pd.DataFrame:
    """Add up the parts of one bridge that belong together.

    Takes the frame of `bridge`, not told apart, and returns one of the same columns with fewer rows: the first and
    the last row stay, and what lies between still adds up to their difference. A part that is unknown stays so.

    >>> rows = pd.DataFrame({"part": ["prior", "volume", "mix", "current"], "amount": [9.0, 2.0, -1.0, 10.0]})
    >>> bridge_summary(rows.assign(uncovered=0.0))[["part", "amount"]].values.tolist()
    [['prior', 9.0], ['volume and mix', 1.0], ['current', 10.0]]
    """
    named = rows["part"].map(GROUPS).fillna(rows["part"])
    sums = rows.groupby(named, sort=False)[["amount", "uncovered"]].sum(min_count=1)
    return sums.round(4).reset_index()
