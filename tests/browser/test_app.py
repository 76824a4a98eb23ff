"""What only a browser shows: pages draw in both themes and widths, clicks and links lead where they say."""

import datetime as dt
import re
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from playwright.sync_api import Browser, FloatRect, Locator

import kam
from kam.base.numbers import money, percent
from kam.store.changes import Change
from tests import small_book
from tests.browser.conftest import Visit
from tests.browser.serving import PAGES, PATHS, Tab, served, tab

pytestmark = pytest.mark.browser

PLACEHOLDER = re.compile(r"\b(nan|NaN|NaT|undefined|None(?! of))\b|<NA>")
WIDER = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .some(each => each.scrollWidth > each.clientWidth + 2)"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws_on_a_laptop_and_on_a_phone(page: str, theme: str, visit: Visit) -> None:
    with visit(width=1400, theme=theme) as seen:
        seen.go(PATHS[page])
        assert not seen.page.evaluate(WIDER)

        seen.page.set_viewport_size({"width": 480, "height": 900})
        seen.page.wait_for_timeout(500)

        assert not seen.page.evaluate(WIDER)
        assert seen.errors() == []
        assert PLACEHOLDER.findall(seen.text()) == []


def middle(mark: Locator) -> tuple[float, float]:
    """Return the middle of something drawn, in the window."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def assert_account_is_open(seen: Tab, book: kam.Book, account: str) -> None:
    """Check that the account's page is open, under its name, with its revenue, and nothing went wrong on the way."""
    accounts = book.accounts().set_index("account_id")
    assert seen.page.locator("h1").inner_text() == "Account"
    assert seen.page.get_by_role("combobox", name="Account").input_value() == accounts["name"][account]
    assert seen.numbers()[0] == money(accounts["revenue"][account], "EUR")
    assert seen.errors() == []


def test_a_click_on_a_bubble_opens_its_account_and_back_returns(visit: Visit, book_folder: Path) -> None:
    with visit() as seen:
        seen.go("/")
        chart = seen.page.locator('[data-testid="stPlotlyChart"]').first
        bubbles = chart.locator(".scatterlayer .point")
        accounts = chart.evaluate(
            "each => [].concat(...each.querySelector('.js-plotly-plot').data"
            ".filter(trace => trace.customdata && trace.mode.includes('markers'))"
            ".map(trace => trace.customdata.map(row => row[0])))"
        )
        place = 1
        seen.page.mouse.click(*middle(bubbles.nth(place)))
        seen.arrived(r"/account\?.*account=")

        assert seen.page.url.endswith(f"account={accounts[place]}")
        assert_account_is_open(seen, kam.open_book(book_folder), accounts[place])

        seen.page.go_back()
        seen.arrived(r":\d+/(\?|$)")
        seen.page.wait_for_timeout(500)
        assert seen.page.locator("h1").inner_text() == "Portfolio"
        assert seen.errors() == []


@pytest.mark.parametrize("page", ["portfolio", "ladder"])
def test_a_click_on_a_row_opens_its_account_and_back_returns(page: str, visit: Visit, book_folder: Path) -> None:
    with visit() as seen:
        seen.go(PATHS[page])
        click_row(seen, seen.page.locator('[data-testid="stDataFrame"]').last, 3)
        seen.arrived(r"/account\?.*account=")

        assert seen.page.url.endswith("account=A03")
        assert_account_is_open(seen, kam.open_book(book_folder), "A03")

        seen.page.go_back()
        seen.arrived(rf":\d+{PATHS[page]}(\?|$)")
        seen.page.wait_for_timeout(500)
        assert seen.page.locator("h1").inner_text() == page.capitalize()
        assert seen.errors() == []


@pytest.mark.parametrize(
    "link", ["/?region=North&as_of=Jun+2026", "/ladder?manager=Ada+Lind", "/milestones?industry=Dairy"]
)
def test_a_click_on_a_row_keeps_the_filters(link: str, visit: Visit) -> None:
    with visit() as seen:
        seen.go(link)
        click_row(seen, seen.page.locator('[data-testid="stDataFrame"]').first, 1)
        seen.arrived(r"/account\?.*account=")

        assert all(part in seen.page.url for part in link.partition("?")[2].split("&"))
        assert seen.page.locator("h1").inner_text() == "Account"
        assert seen.errors() == []


