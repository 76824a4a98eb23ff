"""What the Opportunities page says, and how it says that a ranking is no better than another."""

import numpy as np
import pandas as pd
import pytest

from kam.opportunities import words as opportunities
from kam.opportunities import words_white_space as white_space

CELLS = pd.DataFrame(
    [
        ("A", "Nord", "Pumps", "gap", 900.0, 0.0),
        ("A", "Nord", "Valves", "open opportunity", np.nan, 0.0),
        ("B", "Süd", "Pumps", "gap", 500.0, 0.0),
        ("B", "Süd", "Valves", "gap", 200.0, 0.0),
        ("A", "Nord", "Seals", "sold", np.nan, 60.0),
        ("B", "Süd", "Seals", "sold", np.nan, 30.0),
    ],
    columns=["account_id", "name", "category", "state", "expected_value", "revenue"],
).assign(account_revenue=[80.0, 80, 20, 20, 80, 20])


def test_the_finding() -> None:
    assert white_space.finding(CELLS, "EUR") == (
        "EUR 1.60 k of expected white space a year in 3 gaps at 2 accounts; most of it in Pumps, EUR 1.40 k."
    )
    assert white_space.finding(CELLS.query("state == 'sold'")).startswith("There is no gap")
    unknown = CELLS.assign(expected_value=np.nan)
    assert white_space.finding(unknown) == (
        "What would come of the white space in 3 gaps at 2 accounts cannot be told: nobody buys these categories."
    )


def test_revenue_without_a_category_is_named_if_it_is_seen_in_a_percentage() -> None:
    assert white_space.uncategorised(CELLS) == (
        "10.0 % of revenue is in no category; what lies in it cannot be seen here."
    )
    assert white_space.uncategorised(CELLS.assign(revenue=[0, 0, 0, 0, 80.0, 20.0])) is None


def test_titles_of_the_charts() -> None:
    assert white_space.map_title(CELLS, 1, "EUR") == (
        "Nord could bring EUR 900 more; 1 account holds 56.2 % of the white space"
    )
    assert white_space.map_title(CELLS, 2) == "Nord could bring 900 more"
    assert white_space.categories_title(CELLS) == "87.5 % of the white space lies in Pumps"
    none = CELLS.query("state == 'sold'")
    assert white_space.map_title(none, 2) == "No account has a gap whose worth can be told"
    assert white_space.categories_title(none) == "No gap has a worth that can be told"


def one_row(**more: object) -> pd.Series:
    known: dict[str, object] = {
        "tested_as_of": pd.Timestamp("2025-09-30"),
        "accounts": 40,
        "too_few_gaps": 0,
        "hit_rate": 0.5,
        "popularity_hit_rate": 0.3,
        "random_hit_rate": 0.2,
        "difference": 0.2,
        "difference_se": 0.05,
        "money_share": 0.6,
        "popularity_money_share": 0.4,
    }
    return pd.Series(known | more)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (one_row(), "This ranking tells better than popularity what customers buy next. Of 40"),
        (one_row(difference=0.09), "This ranking tells no better than popularity what customers buy next, as far"),
        (one_row(difference=-0.2), "Popularity tells better than this ranking what customers buy next. Of 40"),
        (
            one_row(difference=0.09, random_hit_rate=0.6),
            (
                "This ranking tells no better than popularity what customers buy next, as far as the numbers"
                " reach. Neither"
                " beats three gaps drawn blindly."
            ),
        ),
        (
            one_row(difference=-0.2, hit_rate=0.1),
            (
                "Popularity tells better than this ranking what customers buy next. It does not beat three gaps drawn"
                " blindly."
            ),
        ),
        (one_row(tested_as_of=pd.NaT), "The book does not reach back two years"),
        (one_row(accounts=0, too_few_gaps=3), "3 accounts took up a new category within a year, but had three gaps"),
        (one_row(accounts=0), "No account took up a new category within a year"),
    ],
)
def test_which_ranking_is_better_is_said_plainly(found: pd.Series, said: str) -> None:
    assert white_space.back_test(found).startswith(said)


def test_the_back_test_tells_both_rates_the_error_and_the_money() -> None:
    assert white_space.back_test(one_row()).endswith(
        "Of 40 accounts that took up something new since 30 Sep 2025, 50.0 % took up one of the first three gaps of"
        " this ranking as it stood then; ranked by popularity 30.0 %, drawn blindly 20.0 % (difference to popularity"
        " +20.0 pp, standard error 5.0 pp). Of the money that the new categories brought, the first three held 60.0 %;"
        " by popularity 40.0 %."
    )


def test_why_a_gap() -> None:
    gap = {"peers": 20, "peer_buyers": 8, "same_industry": False, "spend_share": 0.1, "lift": 1.04, "lift_from": "P"}
    rows = [
        gap | {"lost_on": pd.NaT},
        gap | {"peers": 1, "peer_buyers": 1, "same_industry": True, "lift": 1.0, "lost_on": pd.Timestamp("2026-02-03")},
        gap | {"lift": 1.8, "lost_on": pd.NaT},
    ]
    assert white_space.reasons(pd.DataFrame(rows)).tolist() == [
        "8 of 20 accounts nearest in size buy it.",
        "Its only peer buys it. An offer was lost in Feb 2026.",
        "8 of 20 accounts nearest in size buy it; customers who buy P buy it 1.8 times as often.",
    ]
    assert len(white_space.reasons(pd.DataFrame(rows).head(0))) == 0


def test_what_one_account_could_buy() -> None:
    own = CELLS.query("account_id == 'A'").assign(value_low=100.0, value_high=2_000.0, why="8 of 20 peers buy it.")
    assert white_space.could_buy_title(own, "EUR") == "1 gap, EUR 900 a year expected; 1 category being worked."
    assert white_space.gap_line(own.iloc[0], "EUR") == ("EUR 900 a year (EUR 100 to EUR 2.00 k). 8 of 20 peers buy it.")
    assert white_space.could_buy_title(own[own["state"] == "sold"]).startswith("No gap is left")


def test_lists_of_better_versions_services_and_the_register() -> None:
    rows = pd.DataFrame(
        {"account_id": ["A", "A"], "spend": [10.0, 20.0], "gain": [5.0, np.nan], "expected_value": [3.0, np.nan]}
    )
    assert opportunities.up_sell_title(rows, "EUR") == (
        "1 account spends EUR 30.0 a year on versions that have a better one; all of it moved up at the same quantity"
        " would bring EUR 5.00 more."
    )
    assert opportunities.solutions_title(rows, "EUR").startswith("1 account buys products without their service")
    register = pd.DataFrame(
        {
            "is_open": [True, True, False],
            "is_late": [True, False, False],
            "worth": [10.0, np.nan, 90.0],
            "expected_worth": [5.0, np.nan, np.nan],
        }
    )
    assert opportunities.register_title(register, "EUR") == (
        "2 opportunities open, worth EUR 10.0 a year, EUR 5.00 weighted by chance; 1 is past the day of decision."
    )
    assert opportunities.register_title(register.tail(1)) == "None of 1 opportunity is open."
