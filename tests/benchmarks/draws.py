"""Ranking accounts under draws beside one plain argsort of them: `python -m tests.benchmarks.draws ACCOUNTS WHAT`.

One process does one thing and prints one line of JSON, as `tests.benchmarks.contestants` does.
"""

import sys
from collections.abc import Callable

import numpy as np

from kam.key_accounts.smaa import smaa
from tests.benchmarks.contestants import tell

DRAWS = 10_000
WEIGHTS = np.array([0.35, 0.25, 0.20, 0.20])


def drawn_and_sorted(low: np.ndarray, high: np.ndarray) -> None:
    """Draw weights and scores, and argsort all draws × accounts at once; nothing is made of the ranks."""
    rng = np.random.default_rng(0)
    weights = rng.dirichlet(30 * WEIGHTS, size=DRAWS)
    scores = np.zeros((DRAWS, len(low)))
    for column in range(len(WEIGHTS)):
        span = high[:, column] - low[:, column]
        scores += weights[:, [column]] * (low[:, column] + span * rng.random((DRAWS, len(low))))
    np.argsort(scores, axis=1)


def ranked(low: np.ndarray, high: np.ndarray) -> None:
    """Rank the accounts with all that the pages ask of it."""
    found = smaa(low, high, weights=WEIGHTS, kappa=30, size=max(5, len(low) // 5), tie=low[:, 0], draws=DRAWS)
    found.p_key()
    found.rank_interval()


CONTESTANTS: dict[str, Callable[[np.ndarray, np.ndarray], None]] = {
    "NumPy, drawing and one argsort": drawn_and_sorted,
    "kam, P(key) and rank intervals": ranked,
}


def main() -> None:
    """Let the contestant named second rank so many accounts: half of the ratings missing, half an interval."""
    accounts, name = int(sys.argv[1]), sys.argv[2]
    rng = np.random.default_rng(1)
    low = rng.random((accounts, 4)) * 60
    high = low + np.array([0.0, 0.0, 1.0, 1.0]) * rng.random((accounts, 4)) * 40
    missing = rng.random((accounts, 4)) < np.array([0.0, 0.0, 0.5, 0.5])
    low, high = np.where(missing, 0.0, low), np.where(missing, 100.0, high)
    tell(lambda: CONTESTANTS[name](low, high))


if __name__ == "__main__":
    main()
