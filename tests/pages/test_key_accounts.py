"""The Key accounts page: weights that always add up, links that keep them, and small and odd books."""

from itertools import groupby
from pathlib import Path
from typing import Unpack

import pandas as pd
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import kam
from kam.base.numbers import percent
from kam.base.policy import Asked, key_account_policy
from kam.base.terms import CRITERIA
from kam.intake.settings import read_settings
from kam.ui import key_accounts_page as key_accounts
from kam.ui.weights import Chosen, as_toml, balanced, whole
from tests import small_book
from tests.pages.driving import faults, gone_to, opened, words
from tests.small_book import Tables, tables

WEIGHT = st.integers(0, 100)


@given(st.tuples(WEIGHT, WEIGHT, WEIGHT, WEIGHT), st.sampled_from(CRITERIA))
def test_weights_add_up_to_100_whichever_was_moved(values: tuple[int, ...], moved: str) -> None:
    before = dict(zip(CRITERIA, values, strict=True))
    after = balanced(before, moved)
    assert sum(after.values()) == 100
    assert after[moved] == before[moved]
    assert min(after.values()) >= 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=6), st.integers(0, 100))
def test_a_whole_is_divided_without_a_rest(shares: list[float], total: int) -> None:
    parts = whole(shares, total=total)
    assert sum(parts) == total
    assert min(parts) >= 0


def test_the_text_to_keep_is_read_as_it_was_set(tmp_path: Path) -> None:
    policy = key_account_policy({}).frame(100).iloc[0]
    text = as_toml(Chosen((10, 20, 30, 40), 12.0, 7, None), policy)
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    kept = key_account_policy(read_settings(tmp_path).policy["key_accounts"])
    assert kept.weights == pytest.approx((0.1, 0.2, 0.3, 0.4))
    assert (kept.kappa, kept.list_size, kept.half_life_months) == (12.0, 7, 12.0)


@pytest.mark.parametrize("size", [{"list_size": 12}, {"list_share": 0.1}, {}])
def test_the_text_to_keep_of_what_nobody_changed_is_the_policy_of_the_book(
    size: dict[str, float], tmp_path: Path
) -> None:
    weights = {"revenue": 1, "growth": 1, "role": 1, "collaboration": 0}
    own = key_account_policy({"weights": weights, "kappa": 12.5, **size})
    text = as_toml(Chosen(None, None, None, None), own.frame(102).iloc[0])
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    assert key_account_policy(read_settings(tmp_path).policy["key_accounts"]) == own


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_book.write(tmp_path / "book", tables())


def test_moving_a_weight_moves_the_others_and_the_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch)
    before = words(app)
    app.slider(key="weight_revenue").set_value(100)
    app.run()
    assert [slider.value for slider in app.slider] == [100, 0, 0, 0]
    assert words(app) != before
    assert faults(app) == []


def test_a_link_with_moved_weights_shows_the_same_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch)
    app.slider(key="weight_growth").set_value(70)
    app.run()
    link = {f"weight_{name}": str(app.slider(key=f"weight_{name}").value) for name in CRITERIA}
    there = opened(folder, "key_accounts", monkeypatch=monkeypatch, query=link)
    assert [slider.value for slider in there.slider] == [slider.value for slider in app.slider]
    assert words(there) == words(app)


def _badge(app: AppTest) -> str:
    """Return the class of the account on its page."""
    return next(text for text in words(app) if "P(key)" in text)


LINK = {"weight_revenue": "100", "weight_growth": "0", "weight_role": "0", "weight_collaboration": "0", "places": "3"}


def test_an_account_s_page_weighs_as_the_link_does(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = kam.open_book(folder).key_accounts(weights=(100, 0, 0, 0), size=3).set_index("account_id")
    for account in ("A01", "A09"):
        app = opened(folder, "account", monkeypatch=monkeypatch, query={**LINK, "account": account})
        assert f"{key.loc[account, 'key_class']}, P(key) {percent(key.loc[account, 'p_key'])}" in _badge(app)
        assert "By the weights set on the Key accounts page, not by the book's policy." in words(app)
        assert faults(app) == []


def test_an_account_s_page_weighs_as_the_sliders_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch)
    app.slider(key="weight_revenue").set_value(100).run()
    gone_to(app, "account")
    linked = opened(folder, "account", monkeypatch=monkeypatch, query={name: LINK[name] for name in list(LINK)[:4]})
    assert _badge(app) == _badge(linked)
    assert "By the weights set on the Key accounts page, not by the book's policy." in words(app)


@pytest.mark.parametrize("bad", ["many", "-5", "101", "nan", "", "inf"])
def test_a_bad_weight_in_the_link_of_an_account_is_as_if_it_were_not_there(
    bad: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = {"account": "A01"}
    app = opened(folder, "account", monkeypatch=monkeypatch, query={**query, "weight_revenue": bad})
    assert words(app) == words(opened(folder, "account", monkeypatch=monkeypatch, query=query))


def test_weights_of_a_link_that_do_not_add_up_count_in_proportion(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = {"weight_revenue": "10", "weight_growth": "10", "weight_role": "0", "weight_collaboration": "0"}
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch, query=link)
    assert any("add up to 20 and count in proportion" in text for text in words(app))
    assert faults(app) == []


def test_back_to_the_policy_of_the_book(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch, query={"weight_revenue": "90"})
    app.button(key="policy back").click()
    app.run()
    assert [slider.value for slider in app.slider] == [35, 25, 20, 20]


def test_a_large_book_answers_first_with_few_draws_whatever_is_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    own = kam.Book.key_accounts

    def seen(book: kam.Book, **arguments: Unpack[Asked]) -> pd.DataFrame:
        asked.append(arguments.get("draws", "all"))
        return own(book, **arguments)

    monkeypatch.setattr(kam.Book, "key_accounts", seen)
    monkeypatch.setattr(key_accounts, "MANY", 3)
    streamlit.cache_data.clear()  # other tests ask the same of the same data
    app = opened(folder, "key_accounts", monkeypatch=monkeypatch)
    app.selectbox(key="as_of").set_value("2026-08").run()
    app.slider(key="weight_revenue").set_value(50).run()

    assert [draws for draws, _ in groupby(asked)] == [1_000, "all"] * 3
    assert not any("refining" in text for text in words(app))


def _first(accounts: int) -> Tables:
    ids = sorted({str(row["account_id"]) for row in tables()["sales"]})[:accounts]
    return {"sales": [row for row in tables()["sales"] if row["account_id"] in ids]}


def _alike() -> Tables:
    row = tables()["sales"][-1]
    return {"sales": [{**row, "account_id": f"Z{number}"} for number in range(8)]}


@pytest.mark.parametrize("book", [_first(1), _first(2), _first(5), _alike()], ids=["1", "2", "5", "alike"])
def test_small_and_equal_books_give_a_sensible_page(
    book: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(small_book.write(tmp_path / "book", book), "key_accounts", monkeypatch=monkeypatch)
    assert faults(app) == []
    assert any("whatever the weights" in text for text in words(app))
