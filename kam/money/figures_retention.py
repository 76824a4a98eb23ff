"""How retention went, month end by month end: net, gross and by the number of accounts."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.money import words

LINES = {"nrr": "net (NRR)", "grr": "gross (GRR)", "logo_retention": "accounts (logo)"}
_APART = 0.11  # of the height, between the labels of neighbouring lines
_HEIGHT = 260


def retention_figure(headline: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw NRR, GRR and logo retention, each over the twelve months that end with the month.

    Parameters
    ----------
    headline
        The frame of `headline`: month, nrr, grr, logo_retention; NaN where the data do not cover 24 months.

    Returns
    -------
    A figure with a line for each of `LINES`, labelled at its end, and a rule at 100 %.
    """
    title = words.retention_title(headline)
    known = headline[headline["nrr"].notna()]
    if known.empty:
        return quiet(title=title, note=_("Retention needs two full years of sales."), theme=theme)
    colours = palette(theme)
    styles = {
        "nrr": {"color": colours.accent, "width": 2.5},
        "grr": {"color": colours.ink, "width": 2},
        "logo_retention": {"color": colours.mark, "width": 2, "dash": "dot"},
    }
    fig = go.Figure()
    names = [numbers.month(day.date()) for day in known["month"]]
    for column, label in LINES.items():
        told = [
            story(f"{name}: {label}", _("{value} over the twelve months to then.").format(value=numbers.percent(value)))
            for name, value in zip(names, known[column], strict=True)
        ]
        fig.add_scatter(
            name=label,
            x=known["month"],
            y=known[column],
            mode="lines+markers" if len(known) == 1 else "lines",
            line=styles[column],
            customdata=custom([""] * len(known), told),
            hovertemplate=HOVER,
        )
    values = np.append(known[list(LINES)].to_numpy(dtype=float).ravel(), 1.0)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = 0.08 * (high - low) or 0.05
    low, high = low - room, high + room
    last = known.iloc[-1]
    for column, place in _spread({column: float(last[column]) for column in LINES}, _APART * (high - low)).items():
        fig.add_annotation(
            x=1,
            xref="paper",
            y=place,
            text=f"{LINES[column]} {numbers.percent(last[column])}",
            xanchor="left",
            xshift=6,
            showarrow=False,
            font={"size": SMALL_SIZE, "color": styles[column]["color"]},
        )
    fig.add_hline(y=1, line={"color": colours.rule, "width": 1})
    fig.update_yaxes(range=[low, high], tickformat=".0%", nticks=5)
    ticks = known["month"].iloc[:: -max(1, len(known) // 4)]
    fig.update_xaxes(tickvals=ticks, ticktext=[numbers.month(day.date()).replace(" ", "<br>") for day in ticks])
    told = "; ".join(f"{label} {numbers.percent(last[column])}" for column, label in LINES.items())
    fig = finish(
        fig,
        title=title,
        subtitle=_("Of the accounts of a year before, over the twelve months ending with each month"),
        alt=_("{title}. Lines over {counted}; at the end {told}.").format(
            title=title, counted=numbers.counted(len(known), "month"), told=told
        ),
        theme=theme,
        body=_HEIGHT,
        below=44,
    )
    return fig.update_layout(margin={"r": 148})


def _spread(places: dict[str, float], apart: float) -> dict[str, float]:
    """Move labels up until neighbours stand apart; their order stays.

    >>> _spread({"a": 0.5, "b": 0.52, "c": 0.9}, 0.1)
    {'a': 0.5, 'b': 0.6, 'c': 0.9}
    """
    found: dict[str, float] = {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        below = max(found.values(), default=place - apart)
        found[name] = round(max(place, below + apart), 6)
    return found
