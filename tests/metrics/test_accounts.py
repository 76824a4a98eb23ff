"""The figures of each account, by hand and against plain pandas."""

import datetime as dt
import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.errors import QuestionError
from kam.portfolio.accounts import accounts
from kam.portfolio.monthly import monthly
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
NAMES = ["A", "B", "C", "D", "E"]
PARENTS: list[Row] = [{"account_id": "A"}, {"account_id": "B", "parent_id": "A"}, {"account_id": "C", "parent_id": "B"}]

LINES = st.lists(
    st.builds(
        lambda account, product, month, cents, list_cents, cost_cents: line(
            account,
            f"{2024 + month // 12}-{month % 12 + 1:02d}-15",
            cents / 100,
            product_id=product,
            quantity=1 if cents > 0 else -1,
            list_amount=None if list_cents is None else list_cents / 100,
            cost_amount=None if cost_cents is None else cost_cents / 100,
        ),
        st.sampled_from(NAMES),
        st.sampled_from(["P1", "P2"]),
        st.integers(0, 35),  # three months of 2026 lie after the as-of month
        st.integers(-50, 200).map(lambda tens: tens * 10),
        st.none() | st.integers(1, 3000),
        st.none() | st.integers(1, 1500),
    ),
    max_size=25,
)

BOOK: list[Row] = [
    line("A", "2024-12-10", 100, list_amount=100, cost_amount=80),
    line("A", "2025-10-01", 60, list_amount=80, cost_amount=30),
    line("A", "2026-09-30", 60, list_amount=70, cost_amount=50),
    line("A", "2026-09-30", -20, quantity=-1, list_amount=-25),
    line("B", "2025-01-31", 40),
    line("C", "2026-02-01", 50),
    line("C", "2026-03-01", 50),
    line("D", "2026-04-01", 0.1),
    line("D", "2026-05-01", 0.2),
    line("D", "2026-06-01", -0.3, quantity=-1),
    line("D", "2026-10-01", 999),
    line("E", "2024-09-30", 70),
]


def test_a_book_of_twelve_lines_gives_these_figures() -> None:
    connection = relations(
        BOOK,
        accounts=[{"account_id": "A", "name": "Alpha", "industry": "steel", "region": "north", "manager_id": "M"}],
        managers=[{"manager_id": "M", "name": "Mina"}],
    )
    nan, missing = np.nan, None
    # Σ of A is 100 = 60 + 60 − 20 in two months; its mean month is 100/12, and so is C's
    spread = {
        "A": np.sqrt((60**2 + 40**2) / 12 - (100 / 12) ** 2) / (100 / 12),
        "C": np.sqrt((50**2 + 50**2) / 12 - (100 / 12) ** 2) / (100 / 12),
    }
    expected = pd.DataFrame(
        {
            "account_id": ["A", "C", "B", "D", "E"],
            "name": ["Alpha", "C", "B", "D", "E"],
            "revenue": [100.0, 100.0, 0.0, 0.0, 0.0],
            "prior_revenue": [100.0, 0.0, 40.0, 0.0, 0.0],
            "growth": [0.0, nan, -1.0, nan, nan],
            "change": [0.0, 100.0, -40.0, 0.0, 0.0],
            "margin": [40.0, nan, nan, nan, nan],
            "prior_margin": [20.0, nan, nan, nan, nan],
            "margin_rate": [40 / 120, nan, nan, nan, nan],
            "prior_margin_rate": [0.2, nan, nan, nan, nan],
            "cost_coverage": [1.2, 0.0, nan, nan, nan],
            "discount_rate": [1 - 120 / 150, nan, nan, nan, nan],
            "prior_discount_rate": [0.0, nan, nan, nan, nan],
            "listed": [150.0, nan, nan, nan, nan],
            "return_rate": [20 / 120, 0.0, nan, 1.0, nan],
            "share": [0.5, 0.5, 0.0, 0.0, 0.0],
            "cumulative_share": [0.5, 1.0, 1.0, 1.0, 1.0],
            "pareto_class": ["A", "A", "C", "C", "C"],
            "active_months": [2, 2, 0, 2, 0],
            "variation": [spread["A"], spread["C"], nan, nan, nan],
            "state": ["continuing", "new", "lost", "new", "inactive"],
            "first_month": ["2024-12-01", "2026-02-01", "2025-01-01", "2026-04-01", "2024-09-01"],
            "last_month": ["2026-09-01", "2026-03-01", "2025-01-01", "2026-06-01", "2024-09-01"],
            "industry": ["steel", missing, missing, missing, missing],
            "region": ["north", missing, missing, missing, missing],
            "manager_id": ["M", missing, missing, missing, missing],
            "manager": ["Mina", missing, missing, missing, missing],
        }
    )
    texts = ["account_id", "name", "pareto_class", "state", "industry", "region", "manager_id", "manager"]
    dates = ["first_month", "last_month"]
    expected = expected.astype(dict.fromkeys(texts, "str") | dict.fromkeys(dates, "datetime64[us]"))
    answer = accounts(connection, as_of=AS_OF)
    pd.testing.assert_frame_equal(answer, expected)
    assert answer["revenue"].iloc[3] == 0.0  # 0.1 + 0.2 − 0.3 nets to exactly nothing


