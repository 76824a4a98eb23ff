"""What the portfolio says of itself, in each state a book can be in."""

import pandas as pd
import pytest

from kam.portfolio.words import changes_title, finding, map_title, pareto_title


def _headline(revenue: float, growth: float | None, months: int = 24) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": [pd.Timestamp("2026-09-30")],
            "months_covered": [months],
            "revenue": [revenue],
            "growth": pd.Series([growth], dtype=float),
        }
    )


def _concentration(accounts: int, share: float = 0.71) -> pd.DataFrame:
    return pd.DataFrame({"accounts": [accounts], "top_20pct_share": [share]})


def _dangers(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["account_id", "kind", "revenue"])


SPAN = "in the twelve months to Sep 2026"
ALONE = "with no full year before to compare"
RESTS = "the largest 20 % of accounts bring 71.0 %"
DANGERS = _dangers(("A", "silent", 2e6), ("A", "falling", 2e6), ("B", "falling", 4.1e6), ("C", "dependence", 9e6))


@pytest.mark.parametrize(
    ("headline", "concentration", "dangers", "sentence"),
    [
        (
            _headline(48.1e6, 0.042),
            _concentration(120),
            DANGERS,
            f"Revenue grew 4.2 % to EUR 48.1 M {SPAN}; {RESTS}, and 2 accounts worth EUR 6.10 M are in danger.",
        ),
        (
            _headline(48.1e6, -0.1),
            _concentration(120),
            _dangers(("B", "falling", 4.1e6)),
            f"Revenue fell 10.0 % to EUR 48.1 M {SPAN}; {RESTS}, and 1 account worth EUR 4.10 M is in danger.",
        ),
        (
            _headline(48.1e6, 0.0004),
            _concentration(120),
            _dangers(),
            f"Revenue held at EUR 48.1 M {SPAN}; {RESTS}, and no account is in danger.",
        ),
        (
            _headline(100, None, 14),
            _concentration(1, 1.0),
            _dangers(("A", "dependence", 100)),
            f"Revenue was EUR 100 {SPAN}, {ALONE}; one account brings all of it, and no account is in danger.",
        ),
        (
            _headline(100, None, 3),
            _concentration(2),
            _dangers(),
            f"Revenue was EUR 100 in the 3 months to Sep 2026, {ALONE}; {RESTS}, and no account is in danger.",
        ),
        (_headline(0, -1), _concentration(0), DANGERS, "No account brought revenue in the twelve months to Sep 2026."),
        (
            _headline(1, None).iloc[:0],
            _concentration(0),
            _dangers(),
            "No sales up to this month: there is nothing to say about the portfolio yet.",
        ),
    ],
    ids=["growing", "falling", "held", "one account", "three months", "no revenue", "no sales"],
)
def test_the_finding(headline: pd.DataFrame, concentration: pd.DataFrame, dangers: pd.DataFrame, sentence: str) -> None:
    assert finding(headline, concentration, dangers, "EUR") == sentence


def _accounts(*rows: tuple[float, float | None, float | None, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["revenue", "growth", "margin_rate", "pareto_class"])
    costed = frame["margin_rate"].notna().astype(float)
    return frame.assign(margin=frame["revenue"] * frame["margin_rate"], cost_coverage=costed).astype({"growth": float})


def test_the_pareto_title_counts_class_a() -> None:
    book = _accounts((60, 0.1, 0.5, "A"), (30, 0.1, 0.5, "A"), (10, 0.1, 0.5, "C"), (-5, None, None, "C"))
    assert pareto_title(book, "EUR") == "2 of 3 accounts bring 90.0 % of EUR 100 revenue"
    assert pareto_title(_accounts((90, 0, 0, "A"), (10, 0, 0, "B"))) == "1 of 2 accounts brings 90.0 % of 100 revenue"
    assert pareto_title(book.iloc[:1], "EUR") == "One account brings all revenue, EUR 60.0"
    assert pareto_title(book.iloc[:0]) == "No account brought revenue in these twelve months"


def test_the_map_title_weighs_growing_against_shrinking() -> None:
    book = _accounts((60, 0.1, 0.5, "A"), (30, -0.1, 0.1, "A"), (10, -0.2, 0.6, "C"))  # 30 + 3 + 6 of 100
    both = "1 growing account brings EUR 60.0, 2 shrinking accounts bring EUR 40.0"
    assert map_title(book, "EUR") == f"{both}: 1 of these under the average margin of 39.0 %"
    uncosted = book.assign(margin=float("nan"), margin_rate=float("nan"), cost_coverage=0.0)
    assert map_title(uncosted) == "1 growing account brings 60.0, 2 shrinking accounts bring 40.0"
    assert map_title(book.iloc[:1]) == "1 growing account brings 60.0, no shrinking account"
    assert map_title(book.assign(growth=float("nan"))) == "3 accounts bring 100: no year before to compare"
    assert map_title(book.iloc[:0]) == "No account brought revenue in these twelve months"


def test_the_changes_title_sets_gains_against_losses() -> None:
    def title(*amounts: float) -> str:
        return changes_title(pd.DataFrame({"change": amounts}, dtype=float), "EUR")

    assert title(5e6, 1e6, -3e6) == "2 accounts brought +EUR 6.00 M, 1 account took −EUR 3.00 M"
    assert title(5e6) == "1 account brought +EUR 5.00 M; none shrank"
    assert title(-5e6, -1) == "2 accounts took −EUR 5.00 M; none grew"
    assert title() == "Nothing changed that could be compared with the year before"
