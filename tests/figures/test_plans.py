"""What the figures of plans, risks and rivals draw."""

import datetime as dt
from html import unescape

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import THEMES, palette
from kam.plan import words
from kam.plan.figures import objectives_figure, path_figure, plans_figure, progress_figure
from kam.plan.figures_milestones import load_figure
from kam.risks import words as risk_words
from kam.risks.figures import grid_figure, loss_curve_figure, register_figure, rivals_figure
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
    assert "The 4 furthest behind of 30 running plans." in subtitle(fig)


def test_running_plans_are_drawn_by_their_worst_objective() -> None:
    plans = pd.DataFrame(
        {
            "account_id": ["A", "B", "C"],
            "name": ["Ahead", "Behind", "Over"],
            "status": ["active", "active", "closed"],
            "objectives": [2, 3, 1],
            "green": [2, 0, 1],
            "amber": [0, 1, 0],
            "red": [0, 2, 0],
            "not_measured": 0,
            "progress": [0.7, 0.2, 1.0],
            "time_used": [0.5, 0.8, 1.0],
            "days_since_review": [3, 40, 9],
            "days_since_touch": [3, 40, 9],
            "overdue": [0, 1, 0],
            "at_risk": 0,
            "next_milestone": ["Audit", None, None],
            "next_on": [pd.Timestamp("2026-11-01"), pd.NaT, pd.NaT],
        }
    )
    fig = plans_figure(plans)

    assert fig.layout.meta["title"] == words.plans_title(plans)
    assert ids(bars(fig, "progress")) == ["B", "A"]
    assert [row[1].count("Next: Audit") for row in bars(fig, "progress").customdata] == [0, 1]
    written = [note.text for note in fig.layout.annotations]
    assert any("far behind, 2 of 3" in text for text in written)
    assert any("on track, 2 of 2" in text for text in written)


def test_the_objectives_of_a_plan_say_how_likely_they_are_to_be_met() -> None:
    objectives = pd.DataFrame(
        {
            "account_id": "A",
            "plan": "Nord 2026",
            "title": ["Grow", "Keep"],
            "progress": [0.2, np.nan],
            "time_used": [0.8, 0.5],
            "status": ["red", "not measured"],
            "chance": [0.25, np.nan],
            "reason": ["Too slow.", "No sale tells."],
        }
    )
    fig = objectives_figure(objectives)

    assert fig.layout.meta["title"] == words.objectives_title(objectives, "Nord 2026")
    assert list(bars(fig, "progress").x) == [0.2, 0.0]
    assert any(
        "far behind, 25.0 % likely" in unescape(note.text).replace("\xa0", " ") for note in fig.layout.annotations
    )
    assert "Too slow." in bars(fig, "progress").customdata[0][1]


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
    {
        "account_id": "A",
        "title": "Grow",
        "unit": "EUR",
        "baseline": 1.0,
        "actual": 2.0,
        "target": 4.0,
        "forecast": 2.5,
        "forecast_low": 2.0,
        "forecast_high": 3.5,
        "chance": 0.05,
        "status": "red",
        "due_on": pd.Timestamp("2026-10-31"),
    }
)


def test_the_forecast_goes_on_from_the_last_value_with_its_range() -> None:
    fig = path_figure(HISTORY, GOAL, TODAY)

    assert fig.layout.meta["title"] == words.path_title(GOAL)
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
    fig = path_figure(HISTORY.iloc[:2].assign(expected=np.nan), bare, TODAY)

    assert {trace.name for trace in fig.data} == {"range", "expected", "measured"}
    assert len(path_figure(HISTORY.head(0), bare, TODAY).data) == 0


def test_the_load_has_a_row_a_person_and_a_column_a_month() -> None:
    months = pd.date_range("2026-09-01", periods=12, freq="MS")
    load = pd.DataFrame(
        {
            "who": ["Ada"] * 12 + ["Ben"],
            "month": [*months, months[0]],
            "milestones": [2] * 13,
            "overdue": [1] + [0] * 12,
            "at_risk": 0,
        }
    )
    fig = load_figure(load, by="owner", today=TODAY)
    (grid,) = fig.data

    assert fig.layout.meta["title"] == words.load_title(load, "owner", TODAY)
    assert [list(row) for row in grid.z] == [[2] * 9 + [6], [2] + [0] * 9]
    assert list(grid.text[0])[:2] == ["2 !", "2"]
    assert len(load_figure(load.head(0), by="owner", today=TODAY).data) == 0


