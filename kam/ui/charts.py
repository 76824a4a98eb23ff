"""Figures on the page: drawn in our own template, described for those who cannot see them, and open to a click."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from kam.book import Book
from kam.chart.template import EXPORT_CONFIG, take_head
from kam.ui.frame import theme
from kam.ui.links import go_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.printing import on_one_sheet


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure without its head, and the words that go with it. Sessions share it: nobody changes it."""

    figure: go.Figure
    title: str
    subtitle: str
    alt: str


def chart(book: Book, draw: FunctionType, *, key: str, **arguments: Hashable) -> None:
    """Show a figure of `kam.ui.drawings` without reaction to clicks."""
    drawing = drawn(book, draw, **arguments)
    with on_one_sheet():
        _head(drawing)
        st.plotly_chart(drawing.figure, theme=None, config=EXPORT_CONFIG, key=key, alt=drawing.alt)


def chart_of_accounts(
    book: Book, draw: FunctionType, *, key: str, go: Callable[[str], None] = go_to_account, **arguments: Hashable
) -> None:
    """Show a figure of `kam.ui.drawings` in which a click on a mark opens its account, or where `go` leads."""
    drawing = drawn(book, draw, **arguments)
    with on_one_sheet():
        _head(drawing)
        state = st.plotly_chart(
            drawing.figure, theme=None, config=EXPORT_CONFIG, key=key, alt=drawing.alt, on_select="rerun",
            selection_mode="points",
        )  # fmt: skip
    if (account := chosen_account(state)) is not None:
        go(account)


def chart_of_choices(
    book: Book, draw: FunctionType, *, key: str, choose: Callable[[str], None], **arguments: Hashable
) -> None:
    """Show a figure in which a click on a mark hands the third value of its custom data to `choose`."""

    def clicked() -> None:
        if (choice := chosen_value(st.session_state[key], 2)) is not None:
            choose(choice)

    drawing = drawn(book, draw, **arguments)
    _head(drawing)
    st.plotly_chart(
        drawing.figure, theme=None, config=EXPORT_CONFIG, key=key, alt=drawing.alt, on_select=clicked,
        selection_mode="points",
    )  # fmt: skip


def drawn(book: Book, draw: FunctionType, **arguments: Hashable) -> Drawing:
    """Return a figure, remembered: drawing one takes longer than all else a page does.

    What is remembered is found by the view, the theme, the names of `draw` and its arguments, so `draw` must be a
    function of a module that looks at nothing else.
    """
    return _drawing(
        draw, book, book.view_key, theme(), f"{draw.__module__}.{draw.__qualname__}", tuple(sorted(arguments.items()))
    )


@st.cache_resource(max_entries=128, show_spinner=False)
def _drawing(
    _draw: FunctionType,
    _book: Book,
    view_key: tuple[object, ...],  # noqa: ARG001 - part of what is remembered; the book itself is not hashed
    theme: str,
    name: str,  # noqa: ARG001 - stands for the function, which is not hashed
    arguments: tuple[tuple[str, Hashable], ...],
) -> Drawing:
    figure = _draw(_book, theme, **dict(arguments))
    alt = figure.layout.meta["alt"]
    title, subtitle = take_head(figure)
    return Drawing(figure, title, subtitle, alt)


def _head(drawing: Drawing) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"##### {escape_markdown(drawing.title)}")
        if drawing.subtitle:
            st.caption(escape_markdown(drawing.subtitle))


def chosen_account(state: Mapping[str, Any]) -> str | None:
    """Return the account of the first chosen mark: the first value of its custom data.

    >>> chosen_account({"selection": {"points": [{"customdata": ["A1", "hover"]}]}})
    'A1'
    >>> chosen_account({"selection": {"points": []}}) is None
    True
    """
    return chosen_value(state, 0)


def chosen_value(state: Mapping[str, Any], place: int) -> str | None:
    """Return one value of the custom data of the first chosen mark that has it.

    >>> chosen_value({"selection": {"points": [{"customdata": ["", "hover", "supplier"]}]}}, 2)
    'supplier'
    """
    for point in state.get("selection", {}).get("points", []):
        custom = point.get("customdata") or []
        values = custom if isinstance(custom, dict) else {str(number): each for number, each in enumerate(custom)}
        value = values.get(str(place))
        if value:
            return str(value)
    return None
