"""The past of metrics: windows by hand, and the same value as the objective measures."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.plan.objectives import objectives
from kam.plan.past import Past
from kam.plan.rolling import Scope
from tests.relations import Row, line, relations

AS_OF = dt.date(2026, 4, 30)
PRODUCTS = [{"product_id": "P1", "category": "pumps"}, {"product_id": "P2", "category": "valves"}, {"product_id": "P3"}]
SALES = [
    line("A", "2026-01-05", 100, product_id="P1", quantity=10, list_amount=125, cost_amount=60),
    line("A", "2026-02-05", 50, product_id="P2", quantity=1, list_amount=50),
    line("A", "2026-04-05", 30, product_id="P1", quantity=3, list_amount=40, cost_amount=20),
    line("A", "2026-05-05", 999, product_id="P1", quantity=99),
    line("B", "2026-03-01", 7, product_id="P3", quantity=7),
]
ACCOUNTS = [{"account_id": "A", "yearly_wallet": 1200}, {"account_id": "B"}, {"account_id": "C"}]
SURVEYS = [
    {"survey_id": f"S{number}", "account_id": "A", "survey_date": dt.date.fromisoformat(day), "nps": nps}
    for number, (day, nps) in enumerate([("2026-02-01", 10), ("2026-02-20", 5), ("2026-04-30", 9)])
]
NAN = np.nan


@pytest.mark.parametrize(
    ("scope", "values"),
    [
        (Scope("revenue", months=2), [NAN, 150, 50, 30]),
        (Scope("revenue", category="pumps", months=2), [NAN, 100, 0, 30]),
        (Scope("revenue", product_id="P2", months=1), [0, 50, 0, 0]),
        (Scope("quantity", months=2), [NAN, 11, 1, 3]),
        (Scope("margin", months=2), [NAN, 40, NAN, 10]),
        (Scope("margin rate", months=2), [NAN, 0.4, NAN, 1 / 3]),
        (Scope("discount rate", months=2), [NAN, 1 - 150 / 175, 0, 0.25]),
        (Scope("categories", months=2), [NAN, 2, 1, 1]),
        (Scope("share of wallet", months=2), [NAN, 150 * 6 / 1200, 0.25, 0.15]),
        (Scope("nps", months=2), [0, 0, 100]),  # from the first survey on
        (Scope("reading"), []),
        (Scope("rung"), []),
    ],
)
def test_each_metric_by_hand(scope: Scope, values: list[float]) -> None:
    with relations(SALES, accounts=ACCOUNTS, products=PRODUCTS, surveys=SURVEYS) as cursor:
        past = Past(cursor, as_of=AS_OF)
        rolling = past.rolling(cursor, scope)

        np.testing.assert_allclose(rolling.cells[past.place["A"]], values)
        assert rolling.months[-1:] in ((dt.date(2026, 4, 1),), ())


def test_who_never_bought_has_sums_of_nothing_and_no_rates() -> None:
    with relations(SALES, accounts=ACCOUNTS, products=PRODUCTS) as cursor:
        past = Past(cursor, as_of=AS_OF)

        for account in ("C", "unheard of"):
            assert past.at(cursor, Scope("revenue", months=2), account) == 0
            assert past.series(cursor, Scope("revenue", months=2), account).tolist() == [0, 0, 0]
            assert past.at(cursor, Scope("margin rate", months=2), account) is None
        assert past.at(cursor, Scope("revenue", months=2), None) is None


def test_sales_that_end_too_early_and_no_sales_measure_nothing() -> None:
    for sales, as_of in ((SALES, dt.date(2026, 6, 30)), ([], AS_OF)):
        with relations(sales) as cursor:
            assert Past(cursor, as_of=as_of).rolling(cursor, Scope("revenue")).months == ()


sold = st.tuples(
    st.sampled_from(["A", "B"]),
    st.sampled_from(["P1", "P2", "P3"]),
    st.dates(dt.date(2025, 11, 1), AS_OF),
    st.integers(-99, 500),
    st.none() | st.integers(0, 400),
    st.none() | st.integers(1, 600),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(sold, max_size=12), st.integers(1, 6), st.sampled_from([None, "pumps", "valves"]))
def test_the_last_of_the_past_is_what_the_objective_measures(
    lines: list[tuple], months: int, category: str | None
) -> None:
    ends = [line("B", "2025-11-01", 1, product_id="P1"), line("B", "2026-04-30", 1, product_id="P1")]
    drawn = [
        line(account, day.isoformat(), net, product_id=product, cost_amount=cost, list_amount=list_)
        for account, product, day, net, cost, list_ in lines
    ]
    metrics = ("revenue", "margin", "margin rate", "discount rate", "quantity", "categories")
    rows: list[Row] = [
        {
            "objective_id": metric,
            "plan_id": "L",
            "title": metric,
            "metric": metric,
            "window_months": months,
            "category": category,
        }
        for metric in metrics
    ]
    plans = [{"plan_id": "L", "account_id": "A", "name": "L", "starts_on": AS_OF, "ends_on": AS_OF}]
    with relations([*ends, *drawn], products=PRODUCTS, plans=plans, objectives=rows) as cursor:
        past = Past(cursor, as_of=AS_OF)
        measured = objectives(cursor, today=AS_OF, as_of=AS_OF).set_index("objective_id")
        for metric in metrics:
            value, actual = past.at(cursor, Scope(metric, category, None, months), "A"), measured["actual"][metric]
            assert value == (None if np.isnan(actual) else pytest.approx(actual)), metric
