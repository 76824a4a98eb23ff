"""How often a change happened: windows counted by hand, and the two ends of every percentile."""

import datetime as dt
from dataclasses import replace

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.plan.objective import Objective
from kam.plan.past import Past
from kam.plan.past_changes import Reach, peers, reach
from tests.relations import line, relations

AS_OF = dt.date(2026, 6, 30)


def monthly(account: str, amounts: list[float], **more: object) -> list:
    first = 7 - len(amounts)
    return [line(account, f"2026-{first + place:02}-10", net, **more) for place, net in enumerate(amounts) if net]


def goal(baseline: float, target: float, **more: object) -> Objective:
    """Write an objective over two months, on windows of one month."""
    row = {
        "metric": "revenue",
        "window_months": 1,
        "baseline": baseline,
        "target": target,
        "starts_on": "2026-07-01",
        "due_on": "2026-08-31",
        **more,
    }
    return Objective.of(row)


def found(sales: list, objective: Objective, **tables: list) -> Reach:
    with relations(sales, **tables) as cursor:
        answer = reach(cursor, Past(cursor, as_of=AS_OF), objective, "A")
    assert answer is not None
    return answer


def test_relative_changes_over_two_months_by_hand() -> None:
    # 100 → 120, 100 → 150, 120 → 60, 150 → 150
    answer = found(monthly("A", [100, 100, 120, 150, 60, 150]), goal(100, 120))

    np.testing.assert_allclose(answer.changes, [-0.5, 0, 0.2, 0.5])
    assert (answer.windows, answer.reached, answer.percentile, answer.accounts) == (4, 2, 0.5, 1)
    assert answer.is_relative
    assert answer.change_at(0.7) == pytest.approx(0.2)


def test_windows_that_begin_while_the_account_is_new_are_left_out() -> None:
    old = monthly("B", [80, 80, 80, 80, 80, 80])
    answer = found([*old, *monthly("A", [50, 100, 100, 100])], goal(100, 120, window_months=2))

    # A's first whole window of two months ends in April: 150 → 200 in June; B: 160 → 160 three times
    np.testing.assert_allclose(answer.changes, [0, 0, 0, 1 / 3])


def test_windows_that_begin_under_a_quarter_of_the_baseline_are_left_out() -> None:
    answer = found(monthly("A", [24, 25, 1000, 50, 500, 500]), goal(100, 120))

    np.testing.assert_allclose(answer.changes, [-0.5, 1.0, 9.0])


def test_from_nothing_what_was_reached_counts() -> None:
    pumps = {"products": [{"product_id": "P1", "category": "pumps"}, {"product_id": "P2", "category": "valves"}]}
    sales = [*monthly("A", [9] * 6, product_id="P2"), *monthly("A", [70, 0, 40], product_id="P1")]
    answer = found(sales, goal(0, 50, category="pumps"), **pumps)

    # nothing in January to March, and in May: 0 → 0, 0 → 70 (Feb → Apr), 0 → 0 (Mar → May); May → July lies ahead
    np.testing.assert_allclose(answer.changes, [0, 0, 70])
    assert (answer.from_nothing, answer.is_relative, answer.reached) == (True, False, 1)


def test_rates_change_in_points_and_a_discount_is_better_when_it_falls() -> None:
    sales = [
        line("A", f"2026-0{month}-10", 100 - off, list_amount=100)
        for month, off in enumerate([10, 20, 10, 15, 12, 15], start=1)
    ]
    answer = found(sales, goal(15, 12, metric="discount rate", unit="%"))

    np.testing.assert_allclose(answer.changes, [-0.02, 0, 0, 0.05], atol=1e-12)
    assert answer.needed == pytest.approx(0.03)
    assert answer.reached == 1


def test_too_short_a_past_has_no_windows() -> None:
    answer = found(monthly("A", [100, 120]), goal(100, 120))

    assert (answer.windows, answer.percentile) == (0, None)


@pytest.mark.parametrize("missing", ["metric", "baseline", "target", "due_on"])
def test_what_is_unsaid_cannot_be_held_against_anything(missing: str) -> None:
    with relations(monthly("A", [1] * 6)) as cursor:
        told = replace(goal(1, 2), **{missing: None})
        assert reach(cursor, Past(cursor, as_of=AS_OF), told, "A") is None


def book_of(sizes: dict[str, tuple[float, str | None]]) -> duckdb.DuckDBPyConnection:
    accounts = [{"account_id": name, "industry": industry} for name, (_, industry) in sizes.items()]
    return relations([line(name, "2026-06-01", size) for name, (size, _) in sizes.items()], accounts=accounts)


def test_peers_are_the_nearest_in_size_of_the_same_industry() -> None:
    sizes: dict[str, tuple[float, str | None]] = {f"S{number:02}": (10 * 2**number, "steel") for number in range(30)}
    with book_of(sizes | {"D": (10, "dairy"), "X": (20, None)}) as cursor:
        past = Past(cursor, as_of=AS_OF)
        names = past.listing["account_id"].to_numpy()

        near = names[peers(past, "S02")].tolist()
        assert near[0] == "S02"
        assert set(near) == {f"S{number:02}" for number in range(25)}
        assert names[peers(past, "D")].tolist()[:2] == ["D", "S00"]  # too few of its industry
        assert names[peers(past, "X")].tolist()[:2] == ["X", "S01"]
        assert "D" in names[peers(past, "S01", whole_book=True)]
        assert len(peers(past, "nobody")) == 24


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.floats(-2, 2))
def test_the_percentile_is_the_share_of_smaller_changes(drawn: list[float], needed: float) -> None:
    own = Reach(needed, 2, np.sort(np.array(drawn)), 1, is_relative=True, from_nothing=False)

    assert own.reached == sum(change >= needed - 1e-9 for change in drawn)
    assert own.percentile == pytest.approx(1 - own.reached / len(drawn))
    assert sum(change <= own.change_at(0.95) for change in drawn) >= 0.95 * (len(drawn) - 1)
