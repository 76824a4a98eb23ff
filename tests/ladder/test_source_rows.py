"""Behind every signal stand rows that give its figure again."""

import datetime as dt

import pandas as pd
import pytest

from kam.base.errors import QuestionError
from kam.base.likelihoods import DEFAULT
from kam.ladder.source_rows import source_rows
from tests.ladder.small_book import AS_OF, SALES, SURVEYS, small_book
from tests.relations import Row, line, seen

ACCOUNTS: list[Row] = [
    {"account_id": "A", "yearly_wallet": 1000, "customer_since": dt.date(2020, 1, 1)},
    {"account_id": "A2", "name": "Alborz", "parent_id": "A"},
]
MORE = (
    line("A", "2024-12-01", 60, list_amount=100, product_id="P1"),
    line("A", "2026-08-01", 50, cost_amount=20, product_id="S"),
    line("A2", "2026-08-01", 10, product_id="P1"),
    line("A", "2026-10-01", 999, list_amount=999, cost_amount=1, product_id="P1"),
)
LATER: Row = {"survey_id": "S9", "account_id": "A", "survey_date": dt.date(2026, 10, 1), "perception": 1, "nps": 1}


def rows(signal: str, level: str = "account") -> list[list[object]]:
    book = small_book(sales=[*SALES, *MORE], accounts=ACCOUNTS, surveys=[*SURVEYS, LATER])
    book.execute("insert into products (product_id, name, category, kind) values ('S', 'Training', 'C4', 'service')")
    found = source_rows(seen(book, level, only=["A", "A2"] if level == "parent" else ["A"]), signal, as_of=AS_OF)
    return found.astype(object).where(found.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        ("perception", [["S1", pd.Timestamp(AS_OF), "Mina", 4, 3, None]]),
        ("recommendation", [["S1", pd.Timestamp(AS_OF), "Mina", 4, 9, None]]),
        ("discount depth", [[pd.Timestamp("2026-09-01"), 300.0, 300.0, 0.0]]),
        (
            "discount trend",
            [[pd.Timestamp("2024-12-01"), 60.0, 100.0, 0.4], [pd.Timestamp("2026-09-01"), 300.0, 300.0, 0.0]],
        ),
        ("margin rate", [[pd.Timestamp("2026-08-01"), 50.0, 20.0, 0.6]]),
        (
            "categories",
            [
                [name, 1, net, pd.Timestamp(month)]
                for name, net, month in (
                    ("C1", 100.0, "2026-09-01"),
                    ("C2", 100.0, "2026-09-01"),
                    ("C3", 100.0, "2026-09-01"),
                    ("C4", 50.0, "2026-08-01"),
                )
            ],
        ),
        ("services share", [["service", "Training", 50.0]]),
        ("share of wallet", [["A", 350.0, 1000.0, 0.35]]),
        ("regularity", [[pd.Timestamp("2026-08-01"), 50.0, 1], [pd.Timestamp("2026-09-01"), 300.0, 3]]),
        ("tenure", [["A", pd.Timestamp("2024-12-01"), pd.Timestamp("2020-01-01")]]),
    ],
)
def test_the_rows_behind_a_signal(signal: str, expected: list[list[object]]) -> None:
    assert rows(signal) == expected


def test_a_parent_shows_the_rows_of_its_subsidiaries_too() -> None:
    assert rows("regularity", "parent")[0] == [pd.Timestamp("2026-08-01"), 60.0, 2]
    assert [row[0] for row in rows("tenure", "parent")] == ["A", "Alborz"]


def test_every_signal_of_the_table_has_rows_behind_it() -> None:
    for signal in DEFAULT.signals:
        assert source_rows(seen(small_book(), only=["nobody"]), signal, as_of=AS_OF).empty


def test_an_unknown_signal_is_refused() -> None:
    with pytest.raises(QuestionError, match="mood"):
        source_rows(small_book(), "mood", as_of=AS_OF)
