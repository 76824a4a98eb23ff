"""What the What-if page says, with its numbers."""

import pandas as pd
import pytest

from kam.whatif import words, words_levers
from kam.whatif.scenario import Lever

NAMES = {"A1": "Nord AG"}


@pytest.mark.parametrize(
    ("lever", "said"),
    [
        (Lever("list_price", 0.03, "rung", "3"), "List price +3.0 % for strategic partners"),
        (Lever("discount_cap", 0.12), "Discounts of at most 12.0 % for all accounts"),
        (Lever("discount_change", -0.02, "class", "key"), "Discounts −2.0 pp for key accounts"),
        (Lever("unit_cost", 0.05, "category", "Pumps"), "Unit cost +5.0 % for Pumps"),
        (Lever("volume", -0.2, "manager", "Ada Lind"), "Volume −20.0 % for the accounts of Ada Lind"),
        (Lever("loss", 0.0, "parent", "A1"), "Lose Nord AG and its subsidiaries"),
        (Lever("rung_move", -2, "account", "A1"), "Nord AG down 2 rungs"),
        (Lever("win", 1e6, "all", "Süd", 0.3), "Win Süd: EUR 1.00 M a year at a margin of 30.0 %"),
        (Lever("win", 1e6, "all", "Süd"), "Win Süd: EUR 1.00 M a year, its margin unknown"),
        (Lever("loss", 0.0, "account", "A9"), "Lose A9"),
    ],
)
def test_a_lever_in_words(lever: Lever, said: str) -> None:
    assert words_levers.lever(lever, NAMES, "EUR") == said


def table(**changes: tuple[float, float, float]) -> pd.DataFrame:
    rows = [
        {
            "measure": name,
            "last_year": 9e6,
            "baseline": 8e6,
            "scenario": 8e6 + change,
            "low": 7e6,
            "high": 9e6,
            "change": change,
            "change_low": low,
            "change_high": high,
        }
        for name, (change, low, high) in changes.items()
    ]
    return pd.DataFrame(rows)


def test_the_finding_has_the_change_and_its_range() -> None:
    found = table(revenue=(-1e6, -2e6, 0.0), margin=(5e5, 1e5, 9e5))
    assert words.finding(found, 2, "EUR") == (
        "These 2 levers change the twelve months ahead by −EUR 1.00 M of revenue (80 %: −2.00 M to 0) and +EUR 500 k of"
        " margin (+100 k to +900 k)."
    )
    sure = table(revenue=(1e6, 1e6, 1e6), margin=(float("nan"), 0.0, 0.0))
    assert words.finding(sure, 1) == "This lever changes the twelve months ahead by +1.00 M of revenue."


def test_levers_of_a_link_that_do_not_apply_are_named() -> None:
    said = words_levers.left_out(["Loss of an account: Z is not in this selection. Nothing was computed."], 1)
    assert said == (
        "1 lever of this scenario cannot be applied here. Loss of an account: Z is not in this selection. No lever is"
        " left: this is the baseline."
    )


def test_one_reason_for_all_is_said_once() -> None:
    rows = pd.DataFrame({"item": ["0", "1"], "break_even": float("nan"), "reason": "there is no margin to keep"})
    assert words.break_even(rows, ["a", "b"]) == ["No break-even can be told: there is no margin to keep."]


def test_a_lower_price_must_bring_volume() -> None:
    rows = pd.DataFrame({"item": ["0"], "break_even": [0.5], "expected": [0.2], "reason": [None]})
    assert words.break_even(rows, ["A price"]) == [
        "A price: it must bring 50.0 % more volume, or the margin falls; the assumed response brings 20.0 %."
    ]


def test_ranges_that_cannot_be_measured_say_so() -> None:
    assert "needs two years of sales" in words.back_test(pd.DataFrame({"test": [], "n": [], "coverage": []}))
