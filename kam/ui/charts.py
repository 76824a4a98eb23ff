"""Figures on the page: drawn in our own template, described for those who cannot see them, and open to a click."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from kam.figures.template import EXPORT_CONFIG, take_head
from kam.ui.frame import plain
from kam.ui.links import go_to_account


def chart(figure: go.Figure, key: str) -> None:
    """Show a figure without reaction to clicks."""
    _head(figure)
    st.plotly_chart(figure, theme=None, config=EXPORT_CONFIG, key=key, alt=figure.layout.meta["alt"])


def chart_of_accounts(figure: go.Figure, key: str) -> None:
    """Show a figure in which a click on a mark opens its account."""
    _head(figure)
    alt = figure.layout.meta["alt"]
    state = st.plotly_chart(
        figure, theme=None, config=EXPORT_CONFIG, key=key, alt=alt, on_select="rerun", selection_mode="points"
    )
    if (account := chosen_account(state)) is not None:
        go_to_account(account)


def _head(figure: go.Figure) -> None:
    title, subtitle = take_head(figure)
    with st.container(gap="xxsmall"):
        st.markdown(f"##### {plain(title)}")
        if subtitle:
            st.caption(plain(subtitle))


def chosen_account(state: Mapping[str, Any]) -> str | None:
    """Return the account of the first chosen mark: the first value of its custom data.

    >>> chosen_account({"selection": {"points": [{"customdata": ["A1", "hover"]}]}})
    'A1'
    >>> chosen_account({"selection": {"points": []}}) is None
    True
    """
    for point in state.get("selection", {}).get("points", []):
        custom = point.get("customdata") or [""]
        value = custom.get("0") if isinstance(custom, dict) else custom[0]
        if value:
            return str(value)
    return None
