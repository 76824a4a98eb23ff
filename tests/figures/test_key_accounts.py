"""What the figures of the key accounts draw."""

import numpy as np
import pandas as pd
import pytest

from kam.chart.palette import CLASS_SYMBOLS, palette
from kam.key_accounts import words
from kam.key_accounts.figures import around_the_cut, robustness_figure, score_parts_figure
from kam.key_accounts.figures_matrix import matrix_figure
from tests.figures.reading import ids, points

LIGHT = palette("light")
CLASSES = ("key", "borderline", "rising", "maintain", "transactional")


def key(accounts: int = 5) -> pd.DataFrame:
    chance = np.linspace(1, 0, accounts)
    names = [f"<b>{number}</b>" for number in range(accounts)]
    classes = np.where(chance >= 0.8, "key", np.where(chance > 0.2, "borderline", "maintain"))
    criteria = {
        f"{name}_score{end}": value
        for name in ("revenue", "growth", "role", "collaboration")
        for end, value in (("", 40.0), ("_low", 30.0), ("_high", 50.0))
    }
    return pd.DataFrame({"account_id": [f"A{n}" for n in range(accounts)], "name": names, "p_key": chance}).assign(
        key_class=classes,
        rank_low=1,
        rank_high=3,
        score=60.0,
        score_low=50.0,
        score_high=70.0,
        expected_rung=2.5,
        matrix="strategic",
        **criteria,
    )


def moves(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[["account_id"]].assign(prior_score=50.0, prior_expected_rung=1.5)


def test_bars_run_from_the_surest_to_the_next_behind_the_cut() -> None:
    fig = robustness_figure(key(), places=1)
    assert fig.layout.meta["title"] == words.robustness_title(key(), 1)
    drawn = {trace.name: (list(trace.y), list(trace.x)) for trace in fig.data}
    assert drawn == {"key": ([0], [1.0]), "borderline": ([1, 2, 3], [0.75, 0.5, 0.25]), "maintain": ([4], [0.0])}
    assert [trace.marker.color for trace in fig.data] == [LIGHT.key_class[name] for name in drawn]
    assert next(iter(fig.layout.yaxis.ticktext)) == "&lt;b&gt;0&lt;/b&gt;"


@pytest.mark.parametrize("accounts", [0, 1, 2, 5, 200])
def test_who_is_left_out_is_counted(accounts: int) -> None:
    shown, above, below = around_the_cut(key(accounts))
    assert len(shown) + above + below == accounts
    assert shown["p_key"].is_monotonic_decreasing
    assert robustness_figure(key(accounts), places=1).layout.meta["alt"]


def test_the_matrix_shows_each_class_in_its_shape_and_the_way_of_a_year() -> None:
    fig = matrix_figure(key(), moves(key()))
    assert fig.layout.meta["title"] == words.matrix_title(key())
    for trace in fig.data:
        if trace.name in CLASS_SYMBOLS:
            assert trace.marker.symbol == CLASS_SYMBOLS[trace.name]
    assert ids(points(fig, "borderline")) == ["A1", "A2", "A3"]
    trail, span = points(fig, "a year"), points(fig, "open")
    assert (list(trail.x)[:3], list(trail.y)[:3]) == ([1.5, 2.5, None], [50.0, 60.0, None])
    assert list(span.y)[:3] == [50.0, 70.0, None]


def test_an_account_of_which_no_evidence_tells_is_said_to_be_left_out() -> None:
    frame = key()
    frame.loc[0, "expected_rung"] = np.nan
    assert "1 account of which nothing says" in matrix_figure(frame, moves(frame)).layout.meta["subtitle"]
    unseen = frame.assign(expected_rung=np.nan)
    assert not matrix_figure(unseen, moves(frame)).data


def test_an_unknown_criterion_is_a_band_without_a_mark() -> None:
    frame = key(2)
    frame.loc[0, ["role_score", "role_score_low", "role_score_high"]] = (np.nan, 0.0, 100.0)
    parts = pd.DataFrame({"account_id": ["A0"], "criterion": ["growth"], "part": ["<i>"], "points": [30.0]})
    fig = score_parts_figure(frame, parts)
    assert fig.layout.meta["title"] == words.parts_title(frame.iloc[0])
    bands = [trace for trace in fig.data if trace.name == "band"]
    assert list(bands[0].x)[6:8] == [0.0, 100.0]
    marks = [trace for trace in fig.data if trace.name == "&lt;b&gt;0&lt;/b&gt;"]
    assert len(marks[0].x) == 3
    assert [list(trace.x) for trace in fig.data if trace.name == "part"] == [[30.0], []]
