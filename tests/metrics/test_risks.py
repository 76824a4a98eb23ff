"""Risks by expected loss, the sum of all against enumeration, and rivals by hand."""

import datetime as dt
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kam.risks.loss_curve import STEPS, loss_curve
from kam.risks.risk_register import grid, risks
from kam.risks.rivals import competitors, rivals
from tests.relations import line, relations, seen

AS_OF, TODAY = dt.date(2026, 9, 30), dt.date(2026, 10, 5)
SALES = [
    line("A", "2026-01-05", 1000, cost_amount=600, product_id="P1"),
    line("A", "2025-09-30", 9999, cost_amount=1, product_id="P1"),
    line("A", "2026-02-05", 300, product_id="P2"),
    line("B", "2026-03-01", 500, product_id="P1"),
    line("C", "2026-03-01", 100, cost_amount=150, product_id="P1"),
]
PRODUCTS = [{"product_id": "P1", "category": "pumps"}, {"product_id": "P2", "category": "valves"}]
ACCOUNTS = [{"account_id": "A", "name": "Acme", "manager_id": "M1"}]
MANAGERS = [{"manager_id": "M1", "name": "Mina"}]


def risk(name: str, account: str, probability: float, impact: float, **more: object) -> dict[str, object]:
    return {"risk_id": name, "account_id": account, "title": name, "probability": probability, "impact": impact, **more}


RISKS = [
    risk("small", "A", 0.5, 0.1, status="mitigated", due_on=dt.date(2026, 10, 4)),
    risk("large", "A", 0.25, 0.8, status="open", due_on=TODAY),
    risk("over", "A", 1.0, 1.0, status="happened"),
    risk("uncosted", "B", 0.9, 0.9),
    risk("unprofitable", "C", 0.5, 0.5),
    risk("prospect", "D", 0.5, 0.5),
]


def test_the_largest_expected_loss_comes_first_and_the_unknown_is_said() -> None:
    with relations(SALES, risks=RISKS, accounts=ACCOUNTS, managers=MANAGERS) as cursor:
        frame = risks(cursor, as_of=AS_OF, today=TODAY)

    columns = ["risk_id", "account", "manager", "margin_at_risk", "expected_loss", "is_live", "is_overdue", "reason"]
    unknown = "Unknown: no sale of the account within twelve months has a cost."
    expected = pd.DataFrame(
        [
            ("large", "Acme", "Mina", 320.0, 80.0, True, False, None),
            ("small", "Acme", "Mina", 40.0, 20.0, True, True, None),
            ("unprofitable", "C", None, 0.0, 0.0, True, False, "The account brings no margin that could be lost."),
            ("uncosted", "B", None, np.nan, np.nan, True, False, unknown),
            ("prospect", "D", None, np.nan, np.nan, True, False, unknown),
            ("over", "Acme", "Mina", np.nan, np.nan, False, False, "It is over: happened."),
        ],
        columns=columns,
    ).astype(dict.fromkeys(["risk_id", "account", "manager", "reason"], "str"))
    assert_frame_equal(frame[columns], expected)


@pytest.mark.parametrize(("accounts", "ids"), [(["B"], ["uncosted"]), ([], [])])
def test_a_scope_of_accounts(accounts: list[str], ids: list[str]) -> None:
    with relations(SALES, risks=RISKS) as cursor:
        assert risks(seen(cursor, only=accounts), as_of=AS_OF, today=TODAY)["risk_id"].tolist() == ids


def test_no_risks_have_the_same_columns_and_no_curve() -> None:
    with relations(SALES, risks=RISKS) as full, relations() as none:
        some, empty = (risks(cursor, as_of=AS_OF, today=TODAY) for cursor in (full, none))

    assert empty.columns.tolist() == some.columns.tolist()
    assert loss_curve(empty).empty
    assert grid(empty)["risks"].sum() == 0


