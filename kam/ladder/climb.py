"""What would lift an account to its next rung: each signal one level higher, by the way up that moves it."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd

from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.schema import WAYS_UP
from kam.base.terms import RUNG_KEYS, RUNGS
from kam.ladder.gather import Listed, Weighed, weigh
from kam.ladder.rung import posterior

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
    "account_id",
    "name",
    "revenue",
    "next_rung",
    "chance",
    "way_up",
    "signal",
    "level",
    "next_level",
    "gain",
    "covered_by",
]
_COVERED = """
with action as (
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
        of a survey the most frequent, of equally frequent ones the lowest), next_level, gain (in probability, may be
        0), covered_by (an open action of a running plan that goes this way up, or missing); accounts by revenue, the
        largest gain first.
    """
    listed = found.accounts
    said = weigh(found.readings, as_of=listed["as_of"], likelihoods=likelihoods)
    pulls = said.added(len(listed))
    chances = posterior(pulls, likelihoods.prior)
    upper = np.minimum(chances.argmax(axis=1) + 1, len(RUNGS) - 1)
    account, row, gained = _raised(said, len(listed), likelihoods)
    now, after = chances[account], posterior(pulls[account] + gained, likelihoods.prior)
    entry, rung = np.arange(len(account)), upper[account]
    gain = after[entry, rung] - now[entry, rung]
    table = likelihoods.frame()
    by_name = np.argsort(np.argsort(table["signal"].to_numpy(), kind="stable"))
    order = np.lexsort((by_name[row], -gain, account))
    account, row, rung = account[order], row[order], rung[order]
    way = table["signal"].map(WAYS)
    covering = _covering(covered, listed["account_id"])[account, pd.Index(WAYS_UP).get_indexer(pd.Index(way))[row]]
    shown = listed[["account_id", "name", "revenue"]].iloc[account].reset_index(drop=True)
    told = {"way_up": way, "signal": table["signal"], "level": table["level"], "next_level": table["level"].shift(-1)}
    rows = shown.assign(
        next_rung=pd.Series(RUNGS, dtype="str").array.take(rung),
        chance=now[order, rung],
        **{name: text.array.take(row) for name, text in told.items()},
        gain=gain[order],
        covered_by=covered["covered_by"].array.take(covering, allow_fill=True),
    )
    texts = ["account_id", "name", "next_rung", "way_up", "signal", "level", "next_level", "covered_by"]
    return rows[COLUMNS].astype(dict.fromkeys(texts, "str"))


def covered_ways(cursor: duckdb.DuckDBPyConnection, *, as_of: dt.date) -> pd.DataFrame:
    """Return which ways up an open action of a running plan goes: account_id, way_up, covered_by (its title)."""
    return cursor.execute(_COVERED, {"as_of": as_of}).df()


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


def _covering(covered: pd.DataFrame, accounts: pd.Series) -> np.ndarray:
    """Give the row of the action that covers each way up of each account: accounts × ways, −1 without one."""
    account = pd.Index(accounts).get_indexer(pd.Index(covered["account_id"]))
    way = pd.Index(WAYS_UP).get_indexer(pd.Index(covered["way_up"]))
    here = (account >= 0) & (way >= 0)
    found = np.full((len(accounts), len(WAYS_UP)), -1)
    found[account[here], way[here]] = np.flatnonzero(here)
    return found


def _raised(said: Weighed, accounts: int, likelihoods: Likelihoods) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Raise each signal of each account by one level: the account, the row of the table it shows now, the pulls gained.

    Those who answered a survey may show several levels; the most frequent one stands for all, of equally frequent ones
    the lowest. Signals that nobody can move, or that show their highest level already, are left out.
    """
    table = likelihoods.frame()
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))
    starts = np.flatnonzero(~table["signal"].duplicated())
    ends = np.append(starts[1:], len(table))
    higher = np.minimum(said.row + 1, np.repeat(ends - 1, ends - starts)[said.row])
    moved = (logs[higher] - logs[said.row]) * said.weight[:, None]
    cell = said.account * len(starts) + np.searchsorted(starts, said.signal_row)
    gained = np.stack([np.bincount(cell, each, accounts * len(starts)) for each in moved.T], axis=1)
    times = np.bincount(said.account * len(table) + said.row, minlength=accounts * len(table))
    times = times.reshape(accounts, len(table))
    shown = np.stack([start + times[:, start:end].argmax(axis=1) for start, end in zip(starts, ends, strict=True)], 1)
    can_move = table["signal"].isin(WAYS).to_numpy()[starts]
    account, signal = np.nonzero((np.add.reduceat(times, starts, axis=1) > 0) & (shown < ends - 1) & can_move)
    return account, shown[account, signal], gained[account * len(starts) + signal]
