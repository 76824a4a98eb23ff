"""What an answer rests on: each lever alone as a bar, then all together, then what assumptions make of it."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _, ngettext
from kam.chart.bar_rows import add_ends, add_names
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import Palette, palette
from kam.chart.template import finish, quiet
from kam.whatif import words

MOST_LEVERS, MOST_ASSUMPTIONS = 10, 7
_ROW = 42
_ROOM = 0.22


def tornado_figure(
    tornado: pd.DataFrame, levers: Sequence[str], currency: str | None, *, measure: str, theme: str = "light"
) -> go.Figure:
    """Draw what each lever changes by itself, what all do together, and between what ends assumptions move that.

    Parameters
    ----------
    tornado
        kind ("lever" or "assumption"), item (number of the lever, or the assumption's name), low, high, together.
    levers
        Each lever in words.
    measure
        "revenue", "margin" or "clv": what is changed.

    Returns
    -------
    A figure with the traces "lever", "together" and "assumption". The largest 10 levers and 7 assumptions are drawn;
    the subtitle counts the other levers.
    """
    title = words.tornado_title(tornado, levers, measure, currency)
    if tornado.empty:
        return quiet(title=title, note=_("No lever is set, so nothing rests on any."), theme=theme)
    colours = palette(theme)
    alone, rests = (tornado[tornado["kind"] == kind] for kind in ("lever", "assumption"))
    order = alone["low"].abs().sort_values(ascending=False, kind="stable").index
    drawn, shown = alone.loc[order].head(MOST_LEVERS), rests.head(MOST_ASSUMPTIONS)
    together = float(tornado["together"].iloc[0])
    rows: list[dict] = [
        {"kind": "lever", "name": levers[int(row["item"])], "low": 0.0, "high": row["low"]}
        for row in drawn.to_dict("records")
    ]
    if len(alone) > 1:
        rows.append({"kind": "together", "name": _("All levers together"), "low": 0.0, "high": together})
    rows += [
        {"kind": "assumption", "name": row["item"], "low": row["low"], "high": row["high"]}
        for row in shown.to_dict("records")
    ]
    fig = go.Figure()
    for kind in ("lever", "together", "assumption"):
        _add_bars(fig, rows, kind, together, currency, colours)
    if len(shown):
        fig.add_scatter(
            name="as stated",
            mode="lines",
            x=[together, together],
            y=[len(rows) - len(shown) - 0.5, len(rows) - 0.5],
            hoverinfo="skip",
            line={"color": colours.accent, "width": 1, "dash": "dot"},
        )
    reach = [row[end] for row in rows for end in ("low", "high")]
    room = _ROOM * ((max(reach) - min(reach)) or 1.0)
    add_names(fig, [row["name"] for row in rows], at=min(reach) - room, colours=colours)
    add_ends(fig, [end for place, row in enumerate(rows) for end in _ends(place, row)], colours=colours)
    fig.update_xaxes(
        range=[min(reach) - room, max(reach) + room], nticks=5, tickformat=".2~s", zeroline=True, zerolinewidth=1
    )
    fig.update_yaxes(range=[len(rows) - 0.35, -0.75], showticklabels=False)
    fig.update_layout(barmode="overlay")
    subtitle = (
        _(
            "Change of {measure} in the twelve months ahead, {currency}. Below the levers: the change of all of them "
            "with one assumption at the low and at the high end of its range."
        )
        if currency
        else _(
            "Change of {measure} in the twelve months ahead. Below the levers: the change of all of them with one "
            "assumption at the low and at the high end of its range."
        )
    ).format(measure=words.MEASURES[measure].lower(), currency=currency)
    if out := len(alone) - len(drawn):
        subtitle = ngettext(
            "{subtitle} {levers} smaller lever left out.", "{subtitle} {levers} smaller levers left out.", out
        ).format(subtitle=subtitle, levers=numbers.count(out))
    alt = _("{title}. Bars of {levers} levers and of all together; ranges by {assumptions} assumptions.").format(
        title=title, levers=len(drawn), assumptions=len(shown)
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(rows), below=30)


def _ends(place: int, row: dict) -> list[tuple[float, float, str, bool]]:
    if row["kind"] != "assumption":
        return [(row["high"], place, numbers.signed_money(row["high"]), row["high"] >= 0)]
    low, high = sorted((row["low"], row["high"]))
    return [(low, place, numbers.signed_money(low), False), (high, place, numbers.signed_money(high), True)]


def _add_bars(
    fig: go.Figure, rows: list[dict], kind: str, together: float, currency: str | None, colours: Palette
) -> None:
    places = [place for place, row in enumerate(rows) if row["kind"] == kind]
    own = [rows[place] for place in places]
    if kind == "assumption":
        told = [
            _("At its low end {low}, at its high end {high}; as stated {together}.").format(
                low=numbers.signed_money(row["low"], currency),
                high=numbers.signed_money(row["high"]),
                together=numbers.signed_money(together),
            )
            for row in own
        ]
        fills = [colours.mark] * len(own)
    elif kind == "together":
        told = [_("By all levers: {change}.").format(change=numbers.signed_money(row["high"], currency)) for row in own]
        fills = [colours.accent] * len(own)
    else:
        told = [
            _("By this lever alone: {change}.").format(change=numbers.signed_money(row["high"], currency))
            for row in own
        ]
        fills = [colours.money["up" if row["high"] >= 0 else "down"] for row in own]
    fig.add_bar(
        name=kind,
        orientation="h",
        y=places,
        base=[row["low"] for row in own],
        x=[row["high"] - row["low"] for row in own],
        width=0.36,
        marker={"color": fills},
        hovertemplate=HOVER,
        customdata=custom([""] * len(own), [story(row["name"], each) for row, each in zip(own, told, strict=True)]),
    )
