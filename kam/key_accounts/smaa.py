"""How sure a list is when weights and scores are not: ranks under many draws of both (SMAA-2)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from kam.base.rules import LOW, WEIGHTINGS

# A chunk of draws stays in a processor's own cache from the scores to the ranks.
_CELLS = 1 << 16
_FEWEST = 32
_THREADS = 2
_BITS = 32
_LABEL = (1 << _BITS) - 1
_SMALL = 1 << 16


@dataclass(frozen=True, slots=True)
class Draws:
    """What all draws gave.

    Attributes
    ----------
    size
        Places on the list.
    weights
        Draws × criteria, float32; each row adds up to 1.
    ranks
        Accounts × draws, 1 = best; in each draw every rank is held once.
    last_in, first_out
        The score on the last place of the list and on the one after it, one a draw, float32; minus infinity where
        there are not so many accounts.
    """

    size: int
    weights: np.ndarray
    ranks: np.ndarray
    last_in: np.ndarray
    first_out: np.ndarray

    def p_key(self) -> np.ndarray:
        """Return the share of draws in which each account is on the list."""
        return (self.ranks <= self.size).mean(axis=1)

    def rank_interval(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the ranks that 90 % of an account's draws lie between, ends included."""
        draws = self.ranks.shape[1]
        low, high = int(LOW * draws), draws - 1 - int(LOW * draws)
        ends = np.empty((len(self.ranks), 2), dtype=np.int64)
        for place, ranks in enumerate(self.ranks):
            ends[place] = np.sort(ranks)[[low, high]]
        return ends[:, 0], ends[:, 1]

    def acceptability(self, place: int) -> np.ndarray:
        """Return the share of draws in which the account at this place of the input has each rank, rank 1 first."""
        accounts, draws = self.ranks.shape
        return np.bincount(self.ranks[place], minlength=accounts + 1)[1:] / draws

    def to_beat(self, place: int) -> np.ndarray:
        """Return, for each draw, the score above which this account is on the list, the others being as they are."""
        return np.where(self.ranks[place] <= self.size, self.first_out, self.last_in)


