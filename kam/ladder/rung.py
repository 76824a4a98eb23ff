"""On which rung each account stands, how sure that is, and how it compares with what its manager claims."""

import datetime as dt
from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd

from kam.ladder.evidence import LOG_ODDS, read, weigh
from kam.ladder.likelihoods import DEFAULT, RUNGS, UNKNOWN, Likelihoods
from kam.ladder.units import units

SURE_ENOUGH = 0.6
GROUPS_NEEDED = 3
TEXTS = ["account_id", "name", "manager", "rung", "claimed_rung"]
COLUMNS = [
    "account_id", "name", "manager", "revenue", "margin", "p_broker", "p_supplier", "p_partner", "rung",
    "expected_rung", "claimed_rung", "gap", "groups", "signals", "newest",
]  # fmt: skip


def ladder(
    cursor: duckdb.DuckDBPyConnection,
    *,
    as_of: dt.date,
    level: str = "account",
    accounts: Sequence[str] | None = None,
    likelihoods: Likelihoods = DEFAULT,
) -> pd.DataFrame:
    """Infer the rung of each account from its evidence, with its certainty, beside the rung claimed.

    P(rung) is the prior times the product of the likelihoods of everything seen, each to the power of its weight,
    normalised (Good 1950; the weights are those of `kam.ladder.evidence.evidence`). The rung is the likeliest one;
    it is "unknown" if fewer than 3 groups of signals speak or no rung reaches 0.6.

    Parameters
    ----------
    cursor
        A cursor of an opened book.
    as_of
        Nothing dated later is used, so an earlier day gives what could have been known then.
    level
        "account", or "parent": subsidiaries roll up and speak together; the claim is the parent's own.
    accounts
        Only these accounts; peers are always those of the whole book.
    likelihoods
        The prior and the table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales up to `as_of`, largest revenue first: account_id, name, manager,
        revenue, margin (last twelve months, currency), p_broker, p_supplier, p_partner (adding up to 1; the prior if
        nothing speaks), rung, expected_rung = Σ k·P(k) from 1 to 3, claimed_rung (text or missing), gap = claimed −
        expected (in rungs; missing without a claim or without any evidence), groups and signals that speak (counts),
        newest (date of the newest evidence).
    """
    listed = units(cursor, as_of=as_of, level=level, accounts=accounts)
    readings = read(cursor, as_of=as_of, level=level, listed=listed["account_id"])
    found = weigh(readings, as_of=as_of, likelihoods=likelihoods)
    by_account = found.groupby("account")
    pulls = by_account[LOG_ODDS].sum().reindex(listed.index, fill_value=0.0)
    groups = _different(found, "group_number").reindex(listed.index, fill_value=0).to_numpy(dtype=np.int64)
    chances = posterior(pulls.to_numpy(dtype=float), likelihoods.prior)
    expected = chances @ np.arange(1, len(RUNGS) + 1)
    claimed = listed["claimed"].to_numpy(dtype=float)
    rows = listed.assign(
        p_broker=chances[:, 0],
        p_supplier=chances[:, 1],
        p_partner=chances[:, 2],
        rung=rungs(chances, groups),
        expected_rung=expected,
        claimed_rung=listed["claimed"].map(dict(enumerate(RUNGS, start=1))),
        gap=np.where(groups > 0, claimed - expected, np.nan),
        groups=groups,
        signals=_different(found, "signal_row").reindex(listed.index, fill_value=0).to_numpy(dtype=np.int64),
        newest=by_account["observed_on"].max().reindex(listed.index),
    )
    return rows[COLUMNS].astype(dict.fromkeys(TEXTS, "str"))


def posterior(pulls: np.ndarray, prior: Sequence[float]) -> np.ndarray:
    """Turn summed log-likelihoods into probabilities: prior × exp(pull), normalised row by row.

    Only differences within a row count, so the largest is taken off before `exp`: no sum of evidence, however
    strong, overflows.

    Parameters
    ----------
    pulls
        Accounts × rungs, in nats.
    prior
        P(rung) before any evidence.

    Examples
    --------
    >>> posterior(np.array([[0.0, 0.0, np.log(2)]]), (0.25, 0.25, 0.5)).round(3).tolist()
    [[0.167, 0.167, 0.667]]
    """
    logs = pulls + np.log(np.asarray(prior))
    chances = np.exp(logs - logs.max(axis=1, keepdims=True, initial=-np.inf))
    return chances / chances.sum(axis=1, keepdims=True)


def rungs(chances: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Name the likeliest rung of each row, or "unknown" where fewer than 3 groups speak or none reaches 0.6.

    >>> rungs(np.array([[0.1, 0.2, 0.7], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4]]), np.array([3, 2, 4])).tolist()
    ['strategic partner', 'unknown', 'unknown']
    """
    sure = (groups >= GROUPS_NEEDED) & (chances.max(axis=1, initial=0.0) >= SURE_ENOUGH)
    return np.where(sure, np.array(RUNGS)[chances.argmax(axis=1)], UNKNOWN)


def _different(found: pd.DataFrame, column: str) -> pd.Series:
    return found[["account", column]].drop_duplicates().groupby("account").size()
