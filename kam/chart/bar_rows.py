"""Rows of marks with their names over them and figures at their ends: words as one trace each, which draws fast."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kam.chart.hover import escaped, short
from kam.chart.palette import Palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE

NAME_LETTERS = 44
BAR_ROW, BAR_WIDTH = 42, 11  # pixels a row of `name_bars`, and of its bar
_NAME_AT, _BAR_AT = 10, 29
_ABOVE = 0.42


def add_names(fig: go.Figure, names: Sequence[object], *, at: float, colours: Palette) -> None:
    """Write each row's name over it, from the left edge of the figure (`at`, in units of the axis)."""
    fig.add_scatter(
        name="names",
        mode="text",
        x=[at] * len(names),
        y=[place - _ABOVE for place in range(len(names))],
        text=[short(name, NAME_LETTERS) for name in names],
        textposition="middle right",
        hoverinfo="skip",
        cliponaxis=False,
        textfont={"size": SMALL_SIZE, "color": colours.ink},
    )


def bar_places(rows: int) -> list[int]:
    """Give each bar its place under its name, in pixels from the top: the `y` that `name_bars` sets its rows for."""
    return [place * BAR_ROW + _BAR_AT for place in range(rows)]


def name_bars(
    fig: go.Figure, names: Sequence[object], figures: Sequence[str], *, letters: int, colours: Palette
) -> None:
    """Write over each bar its name at the left and its figure at the right, and set the axes for rows of 42 pixels."""
    shared = {"xref": "paper", "showarrow": False, "bgcolor": colours.page, "borderpad": 0}
    notes = []
    for place, (name, figure) in enumerate(zip(names, figures, strict=True)):
        y = place * BAR_ROW + _NAME_AT
        notes += [
            {
                **shared,
                "x": 0,
                "xanchor": "left",
                "y": y,
                "text": short(name, letters),
                "font": {"size": TEXT_SIZE, "color": colours.ink},
            },
            {
                **shared,
                "x": 1,
                "xanchor": "right",
                "y": y,
                "text": escaped(figure),
                "font": {"size": SMALL_SIZE, "color": colours.ink},
            },
        ]
    fig.update_layout(annotations=notes)
    fig.update_xaxes(rangemode="tozero", showticklabels=False)
    fig.update_yaxes(range=[len(names) * BAR_ROW, 0], showticklabels=False)


def add_ends(fig: go.Figure, ends: Sequence[tuple[float, float, str, bool]], *, colours: Palette) -> None:
    """Write a figure beside the end of each mark: x, row, the text, and whether it stands to the right."""
    fig.add_scatter(
        name="figures",
        mode="text",
        x=[end[0] for end in ends],
        y=[end[1] for end in ends],
        # a space keeps the text off its mark
        text=[f" {text} " for _, _, text, _ in ends],
        hoverinfo="skip",
        cliponaxis=False,
        textposition=["middle right" if to_the_right else "middle left" for _, _, _, to_the_right in ends],
        textfont={"size": SMALL_SIZE, "color": colours.soft},
    )
