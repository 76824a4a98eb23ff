"""Who decides at a customer and how they stand to us: influence by attitude, faded with the time since we met."""

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, short, story
from kam.chart.palette import palette, see_through
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.people import words
from kam.people.words import named, short_name

FUNCTION_SYMBOLS = {
    "management": "star",
    "purchasing": "circle",
    "technical": "square",
    "operations": "diamond",
    "finance": "triangle-up",
    "marketing": "pentagon",
    None: "circle-open",
}
_ATTITUDES = {-2: "works<br>against", -1: "sceptical", 0: "neutral", 1: "for us", 2: "champions<br>us"}
_UNKNOWN = -3
_LINE = 17  # pixels for one person in a cell
_APART = 24  # pixels between two steps of influence, beside those for the people
_LETTERS = 13
_AGES = ((90, 1.0), (180, 0.55), (10_000, 0.25))  # days since the last touch, and how full the mark is
_NEVER = 0.0


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
    stories = [_story(row, currency) for _each, row in here.iterrows()]
    marks = custom(here["account_id"].tolist(), stories)
    fig = go.Figure()
    functions = [each if isinstance(each, str) else None for each in here["function"]]
    for function in dict.fromkeys(functions):
        own = [place for place, each in enumerate(functions) if each == function]
        fig.add_scatter(
            name=function or "function unknown",
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
        text = short(short_name(person["name"]), _LETTERS)
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
    ticks = {_UNKNOWN: "not<br>known"} | _ATTITUDES
    shown = [value for value in ticks if value >= low]
    fig.update_xaxes(range=[low - 0.5, 2.75], tickvals=shown, ticktext=[ticks[value] for value in shown], tickangle=0)
    fig.update_yaxes(
        range=[deepest, 5.4], tickvals=[1, 3, 5], ticktext=["little", "some", "decides"], title="influence"
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


def _story(row: pd.Series, currency: str | None) -> str:
    met = (
        _("{days_since} ago").format(days_since=numbers.counted(int(row["days_since"]), "day"))
        if numbers.known(row["days_since"])
        else "never"
    )
    knows = (
        _("Known by {known_by}.").format(known_by=row["known_by"])
        if isinstance(row["known_by"], str)
        else _("Nobody of ours met them in a year.")
    )
    exposed = row["exposed"]
    return story(
        named(row),
        _("Influence {influence}, attitude {signed_count}.").format(
            influence=numbers.count(row["influence"]), signed_count=numbers.signed_count(row["attitude"])
        ),
        _("Last met {met}. {knows}").format(met=met, knows=knows),
        _("Exposes {exposed} of revenue.").format(exposed=numbers.money(exposed, currency)) if exposed > 0 else None,
    )
