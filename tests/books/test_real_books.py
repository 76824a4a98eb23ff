"""Real sales of three companies: through `kam.open_book` every figure that was computed twice elsewhere comes out.

The data stand beside the repository or where KAM_DATA points; without them these tests are skipped.
"""

import datetime as dt
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import kam
from kam.check import check
from kam.portfolio.concentration import concentration

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("KAM_DATA") or ROOT.parent / "shared/data")
BOOKS = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"the real sales are not there: put them into {DATA}, or name their folder in KAM_DATA"
)

OpenBook = Callable[[str], kam.Book]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    """Return a function that opens one of the real books in a folder of its own, once."""
    books: dict[str, kam.Book] = {}

    def find(name: str) -> kam.Book:
        if name not in books:
            folder = tmp_path_factory.mktemp(name)
            for source in (DATA / name, BOOKS / name):
                shutil.copytree(source, folder, dirs_exist_ok=True)
            books[name] = kam.open_book(folder)
        return books[name]

    return find


@pytest.fixture(scope="module")
def invoices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a book of nothing but the second invoice file as it is, and leave to refuse its lines without a customer."""
    folder = tmp_path_factory.mktemp("invoices")
    shutil.copy(DATA / "online_retail/online_retail_2010_2011.parquet", folder)
    (folder / "book.toml").write_text("[policy]\nrefuse_share = 0.3\n", encoding="utf-8")
    return folder


def whole_period(book: kam.Book, last_month: dt.date | None = None) -> pd.Series:
    """Sum each account's net over every month, the partial last one included, each sum exact to the cent."""
    monthly = book.view(as_of=last_month).monthly()
    return monthly.groupby("account_id")["revenue"].sum().round(4)


def one(frame: pd.DataFrame) -> pd.Series:
    """Return the only row of a frame."""
    assert len(frame) == 1
    return frame.iloc[0]


def shares(book: kam.Book) -> list[float]:
    """Return the cohort, and NRR, GRR and logo retention in percent to four digits."""
    row = one(book.retention())
    return [int(row["cohort_accounts"]), *(round(100 * row[name], 4) for name in ("nrr", "grr", "logo_retention"))]


def test_a_bare_invoice_file_gives_the_published_totals(invoices: Path) -> None:
    book = kam.open_book(invoices)

    net = whole_period(book, book.last_day)

    assert (len(net), round(net.sum(), 3)) == (4_372, 8_300_065.814)
    row = one(concentration(net))
    assert row["accounts"] == 4_317
    assert [round(100 * row["top_20pct_share"], 4), round(row["hhi"], 8), round(row["gini"], 6)] == [
        73.4634,
        0.00450038,
        0.702828,
    ]


def test_checking_the_bare_invoice_file_names_every_refused_line(invoices: Path) -> None:
    out = io.StringIO()

    code = check(invoices, out=out, today=dt.date(2026, 1, 1))

    rows = "select count(*), count(*) filter (CustomerID is null) from read_parquet($file)"
    source = str(invoices / "online_retail_2010_2011.parquet")
    lines, nobody = duckdb.execute(rows, {"file": source}).fetchall()[0]
    assert code == 1
    assert lines == 541_909
    report = out.getvalue()
    assert (
        f"sales: {lines:,} rows read from online_retail_2010_2011.parquet, {lines - nobody:,} taken in,"
        f" {nobody:,} refused"
    ) in report
    assert "account_id is read from 'CustomerID' (guessed)" in report
    assert f"{nobody:,} rows were refused." in report


def test_two_years_of_a_wholesaler(opened: OpenBook) -> None:
    book = opened("online_retail")

    assert (book.as_of, book.last_day) == (dt.date(2011, 11, 30), dt.date(2011, 12, 9))
    assert shares(book) == [4_232, 80.7000, 62.1618, 63.6106]


def test_a_bicycle_maker(opened: OpenBook) -> None:
    book = opened("adventureworks")
    months = book.monthly()
    net = months.groupby("account_id")["revenue"].sum()

    assert len(net) == 635
    assert round(net.sum(), 4) == 80_450_596.9823
    assert round(months["margin"].sum(), 4) == 470_482.6033
    assert round(100 * one(concentration(net))["top_20pct_share"], 4) == 66.7124
    assert shares(book) == [365, 76.5300, 62.8135, 76.4384]


def test_a_bicycle_maker_by_category(opened: OpenBook) -> None:
    cursor = opened("adventureworks")._connection.cursor()  # noqa: SLF001 - no public question sums by category yet
    rows = cursor.execute(
        "select category, round(sum(net) / 1e6, 2)::double from sales_month join products using (product_id)"
        " group by category order by 2 desc"
    ).fetchall()

    assert rows == [("Bikes", 66.3), ("Components", 11.8), ("Clothing", 1.78), ("Accessories", 0.57)]


def parts(book: kam.Book, measure: str, names: str) -> list[float]:
    """Return some parts of a book's bridge."""
    amounts = book.bridge(measure).set_index("part")["amount"]
    return amounts[names.split(" · ")].tolist()


ALL_PARTS = "prior · list price · discount · volume · mix · added products · dropped products · new accounts"
ALL_PARTS += " · lost accounts · current"