def live(rows: list[tuple[float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["probability", "margin_at_risk"])
    return frame.assign(is_live=True, impact=0.5, expected_loss=frame.prod(axis=1))


def more_than(rows: list[tuple[float, float]], loss: float) -> float:
    """Add up the chances of every outcome that costs more."""
    total = 0.0
    for strikes in product((False, True), repeat=len(rows)):
        cost = sum(size for (_, size), hit in zip(rows, strikes, strict=True) if hit)
        if cost > loss + 1e-9:
            total += float(np.prod([p if hit else 1 - p for (p, _), hit in zip(rows, strikes, strict=True)]))
    return total


whole = st.lists(st.tuples(st.floats(0.01, 1), st.integers(1, 40)), min_size=1, max_size=7)


@settings(deadline=None, max_examples=40)
@given(whole)
def test_the_curve_agrees_with_every_outcome_enumerated(rows: list[tuple[float, float]]) -> None:
    curve = loss_curve(live(rows))
    total = sum(size for _, size in rows)
    step = total / STEPS

    for loss, chance in curve.iloc[::7].itertuples(index=False):
        # a loss is split over the two steps around it: the truth lies between the curve's values one step about
        low, high = more_than(rows, loss + len(rows) * step), more_than(rows, loss - len(rows) * step)
        assert low - 1e-9 <= chance <= high + 1e-9
    assert curve["chance"].is_monotonic_decreasing
    assert curve["loss"].iloc[-1] == pytest.approx(total)


def test_losses_on_the_steps_are_exact() -> None:
    rows = [(0.5, 100.0), (0.25, 300.0), (0.1, 600.0)]
    curve = loss_curve(live(rows)).set_index("loss")["chance"]

    assert {loss: curve[loss] for loss in (0.0, 100.0, 400.0, 900.0, 1000.0)} == pytest.approx(
        {0.0: 1 - 0.5 * 0.75 * 0.9, 100.0: 1 - 0.75 * 0.9, 400.0: 0.1, 900.0: 0.5 * 0.25 * 0.1, 1000.0: 0.0}
    )


def test_the_area_under_the_curve_is_the_expected_loss() -> None:
    rng = np.random.default_rng(3)
    frame = live(list(zip(rng.uniform(0.05, 0.6, 500), rng.lognormal(10, 1.5, 500), strict=True)))
    curve = loss_curve(frame)

    area = np.trapezoid(curve["chance"], curve["loss"])
    assert area == pytest.approx(frame["expected_loss"].sum(), rel=0.01)


def test_the_grid_counts_each_live_risk_once() -> None:
    with relations(SALES, risks=RISKS) as cursor:
        cells = grid(risks(cursor, as_of=AS_OF, today=TODAY))

    counted = cells[cells["risks"] > 0].set_index(["probability_band", "impact_band"])
    assert counted["risks"].to_dict() == {(2, 4): 1, (3, 1): 1, (3, 3): 2, (5, 5): 1}
    assert counted["expected_loss"].fillna(-1).to_dict() == {(2, 4): 80, (3, 1): 20, (3, 3): 0, (5, 5): -1}


RIVALS = [
    {
        "competitor_id": "1",
        "account_id": "A",
        "rival": "X",
        "category": "pumps",
        "state": "attacks",
        "strengths": "price",
        "our_difference": "speed",
    },
    {
        "competitor_id": "2",
        "account_id": "A",
        "rival": "X",
        "category": "valves",
        "state": "attacks",
        "strengths": "price",
    },
    {"competitor_id": "3", "account_id": "B", "rival": "X", "state": "attacks", "strengths": "range"},
    {"competitor_id": "4", "account_id": "C", "rival": "X", "category": "pumps", "state": "left", "strengths": "old"},
    {"competitor_id": "5", "account_id": "C", "rival": "Y", "category": "pumps", "state": "holds"},
]


def test_rivals_are_counted_by_account_and_revenue_by_what_they_attack() -> None:
    with relations(SALES, competitors=RIVALS, products=PRODUCTS, accounts=ACCOUNTS) as cursor:
        rows = competitors(cursor, as_of=AS_OF)
    found = rivals(rows).set_index("rival")

    assert rows["competitor_id"].tolist() == ["1", "2", "3", "5", "4"]
    assert rows["category_revenue"].tolist()[:2] == [1000, 300]
    x = found.loc["X"]
    assert (x["attacks"], x["holds"], x["left"], x["attacked_revenue"], x["unanswered"]) == (2, 0, 1, 1800, 2)
    assert (x["categories"], x["strengths"]) == ("pumps (1), valves (1)", "price (2), range (1)")
    assert found[["attacks", "holds", "attacked_revenue"]].to_numpy().tolist()[1] == [0, 1, 0]
