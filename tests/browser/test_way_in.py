"""The way in as a newcomer goes it: drop a file as a system exports it, answer what is open, open the book."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import kam
from tests import small_book
from tests.browser.serving import Tab, served, tab

pytestmark = pytest.mark.browser

WIDE = (
    "Row ID",
    "Order ID",
    "Order Date",
    "Customer ID",
    "Customer Name",
    "Segment",
    "Region",
    "Product ID",
    "Category",
    "Product Name",
    "Sales",
    "Quantity",
    "Discount",
    "Profit",
    "Status",
)
_COUNTED = "() => { window.__clicks = 0; document.addEventListener('click', () => window.__clicks++, true); }"
_MOST_CLICKS, _MOST_QUESTIONS = 10, 2


def wide_file(path: Path) -> Path:
    """Write a wide export of 120 lines: a tenth is on hold, a tenth was cancelled, and a total stands below."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(WIDE)
        for n in range(120):
            state = {3: "On hold", 7: "Cancelled"}.get(n % 10, "Shipped")
            who, what, pieces = n % 5, n % 7, 1 + n % 3
            rows.writerow(
                [
                    n + 1,
                    f"O{n // 2}",
                    f"2025-{1 + n // 10:02}-{1 + n % 28:02}",
                    f"C{who}",
                    f"<b>Firm {who}</b>",
                    "Retail",
                    "North",
                    f"P{what}",
                    "Tools",
                    f"Thing {what}",
                    f"{90 * pieces * (1 + what):.2f}",
                    pieces,
                    "0.1",
                    f"{18 * pieces * (1 + what):.2f}",
                    state,
                ]
            )
    return path


def drop(seen: Tab, *files: Path) -> None:
    """Go to the Data page, and hand files over."""
    seen.go("/data")
    seen.page.evaluate(_COUNTED)
    seen.page.get_by_role("tab", name="New book from files").click()
    seen.page.locator('input[type="file"]').set_input_files([str(file) for file in files])
    seen.page.get_by_text("2. This is how they are read").wait_for()
    seen.drawn()


def questions(seen: Tab) -> int:
    """Count the questions that are open."""
    return seen.page.locator('[data-testid="stMain"] [data-testid="stRadio"]').count()


def test_a_wide_file_is_open_after_few_questions_and_clicks(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("KAM_HOME", str(home))
    book, file = small_book.write(tmp_path / "book"), wide_file(tmp_path / "Export 2025.csv")
    with served(book, tmp_path / "log.txt") as address, tab(browser, address) as seen:
        drop(seen, file)
        asked = questions(seen)
        assert 1 <= asked <= _MOST_QUESTIONS
        assert "Do the 12 lines whose Status is On hold count as sales?" in seen.text()
        assert "Status Cancelled: 12 lines" in seen.text()
        seen.page.get_by_text("Leave them out").click()
        seen.page.get_by_text("3. Open").wait_for()
        seen.drawn()
        assert questions(seen) == 0

        seen.page.get_by_role("button", name="Open this book").click()
        seen.page.get_by_role("tab", name="This book", selected=True).wait_for()
        seen.reads(["96", "5"])
        one_for_the_dialog = 1
        assert seen.page.evaluate("() => window.__clicks") + one_for_the_dialog <= _MOST_CLICKS
        assert seen.errors() == []

        seen.page.get_by_role("link", name="Portfolio").click()
        seen.page.get_by_role("heading", name="Portfolio").wait_for()
        seen.drawn()
        assert "warning about the data touches these figures" in seen.text()
        assert "<b>Firm 0</b>" in seen.text()
    accounts = kam.open_book(home / "export-2025").accounts()
    assert sorted(accounts["name"]) == [f"<b>Firm {who}</b>" for who in range(5)]


def test_a_folder_that_asks_is_answered_in_the_browser_and_in_its_own_book_toml(
    browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "points"
    folder.mkdir()
    lines = "".join(f"R{n},2025-{n:02}-15,{'AB'[n % 2]},1.{n + 100}\n" for n in range(1, 13))
    (folder / "sales.csv").write_text(f"order_id,order_date,account_id,net_amount\n{lines}", encoding="utf-8")
    with served(folder, tmp_path / "log.txt") as address, tab(browser, address, width=480) as seen:
        seen.page.goto(address)
        seen.page.get_by_text("Answer on the Data page").click()
        seen.page.get_by_text("One question must be answered before the book opens.").wait_for()
        seen.page.get_by_text("revenue 13.28").wait_for()

        seen.page.get_by_text("A comma marks decimals").click()
        seen.reads(["12", "2"])

        assert 'decimal = ","' in (folder / "book.toml").read_text(encoding="utf-8")
        seen.page.get_by_role("button", name="Take back").click()
        seen.page.get_by_text("These are older data.").wait_for()
        seen.drawn()
        assert questions(seen) == 1
        assert seen.errors() == []
