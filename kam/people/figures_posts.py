"""Which posts know us: function by level, over all accounts as a share of gaps, at one account as people."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, escaped, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.people import words

_ROW, _HALF = 44, 0.47
_WEAK, _STRONG = 0.05, 0.5  # so that ink stays readable on the darkest cell
_REACH = 34  # pixels around the middle of a cell that react to the pointer


@dataclass(frozen=True, slots=True)
class Cell:
    """One post as it is drawn: its place, what stands in it, and how it is filled."""

    function: str
    level: str
    text: str
    told: str
    fill: str | None = None
    edge: str | None = None
    loud: bool = True


def gaps_figure(gaps: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw at what share of the accounts each post that should know us does not.

    Parameters
    ----------
    gaps
        function, level, weight (0: not asked for), judged, gaps, gap_share, people, active_contacts; in order.

    Returns
    -------
    A figure with one cell a post, darker with more gaps, and the trace "posts" that carries the hover sentences.
    """
    title = words.gaps_title(gaps)
    if not (gaps["judged"] > 0).any():
        return quiet(title=title, note=_("Of no account is it known which posts know us."), theme=theme)
    colours = palette(theme)
    cells = []
    for row in gaps.to_dict("records"):
        met = _("{active_contacts} of {people} known met").format(
            active_contacts=numbers.count(row["active_contacts"]),
            people=numbers.counted(row["people"], "person", "people"),
        )
        if row["weight"] > 0:
            share = row["gap_share"]
            told = _("Gap at {gaps} of {judged}; {met}.").format(
                gaps=numbers.count(row["gaps"]), judged=numbers.counted(row["judged"], "account"), met=met
            )
            fill = tint(colours.mark, colours.page, _WEAK + (_STRONG - _WEAK) * share)
            cells.append(Cell(row["function"], row["level"], f"{share:.0%}", told, fill=fill))
        else:
            text = numbers.count(row["people"]) + " known" if row["people"] else ""
            cells.append(
                Cell(row["function"], row["level"], text, _("Not asked for; {met}.").format(met=met), loud=False)
            )
    subtitle = _(
        "Share of accounts where nobody in the post, or above it, was met for {active_days} "
        "days. Without a fill: not asked for."
    ).format(active_days=ACTIVE_DAYS)
    return _grid(cells, list(dict.fromkeys(gaps["function"])), title=title, subtitle=subtitle, theme=theme)


def cells_figure(cells: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw which posts at one account know us.

    Parameters
    ----------
    cells
        18 rows: function, level, weight, people, active_contacts, state; in order.

    Returns
    -------
    A figure with one cell a post: filled where covered, an outlined "gap" where it should be and is not.
    """
    title = words.cells_title(cells)
    if not cells["state"].isin(("covered", "gap")).any():
        return quiet(title=title, note=_("No contact with anybody at this account is recorded."), theme=theme)
    colours = palette(theme)
    drawn = []
    for row in cells.to_dict("records"):
        people = numbers.counted(row["people"], "person", "people") if row["people"] else "nobody"
        told = _("{capitalize} known, {active_contacts} met within {active_days} days.").format(
            capitalize=people.capitalize(),
            active_contacts=numbers.count(row["active_contacts"]),
            active_days=ACTIVE_DAYS,
        )
        if row["state"] == "covered":
            text = (
                _("{active_contacts} met").format(active_contacts=numbers.count(row["active_contacts"]))
                if row["active_contacts"]
                else "from above"
            )
            fill = tint(colours.mark, colours.page, _STRONG)
            drawn.append(Cell(row["function"], row["level"], text, _("Covered. {told}").format(told=told), fill=fill))
        elif row["state"] == "gap":
            text = _("gap, {people} known").format(people=row["people"]) if row["people"] else "gap"
            drawn.append(
                Cell(
                    row["function"],
                    row["level"],
                    text,
                    _("A gap. {told}").format(told=told),
                    edge=colours.money["down"],
                )
            )
        else:
            text = (
                _("{active_contacts} met").format(active_contacts=numbers.count(row["active_contacts"]))
                if row["active_contacts"]
                else ""
            )
            text = text or (_("{people} known").format(people=row["people"]) if row["people"] else "")
            drawn.append(
                Cell(row["function"], row["level"], text, _("Not asked for. {told}").format(told=told), loud=False)
            )
    subtitle = _(
        "Filled: met within {active_days} days, at this level or above; outlined: should know us and was not met."
    ).format(active_days=ACTIVE_DAYS)
    return _grid(drawn, list(dict.fromkeys(cells["function"])), title=title, subtitle=subtitle, theme=theme)


def _grid(cells: Sequence[Cell], functions: list[str], *, title: str, subtitle: str, theme: str) -> go.Figure:
    colours = palette(theme)
    levels = list(dict.fromkeys(cell.level for cell in cells))
    places = [(levels.index(cell.level), functions.index(cell.function)) for cell in cells]
    fig = go.Figure()
    fig.update_layout(
        shapes=[_box(x, y, cell, colours) for (x, y), cell in zip(places, cells, strict=True)],
        annotations=[
            {
                "x": x,
                "y": y,
                "text": escaped(cell.text),
                "showarrow": False,
                "font": {
                    "size": TEXT_SIZE if cell.loud else SMALL_SIZE,
                    "color": colours.ink if cell.loud else colours.soft,
                },
            }
            for (x, y), cell in zip(places, cells, strict=True)
        ],
    )
    fig.add_scatter(
        name="posts",
        mode="markers",
        x=[x for x, _each in places],
        y=[y for _each, y in places],
        hovertemplate=HOVER,
        customdata=custom([""] * len(cells), [story(f"{cell.function}, {cell.level}", cell.told) for cell in cells]),
        marker={"size": _REACH, "opacity": 0, "color": colours.page, "symbol": "square"},
    )
    fig.update_xaxes(tickvals=list(range(len(levels))), ticktext=levels, range=[-0.5, len(levels) - 0.5], side="top")
    fig.update_yaxes(
        tickvals=list(range(len(functions))),
        ticktext=functions,
        range=[len(functions) - 0.5, -0.5],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    told = "; ".join(f"{cell.function} {cell.level} {cell.text}" for cell in cells if cell.loud)
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=f"{title}. {told}.",
        theme=theme,
        body=_ROW * len(functions),
        below=12,
        head_room=26,
    )


def _box(x: int, y: int, cell: Cell, colours: Palette) -> dict[str, object]:
    edge = {"color": cell.edge or colours.rule, "width": 2 if cell.edge else 1 if not cell.fill else 0}
    return {
        "type": "rect",
        "x0": x - _HALF,
        "x1": x + _HALF,
        "y0": y - _HALF + 0.03,
        "y1": y + _HALF - 0.03,
        "layer": "below",
        "fillcolor": cell.fill or "rgba(0,0,0,0)",
        "line": edge,
    }