def test_subsidiaries_roll_up_to_their_topmost_parent() -> None:
    answer = accounts(seen(relations(BOOK, accounts=PARENTS), level="parent"), as_of=AS_OF).set_index("account_id")
    assert answer["revenue"].to_dict() == {"A": 200.0, "D": 0.0, "E": 0.0}
    assert answer["prior_revenue"].to_dict() == {"A": 140.0, "D": 0.0, "E": 0.0}
    assert answer.loc["A", "active_months"] == 4
    assert answer.loc["A", "state"] == "continuing"


def test_a_scope_counts_only_its_accounts() -> None:
    connection = relations(BOOK, accounts=PARENTS)
    answer = accounts(seen(connection, level="parent", only=["C", "D"]), as_of=AS_OF)
    assert answer[["account_id", "revenue", "share"]].to_dict("list") == {
        "account_id": ["A", "D"],
        "revenue": [100.0, 0.0],
        "share": [1.0, 0.0],
    }
    assert accounts(seen(connection, only=[]), as_of=AS_OF).empty


def test_where_the_data_begin_in_the_window_nothing_before_is_claimed() -> None:
    answer = accounts(relations([line("A", "2026-01-05", 10)]), as_of=AS_OF)
    assert answer["prior_revenue"].isna().all()
    assert answer["change"].isna().all()
    assert answer["state"].tolist() == ["continuing"]


def test_an_empty_book_gives_an_empty_frame_with_the_same_columns() -> None:
    empty = accounts(relations(), as_of=AS_OF)
    full = accounts(relations(BOOK), as_of=AS_OF)
    assert empty.empty
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_the_accounts_that_reach_80_and_95_percent_exactly_are_the_last_of_their_class() -> None:
    book = [line(name, "2026-01-01", amount) for name, amount in zip("ABCDE", (50, 30, 15, 4, 1), strict=True)]
    answer = accounts(relations(book), as_of=AS_OF)
    assert answer["pareto_class"].tolist() == ["A", "A", "B", "C", "C"]


def test_negative_accounts_do_not_move_the_classes_of_the_others() -> None:
    book = [line(name, "2026-01-01", amount) for name, amount in zip("ABCD", (80, 15, 5, -50), strict=True)]
    answer = accounts(relations(book), as_of=AS_OF)
    assert answer["pareto_class"].tolist() == ["A", "B", "C", "C"]
    assert answer["cumulative_share"].tolist() == [1.6, 1.9, 2.0, 1.0]


def test_the_same_sum_every_month_does_not_vary() -> None:
    steady = [line("A", f"2026-{month:02d}-01", 12.34) for month in range(1, 10)]
    steady += [line("A", f"2025-{month:02d}-01", 12.34) for month in (10, 11, 12)]
    answer = accounts(relations(steady), as_of=AS_OF)
    assert answer["active_months"].tolist() == [12]
    assert answer["variation"].iloc[0] == pytest.approx(0, abs=1e-12)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(QuestionError, match=r"'region'.*account, parent"):
        seen(relations(), level="region")


def _plain(book: list[Row], roots: dict[str, str]) -> pd.DataFrame:
    """Compute the figures of each unit from its lines, without SQL."""
    lines = pd.DataFrame(book)
    lines = lines[lines["order_date"] <= AS_OF].astype(
        {"net_amount": float, "list_amount": float, "cost_amount": float}
    )
    lines["account_id"] = lines["account_id"].replace(roots)
    rows = []
    for unit, own in lines.groupby("account_id"):
        now = own[own["order_date"] > dt.date(2025, 9, 30)]
        before = own[(own["order_date"] > dt.date(2024, 9, 30)) & ~own.index.isin(now.index)]
        months = pd.to_datetime(now["order_date"]).dt.month
        sums = now["net_amount"].groupby(months).sum().reindex(range(1, 13), fill_value=0.0).round(2)
        revenue, prior = round(now["net_amount"].sum(), 2), round(before["net_amount"].sum(), 2)
        costed = now[now["cost_amount"].notna()]
        listed = now[now["list_amount"].notna() & (now["quantity"] > 0)]
        rows.append(
            {
                "account_id": unit,
                "revenue": revenue,
                "prior_revenue": prior,
                "growth": revenue / prior - 1 if prior > 0 else np.nan,
                "margin": (costed["net_amount"] - costed["cost_amount"]).sum(min_count=1),
                "discount_rate": 1 - listed["net_amount"].sum() / listed["list_amount"].sum(min_count=1),
                "active_months": (sums > 0).sum(),
                "variation": sums.std(ddof=0) / sums.mean() if revenue > 0 else np.nan,
            }
        )
    return pd.DataFrame(rows).sort_values(["revenue", "account_id"], ascending=[False, True], ignore_index=True)


