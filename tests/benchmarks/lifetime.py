"""Lifetime models beside the package `lifetimes`: `python -m tests.benchmarks.lifetime` prints the table.

The package needs an older NumPy than ours, so it gets an environment of its own under the temporary files. Where it
cannot be installed, or the real customers are not there, the table says so.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from kam.book import open_book
from kam.lifetime.bg_nbd import fit_bg_nbd
from kam.lifetime.forecast import forecast
from kam.lifetime.gamma_gamma import fit_gamma_gamma
from kam.lifetime.model import Model
from kam.lifetime.question import fitted
from tests.benchmarks.books import HOME, ROOT

ROUNDS, REPEATS = 3, 5
OURS, THEIRS = "kam", "lifetimes"
PACKAGES = ("lifetimes==0.11.3", "numpy<2", "pandas<2.2", "scipy<1.12")
DATA = Path(os.environ.get("KAM_DATA") or ROOT.parent / "shared/data")
STEPS = {"fit": "BG/NBD, fit", "worth": "gamma-gamma, fit", "clv": "CLV, twelve months", "range": "CLV with its range"}
_SCRIPT = Path(__file__).with_name("lifetimes_package.py")


def rows() -> Iterator[list[str]]:
    """Yield the head of the table, then a row a set of customers, step and contestant."""
    yield ["customers", "what", "who", "ms, best", "ms, median", "times as fast", "log-likelihood", "Σ CLV"]
    if not DATA.is_dir():
        yield ["–", "left out: the real customers are not there; KAM_DATA names their folder", *[""] * 6]
        return
    python = _environment()
    if python is None:
        yield ["–", f"{THEIRS} is left out: it could not be installed", *[""] * 6]
    for name, write in _CUSTOMERS.items():
        file = HOME / f"customers-{name.replace(' ', '-')}.csv"
        write(file)
        yield from _rows_of(f"{name}, {len(pd.read_csv(file)):,}", file, python)


def _rows_of(title: str, file: Path, python: Path | None) -> Iterator[list[str]]:
    """Time both on one set of customers, by turns, each time in a process of its own."""
    commands = {OURS: [sys.executable, "-m", "tests.benchmarks.lifetime", str(file)]}
    if python is not None:
        commands[THEIRS] = [str(python), str(_SCRIPT), str(file)]
    told: dict[str, list[dict]] = {who: [] for who in commands}
    for _ in range(ROUNDS):
        for who, command in commands.items():
            done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own
            told[who].append(json.loads(done.stdout))
    times = {
        (step, who): sorted(1000 * seconds for run in runs for seconds in run[step])
        for who, runs in told.items()
        for step in STEPS
        if step in runs[0]
    }
    for (step, who), each in sorted(times.items(), key=lambda item: list(STEPS).index(item[0][0])):
        theirs = times.get((step, THEIRS))
        ratio = f"{np.median(theirs) / np.median(each):.1f}" if theirs else ""
        likelihood = f"{told[who][0]['log_likelihood']:.6f}" if step == "fit" else ""
        total = f"{told[who][0]['sum']:,.0f}" if step == "clv" else ""
        yield [title, STEPS[step], who, f"{each[0]:.1f}", f"{np.median(each):.1f}", ratio, likelihood, total]


def _music_shop(file: Path) -> None:
    customers = pd.read_csv(DATA / "cdnow/cdnow_summary.csv").rename(columns={"monetary_value": "mean_value"})
    customers.to_csv(file, index=False)


def _gift_wholesaler(file: Path) -> None:
    book = HOME / "online-retail"
    for source in (DATA / "online_retail", ROOT / "tests/books/online_retail"):
        shutil.copytree(source, book, dirs_exist_ok=True)
    opened = open_book(book)
    fitted(opened).customers.to_csv(file, index=False)
    opened.close()


_CUSTOMERS: dict[str, Callable[[Path], None]] = {"music shop": _music_shop, "gift wholesaler": _gift_wholesaler}


def _environment() -> Path | None:
    """Return the Python of an environment that has the package, made once; None if that fails."""
    home = HOME / "lifetimes-package"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    has_it = [str(python), "-c", "import lifetimes"]
    if python.exists() and not subprocess.run(has_it, check=False, capture_output=True).returncode:  # noqa: S603 - ours
        return python
    HOME.mkdir(exist_ok=True)
    venv.create(home, with_pip=True, clear=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    done = subprocess.run(install, check=False, capture_output=True, text=True)  # noqa: S603 - constants of ours
    return None if done.returncode else python


def main() -> None:
    """Time our own models on the customers of a file, or print the table if none is named."""
    if len(sys.argv) == 1:
        for row in rows():
            sys.stdout.write("| " + " | ".join(row) + " |\n")
            sys.stdout.flush()
        return
    customers = pd.read_csv(sys.argv[1])
    customers["account_id"] = customers.index.astype("str")
    valued = customers[(customers["frequency"] > 0) & (customers["mean_value"] > 0)]
    timed: dict[str, list[float]] = {step: [] for step in STEPS}
    for _ in range(REPEATS):
        start = time.perf_counter()
        buying = fit_bg_nbd(customers["frequency"], customers["recency"], customers["T"])
        timed["fit"].append(time.perf_counter() - start)
        start = time.perf_counter()
        worth = fit_gamma_gamma(valued["frequency"], valued["mean_value"])
        timed["worth"].append(time.perf_counter() - start)
        model = Model(buying, worth)
        start = time.perf_counter()
        bought = np.diff(model.purchases_ahead(customers, 12), axis=1, prepend=0.0) @ 1.01 ** -np.arange(1.0, 13)
        clv = bought * model.value_of_a_purchase(customers)
        timed["clv"].append(time.perf_counter() - start)
        start = time.perf_counter()
        forecast(model, customers, months=12, monthly_discount=0.01)
        timed["range"].append(time.perf_counter() - start)
    told = {**timed, "log_likelihood": buying.log_likelihood, "sum": float(np.nansum(clv))}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
