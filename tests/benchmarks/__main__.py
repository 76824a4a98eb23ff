"""Measure opening and pages, print the tables, and write them to docs/benchmarks.md."""

import argparse
import datetime as dt
import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version

from tests.benchmarks import lifetime
from tests.benchmarks.measure import (
    BARE,
    ROOT,
    Opening,
    Page,
    bridges,
    draws,
    middle,
    nearly_all,
    openings,
    pages,
    rungs,
    scenarios,
)

TARGET = ROOT / "docs" / "benchmarks.md"
PACKAGES = ("duckdb", "pandas", "numpy", "pyarrow", "streamlit", "plotly")
_HEAD = """# Benchmarks

Written by `make bench`, which runs `python -m tests.benchmarks`; nothing here is typed by hand. All figures of a table
come from one run on one machine, side by side: read the ratios, the seconds are this machine's.
"""
_OPENING = """
## Opening a book

Each measurement has a process of its own, the contestants take turns in every round, and the clock starts after their
imports. CPU seconds are those of all threads. The files lie in the system's file cache. Best and median are of three
rounds; the ratio is of medians, against the bare aggregate over the same lines. *First opening* reads, checks every
line, rolls up and writes the cache; *second* finds that cache. *All 21 tables* has the other tables of a book of 1,000
accounts beside its sales, as CSV. The bare aggregate and pandas sum quantity, net, list, cost and lines by account,
product and month and do nothing else.
"""
_BRIDGES = """
## The bridge

What made revenue or margin change, each ten times over an opened book, against DuckDB that groups the monthly rows of
both windows by account, product and window and makes nothing of them. Opening is outside the clock. A process of its
own each, by turns, three rounds.
"""
_DRAWS = """
## Who is key

10,000 draws of weights and scores, half of the ratings missing, against plain NumPy that draws the same and sorts all
draws × accounts once (`argsort`), and makes nothing of the ranks. A process of its own each, by turns, three rounds.
"""
_LIFETIME = """
## Lifetime models

Fitting and valuing against the package `lifetimes` 0.11.3 with the NumPy it needs, in an environment of its own. A
process of its own each, by turns, three rounds of five repeats; milliseconds. Both add the same months of purchases up,
the package with a month of 4.345 weeks, and give an account whose purchases cost money the worth of all others.
"""
_SCENARIOS = """
## What if

A scenario that moves every account, 2,000 draws of twelve months ahead, baseline and all, against plain NumPy that
draws as many months of each account with replacement and sums them, once. A process of its own each, by turns, three
rounds.
"""
_RUNGS = """
## Twelve quarters of the ladder

Every account's rung at the ends of twelve quarters, all evidence read and weighed, against DuckDB adding up the same
rolled-up sales by account and month once and nothing else. A process of its own each, by turns, three rounds; the book
is open and was not asked before.
"""
_PAGES = """
## Running a page

Milliseconds of the app's script, from its first line to its last: filters, answers, figures, tables, and writing them
for the browser; AppTest's own work and the browser's are outside. *First* is the first run on an opened book. *Warm*
are 32 runs afterwards, half of them answering a change among four states of the filters (month and region) that were
shown before, half reruns with nothing new. *Sent* is what the page's elements weigh.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--millions", type=int, nargs="*", default=[1, 10], help="sales lines (default 1 10)")
    parser.add_argument(
        "--accounts",
        type=int,
        nargs="*",
        default=[120, 1_000, 5_000],
        choices=[120, 1_000, 5_000],
        help="accounts of the books that the pages show (default all)",
    )
    parser.add_argument(
        "--lifetime",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="fit lifetime models beside the package lifetimes, which is fetched for it (default yes)",
    )
    chosen = parser.parse_args(arguments)
    written = []

    def tell(text: str) -> None:
        written.append(text)
        sys.stdout.write(text)
        sys.stdout.flush()

    tell(_HEAD)
    tell(f"\n{_circumstances()}\n")
    if chosen.millions:
        _tell_table(tell, _OPENING, _opening_rows(chosen.millions))
        _tell_table(tell, _BRIDGES, _bridge_rows(chosen.millions))
    if chosen.lifetime:
        _tell_table(tell, _LIFETIME, lifetime.rows())
    if chosen.accounts:
        _tell_table(tell, _DRAWS, _draw_rows(chosen.accounts))
        _tell_table(tell, _SCENARIOS, _scenario_rows(chosen.accounts))
        _tell_table(tell, _RUNGS, _rung_rows(chosen.accounts))
        _tell_table(tell, _PAGES, _page_rows(chosen.accounts))
    tell(f"\n{_load('end')}\n")
    TARGET.write_text("".join(written), encoding="utf-8")


def _tell_table(tell: Callable[[str], None], words: str, rows: Iterator[list[str]]) -> None:
    """Tell a table line by line, as it is measured; numbers stand right."""
    tell(words + "\n")
    for number, row in enumerate(rows):
        tell("| " + " | ".join(row) + " |\n")
        if number == 0:
            tell("|" + "|".join("---" if place == 1 else "--:" for place in range(len(row))) + "|\n")


def _opening_rows(millions: Sequence[int]) -> Iterator[list[str]]:
    yield [
        "million lines",
        "what",
        "wall s, best",
        "wall s, median",
        "CPU s, best",
        "CPU s, median",
        "peak MB",
        "wall ratio",
        "CPU ratio",
    ]
    for size in millions:
        measured = openings(size)
        bare = next(each for each in measured if each.name == BARE)
        for each in measured:
            yield _opening_row(each, bare)


def _bridge_rows(millions: Sequence[int]) -> Iterator[list[str]]:
    yield [
        "million lines",
        "what",
        "wall s, best",
        "wall s, median",
        "CPU s, best",
        "CPU s, median",
        "peak MB",
        "wall ratio",
        "CPU ratio",
    ]
    for size in millions:
        plain, *others = bridges(size)
        for each in (plain, *others):
            yield _opening_row(each, plain)


def _draw_rows(accounts: Sequence[int]) -> Iterator[list[str]]:
    return _rows_by_accounts(accounts, draws)


def _scenario_rows(accounts: Sequence[int]) -> Iterator[list[str]]:
    return _rows_by_accounts(accounts, scenarios)


def _rows_by_accounts(accounts: Sequence[int], measure: Callable[[int], list[Opening]]) -> Iterator[list[str]]:
    yield [
        "accounts",
        "what",
        "wall s, best",
        "wall s, median",
        "CPU s, best",
        "CPU s, median",
        "peak MB",
        "wall ratio",
        "CPU ratio",
    ]
    for size in accounts:
        plain, *others = measure(size)
        for each in (plain, *others):
            yield _opening_row(each, plain)


def _rung_rows(accounts: Sequence[int]) -> Iterator[list[str]]:
    return _rows_by_accounts(accounts, rungs)


def _opening_row(each: Opening, bare: Opening) -> list[str]:
    seconds = [min(each.wall), middle(each.wall), min(each.cpu), middle(each.cpu)]
    ratios = [middle(each.wall) / middle(bare.wall), middle(each.cpu) / middle(bare.cpu)]
    return [
        f"{each.size:,}",
        each.name,
        *(f"{value:.2f}" for value in seconds),
        f"{max(each.peak):,.0f}",
        *(f"{value:.2f}" for value in ratios),
    ]


def _page_rows(accounts: Sequence[int]) -> Iterator[list[str]]:
    yield ["accounts", "page", "first", "warm wall, p50", "warm wall, p95", "warm CPU, p50", "warm CPU, p95", "sent MB"]
    for size in accounts:
        for each in pages(size):
            yield _page_row(each)


def _page_row(each: Page) -> list[str]:
    times = [each.first, middle(each.wall), nearly_all(each.wall), middle(each.cpu), nearly_all(each.cpu)]
    return [f"{each.accounts:,}", each.page, *(f"{value:,.0f}" for value in times), f"{each.sent:.2f}"]


def _circumstances() -> str:
    """Say when and on what: everything that moves the seconds, nothing that names the machine."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    today = dt.datetime.now(tz=dt.UTC).date()
    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return f"{today:%d %B %Y}; {os.cpu_count()} CPUs; {python}; {versions}.\n{_load('start')}"


def _load(when: str) -> str:
    """Say how busy the machine is, by the mean number of waiting processes."""
    if not hasattr(os, "getloadavg"):
        return f"Load at the {when}: unknown on this system."
    return (
        f"Load average at the {when} over 1, 5 and 15 minutes: " + ", ".join(f"{x:.1f}" for x in os.getloadavg()) + "."
    )


if __name__ == "__main__":
    main()
