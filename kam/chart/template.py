"""How every figure is set: one Plotly template a theme, and `finish`, which gives a figure its title and its alt text.

The templates are objects applied to each figure; the global default of Plotly stays as it is. Show the figures with
`theme=None`, or Streamlit lays its own template over this one.
"""

from functools import cache
from typing import Any

import plotly.graph_objects as go

from kam.chart.hover import lines, wrapped
from kam.chart.palette import palette

# Installed fonts only: nothing is fetched. Each stack names what Apple, Windows and Linux bring, in this order.
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
SERIF = "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, 'Liberation Serif', serif"
EXPORT_CONFIG = {"showSendToCloud": False, "displayModeBar": False, "responsive": True}

TITLE_SIZE, SUBTITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 18, 12, 12, 11
# Letters a line that still fit a chart 400 px wide, so that one figure serves the laptop and the phone.
TITLE_LETTERS, SUBTITLE_LETTERS = 44, 62
SIDE = 4  # so that titles stand in line with the page's own text
_ABOVE, _BELOW_TITLE, _BELOW_SUBTITLE = 10, 6, 20
_LEADING = 1.3
_ASCENT = 12  # Plotly hangs a title of several lines higher than one of a single line, by this much


@cache
def template(theme: str) -> go.layout.Template:
    """Return the Plotly template of a theme; an unknown theme raises `QuestionError`."""
    colours = palette(theme)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": SMALL_SIZE, "color": colours.soft},
        "title": {"font": {"size": SMALL_SIZE, "color": colours.soft}, "standoff": 8},
        "gridcolor": colours.rule,
        "linecolor": colours.rule,
        "zerolinecolor": colours.soft,
        "automargin": True,
        "fixedrange": True,
    }
    layout: dict[str, Any] = {
        "paper_bgcolor": colours.page,
        "plot_bgcolor": colours.page,
        "font": {"family": SANS, "size": TEXT_SIZE, "color": colours.ink},
        "colorway": [colours.mark],
        "xaxis": axis,
        "yaxis": axis,
        "margin": {"l": SIDE, "r": SIDE, "t": 60, "b": 12, "pad": 4},
        "showlegend": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": SMALL_SIZE, "color": colours.soft},
            "itemclick": False,
            "itemdoubleclick": False,
            "bgcolor": "rgba(0,0,0,0)",
        },
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": colours.raised,
            "bordercolor": colours.rule,
            "font": {"family": SANS, "size": TEXT_SIZE, "color": colours.ink},
            "align": "left",
            "namelength": 0,
        },
        "annotationdefaults": {"showarrow": False, "font": {"size": SMALL_SIZE, "color": colours.soft}},
        "dragmode": False,
        "clickmode": "event+select",
        "separators": ".,",
        "bargap": 0.35,
        "uniformtext": {"minsize": SMALL_SIZE, "mode": False},
        "title": {
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": SIDE, "t": _ABOVE, "r": SIDE},
            "font": {"family": SERIF, "size": TITLE_SIZE, "color": colours.ink},
            "subtitle": {"font": {"family": SANS, "size": SUBTITLE_SIZE, "color": colours.soft}},
        },
    }
    return go.layout.Template(layout=layout)


def finish(
    fig: go.Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    theme: str,
    body: int = 320,
    below: int = 28,
    head_room: int = 0,
) -> go.Figure:
    """Set a figure: template, the finding as its title, measure, unit and window under it, and its alt text.

    Parameters
    ----------
    title, subtitle, alt
        Plain text. Title and subtitle are broken into lines for a width of 400 px and escaped.
    body, below, head_room
        Height in pixels of the drawing, of what stands under it (tick labels, legend) and over it (column heads).
        The height of the figure is these and the title's lines, so that a longer finding never squeezes the drawing.
    """
    head = wrapped(title, TITLE_LETTERS, even=True)
    measure = wrapped(subtitle, SUBTITLE_LETTERS, even=True)
    above = round(
        _ABOVE
        + lines(head) * TITLE_SIZE * _LEADING
        + _BELOW_TITLE
        + lines(measure) * SUBTITLE_SIZE * _LEADING
        + _BELOW_SUBTITLE
        + head_room
    )
    fig.update_layout(
        template=template(theme),
        title={"text": head, "subtitle": {"text": measure}, "pad": {"t": _ABOVE + (_ASCENT if lines(head) > 1 else 0)}},
        margin={"t": above, "b": below},
        height=above + body + below,
        meta={"alt": alt, "title": title, "subtitle": subtitle, "head": above - head_room},
    )
    return fig


def take_head(fig: go.Figure) -> tuple[str, str]:
    """Take title and subtitle off a finished figure and return them, for a page that sets them as text of its own.

    A figure breaks its title for the narrowest screen; a page breaks text where it must. The drawing keeps its height.
    """
    meta = fig.layout.meta
    fig.update_layout(
        title=None,
        margin={"t": fig.layout.margin.t - meta["head"] + _BELOW_SUBTITLE},
        height=fig.layout.height - meta["head"] + _BELOW_SUBTITLE,
    )
    return meta["title"], meta["subtitle"]


def quiet(*, title: str, note: str, theme: str) -> go.Figure:
    """Return a figure that says in one sentence why nothing is drawn; `note` is its alt text, too."""
    fig = go.Figure()
    fig.add_annotation(
        text=wrapped(note, SUBTITLE_LETTERS),
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        font={"size": TEXT_SIZE, "color": palette(theme).soft},
    )
    fig.update_xaxes(visible=False)
    fig.update_yaxes(visible=False)
    return finish(fig, title=title, subtitle="", alt=note, theme=theme, body=80, below=12)
