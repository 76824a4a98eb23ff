"""What accounts do not buy yet: states that partition, values that can be worked out by hand, and who is a peer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kam.opportunities.noted import registers
from kam.opportunities.peer_buyers import best_sign, peer_buyers
from kam.opportunities.white_space import white_space, white_space_value
from kam.opportunities.words_white_space import GAP, SOLD, STATES
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
PRODUCTS: list[Row] = [
    {"product_id": "P", "category": "Pumps"},
    {"product_id": "V", "category": "Valves"},
    {"product_id": "S", "category": "Seals"},
    {"product_id": "N"},
]
NOTHING: Mapping[str, Sequence[Row]] = MappingProxyType({})
SPEND: Mapping[str, Mapping[str, float]] = {
    "A": {"P": 100},
    "B": {"P": 120, "V": 80},
    "C": {"P": 300, "V": 100, "N": 100},
    "D": {"V": 800},
    "E": {"P": 50},
}
INDUSTRIES = {"A": "Dairy", "B": "Dairy", "C": "Dairy", "D": "Steel"}


def sales(
    spend: Mapping[str, Mapping[str, float]] = SPEND, *, money: float = 1.0, day: str = "2026-05-01"
) -> list[Row]:
    return [
        line(account, day, money * amount, product_id=product)
        for account, items in spend.items()
        for product, amount in items.items()
    ]


def accounts(industries: dict[str, str] = INDUSTRIES) -> list[Row]:
    return [{"account_id": account, "industry": industry} for account, industry in industries.items()]


def cells(
    rows: Sequence[Row] | None = None, tables: Mapping[str, Sequence[Row]] = NOTHING, *, level: str = "account"
) -> pd.DataFrame:
    around: dict[str, Sequence[Row]] = {"accounts": accounts(), "products": PRODUCTS, **tables}
    return white_space(seen(relations(sales() if rows is None else rows, **around), level), as_of=AS_OF)


def state_of(frame: pd.DataFrame, account: str, category: str) -> str:
    return str(frame.set_index(["account_id", "category"]).loc[(account, category), "state"])


def test_gaps_worked_out_by_hand() -> None:
    """Valves: the buyers B, C, D spend 0.4, 0.2 and all of their revenue on it, in the middle 0.4."""
    frame = cells()

    found = frame[frame["state"] == GAP].dropna(subset="expected_value").reset_index(drop=True)
    # A: 3 of 4 others buy valves, both its dairy peers do. D: 4 of 4 others buy pumps, no peer in steel.
    # E: industry unknown, so its peers are all others: 3 of 4 buy valves.
    share = [1.0, (10 * 0.75 + 2) / 12, (10 * 0.75 + 3) / 14]
    spend = [0.8, 0.4, 0.4]  # pumps: 1, 0.6, 0.6, 1
    expected = pd.DataFrame(
        {
            "account_id": ["D", "A", "E"],
            "category": ["Pumps", "Valves", "Valves"],
            "peer_share": share,
            "spend_share": spend,
            "expected_value": [800 * 0.8, 100 * 0.4 * share[1], 50 * 0.4 * share[2]],
            "peers": [0, 2, 4],
            "peer_buyers": [0, 2, 3],
            "book_share": [1.0, 0.75, 0.75],
            "account_revenue": [800.0, 100.0, 50.0],
        }
    )
    assert_frame_equal(found[expected.columns.tolist()], expected, check_dtype=False)
    assert found["why"].tolist() == [
        "It has no peer to be held against; this is how many of the whole book buy it.",
        "2 of 2 peers buy it.",
        "3 of 4 accounts nearest in size buy it.",
    ]


def test_a_category_that_nobody_buys_is_a_gap_without_a_value_and_says_so() -> None:
    seals = cells().query("category == 'Seals'")

    assert set(seals["state"]) == {GAP}
    assert seals["expected_value"].isna().all()
    assert set(seals["why"]) == {"No customer buys it yet, so nobody can say what it would bring."}


def test_products_without_a_category_count_in_revenue_and_in_no_cell() -> None:
    own = cells().query("account_id == 'C'")

    assert own["account_revenue"].unique().tolist() == [500]
    assert own["revenue"].sum() == 400


@pytest.mark.parametrize(
    ("noted", "state"),
    [
        ({}, GAP),
        ({"opportunities": [{"stage": "proposed"}]}, "open opportunity"),
        ({"opportunities": [{"stage": None}]}, "open opportunity"),
        ({"opportunities": [{"stage": "lost", "closed_on": dt.date(2026, 9, 30)}]}, GAP),
        ({"opportunities": [{"stage": "lost", "closed_on": dt.date(2026, 10, 1)}]}, "open opportunity"),
        ({"opportunities": [{"stage": "proposed", "opened_on": dt.date(2026, 10, 1)}]}, GAP),
        ({"opportunities": [{"stage": "not eligible"}]}, "not eligible"),
        ({"opportunities": [{"stage": "not eligible"}, {"stage": "found"}]}, "open opportunity"),
        ({"opportunities": [{"stage": "found", "category": None, "product_id": "V"}]}, "open opportunity"),
        ({"opportunities": [{"stage": "found", "category": "  vaLVes "}]}, "open opportunity"),
        ({"opportunities": [{"stage": "found", "category": "Boats"}]}, GAP),
        ({"competitors": [{"state": "holds"}]}, "rival holds it"),
        ({"competitors": [{"state": "attacks"}]}, GAP),
        ({"competitors": [{"state": "holds", "noted_on": dt.date(2026, 10, 1)}]}, GAP),
        (
            {
                "competitors": [
                    {"state": "holds", "noted_on": dt.date(2026, 1, 1)},
                    {"state": "left", "noted_on": dt.date(2026, 2, 1)},
                ]
            },
            GAP,
        ),
        ({"competitors": [{"state": "holds"}], "opportunities": [{"stage": "found"}]}, "open opportunity"),
        ({"competitors": [{"state": "holds"}], "opportunities": [{"stage": "not eligible"}]}, "rival holds it"),
        ({"competitors": [{"state": "holds", "category": None}]}, GAP),
    ],
)
def test_what_is_written_down_of_a_category_not_sold(noted: Mapping[str, Sequence[Row]], state: str) -> None:
    assert state_of(cells(tables=_rows(noted)), "A", "Valves") == state
    assert state_of(cells(tables=_rows(noted)), "A", "Pumps") == SOLD


def _rows(noted: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    common: Row = {"account_id": "A", "category": "Valves"}
    needed = {"opportunities": {"title": "T"}, "competitors": {"rival": "R"}}
    keys = {"opportunities": "opportunity_id", "competitors": "competitor_id"}
    return {
        table: [{keys[table]: str(number), **common, **needed[table], **row} for number, row in enumerate(rows)]
        for table, rows in noted.items()
    }


def test_what_is_sold_is_sold_whatever_is_written_down() -> None:
    noted = {"opportunities": [{"stage": "not eligible", "category": "Pumps"}], "competitors": [{"state": "holds"}]}
    assert state_of(cells(tables=_rows(noted)), "A", "Pumps") == SOLD


def test_the_register_sums_what_is_open_and_names_the_rivals() -> None:
    noted = {
        "opportunities": [
            {"stage": "found", "worth": 5},
            {"stage": "proposed", "worth": 7},
            {"stage": "won", "worth": 9},
            {"stage": "lost", "closed_on": dt.date(2026, 2, 3)},
        ],
        "competitors": [{"state": "holds", "rival": "Z"}, {"state": "holds", "rival": "Y"}],
    }
    found = registers(relations(sales(), products=PRODUCTS, **_rows(noted)), as_of=AS_OF)
    assert found.to_dict("records") == [
        {
            "account_id": "A",
            "category": "valves",
            "is_open": True,
            "worth": 12.0,
            "is_ruled_out": False,
            "lost_on": pd.Timestamp("2026-02-03"),
            "rivals": "Y, Z",
        }
    ]


def test_a_lost_offer_is_remembered_in_the_reason() -> None:
    noted = {"opportunities": [{"stage": "lost", "closed_on": dt.date(2026, 2, 3)}]}
    why = cells(tables=_rows(noted)).set_index(["account_id", "category"]).loc[("A", "Valves"), "why"]
    assert why == "2 of 2 peers buy it. An offer was lost in Feb 2026."


def test_subsidiaries_roll_up_with_their_registers() -> None:
    family = [{"account_id": "A"}, {"account_id": "B", "parent_id": "A"}]
    noted = {"opportunities": [{"stage": "found", "account_id": "B", "category": "Seals"}]}
    frame = cells(tables={"accounts": family, **_rows(noted)}, level="parent")
    assert set(frame["account_id"]) == {"A", "C", "D", "E"}
    assert state_of(frame, "A", "Valves") == SOLD
    assert state_of(frame, "A", "Seals") == "open opportunity"


@pytest.mark.parametrize("products", [[], [{"product_id": "P"}], [{"product_id": "P", "category": " "}]])
def test_without_categories_there_are_no_cells_and_the_value_is_unknown(products: list[Row]) -> None:
    book = relations(sales(), accounts=accounts(), products=products)
    frame = white_space(book, as_of=AS_OF)
    assert frame.empty
    assert frame[["expected_value", "peer_share", "lift"]].dtypes.astype(str).tolist() == ["float64"] * 3
    assert white_space_value(book, as_of=AS_OF)["white_space"].isna().all()


def test_an_account_alone_cannot_be_held_against_anybody() -> None:
    frame = cells(sales({"A": {"P": 1.0}}))
    assert frame["expected_value"].isna().all()
    assert white_space(relations(), as_of=AS_OF).empty


def test_what_an_account_could_be_sold_is_its_gaps_and_what_is_being_worked() -> None:
    def value(noted: Mapping[str, Sequence[Row]]) -> float:
        book = relations(sales(), accounts=accounts(), products=PRODUCTS, **_rows(noted))
        found = white_space_value(book, as_of=AS_OF)
        return float(found.loc[found["account_id"] == "A", "white_space"].iloc[0])

    gap = 100 * 0.4 * 9.5 / 12
    assert value({}) == pytest.approx(gap)
    assert value({"opportunities": [{"stage": "found"}]}) == pytest.approx(gap)
    assert np.isnan(value({"opportunities": [{"stage": "not eligible"}]}))  # nobody can say what seals would bring
    assert value({"opportunities": [{"stage": "not eligible"}, {"stage": "not eligible", "category": "Seals"}]}) == 0


SPENDS = st.dictionaries(
    st.sampled_from("ABCDEFGH"),
    st.dictionaries(st.sampled_from("PVSN"), st.integers(-50, 1000), min_size=1),
    min_size=1,
)
STAGES = st.sampled_from(["found", "lost", "not eligible", "won"])
NOTES = st.lists(
    st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from(["Pumps", "Valves", "Seals"]), STAGES), max_size=6
)


@given(SPENDS, NOTES, st.data())
@settings(max_examples=12, deadline=None)
def test_states_partition_the_cells_and_only_gaps_have_a_value(
    spend: dict[str, dict[str, float]], notes: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    industries = {account: data.draw(st.sampled_from(["X", "Y"])) for account in spend}
    opportunities = [
        {"opportunity_id": str(number), "account_id": account, "title": "T", "category": category, "stage": stage}
        for number, (account, category, stage) in enumerate(notes)
    ]
    tables: dict[str, Sequence[Row]] = {"accounts": accounts(industries), "opportunities": opportunities}
    frame = cells(sales(spend), tables)
    active = [account for account, items in spend.items() if sum(items.values()) > 0]
    assert sorted(zip(frame["account_id"], frame["category"], strict=True)) == sorted(
        (account, category) for account in active for category in ("Pumps", "Valves", "Seals")
    )
    assert set(frame["state"]) <= set(STATES)
    assert ((frame["state"] == SOLD) == (frame["revenue"] > 0)).all()
    assert frame.loc[frame["state"] != GAP, ["expected_value", "value_low", "value_high", "why"]].isna().all(axis=None)
    valued = frame.dropna(subset="expected_value")
    assert (valued["value_low"] <= valued["expected_value"]).all()
    assert (valued["expected_value"] <= valued["value_high"]).all()
    assert (valued["value_low"] >= 0).all()
    assert frame["peer_share"].dropna().between(0, 1).all()
    twice = cells(list(reversed(sales(spend, money=4.0))), tables)
    money = ["expected_value", "value_low", "value_high", "peer_value", "revenue", "account_revenue"]
    keys = ["account_id", "category"]
    grown = frame.assign(**{name: 4.0 * frame[name] for name in money})
    assert_frame_equal(twice.sort_values(keys, ignore_index=True), grown.sort_values(keys, ignore_index=True))


SIZES = st.lists(
    st.tuples(st.integers(1, 50), st.sampled_from(["X", "Y", None]), st.booleans()), min_size=1, max_size=12
)


@given(SIZES, st.integers(1, 5), st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_peers_are_the_nearest_run_of_the_industry_in_whatever_order_they_come(
    rows: list[tuple[int, str | None, bool]], peers: int, seed: int
) -> None:
    units = pd.DataFrame(
        {
            "account_id": [f"A{number:02}" for number in range(len(rows))],
            "industry": [row[1] for row in rows],
            "revenue": [float(row[0]) for row in rows],
            "buys": [row[2] for row in rows],
        }
    ).astype({"industry": "str"})
    found = _peers(units, peers)
    mixed = units.sample(frac=1, random_state=seed, ignore_index=True)
    assert_frame_equal(_peers(mixed, peers), found)
    for _, row in units.iterrows():
        account = row["account_id"]
        among = units[units["industry"].eq(row["industry"]) | pd.isna(row["industry"])]
        ordered = among.sort_values(["revenue", "account_id"], ignore_index=True)
        size = np.log(ordered["revenue"])
        own = ordered.index[ordered["account_id"] == account][0]
        many = min(peers, len(ordered) - 1)
        starts = [start for start in range(own, own - many - 1, -1) if 0 <= start < len(ordered) - many]
        reach = [round(max(size[own] - size[start], size[start + many] - size[own]), 12) for start in starts]
        best = [start for start, far in zip(starts, reach, strict=True) if far == min(reach)]
        counts = {int(ordered["buys"][start : start + many + 1].sum() - row["buys"]) for start in best}
        assert found.loc[account, "peers"] == many
        assert found.loc[account, "buyers"] in counts


def _peers(units: pd.DataFrame, peers: int) -> pd.DataFrame:
    found = peer_buyers(units, units[["buys"]].to_numpy(), peers=peers)
    rows = {"peers": found.peers, "buyers": found.buyers[:, 0]}
    return pd.DataFrame(rows, index=pd.Index(units["account_id"])).sort_index()


def test_lift_by_hand_is_drawn_towards_once() -> None:
    """Of 20 accounts 8 buy the first, 10 the second, 6 both: P(second | first) is 0.75 against 0.5."""
    buys = np.array([[1, 1]] * 6 + [[1, 0]] * 2 + [[0, 1]] * 4 + [[0, 0]] * 8, dtype=bool)
    lift, sign, support = best_sign(buys, prior=0)
    assert (lift[6, 1], sign[6, 1], support[6, 1]) == (1.5, 0, 0.3)
    assert np.isnan(lift[12:]).all()  # they buy nothing that could tell
    drawn, _, _ = best_sign(buys, prior=10)
    assert drawn[6, 1] == pytest.approx((6 + 5) / 18 / 0.5)


def test_fewer_than_five_who_buy_both_are_no_sign() -> None:
    buys = np.array([[1, 1]] * 4 + [[1, 0]] * 9, dtype=bool)
    lift, sign, _ = best_sign(buys, prior=0)
    assert np.isnan(lift).all()
    assert (sign == -1).all()
