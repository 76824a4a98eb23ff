"""How often we met the customer each month, and whether to give or to sell."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette, tint
from kam.chart.template import finish, quiet
from kam.people import words

_BODY = 200


def rhythm_figure(rhythm: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw the touches of each month as stacked bars, those that gave value at the bottom.

    Parameters
    ----------
    rhythm
        month, value, selling, service, relationship, unsaid (counts); oldest first.

    Returns
    -------
    A figure with one bar trace a purpose; what does not occur in the twelve months is left out.
    """
    title = words.rhythm_title(rhythm)
    purposes = [name for name in rhythm.columns if name != "month" and rhythm[name].sum()]
    if not purposes:
        return quiet(title=title, note=_("No touch in these twelve months."), theme=theme)
    colours = palette(theme)
    fills = {
        "value": colours.accent,
        "selling": colours.mark,
        "service": tint(colours.mark, colours.page, 0.55),
        "relationship": tint(colours.mark, colours.page, 0.3),
        "unsaid": colours.rule,
    }
    names = [numbers.month(month) for month in rhythm["month"]]
    totals = rhythm[purposes].sum(axis=1)
    fig = go.Figure()
    for purpose in purposes:
        said = {
            "value": "to give value",
            "selling": "to sell",
            "service": "to serve",
            "relationship": _("to be in touch"),
        }
        stories = [
            story(
                name,
                _("{own} of {total} {get}.").format(
                    own=numbers.count(own),
                    total=numbers.counted(int(total), "touch", "touches"),
                    get=said.get(purpose, "without a purpose"),
                ),
            )
            for name, own, total in zip(names, rhythm[purpose], totals, strict=True)
        ]
        fig.add_bar(
            name=said.get(purpose, "purpose not said"),
            x=names,
            y=rhythm[purpose].tolist(),
            showlegend=True,
            marker={"color": fills[purpose]},
            customdata=custom([""] * len(names), stories),
            hovertemplate=HOVER,
        )
    fig.update_layout(barmode="stack", bargap=0.25, showlegend=True)
    short = [
        f"{month}<br>{year}" if place == 0 or month == "Jan" else month
        for place, (month, year) in enumerate(name.split() for name in names)
    ]
    fig.update_xaxes(tickvals=names, ticktext=short, tickangle=0)
    fig.update_yaxes(rangemode="tozero", nticks=4, showgrid=True, tickformat="d")
    said_all = ", ".join(f"{numbers.count(rhythm[name].sum())} {name}" for name in purposes)
    return finish(
        fig,
        title=title,
        subtitle=_("Touches a month, by what they were for."),
        alt=f"{title}. {said_all}.",
        theme=theme,
        body=_BODY,
        below=70,
    )
