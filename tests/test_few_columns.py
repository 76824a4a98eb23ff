"""A book of date, customer and amount opens, knows what it does not know, and answers every question."""

import datetime as dt
import inspect
from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.base.errors import IntakeError, QuestionError
from kam.view import BEYOND
from tests.small_book import Row, Tables, tables, write

ALONE = ("order_date", "account_id", "net_amount")


def sales_of(*columns: str) -> list[Row]:
    """Return the small book's sales with some columns only."""
    return [{name: row[name] for name in columns} for row in tables()["sales"]]


def patchy() -> list[Row]:
    """Return sales of which every seventh line names no product and every fifth has no quantity."""
    return [
        {
            **row,
            "product_id": row["product_id"] if place % 7 else None,
            "quantity": row["quantity"] if place % 5 else None,
        }
        for place, row in enumerate(tables()["sales"])
    ]


BOOKS: dict[str, Tables] = {
    "alone": {"sales": sales_of(*ALONE)},
    "no quantities": {**tables(), "sales": sales_of(*ALONE, "product_id", "list_amount", "cost_amount")},
    "no products": {**tables(), "sales": sales_of(*ALONE, "order_id", "quantity", "list_amount", "cost_amount")},
    "patchy": {**tables(), "sales": patchy()},
    "one account of one month": {
        "sales": [row for row in sales_of(*ALONE) if row["account_id"] == "A01" and str(row["order_date"]) >= "2026-09"]
    },
    "three months": {"sales": [row for row in sales_of(*ALONE) if str(row["order_date"]) >= "2026-07"]},
}
NOT_ASKED = {
    *("close", "view", "has", "share_with"),
    *("cursor", "read", "ask", "kept", "kept_for_all"),
    *("write", "undo", "accept_file", "what_if_compare", "objective_history"),
}
ASKED = {
    "account_id": "A01",
    "by": "category",
    "signal": "categories",
    "plan_id": "L1",
    "scenario": "",
    "draft": {"plan_id": "L1", "metric": "quantity"},
    "table": "plans",
    "objective_id": "O1",
}


@pytest.fixture(scope="module", params=["no quantities", "no products", "patchy", "one account of one month"])
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> kam.Book:
    """Open each of the books once."""
    return kam.open_book(write(tmp_path_factory.mktemp("book") / "book", BOOKS[request.param]))


def text_book(folder: Path, text: str) -> kam.Book:
    """Open a book of one text file."""
    folder.mkdir()
    (folder / "sales.csv").write_text(text, encoding="utf-8")
    return kam.open_book(folder)


def test_every_question_has_an_answer(book: kam.Book) -> None:
    for name, question in inspect.getmembers(book, inspect.ismethod):
        if name.startswith("_") or name in NOT_ASKED:
            continue
        wanted = [each for each in inspect.signature(question).parameters.values() if each.default is each.empty]
        found = question(**{each.name: ASKED[each.name] for each in wanted if each.kind is not each.VAR_KEYWORD})
        assert found is not None, name


def test_revenue_is_whole_whatever_else_is_missing(book: kam.Book) -> None:
    shown = book.accounts()
    parts = book.bridge().set_index("part")["amount"]

    assert shown["revenue"].sum() == pytest.approx(parts["current"])
    assert pd.isna(parts["prior"]) or parts.iloc[:-1].sum() == pytest.approx(parts["current"])


@pytest.mark.parametrize(
    ("name", "shares"),
    [("alone", (0, 0, 0)), ("no quantities", (0, 1, 0)), ("no products", (1, 0, 1)), ("patchy", (1, 6 / 7, 4 / 5))],
)
def test_a_book_says_which_share_of_its_lines_tells_more(name: str, shares: tuple[float, ...], tmp_path: Path) -> None:
    book = kam.open_book(write(tmp_path / "book", {"sales": BOOKS[name]["sales"]}))

    assert [book.share_with(what) for what in BEYOND] == pytest.approx(shares, abs=0.002)
    assert [book.has(what) for what in BEYOND] == [share > 0 for share in shares]
    with pytest.raises(QuestionError, match="orders, products, quantities"):
        book.has("colours")


