"""What people and behaviour say of strategic role and collaboration, as intervals: how far raters differ, how old."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.periods import window_parameters
from kam.base.texts import _
from kam.ladder.gather import DAYS_A_MONTH

SCORE_STEP = 25
LOWEST_SCORE = 1
BEHAVIOUR = {
    "value_contact": (_("value-giving contact"), "ratio"),
    "value_delivered": (_("value delivered"), "entries"),
    "joint_plans": (_("joint plans"), "plans"),
}
"""What is counted of behaviour: column → what it is called, and its unit."""

_RATINGS = """
select unit_id as account_id, if((select bool_or(unit_id <> account_id) from unit), account, null) as member, criterion,
    rater, score::double as score, rated_on, evidence
from ratings join unit using (account_id)
where rated_on <= $as_of
qualify row_number() over (partition by account_id, criterion, rater order by rated_on desc, rating_id desc) = 1
order by unit_id, criterion, rated_on desc, rater, account_id
"""
_BEHAVIOUR = """
with contact as (
    select unit_id, count(*) filter (purpose = 'value') / count(*) as value_contact
    from touches join unit using (account_id)
    where touch_date >= $current and touch_date <= $as_of and purpose is not null
    group by unit_id
), delivered as (
    select unit_id, count(*) as entries from value_delivered join unit using (account_id)
    where delivered_on >= $current and delivered_on <= $as_of
    group by unit_id
), joint as (
    select unit_id, count(*) as plans from plans join unit using (account_id)
    where starts_on <= $as_of and ends_on >= $as_of and customer_goal is not null and status is distinct from 'draft'
    group by unit_id
)
select unit_id as account_id, any_value(value_contact)::double as value_contact,
    coalesce(any_value(entries), 0)::double as value_delivered, coalesce(any_value(plans), 0)::double as joint_plans
from unit left join contact using (unit_id) left join delivered using (unit_id) left join joint using (unit_id)
group by unit_id
"""


def ratings(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, half_life: float) -> pd.DataFrame:
    """List the ratings that count: the newest of each rater for each account and criterion, at or before `as_of`.

    By parent the ratings of all members count. Of two by one rater on one day the larger `rating_id` counts.

    Returns
    -------
    pandas.DataFrame
        account_id, member (by parent: the name of the account that was rated), criterion ("strategic role",
        "collaboration"), rater, score (1–5), rated_on, evidence, points = 25(score − 1), loudness = 0.5^(age in months
        ÷ half-life).
    """
    found = cursor.execute(_RATINGS, {"as_of": as_of}).df()
    age = (pd.Timestamp(as_of) - found["rated_on"]).dt.days / DAYS_A_MONTH
    return found.assign(
        points=SCORE_STEP * (found["score"] - LOWEST_SCORE), loudness=np.exp2(-age.astype(float) / half_life)
    )


def behaviour(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, among: pd.Series) -> pd.DataFrame:
    """Measure what accounts do with us beyond buying, over the twelve months to `as_of`.

    Value-giving contact: touches whose purpose is to give value ÷ all touches with a purpose; value delivered: entries;
    joint plans: plans that run on `as_of`, are no drafts, and name the customer's own goal. A part in which all
    accounts are the same, for one because the book has no such table, says nothing and is unknown for all.

    Parameters
    ----------
    cursor, as_of
        As everywhere.
    among
        The account_id of the active accounts, which are each other's measure.

    Returns
    -------
    pandas.DataFrame
        In the order of `among`: the raw value of each part (NaN unknown), its `*_points` = 100 × mid-rank percentile,
        and `voice`, the mean of the known points (NaN if none is known).
    """
    parameters = {"as_of": as_of, "current": window_parameters(as_of)["current"]}
    found = cursor.execute(_BEHAVIOUR, parameters).df().set_index("account_id").reindex(among)
    found = found.astype(float).reset_index(drop=True)
    found.loc[:, found.nunique() < 2] = np.nan  # noqa: PLR2004 - two values at least, to tell accounts apart
    points = (100 * (found.rank() - 0.5) / found.count()).add_suffix("_points")
    return found.join(points).assign(voice=points.mean(axis=1))


def intervals(votes: pd.DataFrame, *, voice: pd.Series | None = None) -> pd.DataFrame:
    """Turn the ratings of one criterion into an interval for each account.

    With the points p of the raters and how loud each still is, d = 0.5^(age ÷ half-life), and behaviour, where there
    is any, as one more voice that is as loud as the raters are on average:

    - the middle is Σ d·p / Σ d;
    - the raters span the hull [min p, max p]: who disagrees opens it, who agrees does not;
    - age opens it towards 0 and 100 by f = the loudness of the newest rating:
      low = f·min p, high = f·max p + 100·(1 − f).

    So one rating, or several equal ones, of today is a point; without a new rating the interval grows, to all of
    0 … 100 in the end; and a rating of today that lies inside the interval never widens it: the new hull lies within
    the old interval, and f is then 1. Behaviour alone does not make a criterion known.

    Parameters
    ----------
    votes
        account_id, points (0–100), loudness (above 0, at most 1), rated_on; one row a rating that counts.
    voice
        Points of behaviour by account_id, NaN unknown; None = there is none.

    Returns
    -------
    pandas.DataFrame
        By account_id, rated accounts alone: middle, low, high (0–100, low ≤ middle ≤ high), rated_on (the newest),
        loudness (of the newest).

    Examples
    --------
    >>> votes = pd.DataFrame({"account_id": ["A", "A", "B"], "points": [50.0, 75.0, 100.0]})
    >>> votes = votes.assign(loudness=[1.0, 1.0, 0.5], rated_on=pd.Timestamp("2026-09-30"))
    >>> intervals(votes)[["middle", "low", "high"]].to_numpy().tolist()
    [[62.5, 50.0, 75.0], [100.0, 50.0, 100.0]]
    """
    by_account = votes.assign(said=votes["points"] * votes["loudness"]).groupby("account_id")
    found = by_account.agg(
        said=("said", "sum"),
        heard=("loudness", "sum"),
        low=("points", "min"),
        high=("points", "max"),
        loudness=("loudness", "max"),
        rated_on=("rated_on", "max"),
        raters=("points", "size"),
    )
    if voice is not None:
        behaved = voice.reindex(found.index)
        loud = (found["heard"] / found["raters"]).where(behaved.notna(), 0.0)
        found = found.assign(
            said=found["said"] + loud * behaved.fillna(0.0),
            heard=found["heard"] + loud,
            low=np.fmin(found["low"], behaved),
            high=np.fmax(found["high"], behaved),
        )
    newest = found["loudness"]
    middle, low, high = found["said"] / found["heard"], newest * found["low"], newest * found["high"]
    high = high + 100 * (1 - newest)
    ends = {"middle": middle.clip(low, high), "low": low, "high": high}
    return found[["rated_on", "loudness"]].assign(**{name: end.round(9).clip(0, 100) for name, end in ends.items()})
