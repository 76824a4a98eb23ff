"""What the figures of the portfolio draw, account by account."""

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import palette
from kam.portfolio import words
from kam.portfolio.figures import changes_figure, portfolio_map_figure
from kam.portfolio.figures_pareto import pareto_figure
from tests.figures.books import WINDOW, accounts, changes
from tests.figures.reading import bars, ids, points, subtitle

LIGHT = palette("light")


def test_pareto_adds_up_revenue_and_margin_from_the_largest() -> None:
    frame = pd.DataFrame(
        {
            "account_id": ["small", "big", "none", "middle"],
            "name": ["Small", "Big", "None", "Middle"],
            "revenue": [10.0, 60.0, 0.0, 30.0],
            "margin": [np.nan, 3.0, np.nan, 9.0],
            "pareto_class": ["C", "A", "C", "B"],
        }
    )
    fig = pareto_figure(frame, "EUR", window=WINDOW)
    assert fig.layout.meta["title"] == words.pareto_title(frame, "EUR")
    revenue, margin = points(fig, "revenue"), points(fig, "margin")
    assert list(revenue.x) == [1, 2, 3]
    assert list(revenue.y) == pytest.approx([0.6, 0.9, 1.0])
    assert list(margin.y) == pytest.approx([0.25, 1.0, 1.0])
    assert ids(revenue) == ["big", "middle", "small"]
    assert "1 account without costs" in subtitle(fig)


def test_pareto_of_5000_accounts_keeps_the_first_the_class_ends_and_the_curve() -> None:
    frame = accounts(5000).assign(revenue=np.arange(5000, 0, -1.0))
    share = frame["revenue"].cumsum() / frame["revenue"].sum()
    frame["pareto_class"] = np.where(share <= 0.8, "A", np.where(share <= 0.95, "B", "C"))
    revenue = points(pareto_figure(frame, "EUR", window=WINDOW), "revenue")
    ranks = list(revenue.x)
    assert ranks[:100] == list(range(1, 101))
    assert ranks[-1] == 5000
    assert {int((share <= 0.8).sum()), int((share <= 0.95).sum())} <= set(ranks)
    assert len(ranks) < 450
    assert list(revenue.y) == pytest.approx([share[rank - 1] for rank in ranks])


def test_pareto_without_costs_says_so_and_draws_no_margin() -> None:
    fig = pareto_figure(accounts().assign(margin=np.nan), "EUR", window=WINDOW)
    assert [trace.name for trace in fig.data] == ["revenue"]
    assert "not measured" in subtitle(fig)


def test_map_of_5000_accounts_draws_the_largest_thousand_and_says_so() -> None:
    frame = accounts(5000).assign(revenue=np.arange(5000, 0, -1.0))
    frame.loc[0, "margin_rate"] = np.nan
    fig = portfolio_map_figure(frame.sample(frac=1, random_state=1), "EUR", window=WINDOW)
    assert ids(points(fig, "accounts")) == [f"A{place}" for place in range(1, 1001)]
    assert "The 1,000 largest of 4,999." in subtitle(fig)
    assert "Not drawn: 1 without costs." in subtitle(fig)


def test_map_sets_growth_across_margin_up_and_revenue_as_area() -> None:
    frame = accounts(5)
    fig = portfolio_map_figure(frame, "EUR", window=WINDOW)
    assert fig.layout.meta["title"] == words.map_title(frame, "EUR")
    trace = points(fig, "accounts")
    assert list(trace.x) == pytest.approx(frame["growth"].tolist())
    assert list(trace.y) == pytest.approx(frame["margin_rate"].tolist())
    areas = np.asarray(trace.marker.size) ** 2
    assert list(areas / areas[0]) == pytest.approx([1, 0.5, 0.25, 0.125, 0.0625])
    assert ids(trace) == frame["account_id"].tolist()
    assert trace.marker.line.color == LIGHT.mark


def test_map_holds_outliers_at_the_edge_and_says_how_many() -> None:
    frame = accounts(12)
    frame.loc[3, "growth"] = 9.0
    fig = portfolio_map_figure(frame, "EUR", window=WINDOW)
    trace = points(fig, "accounts")
    at = ids(trace).index("A3")
    assert trace.marker.symbol[at] == "triangle-right"
    assert trace.x[at] < fig.layout.xaxis.range[1] < 1
    assert "1 outlier at the edge" in subtitle(fig)
    assert any("900.0" in note.text for note in fig.layout.annotations)


