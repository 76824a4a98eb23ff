"""On which rung each account stands, how sure that is, and how it compares with what its manager claims."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kam.base.likelihoods import DEFAULT, Likelihoods
from kam.base.rules import GROUPS_NEEDED, KNOWN_FROM
from kam.base.terms import RUNG_KEYS, RUNGS, UNKNOWN
from kam.ladder.gather import Listed, Weighed, weigh

CHANCES = [f"p_{rung}" for rung in RUNG_KEYS]
TEXTS = ["account_id", "name", "manager", "rung", "claimed_rung"]
COLUMNS = [
    "account_id",
    "name",
    "manager",
    "revenue",
    "margin",
    *CHANCES,
    "rung",
    "expected_rung",
    "claimed_rung",
    "gap",
    "groups",
    "signals",
    "newest",
    "silent",
]
HISTORY = ["account_id", "as_of", *CHANCES, "rung", "expected_rung"]


def ladder(found: Listed, *, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Infer the rung of each account from its evidence, with its certainty, beside the rung claimed.

    P(rung) is the prior times the product of the likelihoods of everything seen, each to the power of its weight,
    normalised (Good 1950; the weights are those of `kam.ladder.evidence.evidence`). The rung is the likeliest one;
    it is "unknown" if fewer than 3 groups of signals speak, if no rung reaches 0.6, or if the account has fallen silent
    (`kam.portfolio.active_units.active`).

    Parameters
    ----------
    found
        The accounts of one day and what was heard of them: nothing dated later is used, so an earlier day gives what
        could have been known then. As parents, subsidiaries roll up and speak together; the claim is the parent's own.
    likelihoods
        The prior and the table of P(level | rung).

    Returns
    -------
    pandas.DataFrame
        One row for each account with any sales up to that day, largest revenue first: account_id, name, manager,
        revenue, margin (last twelve months, currency), p_broker, p_supplier, p_partner (adding up to 1; the prior if
        nothing speaks), rung, expected_rung = Σ k·P(k) from 1 to 3, claimed_rung (text or missing), gap = claimed −
        expected (in rungs; missing without a claim or without any evidence), groups and signals that speak (counts),
        newest (date of the newest evidence), silent.
    """
    (placed,) = ladders(found, likelihoods=likelihoods)
    return placed


def ladders(found: Listed, *, likelihoods: Likelihoods = DEFAULT, without: Sequence[str] = ()) -> list[pd.DataFrame]:
    """Infer the rungs as of each of several days that were read at once: the frame of `ladder` for each day.

    Twelve days take little longer than two; the answers are those of `ladder` on each day alone. Groups of evidence
    named in `without` are not heard, and so many fewer need to speak: for asking whether a rung goes with something
    that is itself evidence for it.
    """
    said = weigh(found.readings, as_of=found.accounts["as_of"], likelihoods=likelihoods)
    if without:
        said = said.without([likelihoods.groups.index(group) for group in without])
    rows = _placed(found, said, likelihoods, needed=GROUPS_NEEDED - len(without))
    texts = dict.fromkeys(TEXTS, "str")
    return [
        rows.loc[found.accounts["day"] == number, COLUMNS].reset_index(drop=True).astype(texts)
        for number in range(len(found.days))
    ]


def ladder_history(found: Listed, *, likelihoods: Likelihoods = DEFAULT) -> pd.DataFrame:
    """Infer the rungs as of several days that were read at once, each with what could have been known then.

    Returns
    -------
    pandas.DataFrame
        One row for each account and day on which it had any sales behind it, the days in the order given: account_id,
        as_of, p_broker, p_supplier, p_partner, rung, expected_rung (missing while nothing speaks, as a line should
        not be drawn through the prior).
    """
    said = weigh(found.readings, as_of=found.accounts["as_of"], likelihoods=likelihoods)
    chances, groups, rung = judged(found, said, likelihoods)
    rows = found.accounts[["account_id", "as_of"]].assign(
        **{name: chances[:, place] for place, name in enumerate(CHANCES)},
        rung=rung,
        expected_rung=np.where(groups > 0, expected(chances), np.nan),
    )
    return rows[HISTORY].astype({"account_id": "str", "rung": "str"})


def _placed(found: Listed, said: Weighed, likelihoods: Likelihoods, *, needed: int) -> pd.DataFrame:
    count = len(found.accounts)
    chances, groups, rung = judged(found, said, likelihoods, needed=needed)
    claimed = found.accounts["claimed"]
    signals = said.present(count, len(likelihoods.levels)).sum(axis=1)
    newest = pd.Series(said.observed_on).groupby(said.account).max().reindex(range(count))
    return found.accounts.assign(
        **{name: chances[:, place] for place, name in enumerate(CHANCES)},
        rung=rung,
        expected_rung=expected(chances),
        claimed_rung=claimed.map(dict(enumerate(RUNGS, start=1))),
        gap=np.where(groups > 0, claimed.to_numpy(dtype=float) - expected(chances), np.nan),
        groups=groups,
        signals=signals,
        newest=newest.to_numpy(dtype="datetime64[us]"),
    )


def judged(
    found: Listed, said: Weighed, likelihoods: Likelihoods, *, needed: int = GROUPS_NEEDED
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for each account P(rung), the groups that speak, and the rung's name."""
    count = len(found.accounts)
    chances, groups = posterior(said.added(count), likelihoods.prior), speaking(said, count)
    silent = found.accounts["silent"].to_numpy(dtype=bool)
    return chances, groups, np.where(silent, UNKNOWN, rungs(chances, groups, needed=needed))


def expected(chances: np.ndarray) -> np.ndarray:
    """Return Σ k·P(k) of each row, from 1 to 3.

    >>> expected(np.array([[0.0, 0.5, 0.5]])).tolist()
    [2.5]
    """
    return chances @ np.arange(1, len(RUNGS) + 1)


def speaking(said: Weighed, accounts: int) -> np.ndarray:
    """Count the groups of signals that speak of each account."""
    heard = np.zeros((accounts, 1 + int(said.group.max(initial=0))), dtype=bool)
    heard[said.account, said.group] = True
    return heard.sum(axis=1)


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


def rungs(chances: np.ndarray, groups: np.ndarray, *, needed: int = GROUPS_NEEDED) -> np.ndarray:
    """Name the likeliest rung of each row, or "unknown" where fewer than 3 groups speak or none reaches 0.6.

    >>> rungs(np.array([[0.1, 0.2, 0.7], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4]]), np.array([3, 2, 4])).tolist()
    ['strategic partner', 'unknown', 'unknown']
    """
    sure = (groups >= needed) & (chances.max(axis=1, initial=0.0) >= KNOWN_FROM)
    return np.where(sure, np.array(RUNGS)[chances.argmax(axis=1)], UNKNOWN)
