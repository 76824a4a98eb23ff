"""Which accounts may slip: whose evidence only grows old, and where the newest signals pull below the rung."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kam.ladder.likelihoods import DEFAULT, RUNG_KEYS, RUNGS, UNKNOWN, Likelihoods
from kam.ladder.reading import HALF_LIFE_MONTHS, Listed, Weighed, faded, weigh
from kam.ladder.rung import SURE_ENOUGH, judged, posterior

TURNED = float(np.log(2))  # nats: the odds of the rung against the one below were halved
FEW = 3  # signals named; who needs more opens the evidence
COLUMNS = [
    "account_id", "name", "manager", "revenue", "rung", "p_rung", "p_before", "p_aged", "months_left", "why",
    "turning", "renew",
]  # fmt: skip
_HALVINGS = 40  # of the interval in which the month is sought: to a millionth of a month


def slip_risk(found: Listed, *, months: int = 6, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Say which accounts on a known rung above the lowest may be lost from it, by which signals, with what money.

    Two ways to slip. *Ageing*: if nothing new comes, every weight shrinks by 0.5^(n/12) and the probabilities go back
    towards the prior; an account is named if its rung is unknown within `months`. *Turning*: there are signals that
    show a lower level than on an earlier day and now pull below the rung (the level is likelier one rung down), and
    together they halved the odds of the rung against the one below. What other signals gained meanwhile
    does not count: a warning comes before the rung is lost.

    Parameters
    ----------
    found
        The accounts on two days, the earlier one first, and what was heard of them.
    months
        How far to look ahead from the later day.
    likelihoods
        The prior and the table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        account_id, name, manager, revenue (twelve months), rung, p_rung = P(rung) now, p_before on the earlier day
        (missing without evidence then), p_aged = P(rung) after `months` without news, months_left (until no rung
        reaches 0.6), why ("ageing", "turning" or "ageing and turning"), turning and renew: the signals by name, the
        strongest pull below the rung first, and those that hold the rung up. Only accounts at risk, largest revenue
        first; brokers have no rung to lose.
    """
    said = weigh(found.readings, as_of=found.accounts["as_of"], likelihoods=likelihoods)
    count = len(found.accounts)
    pulls = said.added(count)
    chances, _, rung = judged(found, said, likelihoods)
    now = np.flatnonzero((found.accounts["day"] == 1).to_numpy() & (rung != UNKNOWN) & (rung != RUNGS[0]))
    held = chances.argmax(axis=1)
    then = _earlier(found.accounts)
    aged = posterior(pulls * faded(np.array(float(months))), likelihoods.prior)
    signals = _signals(said, _of_later_day(held, then), likelihoods)
    keys = pd.MultiIndex.from_arrays([then[signals["account"].to_numpy(dtype=np.int64)], signals["signal"]])
    earlier_signals = signals.set_index(["account", "signal"])[["level", "above_below"]].reindex(keys).to_numpy()
    lower = (signals["level"].to_numpy() < earlier_signals[:, 0]) & (signals["above_below"].to_numpy() < 0)
    turned = signals.assign(lost=earlier_signals[:, 1] - signals["above_below"])[lower]
    lost = turned.groupby("account")["lost"].sum().reindex(now, fill_value=0.0).to_numpy()
    turning = _named(turned, ascending=True)
    renew = _named(signals[signals["above_below"] > 0], ascending=False)
    earlier = np.where(then >= 0, chances[then, held], np.nan)
    rows = found.accounts.iloc[now].assign(
        rung=rung[now],
        p_rung=chances[now, held[now]],
        p_before=earlier[now],
        p_aged=aged[now, held[now]],
        months_left=months_left(pulls[now], likelihoods.prior),
        turning=turning.reindex(now).to_numpy(),
        renew=renew.reindex(now).to_numpy(),
    )
    is_old, is_turning = rows["months_left"] <= months, rows["turning"].notna() & (lost >= TURNED)
    rows["turning"] = rows["turning"].where(is_turning)
    rows["why"] = np.select(
        [is_old & is_turning, is_old, is_turning], ["ageing and turning", "ageing", "turning"], default=""
    )
    texts = dict.fromkeys(["account_id", "name", "manager", "rung", "why", "turning", "renew"], "str")
    return rows.loc[is_old | is_turning, COLUMNS].reset_index(drop=True).astype(texts)


def months_left(pulls: np.ndarray, prior: Sequence[float]) -> np.ndarray:
    """Say in how many months without any news the likeliest rung falls below 0.6.

    Parameters
    ----------
    pulls
        Accounts × rungs, in nats, as of now.
    prior
        P(rung) before any evidence; it must leave the rung unknown.

    Examples
    --------
    >>> months_left(np.array([[0.0, 0.0, 4.0]]), (0.35, 0.45, 0.20)).round(1).tolist()
    [13.9]
    """
    low, high = np.zeros(len(pulls)), np.full(len(pulls), 100.0 * HALF_LIFE_MONTHS)
    held = posterior(pulls, prior).argmax(axis=1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        sure = posterior(pulls * faded(middle)[:, None], prior)[np.arange(len(pulls)), held] >= SURE_ENOUGH
        low, high = np.where(sure, middle, low), np.where(sure, high, middle)
    return high


def _earlier(accounts: pd.DataFrame) -> np.ndarray:
    """Give the place of each account's row on the day before, −1 without one."""
    before = accounts.index[accounts["day"] == 0]
    return pd.Index(accounts.loc[before, "unit"]).get_indexer(pd.Index(accounts["unit"]))


def _of_later_day(held: np.ndarray, then: np.ndarray) -> np.ndarray:
    """Judge the earlier day's signals by the rung of the later day, so that both speak about the same step."""
    later = np.flatnonzero((then >= 0) & (then != np.arange(len(then))))
    judged_by = held.copy()
    judged_by[then[later]] = held[later]
    return judged_by


def _signals(said: Weighed, held: np.ndarray, likelihoods: Likelihoods) -> pd.DataFrame:
    """Sum each signal of each account up: its mean level, and what it says for its rung against the one below."""
    table = likelihoods.frame()
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))[said.row]
    upper = np.maximum(held[said.account], 1)
    entry = np.arange(len(said.row))
    rows = pd.DataFrame(
        {
            "account": said.account,
            "signal": said.signal_row,
            "level": (said.row - said.signal_row) * said.share,
            "above_below": (logs[entry, upper] - logs[entry, upper - 1]) * said.weight,
        }
    )
    summed = rows.groupby(["account", "signal"], as_index=False).sum()
    return summed.assign(name=table["signal"].to_numpy()[summed["signal"]])


def _named(signals: pd.DataFrame, *, ascending: bool) -> pd.Series:
    """Name the strongest signals of each account."""
    ordered = signals.sort_values("above_below", ascending=ascending, kind="stable").groupby("account").head(FEW)
    return ordered.groupby("account")["name"].agg(", ".join)
