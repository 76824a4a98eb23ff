"""Scenarios side by side: what each changes of one measure, with its range."""

import pandas as pd
import plotly.graph_objects as go

from kam.figures.palette import palette
from kam.figures.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.figures.text import HOVER, custom, short, story
from kam.words import numbers

_ROW, _LETTERS = 52, 44
_ROOM = 0.16


def compared_figure(
    compared: pd.DataFrame, measure: str, currency: str | None, *, title: str, theme: str = "light"
) -> go.Figure:
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
    rows = compared[(compared["measure"] == measure) & compared["change"].notna()]
    if rows.empty:
        return quiet(title=title, note="This measure cannot be told for any of these scenarios.", theme=theme)
    colours = palette(theme)
    places = list(range(len(rows)))
    fig = go.Figure()
    fig.add_scatter(
        name="range", mode="lines", hoverinfo="skip", line={"color": colours.mark, "width": 6},
        x=[end for low, high in zip(rows["change_low"], rows["change_high"], strict=True) for end in (low, high, None)],
        y=[end for place in places for end in (place, place, None)],
    )  # fmt: skip
    told = [
        story(
            row["name"],
            f"{numbers.signed_money(row['change'], currency)} against the baseline.",
            f"80 %: {numbers.signed_money(row['change_low'])} to {numbers.signed_money(row['change_high'])}.",
        )
        for row in rows.to_dict("records")
    ]
    fig.add_scatter(
        name="change", mode="markers", x=rows["change"], y=places, hovertemplate=HOVER,
        customdata=custom([""] * len(rows), told),
        marker={"size": 13, "color": [colours.money["up" if value >= 0 else "down"] for value in rows["change"]],
                "line": {"color": colours.page, "width": 2}},
    )  # fmt: skip
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        fig.add_annotation(
            x=0, xref="paper", xanchor="left", y=place - 0.42, yanchor="middle", showarrow=False,
            text=f"{short(row['name'], _LETTERS)}: {numbers.signed_money(row['change'])}",
            font={"size": TEXT_SIZE, "color": colours.ink},
        )  # fmt: skip
    ends = [0.0, *rows["change_low"], *rows["change_high"]]
    room = _ROOM * ((max(ends) - min(ends)) or 1.0)
    fig.add_vline(x=0, line={"color": colours.soft, "width": 1})
    fig.add_annotation(
        x=0, y=0, yref="paper", yanchor="top", yshift=-14, text="baseline", showarrow=False,
        font={"size": SMALL_SIZE, "color": colours.soft},
    )  # fmt: skip
    fig.update_xaxes(range=[min(ends) - room, max(ends) + room], nticks=4, tickformat=".2~s")
    fig.update_yaxes(range=[len(rows) - 0.5, -0.8], showticklabels=False)
    subtitle = f"Change in the twelve months ahead{f', {currency}' if currency else ''}; bar: 80 % of the draws"
    alt = f"{title}. Changes by {len(rows)} scenarios with their ranges."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(rows) + 16, below=44)
