"""Concentration, retention, changes and the headline that rolls them over the months."""

import datetime as dt
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.errors import QuestionError
from kam.portfolio.accounts import KINDS, accounts, changes
from kam.portfolio.concentration import concentration, dependence
from kam.portfolio.headline import headline
from kam.portfolio.retention import retention
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
MONEY = st.integers(-1000, 1000).map(lambda cents: cents / 100)


def test_concentration_of_five_accounts() -> None:
    expected = pd.DataFrame(
        {
            "accounts": [4],
            "top_20pct_share": [0.4],  # ceil(0.2 · 4) = 1 account
            "top_1_share": [0.4],
            "top_5_share": [1.0],
            "top_10_share": [1.0],
            "hhi": [0.3],  # .16 + .09 + .04 + .01
            "effective_accounts": [1 / 0.3],
            "gini": [0.25],  # (−3·1 − 1·2 + 1·3 + 3·4) / (4 · 10)
        }
    )
    pd.testing.assert_frame_equal(concentration([30.0, -7.0, 40.0, 20.0, 10.0]), expected)
    pd.testing.assert_frame_equal(concentration(pd.DataFrame({"revenue": [40.0, 30.0, 20.0, 10.0]})), expected)


def test_concentration_without_revenue_is_unknown() -> None:
    answer = concentration(pd.Series([0.0, -1.0, np.nan]))
    assert answer["accounts"].tolist() == [0]
    assert answer.drop(columns="accounts").isna().all(axis=None)
    assert answer.columns.tolist() == concentration([1.0]).columns.tolist()


@given(st.lists(MONEY.filter(lambda amount: amount > 0), min_size=1), st.floats(0.001, 1e6), st.randoms())
def test_concentration_is_a_matter_of_ratios(revenue: list[float], scale: float, shuffler: random.Random) -> None:
    answer = concentration(revenue)
    row = answer.iloc[0]
    n = len(revenue)
    assert 1 / n - 1e-12 <= row["hhi"] <= 1 + 1e-12
    assert 1 - 1e-9 <= row["effective_accounts"] <= n + 1e-9
    assert -1e-12 <= row["gini"] < 1
    assert 0 < row["top_1_share"] <= row["top_5_share"] <= row["top_10_share"] <= 1 + 1e-12
    mixed = list(revenue)
    shuffler.shuffle(mixed)
    pd.testing.assert_frame_equal(concentration(mixed), answer)
    pd.testing.assert_frame_equal(concentration([*revenue, 0.0, -1.0]), answer)
    pd.testing.assert_frame_equal(concentration(np.array(revenue) * scale), answer, rtol=1e-9, atol=1e-9)


def test_a_parent_with_a_tenth_of_revenue_is_a_dependence() -> None:
    parents = pd.DataFrame({"account_id": ["A", "B", "C"], "share": [0.8, 0.1, 0.0999]})
    assert dependence(parents)["account_id"].tolist() == ["A", "B"]
    assert dependence(parents, threshold=0.5)["account_id"].tolist() == ["A"]


