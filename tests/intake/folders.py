"""Small book folders written for a test, and what intake makes of them."""

import datetime as dt
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kam.intake.cache import connect, loaded_book
from kam.intake.files import book_files, find_tables
from kam.intake.load import Report, load
from kam.intake.settings import read_settings

TODAY = dt.date(2025, 6, 30)
HEADER = "order_id,order_date,account_id,product_id,quantity,net_amount"
GOOD = "1,2025-01-31,A,P,2,10.50"


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files into a book folder; `sales_csv` names sales.csv, `sales__b_csv` names sales/b.csv."""
    for name, content in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem.replace('__', '/')}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def sales(*lines: str, header: str = HEADER, end: str = "\n") -> str:
    """Write a sales file from its lines."""
    return end.join([header, *lines]) + end


def many(*lines: str, good: int = 100) -> str:
    """Write a sales file with good lines before the ones looked at, so that few are refused of many."""
    return sales(*(f"{number},2025-01-{1 + number % 28:02},A,P,1,1.00" for number in range(good)), *lines)


def write_parquet(path: Path, select: str) -> None:
    """Write the result of a SELECT as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({select}) to '{path}' (format parquet)")


@dataclass(frozen=True, slots=True)
class Opened:
    """A book that was opened, and closed again."""

    net: dict[str, float]  # by account
    quantity: dict[str, float]
    days: list[tuple[str, dt.date]]
    refused: list[tuple[str, int, str, str | None, str]]  # file, line, column, value, reason
    tables: dict[str, list[int]]  # read, accepted, refused
    findings: list[tuple[str, str, int]]
    columns: dict[str, tuple[str, str, str]]  # source, how, written; of the sales
    currency: str | None


@contextmanager
def asking(path: Path) -> Generator[Callable[[str], list[tuple]]]:
    """Lend a function that asks a loaded book, opened once for all questions."""
    with connect(path) as cursor:
        yield lambda query: cursor.execute(query).fetchall()


def ask(path: Path, query: str) -> list[tuple]:
    """Ask a loaded book one question."""
    with asking(path) as question:
        return question(query)


def opened(folder: Path, *, today: dt.date = TODAY) -> Opened:
    """Open a book and look at all that intake says."""
    with asking(loaded_book(folder, today=today).path) as ask_it:
        return _all_of(ask_it)


def _all_of(ask_it: Callable[[str], list[tuple]]) -> Opened:
    sums = ask_it("select account_id, sum(net)::double, sum(quantity)::double from sales_month group by account_id")
    kept = ask_it('select file, line, "column", value, reason from intake_refused order by file, line')
    rows = ask_it('select "table", rows_read, rows_accepted, rows_refused from intake_tables')
    columns = ask_it('select "column", source, how, written from intake_columns where "table" = \'sales\'')
    return Opened(
        net={account: net for account, net, _ in sums},
        quantity={account: quantity for account, _, quantity in sums},
        days=ask_it("select account_id, day from account_day order by all"),
        refused=kept,
        tables={name: list(counts) for name, *counts in rows},
        findings=ask_it('select "table", "check", count from intake_findings'),
        columns={name: tuple(more) for name, *more in columns},
        currency=ask_it("select currency from book")[0][0],
    )


def reported(folder: Path, target: Path, *, today: dt.date = TODAY) -> Report:
    """Load a book into `target` and return the report."""
    tables = find_tables(folder, book_files(folder))
    return load(folder, target, tables=tables, settings=read_settings(folder), today=today)


def lines_of(found: Sequence[tuple[str, int, str, str | None, str]]) -> list[tuple[int, str]]:
    """Shorten refused rows to line and reason."""
    return [(line, reason) for _, line, _, _, reason in found]
