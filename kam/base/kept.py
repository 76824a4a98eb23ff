"""The last few results that several questions share, so that one move of a slider is worked out once."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """A few results of each kind by key, the one unused for longest let go first; safe to share between threads.

    >>> kept = Kept(limit=1)
    >>> kept.get("n", "a", lambda: 1), kept.get("n", "a", lambda: 2), kept.get("n", "b", lambda: 3)
    (1, 1, 3)
    >>> kept.get("n", "a", lambda: 4)
    4
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._results: dict[str, OrderedDict[Hashable, Any]] = defaultdict(OrderedDict)
        self._lock = Lock()

    def get(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under the key, or make it; two who ask at once may both make it."""
        with self._lock:
            results = self._results[kind]
            if key in results:
                results.move_to_end(key)
                return results[key]
        made = make()
        with self._lock:
            results[key] = made
            while len(results) > self._limit:
                results.popitem(last=False)
        return made