def _frame(rows: list[tuple[str, str | None, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["account_id", "region", "prior_revenue", "revenue"])


BOOK = _frame(
    [
        ("grown", "north", 100.0, 150.0),
        ("shrunk", "north", 100.0, 40.0),
        ("gone", "south", 50.0, 0.0),
        ("returned", "south", 50.0, -10.0),
        ("new", "north", 0.0, 70.0),
        ("credit", None, -5.0, 5.0),
    ]
)


def test_retention_counts_last_years_customers_those_who_left_included() -> None:
    expected = pd.DataFrame(
        {
            "cohort_accounts": [4],
            "nrr": [190 / 300],
            "grr": [140 / 300],
            "logo_retention": [0.5],
            "prior_revenue": [300.0],
            "revenue": [190.0],
            "cohort_lost": [2],
        }
    )
    pd.testing.assert_frame_equal(retention(BOOK), expected)


def test_retention_by_region_names_the_unknown_and_the_empty_cohort() -> None:
    expected = pd.DataFrame(
        {
            "region": ["north", "south", None],
            "cohort_accounts": [2, 2, 0],
            "nrr": [0.95, 0.0, np.nan],
            "grr": [0.7, 0.0, np.nan],
            "logo_retention": [1.0, 0.0, np.nan],
            "prior_revenue": [200.0, 100.0, 0.0],
            "revenue": [190.0, 0.0, 0.0],
            "cohort_lost": [0, 2, 0],
        }
    )
    pd.testing.assert_frame_equal(retention(BOOK, by="region"), expected)
    with pytest.raises(QuestionError, match="manager, region, industry"):
        retention(BOOK, by="name")


@given(st.lists(st.tuples(MONEY, MONEY), min_size=1))
def test_gross_retention_is_at_most_net_retention_of_buyers_and_at_most_one(pairs: list[tuple[float, float]]) -> None:
    frame = _frame([(str(place), "north", prior, now) for place, (prior, now) in enumerate(pairs)])
    row = retention(frame).iloc[0]
    if row["cohort_accounts"] == 0:
        assert row[["nrr", "grr", "logo_retention"]].isna().all()
        return
    assert 0 <= row["grr"] <= 1 + 1e-12
    assert row["cohort_accounts"] == round(row["logo_retention"] * row["cohort_accounts"]) + row["cohort_lost"]
    if (frame["revenue"] >= 0).all():
        assert row["grr"] <= row["nrr"] + 1e-12
    tenfold = frame.assign(prior_revenue=frame["prior_revenue"] * 10, revenue=frame["revenue"] * 10)
    ratios = ["nrr", "grr", "logo_retention"]
    pd.testing.assert_frame_equal(retention(tenfold)[ratios], retention(frame)[ratios])
    pd.testing.assert_frame_equal(retention(frame.iloc[::-1]), retention(frame))
    by_region = retention(frame, by="region")
    assert by_region["cohort_accounts"].sum() == row["cohort_accounts"]


def test_changes_are_listed_largest_first_and_add_up() -> None:
    book: list[Row] = [
        line("up", "2025-03-01", 10),
        line("up", "2026-03-01", 40),
        line("down", "2025-03-01", 50),
        line("down", "2026-03-01", 20),
        line("lost", "2025-03-01", 5),
        line("new", "2026-03-01", 7),
        line("same", "2025-03-01", 9),
        line("same", "2026-03-01", 9),
    ]
    frame = accounts(relations(book), as_of=AS_OF)
    expected = pd.DataFrame(
        {
            "account_id": ["down", "up", "new", "lost"],
            "name": ["down", "up", "new", "lost"],
            "manager": [None] * 4,
            "kind": ["down", "up", "new", "lost"],
            "prior_revenue": [50.0, 10.0, 0.0, 5.0],
            "revenue": [20.0, 40.0, 7.0, 0.0],
            "change": [-30.0, 30.0, 7.0, -5.0],
        }
    ).astype(dict.fromkeys(["account_id", "name", "manager", "kind"], "str"))
    answer = changes(frame)
    pd.testing.assert_frame_equal(answer, expected)
    assert set(answer["kind"]) == set(KINDS)
    assert answer["change"].sum() == frame["revenue"].sum() - frame["prior_revenue"].sum()


def test_nothing_changed_where_there_is_nothing_to_compare() -> None:
    assert changes(accounts(relations([line("A", "2026-03-01", 10)]), as_of=AS_OF)).empty
    assert changes(accounts(relations(), as_of=AS_OF)).empty


LINES = st.lists(
    st.builds(
        lambda account, month, amount, cost: line(
            account, f"{2023 + month // 12}-{month % 12 + 1:02d}-15", amount, cost_amount=cost
        ),
        st.sampled_from(["A", "B", "C", "D"]),
        st.integers(0, 44),
        MONEY,
        st.none() | st.just(2.5),
    ),
    max_size=20,
)


@settings(max_examples=8, deadline=None)
@given(LINES, st.sampled_from(["account", "parent"]), st.none() | st.just(["A", "C"]))
def test_each_row_of_the_headline_is_what_the_questions_say_at_that_month(
    book: list[Row], level: str, scope: list[str] | None
) -> None:
    book = [line("A", "2022-06-01", 1), *book]  # the data cover 24 months at every month asked
    connection = seen(relations(book, accounts=[{"account_id": "B", "parent_id": "A"}]), level=level, only=scope)
    answer = headline(connection, as_of=AS_OF)
    assert len(answer) == 25
    for place in (0, 11, 24):
        row = answer.iloc[place]
        frame = accounts(connection, as_of=row["month"].date())
        kept, shape = retention(frame).iloc[0], concentration(frame).iloc[0]
        costed = (frame["margin"] / frame["margin_rate"]).sum()
        expected = {
            "revenue": frame["revenue"].sum(),
            "prior_revenue": frame["prior_revenue"].sum(),
            "margin": frame["margin"].sum(min_count=1),
            "accounts": shape["accounts"],
            "nrr": kept["nrr"],
            "grr": kept["grr"],
            "logo_retention": kept["logo_retention"],
            "top_20pct_share": shape["top_20pct_share"],
        }
        assert row[list(expected)].astype(float).to_dict() == pytest.approx(expected, abs=1e-9, nan_ok=True)
        if (frame["margin"].isna() | (frame["margin_rate"] != 0) & frame["margin_rate"].notna()).all() and costed > 0:
            assert row["margin_rate"] == pytest.approx(frame["margin"].sum() / costed)


def test_the_headline_compares_only_where_the_data_cover_two_years() -> None:
    book = [line("A", f"2025-{month:02d}-10", 10) for month in range(1, 13)]
    book += [line("A", f"2026-{month:02d}-10", 20) for month in range(1, 13)]
    answer = headline(relations(book), as_of=dt.date(2026, 12, 31))
    assert answer["month"].dt.strftime("%Y-%m-%d").tolist()[:2] == ["2025-12-31", "2026-01-31"]
    assert answer["months_covered"].tolist() == list(range(12, 25))
    assert answer["revenue"].tolist() == [120.0 + 10 * month for month in range(13)]
    for column in ("prior_revenue", "growth", "nrr", "grr", "logo_retention"):
        assert answer[column].notna().tolist() == [False] * 12 + [True]
    assert answer["growth"].iloc[-1] == 1.0


def test_a_headline_of_few_months_says_how_few() -> None:
    book = [line("A", "2026-08-10", 10), line("A", "2026-09-10", 5)]
    answer = headline(relations(book), as_of=AS_OF)
    assert answer[["months_covered", "accounts", "revenue"]].to_dict("records") == [
        {"months_covered": 2, "accounts": 1, "revenue": 15.0}
    ]
    assert headline(relations(book), as_of=dt.date(2026, 7, 31)).empty
    assert headline(relations(), as_of=AS_OF).empty


def test_an_account_that_nets_to_nothing_is_not_kept() -> None:
    book = [line("A", "2024-10-01", 5), line("B", "2024-10-01", 5), line("B", "2026-01-01", 1)]
    book += [line("A", f"2026-0{month}-01", amount) for month, amount in ((1, 0.1), (2, 0.2), (3, -0.3))]
    assert headline(relations(book), as_of=AS_OF)["logo_retention"].iloc[-1] == 0.5


def test_a_headline_has_the_same_columns_whether_or_not_there_are_sales() -> None:
    full = headline(relations([line("A", "2026-08-10", 10)]), as_of=AS_OF)
    pd.testing.assert_series_equal(headline(relations(), as_of=AS_OF).dtypes, full.dtypes)
