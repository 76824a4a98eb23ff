"""Lifetime value on the page: the book's own answers, for every kind of book, and one account's part of them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from streamlit.testing.v1 import AppTest

import kam
from kam.base import numbers as written
from kam.lifetime import words as sentences
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from tests import small_book
from tests.pages.driving import opened, words
from tests.small_book import Tables, tables, without


def _section(folder: str, level: str) -> None:
    """Draw the section on a page of its own; AppTest takes this function's text alone."""
    import streamlit as st  # noqa: PLC0415 - see above

    import kam  # noqa: PLC0415 - see above
    from kam.ui.lifetime_part import show_lifetime  # noqa: PLC0415 - see above

    st.title("Lifetime")
    show_lifetime(kam.open_book(folder).view(level=level))


def shown(folder: Path, level: str = "account") -> AppTest:
    app = AppTest.from_function(_section, kwargs={"folder": str(folder), "level": level}, default_timeout=60).run()
    assert not app.exception
    return app


def _many() -> Tables:
    """Two years of 300 customers that come at random and leave: enough for the model."""
    rng = np.random.default_rng(4)
    rows: list[small_book.Row] = []
    for place in range(600):
        rate, leaving, mean = rng.gamma(1.0, 0.15), rng.beta(0.9, 2.0), rng.gamma(4.0, 25.0)
        day = 730 * rng.random() * 0.75
        while day <= 730:
            net = round(mean * rng.gamma(4.0, 0.25) + 1, 2)
            on = dt.date(2024, 10, 1) + dt.timedelta(days=int(day))
            rows.append(
                {
                    "order_id": f"O{len(rows)}",
                    "order_date": on,
                    "account_id": f"A{place:03}",
                    "quantity": 1,
                    "product_id": "P1",
                    "net_amount": net,
                }
            )
            day += np.inf if rng.random() < leaving else max(1.0, 7 * rng.exponential(1 / rate))
    rows.append({**rows[0], "order_id": "last", "order_date": dt.date(2026, 9, 30)})
    regions: list[small_book.Row] = [{"account_id": f"A{place:03}", "region": "NS"[place % 2]} for place in range(600)]
    return {"sales": rows, "accounts": regions}


BOOKS: dict[str, Callable[[], Tables]] = {
    "whole": tables,
    "no costs": lambda: without(tables(), "sales", "cost_amount"),
    "one line": lambda: {"sales": tables()["sales"][-1:]},
    "one year": lambda: {"sales": [row for row in tables()["sales"] if str(row["order_date"]) >= "2025-10-01"]},
    "hostile names": lambda: small_book.renamed(tables()),
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_book.write(tmp_path_factory.mktemp("many") / "book", _many())


@pytest.mark.parametrize("level", ["account", "parent"])
@pytest.mark.parametrize("name", BOOKS)
def test_the_section_draws_on_every_book_and_says_why_there_is_no_model(name: str, level: str, tmp_path: Path) -> None:
    folder = small_book.write(tmp_path / "book", BOOKS[name]())
    book = kam.open_book(folder).view(level=level)

    app = shown(folder, level)

    told = words(app)
    assert escape_markdown(book.lifetime_method()["refusal"].iloc[0]) in " ".join(told)
    assert not [text for text in told if "nan" in text.split() or "None" in text.split()]


def test_with_a_model_the_section_shows_the_book_s_own_answers(many: Path) -> None:
    book = kam.open_book(many)
    total, method = book.lifetime_total().iloc[0], book.lifetime_method().iloc[0]

    app = shown(many)

    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Next 12 months"] == written.money(total["clv"], "EUR")
    assert metrics["High end"] == written.money(total["clv_high"], "EUR")
    assert escape_markdown(sentences.reason(method, "EUR")) in words(app)
    assert app.dataframe[0].value["name"].tolist() == book.lifetime()["name"].tolist()
    assert app.dataframe[0].value["p_alive"].notna().all()


def test_filters_choose_accounts_and_leave_the_model_alone(many: Path) -> None:
    book = kam.open_book(many)
    north = book.view(region=["N"])
    whole, part = book.lifetime().set_index("account_id"), north.lifetime().set_index("account_id")

    assert 0 < len(part) < len(whole)
    assert_frame_equal(part, whole.loc[part.index])
    assert_frame_equal(north.lifetime_method(), book.lifetime_method())
    assert north.lifetime_total()["clv"].iloc[0] == pytest.approx(part["clv"].sum())


def test_the_models_are_fitted_once_for_all_views_and_questions(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, fits = kam.open_book(many), []
    from kam.lifetime import question as lifetime  # noqa: PLC0415 - the name that is watched

    own = lifetime.fit
    monkeypatch.setattr(lifetime, "fit", lambda *asked, **how: fits.append(1) or own(*asked, **how))

    for view in (book, book.view(region=["N"]), book.view(region=["S"])):
        view.lifetime()
        view.lifetime(months=24)
        view.lifetime_total()
        view.lifetime_back_test()

    assert len(fits) == 1


def test_an_earlier_month_sees_nothing_of_what_came_after(many: Path, tmp_path: Path) -> None:
    early = [row for row in _many()["sales"] if str(row["order_date"]) <= "2026-05-31"]
    alone = kam.open_book(small_book.write(tmp_path / "early", {**_many(), "sales": early}))
    then = kam.open_book(many).view(as_of=dt.date(2026, 5, 31))

    assert alone.as_of == then.as_of
    columns = ["account_id", "frequency", "recency", "T", "clv", "clv_low", "clv_high"]
    left, right = (book.lifetime()[columns] for book in (alone, then))
    assert_frame_equal(left, right, rtol=1e-6)


def test_an_account_s_page_tells_what_it_will_bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small_book.write(tmp_path / "book")
    book = kam.open_book(folder)
    row = row_of(book.lifetime(), "A05")

    app = opened(folder, "account", monkeypatch=monkeypatch, query={"account": "A05"})

    assert {metric.label: metric.value for metric in app.metric}["All years ahead"] == written.money(row["clv"], "EUR")
    note = sentences.account_note(row, book.lifetime_method().iloc[0], 12, "EUR")
    assert escape_markdown(note) in words(app)
    assert pd.isna(row["p_alive"])
