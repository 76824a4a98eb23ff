"""Better versions, missing services and the register of opportunities, worked out by hand."""

import datetime as dt

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kam.opportunities.pipeline import opportunities
from kam.opportunities.solution_gaps import solution_gaps
from kam.opportunities.up_sell import up_sell
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
PRODUCTS: list[Row] = [
    {"product_id": "P1", "name": "Pump", "category": "Pumps", "better_version_id": "P2", "companion_id": "S"},
    {"product_id": "P2", "name": "Pump Pro", "category": "Pumps", "companion_id": "S"},
    {"product_id": "P3", "name": "Pump Old", "category": "Pumps", "better_version_id": "P3"},
    {"product_id": "S", "name": "Service", "category": "Services"},
]


def sold(account: str, product: str, amount: float, quantity: int = 1) -> Row:
    return line(account, "2026-05-01", amount, product_id=product, quantity=quantity)


SALES = [
    sold("A", "P1", 100, 10),
    sold("B", "P1", 300, 30),
    sold("B", "P2", 150, 10),
    sold("C", "P2", 150, 10),
    sold("C", "S", 15),
    sold("B", "P3", 10),
    sold("D", "P1", 50, 5),
    sold("D", "P1", -60, -6),
    sold("E", "P1", 20, 2),
    sold("E", "S", 10),
    line("A", "2025-05-01", 999, product_id="S"),
]


def test_the_spend_that_could_move_to_a_better_version() -> None:
    """A pump costs 10, a Pro 15: half as much again. B buys both; what D sent back outweighs what it bought."""
    found = up_sell(relations(SALES, products=PRODUCTS), as_of=AS_OF)
    expected = pd.DataFrame(
        {
            "account_id": ["B", "A", "E"],
            "product": ["Pump"] * 3,
            "better": ["Pump Pro"] * 3,
            "spend": [300.0, 100.0, 20.0],
            "better_spend": [150.0, 0.0, 0.0],
            "price_step": [0.5] * 3,
            "gain": [150.0, 50.0, 10.0],
            "buyers": [3] * 3,
            "better_buyers": [1] * 3,
        }
    )
    assert_frame_equal(found[expected.columns.tolist()], expected, check_dtype=False)
    assert set(found["why"]) == {"1 of 3 buyers of Pump buy the better version, too; a unit of it brings 50.0 % more."}


def test_a_better_version_that_was_not_sold_has_no_price_to_move_to() -> None:
    found = up_sell(relations([sold("A", "P1", 100, 10)], products=PRODUCTS), as_of=AS_OF)
    assert found["gain"].isna().all()
    assert found.loc[0, "why"] == (
        "0 of 1 buyer of Pump buys the better version, too; it was not sold in these twelve months."
    )


def test_products_without_their_service() -> None:
    """C spends a tenth of its pumps on the service, E half: 0.3 in the middle. Of the 3 others of A, 2 take it."""
    found = solution_gaps(relations(SALES, products=PRODUCTS), as_of=AS_OF)
    share = (2 + 0.5) / (3 + 1)
    expected = pd.DataFrame(
        {
            "account_id": ["B", "A"],
            "service": ["Service"] * 2,
            "products": ["Pump, Pump Pro", "Pump"],
            "spend": [450.0, 100.0],
            "expected_value": [450 * 0.3 * share, 100 * 0.3 * share],
            "others": [3, 3],
            "takers": [2, 2],
            "why": [
                "2 of 3 others that buy Pump, Pump Pro or their like take it.",
                "2 of 3 others that buy Pump or its like take it.",
            ],
        }
    )
    assert_frame_equal(found[expected.columns.tolist()], expected, check_dtype=False)


@pytest.mark.parametrize(("stage", "states"), [("found", ["open opportunity", None]), ("not eligible", [None])])
def test_a_service_that_is_worked_says_so_and_one_ruled_out_is_left_out(stage: str, states: list[str | None]) -> None:
    noted = [{"opportunity_id": "1", "account_id": "B", "title": "T", "category": "services", "stage": stage}]
    found = solution_gaps(relations(SALES, products=PRODUCTS, opportunities=noted), as_of=AS_OF)
    assert [None if pd.isna(state) else state for state in found["state"]] == states


def test_parents_buy_what_their_subsidiaries_buy() -> None:
    book = relations(SALES, products=PRODUCTS, accounts=[{"account_id": "A", "parent_id": "C"}, {"account_id": "C"}])
    seen(book, level="parent")
    assert "C" not in set(solution_gaps(book, as_of=AS_OF)["account_id"])
    assert up_sell(book, as_of=AS_OF).set_index("account_id").loc["C", "better_spend"] == 150


def test_only_accounts_in_view_are_listed_and_prices_stay_those_of_the_book() -> None:
    book = seen(relations(SALES, products=PRODUCTS), only=["A"])
    own = up_sell(book, as_of=AS_OF)
    assert own["account_id"].tolist() == ["A"]
    assert own["gain"].tolist() == [50.0]
    assert solution_gaps(book, as_of=AS_OF)["account_id"].tolist() == ["A"]


def test_without_versions_and_services_nothing_is_listed() -> None:
    bare = relations(SALES)
    assert up_sell(bare, as_of=AS_OF).empty
    assert solution_gaps(bare, as_of=AS_OF).empty


def test_the_register_tells_what_is_open_late_and_worth_by_its_chance() -> None:
    rows: list[Row] = [
        {"opportunity_id": "1", "account_id": "A", "title": "Won", "stage": "won", "worth": 90, "probability": 1},
        {
            "opportunity_id": "2",
            "account_id": "A",
            "title": "Late",
            "stage": "found",
            "worth": 10,
            "probability": 0.5,
            "expected_on": dt.date(2026, 9, 1),
            "product_id": "P1",
        },
        {"opportunity_id": "3", "account_id": "Z", "title": "No stage", "category": "Boats"},
    ]
    found = opportunities(relations(SALES, products=PRODUCTS, opportunities=rows), today=AS_OF)
    assert found["title"].tolist() == ["Late", "No stage", "Won"]
    assert found["is_open"].tolist() == [True, True, False]
    assert found["is_late"].tolist() == [True, False, False]
    assert found["category"].tolist()[:2] == ["Pumps", "Boats"]
    assert found["expected_worth"].fillna(-1).tolist() == [5, -1, -1]
