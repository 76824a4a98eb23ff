"""A figure is drawn once for what it shows: the data, the month, the accounts and the arguments."""

from pathlib import Path

import plotly.graph_objects as go
from kam.ui.drawings.ladder import rungs
from kam.ui.drawings.portfolio import changes, pareto

import kam
from kam.chart.template import quiet
from kam.ui.charts import drawn
from tests import small_book


def test_a_figure_is_drawn_again_only_for_another_view_or_argument(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    asked = []

    def draw(view: kam.Book, theme: str, *, level: str) -> go.Figure:
        asked.append((view.as_of.month, level))
        return quiet(title=level, note="A note.", theme=theme)

    north, earlier = book.view(region=["North"]), book.view(as_of=book.as_of.replace(month=8))
    for view in (book, book.view(), north, book.view(region=["North"]), earlier):
        for level in ("account", "parent"):
            assert drawn(view, draw, level=level).title == level
    assert asked == [(month, level) for month in (9, 9, 8) for level in ("account", "parent")]


def test_figures_of_two_names_are_kept_apart(tmp_path: Path) -> None:
    book = kam.open_book(small_book.write(tmp_path / "book"))
    titles = {drawn(book, draw, level="account").title for draw in (pareto, changes, rungs)}
    assert len(titles) == 3
