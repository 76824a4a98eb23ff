"""Rows of marks with their names over them and figures at their ends: words as one trace each, which draws fast."""

from collections.abc import Sequence

import plotly.graph_objects as go

from kam.figures.palette import Palette
from kam.figures.template import SMALL_SIZE
from kam.figures.text import short

NAME_LETTERS = 44
_ABOVE = 0.42


def add_names(fig: go.Figure, names: Sequence[object], *, at: float, colours: Palette) -> None:
    """Write each row's name over it, from the left edge of the figure (`at`, in units of the axis)."""
    fig.add_scatter(
        name="names", mode="text", x=[at] * len(names), y=[place - _ABOVE for place in range(len(names))],
        text=[short(name, NAME_LETTERS) for name in names], textposition="middle right", hoverinfo="skip",
        cliponaxis=False, textfont={"size": SMALL_SIZE, "color": colours.ink},
    )  # fmt: skip


def add_ends(fig: go.Figure, ends: Sequence[tuple[float, float, str, bool]], *, colours: Palette) -> None:
    """Write a figure beside the end of each mark: x, row, the text, and whether it stands to the right."""
    fig.add_scatter(
        name="figures", mode="text", x=[end[0] for end in ends], y=[end[1] for end in ends],
        # a space keeps the text off its mark
        text=[f" {text} " for _, _, text, _ in ends], hoverinfo="skip", cliponaxis=False,
        textposition=["middle right" if to_the_right else "middle left" for _, _, _, to_the_right in ends],
        textfont={"size": SMALL_SIZE, "color": colours.soft},
    )  # fmt: skip
