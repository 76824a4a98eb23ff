"""What accounts of a small book are worth: occasions, the simple formula, refusals, the back-test, the choice."""

import datetime as dt

import duckdb
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from kam.base.errors import QuestionError
from kam.lifetime.back_test import BackTest, back_test, tenths
from kam.lifetime.fit import Fitted, fit, method_row
from kam.lifetime.forecast import forecast
from kam.lifetime.last_year import same_again
from kam.lifetime.model import Model, fitted
from kam.lifetime.occasions import brought, correlation, occasions
from kam.lifetime.simple import simple
from kam.lifetime.value import Lifetime, lifetime
from kam.lifetime.words import LAST_YEAR, MODEL, SIMPLE
from tests.metrics.lifetime.simulated import buyers, worths
from tests.relations import line, relations, seen

END = dt.date(2026, 9, 30)
FIRST = dt.date(2024, 10, 1)


_ROLLUPS = """
insert into accounts by name select distinct account_id, account_id as name, account_id as root_id from lines;
insert into account_day select account_id, day, sum(net) from lines group by all;
insert into sales_month by name
select account_id, 'P1' as product_id, date_trunc('month', day)::date as month, count(*) as quantity, sum(net) as net,
    sum(cost) as cost, sum(net) as net_costed, 0 as returned, count(*) as lines
from lines group by all;
"""


def market(accounts: int = 1_500, *, factor: float = 1.0, more: list[tuple] | None = None) -> duckdb.DuckDBPyConnection:
    """Open a book of the sales of so many simulated accounts over two years."""
    rng = np.random.default_rng(1)
    rows = list(more or [])
    days = (END - FIRST).days
    for place in range(accounts):
        rate, leaving, mean = rng.gamma(1.0, 0.15), rng.beta(0.9, 2.0), rng.gamma(4.0, 25.0)
        day = days * rng.random() * 0.75
        while day <= days:
            net = round(factor * (mean * rng.gamma(4.0, 0.25) + 1), 2)
            rows.append((f"A{place:04}", FIRST + dt.timedelta(days=int(day)), net, round(0.6 * net, 2)))
            day += np.inf if rng.random() < leaving else max(1.0, 7 * rng.exponential(1 / rate))
    connection = relations()
    connection.register("lines", pd.DataFrame(rows, columns=["account_id", "day", "net", "cost"]))
    connection.execute(_ROLLUPS)
    return seen(connection)


def asked(cursor: duckdb.DuckDBPyConnection) -> tuple[Fitted, Lifetime]:
    """Fit and value a book."""
    found = fit(cursor, first_day=FIRST, last_day=END, as_of=END)
    return found, lifetime(cursor, found, as_of=END)


@pytest.fixture(scope="module")
def cursor() -> duckdb.DuckDBPyConnection:
    return market()


@pytest.fixture(scope="module")
def answered(cursor: duckdb.DuckDBPyConnection) -> tuple[Fitted, Lifetime]:
    return asked(cursor)


SALES = [
    line("A", "2026-01-01", 100.0, cost_amount=60),
    line("A", "2026-01-01", 20.0, cost_amount=12),
    line("A", "2026-01-15", 50.0, cost_amount=30),
    line("A", "2026-01-20", -10.0, cost_amount=-6),
    line("A", "2026-02-05", 40.0, cost_amount=24),
    line("B", "2026-01-08", 30.0),
    line("C", "2026-01-08", -5.0),
    line("D", "2026-02-28", 9.0, cost_amount=10),
]


def test_an_occasion_is_a_day_that_brought_something_and_returns_lessen_what_later_ones_were_worth() -> None:
    found = occasions(relations(SALES), end=dt.date(2026, 2, 28))

    expected = pd.DataFrame(
        {
            "account_id": ["A", "B", "D"],
            "frequency": [2.0, 0.0, 0.0],
            "recency": [5.0, 0.0, 0.0],
            "T": [58 / 7, 51 / 7, 0.0],
            "mean_value": [(50 - 10 + 40) / 2 * 0.4, np.nan, np.nan],
        }
    )
    assert_frame_equal(found, expected)
    assert found.attrs["measure"] == "margin"


