"""The bridge: each part as defined, the parts add up to the cent at every grain, and what is unknown stays so."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.errors import QuestionError
from kam.money.bridge import PARTS, SPLITS, bridge, bridge_summary, bridge_table, parts_of
from kam.money.erosion import discount_erosion
from tests.relations import line, relations, seen

Line = dict[str, Any]

AS_OF = dt.date(2026, 9, 30)
THEN, NOW = "2025-03-10", "2026-03-10"
TABLES: Mapping[str, list[Line]] = {
    "accounts": [
        {
            "account_id": "A",
            "name": "Alder",
            "parent_id": "G",
            "region": "north",
            "industry": "steel",
            "manager_id": "M",
        },
        {"account_id": "B", "parent_id": "G", "region": "south", "industry": "steel"},
        {"account_id": "C", "region": "north"},
        {"account_id": "G"},
    ],
    "managers": [{"manager_id": "M", "name": "Mia"}],
    "products": [
        {"product_id": "P1", "category": "pumps"},
        {"product_id": "P2", "category": "pumps"},
        {"product_id": "P3", "category": "seals"},
        {"product_id": "P4"},
    ],
}


def item(account: str, product: str, day: str, quantity: float, net: float, **more: float | None) -> Line:
    """Write a line of so many units."""
    return dict(line(account, day, net, product_id=product, quantity=quantity, **more))


BOOK = [
    # pumps of A: P1 from 10 units at list 10, 20 % off, to 20 at list 12, 25 % off; P2 from 10 at 4 to 5 at 4
    item("A", "P1", THEN, 10, 80, list_amount=100, cost_amount=50),
    item("A", "P1", NOW, 20, 180, list_amount=240, cost_amount=120),
    item("A", "P2", THEN, 10, 40, list_amount=40, cost_amount=20),
    item("A", "P2", NOW, 5, 20, list_amount=20, cost_amount=10),
    # seals of A: no list price a year ago, and no cost now
    item("A", "P3", THEN, 4, 40, cost_amount=10),
    item("A", "P3", NOW, 2, 30, list_amount=40),
    # B dropped P1, added P4 and sent back more of P3 than it bought
    item("B", "P1", THEN, 1, 7, cost_amount=3),
    item("B", "P4", NOW, 1, 9, cost_amount=4),
    item("B", "P3", THEN, 1, 5, cost_amount=2),
    item("B", "P3", NOW, -2, -10, cost_amount=-4),
    # C is new; G, the parent, is lost
    item("C", "P1", NOW, 1, 11, cost_amount=6),
    item("G", "P1", THEN, 1, 6, cost_amount=2),
]


def frame(amounts: dict[str, float], uncovered: tuple[float, float] = (0.0, 0.0)) -> pd.DataFrame:
    """Write a bridge of a few parts; the others are 0."""
    measure = "margin" if "unit cost" in amounts else "revenue"
    parts = ["prior", *parts_of(measure).values(), "current"]
    beside = [uncovered[0], *[np.nan] * (len(parts) - 2), uncovered[1]]
    return pd.DataFrame({"part": parts, "amount": [amounts.get(part, 0.0) for part in parts], "uncovered": beside})


REVENUE = {
    "prior": 178.0,
    "list price": 32.0,  # (12 − 10) · 0.8 · 20
    "discount": -12.0,  # −12 · (0.25 − 0.20) · 20
    "price, list unknown": 10.0,  # (15 − 10) · 2
    "volume": 10.0,  # pumps (25 − 20) · 120/20 = 30; seals (2 − 4) · 10 = −20
    "mix": 30.0,  # pumps 8 · 20 + 4 · 5 − 25 · 6
    "added products": 9.0,
    "dropped products": -7.0,
    "new accounts": 11.0,
    "lost accounts": -6.0,
    "returns and other": -15.0,
    "current": 240.0,
}
MARGIN = {
    "prior": 61.0,  # 30 + 20 + 4 + 3 + 4
    "list price": 32.0,
    "discount": -12.0,
    "unit cost": -20.0,  # −(6 − 5) · 20
    "volume": 12.5,  # (25 − 20) · 50/20
    "mix": 7.5,  # 3 · 20 + 2 · 5 − 25 · 2.5
    "added products": 5.0,
    "dropped products": -4.0,
    "new accounts": 5.0,
    "lost accounts": -4.0,
    "returns and other": -9.0,  # −6 after 3
    "current": 74.0,
}


def opened(book: Sequence[Line]) -> duckdb.DuckDBPyConnection:
    return relations(book, **TABLES)


def test_a_dozen_lines_by_hand() -> None:
    connection = opened(BOOK)
    pd.testing.assert_frame_equal(bridge(connection, as_of=AS_OF), frame(REVENUE))
    pd.testing.assert_frame_equal(
        bridge(connection, as_of=AS_OF, measure="margin"),
        frame(MARGIN, (40.0, 30.0)),  # A's seals
    )


def test_a_bridge_told_apart_by_category_and_of_one_category() -> None:
    cursor = opened(BOOK)
    table = bridge_table(cursor, as_of=AS_OF, by=("category",)).set_index("category")
    assert table.index.tolist() == ["pumps", "seals", "without a category"]  # by the size of the change
    assert table["change"].tolist() == [78.0, -25.0, 9.0]
    assert list(table.loc["seals", ["price_unlisted", "volume", "other"]]) == [10.0, -20.0, -15.0]
    one = bridge(cursor, as_of=AS_OF, category="seals").set_index("part")["amount"]
    assert one["current"] == table.loc["seals", "current"] == 20.0
    # C is new by all it buys, not by what it buys of a category
    assert bridge(cursor, as_of=AS_OF, category="pumps").set_index("part").loc["new accounts", "amount"] == 11.0


def test_a_parent_s_subsidiaries_are_one_account_at_its_level() -> None:
    cursor = opened(BOOK)
    grouped = bridge_table(cursor, as_of=AS_OF, by=("parent",)).set_index("account_id")
    assert list(grouped.loc["G", ["lost", "dropped", "added"]]) == [-6.0, -7.0, 9.0]
    rolled = bridge_table(seen(cursor, level="parent"), as_of=AS_OF, by=("account",)).set_index("account_id")
    # P1 goes on in the group: nothing was lost or dropped
    assert list(rolled.loc["G", ["lost", "dropped", "added", "won"]]) == [0.0, 0.0, 9.0, 0.0]
    assert list(rolled.loc["G", ["prior", "current"]]) == list(grouped.loc["G", ["prior", "current"]])


def test_an_account_s_manager_region_and_name_stand_beside_its_bridge() -> None:
    found = bridge_table(opened(BOOK), as_of=AS_OF, by=("account", "manager", "region"))
    rows = found[["account_id", "name", "manager", "region", "change"]].astype(object).where(found.notna(), None)
    assert rows.to_numpy().tolist() == [
        ["A", "Alder", "Mia", "north", 70.0],
        ["B", "B", None, "south", -13.0],
        ["C", "C", None, "north", 11.0],
        ["G", "G", None, None, -6.0],
    ]


def test_units_sold_without_a_list_price_leave_the_whole_price_effect_undivided() -> None:
    book = [
        item("A", "P1", THEN, 10, 80, list_amount=100),
        item("A", "P1", NOW, 10, 90, list_amount=110),
        item("A", "P1", NOW, 1, 10),
    ]
    found = bridge(opened(book), as_of=AS_OF).set_index("part")["amount"]
    assert found[["list price", "discount", "price, list unknown"]].tolist() == [0.0, 0.0, 12.0]  # 100 − 8 · 11
    returned = [*book[:2], item("A", "P1", NOW, -1, -9)]
    found = bridge(opened(returned), as_of=AS_OF).set_index("part")["amount"]
    assert found[["list price", "discount", "price, list unknown"]].tolist() == [7.2, 1.8, 0.0]  # of 9 units


MONEY = st.integers(-20_000, 20_000).map(lambda cents: cents / 100)
AMOUNT = st.none() | st.integers(1, 20_000).map(lambda cents: cents / 100)
DAYS = st.sampled_from(
    ["2024-06-30", "2024-10-01", "2025-03-10", "2025-09-30", "2025-10-01", "2026-05-05", "2026-11-01"]
)
LINES = st.lists(
    st.builds(
        lambda account, product, day, quantity, net, listed, cost: item(
            account, product, day, quantity, net, list_amount=listed, cost_amount=cost
        ),
        st.sampled_from("ABCG"),
        st.sampled_from(["P1", "P2", "P3", "P4"]),
        DAYS,
        st.integers(-2, 7),
        MONEY,
        AMOUNT,
        AMOUNT,
    ),
    max_size=30,
)


def exact(book: list[Line], measure: str) -> dict[str, Fraction]:
    """Compute the bridge from the lines by the definition, in fractions."""
    windows: dict[tuple, dict[int, list[Line]]] = defaultdict(lambda: {0: [], 1: []})
    seen: dict[int, set[str]] = {0: set(), 1: set()}
    for row in book:
        day = row["order_date"]
        window = 0 if dt.date(2024, 10, 1) <= day < dt.date(2025, 10, 1) else 1
        if dt.date(2024, 10, 1) <= day <= AS_OF:
            windows[row["account_id"], row["product_id"]][window].append(row)
            seen[window].add(row["account_id"])
    parts: dict[str, Fraction] = defaultdict(Fraction)
    cells: dict[tuple, list[tuple]] = defaultdict(list)
    categories = {row["product_id"]: row.get("category") for row in TABLES["products"]}
    for (account, product), lines in windows.items():
        counted = {w: [r for r in lines[w] if measure == "revenue" or r["cost_amount"] is not None] for w in (0, 1)}
        if any(lines[w] and not counted[w] for w in (0, 1)):
            continue
        q = [Fraction(sum(r["quantity"] for r in counted[w])) for w in (0, 1)]
        r = [Fraction(sum(Fraction(str(r["net_amount"])) for r in counted[w])) for w in (0, 1)]
        c = [sum(Fraction(str(r["cost_amount"])) for r in counted[w]) if measure == "margin" else 0 for w in (0, 1)]
        parts["prior"] += r[0] - c[0]
        parts["current"] += r[1] - c[1]
        if q[0] > 0 and q[1] > 0:
            p, cost = [r[w] / q[w] for w in (0, 1)], [Fraction(c[w]) / q[w] for w in (0, 1)]
            listed = [[r for r in counted[w] if r["list_amount"] is not None and r["quantity"] > 0] for w in (0, 1)]
            bare = [r for w in (0, 1) for r in counted[w] if r not in listed[w] and r["net_amount"] >= 0]
            if all(listed) and not any(r["net_amount"] > 0 for r in bare):
                price = [
                    sum(Fraction(str(r["list_amount"])) for r in listed[w]) / sum(r["quantity"] for r in listed[w])
                    for w in (0, 1)
                ]
                off = [1 - p[w] / price[w] for w in (0, 1)]
                parts["list price"] += (price[1] - price[0]) * (1 - off[0]) * q[1]
                parts["discount"] -= price[1] * (off[1] - off[0]) * q[1]
            else:
                parts["price, list unknown"] += (p[1] - p[0]) * q[1]
            parts["unit cost"] -= (cost[1] - cost[0]) * q[1]
            cells[account, categories[product]].append((q[0], q[1], p[0] - cost[0]))
            continue
        part = (
            "new accounts"
            if account not in seen[0]
            else "lost accounts"
            if account not in seen[1]
            else "added products"
            if not lines[0]
            else "dropped products"
            if not lines[1]
            else "returns and other"
        )
        parts[part] += r[1] - c[1] - r[0] + c[0]
    for items in cells.values():
        q0, q1 = sum(i[0] for i in items), sum(i[1] for i in items)
        mean = sum(i[0] * i[2] for i in items) / q0
        parts["volume"] += (q1 - q0) * mean
        parts["mix"] += sum(i[1] * i[2] for i in items) - q1 * mean
    return parts


@settings(max_examples=12)
@given(LINES, st.sampled_from(["revenue", "margin"]))
def test_every_part_is_what_its_definition_says(book: list[Line], measure: str) -> None:
    book = [item("G", "P4", "2024-06-30", 1, 1, cost_amount=1, list_amount=None), *book]
    found = bridge(opened(book), as_of=AS_OF, measure=measure).set_index("part")["amount"]
    if found.isna().all():
        assert not any(exact(book, measure).values())
        return
    expected = {part: float(exact(book, measure).get(part, 0)) for part in found.index}
    assert found.to_dict() == pytest.approx(expected, abs=0.0002 * len(book))


@settings(max_examples=5)
@given(LINES, st.sampled_from(["revenue", "margin"]), st.sampled_from(["account", "parent"]), st.randoms())
def test_parts_add_up_at_every_grain_and_grains_add_up_to_all(
    book: list[Line], measure: str, level: str, shuffler: Random
) -> None:
    connection = seen(opened([item("G", "P4", "2024-06-30", 1, 1), *book]), level=level)
    whole = bridge_table(connection, as_of=AS_OF, measure=measure)
    columns = ["prior", *parts_of(measure), "current"]
    for by in [(each,) for each in SPLITS] + [("account", "category")]:
        apart = bridge_table(connection, as_of=AS_OF, measure=measure, by=by)
        totals = (apart["prior"] + apart[list(parts_of(measure))].sum(axis=1)).round(6)
        assert totals[apart["prior"].notna()].tolist() == apart["current"].dropna().round(6).tolist()
        assert apart[columns].sum().round(6).tolist() == whole[columns].fillna(0).iloc[0].round(6).tolist()
        uncovered = ["prior_uncovered", "uncovered"]
        assert apart[uncovered].sum().round(6).tolist() == whole[uncovered].fillna(0).iloc[0].round(6).tolist()
    mixed = list(book)
    shuffler.shuffle(mixed)
    again = seen(opened([item("G", "P4", "2024-06-30", 1, 1), *mixed]), level=level)
    pd.testing.assert_frame_equal(
        bridge_table(again, as_of=AS_OF, measure=measure, by=("account",)),
        bridge_table(connection, as_of=AS_OF, measure=measure, by=("account",)),
    )


@settings(max_examples=4)
@given(LINES)
def test_money_a_hundredfold_makes_every_part_a_hundredfold_and_smaller_units_make_none_other(book: list[Line]) -> None:
    def amounts(money: int, units: int) -> np.ndarray:
        scaled = [
            {**row, "quantity": row["quantity"] * units}
            | {
                name: None if row[name] is None else round(row[name] * money, 2)
                for name in ("net_amount", "list_amount", "cost_amount")
            }
            for row in book
        ]
        return bridge(opened(scaled), as_of=AS_OF)["amount"].to_numpy(dtype=float)

    plain = amounts(1, 1)
    np.testing.assert_allclose(amounts(100, 1), plain * 100, atol=0.02 * (1 + len(book)))
    np.testing.assert_allclose(amounts(1, 12), plain, atol=0.0002 * (1 + len(book)))


def test_without_a_year_before_the_parts_are_unknown() -> None:
    found = bridge(opened([item("A", "P1", NOW, 1, 10)]), as_of=AS_OF)["amount"]
    assert found.iloc[:-1].isna().all()
    assert found.iloc[-1] == 10.0


def test_without_any_cost_the_margin_bridge_is_unknown_and_all_revenue_is_uncovered() -> None:
    found = bridge(opened([item("A", "P1", THEN, 1, 7), item("A", "P1", NOW, 1, 10)]), as_of=AS_OF, measure="margin")
    assert found["amount"].isna().all()
    assert found["uncovered"].dropna().tolist() == [7.0, 10.0]


def test_an_empty_book_has_one_row_of_the_unknown_and_none_told_apart() -> None:
    cursor = opened([])
    assert bridge(cursor, as_of=AS_OF)["amount"].isna().all()
    assert bridge_table(cursor, as_of=AS_OF, by=("region",)).empty
    full, empty = opened(BOOK), bridge(cursor, as_of=AS_OF)
    pd.testing.assert_series_equal(empty.dtypes, bridge(full, as_of=AS_OF).dtypes)


def test_what_a_bridge_cannot_be_is_said() -> None:
    cursor = opened(BOOK)
    with pytest.raises(QuestionError, match="revenue, margin"):
        bridge(cursor, as_of=AS_OF, measure="profit")
    with pytest.raises(QuestionError, match="manager, region, industry, category, account, parent"):
        bridge(cursor, as_of=AS_OF, by="name; drop table sales")


def test_the_summary_tells_price_volume_products_and_accounts_together() -> None:
    found = bridge_summary(frame(REVENUE))
    assert dict(zip(found["part"], found["amount"], strict=True)) == {
        "prior": 178.0,
        "price": 30.0,
        "volume and mix": 40.0,
        "more and less bought": 0.0,
        "added and dropped products": 2.0,
        "new and lost accounts": 5.0,
        "returns and other": -15.0,
        "current": 240.0,
    }
    unknown = bridge_summary(frame(dict.fromkeys(["prior", *PARTS.values(), "current"], np.nan)))
    assert unknown["amount"].isna().all()


def test_discounts_that_rose_without_volume_are_listed_with_what_they_cost() -> None:
    book = [
        # A: 10 % more discount on as many pumps; on seals, too, but twice the units
        item("A", "P1", THEN, 10, 90, list_amount=100),
        item("A", "P1", NOW, 10, 88, list_amount=110),
        item("A", "P3", THEN, 10, 90, list_amount=100),
        item("A", "P3", NOW, 20, 160, list_amount=200),
        # B: 5 % more on fewer units
        item("B", "P1", THEN, 10, 100, list_amount=100),
        item("B", "P1", NOW, 8, 76, list_amount=80),
        # C: the rate rose for it buys the discounted product instead
        item("C", "P1", THEN, 10, 100, list_amount=100),
        item("C", "P2", NOW, 10, 80, list_amount=100),
    ]
    cells = bridge_table(opened(book), as_of=AS_OF, by=("account", "manager", "category"))
    expected = pd.DataFrame(
        {
            "account_id": ["A", "B"],
            "name": ["Alder", "B"],
            "manager": ["Mia", None],
            "category": ["pumps"] * 2,
            "cost": [11.0, 4.0],
            "prior_discount_rate": [0.1, 0.0],
            "discount_rate": [0.2, 0.05],
            "rise": [0.1, 0.05],
            "prior_quantity": [10.0, 10.0],
            "quantity": [10.0, 8.0],
            "volume_change": [0.0, -0.2],
            "revenue": [88.0, 76.0],
        }
    ).astype(dict.fromkeys(["account_id", "name", "manager", "category"], "str"))
    pd.testing.assert_frame_equal(discount_erosion(cells), expected)
    assert discount_erosion(cells.iloc[:0]).columns.tolist() == expected.columns.tolist()
