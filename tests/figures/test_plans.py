"""What the figures of plans, risks and rivals draw."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import THEMES, palette
from kam.plan.figures_path import path_figure
from kam.plan.figures_progress import progress_figure
from kam.plan.figures_workload import load_figure
from kam.risks.figures import grid_figure, loss_curve_figure, register_figure
from kam.risks.figures_rivals import rivals_figure
from tests.figures.books import NASTY, TODAY, WINDOW
from tests.figures.reading import bars, ids, points, subtitle

ROWS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C"],
        "label": ["Ahead", "Behind", "Unmeasured"],
        "progress": [1.4, 0.2, np.nan],
        "time_used": [0.5, 0.8, 0.5],
        "status": ["green", "red", "not measured"],
        "note": ["", "2 of 3", ""],
        "told": "Told.",
    }
)


@pytest.mark.parametrize("theme", THEMES)
def test_the_furthest_behind_is_on_top_in_the_colour_of_its_status(theme: str) -> None:
    fig = progress_figure(ROWS, title="T", what="plan", theme=theme)

    bar = bars(fig, "progress")
    assert ids(bar) == ["B", "A", "C"]
    assert list(bar.x) == [0.2, 1.0, 0.0]
    assert list(bar.marker.color) == [palette(theme).objective[name] for name in ("red", "green", "not measured")]
    assert list(points(fig, "time used").x) == [0.8, 0.5, 0.5]
    assert any("far behind, 2 of 3" in note.text for note in fig.layout.annotations)


def test_only_so_many_plans_are_drawn_and_counted() -> None:
    fig = progress_figure(pd.concat([ROWS] * 10), title="T", what="plan", limit=4)

    assert len(bars(fig, "progress").x) == 4
    assert "The 4 furthest behind of 30 plans." in subtitle(fig)


HISTORY = pd.DataFrame(
    {
        "on": pd.to_datetime(["2026-08-31", "2026-09-30", "2026-10-31"]),
        "value": [1.0, 2.0, np.nan],
        "expected": [2.0, 3.0, 4.0],
        "forecast": [np.nan, np.nan, 2.5],
        "forecast_low": [np.nan, np.nan, 2.0],
        "forecast_high": [np.nan, np.nan, 3.5],
    }
)
GOAL = pd.Series(
    {"account_id": "A", "title": "T", "unit": "EUR", "baseline": 1.0, "target": 4.0, "forecast": 2.5,
     "due_on": pd.Timestamp("2026-10-31")}
)  # fmt: skip


def test_the_forecast_goes_on_from_the_last_value_with_its_range() -> None:
    fig = path_figure(HISTORY, GOAL, TODAY, title="T")

    assert list(points(fig, "measured").y) == [1.0, 2.0]
    assert list(points(fig, "forecast").y) == [2.0, 2.5]
    assert list(points(fig, "range").y) == [2.0, 3.5, 2.0, 2.0]
    assert list(points(fig, "expected").y) == [2.0, 3.0, 4.0]
    assert list(points(fig, "target").y) == [4.0]
    assert "80 %: from EUR 2.00 to EUR 3.50." in points(fig, "forecast").customdata[1][1].replace("<br>", " ").replace(
        "&#37;", "%"
    ).replace("\u00a0", " ")


def test_without_forecast_or_dates_what_is_known_is_drawn() -> None:
    bare = pd.Series({**GOAL, "due_on": pd.NaT, "forecast": np.nan})
    fig = path_figure(HISTORY.iloc[:2].assign(expected=np.nan), bare, TODAY, title="T")

    assert {trace.name for trace in fig.data} == {"range", "expected", "measured"}
    assert len(path_figure(HISTORY.head(0), bare, TODAY, title="T").data) == 0


def test_the_load_has_a_row_a_person_and_a_column_a_month() -> None:
    months = pd.date_range("2026-09-01", periods=12, freq="MS")
    load = pd.DataFrame({"who": ["Ada"] * 12 + ["Ben"], "month": [*months, months[0]], "milestones": [2] * 13,
                         "overdue": [1] + [0] * 12, "at_risk": 0})  # fmt: skip
    (grid,) = load_figure(load, title="T").data

    assert [list(row) for row in grid.z] == [[2] * 9 + [6], [2] + [0] * 9]
    assert list(grid.text[0])[:2] == ["2 !", "2"]
    assert len(load_figure(load.head(0), title="T").data) == 0


RISKS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C"], "account": ["Nord", "Süd", "West"], "title": ["Fire", "Flood", "Unknown"],
        "probability": [0.5, 0.1, 0.2], "margin_at_risk": [100.0, 50.0, np.nan], "expected_loss": [50.0, 5.0, np.nan],
        "mitigation": ["Hoses", None, None], "owner": ["Ada", "Ben", None],
    }
)  # fmt: skip


def test_a_risk_nobody_looks_after_is_hatched() -> None:
    bar = bars(register_figure(RISKS, "EUR", title="T"), "expected loss")

    assert list(bar.x) == [50.0, 5.0]
    assert list(bar.marker.pattern.shape) == ["", "/"]
    assert ids(bar) == ["A", "B"]


def test_the_curve_names_even_odds_and_one_in_ten() -> None:
    curve = pd.DataFrame({"loss": [0.0, 10.0, 20.0, 30.0], "chance": [0.9, 0.4, 0.05, 0.0]})
    fig = loss_curve_figure(curve, "EUR", title="T")

    assert [note.text for note in fig.layout.annotations] == ["even odds: more than 10.0", "one in ten: more than 20.0"]
    assert list(points(fig, "chance").y) == [0.9, 0.4, 0.05, 0.0]


def test_the_grid_is_one_neutral_colour() -> None:
    cells = pd.DataFrame(
        {"probability_band": [1, 5], "impact_band": [2, 5], "risks": [3, 1], "expected_loss": [9.0, None]}
    )
    (grid,) = grid_figure(cells, None, title="T").data

    assert [list(row) for row in grid.z] == [[0, 3, 0, 0, 0], *[[0] * 5] * 3, [0, 0, 0, 0, 1]]
    assert "For talk only" in subtitle(grid_figure(cells, None, title="T"))


RIVALS = pd.DataFrame({"rival": ["X"], "attacks": [2], "holds": [1], "attacked_revenue": [9.0], "strengths": ["price"],
                       "weaknesses": [""], "our_difference": [""]})  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_names_from_the_files_stay_letters(name: str) -> None:
    figures = [
        progress_figure(ROWS.assign(label=name, told=name, note=name), title=name, what="plan"),
        path_figure(HISTORY, pd.Series({**GOAL, "unit": name, "title": name}), TODAY, title=name),
        register_figure(RISKS.assign(title=name, account=name, owner=name), name, title=name),
        rivals_figure(RIVALS.assign(rival=name, strengths=name), name, title=name, window=WINDOW),
        load_figure(pd.DataFrame({"who": [name], "month": [pd.Timestamp(dt.date(2026, 9, 1))], "milestones": [1],
                                  "overdue": [0], "at_risk": [0]}), title=name),
    ]  # fmt: skip
    for fig in figures:
        drawn = fig.update_layout(meta=None).to_json()  # the words for those who cannot see it are no markup
        assert "<script" not in drawn
        assert "\\u003cscript" not in drawn
        assert "<a href" not in drawn
        assert "\\u003ca href" not in drawn


@pytest.mark.parametrize(
    "figure",
    [
        progress_figure(ROWS.head(0), title="T", what="plan"), register_figure(RISKS.head(0), None, title="T"),
        loss_curve_figure(pd.DataFrame({"loss": [], "chance": []}), None, title="T"),
        rivals_figure(RIVALS.head(0), None, title="T", window=WINDOW),
    ],
)  # fmt: skip
def test_nothing_to_draw_is_said(figure: object) -> None:
    assert len(figure.data) == 0  # ty: ignore[missing-attribute]
    assert figure.layout.meta["alt"]  # ty: ignore[missing-attribute]
