"""One account's four criteria, each with what is known of it, and a second account's beside them."""

import pandas as pd
import plotly.graph_objects as go

from kam.base.terms import CRITERIA, CRITERION_NAMES
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, escaped, story
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, finish
from kam.key_accounts import words

_ROW, _APART = 62, 0.18


def score_parts_figure(rows: pd.DataFrame, parts: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw the interval of each criterion as a band, its middle as a mark, and its parts as ticks.

    Parameters
    ----------
    rows
        One or two rows of `Book.key_accounts`.
    parts
        `Book.criterion_parts` of the same accounts, with account_id: criterion, part, points.

    Returns
    -------
    A figure with the traces "band", "middle" and "part" of each account. An unknown criterion has a band from 0 to 100
    and no middle.
    """
    title = words.parts_title(rows.iloc[0])
    colours = palette(theme)
    fig = go.Figure()
    for number, (_each, row) in enumerate(rows.iterrows()):
        shift = 0.0 if len(rows) == 1 else (-_APART, _APART)[number]
        colour = (colours.accent, colours.mark)[number]
        own = parts[(parts["account_id"] == row["account_id"]) & parts["points"].notna()]
        _add_account(fig, row, own, shift=shift, colour=colour, colours=colours)
    fig.update_layout(showlegend=len(rows) > 1)
    fig.update_xaxes(range=[-1, 101], tickvals=[0, 50, 100], title="points")
    fig.update_yaxes(
        tickvals=list(range(len(CRITERIA))),
        ticktext=list(CRITERION_NAMES.values()),
        range=[len(CRITERIA) - 0.5, -0.5],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    subtitle = _("Band: between the worst and the best that what is known allows; mark: the middle; ticks: the parts.")
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=_("{title}. Four criteria as bands from 0 to 100 points.").format(title=title),
        theme=theme,
        body=_ROW * len(CRITERIA),
        below=56,
    )


def _add_account(
    fig: go.Figure, row: pd.Series, parts: pd.DataFrame, *, shift: float, colour: str, colours: Palette
) -> None:
    places = {criterion: place + shift for place, criterion in enumerate(CRITERIA)}
    band_x = [x for name in CRITERIA for x in (row[f"{name}_score_low"], row[f"{name}_score_high"], None)]
    band_y = [y for place in places.values() for y in (place, place, None)]
    fig.add_scatter(
        name="band",
        x=band_x,
        y=band_y,
        mode="lines",
        line={"color": colours.rule, "width": 9},
        hoverinfo="skip",
        showlegend=False,
    )
    known = [name for name in CRITERIA if pd.notna(row[f"{name}_score"])]
    told = [
        story(
            row["name"],
            _("{criterion_names}: {row:.0f} points.").format(
                criterion_names=CRITERION_NAMES[name], row=row[f"{name}_score"]
            ),
        )
        for name in known
    ]
    fig.add_scatter(
        name="part",
        x=parts["points"].tolist(),
        y=[places[name] for name in parts["criterion"]],
        mode="markers",
        customdata=custom(
            [row["account_id"]] * len(parts),
            [
                story(part, _("{points:.0f} points.").format(points=points))
                for part, points in zip(parts["part"], parts["points"], strict=True)
            ],
        ),
        hovertemplate=HOVER,
        showlegend=False,
        marker={"symbol": "line-ns", "size": 11, "line": {"color": colours.soft, "width": 1.5}},
    )
    fig.add_scatter(
        name=escaped(row["name"]),
        x=[row[f"{name}_score"] for name in known],
        y=[places[name] for name in known],
        mode="markers",
        customdata=custom([row["account_id"]] * len(known), told),
        hovertemplate=HOVER,
        marker={"symbol": "circle", "size": 11, "color": colour},
        showlegend=True,
    )
