"""What the figures of the Team page draw."""

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import THEMES, palette
from kam.team import words
from kam.team.figures import carried_figure, measure_figure, skills_figure
from kam.team.words import SKILLS
from tests.figures.books import NASTY, WINDOW
from tests.figures.reading import bars, ids, points, subtitle

MEASURES = pd.DataFrame(
    {
        "measure": "NRR",
        "manager": ["Ada", "Ben", "Cem"],
        "accounts": [9, 3, 12],
        "value": [1.1, 0.9, 0.7],
        "low": [1.0, np.nan, 0.6],
        "high": [1.2, np.nan, 0.8],
        "others": [0.8, 0.9, 1.0],
        "difference": [0.3, 0.0, -0.3],
        "difference_low": [0.1, np.nan, -0.4],
        "difference_high": [0.5, np.nan, 0.1],
        "is_sure": [True, False, False],
    }
)
TEAM = pd.DataFrame(
    {
        "manager": ["Ada", "Ben", "Cem"],
        "accounts": [9, 3, 0],
        "revenue": [60.0, 40.0, 0.0],
        "share": [0.6, 0.4, 0.0],
        "touches_a_month": [1.25, np.nan, np.nan],
        "silent_accounts": [1.0, np.nan, np.nan],
        "silent_revenue": [20.0, np.nan, np.nan],
        "open_milestones": [3, 0, 0],
        "overdue_milestones": [1, 0, 0],
    }
)


@pytest.mark.parametrize("theme", THEMES)
def test_a_sure_difference_has_its_own_colour_and_shape(theme: str) -> None:
    fig = measure_figure(MEASURES, theme=theme)

    assert fig.layout.meta["title"] == words.measure_title(MEASURES)
    dots, colours = points(fig, "value"), palette(theme)
    assert ids(dots) == ["Ada", "Ben", "Cem"]
    assert list(dots.marker.color) == [colours.accent, colours.mark, colours.mark]
    assert list(dots.marker.symbol) == ["diamond", "circle", "circle"]
    assert list(points(fig, "others").x) == [0.8, 0.9, 1.0]
    assert any("90.0 % (too few)" in note.text.replace("\xa0", " ") for note in fig.layout.annotations)


def test_of_many_managers_those_with_most_accounts_are_drawn_in_the_order_of_their_values() -> None:
    many = pd.concat([MEASURES.iloc[[0]]] * 30, ignore_index=True)
    many = many.assign(manager=[f"M{place}" for place in range(30)], accounts=range(30))
    fig = measure_figure(many)

    assert ids(points(fig, "value")) == [f"M{place}" for place in range(10, 30)]
    assert "The 20 with most accounts of 30." in subtitle(fig)


def test_revenue_out_of_touch_is_hatched_and_a_manager_without_revenue_left_out() -> None:
    fig = carried_figure(TEAM, "EUR", window=WINDOW)

    assert fig.layout.meta["title"] == words.carried_title(TEAM)
    touched, silent = bars(fig, "in touch"), bars(fig, "nobody in touch")
    assert (ids(touched), list(touched.x), list(silent.x)) == (["Ada", "Ben"], [40.0, 40.0], [20.0, 0.0])
    assert silent.marker.pattern.shape == "/"
    assert "2 of 3 managers" in subtitle(fig)


def test_weak_skills_are_marked_and_nobody_unrated_is_drawn() -> None:
    rated = pd.DataFrame({"manager": ["Ada", "Ben", "Cem"], "negotiation": [5.0, 2.0, np.nan]})
    rows = rated.reindex(columns=["manager", *SKILLS])
    fig = skills_figure(rows)

    assert fig.layout.meta["title"] == words.skills_title(rows)
    column = list(SKILLS).index("negotiation")
    assert [row[column] for row in fig.data[0].text] == ["2 !", "5"]
    assert list(fig.layout.yaxis.ticktext) == ["Ben", "Ada"]


@pytest.mark.parametrize("name", NASTY)
def test_names_are_never_markup(name: str) -> None:
    for fig in (
        measure_figure(MEASURES.assign(manager=name)),
        carried_figure(TEAM.assign(manager=name), "EUR", window=WINDOW),
    ):
        assert not any(name in note.text for note in fig.layout.annotations if "<" in name or "$" in name)


def test_nothing_to_draw_says_so() -> None:
    for fig in (
        measure_figure(MEASURES.head(0)),
        carried_figure(TEAM.tail(1), None, window=WINDOW),
        carried_figure(TEAM.head(0), None, window=WINDOW),
        skills_figure(pd.DataFrame(columns=["manager", *SKILLS])),
    ):
        assert fig.layout.annotations
