"""The back-test of the ranking, worked out by hand on accounts that took up something new."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from kam.opportunities.white_space_back_test import white_space_back_test
from tests.relations import Row, line, relations, seen

AS_OF = dt.date(2026, 9, 30)
CATEGORIES = "PQRSTU"
PRODUCTS = [{"product_id": name, "category": name} for name in CATEGORIES]
THEN, NOW, EARLIER = "2025-05-01", "2026-05-01", "2024-10-01"


def bought(day: str, **items: str) -> list[Row]:
    """Let accounts buy what their letters name, 10 each, and P for 100."""
    return [
        line(account, day, 100.0 if name == "P" else 10.0, product_id=name)
        for account, names in items.items()
        for name in names
    ]


def row(*lines: list[Row], only: Sequence[str] | None = None) -> pd.Series:
    sales = [each for part in lines for each in part]
    found = white_space_back_test(seen(relations(sales, products=PRODUCTS), only=only), as_of=AS_OF)
    assert len(found) == 1
    return found.iloc[0]


PAST = bought(EARLIER, A="P") + bought(THEN, A="P", B="PQ", C="PQR", D="PQRS", E="PQRSTU")


def test_hits_by_hand() -> None:
    """A takes up Q, which is the first of its gaps in both rankings; B takes up U, which is the last in both."""
    found = row(PAST, bought(NOW, A="PQ", B="PQU", C="PQR", D="PQRS", E="P"))

    assert found["tested_as_of"] == pd.Timestamp("2025-09-30")
    assert (found["accounts"], found["adoptions"], found["too_few_gaps"]) == (2, 2, 0)
    assert (found["hit_rate"], found["popularity_hit_rate"], found["difference"]) == (0.5, 0.5, 0.0)
    assert found["random_hit_rate"] == pytest.approx((3 / 5 + 3 / 4) / 2)
    assert (found["money_share"], found["popularity_money_share"]) == (0.5, 0.5)
    assert found["difference_se"] == pytest.approx(np.sqrt(0.5 + 0.5) / 4)


def test_money_tells_the_two_rankings_apart() -> None:
    """T is seldom bought, but one buys nothing else: it is the first gap of A by value, the fourth by number."""
    found = row(PAST, [line("F", THEN, 5000.0, product_id="T")], bought(NOW, A="PT", B="PQ"))

    assert (found["hit_rate"], found["popularity_hit_rate"]) == (1.0, 0.0)
    assert (found["ours_only"], found["popularity_only"]) == (1, 0)


def test_with_three_gaps_every_ranking_hits_so_nobody_can_tell() -> None:
    found = row(PAST, bought(NOW, C="PQRS"))
    assert (found["accounts"], found["too_few_gaps"]) == (0, 1)
    assert np.isnan(found["hit_rate"])


def test_what_was_bought_in_the_year_before_is_not_taken_up_anew_and_who_left_took_up_nothing() -> None:
    found = row(PAST, bought(NOW, B="Q"))
    assert (found["accounts"], found["adoptions"], found["too_few_gaps"]) == (0, 0, 0)


def test_a_book_that_does_not_reach_back_two_years_says_so() -> None:
    found = row(bought(THEN, A="P"), bought(NOW, A="PQ"))
    assert pd.isna(found["tested_as_of"])
    assert found["accounts"] == 0


def test_only_accounts_in_view_are_counted() -> None:
    past, now = PAST, bought(NOW, A="PQ", B="PQU")
    assert row(past, now, only=["A"])["hit_rate"] == 1.0
    assert row(past, now, only=["B"])["hit_rate"] == 0.0
