"""The people of one customer: who decides and how they stand to us, who reports to whom, and who of ours meets them."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, plain, short, story
from kam.chart.palette import Palette, palette, see_through
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.people import words
from kam.people.words import FUNCTIONS, named, short_name

FUNCTION_SYMBOLS = {
    "management": "star",
    "purchasing": "circle",
    "technical": "square",
    "operations": "diamond",
    "finance": "triangle-up",
    "marketing": "pentagon",
    None: "circle-open",
}
_ATTITUDES = {-2: _("works<br>against"), -1: _("sceptical"), 0: _("neutral"), 1: _("for us"), 2: _("champions<br>us")}
_UNKNOWN = -3
_LINE = 17  # pixels for one person in a cell
_APART = 24  # pixels between two steps of influence, beside those for the people
_NAME = 13
_AGES = ((90, 1.0), (180, 0.55), (10_000, 0.25))  # days since the last touch, and how full the mark is
_NEVER = 0.0
_ROW, _COLUMNS, _LETTERS = 42, 4, 32
_SPLIT, _INDENT = 0.56, 0.035
_SMALL, _LARGE = 6.0, 20.0
_UNTURNED = 2  # names of more columns would lie on one another on a phone
OTHERS = _("others")


def stakeholder_figure(people: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the people of one account: right is for us, high decides, faint was not met for long.

    Parameters
    ----------
    people
        account_id, name, title, function, influence, attitude, days_since, departed, exposed, known_by.

    Returns
    -------
    A figure with one trace a function. Who works against us is named in the colour of loss, with the money exposed.
    People whose attitude is unknown stand in a column of their own at the left; unknown influence stands lowest.
    """
    title = words.stakeholder_title(people, currency)
    here = people[~people["departed"]].reset_index(drop=True)
    if here.empty:
        return quiet(title=title, note=_("Nobody who is still at this account is known."), theme=theme)
    colours = palette(theme)
    columns = here["attitude"].fillna(_UNKNOWN).astype(int)
    rows = here["influence"].fillna(0).astype(int)
    exposed = (here["exposed"] > 0).tolist()
    inside: Counter[tuple[int, int]] = Counter()
    x, line = [], []
    for column, row, has_money in zip(columns.tolist(), rows.tolist(), exposed, strict=True):
        x.append(column - 0.38)
        line.append(inside[column, row] + 0.5 * has_money)
        inside[column, row] += 1 + has_money
    unit = _APART + _LINE * max(inside.values())
    y = [row - place * _LINE / unit for row, place in zip(rows.tolist(), line, strict=True)]
    strengths = [_strength(days) for days in here["days_since"]]
    inks = [colours.money["down"] if column in (-2, -1) else colours.mark for column in columns]
    stories = [_person_story(row, currency) for _each, row in here.iterrows()]
    marks = custom(here["account_id"].tolist(), stories)
    fig = go.Figure()
    functions = [each if isinstance(each, str) else None for each in here["function"]]
    for function in dict.fromkeys(functions):
        own = [place for place, each in enumerate(functions) if each == function]
        fig.add_scatter(
            name=FUNCTIONS.get(function, _("function unknown")),
            mode="markers",
            x=[x[place] for place in own],
            y=[y[place] for place in own],
            customdata=[marks[place] for place in own],
            hovertemplate=HOVER,
            showlegend=True,
            cliponaxis=False,
            marker={
                "symbol": FUNCTION_SYMBOLS[function],
                "size": 10,
                "color": [see_through(inks[place], strengths[place]) for place in own],
                "line": {"color": [inks[place] for place in own], "width": 1.5},
            },
        )
    notes = []
    for place, (_each, person) in enumerate(here.iterrows()):
        against = columns[place] in (-2, -1)
        text = short(short_name(person["name"]), _NAME)
        if exposed[place]:
            text += f"<br><b>{numbers.money(person['exposed'], currency)}</b>"
        notes.append(
            {
                "x": x[place],
                "y": y[place],
                "xshift": 8,
                "xanchor": "left",
                "yanchor": "middle",
                "align": "left",
                "text": text,
                "showarrow": False,
                "font": {"size": SMALL_SIZE, "color": colours.money["down"] if against else colours.ink},
            }
        )
    low = -2 if (columns > _UNKNOWN).all() else _UNKNOWN
    deepest = min(*y, 1.0) - 0.35
    fig.update_layout(annotations=notes, showlegend=True)
    ticks = {_UNKNOWN: _("not<br>known")} | _ATTITUDES
    shown = [value for value in ticks if value >= low]
    fig.update_xaxes(range=[low - 0.5, 2.75], tickvals=shown, ticktext=[ticks[value] for value in shown], tickangle=0)
    fig.update_yaxes(
        range=[deepest, 5.4], tickvals=[1, 3, 5], ticktext=[_("little"), _("some"), _("decides")], title=_("influence")
    )
    subtitle = _("Shape: function. Full: met within three months; the emptier, the longer ago; hollow: never.")
    said = ", ".join(
        f"{numbers.count(int((columns == value).sum()))} {word.replace('<br>', ' ')}"
        for value, word in ticks.items()
        if (columns == value).any()
    )
    body = round(unit * (5.4 - deepest))
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title}. {said}.", theme=theme, body=body, below=90)


def _strength(days: float) -> float:
    return next((strength for limit, strength in _AGES if days <= limit), _NEVER)


def _person_story(row: pd.Series, currency: str | None) -> str:
    met = _("Last met never.")
    if numbers.known(row["days_since"]):
        days = int(row["days_since"])
        met = ngettext("Last met {days} day ago.", "Last met {days} days ago.", days).format(days=numbers.count(days))
    knows = _("Nobody of ours met them in a year.")
    if isinstance(row["known_by"], str):
        knows = _("Known by {people}.").format(people=row["known_by"])
    exposed = row["exposed"]
    return story(
        named(row),
        _("Influence {influence}, attitude {attitude}.").format(
            influence=numbers.count(row["influence"]), attitude=numbers.signed_count(row["attitude"])
        ),
        f"{met} {knows}",
        _("Exposes {exposed} of revenue.").format(exposed=numbers.money(exposed, currency)) if exposed > 0 else None,
    )


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
    turned = len(ours) > _UNTURNED
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
    told = ngettext(
        "{people} person there, {unmet} of them unmet.", "{people} people there, {unmet} of them unmet.", len(lines)
    ).format(people=numbers.count(len(lines)), unmet=numbers.count(unmet))
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {told}",
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
            ngettext("{touches} touch in twelve months.", "{touches} touches in twelve months.", times).format(
                touches=numbers.count(times)
            ),
            _("Last on {day}.").format(day=numbers.day(last)),
        )
        for person, manager, times, last in zip(
            ties["person"], ties["manager"], ties["touches"], ties["last_touch"], strict=True
        )
    ]
    marks = custom([""] * len(ties), stories)
    for name, is_active in (
        (_("met within {days} days").format(days=ACTIVE_DAYS), True),
        (_("met before that"), False),
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
    about = plain(row["title"]) or FUNCTIONS.get(row["function"]) or _("position unknown")
    if row["departed"]:
        about = _("left {day}, {position}").format(day=numbers.day(row["left_on"]), position=about)
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
