"""Scenarios side by side: what each changes of one measure, with its range."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.chart.bar_rows import add_names
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import finish, quiet
from kam.whatif import words

_ROW = 52
_ROOM = 0.16


def compared_figure(compared: pd.DataFrame, measure: str, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the change of a measure of money by each scenario as a mark on its 80 % range; 0 is the baseline.

    Parameters
    ----------
    compared
        name, measure, change, change_low, change_high, in the order in which they stand.
    measure
        "revenue", "margin" or "clv".

    Returns
    -------
    A figure with the traces "range" and "change".
    """
    title = words.compared_title(compared, measure, currency)
    rows = compared[(compared["measure"] == measure) & compared["change"].notna()]
    if rows.empty:
        return quiet(title=title, note=_("This measure cannot be told for any of these scenarios."), theme=theme)
    colours = palette(theme)
    places = list(range(len(rows)))
    fig = go.Figure()
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.mark, "width": 6},
        x=[end for low, high in zip(rows["change_low"], rows["change_high"], strict=True) for end in (low, high, None)],
        y=[end for place in places for end in (place, place, None)],
    )
    told = [
        story(
            row["name"],
            _("{change} against the baseline.").format(change=numbers.signed_money(row["change"], currency)),
            _("{scenario_range}: {change_low} to {change_high}.").format(
                scenario_range=SCENARIO_RANGE,
                change_low=numbers.signed_money(row["change_low"]),
                change_high=numbers.signed_money(row["change_high"]),
            ),
        )
        for row in rows.to_dict("records")
    ]
    fig.add_scatter(
        name="change",
        mode="markers",
        x=rows["change"],
        y=places,
        hovertemplate=HOVER,
        customdata=custom([""] * len(rows), told),
        marker={
            "size": 13,
            "color": [colours.money["up" if value >= 0 else "down"] for value in rows["change"]],
            "line": {"color": colours.page, "width": 2},
        },
    )
    ends = [0.0, *rows["change_low"], *rows["change_high"]]
    room = _ROOM * ((max(ends) - min(ends)) or 1.0)
    named = [f"{row['name']}: {numbers.signed_money(row['change'])}" for row in rows.to_dict("records")]
    add_names(fig, named, at=min(ends) - room, colours=colours)
    fig.update_xaxes(
        range=[min(ends) - room, max(ends) + room], nticks=4, tickformat=".2~s", zeroline=True, zerolinewidth=1
    )
    fig.update_yaxes(range=[len(rows) - 0.5, -0.8], showticklabels=False)
    unit = f", {currency}" if currency else ""
    subtitle = _(
        "Change in the twelve months ahead{unit}; bar: {scenario_range} of the draws; 0 is the baseline"
    ).format(unit=unit, scenario_range=SCENARIO_RANGE)
    alt = _("{title}. Changes by {count} scenarios with their ranges.").format(title=title, count=len(rows))
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(rows) + 16, below=44)
