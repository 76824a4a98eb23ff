"""Who has how many open milestones in which month: a row a person or department, a column a month."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, short, story
from kam.chart.palette import palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.plan import words

_ROW, _LETTERS, _MONTHS = 30, 20, 9
_STRONGEST = 0.9
_NOTHING = (0, 0, 0)


def load_figure(load: pd.DataFrame, *, by: str, today: dt.date, theme: str = "light", limit: int = 12) -> go.Figure:
    """Draw the open milestones of each owner or department by month as squares with their number.

    Parameters
    ----------
    load
        `Book.milestone_load`: who, month, milestones, overdue, at_risk; those with most to do first.
    limit
        So many rows are drawn; all months after the first nine share a column.

    Returns
    -------
    A figure with one trace "load": a cell is as dark as it is full, its number written in it; "!" where one is overdue.
    """
    title = words.load_title(load, by, today)
    if load.empty:
        return quiet(title=title, note=_("No milestone is open."), theme=theme)
    who = list(dict.fromkeys(load["who"]))
    months = sorted(load["month"].unique())[:_MONTHS]
    later = "later"
    drawn = load[load["who"].isin(who[:limit])]
    named = [numbers.month(month) if month in months else later for month in drawn["month"]]
    cells = _cells(drawn.assign(named=named))
    columns = [*(numbers.month(month) for month in months), *([later] if later in named else [])]
    colours = palette(theme)
    rows = who[:limit]
    counts = [[cells.get((person, month), _NOTHING)[0] for month in columns] for person in rows]
    texts = [[_text(cells.get((person, month), _NOTHING)) for month in columns] for person in rows]
    stories = [
        [["", _story(person, month, cells.get((person, month), _NOTHING))] for month in columns] for person in rows
    ]
    top = max(max(row) for row in counts)
    fig = go.Figure()
    fig.add_heatmap(
        name="load",
        z=counts,
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        customdata=stories,
        hovertemplate=HOVER,
        text=texts,
        texttemplate="%{text}",
        textfont={"size": TEXT_SIZE},
        xgap=3,
        ygap=3,
        zmin=0,
        zmax=top,
        showscale=False,
        colorscale=[[0, colours.raised], [1, tint(colours.mark, colours.page, _STRONGEST)]],
    )
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[short(person, _LETTERS) for person in rows],
        autorange="reversed",
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    fig.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=[name.replace(" ", "<br>", 1) for name in columns], tickangle=0
    )
    subtitle = _("Open milestones by the month they are due in; what is overdue counts now, with “!”.")
    if len(who) > limit:
        subtitle += _(" The {limit} with most to do of {count}.").format(limit=limit, count=numbers.count(len(who)))
    alt = _("{title}. A grid of {count} rows and {count_2} months with the number of open milestones.").format(
        title=title, count=len(rows), count_2=len(columns)
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(rows), below=44)


def _cells(load: pd.DataFrame) -> dict[tuple[str, str], tuple[int, ...]]:
    """Add up milestones, overdue and at risk by who and column."""
    cells: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in load.to_dict("records"):
        key = (str(row["who"]), str(row["named"]))
        own = (row["milestones"], row["overdue"], row["at_risk"])
        cells[key] = tuple(int(old + new) for old, new in zip(cells.get(key, _NOTHING), own, strict=True))
    return cells


def _text(cell: tuple[int, ...]) -> str:
    milestones, overdue, _each = cell
    return f"{milestones}{' !' if overdue else ''}" if milestones else ""


def _story(person: str, month: str, cell: tuple[int, ...]) -> str:
    milestones, overdue, at_risk = cell
    if not milestones:
        return story(person, _("{month}: nothing is due.").format(month=month))
    return story(
        person,
        f"{month}: {numbers.counted(milestones, 'open milestone')}.",
        _("{overdue} overdue.").format(overdue=numbers.count(overdue)) if overdue else None,
        _("{at_risk} at risk by another.").format(at_risk=numbers.count(at_risk)) if at_risk else None,
    )
