"""Bubbles that stand for accounts: their place, size and symbol, and the names of the few that matter."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import UNKNOWN
from kam.base.texts import _
from kam.chart.axes import Scale
from kam.chart.hover import HOVER, custom, cut, escaped, plain, story
from kam.chart.labels import Box, Spot, place
from kam.chart.palette import Palette, see_through
from kam.chart.template import SMALL_SIZE

WIDEST, SMALLEST = 46.0, 5.0
CROWD = 600  # accounts beyond which small bubbles are drawn smaller and fainter
NAME_LETTERS = 20
_FIRST_NAMED, _LARGEST_NAMED, _OUTLIERS_NAMED = 3, 10, 6
_EDGE = 0.02


def positions(
    rows: pd.DataFrame, horizontal: Scale, vertical: Scale | None, *, largest: float, crowd: bool = False
) -> pd.DataFrame:
    """Give each account its place on both axes, its diameter in pixels (area = revenue) and its symbol.

    What lies beyond an axis is set at its edge as an arrow pointing out. Added columns: across, up (axis units),
    right, rise (shares of the drawing), x, y (data), size, symbol.
    """
    marks = rows.copy()
    marks["symbol"] = "circle"
    marks["up"], marks["rise"], marks["y"] = 0.0, 0.5, 0.0
    for scale, units, share, data, arrows in (
        (horizontal, "across", "right", "x", ("triangle-left", "triangle-right")),
        (vertical, "up", "rise", "y", ("triangle-down", "triangle-up")),
    ):
        if scale is None:
            continue
        marks[units] = scale.units(marks[scale.column])
        marks.loc[marks[units] < scale.low, "symbol"] = arrows[0]
        marks.loc[marks[units] > scale.high, "symbol"] = arrows[1]
        inner = _EDGE * (scale.high - scale.low)
        marks[units] = marks[units].clip(scale.low + inner, scale.high - inner)
        marks[share] = scale.share(marks[units])
        marks[data] = 10 ** marks[units] if scale.log else marks[units]
    marks["size"] = np.maximum(SMALLEST if not crowd else SMALLEST / 2, WIDEST * np.sqrt(marks["revenue"] / largest))
    return marks


def add_bubbles(
    fig: go.Figure,
    name: str,
    marks: pd.DataFrame,
    colours: Palette,
    *,
    selected: str | None = None,
    crowd: bool = False,
    xaxis: str = "x",
) -> None:
    """Add one trace of bubbles, rung colours where a rung is known, the selected account ringed in the accent."""
    if "rung" in marks:
        fills = [colours.rung[plain(rung) or UNKNOWN] for rung in marks["rung"]]
    else:
        fills = [colours.mark] * len(marks)
    chosen = [account == selected for account in marks["account_id"]]
    fig.add_scatter(
        name=name,
        mode="markers",
        xaxis=xaxis,
        x=marks["x"],
        y=marks["y"],
        hovertemplate=HOVER,
        cliponaxis=False,
        showlegend=False,
        customdata=custom(marks["account_id"].tolist(), [_story(row) for row in marks.to_dict("records")]),
        marker={
            "size": marks["size"],
            "symbol": _one(marks["symbol"].tolist()),
            "opacity": 1,
            "color": _one([see_through(fill, 0.6 if not crowd else 0.35) for fill in fills]),
            "line": {
                "color": _one([colours.accent if ring else fill for ring, fill in zip(chosen, fills, strict=True)]),
                "width": _one([3 if ring else 1 if not crowd else 0 for ring in chosen]),
            },
        },
    )


def _one(values: list[Any]) -> Any:  # noqa: ANN401 - a colour, a symbol or a width, or the list of them
    """Return the single value where all are alike: Plotly checks every member of a list, which costs with thousands."""
    return values[0] if values and len(set(values)) == 1 else values


def name_bubbles(
    fig: go.Figure,
    marks: pd.DataFrame,
    colours: Palette,
    *,
    room: Box,
    scales: tuple[Scale, Scale | None],
    selected: str | None,
) -> None:
    """Name the selected account, the largest and the largest outliers, as far as there is room for names.

    `room` is the drawing in pixels at its narrowest. What is beyond an axis has its figure beside its name.
    """
    horizontal, vertical = scales
    wide, high = room.right - room.left, room.top - room.bottom
    outside = marks["symbol"] != "circle"
    first = marks["account_id"] == selected
    order = pd.concat(
        [marks[first], marks.head(_FIRST_NAMED), marks[outside].head(_OUTLIERS_NAMED), marks.head(_LARGEST_NAMED)]
    )
    order = order.loc[~order["account_id"].duplicated()]
    must = _FIRST_NAMED + int(first.any())
    spots = [
        Spot(row["right"] * wide, row["rise"] * high, row["size"] / 2, _label(row, horizontal, vertical), rank < must)
        for rank, row in enumerate(order.to_dict("records"))
    ]
    circles = [
        Box(x - r, y - r, x + r, y + r)
        for x, y, r in zip(marks["right"] * wide, marks["rise"] * high, marks["size"] / 2, strict=True)
        if r >= SMALLEST / 2
    ]
    for label in place(spots, room=room, marks=circles, size=SMALL_SIZE):
        row = order.iloc[label.index]
        fig.add_annotation(
            x=row["across"],
            y=row["up"],
            text=escaped(spots[label.index].text),
            showarrow=False,
            xshift=label.xshift,
            yshift=label.yshift,
            xanchor=label.xanchor,
            yanchor=label.yanchor,
            borderpad=0,
            bgcolor=see_through(colours.page, 0.65),
            font={"size": SMALL_SIZE, "color": colours.accent if row["account_id"] == selected else colours.ink},
        )


def _label(row: Mapping[Hashable, Any], horizontal: Scale, vertical: Scale | None) -> str:
    name = cut(row["name"], NAME_LETTERS)
    for scale, arrows in (
        (horizontal, ("triangle-left", "triangle-right")),
        (vertical, ("triangle-down", "triangle-up")),
    ):
        if scale is not None and row["symbol"] in arrows and not scale.log:
            return f"{name} {numbers.percent(row[scale.column])}"
    return name


def _story(row: Mapping[Hashable, Any]) -> str:
    growth = row["growth"]
    change = (
        _("Growth {growth} against the 12 months before.").format(growth=numbers.signed_percent(growth))
        if pd.notna(growth)
        else (
            _("A new account.") if row.get("state") == "new" else _("No growth: nothing sold in the 12 months before.")
        )
    )
    rung = plain(row.get("rung"))
    return story(
        row["name"],
        _("Revenue {revenue}, margin rate {margin_rate}.").format(
            revenue=numbers.money(row["revenue"]), margin_rate=numbers.percent(row["margin_rate"])
        ),
        change,
        _("Rung: {rung}.").format(rung=rung) if rung else None,
    )