def test_nothing_after_the_day_is_seen() -> None:
    found = occasions(relations(SALES), end=dt.date(2026, 2, 4))

    assert found["account_id"].tolist() == ["A", "B"]
    assert found[["frequency", "recency", "T", "mean_value"]].iloc[0].round(9).tolist() == [1, 2, round(34 / 7, 9), 16]


def test_a_family_buys_together() -> None:
    family = [{"account_id": "A", "parent_id": "B"}, {"account_id": "B"}]
    found = occasions(seen(relations(SALES, accounts=family), level="parent"), end=dt.date(2026, 2, 28))

    assert found[["account_id", "frequency", "recency"]].to_numpy().tolist() == [["B", 3, 5], ["D", 0, 0]]


def test_a_book_without_costs_is_valued_by_revenue() -> None:
    found = occasions(relations([line("A", "2026-01-01", 9.0), line("A", "2026-01-08", 7.0)]), end=dt.date(2026, 1, 31))

    assert found.attrs["measure"] == "revenue"
    assert found["mean_value"].tolist() == [7.0]


def test_what_came_counts_occasions_and_every_line() -> None:
    found = brought(relations(SALES), start=dt.date(2026, 1, 1), end=dt.date(2026, 1, 31))

    expected = pd.DataFrame(
        {"purchases": [2.0, 1.0, 0.0], "value": [64.0, np.nan, np.nan]},
        index=pd.Index(["A", "B", "C"], name="account_id"),
    )
    assert_frame_equal(found, expected)


def cohort(kept: int, lost: int, industry: str | None, *, margin: float = 100.0) -> pd.DataFrame:
    size = kept + lost
    return pd.DataFrame(
        {
            "account_id": [f"{industry}{place}" for place in range(size)],
            "industry": industry,
            "prior_revenue": 10.0,
            "revenue": [10.0] * kept + [0.0] * lost,
            "margin": [margin] * kept + [np.nan] * lost,
            "last_month": pd.to_datetime(["2026-09-01"] * kept + ["2025-03-01"] * lost),
        }
    )


def test_the_simple_value_is_margin_kept_for_good_at_the_retention_of_the_industry() -> None:
    frame = pd.concat([cohort(18, 2, "Steel"), cohort(3, 3, "Dairy", margin=-100.0)], ignore_index=True)
    found = simple(frame, as_of=END, yearly_discount=0.1).rows.set_index("account_id")

    of_steel, of_all = 19 / 22, 22 / 28
    assert found.loc["Steel0", "clv"] == pytest.approx(100 * of_steel / (1.1 - of_steel))
    assert found.loc["Dairy0", "clv"] == pytest.approx(-100 * of_all / (1.1 - of_all))
    assert (found["clv_low"] <= found["clv"]).all()
    assert (found["clv"] <= found["clv_high"]).all()
    assert (found.loc["Steel19", ["clv", "clv_low", "clv_high"]] == 0).all()


def test_without_a_year_before_the_simple_value_is_unknown() -> None:
    frame = cohort(18, 2, "Steel").assign(prior_revenue=np.nan)

    assert simple(frame, as_of=END, yearly_discount=0.1).rows[["clv", "retention"]].isna().all(axis=None)


def customers(count: int, seed: int = 3) -> pd.DataFrame:
    frequency, recency, age = buyers(count, seed=seed)
    mean = np.where(frequency > 0, worths(np.maximum(frequency, 1)), np.nan)
    ids = [f"A{place:04}" for place in range(count)]
    return pd.DataFrame({"account_id": ids, "frequency": frequency, "recency": recency, "T": age, "mean_value": mean})


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (lambda rows: rows.head(99), "99 accounts; the model needs 100"),
        (lambda rows: rows.assign(frequency=0.0, recency=0.0), "0 accounts came back"),
        (lambda rows: rows.assign(T=rows["T"] / 5, recency=rows["recency"] / 5), "reaches back 21 weeks"),
        (lambda rows: rows.assign(recency=rows["T"] * (rows["frequency"] > 0)), "cannot tell accounts that have left"),
        (lambda rows: rows.assign(mean_value=rows["mean_value"] - 20), "earned nothing"),
    ],
)
def test_a_model_that_the_data_do_not_bear_is_refused_with_the_reason(changed, why: str) -> None:  # noqa: ANN001 - a function
    assert isinstance(fitted(customers(600)), Model)
    refusal = fitted(changed(customers(600)))
    assert isinstance(refusal, str)
    assert why in refusal


