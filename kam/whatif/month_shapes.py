"""How the months of an account go: its season, and its own months beside those of its peers, resampled."""

from collections.abc import Iterator

import numpy as np

from kam.base.periods import MONTHS
from kam.whatif.stayers import SIZES, sizes

_SLOTS = 32  # a power of two: a random byte chooses one
_PATIENCE = 12.0  # months of history with which an account's own months count as much as its peers'
_LEAST_SEASON = 1 / (4 * MONTHS)  # a month in which the whole book sold less than this share of a year tells nothing
_LATEST = 2 * MONTHS
_STREAM = 101  # months have a stream of random numbers of their own


def season(months: np.ndarray) -> np.ndarray:
    """Return the share of each of the last twelve months in their sum; equal shares where nothing was sold.

    >>> float(season(np.array([[0.0] * 11 + [5.0]]))[-1])
    1.0
    """
    sums = np.maximum(months[:, -MONTHS:].sum(axis=0), 0)
    return sums / sums.sum() if sums.sum() > 0 else np.full(MONTHS, 1 / MONTHS)


def drawn_months(ratios: np.ndarray, *, draws: int, seed: int) -> Iterator[np.ndarray]:
    """Yield draws × accounts of ratios for each of the twelve months ahead; the same seed gives the same months."""
    rng = np.random.default_rng([seed, _STREAM])
    flat = ratios.ravel()
    start = np.arange(len(ratios), dtype=np.int32) * _SLOTS
    for _ in range(MONTHS):
        chosen = np.frombuffer(rng.bytes(draws * len(ratios)), dtype=np.uint8).reshape(draws, len(ratios))
        yield flat.take((chosen & (_SLOTS - 1)) + start)


def month_ratios(months: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Fill 32 places an account with monthly ratios of its own and, the shorter its history, of its peers.

    A ratio is a month over the account's mean month, with the book's season taken out. Of h months of history (24 at
    most) h/(h + 12) of the places are the account's own; the others are spread over those of the accounts of its size.
    Months in which the whole book sold next to nothing are left out, and returns that exceed sales count as nothing.
    The mean of each account's places is 1.

    Parameters
    ----------
    months
        Accounts × months of revenue, oldest first; at least twelve.
    age
        Months since the first purchase of each.
    """
    count = min(_LATEST, months.shape[1] // MONTHS * MONTHS)
    shares = np.concatenate(
        [season(months[:, : months.shape[1] - back or None]) for back in range(count - MONTHS, -1, -MONTHS)]
    )
    usable = np.flatnonzero(shares >= _LEAST_SEASON)
    lived = np.clip(age, 1, count)
    recent = np.maximum(months[:, -count:], 0)[:, usable]
    own = _own_ratios(recent / (MONTHS * shares[usable]), lived, count - usable)
    size = sizes(months[:, -MONTHS:].sum(axis=1))
    table = np.ones((len(months), _SLOTS))
    slots = np.arange(_SLOTS)
    for number in range(len(SIZES)):
        rows = np.flatnonzero(size == number)
        pool = np.sort(own[rows][np.isfinite(own[rows])])
        if not len(pool):
            continue
        # evenly through what the peers' months are, each account beginning at another place
        spots = (slots[None, :] + (rows[:, None] * 0.6180339887) % 1) / _SLOTS
        table[rows] = pool[(spots % 1 * len(pool)).astype(int)]
    _own_places(table, own, np.rint(_SLOTS * lived / (lived + _PATIENCE)).astype(int), size >= 0)
    mean = table.mean(axis=1, keepdims=True)
    return np.where(mean > 0, table / np.where(mean > 0, mean, 1), 1).astype(np.float32)


def _own_places(table: np.ndarray, own: np.ndarray, places: np.ndarray, active: np.ndarray) -> None:
    """Write the account's own ratios, newest first and again from the newest, into its share of random places."""
    order = np.random.default_rng(_STREAM).permutation(table.shape[1])
    known = np.isfinite(own)
    for row in np.flatnonzero(active & known.any(axis=1)):
        newest = own[row, known[row]][::-1]
        table[row, order[: places[row]]] = np.resize(newest, places[row])


def _own_ratios(level: np.ndarray, lived: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Divide each month by the account's mean month; NaN before the first purchase."""
    seen = back[None, :] <= lived[:, None]
    mean = np.where(seen, level, 0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1)
    return np.where(seen & (mean > 0)[:, None], level / np.where(mean > 0, mean, 1)[:, None], np.nan)
