"""Figures on the page: drawn in our own template, described for those who cannot see them, and open to a click."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ParamSpec, cast

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from kam.chart.template import EXPORT_CONFIG, take_head
from kam.ui.frame import theme
from kam.ui.links import go_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.printing import on_one_sheet

if TYPE_CHECKING:
    from types import FunctionType

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure without its head, and the words that go with it. Sessions share it: nobody changes it."""

    figure: go.Figure
    title: str
    subtitle: str
    alt: str


def drawn(draw: Callable[P, go.Figure], *args: P.args, **kwargs: P.kwargs) -> Drawing:
    """Draw a figure in the reader's theme, remembered: drawing one takes longer than all else a page does.

    What is remembered is found by the name of `draw` and what it is given, frames by their content; so `draw` must be a
    function of a module that looks at nothing else.
    """
    name = cast("FunctionType", draw).__qualname__
    return _drawing(draw, f"{draw.__module__}.{name}", args, tuple(sorted(kwargs.items())), theme())


def chart(drawing: Drawing, *, key: str) -> None:
    """Show a figure without reaction to clicks."""
    with on_one_sheet():
        _head(drawing)
        st.plotly_chart(drawing.figure, theme=None, config=EXPORT_CONFIG, key=key, alt=drawing.alt)


def chart_of_accounts(drawing: Drawing, *, key: str, go: Callable[[str], None] = go_to_account) -> None:
    """Show a figure in which a click on a mark opens its account, or where `go` leads."""
    with on_one_sheet():
        _head(drawing)
        state = st.plotly_chart(
            drawing.figure,
            theme=None,
            config=EXPORT_CONFIG,
            key=key,
            alt=drawing.alt,
            on_select="rerun",
            selection_mode="points",
        )
    if (account := chosen_account(state)) is not None:
        go(account)


def chart_of_choices(drawing: Drawing, *, key: str, choose: Callable[[str], None]) -> None:
    """Show a figure in which a click on a mark hands the third value of its custom data to `choose`."""

    def clicked() -> None:
        if (choice := chosen_value(st.session_state[key], 2)) is not None:
            choose(choice)

    _head(drawing)
    st.plotly_chart(
        drawing.figure,
        theme=None,
        config=EXPORT_CONFIG,
        key=key,
        alt=drawing.alt,
        on_select=clicked,
        selection_mode="points",
    )


def _content(frame: pd.DataFrame | pd.Series) -> tuple[object, ...]:
    """Return what tells a frame or a row from any other: all it holds, and not how it lies in memory.

    >>> row = pd.Series({"name": "Nord", "revenue": 9.0})
    >>> _content(row) == _content(row.copy()), _content(row) == _content(row.replace(9.0, 9.1))
    (True, False)
    """
    table = frame if isinstance(frame, pd.DataFrame) else frame.to_frame()
    parts = [table.index, *(values for _, values in table.items())]
    return type(frame).__name__, repr(table.columns.tolist()), *((str(part.dtype), _values(part)) for part in parts)


def _values(part: pd.Index | pd.Series) -> bytes | str:
    is_plain = isinstance(part.dtype, np.dtype) and part.dtype.kind in "biufmM"
    return part.to_numpy().tobytes() if is_plain else repr(part.tolist())


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={pd.DataFrame: _content, pd.Series: _content})
def _drawing(
    _draw: Callable[..., go.Figure],
    name: str,  # noqa: ARG001 - stands for the function, which is not hashed
    args: tuple[object, ...],
    kwargs: tuple[tuple[str, object], ...],
    theme: str,
) -> Drawing:
    figure = _draw(*args, **dict(kwargs), theme=theme)
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
