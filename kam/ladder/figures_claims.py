"""Where the rung a manager claims and the rung the evidence tells are apart: one row an account, widest gap first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import RANGE
from kam.base.terms import RUNG_NAMES, RUNGS, UNKNOWN
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, plain, short, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.ladder import words
from kam.ladder.figures import PROBABILITIES

NAME_LETTERS = 36
_ROW = 40
_LOW, _HIGH = 0.05, 0.95


def claims_figure(ladder: pd.DataFrame, *, theme: str = "light", top: int = 15) -> go.Figure:
    """Draw claimed against expected rung, with the range that holds 90 % of the probability.

    Parameters
    ----------
    ladder
        One row an account: account_id, name, rung, expected_rung (1–3), claimed_rung (text), gap, p_broker,
        p_supplier, p_partner. Accounts without a claim or an expectation are counted in the subtitle.

    Returns
    -------
    A figure with the traces "range", "gap", "expected" and "claimed", first row on top. The range spreads each
    rung's probability evenly from half a rung below to half a rung above it.
    """
    title = words.claims_title(ladder)
    known = ladder.loc[ladder["gap"].notna() & ladder["expected_rung"].notna() & ladder["claimed_rung"].notna()]
    if known.empty:
        return quiet(
            title=title, note=_("No account has both a claimed rung and evidence to hold against it."), theme=theme
        )
    order = known["gap"].abs().sort_values(ascending=False, kind="stable").index
    drawn = known.loc[order].head(top)
    colours = palette(theme)
    rows = drawn.to_dict("records")
    data = custom(drawn["account_id"].tolist(), [_story(row) for row in rows])
    places = list(range(len(rows)))
    claimed = [RUNGS.index(row["claimed_rung"]) + 1 for row in rows]
    fills = [colours.rung[plain(row["rung"]) or UNKNOWN] for row in rows]
    fig = go.Figure()
    _add_rungs(fig, len(rows), colours)
    _add_ranges(fig, rows, places, fills, data, colours)
    fig.add_scatter(
        name="gap",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 1.5},
        x=[value for row, claim in zip(rows, claimed, strict=True) for value in (row["expected_rung"], claim, None)],
        y=[value for place in places for value in (place, place, None)],
    )
    fig.add_scatter(
        name="expected",
        mode="markers",
        x=drawn["expected_rung"],
        y=places,
        customdata=data,
        hovertemplate=HOVER,
        marker={"size": 12, "color": fills, "line": {"color": colours.page, "width": 1}},
    )
    fig.add_scatter(
        name="claimed",
        mode="markers",
        x=claimed,
        y=places,
        customdata=data,
        hovertemplate=HOVER,
        marker={"size": 11, "symbol": "diamond", "color": colours.page, "line": {"color": colours.ink, "width": 2}},
    )
    for place, row in zip(places, rows, strict=True):
        fig.add_annotation(
            x=0,
            xref="paper",
            y=place,
            yshift=15,
            xanchor="left",
            xshift=4,
            showarrow=False,
            text=short(row["name"], NAME_LETTERS),
            font={"size": TEXT_SIZE, "color": colours.ink},
            borderpad=0,
        )
    fig.update_xaxes(range=[0.5, 3.5], showticklabels=False)
    fig.update_yaxes(range=[len(rows) - 0.55, -0.95], showticklabels=False)
    subtitle = _(
        "Rung by account. Diamond: what its manager claims; dot: what the evidence tells; band: "
        "where {range} of its probability lies."
    ).format(range=RANGE)
    if len(known) > len(drawn):
        subtitle = _("{subtitle} The {drawn} widest gaps of {accounts}.").format(
            subtitle=subtitle, drawn=len(drawn), accounts=numbers.count(len(known))
        )
    if len(known) < len(ladder):
        subtitle = _("{subtitle} Left out: {accounts} without a claim or without evidence.").format(
            subtitle=subtitle, accounts=numbers.count(len(ladder) - len(known))
        )
    said = "; ".join(
        _("{account} claimed {claimed}, told {rung}").format(
            account=plain(row["name"]), claimed=RUNG_NAMES[row["claimed_rung"]], rung=RUNG_NAMES[row["rung"]]
        )
        for row in rows[:5]
    )
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=f"{title} {said}.",
        theme=theme,
        body=_ROW * (len(rows) + 1),
        below=12,
        head_room=20,
    )


def interval(probabilities: Sequence[float], low: float = _LOW, high: float = _HIGH) -> tuple[float, float]:
    """Return the two quantiles of the rung, each rung's probability spread evenly over the half rungs around it.

    >>> interval((0.0, 0.0, 1.0))
    (2.55, 3.45)
    """
    heights = np.concatenate([[0.0], np.cumsum(probabilities)])
    edges = np.array([0.5, 1.5, 2.5, 3.5])
    # a rung without probability makes a flat step, on which a quantile has no one place: the steps are left out
    rising = np.concatenate([[True], np.diff(heights) > 0])
    starts = np.flatnonzero(np.diff(heights) > 0)
    knots = np.concatenate([[edges[starts[0]]], edges[1:][rising[1:]]])
    levels = np.concatenate([[0.0], heights[1:][rising[1:]]])
    return (round(float(np.interp(low, levels, knots)), 9), round(float(np.interp(high, levels, knots)), 9))


def _add_rungs(fig: go.Figure, count: int, colours: Palette) -> None:
    for place, rung in enumerate(RUNGS, start=1):
        fig.add_shape(
            type="rect",
            x0=place - 0.49,
            x1=place + 0.49,
            y0=-0.95,
            y1=count - 0.55,
            layer="below",
            line={"width": 0},
            fillcolor=tint(colours.rung[rung], colours.page, 0.07),
        )
        fig.add_annotation(
            x=place,
            y=1,
            yref="y domain",
            yanchor="bottom",
            text=RUNG_NAMES[rung].replace(" ", "<br>"),
            showarrow=False,
            font={"size": SMALL_SIZE, "color": colours.ink},
        )


def _add_ranges(
    fig: go.Figure, rows: list[dict], places: list[int], fills: list[str], data: list[list[str]], colours: Palette
) -> None:
    spans = [interval([float(row[name]) for name in PROBABILITIES]) for row in rows]
    fig.add_bar(
        name="range",
        orientation="h",
        base=[low for low, _each in spans],
        x=[high - low for low, high in spans],
        y=places,
        customdata=data,
        hovertemplate=HOVER,
        width=0.2,
        marker={
            "color": [tint(fill, colours.page, 0.35) for fill in fills],
            "cornerradius": 4,
            "pattern": {
                "shape": ["/" if plain(row["rung"]) == UNKNOWN else "" for row in rows],
                "bgcolor": colours.page,
                "fgcolor": colours.rung[UNKNOWN],
                "size": 5,
                "solidity": 0.35,
            },
        },
    )


def _story(row: dict) -> str:
    shares = ", ".join(
        f"{RUNG_NAMES[rung]} {numbers.percent(row[name])}" for rung, name in zip(RUNGS, PROBABILITIES, strict=True)
    )
    return story(
        row["name"],
        _("Its manager claims {claimed}; the evidence tells {rung}.").format(
            claimed=RUNG_NAMES[row["claimed_rung"]], rung=RUNG_NAMES[row["rung"]]
        ),
        _("Probabilities: {shares}.").format(shares=shares),
    )