def test_an_empty_product_or_quantity_is_unknown_and_a_bad_quantity_refused(tmp_path: Path) -> None:
    lines = "".join(f"2026-09-{day:02},A,P1,2,10\n" for day in range(1, 31))

    book = text_book(
        tmp_path / "book", f"date,customer,product,quantity,amount\n2026-09-01,A,,,5\n{lines}2026-09-02,A,P1,two,7\n"
    )

    assert book.accounts()["revenue"].tolist() == [305]
    assert book.refused()[["column", "value"]].to_numpy().tolist() == [["quantity", "two"]]
    assert book.share_with("products") == book.share_with("quantities") == pytest.approx(30 / 31)
    assert book.categories("A")["category"].tolist() == ["without a category", "product unknown"]


def test_unit_prices_alone_make_no_amount(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="net_amount"):
        text_book(tmp_path / "book", "date,customer,unit price\n2026-09-30,A,5\n")


def test_monthly_totals_are_complete_to_the_end_of_their_last_month(tmp_path: Path) -> None:
    totals = "".join(f"2026-{month:02}-01,A,{month}0\n" for month in range(1, 10))

    book = text_book(tmp_path / "totals", f"date,customer,amount\n{totals}")
    begun = text_book(tmp_path / "begun", f"date,customer,amount\n{totals}2026-08-02,A,1\n")

    assert (book.holds_monthly_totals, book.last_day, book.as_of) == (True, dt.date(2026, 9, 30), dt.date(2026, 9, 30))
    assert book.accounts()["revenue"].tolist() == [450]
    # one line of another day, and the last month holds its first day only
    assert (begun.holds_monthly_totals, begun.as_of) == (False, dt.date(2026, 8, 31))


def test_an_objective_about_units_or_a_category_says_that_the_sales_do_not_tell(tmp_path: Path) -> None:
    goal = {
        "plan_id": "L1",
        "window_months": 12,
        "baseline": 1,
        "target": 2,
        "starts_on": "2026-01-01",
        "due_on": "2026-12-31",
    }
    goals: list[Row] = [
        {"objective_id": "O1", "title": "More", "metric": "revenue", **goal},
        {"objective_id": "O2", "title": "More units", "metric": "quantity", **goal},
        {"objective_id": "O3", "title": "Broader", "metric": "categories", **goal},
        {"objective_id": "O4", "title": "More pumps", "metric": "revenue", "category": "Category 1", **goal},
    ]
    whole = tables()
    book = kam.open_book(write(tmp_path / "book", {**whole, "objectives": goals, "sales": sales_of(*ALONE)}))

    found = book.objectives().set_index("objective_id")

    revenue = book.accounts().set_index("account_id")["revenue"]["A01"]
    assert found["actual"].fillna(-1).to_dict() == {"O1": pytest.approx(revenue), "O2": -1, "O3": -1, "O4": -1}
    unnamed = "the sales of the last 12 months do not say which product was bought"
    told = ["sales of the last 12 months have no quantity", unnamed, unnamed]
    assert all(part in reason for part, reason in zip(told, found["reason"].tolist()[1:], strict=True))
    for number in (2, 3, 4):
        measured = book.measure_objective({"plan_id": "L1", **goals[number - 1]})
        assert measured.loc[0].isna().all()


def test_a_criterion_says_why_what_hangs_on_products_is_unknown(tmp_path: Path) -> None:
    better = [{**row, "better_version_id": "P2"} for row in tables()["products"]]
    book = kam.open_book(write(tmp_path / "book", {**tables(), "products": better, "sales": sales_of(*ALONE)}))

    parts = book.criterion_parts("A01").set_index("part")

    assert parts.loc[["white space among active accounts", "base versions"], "value"].isna().all()
    assert parts["evidence"]["base versions"].startswith("its sales name no product")


def test_the_ladder_hears_no_breadth_where_no_product_is_named(tmp_path: Path) -> None:
    book = kam.open_book(write(tmp_path / "book", BOOKS["no products"]))

    heard = set(book.ladder_evidence("A01")["signal"])

    assert {"regularity", "discount depth", "margin rate"} <= heard
    assert not heard & {"categories", "services share", "solutions share"}


def test_lifetime_needs_no_orders(tmp_path: Path) -> None:
    alone, whole = (
        kam.open_book(write(tmp_path / name, {"sales": sales})).lifetime()
        for name, sales in {"alone": BOOKS["alone"]["sales"], "whole": sales_of(*ALONE, "order_id")}.items()
    )

    pd.testing.assert_frame_equal(alone, whole)
