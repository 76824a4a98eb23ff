"""Figures of sales that do not say what was bought, or how many units: exact where they can be, else unknown."""

import datetime as dt
from random import Random

import pandas as pd
import pytest

from kam.money.bridge import bridge, bridge_table, parts_of
from kam.money.erosion import discount_erosion
from kam.opportunities.baskets import baskets
from kam.opportunities.up_sell import up_sell
from kam.opportunities.white_space import white_space, white_space_value
from kam.portfolio.accounts import accounts
from kam.portfolio.categories import UNNAMED, categories
from kam.portfolio.monthly import monthly
from kam.risks.rivals import competitors
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
THEN, NOW = "2025-03-10", "2026-03-10"
PRODUCTS = [
    {"product_id": "P1", "category": "pumps", "better_version_id": "P2"},
    {"product_id": "P2", "category": "pumps"},
    {"product_id": "P3", "category": "seals"},
]


def bare(account: str, day: str, net: float, **more: object) -> Row:
    """Write a line of a date, an account and an amount, and nothing else unless it is given."""
    return line(account, day, net, **{"order_id": None, "product_id": None, "quantity": None, **more})


# A bought more, B less, C came, D left
BARE = [
    bare("A", THEN, 100),
    bare("A", NOW, 130),
    bare("B", THEN, 80),
    bare("B", NOW, 60.5),
    bare("C", NOW, 20),
    bare("D", THEN, 7),
]


def moved(rows: pd.DataFrame) -> dict[str, float]:
    """Return the parts of a bridge that are not 0."""
    parts = rows.iloc[1:-1]
    found = dict(zip(parts["part"], parts["amount"], strict=True))
    assert rows["amount"].iloc[0] + sum(found.values()) == pytest.approx(rows["amount"].iloc[-1], abs=1e-9)
    return {part: amount for part, amount in found.items() if amount}


def test_new_and_lost_accounts_are_told_and_the_others_bought_more_or_less() -> None:
    found = bridge(relations(BARE), as_of=AS_OF)

    assert moved(found) == {"more bought": 30, "less bought": -19.5, "new accounts": 20, "lost accounts": -7}


def test_quantities_without_products_divide_nothing_for_units_of_unlike_things_have_no_common_price() -> None:
    counted = [{**row, "quantity": place + 1} for place, row in enumerate(BARE)]

    assert moved(bridge(relations(counted), as_of=AS_OF)) == moved(bridge(relations(BARE), as_of=AS_OF))


def test_products_without_quantities_tell_what_was_added_and_dropped() -> None:
    sales = [
        bare("A", THEN, 100, product_id="P1"),
        bare("A", NOW, 110, product_id="P1"),
        bare("A", THEN, 30, product_id="P2"),
        bare("A", NOW, 40, product_id="P3"),
    ]

    found = bridge(relations(sales, products=PRODUCTS), as_of=AS_OF)

    assert moved(found) == {"more bought": 10, "added products": 40, "dropped products": -30}


def test_lines_with_product_and_quantity_are_divided_beside_those_without() -> None:
    sales = [
        # ten pumps at 10, then twelve at 10
        bare("A", THEN, 100, product_id="P1", quantity=10),
        bare("A", NOW, 120, product_id="P1", quantity=12),
        # of the seals one line has no quantity: price and volume of all of them are unknown
        bare("A", THEN, 50, product_id="P3", quantity=5),
        bare("A", NOW, 30, product_id="P3", quantity=3),
        bare("A", NOW, 30, product_id="P3"),
        bare("A", THEN, 9),
        bare("A", NOW, 4),
    ]

    book = relations(sales, products=PRODUCTS)

    assert moved(bridge(book, as_of=AS_OF)) == {"volume": 20, "more bought": 10, "less bought": -5}
    apart = bridge_table(book, as_of=AS_OF, by=("category",)).set_index("category")
    assert apart["change"].to_dict() == {"pumps": 20, "seals": 10, UNNAMED: -5}
    assert apart["quantity"].fillna(-1).to_dict() == {"pumps": 12, "seals": -1, UNNAMED: -1}


def test_an_empty_comment_line_without_a_quantity_takes_nothing_away() -> None:
    sales = [
        bare("A", THEN, 100, product_id="P1", quantity=10),
        bare("A", NOW, 120, product_id="P1", quantity=12),
        bare("A", NOW, 0, product_id="P1"),
    ]

    assert moved(bridge(relations(sales, products=PRODUCTS), as_of=AS_OF)) == {"volume": 20}


