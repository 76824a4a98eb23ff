"""A figure is drawn once for what it shows: the content of its frames, its other arguments and the theme."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import kam
from kam.chart.template import quiet
from kam.ladder.figures import rungs_figure
from kam.ladder.figures_claims import claims_figure
from kam.portfolio.figures import portfolio_map_figure
from kam.portfolio.figures_pareto import pareto_figure
from kam.ui.answers import ask
from kam.ui.charts import drawn
from tests import small_book

FRAME = pd.DataFrame(
    {
        "name": ["Nord", "Süd", "Nord"],
        "revenue": [3.0, 2.0, 1.0],
        "since": [pd.Timestamp("2024-01-01"), pd.NaT, pd.Timestamp("2025-01-01")],
        "rung": pd.Series(["supplier", None, "supplier"], dtype="object"),
        "left": pd.array([1, None, 3], dtype="Int64"),
    }
)
SAME: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "copied": lambda frame: frame.copy(),
    "kept and taken out again": lambda frame: pickle.loads(pickle.dumps(frame)),  # noqa: S301 - our own bytes
    "put together anew": lambda frame: pd.concat([frame[name] for name in frame], axis="columns"),
    "cut out of a longer one": lambda frame: pd.concat([frame, frame], ignore_index=True).iloc[: len(frame)],
}
OTHER: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "a value": lambda frame: frame.assign(revenue=[3.0, 2.0, 1.0 + 1e-9]),
    "a text": lambda frame: frame.replace("supplier", "unknown"),
    "an unknown": lambda frame: frame.assign(left=pd.array([1, 0, 3], dtype="Int64")),
    "the order of rows": lambda frame: frame.iloc[::-1],
    "the order of columns": lambda frame: frame[list(reversed(list(frame)))],
    "the name of a column": lambda frame: frame.rename(columns={"revenue": "margin"}),
    "fewer rows": lambda frame: frame.head(2),
}


def note(told: str, theme: str) -> go.Figure:
    return quiet(title=told, note="A note.", theme=theme)


def test_a_figure_is_drawn_again_only_for_another_view_or_argument(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    asked = []

    def draw(accounts: pd.DataFrame, *, level: str, theme: str = "light") -> go.Figure:
        asked.append((accounts["revenue"].sum(), level))
        return note(level, theme)

    north, earlier = book.view(region=["North"]), book.view(as_of=book.as_of.replace(month=8))
    for view in (book, book.view(), north, book.view(region=["North"]), earlier):
        for level in ("account", "parent"):
            assert drawn(draw, ask(view.accounts), level=level).title == level
    revenue = [view.accounts()["revenue"].sum() for view in (book, north, earlier)]
    assert asked == [(each, level) for each in revenue for level in ("account", "parent")]


def test_figures_of_two_names_are_kept_apart(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    accounts, ladder = book.accounts(), book.ladder()
    drawings = [
        *(drawn(draw, accounts, "EUR", window="W") for draw in (pareto_figure, portfolio_map_figure)),
        drawn(rungs_figure, ladder, "EUR", window="W"),
        drawn(claims_figure, ladder),
    ]
    assert len({drawing.title for drawing in drawings}) == len(drawings)


@pytest.mark.parametrize("way", SAME)
def test_the_same_content_is_not_drawn_anew_wherever_it_lies(way: str) -> None:
    asked = []

    def draw(frame: pd.DataFrame, row: pd.Series, *, title: str, theme: str = "light") -> go.Figure:
        asked.append((frame.shape, row.shape))
        return note(title, theme)

    again = SAME[way](FRAME)
    assert drawn(draw, FRAME, FRAME.iloc[1], title=way) is drawn(draw, again, again.iloc[1].copy(), title=way)
    assert asked == [((3, 5), (5,))]


@pytest.mark.parametrize("what", OTHER)
def test_other_content_is_drawn_anew(what: str) -> None:
    def draw(frame: pd.DataFrame, *, theme: str = "light") -> go.Figure:
        return note(f"{frame.shape}", theme)

    assert drawn(draw, FRAME) is not drawn(draw, OTHER[what](FRAME))


def test_one_value_of_many_rows_is_enough_to_draw_anew() -> None:
    def draw(frame: pd.DataFrame, *, theme: str = "light") -> go.Figure:
        return note(f"{frame['revenue'].sum():.0f}", theme)

    many = pd.DataFrame({"revenue": np.ones(60_000)})
    other = many.copy()
    other.loc[30_000, "revenue"] = 2.0
    assert [drawn(draw, frame).title for frame in (many, other)] == ["60000", "60001"]


def test_each_theme_has_its_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(frame: pd.DataFrame, *, theme: str = "light") -> go.Figure:
        return note(f"{len(frame)} {theme}", theme)

    seen = []
    for theme in ("light", "dark", "light"):
        monkeypatch.setattr("kam.ui.charts.theme", lambda theme=theme: theme)
        seen.append(drawn(draw, FRAME))
    assert [drawing.title for drawing in seen] == ["3 light", "3 dark", "3 light"]
    assert seen[0] is seen[2]
