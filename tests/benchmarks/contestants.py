"""What opens or sums the sales lines, each alone in a process of its own: `python -m tests.benchmarks.contestants`.

One process does one thing and prints one line of JSON: wall and CPU seconds of the work without its imports, and the
peak of the process's memory in megabytes.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from kam.book import open_book
from tests.benchmarks.books import close_book, sales_files

_PEAKS_IN_BYTES = sys.platform == "darwin"
_AGGREGATE = """
create temp table sums as
select account_id, product_id, date_trunc('month', order_date) as month, sum(quantity) as quantity,
    sum(net_amount) as net, sum(list_amount) as list, sum(cost_amount) as cost, count(*) as lines
from read_parquet($files) group by all
"""
_AMOUNTS = ["quantity", "net_amount", "list_amount", "cost_amount"]


def kam_cold(book: Path) -> None:
    """Open the book with nothing kept: read, check, roll up, write the cache."""
    open_book(book).close()


def kam_again(book: Path) -> None:
    """Open the book from what the first opening kept."""
    open_book(book).close()


def duckdb_aggregate(book: Path) -> None:
    """Sum by account, product and month, and nothing else: no checks, no days, nothing written."""
    with duckdb.connect() as connection:
        connection.execute(_AGGREGATE, {"files": sales_files(book)})


def pandas_aggregate(book: Path) -> None:
    """Read all lines into memory and sum them by account, product and month; money becomes floating."""
    columns = ["account_id", "product_id", "order_date", *_AMOUNTS]
    lines = pd.concat([pd.read_parquet(file, columns=columns) for file in sales_files(book)])
    lines[_AMOUNTS] = lines[_AMOUNTS].astype(float)
    lines["month"] = pd.to_datetime(lines["order_date"]).dt.to_period("M")
    groups = lines.groupby(["account_id", "product_id", "month"], sort=False, observed=True)
    groups[_AMOUNTS].sum().assign(lines=groups.size())


CONTESTANTS: dict[str, Callable[[Path], None]] = {
    "DuckDB, the bare aggregate": duckdb_aggregate,
    "kam, first opening": kam_cold,
    "kam, second opening": kam_again,
    "pandas, read and group": pandas_aggregate,
}


def main() -> None:
    """Let the contestant named first have the book named second."""
    name, book = sys.argv[1], Path(sys.argv[2])
    if CONTESTANTS[name] is kam_cold:
        close_book(book)
    tell(lambda: CONTESTANTS[name](book))


def tell(work: Callable[[], None]) -> None:
    """Do a piece of work and print what it took, as one line of JSON."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    used = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    used["peak"] = peak / (1e6 if _PEAKS_IN_BYTES else 1e3)
    sys.stdout.write(json.dumps(used) + "\n")


if __name__ == "__main__":
    main()
