"""What levers do, worked by hand: to the cent, in no order of the levers, adding up where they do not meet."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kam.base.errors import QuestionError
from kam.whatif.by_account import by_account
from kam.whatif.by_month import by_month
from kam.whatif.scenario import BASELINE, KINDS, Changed, Lever, Scenario
from kam.whatif.simulate import checked_draws, measured, simulate
from kam.whatif.year_ahead import Outlook
from tests.whatif.books import ROWS, STAYS, Row, both, looked, made, scenario, thrown

AS_OF = pd.Timestamp("2026-09-30").date()
FOUND = looked()
THROWN = thrown(FOUND)


def answered(asked: Scenario, found: Outlook = FOUND) -> pd.DataFrame:
    before, after = both(found, asked, THROWN if found is FOUND else None)
    return simulate(found, asked, before=before, after=after).set_index("measure")


def account_by_account(asked: Scenario, found: Outlook = FOUND) -> pd.DataFrame:
    before, after = both(found, asked, THROWN if found is FOUND else None)
    return by_account(found, asked, drawn_before=before, drawn_after=after)


def month_by_month(asked: Scenario) -> pd.DataFrame:
    before, after = both(FOUND, asked, THROWN)
    return by_month(FOUND, before=before, after=after, won=0.0, as_of=AS_OF, seed=0)


def change(*levers: Lever, measure: str = "revenue", answer: bool = False) -> float:
    return value(answered(scenario(*levers, answer=answer)), measure, "change")


def value(table: pd.DataFrame, row: str, column: str) -> float:
    return float(table[column].to_dict()[row])


def reason(table: pd.DataFrame, measure: str) -> str:
    return str(table["reason"].to_dict()[measure])


def test_the_baseline_is_what_stays_of_the_last_year() -> None:
    table = answered(BASELINE)
    assert value(table, "revenue", "last_year") == 2000
    assert value(table, "revenue", "baseline") == pytest.approx(2000 * STAYS)
    assert value(table, "margin", "baseline") == pytest.approx((400 + 100 + 50 + 100) * STAYS)
    assert value(table, "margin_rate", "baseline") == pytest.approx(650 / 2000)
    assert value(table, "nrr", "baseline") == pytest.approx(STAYS)
    # one account in five of three: the largest; 0.5² + 0.25² + 0.25²
    assert value(table, "top_20pct_share", "baseline") == pytest.approx(0.5)
    assert value(table, "hhi", "baseline") == pytest.approx(0.375)
    assert value(table, "clv", "baseline") == pytest.approx(650 * STAYS / (1.1 - STAYS))
    assert np.isnan(value(table, "objectives_met", "baseline"))
    assert "no plan has an open objective" in reason(table, "objectives_met")


def test_no_lever_is_the_baseline_to_the_last_digit() -> None:
    for asked in (BASELINE, scenario()):
        table = answered(asked)
        assert (table["scenario"].dropna() == table["baseline"].dropna()).all()
        assert (table["low"].dropna() == table["baseline_low"].dropna()).all()
        assert (table["change_high"].dropna() == 0).all()
    months = month_by_month(BASELINE)
    assert months["scenario"].tolist() == months["baseline"].tolist()
    assert months["baseline"].sum() == pytest.approx(2000 * STAYS)
    accounts = account_by_account(BASELINE)
    assert (accounts["change"] == 0).all()
    assert set(accounts["what"]) == {"same"}


HAND = {
    "a list price 10 % higher": (Lever("list_price", 0.10, "account", "A"), 100.0, 100.0),
    "a list price of one category": (Lever("list_price", 0.10, "category", "Valves"), 60.0, 60.0),
    "a cap at 12 % lifts A and B's pumps": (Lever("discount_cap", 0.12), 1250 * 0.08 + 500 * 0.08, 140.0),
    "a cap that nobody reaches": (Lever("discount_cap", 0.25), 0.0, 0.0),
    "discounts 5 points lower, none under 0": (Lever("discount_change", -0.05), 1250 * 0.05 + 500 * 0.05, 87.5),
    "discounts 5 points higher": (Lever("discount_change", 0.05), -(1250 + 500 + 100 + 500) * 0.05, -117.5),
    "unit costs 10 % up": (Lever("unit_cost", 0.10), 0.0, -135.0),
    "a fifth less volume in an industry": (Lever("volume", -0.2, "industry", "Steel"), -300.0, -110.0),
    "an account lost": (Lever("loss", 0.0, "account", "B"), -500.0, -150.0),
    "a rung lost": (Lever("loss", 0.0, "rung", "3"), -500.0, -100.0),
}


@pytest.mark.parametrize("case", HAND)
def test_each_lever_by_hand(case: str) -> None:
    lever, revenue, margin = HAND[case]
    table = answered(scenario(lever))
    assert value(table, "revenue", "change") == pytest.approx(revenue * STAYS, abs=1e-9)
    assert value(table, "margin", "change") == pytest.approx(margin * STAYS, abs=1e-9)


def test_customers_answer_to_a_price_by_their_rung() -> None:
    # A sees a broker: elasticity −2, so 1.1 ** −2 of the quantity
    table = answered(Scenario((Lever("list_price", 0.10, "account", "A"),)))
    quantity = 1.1**-2
    assert value(table, "revenue", "change") == pytest.approx((1100 * quantity - 1000) * STAYS)
    assert value(table, "margin", "change") == pytest.approx(((1100 - 600) * quantity - 400) * STAYS)


def test_a_win_brings_what_it_is_said_to_bring() -> None:
    table = answered(scenario(Lever("win", 1000.0, "all", "Newcomer", 0.4)))
    assert value(table, "revenue", "change") == pytest.approx(1000)
    assert value(table, "margin", "change") == pytest.approx(400)
    assert value(table, "nrr", "change") == 0
    assert value(table, "top_20pct_share", "scenario") == pytest.approx(1000 / (2000 * STAYS + 1000))


def test_a_rung_up_keeps_more_and_pays_more() -> None:
    # assumed: 5 points of retention and 1 % of price
    table = answered(scenario(Lever("rung_move", 1, "account", "A")))
    assert value(table, "revenue", "change") == pytest.approx(1010 * 0.90 - 1000 * 0.85)
    assert value(table, "margin", "change") == pytest.approx(410 * 0.90 - 400 * 0.85)
    unknown = made([*ROWS[:4], ("D", "unknown", "Dairy", "Pumps", 100.0, None, None)])
    halves = answered(scenario(Lever("rung_move", 1, "account", "D")), looked(unknown))
    assert value(halves, "revenue", "change") == pytest.approx(100 * 1.01 * 0.90 - 85)


def test_two_rungs_up_are_both_steps_and_nobody_leaves_the_ladder() -> None:
    two = answered(scenario(Lever("rung_move", 2, "account", "A")))
    assert value(two, "revenue", "change") == pytest.approx(1000 * 1.01**2 * 0.95 - 850)
    all_up = answered(scenario(Lever("rung_move", 1)))
    assert value(all_up, "revenue", "change") == pytest.approx((1000 + 500) * (1.01 * 0.90 - 0.85))


def test_list_prices_come_before_discounts_and_costs() -> None:
    # listed at 1250 · 1.1 and capped at 12 %: 1210, whichever is said first
    levers = (Lever("list_price", 0.10, "account", "A"), Lever("discount_cap", 0.12, "account", "A"))
    assert change(*levers) == pytest.approx(210 * STAYS)
    # a discount is changed before it is capped: 20 % + 5 points, then at most 22 %
    levers = (Lever("discount_cap", 0.22, "account", "A"), Lever("discount_change", 0.05, "account", "A"))
    assert change(*levers) == pytest.approx(-1250 * 0.02 * STAYS)


LEVERS = st.one_of(
    st.builds(
        Lever,
        kind=st.sampled_from(["list_price", "unit_cost", "volume"]),
        value=st.floats(-0.5, 0.5).map(lambda value: round(value, 3)),
        scope=st.just("account"),
        target=st.sampled_from("ABC"),
    ),
    st.builds(
        Lever,
        kind=st.just("discount_cap"),
        value=st.sampled_from([0.0, 0.1, 0.15, 0.3]),
        scope=st.just("rung"),
        target=st.sampled_from("123"),
    ),
    st.builds(
        Lever,
        kind=st.just("discount_change"),
        value=st.sampled_from([-0.1, -0.02, 0.03]),
        scope=st.just("industry"),
        target=st.sampled_from(["Steel", "Dairy"]),
    ),
    st.builds(
        Lever,
        kind=st.just("volume"),
        value=st.sampled_from([-0.3, 0.2]),
        scope=st.just("category"),
        target=st.sampled_from(["Pumps", "Valves"]),
    ),
    st.builds(Lever, kind=st.just("loss"), scope=st.just("parent"), target=st.sampled_from("ABC")),
)


@given(levers=st.lists(LEVERS, max_size=5), data=st.data())
@settings(max_examples=15, deadline=None)
def test_the_order_of_levers_says_nothing(levers: list[Lever], data: st.DataObject) -> None:
    turned = data.draw(st.permutations(levers))
    one, other = (answered(Scenario(tuple(each))) for each in (levers, turned))
    assert_frame_equal(one, other, rtol=1e-9, atol=1e-9)


@given(levers=st.lists(LEVERS, max_size=6))
@settings(max_examples=15, deadline=None)
def test_levers_on_different_accounts_add_up(levers: list[Lever]) -> None:
    taken = {
        account: [each for each in levers if each.scope in {"account", "parent"} and each.target == account]
        for account in "ABC"
    }
    together = answered(Scenario(tuple(lever for each in taken.values() for lever in each)))
    parts = [answered(Scenario(tuple(each))) for each in taken.values()]
    for measure in ("revenue", "margin", "clv", "nrr"):
        added = sum(value(part, measure, "change") for part in parts)
        assert value(together, measure, "change") == pytest.approx(added, abs=1e-6)


@given(levers=st.lists(LEVERS, max_size=4))
@settings(max_examples=10, deadline=None)
def test_accounts_and_months_add_up_to_the_whole(levers: list[Lever]) -> None:
    asked = Scenario(tuple(levers))
    table, accounts = answered(asked), account_by_account(asked)
    months = month_by_month(asked)
    assert accounts["scenario"].sum() == pytest.approx(value(table, "revenue", "scenario"))
    assert accounts["margin_change"].sum() == pytest.approx(value(table, "margin", "change"), abs=1e-9)
    assert months["scenario"].sum() == pytest.approx(value(table, "revenue", "scenario"))
    assert (table["low"].dropna() <= table["high"].dropna()).all()


@given(factor=st.sampled_from([0.01, 3.0, 1e6]), levers=st.lists(LEVERS, min_size=1, max_size=3))
@settings(max_examples=8, deadline=None)
def test_ratios_do_not_change_with_the_currency(factor: float, levers: list[Lever]) -> None:
    rows: list[Row] = [
        (*row[:4], factor * row[4], row[5] and factor * row[5], row[6] and factor * row[6]) for row in ROWS
    ]
    scaled = looked(made(rows))
    one, other = answered(Scenario(tuple(levers))), answered(Scenario(tuple(levers)), scaled)
    for measure in ("margin_rate", "top_20pct_share", "hhi", "nrr"):
        assert value(other, measure, "scenario") == pytest.approx(value(one, measure, "scenario"), nan_ok=True)
    assert value(other, "revenue", "scenario") == pytest.approx(value(one, "revenue", "scenario") * factor)


def test_losing_an_account_takes_away_what_it_was_expected_to_bring_and_no_more() -> None:
    lost = scenario(Lever("loss", 0.0, "account", "A"))
    accounts = account_by_account(lost).set_index("account_id")
    assert value(accounts, "A", "change") == -value(accounts, "A", "baseline")
    assert [value(accounts, account, "change") for account in "BC"] == [0, 0]
    assert [value(accounts, "A", column) for column in ("low", "high", "retention")] == [0, 0, 0]
    assert value(answered(lost), "revenue", "change") == pytest.approx(-value(accounts, "A", "baseline"))


def test_baseline_and_scenario_share_their_fates() -> None:
    # a tenth more volume is a tenth more in every draw: the range of the change is that of the baseline, times 0.1
    table = answered(scenario(Lever("volume", 0.1)))
    row = table.loc["revenue"]
    assert row["change_high"] - row["change_low"] == pytest.approx(
        0.1 * (row["baseline_high"] - row["baseline_low"]), rel=1e-4
    )


def test_objectives_are_met_as_far_as_their_window_lies_ahead() -> None:
    goals = [
        ("O1", "A", None, "revenue", 1000.0, 900.0, 1100.0, 1.0),
        ("O2", "A", "Pumps", "margin", 400.0, 300.0, 390.0, 0.0),
        ("O3", "D", None, "revenue", 1.0, 0.0, 2.0, 1.0),
    ]
    sure = tuple(
        Changed(f"retention_{size}_{how}", 1.0, 1.0, 1.0)
        for size in ("small", "middle", "large")
        for how in ("bought_lately", "quiet")
    )
    found = looked(objectives=goals)
    table = answered(Scenario((Lever("volume", 9.0, "account", "A"),), sure), found)
    # O3's account bought nothing: it is not among them; O2 is sold already, O1 is beaten in every draw
    assert value(table, "objectives_met", "last_year") == 0.5
    assert value(table, "objectives_met", "scenario") == 1.0
    assert value(table, "objectives_met", "baseline") < 1.0


def test_a_book_without_costs_says_so() -> None:
    bare = looked(made([(*row[:6], None) for row in ROWS]))
    table = answered(scenario(Lever("volume", 0.1)), bare)
    assert value(table, "revenue", "change") == pytest.approx(200 * STAYS)
    for measure in ("margin", "margin_rate", "clv"):
        assert np.isnan(value(table, measure, "scenario"))
        assert "no sale has a cost" in reason(table, measure)
    assert account_by_account(scenario(Lever("volume", 0.1)), bare)["margin_change"].isna().all()


def test_an_empty_selection_says_so() -> None:
    table = answered(BASELINE, looked(made([ROWS[-1]])))
    assert value(table, "revenue", "scenario") == 0
    assert "no account in this selection" in reason(table, "nrr")


IMPOSSIBLE = {
    "nobody of that name": (Lever("loss", 0.0, "account", "Z"), "Z is not in this selection"),
    "lost already": (Lever("loss", 0.0, "account", "D"), "Account D bought nothing"),
    "an industry that is not there": (Lever("volume", 0.1, "industry", "Toys"), "“Toys” is not in this selection"),
    "nobody without a price": (Lever("unit_cost", 0.1, "account", "D"), "Account D bought nothing"),
    "the top rung": (Lever("rung_move", 1, "account", "C"), "Account C stands on the top rung already"),
    "the bottom rung": (Lever("rung_move", -1, "account", "A"), "stands on the bottom rung already"),
    "over 100 % of discount": (Lever("discount_change", 0.85, "account", "A"), "is over 100 %"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_an_impossible_lever_is_refused_by_name(case: str) -> None:
    lever, said = IMPOSSIBLE[case]
    with pytest.raises(QuestionError, match=said) as refused:
        answered(Scenario((Lever("volume", 0.1), lever)))
    assert KINDS[lever.kind].name in str(refused.value)


def test_levers_on_what_the_sales_do_not_hold_are_refused() -> None:
    bare = looked(made([(*row[:5], None, None) for row in ROWS]))
    with pytest.raises(QuestionError, match="has no sale with a list price"):
        answered(scenario(Lever("discount_cap", 0.1)), bare)
    with pytest.raises(QuestionError, match="has no sale with a cost"):
        answered(scenario(Lever("unit_cost", 0.1)), bare)


@pytest.mark.parametrize("draws", [0, -1, 20_001, 1.5, True])
def test_draws_that_cannot_be_meant_are_refused(draws: int) -> None:
    with pytest.raises(QuestionError, match="whole number"):
        checked_draws(draws)


def test_the_same_seed_gives_the_same_ranges_and_another_one_others() -> None:
    one, same, other = (measured(FOUND, BASELINE, thrown=thrown(FOUND, seed=seed)) for seed in (1, 1, 2))
    assert one.point == pytest.approx(same.point, nan_ok=True)
    assert (one.revenue == same.revenue).all()
    assert one.point["revenue"] == other.point["revenue"]
    assert (one.revenue != other.revenue).any()
