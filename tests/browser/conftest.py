"""One Chromium and one server for all tests in a real browser; the server stands on the small book."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import small_book
from tests.browser.serving import Tab, chromium, launched, served, tab

Visit = Callable[..., AbstractContextManager[Tab]]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; where there is none the tests are skipped, but never where all checks must run."""
    if chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("there is no Chromium on this machine, and CI must test in one: install chromium")
        pytest.skip("there is no chromium, chromium-browser or google-chrome on this machine")
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def book_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small book."""
    return small_book.write(tmp_path_factory.mktemp("served") / "book")


@pytest.fixture(scope="session")
def visit(browser: Browser, book_folder: Path) -> Iterator[Visit]:
    """Serve the small book, and return a function that opens a tab before it."""
    with served(book_folder, book_folder.parent / "log.txt") as address:
        yield partial(tab, browser, address, contexts={})