def test_the_mean_of_the_futures_is_the_value_and_the_range_holds_it() -> None:
    rows = customers(600)
    model = fitted(rows)
    assert isinstance(model, Model)
    found = forecast(model, rows, months=12, monthly_discount=0.01)

    assert found.futures.sum(axis=0).mean() == pytest.approx(found.rows["clv"].sum(), rel=0.03)
    assert ((found.rows["clv_low"] <= found.rows["clv"]) & (found.rows["clv"] <= found.rows["clv_high"])).all()


def test_the_value_is_the_discounted_sum_of_the_months() -> None:
    rows = customers(300)
    model = fitted(rows)
    assert isinstance(model, Model)
    by_hand = np.zeros(len(rows))
    before = np.zeros(len(rows))
    for month in (1, 2, 3):
        weeks = month * 365.25 / 12 / 7
        upto = model.purchases.expected_purchases(weeks, rows["frequency"], rows["recency"], rows["T"])
        by_hand += (upto - before) / 1.02**month
        before = upto
    value = model.worth.expected_value(rows["frequency"], rows["mean_value"].fillna(0.0))

    found = forecast(model, rows, months=3, monthly_discount=0.02).rows

    np.testing.assert_allclose(found["clv"], by_hand * value, rtol=1e-9)
    np.testing.assert_allclose(found["expected_purchases"], before, rtol=1e-9)


def test_an_account_whose_purchases_cost_money_keeps_its_own_mean() -> None:
    rows = customers(300)
    loser = int(rows["frequency"].argmax())
    rows.loc[loser, "mean_value"] = -7.0
    model = fitted(rows)
    assert isinstance(model, Model)
    found = forecast(model, rows, months=12, monthly_discount=0.0).rows.loc[loser]

    assert found["clv"] == pytest.approx(-7 * found["expected_purchases"])
    assert found["clv_low"] < 0 >= found["clv_high"]


def test_the_same_again_spreads_as_accounts_of_like_size_fared() -> None:
    tested = pd.DataFrame({"last_value": [10.0] * 40 + [0.0] * 10, "value": [5.0] * 20 + [20.0] * 20 + [3.0] * 10})
    last = pd.DataFrame(
        {"account_id": ["A", "B", "C"], "last_purchases": [4.0, 0.0, 1.0], "last_value": [100.0, 0.0, np.nan]}
    )
    found = same_again(last, tested, months=6, monthly_discount=0.0, spanned=3, tested_months=6).rows

    expected = pd.DataFrame(
        {
            "account_id": ["A", "B", "C"],
            "expected_purchases": [8.0, 0.0, 2.0],
            "clv": [200.0, 0.0, np.nan],
            "clv_low": [100.0, 0.0, np.nan],
            "clv_high": [400.0, 3.0, np.nan],
        }
    )
    assert_frame_equal(found, expected)


def test_the_back_test_sees_nothing_of_what_it_foretells(answered: tuple[Fitted, Lifetime]) -> None:
    found = answered[0].test
    later = back_test(market(more=[("A0001", dt.date(2026, 8, 15), 1e6, 1.0)]), first_day=FIRST, as_of=END)

    assert found is not None
    assert later is not None
    assert (found.start, found.end, found.months) == (dt.date(2026, 2, 1), END, 8)
    foretold = ["model_purchases", "model_value", "model_low", "model_high", "last_purchases", "last_value"]
    assert_frame_equal(found.rows[foretold], later.rows[foretold])
    assert later.rows["value"].sum() > found.rows["value"].sum() + 9e5


def test_of_customers_as_the_model_has_them_the_model_foretells_better_and_its_range_holds_most(
    answered: tuple[Fitted, Lifetime],
) -> None:
    found, _ = answered

    assert found.method == MODEL
    assert found.test is not None
    assert abs(found.test.total_error("model_purchases")) < 0.1
    assert found.test.covered() > 0.85


