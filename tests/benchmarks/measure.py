"""Runs each measurement in a process of its own, the contestants by turns, so that other load meets them alike."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.benchmarks.books import ROOT, book_of_accounts, book_of_lines, sales_alone
from tests.benchmarks.bridges import CONTESTANTS as BRIDGED
from tests.benchmarks.draws import CONTESTANTS as DRAWN
from tests.benchmarks.rungs import CONTESTANTS as PLACED
from tests.benchmarks.what_if import CONTESTANTS as SIMULATED

ROUNDS = 3
PANDAS_FITS = 10
BARE = "DuckDB, the bare aggregate"
# Contestant, whether its book has sales alone, and how it is named in the table; each round runs them in this order,
# so a second opening comes after a first one of the same book.
_TURNS = (
    ("DuckDB, the bare aggregate", True, BARE),
    ("kam, first opening", True, "kam, first opening, sales alone"),
    ("kam, second opening", True, "kam, second opening, sales alone"),
    ("kam, first opening", False, "kam, first opening, all 21 tables"),
    ("kam, second opening", False, "kam, second opening, all 21 tables"),
    ("pandas, read and group", True, "pandas, read and group"),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """One contestant on one size (million lines, or accounts): seconds and megabytes of each round."""

    size: int
    name: str
    wall: list[float]
    cpu: list[float]
    peak: list[float]


@dataclass(frozen=True, slots=True)
class Page:
    """One page at one size: milliseconds of script, wall and CPU."""

    accounts: int
    page: str
    first: float
    wall: list[float]
    cpu: list[float]
    sent: float


def openings(millions: int) -> list[Opening]:
    """Measure every contestant on so many million lines, three rounds."""
    book = book_of_lines(millions)
    alone = sales_alone(book)
    turns = [turn for turn in _TURNS if not turn[0].startswith("pandas") or millions <= PANDAS_FITS]
    results: dict[str, list[dict[str, float]]] = {name: [] for _, _, name in turns}
    for _ in range(ROUNDS):
        for contestant, only_sales, name in turns:
            (line,) = _lines("contestants", contestant, str(alone if only_sales else book))
            results[name].append(json.loads(line))
    return [
        Opening(millions, name, *([run[figure] for run in runs] for figure in ("wall", "cpu", "peak")))
        for name, runs in results.items()
    ]


def draws(accounts: int) -> list[Opening]:
    """Measure the ranking of so many accounts under 10,000 draws, three rounds by turns."""
    return _by_turns("draws", accounts, str(accounts), DRAWN)


def scenarios(accounts: int) -> list[Opening]:
    """Measure the answer to a scenario for so many accounts under 2,000 draws, three rounds by turns."""
    return _by_turns("what_if", accounts, str(accounts), SIMULATED)


def bridges(millions: int) -> list[Opening]:
    """Measure the bridge of a book of so many million lines, three rounds by turns."""
    return _by_turns("bridges", millions, str(book_of_lines(millions)), BRIDGED)


def rungs(accounts: int) -> list[Opening]:
    """Measure twelve quarters of the ladder of so many accounts, three rounds by turns."""
    return _by_turns("rungs", accounts, str(book_of_accounts(accounts)), PLACED)


def _by_turns(module: str, size: int, subject: str, names: Iterable[str]) -> list[Opening]:
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name, runs in results.items():
            (line,) = _lines(module, subject, name)
            runs.append(json.loads(line))
    return [
        Opening(size, name, *([run[figure] for run in runs] for figure in ("wall", "cpu", "peak")))
        for name, runs in results.items()
    ]


def pages(accounts: int) -> Iterator[Page]:
    """Measure every page over a book of so many accounts."""
    for line in _lines("pages", str(book_of_accounts(accounts))):
        run = json.loads(line)
        wall, cpu = ([1000 * each[figure] for each in run["warm"]] for figure in ("wall", "cpu"))
        yield Page(accounts, run["page"], 1000 * run["first"]["wall"], wall, cpu, run["sent"] / 1e6)


def middle(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def nearly_all(values: list[float]) -> float:
    """Return the 95th percentile.

    >>> nearly_all([float(value) for value in range(101)])
    95.0
    """
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def _lines(module: str, *arguments: str) -> list[str]:
    """Run a module of this package on its own and return what it printed, a line a result."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - our own module
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} failed:\n{done.stderr}")
    return done.stdout.splitlines()
