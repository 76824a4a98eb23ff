"""What the figures of white space draw: a shape for each state, and the worth of a gap as its area."""

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import palette
from kam.opportunities.figures import (
    ACCOUNTS,
    CATEGORIES,
    drawn_cells,
    white_space_categories_figure,
    white_space_figure,
)
from kam.opportunities.words_white_space import STATES, categories_title, map_title
from tests.figures.books import NASTY
from tests.figures.reading import bars, ids, points, subtitle


def cells(accounts: int = 3, categories: int = 5) -> pd.DataFrame:
    """Accounts by categories; the states take turns, and a gap is worth the less the later its account."""
    rows = [
        {
            "account_id": f"A{row}",
            "name": NASTY[row % len(NASTY)],
            "category": f"C{column}",
            "state": STATES[(row + column) % len(STATES)],
            "revenue": 50.0,
            "peer_value": 20.0,
            "worth": np.nan,
            "rivals": "R & S",
            "why": "8 of 20 peers buy it.",
            "value_low": 1.0,
            "value_high": 900.0,
        }
        for row in range(accounts)
        for column in range(categories)
    ]
    frame = pd.DataFrame(rows)
    place = frame["account_id"].str[1:].astype(float)
    return frame.assign(expected_value=(400.0 / (1 + place)).where(frame["state"] == "gap"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_state_has_a_shape_and_a_colour_of_its_own(theme: str) -> None:
    fig = white_space_figure(cells(), "EUR", theme=theme)
    assert fig.layout.meta["title"] == map_title(cells(), ACCOUNTS, "EUR")
    assert [trace.name for trace in fig.data] == list(STATES)
    assert len({trace.marker.symbol for trace in fig.data}) == len(STATES)
    assert len({trace.marker.color for trace in fig.data}) == len(STATES)
    assert points(fig, "gap").marker.color == palette(theme).accent
    assert sum(len(trace.x) for trace in fig.data) == 15


def test_the_area_of_a_gap_is_its_worth() -> None:
    gaps = points(white_space_figure(cells(), "EUR"), "gap")
    sizes = dict(zip(ids(gaps), gaps.marker.size, strict=True))
    assert sizes["A0"] ** 2 / sizes["A1"] ** 2 == pytest.approx(2)
    assert sizes["A0"] == max(sizes.values())


def test_of_many_the_first_are_drawn_and_the_rest_counted() -> None:
    fig = white_space_figure(cells(40, 15), "EUR")
    shown, accounts, categories = drawn_cells(cells(40, 15))
    assert (len(accounts), len(categories), len(shown)) == (ACCOUNTS, CATEGORIES, ACCOUNTS * CATEGORIES)
    assert accounts["expected_value"].is_monotonic_decreasing
    assert subtitle(fig).endswith("20 accounts and 3 categories with less are in the list below.")


def test_names_from_the_book_are_letters_and_the_figure_is_told_in_words() -> None:
    fig = white_space_figure(cells(5), "EUR")
    assert "<script>" not in str(fig.layout.yaxis.ticktext)
    assert not any("<script>" in row[1] for trace in fig.data for row in trace.customdata)
    assert "Map of 5 accounts by 5 categories" in fig.layout.meta["alt"]


def test_without_a_gap_the_figures_say_so() -> None:
    sold = cells().assign(state="sold", expected_value=np.nan)
    assert not white_space_figure(sold, "EUR").data
    assert not white_space_categories_figure(sold, "EUR").data
    assert not white_space_figure(sold.head(0), None).data


def test_categories_are_bars_from_the_largest_down() -> None:
    fig = white_space_categories_figure(cells(4, 15), "EUR")
    bar = bars(fig, "expected value")
    assert fig.layout.meta["title"] == categories_title(cells(4, 15))
    assert list(bar.x) == sorted(bar.x, reverse=True)
    assert len(bar.x) <= CATEGORIES
