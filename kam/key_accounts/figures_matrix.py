"""The portfolio matrix: how attractive each account is, by how it sees us, with the way it came in a year."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import CLASS_NAMES
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, cut, escaped, story
from kam.chart.labels import Box, Spot, place
from kam.chart.palette import CLASS_SYMBOLS, Palette, palette, see_through
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.key_accounts import words

_NAMED, _LETTERS = 8, 18
_TRAILS, _POINTS = 15, 1_000
_BOX_NAMES = {"star": _("star"), "strategic": _("strategic"), "streamline": _("streamline"), "status": _("status")}
_BOXES = {"star": (1.5, 97), "strategic": (2.5, 97), "streamline": (1.5, 3), "status": (2.5, 3)}
_CUT_RUNG, _CUT_SCORE = 2.0, 50.0
_BODY, _WIDTH = 430, 330  # the drawing in pixels, at its narrowest
_RUNGS, _SCORES, _MARK = (0.9, 3.1), (0, 102), 9


def matrix_figure(key: pd.DataFrame, moves: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw the matrix of McDonald & Woodburn: weighted score by expected rung, certain or not.

    Parameters
    ----------
    key
        account_id, name, score, score_low, score_high, expected_rung, key_class, p_key, matrix; P(key) descending.
    moves
        account_id, prior_score, prior_expected_rung.

    Returns
    -------
    A figure with one trace a class, of the 1,000 surest accounts at most; the trace "open" holds the intervals of the
    scores and "a year" the trails, both of the 15 surest alone. Accounts without any evidence of the rung are not
    drawn, and said to be left out.
    """
    title = words.matrix_title(key)
    placed = key.dropna(subset=["expected_rung"]).head(_POINTS)
    if placed.empty:
        return quiet(title=title, note=_("Nothing is known of how any account sees us."), theme=theme)
    colours = palette(theme)
    close = placed.head(_TRAILS)
    fig = go.Figure()
    _add_boxes(fig, colours)
    _add_intervals(fig, close, colours)
    _add_trails(fig, close.merge(moves[["account_id", "prior_score", "prior_expected_rung"]], on="account_id"), colours)
    for name in CLASS_SYMBOLS:
        _add_class(fig, placed[placed["key_class"] == name], name, colours)
    _name(fig, placed, close, colours)
    fig.update_layout(showlegend=True)
    fig.update_xaxes(
        range=_RUNGS,
        tickvals=[1, 2, 3],
        ticktext=[_("broker"), _("supplier"), _("partner")],
        title=_("how it sees us (expected rung)"),
    )
    fig.update_yaxes(range=_SCORES, tickvals=[0, 50, 100], title=_("how attractive it is (weighted score)"))
    subtitle = _(
        "Of the {accounts} surest, bar: score with what is unknown at its worst and its best; thin "
        "line: the way within a year."
    ).format(accounts=numbers.count(len(close)))
    unseen = int(key["expected_rung"].isna().sum())
    if unseen:
        subtitle = ngettext(
            "{subtitle} Not drawn: {accounts} account of which nothing says how it sees us.",
            "{subtitle} Not drawn: {accounts} accounts of which nothing says how it sees us.",
            unseen,
        ).format(subtitle=subtitle, accounts=numbers.count(unseen))
    if unseen + len(placed) < len(key):
        subtitle = _("{subtitle} The {accounts} surest of all are drawn.").format(
            subtitle=subtitle, accounts=numbers.count(len(placed))
        )
    counts = placed["matrix"].value_counts()
    said = ", ".join(f"{numbers.count(int(counts.get(box, 0)))} {name}" for box, name in _BOX_NAMES.items())
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title}. {said}.", theme=theme, body=_BODY, below=78)