RISKS = pd.DataFrame(
    {
        "account_id": ["A", "B", "C"],
        "account": ["Nord", "Süd", "West"],
        "title": ["Fire", "Flood", "Unknown"],
        "probability": [0.5, 0.1, 0.2],
        "margin_at_risk": [100.0, 50.0, np.nan],
        "expected_loss": [50.0, 5.0, np.nan],
        "mitigation": ["Hoses", None, None],
        "owner": ["Ada", "Ben", None],
    }
)


def test_a_risk_nobody_looks_after_is_hatched() -> None:
    fig = register_figure(RISKS, "EUR")

    bar = bars(fig, "expected loss")
    assert fig.layout.meta["title"] == risk_words.register_title(RISKS)
    assert list(bar.x) == [50.0, 5.0]
    assert list(bar.marker.pattern.shape) == ["", "/"]
    assert ids(bar) == ["A", "B"]


def test_the_curve_names_even_odds_and_one_in_ten() -> None:
    curve = pd.DataFrame({"loss": [0.0, 10.0, 20.0, 30.0], "chance": [0.9, 0.4, 0.05, 0.0]})
    fig = loss_curve_figure(curve, "EUR")

    assert fig.layout.meta["title"] == risk_words.curve_title(curve, "EUR")
    assert [note.text for note in fig.layout.annotations] == ["even odds: more than 10.0", "one in ten: more than 20.0"]
    assert list(points(fig, "chance").y) == [0.9, 0.4, 0.05, 0.0]


def test_the_grid_is_one_neutral_colour() -> None:
    cells = pd.DataFrame(
        {"probability_band": [1, 5], "impact_band": [2, 5], "risks": [3, 1], "expected_loss": [9.0, None]}
    )
    fig = grid_figure(cells, None)
    (grid,) = fig.data

    assert [list(row) for row in grid.z] == [[0, 3, 0, 0, 0], *[[0] * 5] * 3, [0, 0, 0, 0, 1]]
    assert "For talk only" in subtitle(fig)
    assert fig.layout.meta["title"] == risk_words.grid_title(cells)


RIVALS = pd.DataFrame(
    {
        "rival": ["X"],
        "attacks": [2],
        "holds": [1],
        "attacked_revenue": [9.0],
        "strengths": ["price"],
        "weaknesses": [""],
        "our_difference": [""],
    }
)


@pytest.mark.parametrize("name", NASTY)
def test_names_from_the_files_stay_letters(name: str) -> None:
    figures = [
        progress_figure(ROWS.assign(label=name, told=name, note=name), title=name, what="plan"),
        path_figure(HISTORY, pd.Series({**GOAL, "unit": name, "title": name}), TODAY),
        register_figure(RISKS.assign(title=name, account=name, owner=name), name),
        rivals_figure(RIVALS.assign(rival=name, strengths=name), name, window=WINDOW),
        load_figure(
            pd.DataFrame(
                {
                    "who": [name],
                    "month": [pd.Timestamp(dt.date(2026, 9, 1))],
                    "milestones": [1],
                    "overdue": [0],
                    "at_risk": [0],
                }
            ),
            by=name,
            today=TODAY,
        ),
    ]
    for fig in figures:
        drawn = fig.update_layout(meta=None).to_json()  # the words for those who cannot see it are no markup
        assert "<script" not in drawn
        assert "\\u003cscript" not in drawn
        assert "<a href" not in drawn
        assert "\\u003ca href" not in drawn


@pytest.mark.parametrize(
    "figure",
    [
        progress_figure(ROWS.head(0), title="T", what="plan"),
        register_figure(RISKS.head(0), None),
        loss_curve_figure(pd.DataFrame({"loss": [], "chance": []}), None),
        rivals_figure(RIVALS.head(0), None, window=WINDOW),
    ],
)
def test_nothing_to_draw_is_said(figure: object) -> None:
    assert len(figure.data) == 0  # ty: ignore[missing-attribute]
    assert figure.layout.meta["alt"]  # ty: ignore[missing-attribute]
