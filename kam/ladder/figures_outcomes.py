"""What a rung goes with: margin, discount and retention of its accounts, each with its range."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import RANGE
from kam.base.texts import _
from kam.chart.hover import HOVER, story
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.ladder import words_rungs

_ROW, _HEAD, _GAP = 30, 26, 16
_MEANING = {
    "margin rate": _("Margin rate"),
    "discount rate": _("Discount off list"),
    "NRR": _("Net revenue retention"),
    "GRR": _("Gross revenue retention"),
}


def outcomes_figure(outcomes: pd.DataFrame, *, window: str, theme: str = "light") -> go.Figure:
    """Draw for each measure the value of every rung as a dot on its range, the numbers beside it.

    Parameters
    ----------
    outcomes
        The frame of `kam.ladder.outcomes.rung_outcomes`.
    window
        The twelve months it is about, in words.

    Returns
    -------
    A figure with the traces "range" and "value", one mark a measure and rung; each measure has an axis of its own, so
    that the eye compares rungs, not measures.
    """
    title = words_rungs.outcomes_finding(outcomes)
    subtitle = _(
        "{window}, by the rung of a year before, judged without prices. Line: {range} range by "
        "resampling the accounts; number: accounts."
    ).format(window=window, range=RANGE)
    if outcomes.empty:
        return quiet(title=title, note=_("No rung of a year ago is known to compare."), theme=theme)
    colours = palette(theme)
    rows, heads, lines, at = [], [], [], 0.0
    for measure, group in outcomes.groupby("measure", sort=False):
        heads.append((at + _HEAD / 2, _MEANING[str(measure)]))
        at += _HEAD
        low = float(group[["low", "value"]].min().min())
        high = float(group[["high", "value"]].max().max())
        span = max(high - low, 1e-6)
        for row in group.to_dict("records"):
            places = {name: (float(row[name]) - low) / span for name in ("low", "value", "high")}
            rows.append({**row, "at": at + _ROW / 2, "places": places})
            at += _ROW
        lines.append(at + _GAP / 2)
        at += _GAP
    fig = go.Figure()
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 2},
        x=[value for row in rows for value in (row["places"]["low"], row["places"]["high"], None)],
        y=[value for row in rows for value in (row["at"], row["at"], None)],
    )
    fig.add_scatter(
        name="value",
        mode="markers",
        x=[row["places"]["value"] for row in rows],
        y=[row["at"] for row in rows],
        customdata=[["", _story(row)] for row in rows],
        hovertemplate=HOVER,
        marker={
            "size": 12,
            "color": [colours.rung[row["rung"]] for row in rows],
            "line": {"color": colours.page, "width": 1},
        },
    )
    _add_words(fig, rows, heads, colours)
    for line in lines[:-1]:
        fig.add_shape(type="line", x0=0, x1=1, xref="paper", y0=line, y1=line, line={"color": colours.rule, "width": 1})
    fig.update_xaxes(domain=[0.36, 0.70], range=[-0.05, 1.05], showticklabels=False)
    fig.update_yaxes(range=[at, 0], showticklabels=False)
    said = "; ".join(
        _("{measure} of {rung}s {value}").format(
            measure=row["measure"], rung=row["rung"], value=numbers.percent(row["value"])
        )
        for row in rows
    )
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title} {said}.", theme=theme, body=round(at), below=12)


def _add_words(fig: go.Figure, rows: list[dict], heads: list[tuple[float, str]], colours: Palette) -> None:
    left = {"x": 0, "xref": "paper", "xanchor": "left", "showarrow": False}
    notes = [
        {**left, "y": at, "text": f"<b>{head}</b>", "font": {"size": SMALL_SIZE, "color": colours.soft}}
        for at, head in heads
    ]
    for row in rows:
        font = {"size": TEXT_SIZE, "color": colours.ink}
        accounts = (
            f'<span style="font-size:{SMALL_SIZE}px;color:{colours.soft}">{numbers.count(row["accounts"])}</span>'
        )
        notes.append({**left, "y": row["at"], "text": f"{row['rung']}  {accounts}", "font": font})
        notes.append({**left, "x": 1, "xanchor": "right", "y": row["at"], "text": _value(row), "font": font})
    fig.update_layout(annotations=[*fig.layout.annotations, *notes])


def _value(row: dict) -> str:
    return numbers.percent_with_range(row["value"], row["low"], row["high"])


def _story(row: dict) -> str:
    compared = _("Against the lowest rung {difference}, range {difference_low} to {difference_high}.").format(
        difference=numbers.signed_points(row["difference"]),
        difference_low=numbers.signed_points(row["difference_low"]),
        difference_high=numbers.signed_points(row["difference_high"]),
    )
    return story(
        row["rung"],
        _("{meaning} {value} over {accounts}.").format(
            meaning=_MEANING[row["measure"]], value=_value(row), accounts=numbers.counted(row["accounts"], "account")
        ),
        compared if numbers.known(row["difference_low"]) else None,
    )