@settings(max_examples=8, deadline=None)
@given(LINES, st.booleans())
def test_sql_says_what_plain_arithmetic_says(book: list[Row], by_parent: bool) -> None:  # noqa: FBT001 - drawn
    book = [
        line("A", "2024-01-15", 1, quantity=1, list_amount=None, cost_amount=None),
        *book,
    ]  # data reach before the windows
    roots = {"B": "A", "C": "A"} if by_parent else {}
    level = "parent" if by_parent else "account"
    answer = accounts(seen(relations(book, accounts=PARENTS), level=level), as_of=AS_OF)
    expected = _plain(book, roots)
    pd.testing.assert_frame_equal(answer[list(expected.columns)], expected, check_dtype=False, rtol=1e-9, atol=1e-9)


@settings(max_examples=8, deadline=None)
@given(LINES, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter_and_parts_add_up(book: list[Row], shuffler: random.Random) -> None:
    connection = relations(book, accounts=PARENTS)
    answer = accounts(connection, as_of=AS_OF)
    shuffled = list(book)
    shuffler.shuffle(shuffled)
    pd.testing.assert_frame_equal(answer, accounts(relations(shuffled, accounts=PARENTS), as_of=AS_OF))

    parents = accounts(seen(connection, level="parent"), as_of=AS_OF)
    for column in ("revenue", "prior_revenue", "margin", "listed"):
        assert parents[column].sum() == pytest.approx(answer[column].sum(), abs=1e-9)
    if answer["revenue"].sum() > 0:
        assert answer["share"].sum() == pytest.approx(1)
        assert answer["cumulative_share"].iloc[-1] == pytest.approx(1)
    assert set(answer["pareto_class"]) <= {"A", "B", "C"}
    assert set(answer["state"]) <= {"new", "lost", "continuing", "inactive"}


def _ten_times(row: Row) -> dict[str, Any]:
    figures: dict[str, Any] = {name: row[name] for name in ("net_amount", "list_amount", "cost_amount")}
    tens = {name: None if amount is None else amount * 10 for name, amount in figures.items()}
    return tens | {"product_id": row["product_id"], "quantity": row["quantity"]}


@settings(max_examples=8, deadline=None)
@given(LINES)
def test_ten_times_the_money_leaves_every_ratio_alone(book: list[Row]) -> None:
    tenfold = [line(str(row["account_id"]), str(row["order_date"]), **_ten_times(row)) for row in book]
    once, ten = (accounts(relations(rows), as_of=AS_OF) for rows in (book, tenfold))
    money = ["revenue", "prior_revenue", "change", "margin", "prior_margin", "listed"]
    once[money] = once[money] * 10
    pd.testing.assert_frame_equal(once, ten, rtol=1e-12)


@settings(max_examples=8, deadline=None)
@given(LINES)
def test_pareto_class_a_is_the_smallest_set_that_reaches_80_percent(book: list[Row]) -> None:
    answer = accounts(relations(book), as_of=AS_OF)
    cents = (answer["revenue"].clip(lower=0) * 100).round().astype("int64")
    first = cents[answer["pareto_class"] == "A"]
    if len(first):
        assert first.sum() * 100 >= 80 * cents.sum() > (first.sum() - first.iloc[-1]) * 100
    else:
        assert cents.sum() == 0


@settings(max_examples=8, deadline=None)
@given(LINES)
def test_the_months_of_an_account_add_up_to_its_windows(book: list[Row]) -> None:
    connection = relations(book, accounts=PARENTS)
    for level in ("account", "parent"):
        months = monthly(seen(connection, level=level), as_of=AS_OF)
        assert not months.duplicated(["account_id", "month"]).any()
        now = months[months["month"] >= "2025-10-01"].groupby("account_id")[["revenue", "margin"]].sum()
        answer = accounts(connection, as_of=AS_OF).set_index("account_id")
        whole = answer[["revenue", "margin"]].fillna(0)
        pd.testing.assert_frame_equal(now.reindex(whole.index, fill_value=0.0), whole, atol=1e-9)


def test_months_are_listed_by_account_and_month() -> None:
    expected = pd.DataFrame(
        {
            "account_id": pd.Series(["A", "A", "A"], dtype="str"),
            "month": pd.to_datetime(pd.Series(["2024-12-01", "2025-10-01", "2026-09-01"])).astype("datetime64[us]"),
            "revenue": [100.0, 60.0, 40.0],
            "margin": [20.0, 30.0, 10.0],
            "quantity": [1.0, 1.0, 0.0],
        }
    )
    pd.testing.assert_frame_equal(monthly(seen(relations(BOOK), only=["A"]), as_of=AS_OF), expected)
