"""SMART: each bad objective fails its own letter and no other, with a reason and the smallest fix."""

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.plan.owner import owner_problem
from kam.plan.past import Past
from kam.plan.past_changes import Reach
from kam.plan.smart import LETTERS, METRICS, Known, check
from kam.plan.smart_table import check_draft, smart
from tests.relations import line, relations

# twenty windows: from −10 % to +9 %
CHANGES = np.arange(-10, 10) / 100
PLAN = {"account_id": "A", "starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
GOOD = {
    "title": "Sell 5 % more",
    "metric": "revenue",
    "unit": "EUR",
    "baseline": 100.0,
    "target": 105.0,
    "starts_on": dt.date(2026, 1, 1),
    "due_on": dt.date(2026, 12, 31),
    "owner": "Ines Roth",
    "serves": "criterion",
    "serves_note": "growth potential",
}


def known(needed: float = 0.05, **more: Any) -> Known:  # noqa: ANN401 - what a Known may hold
    found = Reach(needed, 12, CHANGES, 3, is_relative=True, from_nothing=False)
    return replace(Known(PLAN, "EUR", {"pumps"}, {"P1"}, found), **more)


def test_a_good_objective_holds_every_letter_and_says_why() -> None:
    judged = check(GOOD, known())

    assert {letter: verdict.holds for letter, verdict in judged.items()} == dict.fromkeys(LETTERS, True)
    assert [verdict.reason for verdict in judged.values()] == [
        "It counts revenue of one account.",
        "From EUR 100 to EUR 105.",
        "A rise of 5.0 % happened in 5 of 20 windows of 12 months here (75th percentile, 3 accounts of its kind).",
        "It serves the criterion “growth potential”.",
        "It runs from 1 Jan 2026 to 31 Dec 2026.",
        "Ines Roth answers for it.",
    ]
    assert {verdict.fix for verdict in judged.values()} == {""}


@pytest.mark.parametrize(
    ("change", "needed", "letter", "reason", "fix"),
    [
        (
            {"title": "Do better", "metric": None},
            0.05,
            "specific",
            "It names nothing that can be counted.",
            f"Choose a metric: {', '.join(METRICS)}.",
        ),
        ({"unit": None}, 0.05, "measurable", "Baseline and target have no unit.", "Set the unit: EUR."),
        (
            {"target": 90.0},
            -0.1,
            "measurable",
            "Its target of EUR 90.0 lies below its baseline of EUR 100, and more of it is better.",
            "Set a target above EUR 100.",
        ),
        (
            {"due_on": dt.date(2025, 6, 30)},
            0.05,
            "time_bound",
            "It is due on 30 Jun 2025, not after its start on 1 Jan 2026.",
            "Set a due day after 1 Jan 2026.",
        ),
        (
            {"target": 1000.0},
            9.0,
            "achievable",
            (
                "A stretch: a rise of 900.0 % happened in none of 20 windows of 12 months here (100th"
                " percentile, 3 accounts"
                " of its kind)."
            ),
            "A target of EUR 108 is as far as 95.0 % of the windows went; or give it more time.",
        ),
        ({"owner": None}, 0.05, "assigned", "It has no owner.", "Name the one person who answers for it."),
        (
            {"metric": "joy"},
            0.05,
            "specific",
            "“joy” is not a metric that is known here.",
            f"Choose one of {', '.join(METRICS)}.",
        ),
        (
            {"category": "pump"},
            0.05,
            "specific",
            "No product is in category “pump”.",
            "Choose a category of the products table.",
        ),
        (
            {"unit": "%"},
            0.05,
            "measurable",
            "Its unit is “%”, but revenue is measured in EUR.",
            "Write baseline and target in EUR.",
        ),
        (
            {"metric": "margin rate", "unit": "ratio", "baseline": 18.0, "target": 20.0},
            0.02,
            "measurable",
            "A margin rate of 20 as a ratio would be 2,000 %.",
            "Set the unit to %, or write 18 % as 0.18.",
        ),
        ({"target": None}, 0.05, "measurable", "It has no target.", "Set the value wanted on the due day."),
        (
            {"target": 100.0},
            0.0,
            "measurable",
            "Its target equals its baseline, so there is no way to go.",
            "Set a target apart from it.",
        ),
        (
            {"serves": None},
            0.05,
            "relevant",
            "It is not tied to why the account matters.",
            "Say what it serves: a criterion, a rung signal, an opportunity or a goal of the customer's.",
        ),
        (
            {"serves": "opportunity", "serves_note": None},
            0.05,
            "relevant",
            "It serves an opportunity, but nobody says which.",
            "Name it.",
        ),
        ({"due_on": None}, 0.05, "time_bound", "It has no due day.", "Set one, by 31 Dec 2026 at the latest."),
        (
            {"due_on": dt.date(2027, 1, 1)},
            0.05,
            "time_bound",
            "It is due on 1 Jan 2027, after its plan ends on 31 Dec 2026.",
            "Set the due day to 31 Dec 2026, or let the plan run on.",
        ),
        (
            {"starts_on": dt.date(2025, 12, 1)},
            0.05,
            "time_bound",
            "It starts on 1 Dec 2025, before its plan does on 1 Jan 2026.",
            "Set the start to 1 Jan 2026.",
        ),
        (
            {"owner": "Ines Roth and Ada Lind"},
            0.05,
            "assigned",
            "It has 2 owners.",
            "Name the one person who answers for it.",
        ),
    ],
)
def test_a_bad_objective_fails_its_own_letter_only(
    change: dict[str, object], needed: float, letter: str, reason: str, fix: str
) -> None:
    judged = check(GOOD | change, known(needed))

    assert [name for name, verdict in judged.items() if verdict.holds is False] == [letter]
    assert (judged[letter].reason, judged[letter].fix) == (reason, fix)


def test_a_higher_discount_rate_is_worse() -> None:
    less = GOOD | {"metric": "discount rate", "unit": "%", "baseline": 18, "target": 16}
    assert check(less, known(0.02))["measurable"].holds
    more = check(less | {"target": 20}, known(-0.02))["measurable"]
    assert more.reason == "Its target of 20.0 % lies above its baseline of 18.0 %, and a higher one is worse."


def test_a_baseline_can_be_filled_in_and_one_far_from_the_measured_start_is_said() -> None:
    assert (
        check(GOOD | {"baseline": None}, known(started=97.0))["measurable"].fix
        == "Set the baseline to EUR 97.0, as measured."
    )
    assert (
        check(GOOD, known(started=150.0))["measurable"].reason
        == "From EUR 100 to EUR 105; measured at its start: EUR 150."
    )


@pytest.mark.parametrize(
    ("change", "facts", "reason"),
    [
        ({}, {"reach": None}, "The data hold 0 windows of 12 months to compare with, and 20 are needed."),
        (
            {"metric": "reading", "unit": "workshops"},
            {"reach": None},
            "Nothing but this objective's own readings tells it, so the past cannot say how often it came.",
        ),
        ({"metric": None}, {}, "Without a metric there is no change to judge."),
        ({"target": 90}, {}, "It wants no change for the better that could be judged."),
    ],
)
def test_what_is_achievable_may_be_unknown(change: dict[str, object], facts: dict[str, Any], reason: str) -> None:
    verdict = check(GOOD | change, known(**facts))["achievable"]

    assert (verdict.holds, verdict.reason) == (None, reason)


@pytest.mark.parametrize(
    ("owner", "problem"),
    [
        ("Ines Roth", None),
        ("Roth, Ines", None),
        ("Anna-Lena de la Cruz", None),
        ("Andy Sandoval", None),
        ("Ulrike شیرازی", None),
        ("Ines/Ada", "it has 2 owners"),
        ("Ines Roth, Ada Lind, Bo Ek", "it has 3 owners"),
        ("Ines & Ada", "it has 2 owners"),
        ("everyone", "“everyone” is not a person"),
        ("Marketing", "“Marketing” is not a person"),
        ("TBD", "it has no owner"),
        (None, "it has no owner"),
    ],
)
def test_one_owner_is_one_person(owner: str | None, problem: str | None) -> None:
    assert owner_problem(owner) == problem


anything = st.none() | st.text(max_size=8) | st.floats(allow_nan=True) | st.integers(-10, 10) | st.dates()
keys = (*GOOD, "category", "product_id", "window_months")


@given(
    st.dictionaries(st.sampled_from(keys), anything), st.sampled_from([None, known().reach]), st.none() | st.just(PLAN)
)
def test_whatever_a_form_holds_is_judged_with_a_reason_and_a_fix_where_it_fails(
    draft: dict[str, object], found: Reach | None, plan: dict | None
) -> None:
    judged = check(draft, known(reach=found, plan=plan))

    assert list(judged) == list(LETTERS)
    for verdict in judged.values():
        assert verdict.reason.endswith(".")
        assert bool(verdict.fix) or verdict.holds is not False
        assert not verdict.fix or verdict.holds is not True


MONTHS = pd.date_range("2024-01-01", "2026-06-01", freq="MS")
AS_OF = dt.date(2026, 6, 30)


def sales() -> list:
    """Write thirty months of product P1 at account A: 100 a month in the first twenty-four, then 115."""
    return [line("A", f"{month:%Y-%m-%d}", 100 if place < 24 else 115) for place, month in enumerate(MONTHS)]


PLANS = [{**PLAN, "plan_id": "L", "name": "Plan", "customer_goal": "Grow with us"}]
PRODUCTS = [{"product_id": "P1", "category": "pumps"}]
DRAFT = {
    "plan_id": "L",
    "title": "+15 % sales of P1 to A within 6 months",
    "metric": "revenue",
    "product_id": "P1",
    "window_months": 6,
    "unit": "EUR",
    "baseline": 600,
    "target": 690,
    "starts_on": dt.date(2026, 1, 1),
    "due_on": dt.date(2026, 6, 30),
    "owner": "Ines Roth",
    "serves": "customer goal",
}


def test_a_draft_that_is_stored_nowhere_is_held_against_the_sales() -> None:
    with relations(sales(), plans=PLANS, products=PRODUCTS) as cursor:
        judged = check_draft(cursor, DRAFT, past=Past(cursor, as_of=AS_OF), currency="EUR").set_index("letter")

    # windows of six months ending June 2024 to June 2026, six months apart: 19, of which one went from 600 to 690
    assert judged["reason"]["achievable"] == (
        "The data hold 19 windows of 6 months to compare with, and 20 are needed."
    )
    assert judged["reason"]["relevant"] == "It serves the customer goal “Grow with us”."
    assert judged["holds"].drop("achievable").all()


def test_the_stored_objectives_and_the_draft_are_judged_alike() -> None:
    stored = {**DRAFT, "objective_id": "O", "window_months": 3, "baseline": 300, "target": 345}
    with relations(sales(), plans=PLANS, products=PRODUCTS, objectives=[stored]) as cursor:
        past = Past(cursor, as_of=AS_OF)
        row = smart(cursor, past=past, currency="EUR").iloc[0]
        draft = check_draft(cursor, stored, past=past, currency="EUR").set_index("letter")

    # windows of three months: March 2024 … June 2026, 22 of them six months apart; four reach 345 from 300
    assert (row["windows"], row["reached"], row["needed"]) == (22, 4, pytest.approx(0.15))
    assert row["achievable_reason"] == (
        "A rise of 15.0 % happened in 4 of 22 windows of 6 months here (81st percentile, 1 account of its kind)."
    )
    assert {letter: (row[letter], row[f"{letter}_reason"]) for letter in LETTERS} == {
        letter: (draft["holds"][letter], draft["reason"][letter]) for letter in LETTERS
    }


def test_without_objectives_the_columns_are_the_same() -> None:
    with relations(sales()) as cursor:
        empty = smart(cursor, past=Past(cursor, as_of=AS_OF), currency=None)

    assert len(empty) == 0
    assert set(LETTERS) <= set(empty.columns)
    assert (empty.dtypes[list(LETTERS)] == "boolean").all()
