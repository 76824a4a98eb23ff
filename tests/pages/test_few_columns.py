"""Every page on books whose sales name no product, no quantity or only some: it draws, and says what is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kam.portfolio import words_absent as absent
from kam.whatif.words import too_short
from tests import small_book
from tests.pages.driving import PAGES, faults, gone_to, numbers, opened, words
from tests.small_book import Tables
from tests.test_few_columns import ALONE, BOOKS, sales_of


def _totals() -> Tables:
    return {"sales": [{**row, "order_date": f"{str(row['order_date'])[:8]}01"} for row in sales_of(*ALONE)]}


_BOOKS = {**BOOKS, "monthly totals": _totals()}
_DRAWN = ("no quantities", "patchy", "one account of one month", "monthly totals")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that writes one of the books, once."""
    home = tmp_path_factory.mktemp("few")

    def find(name: str) -> Path:
        place = home / name.replace(" ", "_")
        return place if place.exists() else small_book.write(place, _BOOKS[name])

    return find


@pytest.mark.parametrize("book", _DRAWN)
def test_every_page_draws(book: str, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder(book), monkeypatch=monkeypatch)
    found = []
    for page in PAGES:
        found += [f"{page}: {fault}" for fault in faults(gone_to(app, page))]
        found += [f"{page}: warning: {each.value}" for each in app.warning]

    assert found == []


@pytest.mark.parametrize(
    ("page", "sentences"),
    [
        ("opportunities", (absent.NO_WHITE_SPACE, absent.NO_BETTER_VERSIONS, absent.NO_SOLUTIONS)),
        ("account", (absent.NOTHING_NAMED,)),
        ("ladder", (absent.NO_BREADTH,)),
        ("plans", (absent.NO_CATEGORY_GAPS,)),
        ("money", (str(absent.undivided_note(0, 0)),)),
        ("what_if", (absent.NO_CATEGORY_LEVER,)),
        ("data", tuple(absent.sales_notes(0, 0))),
    ],
)
def test_each_section_says_what_is_missing_and_what_to_add(
    page: str, sentences: tuple[str, ...], folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = " ".join(words(opened(folder("alone"), page, monkeypatch=monkeypatch))).replace("\\", "")

    assert [sentence for sentence in sentences if sentence not in said] == []


def test_the_money_page_shows_no_price_or_volume_that_nobody_knows(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {
        book: [
            label
            for label in numbers(opened(folder(book), "money", monkeypatch=monkeypatch))
            if "±" in label or label in ("Price", "Volume and mix", "Discount erosion")
        ]
        for book in ("alone", "no quantities", "patchy")
    }

    assert shown == {
        "alone": ["Bought ±", "Accounts ±"],
        "no quantities": ["Bought ±", "Products ±", "Accounts ±"],
        "patchy": ["Price", "Volume and mix", "Bought ±", "Products ±", "Accounts ±", "Discount erosion"],
    }


def test_discounts_are_not_held_against_unknown_volumes(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("no quantities"), "money", monkeypatch=monkeypatch)

    assert absent.volume_note(1, 0) in [box.value for box in app.info]


def test_a_young_book_says_how_many_months_it_holds_and_foretells_no_year(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder("three months"), "what_if", monkeypatch=monkeypatch)

    assert [box.value for box in app.info] == [too_short(3)]
    assert "in the 3 months to Sep 2026" in gone_to(app, "money").markdown[0].value
    assert "in 3 months" in " ".join(words(gone_to(app, "account")))


def test_the_data_page_says_that_monthly_totals_are_read_as_such(
    folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words(opened(folder("monthly totals"), "data", monkeypatch=monkeypatch))

    assert any("these are monthly totals, and Sep 2026 counts as complete" in text for text in said)
