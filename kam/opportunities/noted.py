"""What people wrote down about what an account could buy: open opportunities, rivals, categories ruled out."""

import datetime as dt

import duckdb
import pandas as pd

OVER = ("won", "lost", "not eligible")
"""Stages in which nothing is open any more."""

_NOTED = """
with noted as (
    select unit_id, lower(trim(coalesce(opportunities.category, products.category))) as category, worth, stage,
        closed_on,
        -- what has ended since was open then
        coalesce(stage in (select unnest($over)), false) and coalesce(closed_on <= $as_of, true) as is_over
    from opportunities
        join unit using (account_id)
        left join products on products.product_id = opportunities.product_id
    where coalesce(opened_on <= $as_of, true)
),
chance as (
    select unit_id, category, bool_or(not is_over) as is_open, sum(worth) filter (not is_over) as worth,
        bool_or(is_over and stage = 'not eligible') as is_ruled_out,
        max(closed_on) filter (is_over and stage = 'lost') as lost_on
    from noted
    group by all
),
newest as (
    select unit_id, lower(trim(category)) as category, rival,
        arg_max(state, (coalesce(noted_on, date '0001-01-01'), competitor_id)) as state
    from competitors join unit using (account_id)
    where coalesce(noted_on <= $as_of, true)
    group by all
),
held as (
    select unit_id, category, string_agg(rival, ', ' order by rival) as rivals
    from newest where state = 'holds' group by all
)
select coalesce(chance.unit_id, held.unit_id) as account_id, coalesce(chance.category, held.category) as category,
    coalesce(is_open, false) as is_open, worth::double as worth, coalesce(is_ruled_out, false) as is_ruled_out,
    lost_on::timestamp as lost_on, rivals
from chance full join held on chance.unit_id = held.unit_id and chance.category = held.category
where coalesce(chance.category, held.category) is not null
"""
_TYPES = dict.fromkeys(("account_id", "category", "rivals"), "str") | {
    "is_open": "bool",
    "worth": "float64",
    "is_ruled_out": "bool",
    "lost_on": "datetime64[us]",
}


def registers(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List what is written down by account and category, as it was known on a day.

    An opportunity is open from the day it was found until the day it was won, lost or ruled out; one without a stage is
    open. A rival holds a category if the newest note on it there says so. Of an opportunity that names a product and
    no category, the product's category counts; one that names neither, and a rival without a category, cannot be
    placed and is left out.

    Returns
    -------
    pandas.DataFrame
        One row an account and category (lower case, as register and products may spell it differently): is_open,
        worth (currency a year, the sum of the open ones), is_ruled_out, lost_on (the day of the last lost one),
        rivals (the names, or missing).
    """
    return cursor.execute(_NOTED, {"as_of": as_of, "over": list(OVER)}).df().astype(_TYPES)
