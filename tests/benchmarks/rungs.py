"""Twelve quarters of the ladder beside one aggregate of the same sales: `python -m tests.benchmarks.rungs BOOK WHAT`.

One process does one thing and prints one line of JSON, as `tests.benchmarks.contestants` does.
"""

import sys
from collections.abc import Callable

import kam
from tests.benchmarks.contestants import tell

_AGGREGATE = "select account_id, month, sum(net), sum(list), sum(cost) from sales_month group by all"


def added_up(book: kam.Book) -> None:
    """Add the rolled-up sales up by account and month, as everything about them must at least do."""
    book.read(_AGGREGATE)


def placed(book: kam.Book) -> None:
    """Place every account on the ladder at the ends of twelve quarters."""
    book.ladder_history(quarters=12)


CONTESTANTS: dict[str, Callable[[kam.Book], None]] = {
    "DuckDB, sums by account and month": added_up,
    "kam, twelve quarters of the ladder": placed,
}


def main() -> None:
    """Let the contestant named second answer on the book named first, already opened once before."""
    folder, name = sys.argv[1], sys.argv[2]
    CONTESTANTS[name](kam.open_book(folder))  # the first answer also loads the code
    book = kam.open_book(folder)  # which has not heard anything yet
    tell(lambda: CONTESTANTS[name](book))


if __name__ == "__main__":
    main()