def test_moved_weights_are_still_there_on_the_way_back(visit: Visit) -> None:
    weights = {"revenue": "100", "growth": "0", "role": "0", "collaboration": "0"}
    with visit() as seen:
        seen.go("/key_accounts?" + "&".join(f"weight_{name}={value}" for name, value in weights.items()))
        click_row(seen, seen.page.locator('[data-testid="stDataFrame"]').last, 1)
        seen.arrived(r"/account\?.*account=")
        assert seen.page.get_by_text("By the weights set on the Key accounts page").count() == 1

        seen.page.go_back()
        seen.arrived(r"/key_accounts\?.*weight_revenue=100")
        thumbs = seen.page.locator('[data-testid="stSliderThumbValue"]').all_inner_texts()
        assert thumbs == [f"{value}%" for value in weights.values()]
        assert seen.errors() == []


def type_into_first_owner(seen: Tab, text: str) -> None:
    """Type over the owner of the first milestone of the sheet, as in a spreadsheet."""
    box = in_view(seen.page.locator('[data-testid="stDataFrame"]').nth(1))
    seen.page.mouse.click(box["x"] + 30, box["y"] + 35 + 17)
    for key in ("ArrowRight",) * 3:  # from the account over status and title to the owner
        seen.page.keyboard.press(key)
    seen.page.keyboard.press("Enter")
    cell = seen.page.locator("textarea.gdg-input")
    cell.fill(text)
    assert cell.input_value() == text
    cell.press("Enter")
    seen.page.get_by_role("button", name="Save 1 record").wait_for()


