"""Which accounts know us well and stand by us: coverage by net support, the ones that hang on one person marked."""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, cut, escaped, story
from kam.chart.labels import Box, Spot, place
from kam.chart.palette import Palette, palette, see_through
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.people import words

_ONE, _SEVERAL, _NOBODY = _("one person"), _("several"), _("nobody met")
KINDS = {_ONE: ("theirs", "both"), _SEVERAL: ("ours", "neither"), _NOBODY: ("nobody",)}
_WIDEST, _SMALLEST, _LETTERS = 40.0, 5.0, 18
_DRAWN, _NAMED, _MUST = 1_000, 12, 3
_BODY, _WIDTH = 400, 330
_LOW, _HIGH = -0.06, 1.06
_ROOM = 0.12  # of net support, above the highest and under the lowest account
_SPREAD = 0.035  # tenths of coverage lie on one another: each account stands a little beside its own


def relationship_map_figure(relationships: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw each account by how many of the posts know us and how its people stand to us, as large as its revenue.

    Parameters
    ----------
    relationships
        account_id, name, revenue, coverage, net_support, hangs_on, key_name_theirs, key_person_theirs,
        anti_supporter_exposure; largest revenue first.

    Returns
    -------
    A figure with one trace for each of `KINDS`: the 1,000 largest accounts of which both are known. Others are counted.
    """
    title = words.map_title(relationships, currency)
    known = relationships.dropna(subset=["coverage", "net_support"])
    if known.empty:
        return quiet(title=title, note=_("Of no account both its coverage and its support are known."), theme=theme)
    drawn = _placed(known.head(_DRAWN))
    colours = palette(theme)
    fig = go.Figure()
    fig.add_hline(y=0, line={"color": colours.rule, "width": 1})
    for kind, sides in KINDS.items():
        _add(fig, drawn[drawn["hangs_on"].isin(sides)], kind, colours, currency)
    _name(fig, drawn, colours)
    fig.update_layout(showlegend=True)
    fig.update_xaxes(
        range=[_LOW, _HIGH],
        tickvals=[0, 0.5, 1],
        tickformat=".0%",
        title=_("posts that should know us and do (coverage)"),
    )
    fig.update_yaxes(
        range=_span(drawn),
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=[_("all against"), "−50 %", "0", "+50 %", _("all for")],
        title=_("net support"),
    )
    said = [_("As large as its revenue. Coloured: one of theirs holds more than half of the active ties.")]
    if left_out := len(relationships) - len(known):
        said.append(
            ngettext(
                "Not drawn: {accounts} account of which one of the two is unknown.",
                "Not drawn: {accounts} accounts of which one of the two is unknown.",
                left_out,
            ).format(accounts=numbers.count(left_out))
        )
    if len(drawn) < len(known):
        said.append(_("The {drawn} largest are drawn.").format(drawn=numbers.count(len(drawn))))
    counts = {kind: int(drawn["hangs_on"].isin(sides).sum()) for kind, sides in KINDS.items()}
    told = ", ".join(
        ngettext("{kind}: {accounts} account", "{kind}: {accounts} accounts", accounts).format(
            kind=kind, accounts=numbers.count(accounts)
        )
        for kind, accounts in counts.items()
    )
    alt, subtitle = f"{title}. {told}.", " ".join(said)
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_BODY, below=78)


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    largest = max(float(rows["revenue"].max()), 1.0)
    size = np.maximum(_SMALLEST, _WIDEST * np.sqrt(rows["revenue"].clip(lower=0) / largest))
    beside = (np.arange(len(rows)) * 0.618034 % 1 - 0.5) * 2 * _SPREAD  # golden ratio: even, and the same each time
    return rows.assign(size=size, x=(rows["coverage"] + beside).clip(_LOW + 0.02, _HIGH - 0.02), y=rows["net_support"])


def _span(rows: pd.DataFrame) -> list[float]:
    """Return the lowest and the highest net support to be drawn; nothing is for and against all at once."""
    return [min(float(rows["y"].min()), 0.0) - _ROOM, max(float(rows["y"].max()), 0.0) + _ROOM]


def _add(fig: go.Figure, rows: pd.DataFrame, kind: str, colours: Palette, currency: str | None) -> None:
    colour = colours.accent if kind == _ONE else colours.mark
    hollow = kind == _NOBODY
    fig.add_scatter(
        name=kind,
        mode="markers",
        x=rows["x"].tolist(),
        y=rows["y"].tolist(),
        showlegend=True,
        cliponaxis=False,
        customdata=custom(rows["account_id"].tolist(), [_story(row, currency) for row in rows.to_dict("records")]),
        hovertemplate=HOVER,
        marker={
            "size": rows["size"].tolist(),
            "symbol": "circle-open" if hollow else "circle",
            "opacity": 1,
            "color": colour if hollow else see_through(colour, 0.6),
            "line": {"color": colour, "width": 1.5},
        },
    )


def _name(fig: go.Figure, rows: pd.DataFrame, colours: Palette) -> None:
    """Name the largest accounts, and of the others those with the most money exposed."""
    exposed = rows.sort_values("anti_supporter_exposure", ascending=False, kind="stable").head(_MUST)
    order = pd.concat([rows.head(_MUST), exposed, rows.head(_NAMED)])
    order = order.loc[~order["account_id"].duplicated()]
    low, high = _span(rows)
    across = (rows["x"] - _LOW) / (_HIGH - _LOW) * _WIDTH
    up = (rows["y"] - low) / (high - low) * _BODY
    circles = [
        Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)
        for x, y, size in zip(across, up, rows["size"], strict=True)
    ]
    spots = [
        Spot(x, y, size / 2, cut(name, _LETTERS), rank < _MUST)
        for rank, (x, y, size, name) in enumerate(
            zip(across[order.index], up[order.index], order["size"], order["name"], strict=True)
        )
    ]
    for label in place(spots, room=Box(0, 0, _WIDTH, _BODY), marks=circles, size=SMALL_SIZE):
        row = order.iloc[label.index]
        fig.add_annotation(
            x=row["x"],
            y=row["y"],
            text=escaped(spots[label.index].text),
            showarrow=False,
            xshift=label.xshift,
            yshift=label.yshift,
            xanchor=label.xanchor,
            yanchor=label.yanchor,
            borderpad=0,
            font={"size": SMALL_SIZE, "color": colours.ink},
        )


def _story(row: dict[Hashable, Any], currency: str | None) -> str:
    exposed = row["anti_supporter_exposure"]
    hangs = {
        "nobody": _("Nobody was met within {days} days.").format(days=ACTIVE_DAYS),
        "neither": _("No single person holds most of the ties."),
        "ours": _("No single person of theirs holds most of the ties."),
    }.get(
        row["hangs_on"],
        _("{person} holds {share} of the ties.").format(
            person=row["key_name_theirs"], share=numbers.percent(row["key_person_theirs"])
        ),
    )
    return story(
        row["name"],
        _("Revenue {revenue}, coverage {coverage}, net support {net_support}.").format(
            revenue=numbers.money(row["revenue"], currency),
            coverage=numbers.percent(row["coverage"]),
            net_support=numbers.signed_percent(row["net_support"]),
        ),
        hangs,
        _("{exposed} exposed to people against us.").format(exposed=numbers.money(exposed, currency))
        if exposed > 0
        else None,
    )
