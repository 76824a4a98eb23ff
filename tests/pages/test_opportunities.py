"""The Opportunities page: its lists are the book's answers, its choices are in the link, and empty books are told."""

from pathlib import Path

import pytest

import kam
from kam.base.numbers import count, money
from kam.opportunities import words_white_space as said
from kam.ui.markdown import escape_markdown
from tests import small_book
from tests.pages.driving import faults, numbers, opened, words
from tests.small_book import Tables, only, tables, without


def _grown() -> Tables:
    """Give A01 and A02 nothing but P1 and P2, so that there are gaps, and write down what is known of them."""
    book = tables()
    sales = [
        row for row in book["sales"] if row["account_id"] not in ("A01", "A02") or row["product_id"] in ("P1", "P2")
    ]
    products = [
        {
            **row,
            "better_version_id": "P2" if row["product_id"] == "P1" else None,
            "companion_id": "P6" if row["product_id"] == "P2" else None,
        }
        for row in book["products"]
    ]
    noted: list[small_book.Row] = [
        {
            "opportunity_id": "N1",
            "account_id": "A01",
            "title": "Try it",
            "category": "Category 2",
            "stage": "proposed",
            "worth": 5000,
            "probability": 0.4,
            "source": "interview",
            "need": "stops cost a shift",
            "expected_on": "2026-12-01",
            "next_step": "Meet them",
            "owner": "Ada Lind",
        }
    ]
    rivals: list[small_book.Row] = [
        {"competitor_id": "V1", "account_id": "A02", "rival": "Alsen", "category": "Category 2", "state": "holds"}
    ]
    return {**book, "sales": sales, "products": products, "opportunities": noted, "competitors": rivals}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_book.write(tmp_path_factory.mktemp("opportunities") / "book", _grown())


def test_the_page_says_what_the_book_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = kam.open_book(folder)
    cells = book.white_space()
    gaps = cells[cells["state"] == "gap"]
    assert {"A01", "A02"} <= set(gaps["account_id"])

    app = opened(folder, "opportunities", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert app.markdown[0].value == f"#### {escape_markdown(said.finding(cells, 'EUR'))}"
    assert numbers(app)["White space"] == money(gaps["expected_value"].sum(), "EUR")
    assert numbers(app)["Gaps"] == count(len(gaps))
    assert numbers(app)["Being worked"] == "EUR 5.00 k"
    assert numbers(app)["By its chances"] == "EUR 2.00 k"
    lists = [element.value for element in app.dataframe]
    assert [len(shown) for shown in lists] == [
        len(gaps),
        len(book.up_sell()),
        len(book.solution_gaps()),
        len(book.opportunities()),
    ]
    assert lists[0]["why"].tolist() == gaps["why"].tolist()
    assert lists[3]["need"].tolist() == ["stops cost a shift"]


def test_a_choice_is_in_the_link_and_a_link_is_a_choice(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "opportunities", monkeypatch=monkeypatch)
    app.multiselect(key="gap_account").set_value(["Borough Steel"]).run()
    there = opened(folder, "opportunities", monkeypatch=monkeypatch, query={"gap_account": "Borough Steel"})
    for each in (app, there):
        assert set(each.dataframe[0].value["name"]) == {"Borough Steel"}
    assert words(app) == words(there)
    nothing = opened(folder, "opportunities", monkeypatch=monkeypatch, query={"gap_account": "Nobody"})
    assert {"Aldern Dairies", "Borough Steel"} < set(nothing.dataframe[0].value["name"])


def test_an_account_s_page_tells_what_it_could_buy_and_links_to_all_of_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = kam.open_book(folder).white_space()
    app = opened(folder, "account", monkeypatch=monkeypatch, query={"account": "A02"})
    own = cells[cells["account_id"] == "A02"]
    assert "What it could buy" in words(app)
    assert escape_markdown(said.could_buy_title(own, "EUR")) in words(app)
    assert "All it could buy" in words(app)
    assert faults(app) == []


@pytest.mark.parametrize(
    ("book", "told"),
    [
        (only(tables(), "sales"), said.NO_CATEGORIES),
        (without(tables(), "products", "category"), said.NO_CATEGORIES),
        ({**tables(), "sales": [{**row, "net_amount": -1.0} for row in tables()["sales"]]}, said.NO_REVENUE),
    ],
    ids=["sales alone", "no categories", "no revenue"],
)
def test_a_book_that_cannot_tell_says_why_and_how_to_add_it(
    book: Tables, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = small_book.TOML + "[tables.sales]\nturned = false\n"  # what stands negative is given back
    app = opened(small_book.write(tmp_path / "book", book, toml=toml), "opportunities", monkeypatch=monkeypatch)
    assert faults(app) == []
    assert app.info[0].value == told
    assert not app.metric
