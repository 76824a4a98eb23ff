"""How many of the accounts most like one buy what it does not: same industry, nearest in size."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kam.base.rules import PEERS

"""Accounts held beside one: enough that one of them is 5 points, few enough to be near in size."""


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
