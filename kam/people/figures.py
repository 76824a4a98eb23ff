"""Which posts know us, and how often we meet them.

The posts: function by level, over all accounts as a share of gaps, at one account as people. The rhythm: the touches of
each month, by whether they gave or sold.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, escaped, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.people import words

_ROW, _HALF = 44, 0.47
_WEAK, _STRONG = 0.05, 0.5  # so that ink stays readable on the darkest cell
_REACH = 34  # pixels around the middle of a cell that react to the pointer
_RHYTHM = 200
_PURPOSES = {
    "value": _("to give value"),
    "selling": _("to sell"),
    "service": _("to serve"),
    "relationship": _("to be in touch"),
}


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
    gaps = words.named_posts(gaps)
    for row in gaps.to_dict("records"):
        people = int(row["people"])
        met = ngettext("{met} of {people} person known met", "{met} of {people} people known met", people).format(
            met=numbers.count(row["active_contacts"]), people=numbers.count(people)
        )
        if row["weight"] > 0:
            share, judged = row["gap_share"], int(row["judged"])
            told = ngettext(
                "Gap at {gaps} of {accounts} account; {met}.", "Gap at {gaps} of {accounts} accounts; {met}.", judged
            ).format(gaps=numbers.count(row["gaps"]), accounts=numbers.count(judged), met=met)
            fill = tint(colours.mark, colours.page, _WEAK + (_STRONG - _WEAK) * share)
            cells.append(Cell(row["function"], row["level"], f"{share:.0%}", told, fill=fill))
        else:
            text = _("{people} known").format(people=numbers.count(people)) if people else ""
            told = _("Not asked for; {met}.").format(met=met)
            cells.append(Cell(row["function"], row["level"], text, told, loud=False))
    subtitle = _(
        "Share of accounts where nobody in the post, or above it, was met for {days} "
        "days. Without a fill: not asked for."
    ).format(days=ACTIVE_DAYS)
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
    cells = words.named_posts(cells)
    for row in cells.to_dict("records"):
        people, met = int(row["people"]), int(row["active_contacts"])
        told = _("Nobody known, {met} met within {days} days.")
        if people:
            told = ngettext(
                "{people} person known, {met} met within {days} days.",
                "{people} people known, {met} met within {days} days.",
                people,
            )
        told = told.format(people=numbers.count(people), met=numbers.count(met), days=ACTIVE_DAYS)
        known = _("{people} met").format(people=numbers.count(met)) if met else ""
        post = {"function": row["function"], "level": row["level"]}
        if row["state"] == "covered":
            fill = tint(colours.mark, colours.page, _STRONG)
            drawn.append(Cell(**post, text=known or _("from above"), told=f"{_('Covered.')} {told}", fill=fill))
        elif row["state"] == "gap":
            text = _("gap, {people} known").format(people=people) if people else _("gap")
            drawn.append(Cell(**post, text=text, told=f"{_('A gap.')} {told}", edge=colours.money["down"]))
        else:
            text = known or (_("{people} known").format(people=people) if people else "")
            drawn.append(Cell(**post, text=text, told=f"{_('Not asked for.')} {told}", loud=False))
    subtitle = _(
        "Filled: met within {days} days, at this level or above; outlined: should know us and was not met."
    ).format(days=ACTIVE_DAYS)
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


def rhythm_figure(rhythm: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw the touches of each month as stacked bars, those that gave value at the bottom.

    Parameters
    ----------
    rhythm
        month, value, selling, service, relationship, unsaid (counts); oldest first.

    Returns
    -------
    A figure with one bar trace a purpose; what does not occur in the twelve months is left out.
    """
    title = words.rhythm_title(rhythm)
    purposes = [name for name in rhythm.columns if name != "month" and rhythm[name].sum()]
    if not purposes:
        return quiet(title=title, note=_("No touch in these twelve months."), theme=theme)
    colours = palette(theme)
    fills = {
        "value": colours.accent,
        "selling": colours.mark,
        "service": tint(colours.mark, colours.page, 0.55),
        "relationship": tint(colours.mark, colours.page, 0.3),
        "unsaid": colours.rule,
    }
    names = [numbers.month(month) for month in rhythm["month"]]
    totals = rhythm[purposes].sum(axis=1)
    fig = go.Figure()
    for purpose in purposes:
        stories = [
            story(
                name,
                ngettext(
                    "{own} of {touches} touch {purpose}.", "{own} of {touches} touches {purpose}.", int(total)
                ).format(
                    own=numbers.count(own),
                    touches=numbers.count(total),
                    purpose=_PURPOSES.get(purpose, _("without a purpose")),
                ),
            )
            for name, own, total in zip(names, rhythm[purpose], totals, strict=True)
        ]
        fig.add_bar(
            name=_PURPOSES.get(purpose, _("purpose not said")),
            x=names,
            y=rhythm[purpose].tolist(),
            showlegend=True,
            marker={"color": fills[purpose]},
            customdata=custom([""] * len(names), stories),
            hovertemplate=HOVER,
        )
    fig.update_layout(barmode="stack", bargap=0.25, showlegend=True)
    short = [
        f"{month}<br>{year}" if place == 0 or month == "Jan" else month
        for place, (month, year) in enumerate(name.split() for name in names)
    ]
    fig.update_xaxes(tickvals=names, ticktext=short, tickangle=0)
    fig.update_yaxes(rangemode="tozero", nticks=4, showgrid=True, tickformat="d")
    told = ", ".join(
        f"{numbers.count(rhythm[purpose].sum())} {_PURPOSES.get(purpose, _('purpose not said'))}"
        for purpose in purposes
    )
    return finish(
        fig,
        title=title,
        subtitle=_("Touches a month, by what they were for."),
        alt=f"{title}. {told}.",
        theme=theme,
        body=_RHYTHM,
        below=70,
    )