def test_many_milestones_are_written_at_once_and_nobody_s_change_is_lost(browser: Browser, tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book")
    with served(folder, tmp_path / "log.txt") as address, tab(browser, address) as seen:
        seen.go("/milestones")
        seen.page.get_by_text("Write into many at once").click()
        seen.page.get_by_role("button", name="Save", exact=True).wait_for()
        seen.drawn()
        type_into_first_owner(seen, "Zoë Mine")
        seen.page.get_by_role("link", name="Ladder").first.click()
        seen.arrived("/ladder")
        seen.page.get_by_role("link", name="Milestones").first.click()
        seen.arrived("/milestones")
        seen.page.get_by_role("button", name="Save 1 record").wait_for()
        for _ in ("shut", "open again"):
            seen.page.get_by_text("Write into many at once").click()
            seen.page.wait_for_timeout(500)
            seen.drawn()
        seen.page.get_by_role("button", name="Save 1 record").wait_for()

        other = kam.open_book(folder)
        first = other.milestones()["milestone_id"]
        records = other.records("milestones").set_index("milestone_id")
        for key in first:
            other.write(
                [Change("milestones", key, {"owner": "Otto Theirs"}, int(records.loc[key, "version"]))], who="o"
            )
        seen.page.get_by_role("button", name="Save 1 record").click()
        seen.page.get_by_text("Somebody else changed 1 milestone meanwhile.").wait_for()
        seen.page.get_by_role("button", name="Keep mine").click()
        seen.page.get_by_text("Saved: 1 change of a milestone.").wait_for()
        owners = kam.open_book(folder).milestones()["owner"].tolist()
        assert sorted(set(owners)) == ["Otto Theirs", "Zoë Mine"]
        assert owners.count("Zoë Mine") == 1
        assert seen.errors() == []


def test_a_click_on_a_manager_opens_the_portfolio_of_its_accounts(visit: Visit, book_folder: Path) -> None:
    book = kam.open_book(book_folder)
    manager = book.team()["manager"].iloc[1]
    with visit() as seen:
        seen.go(PATHS["team"])
        click_row(seen, seen.page.locator('[data-testid="stDataFrame"]').first, 2)
        seen.arrived(r":\d+/\?.*manager=")

        assert seen.page.locator("h1").inner_text() == "Portfolio"
        seen.reads([money(book.view(manager=[manager]).accounts()["revenue"].sum(), "EUR")])
        assert seen.errors() == []


def click_row(seen: Tab, table: Locator, row: int) -> None:
    """Choose a row of a table, the first one is 1."""
    box = in_view(table)
    seen.page.mouse.click(box["x"] + 15, box["y"] + 35 * row + 17)


def in_view(table: Locator) -> FloatRect:
    """Scroll a table into view and return where it stands."""
    table.wait_for()
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box is not None
    return box


def choose(seen: Tab, kind: str, label: str, option: str) -> None:
    """Choose an option of a list as a reader does."""
    box = seen.page.locator(f'[data-testid="{kind}"]').filter(has=seen.page.get_by_text(label, exact=True))
    box.locator("input").click()
    seen.page.get_by_role("option", name=option, exact=True).click()


def test_filters_stand_in_the_link_and_the_link_shows_the_same_to_another_visitor(
    visit: Visit, book_folder: Path
) -> None:
    book = kam.open_book(book_folder).view(as_of=dt.date(2026, 5, 31), manager=["Ada Lind"])
    now = book.view(level="parent").headline().iloc[-1]
    shares = (now[name] for name in ("growth", "margin_rate", "nrr", "grr", "top_20pct_share"))
    expected = [money(now["revenue"], "EUR"), *map(percent, shares)]
    with visit() as seen:
        seen.go("/")
        choose(seen, "stMultiSelect", "Manager", "Ada Lind")
        seen.arrived("manager=Ada")
        seen.page.keyboard.press("Escape")
        choose(seen, "stSelectbox", "As of", "May 2026")
        seen.arrived("as_of=May")
        seen.page.get_by_role("radio", name="Parents").click()
        seen.arrived("level=Parents")
        seen.reads(expected)
        link = seen.page.url
        assert seen.errors() == []

    with visit() as other:
        other.go(link.removeprefix(other.address))

        other.reads(expected)
        other.page.get_by_role("link", name="Ladder").first.click()
        other.arrived("/ladder")
        assert "Ada Lind" in other.page.locator('[data-testid="stSidebar"]').inner_text()
        assert other.errors() == []


def test_an_account_chosen_on_its_page_stands_in_the_link_and_back_returns(visit: Visit, book_folder: Path) -> None:
    book = kam.open_book(book_folder)
    with visit() as seen:
        seen.go("/account?account=A02")
        assert_account_is_open(seen, book, "A02")

        choose(seen, "stSelectbox", "Account", "Eastgate Steel")
        seen.arrived("account=A05")
        assert_account_is_open(seen, book, "A05")

        seen.page.go_back()
        seen.arrived("account=A02")
        seen.reads([money(book.accounts().set_index("account_id")["revenue"]["A02"], "EUR")])
        assert_account_is_open(seen, book, "A02")


def test_the_table_is_saved_as_csv_with_every_row_and_digit(visit: Visit, book_folder: Path) -> None:
    with visit() as seen:
        seen.go("/")
        with seen.page.expect_download() as saved:
            seen.page.get_by_role("button", name="CSV").last.click()

        assert saved.value.suggested_filename == "accounts.csv"
        read = pd.read_csv(saved.value.path())
        accounts = kam.open_book(book_folder).accounts()
        columns = ["account_id", "name", "revenue", "prior_revenue", "margin", "growth"]
        assert_frame_equal(read[columns], accounts[columns], check_dtype=False)
        assert seen.errors() == []


def test_the_filters_are_reached_by_keyboard_alone(visit: Visit) -> None:
    place = '[data-testid="stSidebar"] [data-testid="stElementContainer"]'
    focused = f"() => document.activeElement.closest('{place}')?.innerText.split('\\n')[0]"
    with visit() as seen:
        seen.go("/")
        reached = set()
        for _ in range(25):
            seen.page.keyboard.press("Tab")
            reached.add(seen.page.evaluate(focused))

        assert {"As of", "Level", "Manager", "Region", "Industry"} <= reached


def test_hostile_names_stay_text_from_the_very_first_request_on(browser: Browser, tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book", small_book.renamed(small_book.tables()))
    with served(folder, tmp_path / "log.txt") as address, tab(browser, address) as seen:
        seen.go("/account?account=A02")
        assert seen.page.locator("h1").inner_text() == "Account"
        assert small_book.HOSTILE[1] in seen.text()

        for page in PAGES:
            seen.go(PATHS[page])

            assert seen.errors() == []
            assert seen.page.evaluate("() => window.__pwned") is None
            made = 'a[href^="javascript"], img[src="x"], .katex, [data-testid="stMain"] strong:text-is("b")'
            assert seen.page.locator(made).all_inner_texts() == []
