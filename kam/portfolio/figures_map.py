"""Where the accounts stand: growth across, margin rate up, revenue as area; the unknown decides the other shapes."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import RUNGS, UNKNOWN
from kam.base.texts import _
from kam.chart.axes import Scale, limits
from kam.chart.bubbles import CROWD, add_bubbles, name_bubbles, positions
from kam.chart.hover import plain, unbroken
from kam.chart.labels import Box
from kam.chart.palette import Palette, palette
from kam.chart.template import SIDE, SMALL_SIZE, finish, quiet
from kam.portfolio import words

BODY = 380
MOST = 1_000  # more bubbles hide one another, and weigh on the browser
_AXIS_ROOM = 46
_FEW = 3  # accounts below which a median says nothing
_STRIP, _STRIP_GAP = 0.14, 0.02
_STILL = Scale("still", "", -1.0, 1.0)
_MEASURES = {"growth": "growth", "margin_rate": "margin rate", "revenue": "revenue"}


def portfolio_map_figure(
    accounts: pd.DataFrame,
    currency: str | None,
    *,
    window: str,
    theme: str = "light",
    selected: str | None = None,
    width: int = 420,
) -> go.Figure:
    """Draw each account as a bubble whose area is its revenue; the largest and the outliers are named.

    Of more than 1,000 accounts the largest are drawn, and the subtitle says of how many.

    Parameters
    ----------
    accounts
        One row an account: account_id, name, revenue, growth, margin_rate, state, and optionally rung, which then
        colours the bubbles. Without any margin rate the height is revenue (log scale); without any growth the
        width is revenue; without both the accounts stand in one row by revenue.
    selected
        The account to be ringed in the accent colour and named first.
    width
        The narrowest width in pixels at which no names touch; more width leaves room for more names.

    Returns
    -------
    A figure with the trace "accounts" and, for accounts whose growth is unknown beside others that have one, the
    trace "no prior year" in a strip of its own on the right. Outliers beyond the axes stand at the edge as arrows.
    """
    title = words.map_title(accounts, currency)
    placed = accounts.loc[accounts["revenue"].notna() & (accounts["revenue"] > 0)]
    if placed.empty:
        return quiet(title=title, note=_("No account has revenue in this window."), theme=theme)
    horizontal, vertical = _scales(placed)
    drawn = placed if vertical is None else placed.loc[placed[vertical.column].notna()]
    measured = len(drawn)
    drawn = drawn.sort_values("revenue", ascending=False, kind="stable").head(MOST)
    largest = float(drawn["revenue"].max())
    in_field = drawn[horizontal.column].notna()
    crowd = len(drawn) > CROWD
    marks = positions(drawn.loc[in_field], horizontal, vertical, largest=largest, crowd=crowd)
    strip = drawn.loc[~in_field]
    colours = palette(theme)
    fig = go.Figure()
    right = 1 - _STRIP - _STRIP_GAP if len(strip) else 1.0
    fig.update_xaxes(**horizontal.layout(), domain=[0, right], title_text=horizontal.title)
    medians = ""
    if vertical is None:
        fig.update_yaxes(visible=False, range=[-1, 1])
    else:
        fig.update_yaxes(**vertical.layout())
        medians = _medians(fig, drawn.loc[in_field], horizontal, vertical, colours)
    add_bubbles(fig, "accounts", marks, colours, selected=selected, crowd=crowd)
    room = Box(0, 0, (width - 2 * SIDE - _AXIS_ROOM) * right, BODY if vertical else BODY // 3)
    name_bubbles(fig, marks, colours, room=room, scales=(horizontal, vertical), selected=selected)
    if len(strip):
        zigzag = np.resize([0.0, 0.45, -0.45, 0.2, -0.2], len(strip))
        aside = positions(strip.assign(still=zigzag), _STILL, vertical, largest=largest, crowd=crowd)
        add_bubbles(fig, "no prior year", aside, colours, selected=selected, crowd=crowd, xaxis="x2")
        _dress_strip(fig, strip, colours)
    if "rung" in drawn:
        _add_rung_legend(fig, drawn, colours)
    outside = int((marks["symbol"] != "circle").sum())
    subtitle = _subtitle(accounts, drawn, measured, outside, horizontal, vertical, currency, window, medians)
    named = ", ".join(
        f"{plain(row['name'])} {numbers.money(row['revenue'])}" for row in drawn.head(5).to_dict("records")
    )
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=_("{title} {subtitle} Largest: {named}.").format(title=title, subtitle=subtitle, named=named),
        theme=theme,
        body=BODY if vertical else BODY // 3,
        below=76 if "rung" in drawn else 52,
    )


def _scales(placed: pd.DataFrame) -> tuple[Scale, Scale | None]:
    power = np.log10(placed["revenue"])
    span = (float(power.min()) - 0.15, float(power.max()) + 0.25)
    across_revenue = Scale("revenue", _("revenue, logarithmic scale"), *span, log=True)
    has_growth = bool(placed["growth"].notna().any())
    horizontal = Scale("growth", "growth of revenue", *limits(placed["growth"])) if has_growth else across_revenue
    if placed["margin_rate"].notna().any():
        return horizontal, Scale("margin_rate", "margin rate", *limits(placed["margin_rate"]))
    return horizontal, Scale("revenue", "revenue", *span, log=True) if has_growth else None


def _medians(fig: go.Figure, field: pd.DataFrame, horizontal: Scale, vertical: Scale, colours: Palette) -> str:
    """Draw the two medians as dotted lines, and return the sentence that gives their figures."""
    line = {"type": "line", "layer": "below", "line": {"color": colours.soft, "width": 1, "dash": "1px,3px"}}
    if len(field) < _FEW:
        return ""
    across, up = float(field[horizontal.column].median()), float(field[vertical.column].median())
    fig.add_shape(**line, x0=across, x1=across, yref="y domain", y0=0, y1=1)
    fig.add_shape(**line, y0=up, y1=up, xref="x domain", x0=0, x1=1)
    figures = [
        f"{_MEASURES[scale.column]} {numbers.money(middle) if scale.log else numbers.percent(middle)}"
        for scale, middle in ((horizontal, across), (vertical, up))
    ]
    return _(" Dotted: medians ({figures}).").format(figures=", ".join(figures))


def _dress_strip(fig: go.Figure, strip: pd.DataFrame, colours: Palette) -> None:
    new = "state" in strip and set(strip["state"]) == {"new"}
    fig.update_layout(
        xaxis2={
            "domain": [1 - _STRIP, 1],
            "range": [-1, 1],
            "anchor": "y",
            "tickvals": [0],
            "ticktext": ["new" if new else "no prior<br>year"],
            "tickfont": {"size": SMALL_SIZE, "color": colours.ink},
        }
    )
    fig.add_shape(
        type="rect",
        xref="x2 domain",
        yref="y domain",
        x0=0,
        x1=1,
        y0=0,
        y1=1,
        layer="below",
        line={"width": 0},
        fillcolor=colours.raised,
    )


def _add_rung_legend(fig: go.Figure, drawn: pd.DataFrame, colours: Palette) -> None:
    fig.update_layout(showlegend=True)
    present = {plain(rung) or UNKNOWN for rung in drawn["rung"]}
    for rung in (*RUNGS, UNKNOWN):
        if rung in present:
            fig.add_scatter(
                name=rung,
                x=[None],
                y=[None],
                mode="markers",
                showlegend=True,
                hoverinfo="skip",
                marker={"size": 10, "color": colours.rung[rung]},
            )


def _subtitle(
    accounts: pd.DataFrame,
    drawn: pd.DataFrame,
    measured: int,
    outside: int,
    horizontal: Scale,
    vertical: Scale | None,
    currency: str | None,
    window: str,
    medians: str,
) -> str:
    across = _("Across: {measures}").format(measures=_MEASURES[horizontal.column])
    up = _("; up: {measures}").format(measures=_MEASURES[vertical.column]) if vertical else ""
    text = _("{across}{up}; area: revenue{value}; {window}.{medians}").format(
        across=across,
        up=up,
        value=_(" in {currency}").format(currency=currency) if currency else "",
        window=unbroken(window),
        medians=medians,
    )
    if outside:
        text += _(" {outside} at the edge, as arrows.").format(outside=numbers.counted(outside, "outlier"))
    if measured > len(drawn):
        text += _(" The {count} largest of {measured}.").format(
            count=numbers.count(len(drawn)), measured=numbers.count(measured)
        )
    idle = int((~(accounts["revenue"] > 0)).sum())
    unknown = len(accounts) - idle - measured
    left_out = [_("{unknown} without costs").format(unknown=unknown)] if unknown else []
    left_out += [_("{idle} without revenue").format(idle=idle)] if idle else []
    return text + (_(" Not drawn: {left_out}.").format(left_out=", ".join(left_out)) if left_out else "")
