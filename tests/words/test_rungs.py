"""The later sentences of the Ladder page give the numbers of their frames, and read right when nothing is to say."""

import pandas as pd

from kam.base.ladder_policy import compared, with_policy
from kam.base.likelihoods import DEFAULT
from kam.ladder.words_rungs import (
    TO_GATHER,
    gathered,
    outcomes_finding,
    policy_note,
    slip_finding,
    ways_finding,
    worth_finding,
)

OUTCOME = ["measure", "rung", "accounts", "difference", "difference_low", "difference_high"]


def outcomes(*rows: tuple[object, ...]) -> pd.DataFrame:
    numbers = dict.fromkeys(OUTCOME[3:], float)
    return pd.DataFrame(list(rows), columns=OUTCOME).astype(numbers)


def test_every_signal_that_can_be_gathered_has_its_words() -> None:
    assert set(TO_GATHER) == set(DEFAULT.signals) - {"tenure", "regularity"}
    assert gathered("coverage + dependence") == "contacts and touches"


def test_the_finding_of_outcomes_says_what_shows_and_what_these_accounts_cannot_show() -> None:
    found = outcomes_finding(
        outcomes(
            ("margin rate", "commodity broker", 26, None, None, None),
            ("margin rate", "strategic partner", 18, 0.154, 0.119, 0.180),
            ("NRR", "commodity broker", 32, None, None, None),
            ("NRR", "strategic partner", 18, 0.021, -0.300, 0.268),
        )
    )
    assert found == (
        "Margin rate: +15.4 pp for strategic partners against commodity brokers (range +11.9 pp to +18.0 pp; 18"
        " strategic partners and 26 commodity brokers); NRR: no difference that 18 strategic partners and 32 commodity"
        " brokers can show (+2.1 pp, range −30.0 pp to +26.8 pp)"
    )


def test_discounts_stand_in_where_there_are_no_costs_and_too_few_are_said() -> None:
    rows = outcomes(
        ("discount rate", "supplier", 9, None, None, None), ("discount rate", "strategic partner", 7, *[-0.1] * 3)
    )
    assert outcomes_finding(rows).startswith("Discount rate: −10.0 pp for strategic partners against suppliers")
    few = outcomes(("NRR", "supplier", 9, None, None, None), ("NRR", "strategic partner", 2, 0.1, None, None))
    assert outcomes_finding(few) == "Fewer than two rungs have the five accounts that a comparison needs"
    assert outcomes_finding(outcomes()).startswith("No account's rung of a year ago is known without its prices")


def test_the_findings_of_nothing() -> None:
    nothing = pd.DataFrame(columns=["name", "revenue", "why", "turning", "renew", "rung", "evidence"])
    known = pd.DataFrame({"rung": ["supplier"], "revenue": [1.0]})
    unknown = pd.DataFrame({"rung": ["unknown"], "revenue": [1.0]})
    assert slip_finding(nothing) == "No account above the lowest rung has evidence that runs out or has turned"
    assert worth_finding(nothing, known) == (
        "Every active account stands on a known rung: more evidence would settle nothing new"
    )
    assert worth_finding(nothing, unknown).endswith("no single further piece of evidence would settle any of them")


def test_an_account_that_only_ages_rests_on_what_holds_it_up() -> None:
    row = {"name": ["Nord"], "revenue": [5.0], "why": ["ageing"], "turning": [None], "renew": ["perception"]}
    assert slip_finding(pd.DataFrame(row | {"rung": ["strategic partner"]})) == (
        "1 account with 5.00 may slip: 0 have turned, 1 only age; the largest is Nord, a strategic partner that rests"
        " on perception"
    )


def test_what_is_planned_is_said() -> None:
    row = {"way_up": ["build trust and openness"], "signal": ["support"], "gain": [0.1], "covered_by": ["Meet the CFO"]}
    assert ways_finding(pd.DataFrame(row | {"next_rung": ["supplier"]})).endswith("planned: Meet the CFO")


def test_a_book_s_own_likelihoods_are_named_and_the_standard_ones_are_not() -> None:
    assert policy_note(compared(DEFAULT)) is None
    own = with_policy(
        {
            "prior": {"broker": 0.5, "supplier": 0.3, "partner": 0.2},
            "recommendation": {"broker": {"detractor": 0.6, "passive": 0.32, "promoter": 0.08}},
        }
    )
    table = compared(own)
    assert table.loc[table["changed"], "signal"].tolist() == ["prior", *["recommendation"] * 3]
    assert str(policy_note(table)).startswith(
        "This book judges by its own likelihoods of the rungs before any evidence, recommendation (book.toml"
    )
