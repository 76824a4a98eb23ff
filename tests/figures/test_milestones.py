"""What the timeline draws: promise, slip and status of each milestone."""

import datetime as dt

import pandas as pd
import pytest

from kam.chart.palette import STATUS_SYMBOLS, palette
from kam.plan import words_milestones
from kam.plan.figures_milestones import timeline_figure
from tests.figures.books import TODAY, milestones
from tests.figures.reading import ids, points, subtitle


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_status_has_its_colour_shape_and_word(theme: str) -> None:
    fig = timeline_figure(milestones().sample(frac=1, random_state=1), TODAY, theme=theme)
    for status, symbol in STATUS_SYMBOLS.items():
        trace = points(fig, status)
        assert (trace.marker.color, trace.marker.symbol) == (palette(theme).status[status], symbol)
    written = {note.text for note in fig.layout.annotations}
    assert {"done", "done late 40 days", "due soon", "overdue 5 days", "planned"} <= written
    assert fig.layout.meta["title"] == words_milestones.timeline_title(milestones())


def test_the_slip_runs_from_the_promised_to_the_expected_day() -> None:
    over = milestones().loc[milestones()["title"] == "Over"]
    fig = timeline_figure(over, TODAY)
    assert list(points(fig, "slip").x) == ["2026-08-21", "2026-09-25", None]
    assert list(points(fig, "baseline").x) == ["2026-08-21"]
    assert list(points(fig, "overdue").x) == ["2026-09-25"]
    assert ids(points(fig, "overdue")) == ["B"]


def test_a_milestone_without_slip_has_no_line() -> None:
    planned = milestones().loc[milestones()["title"] == "Planned"]
    assert list(points(timeline_figure(planned, TODAY), "slip").x) == []


def test_the_plan_with_an_overdue_milestone_comes_first_and_days_run_downwards() -> None:
    fig = timeline_figure(milestones(), TODAY)
    assert points(fig, "overdue").y[0] < points(fig, "planned").y[0] < points(fig, "done").y[0]
    assert points(fig, "done").y[0] < points(fig, "done late").y[0] < points(fig, "due soon").y[0]


def test_today_is_drawn_and_named() -> None:
    fig = timeline_figure(milestones(), TODAY)
    assert fig.layout.shapes[0].x0 == fig.layout.shapes[0].x1 == "2026-09-30"
    assert "today, 30 Sep 2026" in {note.text for note in fig.layout.annotations}


def test_the_height_grows_with_the_rows() -> None:
    one, all_rows = (timeline_figure(milestones().head(count), TODAY) for count in (1, 3))
    assert all_rows.layout.height == one.layout.height + 2 * 38


def test_only_the_most_pressing_are_drawn_and_counted() -> None:
    many = pd.concat([milestones()] * 1000, ignore_index=True)
    many.loc[0, "due_on"] = None
    fig = timeline_figure(many, TODAY, limit=20)
    assert [trace.name for trace in fig.data] == ["slip", "baseline", "overdue"]
    assert len(points(fig, "overdue").x) == 20
    assert "The 20 most pressing of 4,999 milestones. 1 milestone without a date." in subtitle(fig)


def test_no_milestones_say_so() -> None:
    fig = timeline_figure(milestones().head(0), dt.date(2026, 9, 30))
    assert len(fig.data) == 0
    assert "No plan has a milestone" in fig.layout.meta["alt"]
