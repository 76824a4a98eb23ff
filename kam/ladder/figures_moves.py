"""How accounts moved on the ladder between two days: as many as a band is wide, from the rung they stood on."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import ABSENT, RUNGS, UNKNOWN
from kam.base.texts import _
from kam.chart.hover import HOVER, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import TEXT_SIZE, finish, quiet
from kam.ladder import words

_ORDER = (*reversed(RUNGS), UNKNOWN, ABSENT)
_GAP = 0.04
_BODY = 340


def moves_figure(
    flows: pd.DataFrame, shifts: pd.DataFrame, currency: str | None, *, subtitle: str, theme: str = "light"
) -> go.Figure:
    """Draw which rung accounts came from and which they stand on now, the ways up and down in colour.

    Parameters
    ----------
    flows
        from_rung, to_rung, accounts, revenue: the frame of `kam.ladder.rung_moves.flows`.
    shifts
        The frame of `Book.ladder_shifts` that they add up.
    subtitle
        Which two days are compared.

    Returns
    -------
    A figure with one flow a row of `flows`, its width the accounts; left then, right now, each rung with its accounts
    and their revenue of now. Ways between two known rungs
    have a colour, up or down; what stays, or begins or ends in the unknown, is grey.
    """
    title = words.moves_title(shifts, currency)
    if flows.empty:
        return quiet(title=title, note=_("There is no earlier state of the ladder to compare with."), theme=theme)
    colours = palette(theme)
    left, right = (_stack(flows, column) for column in ("from_rung", "to_rung"))
    names = [*left, *right]
    place = {("from", rung): number for number, rung in enumerate(left)}
    place |= {("to", rung): number + len(left) for number, rung in enumerate(right)}
    steps = [_step(came, now) for came, now in zip(flows["from_rung"], flows["to_rung"], strict=True)]
    flows = flows.assign(step=steps).sort_values("step", key=abs, kind="stable")  # what is coloured lies on top
    ways = list(zip(flows["from_rung"].tolist(), flows["to_rung"].tolist(), strict=True))
    fig = go.Figure(
        go.Sankey(
            arrangement="fixed",
            domain={"x": [0.0, 1.0], "y": [0.0, 1.0]},
            node={
                "label": [_label(flows, "from_rung", name) for name in left]
                + [_label(flows, "to_rung", name) for name in right],
                "x": [0.001] * len(left) + [0.999] * len(right),
                "y": [middle for middle, _each in [*left.values(), *right.values()]],
                "color": [colours.rung.get(name, colours.rule) for name in names],
                "line": {"width": 0},
                "thickness": 14,
                "pad": 1,
                "hoverinfo": "skip",
            },
            link={
                "source": [place["from", came] for came, _each in ways],
                "target": [place["to", now] for _each, now in ways],
                "value": flows["accounts"].tolist(),
                "color": [_colour(came, now, colours) for came, now in ways],
                "customdata": [
                    ["", _story(came, now, int(accounts), float(revenue), currency)]
                    for (came, now), accounts, revenue in zip(ways, flows["accounts"], flows["revenue"], strict=True)
                ],
                "hovertemplate": HOVER,
            },
            textfont={
                "size": TEXT_SIZE,
                "color": colours.ink,
                "shadow": ", ".join([_("0 0 3px {page}").format(page=colours.page)] * 4),
            },
        )
    )
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title}. {subtitle}", theme=theme, body=_BODY)


def _stack(flows: pd.DataFrame, column: str) -> dict[str, tuple[float, int]]:
    """Place the rungs of one side over one another: the middle of each, from 0 at the top to 1, and its accounts."""
    sizes = flows.groupby(column)["accounts"].sum()
    here = [rung for rung in _ORDER if rung in sizes.index]
    room, top = 1 - _GAP * (len(here) - 1), 0.0
    stacked = {}
    for rung in here:
        size = int(sizes[rung])
        height = room * size / int(sizes.sum())
        stacked[rung] = (min(max(top + height / 2, 0.001), 0.999), size)
        top += height + _GAP
    return stacked


def _label(flows: pd.DataFrame, column: str, rung: str) -> str:
    rows = flows[flows[column] == rung]
    return f"{rung}  {numbers.count(rows['accounts'].sum())} · {numbers.money(rows['revenue'].sum())}"


def _colour(came: str, now: str, colours: Palette) -> str:
    step = _step(came, now)
    if not step:
        return tint(colours.soft, colours.page, 0.18)
    return tint(colours.money["up" if step > 0 else "down"], colours.page, 0.75)


def _step(came: str, now: str) -> int:
    """Count the rungs climbed, or slipped; from and to the unknown nobody can say."""
    return RUNGS.index(now) - RUNGS.index(came) if came in RUNGS and now in RUNGS else 0


def _story(came: str, now: str, accounts: int, revenue: float, currency: str | None) -> str:
    went = _("stayed {now}").format(now=now) if came == now else f"{came} → {now}"
    return story(
        went,
        _("{accounts} with {revenue} now.").format(
            accounts=numbers.counted(accounts, "account"), revenue=numbers.money(revenue, currency)
        ),
    )
