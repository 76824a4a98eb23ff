"""What made revenue or margin change: a waterfall, each part beginning where the one above ends."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, story, unbroken
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.money import words

_ROW = 27
_YEAR = 12
_ROOM = 0.3  # of the span, on each side, for the amounts at the ends of the bars on a phone


def bridge_figure(
    rows: pd.DataFrame,
    currency: str | None,
    *,
    summary: pd.DataFrame,
    window: str,
    measure: str = "revenue",
    months_before: int = 12,
    theme: str = "light",
) -> go.Figure:
    """Draw a bridge from the prior to the current twelve months.

    Drawn is the change: the line at the left of the first bar is the year before. Bars of whole years from zero would
    leave the parts, which are what the reader came for, a few pixels.

    Parameters
    ----------
    rows
        The frame of `bridge` or `bridge_summary`: part, amount; first the prior window, last the current one.
    measure
        "revenue" or "margin".
    months_before
        How many months of the year before the data hold; fewer than 12 are said.

    Returns
    -------
    A figure with the traces "part" (one bar a part that is not 0), "change" (one bar, the sum) and "way" (the lines
    between), rows from top to bottom as they come. A part's bar begins at its `base`.
    """
    title = words.bridge_title(summary, measure, currency)
    prior, current = float(rows["amount"].iloc[0]), float(rows["amount"].iloc[-1])
    parts = rows.iloc[1:-1]
    if rows["amount"].isna().any():
        return quiet(title=title, note=words.unknown_note(rows, measure), theme=theme)
    moved = parts[parts["amount"] != 0]
    ends = moved["amount"].cumsum()
    starts = ends - moved["amount"]
    places = list(range(1, len(moved) + 1))
    last = len(moved) + 1
    colours = palette(theme)
    fig = go.Figure()
    fig.add_scatter(
        name="way",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 1},
        x=[x for end in [0.0, *ends] for x in (end, end, None)],
        y=[y for place in [0, *places] for y in (place, place + 1, None)],
    )
    fig.add_bar(
        name="part",
        orientation="h",
        x=moved["amount"],
        y=places,
        base=starts,
        text=[numbers.signed_money(amount) for amount in moved["amount"]],
        marker={"color": [colours.money["up" if amount > 0 else "down"] for amount in moved["amount"]]},
        customdata=custom([""] * len(moved), [_story(row, prior) for row in moved.to_dict("records")]),
        **_labels(colours),
    )
    fig.add_bar(
        name="change",
        orientation="h",
        x=[current - prior],
        y=[last],
        text=[numbers.signed_money(current - prior)],
        marker={"color": colours.mark},
        customdata=custom(
            [""],
            [
                story(
                    _("Now"),
                    _("{current}, after {prior} a year ago.").format(
                        current=numbers.money(current, currency), prior=numbers.money(prior, currency)
                    ),
                )
            ],
        ),
        **_labels(colours),
    )
    reach = [0.0, *ends, current - prior]
    room = _ROOM * ((max(reach) - min(reach)) or 1.0)
    fig.update_xaxes(range=[min(reach) - room, max(reach) + room], showticklabels=False)
    heads = [
        _("a year ago {prior}").format(prior=numbers.money(prior)),
        *moved["part"],
        _("now {current}").format(current=numbers.money(current)),
    ]
    fig.update_yaxes(
        range=[last + 0.5, -0.5],
        tickvals=[0, *places, last],
        ticktext=heads,
        tickfont={"size": TEXT_SIZE, "color": colours.ink},
    )
    fig.update_layout(bargap=0.38)
    before = (
        "12 months before"
        if months_before == _YEAR
        else _("{months_before} known before").format(months_before=numbers.counted(months_before, "month"))
    )
    subtitle = _("Change of {measure}{value}, {window} against the {before}.").format(
        measure=measure,
        value=_(" in {currency}").format(currency=currency) if currency else "",
        window=unbroken(window),
        before=before,
    )
    told = "; ".join(f"{row['part']} {numbers.signed_money(row['amount'])}" for row in moved.to_dict("records"))
    alt = _("{title}. Waterfall from {prior} to {current}: {value}.").format(
        title=title, prior=numbers.money(prior), current=numbers.money(current), value=told or "no change"
    )
    return finish(
        fig,
        title=title,
        subtitle=_("{subtitle} Each bar begins where the one above ends.").format(subtitle=subtitle),
        alt=alt,
        theme=theme,
        body=_ROW * (last + 1),
        below=8,
    )


def _labels(colours: Palette) -> dict:
    return {
        "textposition": "outside",
        "cliponaxis": False,
        "textangle": 0,
        "hovertemplate": HOVER,
        "textfont": {"size": SMALL_SIZE, "color": colours.ink},
    }


def _story(row: dict, prior: float) -> str:
    share = (
        _("{signed_percent} of the year before.").format(signed_percent=numbers.signed_percent(row["amount"] / prior))
        if prior > 0
        else None
    )
    head = f"{row['part'][0].upper()}{row['part'][1:]} {numbers.signed_money(row['amount'])}"
    return story(head, share, words.MEANINGS.get(row["part"]))
