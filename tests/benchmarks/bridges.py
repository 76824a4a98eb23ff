"""The bridge beside the bare grouping it rests on: `python -m tests.benchmarks.bridges BOOK WHAT`.

One process does one thing ten times over an opened book and prints one line of JSON, as `tests.benchmarks.contestants`
does; opening the book is outside the clock.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from kam.base.periods import window_parameters
from kam.book import Book, open_book
from tests.benchmarks.contestants import tell

TIMES = 10
# What the bridge has to sum, by account, product and window; its result is summed up, so that nothing is left out.
_GROUPED = """
select count(*), sum(quantity), sum(net), sum(list), sum(net_listed), sum(cost), sum(net_costed)
from (
    select account_id, product_id, month >= $current as now, sum(quantity) as quantity, sum(net) as net,
        sum(list) as list, sum(net_listed) as net_listed, sum(cost) as cost, sum(net_costed) as net_costed
    from sales_month where month >= $prior and month < $after group by all
)
"""


def bare_grouping(book: Book) -> None:
    """Group the rows of both windows by account, product and window, and nothing else."""
    with closing(book._connection.cursor()) as cursor:  # noqa: SLF001 - a query that is no question of a book
        cursor.execute(_GROUPED, window_parameters(book.as_of)).fetchall()


CONTESTANTS: dict[str, Callable[[Book], object]] = {
    "DuckDB, the bare grouping": bare_grouping,
    "kam, revenue bridge": lambda book: book.bridge("revenue"),
    "kam, margin bridge": lambda book: book.bridge("margin"),
    "kam, revenue bridge by account": lambda book: book.bridge_table("revenue", by="account"),
}


def main() -> None:
    """Let the contestant named second answer ten times over the book named first."""
    book, name = open_book(Path(sys.argv[1])), sys.argv[2]

    def answer() -> None:
        for _ in range(TIMES):
            CONTESTANTS[name](book)

    tell(answer)


if __name__ == "__main__":
    main()