def smaa(
    low: np.ndarray,
    high: np.ndarray,
    *,
    weights: np.ndarray,
    kappa: float,
    size: int,
    tie: np.ndarray,
    draws: int = WEIGHTINGS,
    seed: int = 0,
) -> Draws:
    """Rank accounts under drawn weights and drawn scores.

    Stochastic multicriteria acceptability analysis with ordinal ranks (SMAA-2, Lahdelma & Salminen 2001): weights ~
    Dirichlet(κ·w), so that their mean is w and each has the standard deviation √(w(1−w)/(κ+1)); each score is uniform
    in its interval, all independent; an account's score in a draw is Σ weight × score. A weight of exactly 0 stays 0
    in every draw; κ = ∞ keeps the weights as stated.

    Equal scores are ranked by `tie`; accounts equal in that and in every criterion that counts are ranked by lot in
    each draw. So in every draw every rank is held once, and P(key) adds up to the places on the list.

    Parameters
    ----------
    low, high
        Accounts × criteria, the ends of the intervals, 0 to 100; known scores have both ends equal.
    weights
        One a criterion, not negative, adding up to 1.
    kappa
        How closely the drawn weights keep to the stated ones.
    size
        Places on the list.
    tie
        One an account; of equal scores the one with more goes first.
    draws, seed
        How many, and which: the same seed gives the same draws, whatever the number of processors.

    Returns
    -------
    Draws
        Ranks and what P(key) of one account with other scores takes. At 10,000 draws × 5,000 accounts it holds
        100 MB, and making it takes as much again at most.

    Examples
    --------
    >>> known = np.array([[80.0, 10.0], [20.0, 90.0]])
    >>> found = smaa(known, known, weights=np.array([0.5, 0.5]), kappa=2, size=1, tie=np.zeros(2))
    >>> found.p_key().round(1).tolist()  # the first leads if its weight is over 4/7; at κ = 2 weights are uniform
    [0.4, 0.6]
    """
    counted = np.flatnonzero(weights > 0)
    group = _alike(low[:, counted], high[:, counted], tie)
    order = np.lexsort((group, tie))
    seeds = np.random.SeedSequence(seed)
    drawn = _weights(weights, kappa, draws, np.random.default_rng(seeds.spawn(1)[0]))
    ranks = np.empty((len(low), draws), dtype=np.uint16 if len(low) < _SMALL else np.uint32)
    last_in, first_out = (np.full(draws, -np.inf, dtype=np.float32) for _ in range(2))
    step = min(draws, max(_FEWEST, _CELLS // max(1, len(low)) // _FEWEST * _FEWEST))
    starts = range(0, draws if len(low) else 0, step)
    chunks = list(zip(starts, seeds.spawn(len(starts)), strict=True))

    def rank(chunks: Sequence[tuple[int, np.random.SeedSequence]]) -> None:
        bench = _Bench(low[order], high[order], counted, lots=_lots(group[order]), step=step)
        for start, child in chunks:
            draw = slice(start, start + step)
            ranks[order, draw], scores = bench.rank(drawn[draw], np.random.Generator(np.random.SFC64(child)))
            for found, nth in ((last_in, size), (first_out, size + 1)):
                if nth <= len(low):
                    found[draw] = scores(nth)

    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        list(pool.map(rank, [chunks[thread::_THREADS] for thread in range(_THREADS)]))
    return Draws(size=size, weights=drawn, ranks=ranks, last_in=last_in, first_out=first_out)


class _Bench:
    """Where one thread ranks chunk after chunk, in arrays made once: making them anew costs more than the work."""

    def __init__(
        self, low: np.ndarray, high: np.ndarray, counted: np.ndarray, *, lots: list[np.ndarray], step: int
    ) -> None:
        accounts = len(low)
        self._criteria = [(column, *_terms(low[:, column], high[:, column])) for column in counted.tolist()]
        self._lots = lots
        self._scores, self._term, self._rows = (np.empty(accounts * step, dtype=np.float32) for _ in range(3))
        self._keys, self._places = (np.empty((step, accounts), dtype=np.int64) for _ in range(2))
        self._cells = np.arange(accounts * step, dtype=np.int64).reshape(accounts, step).T.copy()
        self._ranks = np.empty((accounts, step), dtype=np.uint16 if accounts < _SMALL else np.uint32)
        self._falling = np.arange(accounts, 0, -1, dtype=self._ranks.dtype)

    def rank(self, weights: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, Callable[[int], np.ndarray]]:
        """Rank the accounts in as many draws as there are weights: the ranks, and the n-th largest scores."""
        draws, accounts = len(weights), len(self._ranks)
        keys, places = self._keys[:draws], self._places[:draws]
        # The bits of a float that is not negative rise with it; below them stands the cell's place, which breaks ties
        # in favour of later rows and finds the cell again. One such sort takes a third of the time of an argsort.
        np.copyto(keys, self._drawn(weights, rng).view(np.int32).T)
        np.left_shift(keys, _BITS, out=keys)
        np.bitwise_or(keys, self._cells[:draws], out=keys)
        keys.sort(axis=1)
        np.bitwise_and(keys, _LABEL, out=places)
        self._ranks.reshape(-1)[places] = self._falling
        ranks = self._ranks[:, :draws]
        for alike in self._lots:
            ranks[alike] = rng.permuted(ranks[alike], axis=0)
        return ranks, lambda nth: (keys[:, accounts - nth] >> _BITS).astype(np.int32).view(np.float32)

    def _drawn(self, weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw scores, accounts × draws. Term by term, so that rounding turns no order around."""
        shape = (len(self._ranks), len(weights))
        scores, term = (part[: shape[0] * shape[1]].reshape(shape) for part in (self._scores, self._term))
        scores.fill(0)
        for column, low, is_open, width in self._criteria:
            weight = np.ascontiguousarray(weights[:, column])
            np.multiply(low, weight, out=term)
            np.add(scores, term, out=scores)
            drawn, rows = (part[: len(is_open) * shape[1]].reshape(-1, shape[1]) for part in (self._term, self._rows))
            rng.random(out=drawn, dtype=np.float32)
            np.multiply(drawn, width, out=drawn)
            np.multiply(drawn, weight, out=drawn)
            np.take(scores, is_open, axis=0, out=rows, mode="clip")
            np.add(rows, drawn, out=rows)
            scores[is_open] = rows
        return scores


def _terms(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the lower ends, which intervals are open, and how wide these are."""
    is_open = np.flatnonzero(high > low)
    return low[:, None].astype(np.float32), is_open, (high - low)[is_open, None].astype(np.float32)


def _alike(low: np.ndarray, high: np.ndarray, tie: np.ndarray) -> np.ndarray:
    """Give one number to accounts that are wholly known and equal in everything that counts, else one to each."""
    known = (low == high).all(axis=1)
    alone = np.where(known, -1, np.arange(len(tie)))
    return np.unique(np.column_stack([low, tie, alone]), axis=0, return_inverse=True)[1].reshape(-1)


def _lots(group: np.ndarray) -> list[np.ndarray]:
    return [np.flatnonzero(group == number) for number in np.flatnonzero(np.bincount(group) > 1).tolist()]


def _weights(stated: np.ndarray, kappa: float, draws: int, rng: np.random.Generator) -> np.ndarray:
    drawn = np.tile(stated, (draws, 1))
    counted = stated > 0
    if np.isfinite(kappa):
        drawn[:, counted] = rng.dirichlet(kappa * stated[counted], size=draws)
    return drawn.astype(np.float32, order="F")
