"""What would lift an account to its next rung: each signal one level higher, by the way up that moves it."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.ladder.likelihoods import DEFAULT, RUNG_KEYS, RUNGS, Likelihoods
from kam.ladder.reading import Listed, Weighed, weigh
from kam.ladder.rung import posterior
from kam.schema import WAYS_UP

# Which of the five ways up moves which signal. Tenure is left out: nobody can do anything about it but wait.
WAYS = {
    "perception": "create value continuously",
    "recommendation": "build trust and openness",
    "discount depth": "offer custom solutions",
    "discount trend": "offer custom solutions",
    "margin rate": "offer custom solutions",
    "competitive bids": "build trust and openness",
    "categories": "discover hidden needs",
    "services share": "create value continuously",
    "solutions share": "offer custom solutions",
    "share of wallet": "discover hidden needs",
    "regularity": "create value continuously",
    "coverage": "deepen the relationship",
    "executive contact": "deepen the relationship",
    "support": "build trust and openness",
    "dependence": "deepen the relationship",
    "value delivered": "create value continuously",
    "value contact": "create value continuously",
    "joint plan": "discover hidden needs",
    "milestones kept": "build trust and openness",
    "cases in time": "build trust and openness",
}
COLUMNS = [
    "account_id", "name", "revenue", "next_rung", "chance", "way_up", "signal", "level", "next_level", "gain",
    "covered_by",
]  # fmt: skip
_COVERED = """
with unit as (
    select account_id, case when $level = 'parent' then root_id else account_id end as unit_id from accounts
), action as (
    select plan_id, way_up, title, 0 as order_of from milestones where done_on is null or done_on > $as_of
    union all
    select plan_id, way_up, title, 1 from strategies
)
select unit_id as account_id, way_up, min_by(title, (order_of, title)) as covered_by
from action join plans using (plan_id) join unit using (account_id)
where way_up is not null and starts_on <= $as_of and ends_on >= $as_of and status is distinct from 'closed'
group by unit_id, way_up
"""


def climb(found: Listed, *, covered: pd.DataFrame, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Say how much P(next rung) would rise if one signal rose one level, all else as it is.

    The next rung is the one above the likeliest; where that is the highest, the highest itself. A signal that already
    shows its highest level, or of which nothing is known, has no row: of the first there is nothing to gain, of the
    second nobody can say where it stands. A survey signal rises for all who answered.

    Parameters
    ----------
    found
        The accounts of one day and what was heard of them.
    covered
        The frame of `covered_ways` of that day.
    likelihoods
        The prior and the table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        account_id, name, revenue (twelve months), next_rung, chance = P(next rung) now, way_up, signal, level (now;
        of a survey the most frequent), next_level, gain (in probability, may be 0), covered_by (an open action of a
        running plan that goes this way up, or missing); accounts by revenue, the largest gain first.
    """
    listed = found.accounts
    said = weigh(found.readings, as_of=listed["as_of"], likelihoods=likelihoods)
    pulls = said.added(len(listed))
    chances = posterior(pulls, likelihoods.prior)
    upper = np.minimum(chances.argmax(axis=1) + 1, len(RUNGS) - 1)
    raised = _raised(said, likelihoods)
    account = raised["account"].to_numpy(dtype=np.int64)
    now = chances[np.arange(len(chances)), upper]
    after = posterior(pulls[account] + raised[list(RUNG_KEYS)].to_numpy(dtype=float), likelihoods.prior)
    rows = (
        listed.iloc[account]
        .reset_index(drop=True)[["account_id", "name", "revenue"]]
        .assign(
            place=account,
            next_rung=np.array(RUNGS)[upper[account]],
            chance=now[account],
            way_up=raised["signal"].map(WAYS).to_numpy(),
            signal=raised["signal"].to_numpy(),
            level=raised["level"].to_numpy(),
            next_level=raised["next_level"].to_numpy(),
            gain=after[np.arange(len(after)), upper[account]] - now[account],
        )
    )
    rows = rows.merge(covered, on=["account_id", "way_up"], how="left")
    rows = rows.sort_values(["place", "gain", "signal"], ascending=[True, False, True], ignore_index=True)
    texts = dict.fromkeys(
        ["account_id", "name", "next_rung", "way_up", "signal", "level", "next_level", "covered_by"], "str"
    )
    return rows[COLUMNS].astype(texts)


def covered_ways(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date, level: str) -> pd.DataFrame:
    """Return which ways up an open action of a running plan goes: account_id, way_up, covered_by (its title)."""
    return cursor.execute(_COVERED, {"as_of": as_of, "level": level}).df()


def best_steps(climb: pd.DataFrame) -> pd.DataFrame:
    """Take each account's largest gain, with `lift` = gain × revenue (currency), the largest lift first.

    >>> rows = pd.DataFrame({"account_id": ["A", "A", "B"], "revenue": [10.0, 10.0, 90.0], "gain": [0.5, 0.1, 0.1]})
    >>> best_steps(rows)["lift"].tolist()
    [9.0, 5.0]
    """
    best = climb.drop_duplicates("account_id")
    best = best.assign(lift=best["gain"] * best["revenue"])
    return best[best["lift"] > 0].sort_values("lift", ascending=False, kind="stable", ignore_index=True)


def ways_up(climb: pd.DataFrame) -> pd.DataFrame:
    """Take each way's largest gain for one account, in the order of the largest; ways of which nothing is known last.

    Returns
    -------
    pandas.DataFrame
        way_up (each of the five), signal, level, next_level, next_rung, chance, gain, covered_by; missing where no
        signal that this way moves is known, or all of them show their highest level.

    >>> rows = {"way_up": ["offer custom solutions"], "signal": ["margin rate"], "gain": [0.1]}
    >>> ways_up(pd.DataFrame(rows).reindex(columns=COLUMNS))["signal"].isna().tolist()
    [False, True, True, True, True]
    """
    best = climb.sort_values("gain", ascending=False, kind="stable").drop_duplicates("way_up")
    all_ways = pd.DataFrame({"way_up": pd.Series(WAYS_UP, dtype="str")})
    shown = ["way_up", "signal", "level", "next_level", "next_rung", "chance", "gain", "covered_by"]
    joined = all_ways.merge(best[shown], on="way_up", how="left")
    return joined.sort_values("gain", ascending=False, kind="stable", na_position="last", ignore_index=True)


def _raised(said: Weighed, likelihoods: Likelihoods) -> pd.DataFrame:
    """Raise each signal of each account by one level: account, signal, level, next_level, change of the pulls."""
    table = likelihoods.frame()
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))
    last = np.append(table["signal"].to_numpy()[1:] != table["signal"].to_numpy()[:-1], True)
    higher = np.where(last[said.row], said.row, said.row + 1)
    moved = pd.DataFrame((logs[higher] - logs[said.row]) * said.weight[:, None], columns=list(RUNG_KEYS))
    moved = moved.assign(account=said.account, signal=table["signal"].to_numpy()[said.row], row=said.row)
    keys = ["account", "signal"]
    often = moved.groupby([*keys, "row"], sort=False, observed=True).size().rename("times").reset_index()
    level = often.sort_values("times", ascending=False, kind="stable").drop_duplicates(keys)
    raised = moved.groupby(keys, sort=False, observed=True)[list(RUNG_KEYS)].sum().reset_index()
    raised = raised.merge(level, on=keys)
    raised["level"] = table["level"].to_numpy()[raised["row"]]
    raised["next_level"] = table["level"].to_numpy()[np.where(last[raised["row"]], raised["row"], raised["row"] + 1)]
    return raised[raised["signal"].isin(WAYS) & ~last[raised["row"]]]
