"""Who attacks us where: the rivals at each account, what they hold, and what sets us apart."""

import datetime as dt

import duckdb
import pandas as pd

from kam.base.periods import MONTHS, shift, window_start
from kam.base.schema import COMPETITORS

_COMPETITORS = """
with earned as (
    select account_id, sum(net) as revenue, count(product_id) > 0 as is_named
    from sales_month where month >= $first and month < $after group by account_id
), earned_within as (
    select account_id, category, sum(net) as revenue
    from sales_month join products using (product_id)
    where month >= $first and month < $after and category is not null group by account_id, category
)
select c.*, coalesce(u.account, c.account_id) as account, u.manager_id, u.manager,
    coalesce(earned.revenue, 0)::double as revenue,
    case when c.category is not null and coalesce(earned.is_named, true) then coalesce(earned_within.revenue, 0)
        end::double as category_revenue
from competitors c
left join unit u on u.account_id = c.account_id
left join earned on earned.account_id = c.account_id
left join earned_within on earned_within.account_id = c.account_id and earned_within.category = c.category
where (u.in_view or not exists (from unit where not in_view)) and (c.noted_on is null or c.noted_on <= $as_of)
order by case c.state when 'attacks' then 0 when 'holds' then 1 when 'left' then 3 else 2 end, revenue desc,
    c.competitor_id
"""
_STATES = ("attacks", "holds", "left")
_SAID = {"categories": "category"} | {name: name for name in ("strengths", "weaknesses", "our_difference")}


def competitors(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """List every rival at every account, attackers at the largest accounts first.

    Parameters
    ----------
    cursor
        A cursor of a view.
    as_of
        The last day of the as-of month; revenue is of the twelve months that end there, and what was noted later is
        not told.

    Returns
    -------
    pandas.DataFrame
        The columns of the schema, then account (name), manager_id, manager, revenue (of the account, currency),
        category_revenue (ours there in the rival's category; NaN where it names none, or the account's sales name no
        product).
    """
    asked = {"as_of": as_of, "first": window_start(as_of, MONTHS), "after": shift(as_of, 1)}
    types = {column.name: "datetime64[us]" if column.kind == "date" else "str" for column in COMPETITORS}
    types |= dict.fromkeys(("account", "manager_id", "manager"), "str")
    return cursor.execute(_COMPETITORS, asked).df().astype(types)


def rivals(competitors: pd.DataFrame) -> pd.DataFrame:
    """Sum the competitors up by rival: where it attacks, holds, or has left, and what it says of both sides.

    Returns
    -------
    pandas.DataFrame
        One row a rival, the most revenue under attack first: rival, attacks, holds, left (accounts), attacked_revenue
        (ours at the accounts it attacks: in the category where it names one, currency), categories, strengths,
        weaknesses and our_difference (the most frequent first, each with its number), unanswered (accounts that it
        attacks and for which nobody says what sets us apart).

    Examples
    --------
    >>> row = {"rival": ["X"], "account_id": ["A"], "state": ["attacks"], "revenue": [9.0], "category_revenue": [4.0]}
    >>> row |= {"category": ["Pumps"], "strengths": ["price"], "weaknesses": [None], "our_difference": [None]}
    >>> rivals(pd.DataFrame(row)).to_dict("list")["strengths"]
    ['price (1)']
    """
    rows = [_rival(str(name), own) for name, own in competitors.groupby("rival", sort=True)]
    types = {"rival": "str", **dict.fromkeys(_STATES, "int64"), "attacked_revenue": "float64"}
    types |= {**dict.fromkeys(_SAID, "str"), "unanswered": "int64"}
    return (
        pd.DataFrame(rows, columns=list(types))
        .astype(types)
        .sort_values(["attacked_revenue", "attacks", "holds"], ascending=False, kind="stable", ignore_index=True)
    )


def _rival(name: str, own: pd.DataFrame) -> dict[str, object]:
    here = own[own["state"] != "left"]
    attacks = own[own["state"] == "attacks"]
    # an account attacked in two categories, one of them unnamed, is attacked as a whole
    whole = attacks.loc[attacks["category"].isna()].groupby("account_id")["revenue"].first()
    within = attacks[~attacks["account_id"].isin(whole.index)].drop_duplicates(["account_id", "category"])
    return {
        "rival": name,
        **{state: own.loc[own["state"] == state, "account_id"].nunique() for state in _STATES},
        "attacked_revenue": float(whole.clip(lower=0).sum() + within["category_revenue"].clip(lower=0).sum()),
        **{column: _frequent(here[source]) for column, source in _SAID.items()},
        "unanswered": attacks.loc[attacks["our_difference"].isna(), "account_id"].nunique(),
    }


def _frequent(texts: pd.Series) -> str:
    counts = texts.dropna().value_counts()
    ranked = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))
    return ", ".join(f"{text} ({count})" for text, count in ranked)
