"""Measures the script of every page over one book: the first run, and warm reruns. Run in a process of its own.

The clock stands around `kam.ui.frame.run`, which is all that app.py calls: filters, the book's answers, figures, tables
and their serialisation for the browser. AppTest's own work, and the browser's, are outside.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from kam.book import open_book
from kam.ui import frame

ROOT = Path(__file__).parents[2]
PAGES = (
    "portfolio",
    "key_accounts",
    "ladder",
    "money",
    "what_if",
    "account",
    "relationships",
    "opportunities",
    "plans",
    "milestones",
    "risks",
    "team",
    "data",
)
ROUNDS = 4
_RUNS: list[dict[str, float]] = []


def timed(run: Callable[[], None]) -> Callable[[], None]:
    """Keep wall and CPU seconds of each run of the app's script."""

    def run_timed() -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            run()
        finally:
            _RUNS.append({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu})

    return run_timed


def measure_page(book: Path, page: str) -> dict[str, object]:
    """Run a page first, then once in each state of the filters, then warm: each state again, twice in a row, in rounds.

    So half of the warm runs answer a changed filter, and half are reruns with nothing new.
    """
    os.environ["KAM_BOOK"] = str(book)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
    app.switch_page(f"pages/{page}.py")
    first = _run(app)
    sent = _sent(app)
    states = _states(app)
    for state in states:
        _choose(app, state)
        _run(app)
    warm = []
    for state in states * ROUNDS:
        _choose(app, state)
        warm += [_run(app), _run(app)]
    return {"page": page, "first": first, "warm": warm, "sent": sent}


def _run(app: AppTest) -> dict[str, float]:
    app.run()
    if app.exception or app.error:
        raise RuntimeError(f"The page failed: {[*app.exception, *app.error]}")
    return _RUNS[-1]


def _states(app: AppTest) -> list[dict[str, Any]]:
    """Choose four states of the filters: everything, three months earlier, one region, both; Data has no filters."""
    if not any(widget.key == "region" for widget in app.multiselect):
        return [{}] * 4
    now, region = app.selectbox(key="as_of").value, app.multiselect(key="region").options[0]
    then = str(pd.Period(now, "M") - 3)
    return [{"as_of": month, "region": chosen} for chosen in ([], [region]) for month in (now, then)]


def _choose(app: AppTest, state: dict[str, Any]) -> None:
    if state:
        app.selectbox(key="as_of").set_value(state["as_of"])
        app.multiselect(key="region").set_value(state["region"])


def _sent(app: AppTest) -> int:
    """Add up the bytes of what the page sends to the browser."""
    return sum(node.proto.ByteSize() for node in app.main if isinstance(node, Element) and node.proto is not None)


def main() -> None:
    """Measure every page over the book named first; print one line of JSON a page."""
    book = Path(sys.argv[1])
    setattr(frame, "run", timed(frame.run))  # noqa: B010 - a type checker holds a function of a module fixed
    open_book(book)
    for page in sys.argv[2:] or PAGES:
        sys.stdout.write(json.dumps(measure_page(book, page)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
