"""Run the app as a user does: a server of its own on a free port of this machine, and a real Chromium before it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATHS = {page: "/" if page == "portfolio" else f"/{page}" for page in PAGES}
_WAIT = 60_000
_STARTS = 60.0
_DRAWN = """() => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    && document.querySelector('[data-testid="stMain"] h1')
    && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"], [data-stale="true"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(c => c.querySelector('.main-svg'))"""
_ERROR_BOX = '[data-testid="stException"], [data-testid="stAlertContentError"]'


def chromium() -> str | None:
    """Find the system's Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def served(book: Path, log: Path) -> Generator[str]:
    """Serve the app on a book folder; yields its address, and ends the server afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            command, cwd=ROOT, env={**os.environ, "KAM_BOOK": str(book)}, stdout=stream, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + _STARTS
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the app did not start: {log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 - http on this machine
            return True
    except (urllib.error.URLError, OSError):
        return False


def launched(playwright: Playwright) -> Browser:
    """Start the system's Chromium."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


@dataclass
class Tab:
    """A browser tab of its own visitor, which remembers everything that went wrong in it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Follow a link, such as "/ladder", and wait until the page is drawn; the portfolio stands at "/"."""
        self.page.goto(f"{self.address}{path}")
        self.drawn()

    def drawn(self, within: float = _WAIT) -> None:
        """Wait until the script has run and the charts stand; `within` is in milliseconds."""
        self.page.wait_for_function(_DRAWN, timeout=within)

    def arrived(self, pattern: str) -> None:
        """Wait until the link is such, and what it names is drawn."""
        self.page.wait_for_function("pattern => new RegExp(pattern).test(location.href)", arg=pattern, timeout=_WAIT)
        self.page.wait_for_timeout(150)  # the script starts a moment after the link has changed
        self.drawn()

    def numbers(self) -> list[str]:
        """Return the headline numbers as they are read."""
        return self.page.locator('[data-testid="stMetricValue"]').all_inner_texts()

    def reads(self, expected: list[str]) -> None:
        """Wait until the first headline numbers are these."""
        self.page.wait_for_function(
            "texts => texts.every((text, at) =>"
            " document.querySelectorAll('[data-testid=\"stMetricValue\"]')[at]?.innerText === text)",
            arg=expected,
        )
        self.drawn()

    def text(self) -> str:
        """Return everything that can be read on the page, the words inside figures included."""
        read = "() => document.body.innerText + [...document.querySelectorAll('svg text')].map(t => t.textContent)"
        return self.page.evaluate(read)

    def errors(self) -> list[str]:
        """Return what went wrong up to now, error boxes included."""
        return self.faults + [f"error box: {text}" for text in self.page.locator(_ERROR_BOX).all_inner_texts()]


# Failed requests are told with their address; the small chart of a headline number is first drawn without its data.
_NO_FAULT = re.compile(r'Failed to load resource|^WARN Infinite extent for field "[xy]": \[Infinity, -Infinity\]$')


def _is_fault(said: ConsoleMessage) -> bool:
    return said.type in ("error", "warning") and not _NO_FAULT.search(said.text)


def _is_refused(response: Response) -> bool:
    # From the link of a page Streamlit's own script looks for its server beside the page first, then above it.
    return response.status >= 400 and not re.search(r"/\w+/_stcore/", response.url)


def _failed(request: Request) -> str | None:
    """Say which request failed; one that the browser itself gave up, as it left the page, did not."""
    return None if request.failure == "net::ERR_ABORTED" else f"{request.failure} {request.url}"


@contextmanager
def tab(
    browser: Browser,
    address: str,
    *,
    width: int = 1400,
    theme: str = "light",
    contexts: dict[str, BrowserContext] | None = None,
) -> Generator[Tab]:
    """Open a tab with no memory of any other; with `contexts`, by theme, only what is loaded for every page is kept."""
    scheme = "dark" if theme == "dark" else "light"
    context = (contexts or {}).get(scheme) or browser.new_context(color_scheme=scheme)
    if contexts is not None:
        contexts[scheme] = context
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    opened = Tab(page, address)
    allowed = (address, address.replace("http", "ws"), "data:", "blob:")
    page.set_default_timeout(_WAIT)
    page.on("console", lambda said: opened.faults.append(said.text) if _is_fault(said) else None)
    page.on("response", lambda r: opened.faults.append(f"{r.status} {r.url}") if _is_refused(r) else None)
    page.on("requestfailed", lambda r: opened.faults.append(said) if (said := _failed(r)) else None)
    page.on("pageerror", lambda error: opened.faults.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(allowed) else opened.faults.append(f"asks outside: {r.url}"))
    try:
        yield opened
    finally:
        if contexts is None:
            context.close()
        else:
            page.evaluate("() => localStorage.clear()")
            page.close()
            context.clear_cookies()
