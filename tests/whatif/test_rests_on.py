"""What an answer rests on: levers alone, assumptions at their ends, break-even volumes, stress tests, comparisons."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.base.errors import QuestionError
from kam.whatif.assumptions import STEP_PRICE, STEP_RETENTION, rung_steps
from kam.whatif.break_even import break_even, break_even_volume
from kam.whatif.compare import Stored, compared
from kam.whatif.scenario import Changed, Lever, Scenario
from kam.whatif.scenario_text import from_text, to_text
from kam.whatif.stress import stress_tests
from kam.whatif.tornado import tornado
from tests.whatif.books import NO_ANSWER, STAYS, looked, scenario

FOUND = looked()
TIES = pd.DataFrame({"account_id": ["A", "B", "C"], "key_person_theirs": [0.9, 0.5, 0.4]})


def test_each_lever_alone_and_all_together() -> None:
    rows = tornado(FOUND, scenario(Lever("list_price", 0.10, "account", "A"), Lever("loss", 0.0, "account", "A")))
    levers = rows[rows["kind"] == "lever"]
    assert levers["low"].tolist() == pytest.approx([100 * STAYS, -400 * STAYS])
    # once lost, its price says nothing
    assert levers["together"].tolist() == pytest.approx([-400 * STAYS] * 2)


def test_assumptions_are_told_at_their_ends_if_they_matter() -> None:
    rows = tornado(FOUND, Scenario((Lever("list_price", 0.10, "account", "A"),)), measure="revenue")
    own = rows.set_index("key")
    low, high = ((1100 * 1.1**slope - 1000) * STAYS for slope in (-3.5, -1.0))
    assert [own[end].to_dict()["elasticity_1"] for end in ("low", "high")] == pytest.approx([low, high])
    assert "elasticity_2" not in own.index
    assert rows.loc[rows["kind"] == "assumption", "reach"].is_monotonic_decreasing
    with pytest.raises(QuestionError, match="'profit'"):
        tornado(FOUND, Scenario(), measure="profit")


def test_without_a_lever_nothing_rests_on_anything() -> None:
    assert tornado(FOUND, Scenario()).empty
    assert break_even(FOUND, scenario(Lever("volume", 0.1))).empty


def test_break_even_by_hand() -> None:
    # A: margin 400 of 1000; at 3 % more price 430: 400/430 − 1
    row = break_even(FOUND, Scenario((Lever("list_price", 0.03, "account", "A"),))).iloc[0]
    assert row["break_even"] == pytest.approx(400 / 430 - 1)
    assert row["price_change"] == pytest.approx(0.03)
    assert row["expected"] == pytest.approx(1.03**-2 - 1)
    assert (row["revenue"], row["margin"]) == (1000, 400)


@given(rate=st.floats(0.05, 0.9), price=st.floats(0.001, 0.5))
@settings(max_examples=50, deadline=None)
def test_break_even_is_the_textbook_formula(rate: float, price: float) -> None:
    assert break_even_volume(rate, rate + price) == pytest.approx(-price / (rate + price))


def test_break_even_is_where_the_simulated_margin_is_as_before() -> None:
    price = Lever("list_price", 0.05, "account", "A")
    volume = break_even(FOUND, Scenario((price,)))["break_even"].iloc[0]
    at_it = Scenario((price, Lever("volume", volume, "account", "A")), NO_ANSWER)
    rows = tornado(FOUND, at_it, measure="margin")
    assert rows["together"].iloc[0] == pytest.approx(0, abs=1e-9)


def test_several_levers_break_even_together_and_what_cannot_says_why() -> None:
    rows = break_even(FOUND, Scenario((Lever("list_price", 0.03), Lever("unit_cost", 0.05), Lever("volume", 0.1))))
    assert rows["item"].tolist() == ["0", "1", "all"]
    assert rows.iloc[1]["break_even"] == pytest.approx(650 / (650 - 67.5) - 1)
    hopeless = break_even(FOUND, Scenario((Lever("list_price", -0.5),))).iloc[0]
    assert np.isnan(hopeless["break_even"])
    assert "no volume brings a margin" in hopeless["reason"]


def test_stress_tests_run_as_they_stand() -> None:
    found = stress_tests(FOUND, TIES).set_index("name")
    assert found.index[0] == "Lose Account A"
    assert found.loc["Lose Account A", "revenue_change"] == pytest.approx(-1000 * STAYS)
    assert found.loc["Crisis in Steel", "revenue_change"] == pytest.approx(-300 * STAYS)
    assert found.loc["Price war on rung 1", "margin_change"] == pytest.approx(((900 - 600) * 0.9**-2 - 400) * STAYS)
    # A is a broker: it has no rung to fall; C hangs on nobody
    assert from_text(str(found.loc["The sponsor leaves", "text"])).levers == (Lever("rung_move", -1, "account", "B"),)
    assert "Crisis in Dairy" in stress_tests(FOUND, TIES, industry="Dairy")["name"].tolist()


def test_kept_scenarios_stand_under_each_other_and_one_that_cannot_be_says_so() -> None:
    def answer(text: str) -> pd.DataFrame:
        if from_text(text).levers[0].kind == "loss":
            raise QuestionError("Gone already.")
        return pd.DataFrame({"measure": ["revenue"], "scenario": [1.0], "reason": [None]})

    kept = [
        Stored("One", "a note", to_text(Scenario((Lever("volume", 0.1),)))),
        Stored("Two", "", to_text(Scenario((Lever("loss", 0.0, "account", "A"),)))),
    ]
    rows = compared(kept, answer)
    assert rows["name"].tolist() == ["One", "Two"]
    assert rows["reason"].iloc[1] == "Gone already."
    assert compared([], answer).empty
    with pytest.raises(QuestionError, match="4 scenarios"):
        compared(kept * 3, answer)


def test_what_a_rung_goes_with_is_measured_where_ten_accounts_stand_on_both() -> None:
    then = pd.DataFrame({"rung": ["1"] * 20 + ["2"] * 20 + ["3"] * 9, "stayed": [True, False] * 10 + [True] * 29})
    rates = [0.2] * 10 + [0.36] * 10 + [0.5] * 9
    steps = rung_steps(then, pd.DataFrame({"rung": ["1"] * 10 + ["2"] * 10 + ["3"] * 9, "margin_rate": rates}))
    kept, price = steps["12"]
    centre = 31 / 42
    assert kept.value == pytest.approx((20 + 10 * centre) / 30 - (10 + 10 * centre) / 30)
    assert kept.low < kept.value < kept.high
    assert price.value == pytest.approx(0.8 / 0.64 - 1)
    assert steps["23"] == (STEP_RETENTION, STEP_PRICE)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (Changed("weather", 0.0, 0.0, 0.0), "no assumption 'weather'"),
        (Changed("elasticity_1", 0.5, 0.0, 1.0), "must lie between -10 and 0"),
        (Changed("market", -2.0, -2.0, 0.0), "must lie between -0.9"),
    ],
)
def test_an_assumption_that_cannot_be_is_refused(changed: Changed, said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        FOUND.assumptions(Scenario((), (changed,)))


def test_a_changed_assumption_says_so() -> None:
    listed = FOUND.assumptions(Scenario((), (Changed("market", 0.1, 0.0, 0.2),)))
    assert listed["market"].source == "set in this scenario"
    assert listed["yearly_discount"].source == "assumption"