def test_what_made_the_bicycle_maker_s_revenue_and_margin_change(opened: OpenBook) -> None:
    book = opened("adventureworks")

    # computed apart from kam, from the files, with pandas
    assert parts(book, "revenue", ALL_PARTS) == pytest.approx(
        [
            27_921_670.52,
            1_240_243.91,
            -10_201.67,
            -626_072.06,
            29_002.81,
            9_187_049.88,
            -11_101_334.80,
            14_872_022.94,
            -5_271_896.83,
            36_240_484.70,
        ],
        abs=0.01,
    )
    assert parts(book, "margin", f"unit cost · {ALL_PARTS}") == pytest.approx(
        [
            -1_583_828.29,
            1_153_444.77,
            1_240_243.91,
            -10_201.67,
            -11_799.98,
            9_414.93,
            63_279.10,
            -207_827.80,
            -1_083_887.30,
            -242_564.78,
            -673_727.11,
        ],
        abs=0.01,
    )


def test_what_made_the_scale_model_wholesaler_s_revenue_change(opened: OpenBook) -> None:
    book = opened("classicmodels").view(as_of=dt.date(2004, 12, 31))

    assert parts(book, "revenue", ALL_PARTS) == pytest.approx(
        [
            3_317_348.39,
            0,
            -5_303.09,
            27_193.86,
            -2_291.17,
            2_352_507.75,
            -2_223_656.95,
            1_537_564.10,
            -487_457.38,
            4_515_905.51,
        ],
        abs=0.01,
    )


def test_a_scale_model_wholesaler(opened: OpenBook) -> None:
    book = opened("classicmodels")
    months = book.view(as_of=book.last_day).monthly()

    assert months["account_id"].nunique() == 98
    assert round(months["revenue"].sum(), 2) == 9_604_190.61
    assert shares(book.view(as_of=dt.date(2004, 12, 31))) == [74, 89.7808, 57.9693, 87.8378]


def test_white_space_needs_categories_and_its_ranking_more_than_three_gaps(opened: OpenBook) -> None:
    assert opened("online_retail").white_space().empty
    row = one(opened("adventureworks").white_space_back_test())
    assert (row["accounts"], row["too_few_gaps"]) == (0, 73)
    assert set(opened("adventureworks").white_space()["state"]) == {"sold", "gap"}


def test_the_ranking_of_gaps_finds_the_money_of_a_bicycle_maker_and_popularity_its_next_category(
    tmp_path: Path,
) -> None:
    """By subcategory: 265 resellers took up something new in 2013, when much of the range was replaced."""
    for source in (DATA / "adventureworks", BOOKS / "adventureworks"):
        shutil.copytree(source, tmp_path, dirs_exist_ok=True)
    query = (tmp_path / "products.sql").read_text(encoding="utf-8")
    finer = query.replace("EnglishProductCategoryName", "EnglishProductSubcategoryName")
    (tmp_path / "products.sql").write_text(finer, encoding="utf-8")

    row = one(kam.open_book(tmp_path).white_space_back_test())

    assert (row["accounts"], row["adoptions"]) == (265, 1_401)
    assert row["popularity_hit_rate"] - row["hit_rate"] > 2 * row["difference_se"]
    assert row["money_share"] > 5 * row["popularity_money_share"]


def test_the_ranking_of_gaps_of_a_scale_model_wholesaler_is_as_good_as_popularity(opened: OpenBook) -> None:
    row = one(opened("classicmodels").white_space_back_test())
    assert row["accounts"] == 47
    assert abs(row["difference"]) < 2 * row["difference_se"]


@pytest.mark.parametrize("name", ["online_retail", "adventureworks", "classicmodels"])
def test_every_question_has_an_answer(name: str, opened: OpenBook) -> None:
    book = opened(name)
    accounts = book.accounts()

    assert accounts["revenue"].is_monotonic_decreasing
    assert round(accounts["share"].sum(), 9) == 1
    assert book.headline().iloc[-1]["revenue"] == pytest.approx(accounts["revenue"].sum(), abs=0.005)
    assert len(book.ladder()) == len(accounts)
    assert set(book.changes()["account_id"]) <= set(accounts["account_id"])
    assert book.milestones().empty
    assert book.objectives().empty
    assert set(book.missing()["table"]).isdisjoint(book.intake()["table"])


@pytest.mark.parametrize(("name", "tests"), [("adventureworks", 2), ("online_retail", 1)])
def test_eighty_percent_ranges_of_a_year_held_about_eighty_percent(name: str, tests: int, opened: OpenBook) -> None:
    found = opened(name).what_if_back_test()

    assert len(found) == tests
    assert found["coverage"].between(0.77, 0.86).all()
    assert found["mean_width"].lt(1.6).all()


def test_a_book_without_costs_answers_what_if_in_revenue(opened: OpenBook) -> None:
    table = opened("online_retail").simulate(draws=200).set_index("measure")

    assert table.loc[["margin", "margin_rate", "clv"], "scenario"].isna().all()
    assert table.loc["margin", "reason"] == "no sale has a cost, so margins cannot be told"
    assert table["scenario"].notna().sum() == 4