def test_map_puts_new_accounts_into_their_own_strip_and_counts_who_is_left_out() -> None:
    frame = accounts(8)
    frame.loc[1, ["growth", "state"]] = [np.nan, "new"]
    frame.loc[2, "margin_rate"] = np.nan
    frame.loc[3, "revenue"] = 0.0
    fig = portfolio_map_figure(frame, "EUR", window=WINDOW)
    assert ids(points(fig, "no prior year")) == ["A1"]
    assert fig.layout.xaxis2.ticktext == ("new",)
    assert not {"A1", "A2", "A3"} & set(ids(points(fig, "accounts")))
    assert "Not drawn: 1 without costs, 1 without revenue." in subtitle(fig)


def test_map_changes_its_axes_with_what_is_known() -> None:
    frame = accounts(8)
    no_costs = portfolio_map_figure(frame.assign(margin_rate=np.nan), "EUR", window=WINDOW)
    assert (no_costs.layout.xaxis.type, no_costs.layout.yaxis.type) == (None, "log")
    assert list(points(no_costs, "accounts").y) == pytest.approx(frame["revenue"].tolist())
    first_year = portfolio_map_figure(frame.assign(growth=np.nan), "EUR", window=WINDOW)
    assert first_year.layout.xaxis.type == "log"
    assert list(points(first_year, "accounts").y) == pytest.approx(frame["margin_rate"].tolist())
    bare = portfolio_map_figure(frame.assign(growth=np.nan, margin_rate=np.nan), "EUR", window=WINDOW)
    assert bare.layout.yaxis.visible is False
    assert len(points(bare, "accounts").x) == 8


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_map_takes_its_colours_from_the_rung_whatever_the_order_of_rows(theme: str) -> None:
    frame = accounts(4).assign(rung=["supplier", "strategic partner", "unknown", "commodity broker"])
    for rows in (frame, frame.iloc[::-1]):
        fig = portfolio_map_figure(rows, "EUR", window=WINDOW, theme=theme, selected="A1")
        trace = points(fig, "accounts")
        colour = dict(zip(ids(trace), trace.marker.line.color, strict=True))
        assert colour == {
            "A0": palette(theme).rung["supplier"],
            "A1": palette(theme).accent,
            "A2": palette(theme).rung["unknown"],
            "A3": palette(theme).rung["commodity broker"],
        }


def test_changes_stand_biggest_first_in_the_colour_of_their_way() -> None:
    fig = changes_figure(changes(), "EUR", window=WINDOW)
    assert fig.layout.meta["title"] == words.changes_title(changes(), "EUR")
    trace = bars(fig, "change")
    assert ids(trace) == ["L", "N", "D", "U"]
    assert list(trace.x) == [-400, 300, -80, 50]
    assert list(trace.y) == [0, 1, 2, 3]
    up, down = LIGHT.money["up"], LIGHT.money["down"]
    assert list(trace.marker.color) == [down, up, down, up]
    assert list(trace.marker.pattern.shape) == ["/", "/", "", ""]
    assert list(trace.text) == ["−400 lost", "+300 new", "−80.0", "+50.0"]


def test_changes_show_the_top_and_say_of_how_many() -> None:
    unknown = changes().assign(change=[50.0, np.nan, 300.0, -400.0])
    fig = changes_figure(unknown, "EUR", window=WINDOW, top=2)
    assert ids(bars(fig, "change")) == ["L", "N"]
    assert "The 2 biggest of 3. 1 without a known change." in subtitle(fig)


@pytest.mark.parametrize("count", [0, 1, 2, 5000])
def test_every_size_of_book_has_its_figure(count: int) -> None:
    frame = accounts(count)
    change = frame.assign(kind="up", prior_revenue=1.0, change=frame["revenue"])
    for fig in (
        pareto_figure(frame, "EUR", window=WINDOW),
        portfolio_map_figure(frame, "EUR", window=WINDOW),
        changes_figure(change, "EUR", window=WINDOW),
    ):
        assert fig.layout.meta["alt"]
        assert len(fig.data) > 0 if count else len(fig.layout.annotations) == 1


def test_the_frames_are_left_as_they_were() -> None:
    frame, change = accounts(6), changes()
    kept, kept_change = frame.copy(deep=True), change.copy(deep=True)
    pareto_figure(frame, "EUR", window=WINDOW)
    portfolio_map_figure(frame, "EUR", window=WINDOW)
    changes_figure(change, "EUR", window=WINDOW)
    pd.testing.assert_frame_equal(frame, kept)
    pd.testing.assert_frame_equal(change, kept_change)
