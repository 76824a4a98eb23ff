"""Which accounts may slip: whose evidence only grows old, and where the newest signals pull below the rung."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.rules import EVIDENCE_HALF_LIFE, KNOWN_FROM, SLIP_MONTHS
from kam.base.terms import RUNG_KEYS, RUNGS, UNKNOWN
from kam.ladder.gather import Listed, Weighed, faded, weigh
from kam.ladder.rung import judged, posterior

TURNED = float(np.log(2))  # nats: the odds of the rung against the one below were halved
FEW = 3  # signals named; who needs more opens the evidence
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "revenue",
    "rung",
    "p_rung",
    "p_before",
    "p_aged",
    "months_left",
    "why",
    "turning",
    "renew",
]
_A_HAIR = 1e-9  # shares of answers add up to 1 only so exactly, and no answer moves a level by so little
_HALVINGS = 40  # of the interval in which the month is sought: to a millionth of a month


@dataclass(frozen=True, slots=True)
class _Signals:
    """Each signal of each account, accounts × rows of the likelihood table; a signal stands in its first row.

    Whether it speaks, its mean level, and what it says for the account's rung against the one below, in nats.
    """

    speaks: np.ndarray
    level: np.ndarray
    above_below: np.ndarray

    def lower(self, now: np.ndarray, then: np.ndarray) -> np.ndarray:
        """Tell which signals show a lower level than then, where they spoke already (−1: the account was not there)."""
        spoke = self.speaks[then] & (then >= 0)[:, None]
        return self.speaks[now] & spoke & (self.level[now] < self.level[then] - _A_HAIR)


def slip_risk(found: Listed, *, months: int = SLIP_MONTHS, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
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
    signals = _signals(said, _of_later_day(held, then), likelihoods)
    above_below = signals.above_below[now]
    lower = signals.lower(now, then[now]) & (above_below < 0)
    lost = np.where(lower, signals.above_below[then[now]] - above_below, 0.0).sum(axis=1)
    left = months_left(pulls[now], likelihoods.prior)
    is_old, is_turning = left <= months, lost >= TURNED
    here = is_old | is_turning
    risk = now[here]
    aged = posterior(pulls[risk] * faded(np.array(float(months))), likelihoods.prior)
    turning = _strongest(np.where(lower & is_turning[:, None], above_below, np.inf)[here], likelihoods)
    rows = found.accounts.iloc[risk].assign(
        rung=rung[risk],
        p_rung=chances[risk, held[risk]],
        p_before=np.where(then[risk] >= 0, chances[then[risk], held[risk]], np.nan),
        p_aged=aged[np.arange(len(risk)), held[risk]],
        months_left=left[here],
        why=np.select([is_old & is_turning, is_old], ["ageing and turning", "ageing"], default="turning")[here],
        turning=turning,
        renew=_strongest(np.where(above_below > 0, -above_below, np.inf)[here], likelihoods),
    )
    texts = dict.fromkeys(["account_id", "name", "manager", "rung", "why", "turning", "renew"], "str")
    return rows[COLUMNS].reset_index(drop=True).astype(texts)


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
    low, high = np.zeros(len(pulls)), np.full(len(pulls), 100.0 * EVIDENCE_HALF_LIFE)
    held = posterior(pulls, prior).argmax(axis=1)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        sure = posterior(pulls * faded(middle)[:, None], prior)[np.arange(len(pulls)), held] >= KNOWN_FROM
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


def _signals(said: Weighed, held: np.ndarray, likelihoods: Likelihoods) -> _Signals:
    """Sum each signal of each account up."""
    table = likelihoods.frame()
    logs = np.log(table[list(RUNG_KEYS)].to_numpy(dtype=float))
    upper = np.maximum(held[said.account], 1)
    shape = (len(held), len(table))
    cell = said.account * len(table) + said.signal_row
    levels = (said.row - said.signal_row) * said.share
    above_below = (logs[said.row, upper] - logs[said.row, upper - 1]) * said.weight
    summed = (np.bincount(cell, each, len(held) * len(table)).reshape(shape) for each in (levels, above_below))
    return _Signals(said.present(*shape), *summed)


def _strongest(pulls: np.ndarray, likelihoods: Likelihoods) -> list[str | None]:
    """Name the signals of each account with the lowest numbers, the lowest first; an infinite one is not named."""
    names = likelihoods.frame()["signal"].tolist()
    order = np.argsort(pulls, axis=1, kind="stable")[:, :FEW]
    told = np.isfinite(np.take_along_axis(pulls, order, axis=1))
    chosen = zip(order.tolist(), told.tolist(), strict=True)
    return [", ".join(names[row] for row, is_told in zip(*each, strict=True) if is_told) or None for each in chosen]
