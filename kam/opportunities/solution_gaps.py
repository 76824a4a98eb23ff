"""Which accounts buy products without the service that completes them: the missing piece of a whole solution."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import window_parameters
from kam.opportunities.noted import registers
from kam.opportunities.words import service_reason
from kam.opportunities.words_white_space import OPEN, RIVAL

_GAPS = """
with account_item as (
    select account_id, product_id, sum(net) as net
    from sales_month where month >= $current and month < $after group by all
),
item as (
    select unit_id, product_id, sum(net) as net from account_item join unit using (account_id)
    group by all having sum(net) > 0
),
base as (
    select unit_id, companion_id as service_id, sum(net)::double as spend,
        list(products.name order by net desc, products.name) as bought
    from item join products using (product_id)
    where companion_id <> product_id
    group by all
),
pair as (
    select base.*, service.net::double as service_spend
    from base left join item as service on service.unit_id = base.unit_id and service.product_id = base.service_id
),
taken as (
    select service_id, count(*) as buyers, count(service_spend) as takers, median(service_spend / spend) as ratio
    from pair group by service_id
),
viewed as (select distinct unit_id from member)
select pair.unit_id as account_id, own.name, own.manager, service_id, service.name as service,
    trim(service.category) as category, bought as products, spend, buyers - 1 as others, takers, ratio
from pair
    join viewed using (unit_id)
    join taken using (service_id)
    join products as service on service.product_id = service_id
    join accounts as own on own.account_id = pair.unit_id
where service_spend is null
order by 1, 4
"""
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "service_id",
    "service",
    "category",
    "products",
    "spend",
    "expected_value",
    "others",
    "takers",
    "state",
    "why",
]
_TYPES = {
    **dict.fromkeys(("account_id", "name", "manager", "service_id", "service", "category", "products"), "str"),
    **dict.fromkeys(("spend", "ratio"), "float64"),
}


def solution_gaps(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List products that an account buys without their companion service, and what the service would bring.

    Expected value = the share of the other buyers of these products that take the service, × the median of what they
    spend on it for each unit of currency spent on the products, × the account's spend on them. The share is the mean of
    a Beta posterior with Jeffreys' prior: half an account that takes it and half a one that does not. A service whose
    category is ruled out for the account is left out.

    Returns
    -------
    pandas.DataFrame
        One row an account and missing service over the twelve months to `as_of`, most expected value first: account_id,
        name, manager, service_id, service, category, products (those it buys, most spend first), spend (on them,
        currency a year), expected_value (currency a year; NaN where nobody takes the service), others (other accounts
        that buy these products), takers (how many of them take the service), state ("open opportunity" or "rival
        holds it" where the registers say so of the service's category, else missing), why. No rows where no product
        names a companion.
    """
    bounds = window_parameters(as_of)
    asked = {"current": bounds["current"], "after": bounds["after"]}
    found = cursor.execute(_GAPS, asked).df()
    bought = found["products"].map(list)
    found = found.assign(products=bought.map(", ".join)).astype(_TYPES)
    share = (found["takers"] + 0.5) / (found["others"] + 1)
    facts = zip(found["takers"].tolist(), found["others"].tolist(), bought, strict=True)
    found = found.assign(
        expected_value=share * found.pop("ratio") * found["spend"],
        key=found["category"].str.lower(),
        why=pd.Series([service_reason(*each) for each in facts], index=found.index, dtype="str"),
    )
    noted = registers(cursor, as_of=as_of).rename(columns={"category": "key"})
    found = found.merge(noted, on=["account_id", "key"], how="left")
    is_open, is_held = found["is_open"].eq(other=True), found["rivals"].notna()
    state = np.select([is_open, is_held], [OPEN, RIVAL], default="")
    found["state"] = pd.Series(state, index=found.index, dtype="str").where(is_open | is_held)
    is_ruled_out = found["is_ruled_out"].eq(other=True) & found["state"].isna()
    return found[~is_ruled_out].sort_values(
        ["expected_value", "spend", "account_id", "service_id"], ascending=[False, False, True, True], ignore_index=True
    )[COLUMNS]
