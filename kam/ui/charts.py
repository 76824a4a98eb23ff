"""Figures on the page: drawn in our own template, described for those who cannot see them, and open to a click."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from kam.ui.links import go_to_account

_CONFIG = {"displayModeBar": False}


def chart(figure: go.Figure, key: str) -> None:
    """Show a figure without reaction to clicks."""
    st.plotly_chart(figure, theme=None, config=_CONFIG, key=key, alt=_alt(figure))


def chart_of_accounts(figure: go.Figure, key: str) -> None:
    """Show a figure in which a click on a mark opens its account."""
    state = st.plotly_chart(
        figure, theme=None, config=_CONFIG, key=key, alt=_alt(figure), on_select="rerun", selection_mode="points"
    )
    if (account := chosen_account(state)) is not None:
        go_to_account(account)


def chosen_account(state: Mapping[str, Any]) -> str | None:
    """Return the account of the first chosen mark: the first value of its custom data.

    >>> chosen_account({"selection": {"points": [{"customdata": ["A1", "hover"]}]}})
    'A1'
    >>> chosen_account({"selection": {"points": []}}) is None
    True
    """
    for point in state.get("selection", {}).get("points", []):
        custom = point.get("customdata")
        value = (
            custom[0] if isinstance(custom, list) and custom else custom.get("0") if isinstance(custom, dict) else None
        )
        if value:
            return str(value)
    return None


def _alt(figure: go.Figure) -> str | None:
    meta = figure.layout.meta
    return meta.get("alt") if isinstance(meta, Mapping) else None
