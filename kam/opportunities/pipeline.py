"""What is in the register of opportunities: where each was found, the need behind it, its worth, and what is next."""

import datetime as dt

import duckdb
import pandas as pd

from kam.opportunities.noted import OVER

_REGISTER = """
select opportunity_id, opportunities.account_id, unit.account as name, manager, title,
    coalesce(opportunities.category, products.category) as category, products.name as product, source, need, stage,
    worth::double as worth, probability, if(stage in (select unnest($over)), null, worth::double * probability)
        as expected_worth,
    not coalesce(stage in (select unnest($over)), false) as is_open,
    coalesce(not (stage in (select unnest($over))) and expected_on < $today, false) as is_late,
    opened_on::timestamp as opened_on, expected_on::timestamp as expected_on, closed_on::timestamp as closed_on,
    rivals, next_step, owner
from opportunities
    left join unit using (account_id)
    left join products on products.product_id = opportunities.product_id
where in_view or not exists (from unit where not in_view)
order by is_open desc, worth desc nulls last, opportunity_id
"""
_ASKED = ("name", "manager", "title", "category", "product", "source", "need", "stage", "next_step", "owner")
_TYPES = {
    **dict.fromkeys(("opportunity_id", "account_id", *_ASKED), "str"),
    **dict.fromkeys(("worth", "probability", "expected_worth"), "float64"),
    **dict.fromkeys(("opened_on", "expected_on", "closed_on"), "datetime64[us]"),
}


def opportunities(cursor: duckdb.DuckDBPyConnection, *, today: dt.date) -> pd.DataFrame:
    """List the register of opportunities, the open ones first, the largest worth first.

    Returns
    -------
    pandas.DataFrame
        One row an opportunity: opportunity_id, account_id, name, manager, title, category (of its product, if it names
        none), product, source, need, stage, worth (currency a year), probability, expected_worth = worth × probability
        while it is open, is_open (not won, lost or ruled out), is_late (open, and its decision was expected before
        `today`), opened_on, expected_on, closed_on, rivals, next_step, owner.
    """
    return cursor.execute(_REGISTER, {"today": today, "over": list(OVER)}).df().astype(_TYPES)
