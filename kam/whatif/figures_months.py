"""The months ahead under a scenario beside the baseline: a line and its band each."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette, see_through
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.whatif import words

_BODY = 250
_SAME = 1e-9


def months_ahead_figure(months: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the expected revenue of each month ahead with its 80 % range, without and with the levers.

    Parameters
    ----------
    months
        month (first day), last_year, baseline, baseline_low, baseline_high, scenario, low, high; oldest first.

    Returns
    -------
    A figure with the traces "last year" (ticks), "baseline" and, if a lever changes anything, "scenario"; each of the
    latter two over a band.
    """
    title = words.months_title(months, currency)
    if months.empty:
        return quiet(title=title, note=_("No month ahead can be told."), theme=theme)
    colours = palette(theme)
    moved = bool(((months["scenario"] - months["baseline"]).abs() > _SAME).any())
    names = [numbers.month(month.date()) for month in months["month"]]
    fig = go.Figure()
    lines = [("baseline", "baseline_low", "baseline_high", colours.mark, "dot" if moved else "solid")]
    lines += [("scenario", "low", "high", colours.accent, "solid")] if moved else []
    for middle, low, high, colour, _each in lines:
        fig.add_scatter(
            name=f"{middle} range",
            x=[*names, *reversed(names)],
            y=[*months[high], *months[low][::-1]],
            fill="toself",
            fillcolor=see_through(colour, 0.18),
            line={"width": 0},
            hoverinfo="skip",
            mode="lines",
        )
    fig.add_scatter(
        name="last year",
        x=names,
        y=months["last_year"],
        mode="markers",
        hoverinfo="skip",
        marker={"symbol": "line-ew", "size": 14, "line": {"width": 2, "color": colours.soft}},
    )
    for middle, low, high, colour, dash in lines:
        told = [
            story(
                name,
                f"{middle.capitalize()} {numbers.money(row[middle], currency)}.",
                _("{scenario_range}: {row} to {row_2}.").format(
                    scenario_range=SCENARIO_RANGE, row=numbers.money(row[low]), row_2=numbers.money(row[high])
                ),
                _("The same month last year {last_year}.").format(last_year=numbers.money(row["last_year"])),
            )
            for name, row in zip(names, months.to_dict("records"), strict=True)
        ]
        fig.add_scatter(
            name=middle,
            x=names,
            y=months[middle],
            mode="lines+markers",
            customdata=custom([""] * len(names), told),
            hovertemplate=HOVER,
            line={"color": colour, "width": 2, "dash": dash},
            marker={"color": colour, "size": 6},
        )
    _name_lines(fig, months, lines)
    short = [
        f"{month}<br>{year}" if place == 0 or month == "Jan" else month
        for place, (month, year) in enumerate(name.split() for name in names)
    ]
    fig.update_xaxes(tickvals=names, ticktext=short, tickangle=0, range=[-0.4, len(names) - 0.6])
    fig.update_yaxes(rangemode="tozero", nticks=5, showgrid=True, tickformat=".2~s")
    subtitle = _(
        "Expected revenue a month{value}; band: {scenario_range} of the draws; tick: the same month last year"
    ).format(value=f", {currency}" if currency else "", scenario_range=SCENARIO_RANGE)
    alt = _("{title}. Lines of twelve months ahead with bands: baseline{value}.").format(
        title=title, value=" and scenario" if moved else ""
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_BODY, below=44)


def _name_lines(fig: go.Figure, months: pd.DataFrame, lines: list[tuple]) -> None:
    """Write each line's name over or under it, where it is highest or lowest, so that the two stand apart."""
    upper = max(lines, key=lambda line: float(months[line[0]].mean()))
    for line in lines:
        values = months[line[0]].to_numpy(dtype=float)
        place = int(values.argmax()) if line is upper else int(values.argmin())
        place = min(max(place, 1), len(months) - 2)
        fig.add_scatter(
            name="names",
            mode="text",
            x=[numbers.month(months["month"].iloc[place].date())],
            y=[values[place]],
            text=[line[0]],
            textposition="top center" if line is upper else "bottom center",
            hoverinfo="skip",
            textfont={"size": SMALL_SIZE, "color": line[3]},
        )