def test_tenths_are_of_all_accounts_and_keep_the_sums(answered: tuple[Fitted, Lifetime]) -> None:
    test = answered[0].test
    assert test is not None
    found = tenths(test)

    assert found["tenth"].tolist() == list(range(1, 11))
    assert found["accounts"].sum() == len(test.rows)
    assert (found["accounts"] * found["purchases"]).sum() == pytest.approx(test.rows["purchases"].sum())
    assert found["model_purchases"].is_monotonic_increasing


@pytest.mark.parametrize(("model_error", "expected"), [(1.0, MODEL), (1e6, LAST_YEAR)])
def test_the_better_forecast_is_used(
    cursor: duckdb.DuckDBPyConnection, answered: tuple[Fitted, Lifetime], model_error: float, expected: str
) -> None:
    found, _ = answered
    assert found.test is not None
    rows = found.test.rows.assign(model_value=found.test.rows["value"] + model_error)
    test = BackTest(found.test.start, found.test.end, found.test.months, None, rows)
    changed = Fitted(found.accounts, found.customers, found.months_of_data, found.model, None, test)

    answer = lifetime(cursor, changed, as_of=END)

    assert changed.method == expected
    assert set(answer.rows["method"]) == {expected}
    assert answer.rows["p_alive"].notna().all()
    assert answer.rows["clv"].is_monotonic_decreasing
    assert ((answer.rows["clv_low"] <= answer.rows["clv"]) & (answer.rows["clv"] <= answer.rows["clv_high"])).all()


def test_a_refused_book_is_valued_simply_and_says_why() -> None:
    found, answer = asked(market(60))
    row = method_row(found).iloc[0]

    assert row["method"] == SIMPLE
    assert "60 accounts; the model needs 100" in row["refusal"]
    assert row[["r", "alpha", "a", "b", "p", "q", "v"]].isna().all()
    assert answer.rows["p_alive"].isna().all()
    assert answer.rows["clv"].notna().all()


def test_ten_times_the_money_is_ten_times_the_value(answered: tuple[Fitted, Lifetime]) -> None:
    once = answered[1].rows.set_index("account_id")
    often = asked(market(factor=10.0))[1].rows.set_index("account_id").loc[once.index]

    for name in ("clv", "clv_low", "clv_high"):
        np.testing.assert_allclose(often[name], 10 * once[name], rtol=0.01)


def test_a_total_adds_the_accounts_up_and_is_surer_than_each(answered: tuple[Fitted, Lifetime]) -> None:
    _, answer = answered
    some = answer.rows["account_id"].head(50).tolist()
    total = answer.total(some).iloc[0]

    assert total["accounts"] == 50
    assert total["clv"] == pytest.approx(answer.rows["clv"].head(50).sum())
    parts = answer.narrowed(some)
    assert parts["clv_low"].sum() < total["clv_low"] <= total["clv"] <= total["clv_high"] < parts["clv_high"].sum()
    nothing = answer.total([]).iloc[0]
    assert nothing["accounts"] == 0
    assert np.isnan(nothing["clv"])


@pytest.mark.parametrize(("months", "discount"), [(0, 0.01), (121, 0.01), (12, -0.01), (12, 1.0)])
def test_a_horizon_that_cannot_be_is_refused(
    cursor: duckdb.DuckDBPyConnection, answered: tuple[Fitted, Lifetime], months: int, discount: float
) -> None:
    with pytest.raises(QuestionError, match="1 to 120 months"):
        lifetime(cursor, answered[0], as_of=END, months=months, monthly_discount=discount)


def test_an_empty_book_has_no_values() -> None:
    found, answer = asked(relations())

    assert answer.rows.empty
    assert method_row(found)["method"].tolist() == [SIMPLE]
    assert answer.total(None)["accounts"].tolist() == [0]


def test_the_correlation_of_frequency_and_worth_is_of_those_who_came_back() -> None:
    rows = pd.DataFrame({"frequency": [0.0, 1.0, 2.0, 3.0], "mean_value": [np.nan, 10.0, 20.0, 30.0]})

    assert correlation(rows) == pytest.approx(1.0)
    assert np.isnan(correlation(rows.head(3)))
    assert np.isnan(correlation(rows.assign(mean_value=5.0)))
