"""What the figures of the Money page draw."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from kam.chart.palette import THEMES, palette
from kam.money import words
from kam.money.figures import bridge_figure, retention_figure
from kam.money.figures_cohorts import cohorts_figure
from tests.figures.books import WINDOW
from tests.figures.reading import bars, points, subtitle

ROWS = pd.DataFrame(
    {
        "part": ["prior", "discount", "volume", "mix", "lost accounts", "current"],
        "amount": [100.0, -10.0, 30.0, 0.0, -5.0, 115.0],
    }
)
SUMMARY = pd.DataFrame(
    {"part": ["prior", "discount", "volume and mix", "current"], "amount": [100.0, -10.0, 25.0, 115.0]}
)
COHORTS = pd.DataFrame(
    {
        "cohort": pd.to_datetime(["2025-07-01", "2025-07-01", "2025-10-01"]),
        "quarters_since": [0, 1, 0],
        "quarter": pd.to_datetime(["2025-07-01", "2025-10-01", "2025-10-01"]),
        "accounts": [1200, 1200, 4],
        "alive": [1200, 300, 4],
        "share": [1.0, 0.25, 1.0],
        "revenue": [100.0, 30.0, 9.0],
        "revenue_share": [1.0, 0.3, 1.0],
        "is_censored": [True, True, False],
    }
)
HEADLINE = pd.DataFrame(
    {
        "month": pd.to_datetime(["2026-07-31", "2026-08-31", "2026-09-30"]),
        "nrr": [np.nan, 1.02, 0.99],
        "grr": [np.nan, 0.85, 0.84],
        "logo_retention": [np.nan, 0.9, 0.84],
    }
)


@pytest.mark.parametrize("theme", THEMES)
def test_each_part_begins_where_the_one_above_ends(theme: str) -> None:
    fig = bridge_figure(ROWS, "EUR", summary=SUMMARY, window=WINDOW, theme=theme)
    part, change, money = bars(fig, "part"), bars(fig, "change"), palette(theme).money
    assert (list(part.base), list(part.x)) == ([0, -10, 20], [-10, 30, -5])  # what is 0 is not drawn
    assert list(part.marker.color) == [money["down"], money["up"], money["down"]]
    assert list(change.x) == [15]
    assert fig.layout.yaxis.ticktext == ("a year ago 100", "discount", "volume", "lost accounts", "now 115")
    assert list(part.text) == ["−10.0", "+30.0", "−5.00"]
    assert fig.layout.meta["title"] == words.bridge_title(SUMMARY, "revenue", "EUR")
    assert subtitle(fig).startswith(f"Change of revenue in EUR, {WINDOW} against the 12 months before.")
    assert fig.layout.meta["alt"].endswith("from 100 to 115: discount −10.0; volume +30.0; lost accounts −5.00.")


def test_a_year_before_of_few_months_is_said_under_the_title() -> None:
    fig = bridge_figure(ROWS, "EUR", summary=SUMMARY, window=WINDOW, months_before=7)
    assert "against the 7 months known before." in subtitle(fig)


def test_the_labels_at_the_ends_of_the_bars_have_room() -> None:
    low, high = bridge_figure(ROWS, "EUR", summary=SUMMARY, window=WINDOW).layout.xaxis.range
    assert low < -10 - 0.2 * 30
    assert high > 20 + 0.2 * 30


@pytest.mark.parametrize(
    ("amounts", "measure", "note"),
    [([np.nan, np.nan, 5.0], "revenue", "no year before"), ([np.nan, np.nan, np.nan], "margin", "No line has a cost")],
)
def test_an_unknown_bridge_says_why(amounts: list[float], measure: str, note: str) -> None:
    rows = pd.DataFrame({"part": ["prior", "volume", "current"], "amount": amounts})
    fig = bridge_figure(rows, "EUR", summary=rows, window=WINDOW, measure=measure)
    assert not fig.data
    assert note in fig.layout.meta["alt"]
    assert fig.layout.meta["title"] == words.bridge_title(rows, measure, "EUR")


def test_nothing_changed_is_drawn_as_nothing() -> None:
    rows = pd.DataFrame({"part": ["prior", "volume", "current"], "amount": [5.0, 0.0, 5.0]})
    fig = bridge_figure(rows, None, summary=rows, window=WINDOW)
    assert fig.layout.yaxis.ticktext == ("a year ago 5.00", "now 5.00")
    assert fig.layout.meta["alt"].endswith("no change.")


def test_a_cell_holds_how_many_bought_and_is_coloured_by_their_share() -> None:
    fig = cohorts_figure(COHORTS, "EUR")
    assert fig.layout.meta["title"] == words.cohorts_title(COHORTS)
    (heat,) = fig.data
    assert isinstance(heat, go.Heatmap)
    np.testing.assert_array_equal(np.array(heat.z, dtype=float), [[1.0, 0.25], [1.0, np.nan]])
    assert np.array(heat.text).tolist() == [["1,200", "300"], ["4", ""]]
    assert (heat.zmin, heat.zmax) == (0, 1)
    assert fig.layout.yaxis.ticktext == ("to Q3 2025", "Q4 2025")
    assert "300 of 1,200 accounts bought: 25.0\u00a0&#37;." in heat.customdata[0][1]
    assert "may have bought" in " ".join(heat.customdata[0][1].split("<br>"))
    assert "may have" not in heat.customdata[1][0]


def test_old_cohorts_are_left_to_the_table() -> None:
    quarters = pd.date_range("2015-01-01", "2026-07-01", freq="QS")
    many = pd.DataFrame(
        [(begin, place, now) for begin in quarters for place, now in enumerate(quarters[quarters >= begin])],
        columns=["cohort", "quarters_since", "quarter"],
    ).assign(accounts=5, alive=2, share=0.4, revenue=1.0, revenue_share=0.5, is_censored=False)
    fig = cohorts_figure(many, "EUR")
    assert np.array(fig.data[0].z).shape == (16, 12)
    assert "The newest 16 cohorts and first 12 quarters" in subtitle(fig)
    assert not cohorts_figure(many.head(0), "EUR").data


def test_retention_begins_where_it_is_known_and_each_line_is_named_at_its_end() -> None:
    fig = retention_figure(HEADLINE)
    assert list(points(fig, "net (NRR)").y) == [1.02, 0.99]
    labels = [note for note in fig.layout.annotations if note.text]
    assert [note.text for note in labels] == ["gross (GRR) 84.0 %", "accounts (logo) 84.0 %", "net (NRR) 99.0 %"]
    places = [note.y for note in labels]
    assert min(np.diff(places)) > 0.01  # no label on another
    title = words.retention_title(HEADLINE)
    assert fig.layout.meta["title"] == title
    assert fig.layout.meta["alt"].startswith(f"{title}. Lines over 2 months; at the end net (NRR) 99.0 %")
    assert not retention_figure(HEADLINE.head(1)).data