def _name(fig: go.Figure, placed: pd.DataFrame, close: pd.DataFrame, colours: Palette) -> None:
    """Name the most attractive of the surest, as far as there is room beside the marks of all."""
    across, up = _WIDTH / (_RUNGS[1] - _RUNGS[0]), _BODY / (_SCORES[1] - _SCORES[0])
    near = _MARK / 2
    marks = [
        Box(x - near, y - near, x + near, y + near)
        for x, y in zip((placed["expected_rung"] - _RUNGS[0]) * across, placed["score"] * up, strict=True)
    ]
    named = close.sort_values("score", ascending=False, kind="stable").head(_NAMED).to_dict("records")
    spots = [
        Spot((row["expected_rung"] - _RUNGS[0]) * across, row["score"] * up, near, cut(row["name"], _LETTERS))
        for row in named
    ]
    for label in place(spots, room=Box(0, 0, _WIDTH, _BODY), marks=marks, size=SMALL_SIZE):
        row = named[label.index]
        fig.add_annotation(
            x=row["expected_rung"],
            y=row["score"],
            text=escaped(spots[label.index].text),
            showarrow=False,
            xshift=label.xshift,
            yshift=label.yshift,
            xanchor=label.xanchor,
            yanchor=label.yanchor,
            borderpad=0,
            bgcolor=see_through(colours.page, 0.8),
            font={"size": SMALL_SIZE, "color": colours.ink},
        )


def _add_boxes(fig: go.Figure, colours: Palette) -> None:
    fig.add_hline(y=_CUT_SCORE, line={"color": colours.rule, "width": 1})
    fig.add_vline(x=_CUT_RUNG, line={"color": colours.rule, "width": 1})
    for name, (x, y) in _BOXES.items():
        fig.add_annotation(
            x=x, y=y, text=_BOX_NAMES[name], showarrow=False, font={"size": TEXT_SIZE, "color": colours.soft}
        )


def _add_intervals(fig: go.Figure, rows: pd.DataFrame, colours: Palette) -> None:
    x = [value for rung in rows["expected_rung"] for value in (rung, rung, None)]
    y = [value for low, high in zip(rows["score_low"], rows["score_high"], strict=True) for value in (low, high, None)]
    fig.add_scatter(
        name="open",
        x=x,
        y=y,
        mode="lines",
        line={"color": colours.rule, "width": 4},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_trails(fig: go.Figure, rows: pd.DataFrame, colours: Palette) -> None:
    rows = rows.dropna(subset=["prior_score", "prior_expected_rung"])
    x = [
        value
        for then, now in zip(rows["prior_expected_rung"], rows["expected_rung"], strict=True)
        for value in (then, now, None)
    ]
    y = [value for then, now in zip(rows["prior_score"], rows["score"], strict=True) for value in (then, now, None)]
    fig.add_scatter(
        name="a year",
        x=x,
        y=y,
        mode="lines",
        line={"color": colours.soft, "width": 1},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_class(fig: go.Figure, rows: pd.DataFrame, name: str, colours: Palette) -> None:
    if rows.empty:
        return
    stories = [
        story(
            row["name"],
            _("{key_class}, key under {share} of weights; {box}.").format(
                key_class=CLASS_NAMES[name], share=numbers.percent(row["p_key"]), box=_BOX_NAMES[row["matrix"]]
            ),
            _("Score {score:.0f} ({low:.0f} to {high:.0f}), expected rung {rung:.1f}.").format(
                score=row["score"], low=row["score_low"], high=row["score_high"], rung=row["expected_rung"]
            ),
        )
        for _each, row in rows.iterrows()
    ]
    fig.add_scatter(
        name=CLASS_NAMES[name],
        x=rows["expected_rung"].tolist(),
        y=rows["score"].tolist(),
        mode="markers",
        showlegend=True,
        customdata=custom(rows["account_id"].tolist(), stories),
        hovertemplate=HOVER,
        marker={"symbol": CLASS_SYMBOLS[name], "size": _MARK, "color": colours.key_class[name]},
    )
