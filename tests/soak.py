"""Eight browser sessions at once, for a minute: `python -m tests.soak [SECONDS]`; ends with 1 if any number differs.

First one visitor alone reads the headline numbers of every page under many filters; then eight visitors go through the
same links in orders of their own, all at the same time, and must read the same.
"""

import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import small_book
from tests.browser.serving import launched, served, tab

SESSIONS = 8
_PATIENCE = 120_000  # milliseconds: eight Chromium tabs share the machine with the server they ask
PLACES = ("/", "/ladder", "/milestones", "/account", "/data")
FILTERS = ("", "?level=Parents", "?as_of=May+2026", "?manager=Ada+Lind", "?manager=Ada+Lind&as_of=Mar+2026")


def soak(seconds: float) -> int:
    """Run the sessions; print what was compared, and return how many differences and faults there were."""
    links = [place + chosen for place in PLACES for chosen in FILTERS]
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        browser = launched(stack.enter_context(sync_playwright()))
        address = stack.enter_context(served(small_book.write(work / "book"), work / "log.txt"))
        with tab(browser, address) as alone:
            expected = {}
            for link in links:
                alone.go(link)
                expected[link] = alone.numbers()
        draw = random.Random(0)  # noqa: S311 - choosing links, no secret
        visitors = [stack.enter_context(tab(browser, address)) for _ in range(SESSIONS)]
        wrong, seen, end = 0, 0, time.monotonic() + seconds
        while time.monotonic() < end:
            chosen = [draw.choice(links) for _ in visitors]
            for visitor, link in zip(visitors, chosen, strict=True):
                visitor.page.goto(f"{address}{link}", wait_until="commit")  # all are under way before one is read
            for visitor, link in zip(visitors, chosen, strict=True):
                visitor.drawn(_PATIENCE)
                seen += 1
                if visitor.numbers() != expected[link]:
                    wrong += 1
                    sys.stdout.write(f"{link}: {visitor.numbers()} instead of {expected[link]}\n")
        faults = [fault for visitor in visitors for fault in visitor.errors()]
    sys.stdout.write(f"{seen} pages read by {SESSIONS} sessions: {wrong} differ, {len(faults)} faults {faults[:5]}\n")
    return wrong + len(faults)


if __name__ == "__main__":
    sys.exit(1 if soak(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0) else 0)
