"""What an account would spend on what it does not buy: how many of its peers buy it, and how much buyers spend."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from kam.base.rules import HIGH, LOW, PEERS, PEERS_PRIOR
from kam.opportunities.baskets import Baskets
from kam.opportunities.peer_buyers import PeerBuyers, peer_buyers

_STEPS = (np.arange(20) + 0.5) / 20  # each the middle of a twentieth: 400 pairs of share and spend stand for them all


@dataclass(frozen=True, slots=True)
class Estimate:
    """What each account would spend on each category; all arrays are units × categories but the last but one.

    Attributes
    ----------
    beside
        The peers, and how many of them buy.
    book_share
        Share of all other accounts that buy the category; NaN where there is no other.
    share
        Share of the peers that buy it, shrunk towards the book's.
    spend_share
        One a category: the median share of revenue that its buyers spend on it; NaN without buyers.
    value
        share × spend_share × R1; NaN where the account buys it, and where nobody does.
    """

    beside: PeerBuyers
    book_share: np.ndarray
    share: np.ndarray
    spend_share: np.ndarray
    value: np.ndarray


def estimate(found: Baskets, *, peers: int = PEERS, prior: float = PEERS_PRIOR) -> Estimate:
    """Estimate what each account would spend a year on what it does not buy.

    The share is the mean of a Beta posterior: `prior` accounts at the book's share, then the account's own peers. So
    three peers alone cannot say "all" or "nobody".
    """
    buys = found.buys
    beside = peer_buyers(found.units, buys, peers=peers)
    others = len(buys) - 1
    book_share = (buys.sum(axis=0) - buys) / others if others > 0 else np.full(buys.shape, np.nan)
    share = (prior * book_share + beside.buyers) / (prior + beside.peers[:, None])
    shares = found.shares
    spend_share = np.array([np.median(own[own > 0]) if (own > 0).any() else np.nan for own in shares.T])
    revenue = found.units["revenue"].to_numpy(dtype=float)[:, None]
    value = np.where(buys, np.nan, share * spend_share * revenue)
    return Estimate(beside, book_share, share, spend_share, value)


def ranges(
    found: Baskets, guess: Estimate, rows: np.ndarray, columns: np.ndarray, *, prior: float = PEERS_PRIOR
) -> tuple[np.ndarray, np.ndarray]:
    """Return between which amounts 90 % lie, for cells that are not sold and have a value.

    The share of peers is drawn from its Beta posterior and the spend from the buyers of the category, each on its own;
    their product times R1. Widened where it must be to hold the expected value.

    Parameters
    ----------
    rows, columns
        The places of the cells.
    """
    peers, buyers = guess.beside.peers[rows], guess.beside.buyers[rows, columns]
    # cells of a category with as many peers, of whom as many buy, have one range: there are few of these
    width = int(guess.beside.peers.max(initial=0)) + 1
    kinds, which = np.unique((columns * width + peers) * width + buyers, return_inverse=True)
    column, peers, buyers = kinds // width**2, kinds // width % width, kinds % width
    bought = found.buys.sum(axis=0)[column] / max(len(found.units) - 1, 1)
    ups = prior * bought + buyers
    downs = prior * (1 - bought) + peers - buyers
    chance = betaincinv(ups[:, None], np.maximum(downs, np.finfo(float).tiny)[:, None], _STEPS)
    shares = found.shares.T
    spread = {each: np.quantile(shares[each][shares[each] > 0], _STEPS) for each in np.unique(column).tolist()}
    spend = np.array([spread[each] for each in column.tolist()]).reshape(len(kinds), len(_STEPS))
    products = (chance[:, :, None] * spend[:, None, :]).reshape(len(kinds), len(_STEPS) ** 2)
    ends = np.quantile(products, (LOW, HIGH), axis=1) if len(kinds) else np.zeros((2, 0))
    revenue, value = found.units["revenue"].to_numpy(dtype=float)[rows], guess.value[rows, columns]
    low, high = ends[:, which] * revenue
    return np.minimum(low, value), np.maximum(high, value)
