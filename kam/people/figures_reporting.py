"""Who reports to whom at a customer, and who of ours meets them: their people as a tree, ours as columns of dots."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, plain, short, story
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.people import words
from kam.people.words import short_name

_ROW, _COLUMNS, _LETTERS = 42, 4, 32
_SPLIT, _INDENT = 0.56, 0.035
_SMALL, _LARGE = 6.0, 20.0
_LEVEL = 2  # names of more columns would lie on one another on a phone
OTHERS = "others"


def reporting_figure(
    lines: pd.DataFrame, ties: pd.DataFrame, relationship: pd.Series, *, theme: str = "light"
) -> go.Figure:
    """Draw the reporting lines as indented rows and the touches of twelve months as dots under ours.

    Parameters
    ----------
    lines
        contact_id, name, title, function, departed, left_on, depth; each under the one it reports to.
    ties
        contact_id, manager, touches, last_touch, active.

    Returns
    -------
    A figure with the traces "met within 90 days" and "met before that"; the four of ours who meet them most have a
    column, the rest share one.
    """
    title = words.lines_title(relationship)
    if lines.empty:
        return quiet(title=title, note=_("Nobody at this account is known."), theme=theme)
    colours = palette(theme)
    ours = _columns(ties)
    places = dict(zip(lines["contact_id"], range(len(lines)), strict=True))
    fig = go.Figure()
    notes: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    for place, row in enumerate(lines.to_dict("records")):
        start = _INDENT * row["depth"]
        text = _row_text(row, colours)
        notes.append(
            {
                "x": start,
                "y": place,
                "xref": "paper",
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                "text": text,
                "showarrow": False,
                "font": {"size": SMALL_SIZE, "color": colours.ink},
            }
        )
        shapes.append(
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": place + 0.5,
                "y1": place + 0.5,
                "layer": "below",
                "line": {"color": colours.rule, "width": 1},
            }
        )
        if row["depth"]:
            shapes += _elbow(start, place, place - _above(lines["depth"].tolist(), place), colours)
    turned = len(ours) > _LEVEL
    for column, manager in enumerate(ours):
        notes.append(
            {
                "x": column,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "xanchor": "left" if turned else "center",
                "textangle": -40 if turned else 0,
                "text": short(short_name(manager), 14),
                "showarrow": False,
                "font": {"size": SMALL_SIZE, "color": colours.soft},
            }
        )
    _add_dots(fig, ties, places, ours, colours)
    fig.update_layout(annotations=notes, shapes=shapes, showlegend=bool(len(ties)))
    fig.update_xaxes(
        domain=[_SPLIT, 1], range=[-0.6, max(len(ours), 1) - (-0.3 if turned else 0.4)], showticklabels=False
    )
    fig.update_yaxes(range=[len(lines) - 0.4, -0.6], showticklabels=False)
    subtitle = _(
        "Left: who reports to whom there. Dots: touches with each of ours in twelve months; no dot: nobody met them."
    )
    unmet = len(set(lines["contact_id"]) - set(ties["contact_id"]))
    alt = _("{title}. {counted} there, {unmet} of them unmet.").format(
        title=title, counted=numbers.counted(len(lines), "person", "people"), unmet=numbers.count(unmet)
    )
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=alt,
        theme=theme,
        body=_ROW * len(lines),
        below=44,
        head_room=64 if turned else 24,
    )


def _columns(ties: pd.DataFrame) -> list[str]:
    most = ties.groupby("manager")["touches"].sum().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in most.index]
    return names if len(names) <= _COLUMNS + 1 else [*names[:_COLUMNS], OTHERS]


def _add_dots(fig: go.Figure, ties: pd.DataFrame, places: dict[str, int], ours: list[str], colours: Palette) -> None:
    column = [ours.index(name) if name in ours else len(ours) - 1 for name in ties["manager"]]
    row = [places.get(contact, -9) for contact in ties["contact_id"]]
    most = max(ties["touches"].max(), 1) if len(ties) else 1
    size = _SMALL + (_LARGE - _SMALL) * np.sqrt(ties["touches"] / most)
    stories = [
        story(
            _("{person} and {manager}").format(person=person, manager=manager),
            _("{times} in twelve months.").format(times=numbers.counted(int(times), "touch", "touches")),
            _("Last on {last}.").format(last=numbers.day(last)),
        )
        for person, manager, times, last in zip(
            ties["person"], ties["manager"], ties["touches"], ties["last_touch"], strict=True
        )
    ]
    marks = custom([""] * len(ties), stories)
    for name, is_active in (
        (_("met within {active_days} days").format(active_days=ACTIVE_DAYS), True),
        ("met before that", False),
    ):
        own = [place for place, active in enumerate(ties["active"]) if bool(active) is is_active and row[place] >= 0]
        fig.add_scatter(
            name=name,
            mode="markers",
            x=[column[place] for place in own],
            y=[row[place] for place in own],
            customdata=[marks[place] for place in own],
            hovertemplate=HOVER,
            showlegend=True,
            cliponaxis=False,
            marker={
                "size": [float(size.iloc[place]) for place in own],
                "symbol": "circle" if is_active else "circle-open",
                "color": colours.mark,
                "line": {"color": colours.mark, "width": 1.5},
            },
        )


def _row_text(row: dict[Any, Any], colours: Palette) -> str:
    room = max(_LETTERS - 2 * int(row["depth"]), 10)
    about = plain(row["title"]) or plain(row["function"]) or "position unknown"
    if row["departed"]:
        about = _("left {left_on}, {about}").format(left_on=numbers.day(row["left_on"]), about=about)
    return f'{short(row["name"], room)}<br><span style="color:{colours.soft}">{short(about, room)}</span>'


def _above(depths: list[int], place: int) -> int:
    """Count the rows up to the one this row reports to."""
    return next(step for step in range(1, place + 1) if depths[place - step] < depths[place])


def _elbow(start: float, place: int, boss: int, colours: Palette) -> list[dict[str, Any]]:
    line = {"type": "line", "xref": "paper", "layer": "below", "line": {"color": colours.soft, "width": 1}}
    stem = start - _INDENT * 0.7
    return [
        {**line, "x0": stem, "x1": stem, "y0": boss + 0.35, "y1": place},
        {**line, "x0": stem, "x1": start - 0.006, "y0": place, "y1": place},
    ]
