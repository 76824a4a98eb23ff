"""Lifetime models on real customers: published parameters come out, held-out purchases are foretold, the rest refused.

The data stand beside the repository or where KAM_DATA points; without them these tests are skipped.
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import kam
from kam.lifetime.bg_nbd import BgNbd, fit_bg_nbd
from kam.lifetime.gamma_gamma import fit_gamma_gamma
from kam.lifetime.occasions import brought, occasions

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
def cdnow() -> pd.DataFrame:
    return pd.read_csv(DATA / "cdnow/cdnow_summary.csv")


@pytest.fixture(scope="module")
def fitted(cdnow: pd.DataFrame) -> BgNbd:
    return fit_bg_nbd(cdnow["frequency"], cdnow["recency"], cdnow["T"])


def test_the_published_parameters_of_the_music_shop(fitted: BgNbd) -> None:
    assert [fitted.r, fitted.alpha] == pytest.approx([0.243, 4.414], rel=2e-3)
    assert [round(fitted.r, 3), round(fitted.alpha, 3)] == [0.243, 4.414]
    assert [fitted.a, fitted.b] == pytest.approx([0.793, 2.426], rel=5e-3)
    assert fitted.log_likelihood == pytest.approx(-9_582.4256, abs=0.001)


def test_the_published_forecast_of_one_customer(fitted: BgNbd) -> None:
    assert fitted.expected_purchases(39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=5e-4)
    assert fitted.p_alive(0, 0, 38.86) == 1


def test_the_published_worth_of_a_purchase(cdnow: pd.DataFrame) -> None:
    back = cdnow[cdnow["frequency"] > 0]
    worth = fit_gamma_gamma(back["frequency"], back["monetary_value"])
    assert [worth.p, worth.q, worth.v] == pytest.approx([6.2488, 3.7446, 15.4477], rel=1e-4)


def test_half_a_year_of_a_gift_wholesaler_is_foretold_within_three_percent(opened: OpenBook) -> None:
    with opened("online_retail").cursor() as cursor:
        before = occasions(cursor, end=dt.date(2011, 6, 9))
        after = brought(cursor, start=dt.date(2011, 6, 10), end=dt.date(2011, 12, 9), measure="revenue")
    model = fit_bg_nbd(before["frequency"], before["recency"], before["T"])

    foretold = model.expected_purchases(183 / 7, before["frequency"], before["recency"], before["T"]).sum()

    came = after["purchases"].reindex(before["account_id"]).sum()
    assert came == 7_730
    assert foretold == pytest.approx(came, rel=0.03)


def test_two_years_of_a_gift_wholesaler_bear_the_model(opened: OpenBook) -> None:
    book = opened("online_retail")
    method = book.lifetime_method().iloc[0]
    values = book.lifetime()

    assert pd.isna(method["refusal"])
    assert method["model_purchases_error"] < method["last_purchases_error"]
    is_better = method["model_value_error"] < method["last_value_error"]
    assert method["method"] == ("BG/NBD and gamma-gamma" if is_better else "same as last year")
    assert values["p_alive"].dropna().between(0, 1).all()
    assert (values["clv_low"] <= values["clv"]).all()


def test_thirteen_months_of_it_are_refused_with_the_reason(tmp_path: Path) -> None:
    shutil.copy(DATA / "online_retail/online_retail_2010_2011.parquet", tmp_path)
    (tmp_path / "book.toml").write_text("[policy]\nrefuse_share = 0.3\n", encoding="utf-8")
    book = kam.open_book(tmp_path)

    assert "cannot tell accounts that have left" in book.lifetime_method()["refusal"].iloc[0]
    assert book.lifetime()["p_alive"].isna().all()


@pytest.mark.parametrize(
    ("name", "why"), [("adventureworks", "earned nothing"), ("classicmodels", "98 accounts; the model needs 100")]
)
def test_books_that_do_not_bear_the_model_are_valued_simply(name: str, why: str, opened: OpenBook) -> None:
    book = opened(name)

    assert why in book.lifetime_method()["refusal"].iloc[0]
    assert set(book.lifetime()["method"]) == {"simple"}
    assert book.lifetime()["clv"].notna().all()


def test_orders_on_one_day_a_month_are_no_purchases_at_random_times(opened: OpenBook) -> None:
    with opened("adventureworks").cursor() as cursor:
        found = occasions(cursor, end=dt.date(2013, 11, 29))

    model = fit_bg_nbd(found["frequency"], found["recency"], found["T"])

    assert model.log_errors.max() > 1
