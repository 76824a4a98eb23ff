"""What the Money page says, in each state a book can be in."""

import datetime as dt

import pandas as pd
import pytest

from kam.money import words

AS_OF = dt.date(2026, 9, 30)
NOTHING = pd.DataFrame({"cost": []})
TOOK, COST = "discount took most (−EUR 5.00 M)", "discounts that rose with no volume following cost"
SPAN = "in the twelve months to Sep 2026"


def _rows(*amounts: tuple[str, float | None], uncovered: tuple[float, float] = (0, 0)) -> pd.DataFrame:
    frame = pd.DataFrame(amounts, columns=["part", "amount"]).astype({"amount": float})
    beside = [float("nan")] * len(frame)
    beside[0], beside[-1] = uncovered
    return frame.assign(uncovered=beside)


GROWN = _rows(("prior", 100e6), ("discount", -5e6), ("volume", 20e6), ("mix", 5e6), ("current", 120e6))


@pytest.mark.parametrize(
    ("rows", "erosion", "measure", "sentence"),
    [
        (
            GROWN,
            pd.DataFrame({"cost": [2e6, 1e6]}),
            "revenue",
            f"Revenue rose 20.0 % to EUR 120 M {SPAN}: volume added most (+EUR 20.0 M), {TOOK}; {COST} EUR 3.00 M.",
        ),
        (
            _rows(("prior", 10), ("price, list unknown", -4), ("current", 6)),
            NOTHING,
            "margin",
            f"Margin fell 40.0 % to EUR 6.00 {SPAN}: prices without a list took most (−EUR 4.00).",
        ),
        (
            _rows(("prior", -10), ("volume", 4), ("current", -6)),
            NOTHING,
            "margin",
            f"Margin rose to −EUR 6.00 {SPAN}: volume added most (+EUR 4.00).",
        ),
        (_rows(("prior", 10), ("volume", 0), ("current", 10)), NOTHING, "revenue", f"Revenue held at EUR 10.0 {SPAN}."),
        (
            _rows(("prior", None), ("volume", None), ("current", 10)),
            NOTHING,
            "revenue",
            f"Revenue was EUR 10.0 {SPAN}; the data hold no year before to compare.",
        ),
        (
            _rows(("prior", None), ("volume", None), ("current", None)),
            NOTHING,
            "margin",
            "No line has a cost, so margin and what made it change are unknown. Add cost_amount to the sales.",
        ),
        (
            _rows(("prior", None), ("volume", None), ("current", None)),
            NOTHING,
            "revenue",
            "No sales up to this month: there is nothing to compare yet.",
        ),
    ],
    ids=["grown", "fallen", "less of a loss", "held", "no year before", "no costs", "no sales"],
)
def test_the_finding(rows: pd.DataFrame, erosion: pd.DataFrame, measure: str, sentence: str) -> None:
    assert words.finding(rows, erosion, AS_OF, measure, "EUR") == sentence


def test_a_year_before_of_few_months_makes_no_rate_of_change() -> None:
    assert words.finding(GROWN, NOTHING, AS_OF, currency="EUR", months_before=7) == (
        f"Revenue was EUR 120 M {SPAN}, +EUR 20.0 M on the only 7 months the data hold before: volume added most"
        " (+EUR 20.0 M), discount took most (−EUR 5.00 M)."
    )


def test_the_title_of_a_bridge_leaves_out_what_is_under_a_hundredth() -> None:
    summary = _rows(
        ("prior", 100e6), ("price", -5e6), ("volume and mix", 25e6), ("returns and other", 2e5), ("current", 120.2e6)
    )
    assert words.bridge_title(summary, currency="EUR") == "+EUR 20.2 M: price −5.00 M, volume and mix +25.0 M"
    assert words.bridge_title(_rows(("prior", 1), ("price", 0), ("current", 1))) == "Revenue did not change"
    unknown = _rows(("prior", None), ("price", None), ("current", 1))
    assert words.bridge_title(unknown, "margin") == "What made margin change is unknown"
    assert words.unknown_note(unknown, "revenue").startswith("There is nothing to compare with")


def test_what_a_bridge_cannot_know_is_said_only_where_it_matters() -> None:
    assert words.partial_note(dt.date(2024, 10, 28), 12) is None
    assert words.partial_note(dt.date(2025, 10, 1), 0) is None
    assert "holds 11 of its 12 months" in str(words.partial_note(dt.date(2024, 11, 1), 11))
    assert words.uncovered_note(GROWN) is None
    told = words.uncovered_note(_rows(("prior", 1), ("current", 2), uncovered=(3, 4)), "EUR")
    assert told == "Left out for want of a cost: revenue of EUR 4.00 now and EUR 3.00 a year ago."


def test_the_title_of_discount_erosion() -> None:
    rows = pd.DataFrame({"name": ["Nord", "Süd"], "category": ["Pumps", "Seals"], "cost": [5e3, 1e3]})
    assert words.erosion_title(rows, "EUR") == (
        "2 times a discount rose and no more units were bought, for EUR 6.00 k in all; the dearest: Nord on Pumps,"
        " EUR 5.00 k"
    )
    assert words.erosion_title(rows.head(1), "EUR") == (
        "Nord got more discount on Pumps, worth EUR 5.00 k, and took no more units"
    )
    assert words.erosion_title(rows.head(0)) == "Nowhere did discounts rise without volume following"


def test_the_title_of_retention_says_where_it_came_from() -> None:
    months = pd.to_datetime(["2025-09-30", "2026-09-30"])
    headline = pd.DataFrame({"month": months, "grr": [0.9, 0.8]})
    again = "came again from the same accounts"
    assert words.retention_title(headline) == f"Of last year's revenue 80.0 % {again}, down from 90.0 % in Sep 2025"
    assert words.retention_title(headline.tail(1)) == f"Of last year's revenue 80.0 % {again}"
    assert words.retention_title(headline.assign(grr=0.8)) == f"Of last year's revenue 80.0 % {again}, as in Sep 2025"
    assert words.retention_title(headline.assign(grr=float("nan"))).startswith("Retention is unknown")


def test_the_title_of_cohorts_counts_new_accounts_only() -> None:
    rows = pd.DataFrame(
        {"quarters_since": [0, 4, 4], "is_censored": [True, True, False], "accounts": [9, 9, 4], "alive": [9, 5, 3]}
    )
    assert words.cohorts_title(rows) == "Of 4 new accounts, 3 (75.0 %) bought in the quarter a year later"
    assert words.cohorts_title(rows.head(2)) == "No account can be followed for a year yet"
    assert "its 9 accounts may have bought for years before" in str(words.censored_note(rows))
    assert words.censored_note(rows.tail(1)) is None


def test_the_title_of_losses_names_how_few_make_half() -> None:
    rows = pd.DataFrame(
        {
            "name": ["Nord", "Süd", "Ost"],
            "state": ["lost", "continuing", "continuing"],
            "lost_revenue": [4.0, 3.0, 3.0],
            "cumulative_share": [0.4, 0.7, 1.0],
        }
    )
    assert words.drivers_title(rows, "EUR") == "2 of 3 accounts make 70.0 % of EUR 10.0 lost; 1 of the 3 has left"
    one = rows.assign(cumulative_share=[0.6, 0.8, 1.0], state="continuing")
    assert words.drivers_title(one, "EUR") == "Nord alone makes 60.0 % of EUR 10.0 lost; none of them has left"
    assert words.drivers_title(rows.head(1), "EUR") == "Nord makes all of EUR 4.00 lost"
    assert words.drivers_title(rows.head(0)) == "No account brought less than the year before"
