"""How one account's revenue ran, month by month, against the year before."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.account import words
from kam.base import numbers
from kam.base.terms import MEASURES
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import finish, quiet

_HEIGHT = 300


def months_figure(
    months: pd.DataFrame, currency: str | None, *, account_id: str, measure: str = "revenue", theme: str = "light"
) -> go.Figure:
    """Draw twelve months of revenue or margin as bars, and the same months a year earlier as ticks.

    Parameters
    ----------
    months
        Columns month (first day), the measure, prior_<measure> (NaN where the data do not reach back); oldest first.
    measure
        "revenue" or "margin".

    Returns
    -------
    A figure with the traces of the measure (bars) and "a year earlier" (ticks).
    """
    title = words.months_title(months, measure)
    if months.empty:
        return quiet(title=title, note=_("No sales in these two years."), theme=theme)
    colours = palette(theme)
    said = MEASURES[measure]
    head = said.capitalize()
    names = [numbers.month(_day(value)) for value in months["month"]]
    stories = [
        story(
            name,
            f"{head} {numbers.money(now, currency)}.",
            _("A year earlier {amount}.").format(amount=numbers.money(then, currency)),
        )
        for name, now, then in zip(names, months[measure], months[f"prior_{measure}"], strict=True)
    ]
    marks = custom([account_id] * len(names), stories)
    fig = go.Figure()
    fig.add_bar(
        name=measure, x=names, y=months[measure], marker={"color": colours.mark}, customdata=marks, hovertemplate=HOVER
    )
    fig.add_scatter(
        name="a year earlier",
        x=names,
        y=months[f"prior_{measure}"],
        mode="markers",
        customdata=marks,
        marker={"symbol": "line-ew", "size": 18, "line": {"width": 2.5, "color": colours.accent}},
        hovertemplate=HOVER,
    )
    fig.update_layout(height=_HEIGHT, bargap=0.3)
    # level at any width: the year stands once, under the first of its months
    short = [
        f"{month}<br>{year}" if place == 0 or month == "Jan" else month
        for place, (month, year) in enumerate(name.split() for name in names)
    ]
    fig.update_xaxes(tickvals=names, ticktext=short, tickangle=0)
    fig.update_yaxes(rangemode="tozero", nticks=4, showgrid=True, tickformat=".2~s")
    subtitle = _("{measure} a month; the tick is the same month a year earlier")
    if currency:
        subtitle = _("{measure} a month, {currency}; the tick is the same month a year earlier")
    subtitle = subtitle.format(measure=head, currency=currency)
    drawn = _("Bars of twelve months of {measure}, with ticks for the year before.").format(measure=said)
    alt = f"{title}. {drawn}"
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, below=40)


def _day(value: pd.Timestamp) -> dt.date:
    return value.date()
