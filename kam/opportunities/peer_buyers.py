"""How many of the accounts most like one buy what it does not: same industry, nearest in size."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.rules import FEWEST_TOGETHER, PEERS


@dataclass(frozen=True, slots=True)
class PeerBuyers:
    """Who stands beside each account.

    Attributes
    ----------
    peers
        How many peers each account has; fewer than `PEERS` in a small industry.
    buyers
        Accounts × categories: how many of the peers buy the category.
    same_industry
        Whether the peers are of the account's industry; where that is unknown they are of the whole book.
    """

    peers: np.ndarray
    buyers: np.ndarray
    same_industry: np.ndarray


def peer_buyers(units: pd.DataFrame, buys: np.ndarray, *, peers: int = PEERS) -> PeerBuyers:
    """Count, for each account, the peers that buy each category; an account is never its own peer.

    Peers are the accounts of the same industry that are nearest in size, by the ratio of their revenues: of all runs of
    `peers` + 1 neighbours in order of size that hold the account, the one whose farthest member is nearest.

    Parameters
    ----------
    units
        account_id, industry (missing where unknown), revenue (above 0).
    buys
        Units × categories.

    Examples
    --------
    >>> units = pd.DataFrame({"account_id": ["a", "b", "c", "d"], "industry": "Dairy", "revenue": [1.0, 2, 3, 90]})
    >>> found = peer_buyers(units, np.array([[False], [True], [True], [False]]), peers=2)
    >>> found.peers.tolist(), found.buyers[:, 0].tolist()
    ([2, 2, 2, 2], [2, 1, 1, 2])
    """
    size = np.log(units["revenue"].to_numpy(dtype=float))
    order = np.lexsort((units["account_id"].to_numpy(dtype=str), size))
    industry = units["industry"].to_numpy(dtype=object)
    known = units["industry"].notna().to_numpy()
    counts, buyers = np.zeros(len(units), dtype=np.int64), np.zeros(buys.shape, dtype=np.int64)
    groups = pd.Series(order[known[order]]).groupby(industry[order][known[order]], sort=False)
    places = [(group.to_numpy(), group.to_numpy()) for _, group in groups]
    if not known.all():
        places.append((order, np.flatnonzero(~known)))
    for among, asking in places:
        _count(among, asking, size, buys, min(peers, len(among) - 1), counts, buyers)
    return PeerBuyers(counts, buyers, known)


def _count(
    among: np.ndarray,
    asking: np.ndarray,
    size: np.ndarray,
    buys: np.ndarray,
    peers: int,
    counts: np.ndarray,
    buyers: np.ndarray,
) -> None:
    """Fill in the counts of those who ask, with peers among these accounts, who stand in order of size."""
    running = np.vstack([np.zeros(buys.shape[1], dtype=np.int64), np.cumsum(buys[among], axis=0)])
    rank = np.empty(len(size), dtype=np.int64)
    rank[among] = np.arange(len(among))
    own = rank[asking][:, None]
    first = own - np.arange(peers + 1)  # every run of neighbours that holds the account
    fits = (first >= 0) & (first + peers < len(among))
    ordered = size[among]
    begins = np.clip(first, 0, len(among) - 1 - peers)
    reach = np.maximum(ordered[own] - ordered[begins], ordered[begins + peers] - ordered[own])
    best = np.where(fits, reach, np.inf).argmin(axis=1)
    start = first[np.arange(len(asking)), best]
    counts[asking] = peers
    buyers[asking] = running[start + peers + 1] - running[start] - buys[asking]


def best_sign(buys: np.ndarray, *, prior: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find, for each account and category, the category it buys whose buyers buy that one most often.

    Lift of a on c = P(c | a) ÷ P(c), with P(c | a) shrunk towards P(c) as if by `prior` more accounts, so that the
    highest of many lifts is not the luckiest one (association rules, Agrawal, Imieliński & Swami 1993).

    Parameters
    ----------
    buys
        Accounts × categories.

    Returns
    -------
    tuple of numpy.ndarray
        Accounts × categories: the lift (NaN where the account buys no category that enough accounts buy together with
        this one), the place of the category a (−1 there), and the support: the share of accounts that buy both.

    >>> buys = np.array([[1, 1]] * 5 + [[1, 0]] + [[0, 0]] * 4, dtype=bool)
    >>> lift, sign, support = best_sign(buys, prior=0)
    >>> round(float(lift[5, 1]), 2), int(sign[5, 1]), float(support[5, 1])  # 5 of 6 buyers, 5 of 10 accounts
    (1.67, 0, 0.5)
    """
    accounts, categories = buys.shape
    bought = buys.astype(float)
    both = bought.T @ bought
    alone = bought.mean(axis=0) if accounts else np.zeros(categories)
    lift, sign = np.full(buys.shape, -np.inf), np.full(buys.shape, -1)
    for a in range(categories):
        is_told = (both[a] >= FEWEST_TOGETHER) & (np.arange(categories) != a)
        given = (both[a] + prior * alone) / (both[a, a] + prior) if is_told.any() else alone
        here = np.where(is_told, np.divide(given, alone, out=np.zeros(categories), where=alone > 0), -np.inf)
        better = buys[:, [a]] & (here > lift)
        lift, sign = np.where(better, here, lift), np.where(better, a, sign)
    support = np.where(sign >= 0, both[sign, np.arange(categories)] / max(accounts, 1), np.nan)
    return np.where(sign >= 0, lift, np.nan), sign, support