@pytest.mark.parametrize("measure", ["revenue", "margin"])
@pytest.mark.parametrize("seed", range(5))
def test_parts_add_up_at_every_grain_whatever_is_unknown(measure: str, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - any books will do
    sales = [
        bare(
            chance.choice("ABC"),
            chance.choice([THEN, NOW]),
            round(chance.uniform(-20, 90), 2),
            product_id=chance.choice(["P1", "P3", None]),
            quantity=chance.choice([None, 1, 2, -1]),
            list_amount=chance.choice([None, 95.0]),
            cost_amount=chance.choice([None, 31.17]),
        )
        for _ in range(40)
    ]
    book = relations(sales, products=PRODUCTS)

    whole = bridge(book, as_of=AS_OF, measure=measure)
    moved(whole)
    for by in ("account", "category"):
        apart = bridge_table(book, as_of=AS_OF, measure=measure, by=(by,))
        totals = (apart["prior"] + apart[list(parts_of(measure))].sum(axis=1)).round(6)
        assert totals.dropna().tolist() == apart["current"].round(6)[totals.notna()].tolist()
        assert apart["current"].sum() == pytest.approx(whole["amount"].iloc[-1])


def test_margin_and_discount_need_no_quantity_the_sign_of_the_amount_tells_a_sale() -> None:
    sales = [
        bare("A", NOW, 90, list_amount=100, cost_amount=60),
        bare("A", NOW, 0, list_amount=10, cost_amount=6),  # given away
        bare("A", NOW, -9, list_amount=-10, cost_amount=-6),  # sent back
    ]

    found = accounts(relations(sales), as_of=AS_OF).iloc[0]

    assert (found["revenue"], found["margin"], found["listed"]) == (81, 21, 110)
    assert found["discount_rate"] == pytest.approx(1 - 90 / 110)
    margin = bridge(relations([*sales, bare("A", THEN, 50, cost_amount=20)]), as_of=AS_OF, measure="margin")
    assert moved(margin) == {"less bought": -9}


def test_a_month_with_a_line_without_quantity_has_no_quantity() -> None:
    sales = [bare("A", "2026-03-01", 5, quantity=2), bare("A", "2026-03-02", 5), bare("A", "2026-04-01", 5, quantity=3)]

    assert monthly(relations(sales), as_of=AS_OF)["quantity"].fillna(-1).tolist() == [-1, 3]


def test_what_was_bought_without_a_product_is_named_so_among_the_categories() -> None:
    sales = [bare("A", NOW, 70), bare("A", NOW, 30, product_id="P1"), bare("A", NOW, 5, product_id="P9")]

    found = categories(seen(relations(sales, products=PRODUCTS), only=["A"]), as_of=AS_OF)

    assert found["category"].tolist() == [UNNAMED, "pumps", "without a category"]
    assert found["products"].fillna(-1).tolist() == [-1, 1, 1]


def test_accounts_that_name_no_product_have_no_gaps_and_are_nobody_s_peers() -> None:
    sales = [bare("A", NOW, 100, product_id="P1"), bare("B", NOW, 90, product_id="P3"), bare("C", NOW, 500)]
    rival = {"competitor_id": "X", "account_id": "C", "rival": "R", "category": "pumps", "state": "holds"}
    book = relations(sales, products=PRODUCTS, competitors=[rival])

    assert baskets(book, as_of=AS_OF).units["account_id"].tolist() == ["A", "B"]
    assert set(white_space(book, as_of=AS_OF)["account_id"]) == {"A", "B"}
    assert "C" not in set(white_space_value(book, as_of=AS_OF)["account_id"])
    assert competitors(book, as_of=AS_OF)["category_revenue"].isna().all()


def test_a_better_version_has_a_price_only_where_units_are_counted() -> None:
    both = [bare("A", NOW, 100, product_id="P1"), bare("A", NOW, 30, product_id="P2")]
    counted = [
        *both,
        bare("A", NOW, 10, product_id="P1", quantity=10),
        bare("A", NOW, 15, product_id="P2", quantity=10),
    ]

    unknown = up_sell(relations(both, products=PRODUCTS), as_of=AS_OF).iloc[0]
    known = up_sell(relations(counted, products=PRODUCTS), as_of=AS_OF).iloc[0]

    assert unknown["spend"] == 100
    assert pd.isna(unknown["gain"])
    assert unknown["why"].endswith("what a unit brings is unknown, since the sales have no quantity of it.")
    assert (known["price_step"], known["gain"]) == (pytest.approx(0.5), pytest.approx(55))


def test_no_discount_is_held_against_a_volume_that_nobody_knows() -> None:
    sales = [
        bare("A", THEN, 100, product_id="P1", list_amount=100),
        bare("A", NOW, 80, product_id="P1", list_amount=100),
    ]

    cells = bridge_table(relations(sales, products=PRODUCTS), as_of=AS_OF, by=("account", "manager", "category"))

    assert discount_erosion(cells).empty
