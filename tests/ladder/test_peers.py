"""Behaviour is low or high only beside peers: of the industry where there are enough, else of the book."""

from random import Random

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.ladder.measures import Measure
from kam.ladder.standing_among import PEERS_IN_INDUSTRY, against_peers

MORE = {"x": Measure("x", "{}", "number")}
LESS = {"x": Measure("x", "{}", "number", more_is_higher=False)}
BANDED = {"x": Measure("x", "{}", "number", band=2.5)}


def values(numbers: list[float], industries: list[str | None] | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit": range(len(numbers)),
            "day": 0,
            "industry": pd.Series(industries or [None] * len(numbers), dtype="str"),
            "signal": pd.Categorical(["x"] * len(numbers), categories=["x"]),
            "value": numbers,
        }
    )


def levels(frame: pd.DataFrame, measures: dict[str, Measure] = MORE) -> list[int]:
    return against_peers(frame, measures)["level_index"].tolist()


def test_a_quarter_stands_low_and_a_quarter_high() -> None:
    assert levels(values([8, 7, 6, 5, 4, 3, 2, 1])) == [2, 2, 1, 1, 1, 1, 0, 0]
    assert levels(values([8, 7, 6, 5, 4, 3, 2, 1]), LESS) == [0, 0, 1, 1, 1, 1, 2, 2]


def test_what_most_peers_do_is_the_middle() -> None:
    assert levels(values([0, 0, 0, 0, 0, 0, 0, 1, 2])) == [1, 1, 1, 1, 1, 1, 1, 2, 2]


def test_within_the_band_around_the_median_is_the_middle() -> None:
    assert levels(values([1, 2, 3, 4, 9]), BANDED) == [1, 1, 1, 1, 2]


def test_without_a_difference_or_with_four_peers_there_is_nothing_to_compare() -> None:
    assert levels(values([5.0] * 9)) == []
    assert levels(values([1, 2, 3, 4])) == []


def test_an_industry_of_twelve_is_its_own_peer_group_and_one_of_eleven_is_not() -> None:
    others = [1000.0 + number for number in range(40)]
    for size, median in ((PEERS_IN_INDUSTRY, (PEERS_IN_INDUSTRY - 1) / 2), (PEERS_IN_INDUSTRY - 1, 1014.0)):
        industries = ["steel"] * size + [None] * len(others)
        found = against_peers(values([*map(float, range(size)), *others], industries), MORE).iloc[:size]
        assert found["peers_median"].eq(median).all()
        assert found["level_index"].max() == (2 if size == PEERS_IN_INDUSTRY else 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 20), min_size=5, max_size=40), st.randoms())
def test_the_level_is_a_matter_of_rank_alone(numbers: list[int], random: Random) -> None:
    frame = values([float(number) for number in numbers])
    found = against_peers(frame, MORE).set_index("unit")["level_index"]
    turned = list(range(len(frame)))
    random.shuffle(turned)
    stretched = frame.assign(value=np.exp(frame["value"])).iloc[turned].reset_index(drop=True)
    again = against_peers(stretched, MORE).set_index("unit")["level_index"]
    pd.testing.assert_series_equal(found.sort_index(), again.sort_index())
