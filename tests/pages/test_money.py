"""The Money page shows the book's own bridge, and what is chosen stands in the link."""

from pathlib import Path

import pytest

import kam
from kam.base import numbers as written
from kam.money import words as bridges
from kam.ui.markdown import escape_markdown
from tests import small_book
from tests.pages.driving import faults, numbers, opened, words


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small book once."""
    return small_book.write(tmp_path_factory.mktemp("money") / "book")


@pytest.mark.parametrize(("measure", "level"), [("revenue", "account"), ("margin", "parent")])
def test_the_page_shows_the_book_s_own_bridge(
    measure: str, level: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = kam.open_book(folder).view(level=level)
    query = {"measure": measure.capitalize(), "level": f"{level.capitalize()}s", "bridge_by": "Manager"}

    app = opened(folder, "money", monkeypatch=monkeypatch, query=query)

    assert faults(app) == []
    sentence = bridges.finding(book.bridge(measure), book.discount_erosion(), book.as_of, measure, "EUR")
    assert app.markdown[0].value == f"#### {escape_markdown(sentence)}"
    amounts = book.bridge_summary(measure).set_index("part")["amount"]
    assert numbers(app)["Change"] == written.signed_money(amounts["current"] - amounts["prior"], "EUR")
    assert numbers(app)["Price"] == written.signed_money(amounts["price"], "EUR")
    table = book.bridge_table(measure, by="manager")
    assert app.dataframe[0].value["manager"].tolist() == table["manager"].tolist()
    assert app.dataframe[0].value["change"].tolist() == table["change"].round(3).tolist()


def test_what_is_chosen_is_shown_and_nonsense_in_a_link_is_as_if_it_was_not_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(folder, "money", monkeypatch=monkeypatch, query={"measure": "profit", "bridge_by": "moon"})
    assert faults(app) == []
    assert numbers(app) == numbers(opened(folder, "money", monkeypatch=monkeypatch))

    app.segmented_control(key="bridge_by").set_value("region").run()
    app.segmented_control(key="measure").set_value("margin").run()

    assert faults(app) == []
    table = kam.open_book(folder).bridge_table("margin", by="region")
    assert app.dataframe[0].value["change"].tolist() == table["change"].round(3).tolist()


def test_a_book_says_what_it_cannot_know_and_shows_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = small_book.without(small_book.tables(), "sales", "list_amount")
    bare = small_book.write(tmp_path / "bare", small_book.without(book, "sales", "cost_amount"))

    app = opened(bare, "money", monkeypatch=monkeypatch)
    assert any("No line has a list price" in text for text in words(app))
    assert not any("No product has a category" in text for text in words(app))
    assert numbers(app)["Discount erosion"] == "not measured"
    assert numbers(app)["Price"] != "not measured"

    app.segmented_control(key="measure").set_value("margin").run()
    assert faults(app) == []
    assert any("No line has a cost" in text for text in words(app))
    assert numbers(app)["Change"] == "not measured"


def test_a_year_before_that_is_not_whole_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [row for row in small_book.tables()["sales"] if str(row["order_date"]) >= "2025-03"]
    short = small_book.write(tmp_path / "short", {**small_book.tables(), "sales": lines})

    app = opened(short, "money", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert any("the year before holds 7 of its 12 months" in text for text in words(app))
    assert "on the only 7 months the data hold before" in app.markdown[0].value
    # nor is there a table of retention beside a figure that calls it unknown
    assert not [table for table in app.dataframe if "nrr" in table.value]


def test_without_categories_the_page_says_over_what_mix_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = small_book.write(tmp_path / "alone", small_book.only(small_book.tables(), "sales"))

    app = opened(alone, "money", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert any("No product has a category" in text for text in words(app))
    assert any("No account has a manager, region or industry" in text for text in words(app))
    assert app.segmented_control(key="bridge_by").options == ["Account"]


def test_without_a_year_before_nothing_is_told_that_needs_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [row for row in small_book.tables()["sales"] if str(row["order_date"]) >= "2025-10"]
    year = small_book.write(tmp_path / "year", {**small_book.tables(), "sales": lines})

    app = opened(year, "money", monkeypatch=monkeypatch)

    assert faults(app) == []
    assert set(numbers(app).values()) == {"not measured"}
    assert [caption.value for caption in app.caption].count(escape_markdown(bridges.NOT_COMPARED)) == 2
    assert [frame.key for frame in app.dataframe] == ["lifetime"]
