"""Who stays: cohorts by quarter of first purchase, and who drove the losses."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.money.cohorts import cohorts
from kam.portfolio.accounts import accounts
from kam.portfolio.retention import retention, retention_drivers
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
BOOK = [
    line("A", "2026-01-10", 100),
    line("A", "2026-05-10", 50),
    line("B", "2026-03-31", 60),
    line("B", "2026-04-01", -10),  # sent back: no purchase
    line("B", "2026-07-01", 30),
    line("C", "2026-02-01", -5),  # first seen with a credit
    line("C", "2026-04-30", 20),
    line("D", "2026-10-01", 9),  # after the as-of month
]


def _frame(rows: list[tuple]) -> pd.DataFrame:
    columns = ["cohort", "quarters_since", "quarter", "accounts", "alive", "share", "revenue", "revenue_share"]
    found = pd.DataFrame(rows, columns=[*columns, "is_censored"])
    return found.assign(
        **{name: pd.to_datetime(found[name]).astype("datetime64[us]") for name in ("cohort", "quarter")}
    )


def test_three_accounts_through_three_quarters() -> None:
    expected = _frame(
        [
            ("2026-01-01", 0, "2026-01-01", 2, 2, 1.0, 160.0, 1.0, True),
            ("2026-01-01", 1, "2026-04-01", 2, 1, 0.5, 40.0, 0.25, True),
            ("2026-01-01", 2, "2026-07-01", 2, 1, 0.5, 30.0, 0.1875, True),
            ("2026-04-01", 0, "2026-04-01", 1, 1, 1.0, 20.0, 1.0, False),
            ("2026-04-01", 1, "2026-07-01", 1, 0, 0.0, 0.0, 0.0, False),
        ]
    )
    pd.testing.assert_frame_equal(cohorts(relations(BOOK), as_of=AS_OF), expected)
    # a quarter that is not complete is left out
    pd.testing.assert_frame_equal(
        cohorts(relations(BOOK), as_of=dt.date(2026, 8, 31)),
        expected[expected["quarter"] < pd.Timestamp("2026-07-01")].reset_index(drop=True),
    )


def test_a_parent_came_with_the_first_of_its_subsidiaries() -> None:
    connection = relations(BOOK, accounts=[{"account_id": "C", "parent_id": "A"}])
    found = cohorts(seen(connection, level="parent"), as_of=AS_OF)
    assert found["accounts"].tolist() == [2, 2, 2]
    assert found["revenue"].tolist() == [155.0, 60.0, 30.0]
    only = cohorts(seen(connection, only=["C"]), as_of=AS_OF)
    assert only[["accounts", "alive", "is_censored"]].to_numpy().tolist() == [[1, 1, False], [1, 0, False]]


def test_without_a_complete_quarter_there_are_no_cohorts() -> None:
    full = cohorts(relations(BOOK), as_of=AS_OF)
    for book, day in ((BOOK, dt.date(2026, 2, 28)), ([], AS_OF), ([line("A", "2026-01-01", -1)], AS_OF)):
        empty = cohorts(relations(book), as_of=day)
        assert empty.empty
        pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


LINES = st.lists(
    st.builds(
        lambda account, month, cents: line(account, f"{2023 + month // 12}-{month % 12 + 1:02d}-15", cents / 100),
        st.sampled_from("ABCD"),
        st.integers(0, 44),
        st.integers(-500, 1000),
    ),
    max_size=25,
)


@settings(max_examples=6)
@given(LINES)
def test_every_buyer_is_in_one_cohort_and_all_revenue_since_is_told(book: list[Row]) -> None:
    connection = relations(book)
    found = cohorts(connection, as_of=AS_OF)
    first = found[found["quarters_since"] == 0]
    sums = pd.DataFrame(
        [
            {"account": row["account_id"], "net": row["net_amount"], "quarter": pd.Period(str(row["order_date"]), "Q")}
            for row in book
        ],
        columns=["account", "net", "quarter"],
    )
    net = sums.groupby(["account", "quarter"])["net"].sum().round(4).reset_index()
    begun = net[net["net"] > 0].groupby("account")["quarter"].min()
    assert first["accounts"].sum() == len(begun)
    assert (first["alive"] == first["accounts"]).all()
    assert found["share"].between(0, 1).all()
    since = net[net["quarter"] >= net["account"].map(begun)] if len(begun) else net.iloc[:0]
    assert found["revenue"].sum() == pytest.approx(since["net"].sum())


def test_who_drove_the_losses_adds_up_to_what_gross_retention_lacks() -> None:
    book = [
        line("gone", "2025-03-01", 60),
        line("less", "2025-03-01", 50),
        line("less", "2026-03-01", 20),
        line("back", "2025-03-01", 10),
        line("back", "2026-03-01", -5),
        line("more", "2025-03-01", 80),
        line("more", "2026-03-01", 90),
        line("new", "2026-03-01", 7),
    ]
    frame = accounts(relations(book), as_of=AS_OF)
    expected = pd.DataFrame(
        {
            "account_id": ["gone", "less", "back"],
            "name": ["gone", "less", "back"],
            "manager": [None] * 3,
            "state": ["lost", "continuing", "lost"],
            "prior_revenue": [60.0, 50.0, 10.0],
            "revenue": [0.0, 20.0, -5.0],
            "lost_revenue": [60.0, 30.0, 10.0],
            "share": [0.6, 0.3, 0.1],
            "cumulative_share": [0.6, 0.9, 1.0],
        }
    ).astype(dict.fromkeys(["account_id", "name", "manager", "state"], "str"))
    answer = retention_drivers(frame)
    pd.testing.assert_frame_equal(answer, expected)
    assert answer["lost_revenue"].sum() == pytest.approx(200 * (1 - retention(frame)["grr"].iloc[0]))
    alone = accounts(relations([line("A", "2026-03-01", 10)]), as_of=AS_OF)
    assert retention_drivers(alone).empty
