"""What an answer rests on: each lever alone as a bar, then all together, then what assumptions make of it."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from kam.figures.palette import Palette, palette
from kam.figures.template import SMALL_SIZE, finish, quiet
from kam.figures.text import HOVER, custom, short, story
from kam.words import numbers

MOST_LEVERS, MOST_ASSUMPTIONS = 10, 7
_ROW, _LETTERS = 42, 44
_ROOM = 0.12


def tornado_figure(
    tornado: pd.DataFrame,
    levers: Sequence[str],
    currency: str | None,
    *,
    title: str,
    measure: str,
    theme: str = "light",
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
    the subtitle counts the others.
    """
    if tornado.empty:
        return quiet(title=title, note="No lever is set, so nothing rests on any.", theme=theme)
    colours = palette(theme)
    alone, rests = (tornado[tornado["kind"] == kind] for kind in ("lever", "assumption"))
    order = alone["low"].abs().sort_values(ascending=False, kind="stable").index
    drawn, shown = alone.loc[order].head(MOST_LEVERS), rests.head(MOST_ASSUMPTIONS)
    together = float(tornado["together"].iloc[0])
    rows: list[dict] = [
        {"kind": "lever", "name": levers[int(row["item"])], "low": 0.0, "high": row["low"]}
        for row in drawn.to_dict("records")
    ]
    rows.append({"kind": "together", "name": "All levers together", "low": 0.0, "high": together})
    rows += [
        {"kind": "assumption", "name": row["item"], "low": row["low"], "high": row["high"]}
        for row in shown.to_dict("records")
    ]
    fig = go.Figure()
    for kind in ("lever", "together", "assumption"):
        _add_bars(fig, rows, kind, together, currency, colours)
    reach = [row[end] for row in rows for end in ("low", "high")]
    span = (max(reach) - min(reach)) or 1.0
    for place, row in enumerate(rows):
        fig.add_annotation(
            x=0, xref="paper", xanchor="left", y=place - 0.42, yanchor="middle", text=short(row["name"], _LETTERS),
            showarrow=False, font={"size": SMALL_SIZE, "color": colours.ink},
        )  # fmt: skip
    fig.add_vline(x=0, line={"color": colours.soft, "width": 1})
    if len(shown):
        fig.add_shape(
            type="line", x0=together, x1=together, y0=len(drawn) - 0.1, y1=len(rows) - 0.5,
            line={"color": colours.accent, "width": 1, "dash": "dot"},
        )  # fmt: skip
    fig.update_xaxes(range=[min(reach) - _ROOM * span, max(reach) + _ROOM * span], nticks=5, tickformat=".2~s")
    fig.update_yaxes(range=[len(rows) - 0.35, -0.75], showticklabels=False)
    fig.update_layout(barmode="overlay")
    subtitle = (
        f"Change of {'lifetime value' if measure == 'clv' else measure} in the twelve months ahead"
        f"{f', {currency}' if currency else ''}. Below the levers: the change of all of them with one assumption at the"
        " low and at the high end of its range."
    )
    out = len(alone) - len(drawn)
    subtitle += f" {numbers.counted(out, 'smaller lever')} left out." if out else ""
    alt = f"{title}. Bars of {len(drawn)} levers and of all together; ranges by {len(shown)} assumptions."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(rows), below=30)


def _add_bars(
    fig: go.Figure, rows: list[dict], kind: str, together: float, currency: str | None, colours: Palette
) -> None:
    places = [place for place, row in enumerate(rows) if row["kind"] == kind]
    if not places:
        return
    own = [rows[place] for place in places]
    if kind == "assumption":
        told = [
            story(row["name"], f"At its low end {numbers.signed_money(row['low'], currency)}, at its high end"
                  f" {numbers.signed_money(row['high'])}; as stated {numbers.signed_money(together)}.")
            for row in own
        ]  # fmt: skip
        fills = [colours.mark] * len(own)
    else:
        told = [
            story(row["name"], f"{'By all levers' if kind == 'together' else 'By this lever alone'}:"
                  f" {numbers.signed_money(row['high'], currency)}.")
            for row in own
        ]  # fmt: skip
        fills = [
            colours.accent if kind == "together" else colours.money["up" if row["high"] >= 0 else "down"] for row in own
        ]
    fig.add_bar(
        name=kind, orientation="h", y=places, base=[row["low"] for row in own],
        x=[row["high"] - row["low"] for row in own], width=0.36, marker={"color": fills}, hovertemplate=HOVER,
        customdata=custom([""] * len(own), told), textposition="none",
    )  # fmt: skip
    for place, row in zip(places, own, strict=True):
        ends = [row["high"]] if kind != "assumption" else sorted((row["low"], row["high"]))
        for end in ends:
            rightward = end >= (0 if kind != "assumption" else (row["low"] + row["high"]) / 2)
            fig.add_annotation(
                x=end, y=place, text=numbers.signed_money(end), showarrow=False,
                xanchor="left" if rightward else "right", xshift=4 if rightward else -4, font={"size": SMALL_SIZE, "color": colours.soft},
            )  # fmt: skip
