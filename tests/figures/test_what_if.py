"""The figures of a scenario: what is drawn, what is left out and said, and that names are letters."""

import pandas as pd
import pytest

from kam.chart.palette import palette
from kam.whatif import words
from kam.whatif.figures import compared_figure, gains_figure, months_ahead_figure
from kam.whatif.figures_tornado import tornado_figure
from tests.figures.books import NASTY
from tests.figures.reading import bars, points, subtitle

MONTHS = pd.DataFrame(
    {
        "month": pd.date_range("2026-10-01", periods=12, freq="MS"),
        "last_year": 9.0,
        "baseline": [10.0, 12, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9],
        "baseline_low": 8.0,
        "baseline_high": 13.0,
        "scenario": [8.0, 9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 7],
        "low": 6.0,
        "high": 11.0,
    }
)
TORNADO = pd.DataFrame(
    {
        "kind": ["lever", "lever", "assumption"],
        "item": ["0", "1", "Response to price"],
        "low": [5.0, -2.0, 1.0],
        "high": [5.0, -2.0, 6.0],
        "together": 4.0,
    }
)
ACCOUNTS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C", None],
        "name": ["Alder", "Birch", "Cedar", "Newcomer"],
        "baseline": [10.0, 5.0, 7.0, 0.0],
        "scenario": [0.0, 6.0, 7.0, 3.0],
        "change": [-10.0, 1.0, 0.0, 3.0],
        "low": 0.0,
        "high": 12.0,
        "margin_change": [-1.0, None, 0.0, 1.0],
        "what": ["lost", "changed", "same", "won"],
    }
)
COMPARED = pd.DataFrame(
    {
        "name": ["One", "Two"],
        "measure": "revenue",
        "change": [2.0, -1.0],
        "change_low": [1.0, -3.0],
        "change_high": [3.0, 1.0],
    }
)


def test_months_draw_the_scenario_only_where_it_differs() -> None:
    fig = months_ahead_figure(MONTHS, "EUR")
    assert fig.layout.meta["title"] == words.months_title(MONTHS, "EUR")
    assert list(points(fig, "scenario").y) == MONTHS["scenario"].tolist()
    same = months_ahead_figure(MONTHS.assign(scenario=MONTHS["baseline"]), "EUR")
    assert "scenario" not in {trace.name for trace in same.data}


def test_a_tornado_has_each_lever_all_together_and_what_it_rests_on() -> None:
    fig = tornado_figure(TORNADO, ["Price", "Volume"], "EUR", measure="margin")
    assert fig.layout.meta["title"] == words.tornado_title(TORNADO, ["Price", "Volume"], "margin", "EUR")
    colours = palette("light").money
    assert list(bars(fig, "lever").x) == [5.0, -2.0]
    assert list(bars(fig, "lever").marker.color) == [colours["up"], colours["down"]]
    assert list(bars(fig, "together").x) == [4.0]
    assert (bars(fig, "assumption").base[0], bars(fig, "assumption").x[0]) == (1.0, 5.0)
    assert "Change of margin" in subtitle(fig)


def test_gains_and_losses_are_the_biggest_first_and_who_is_the_same_is_left_out() -> None:
    fig = gains_figure(ACCOUNTS, "EUR")
    assert fig.layout.meta["title"] == words.gains_title(ACCOUNTS, "EUR")
    assert list(bars(fig, "change").x) == [-10.0, 3.0, 1.0]
    assert list(bars(fig, "change").marker.pattern.shape) == ["/", "/", ""]
    assert [row[0] for row in bars(fig, "change").customdata] == ["A", "", "B"]
    few = gains_figure(ACCOUNTS, "EUR", top=2)
    assert "The 2 biggest of 3" in subtitle(few)


def test_scenarios_side_by_side_are_marks_on_their_ranges() -> None:
    fig = compared_figure(COMPARED, "revenue", "EUR")
    assert fig.layout.meta["title"] == words.compared_title(COMPARED, "revenue", "EUR")
    assert list(points(fig, "change").x) == [2.0, -1.0]
    assert list(points(fig, "range").x) == [1.0, 3.0, None, -3.0, 1.0, None]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_to_draw_is_said(theme: str) -> None:
    empty = [
        months_ahead_figure(MONTHS.head(0), None, theme=theme),
        tornado_figure(TORNADO.head(0), [], None, measure="revenue", theme=theme),
        gains_figure(ACCOUNTS.assign(change=0.0), None, theme=theme),
        compared_figure(COMPARED, "margin", None, theme=theme),
    ]
    assert all(fig.layout.meta["alt"].endswith(".") and not fig.data for fig in empty)


@pytest.mark.parametrize("name", NASTY)
def test_names_are_letters(name: str) -> None:
    figures = [
        gains_figure(ACCOUNTS.assign(name=name), "EUR"),
        tornado_figure(TORNADO.assign(), [name, name], "EUR", measure="margin"),
        compared_figure(COMPARED.assign(name=name), "revenue", "EUR"),
    ]
    for fig in figures:
        written = fig.update_layout(meta=None).to_json()  # the words for those who cannot see it are no markup
        assert "<script" not in written.replace("\\u003c", "<")
        assert "<a href" not in written.replace("\\u003c", "<")
