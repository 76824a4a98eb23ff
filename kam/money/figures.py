"""What made revenue or margin change, as a waterfall; and how retention went, month end by month end."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import MEASURES
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, story, unbroken
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.money import words

_ROW = 27
_YEAR = 12
_ROOM = 0.3  # of the span, on each side, for the amounts at the ends of the bars on a phone
LINES = {"nrr": _("net (NRR)"), "grr": _("gross (GRR)"), "logo_retention": _("accounts (logo)")}
_APART = 0.11  # of the height, between the labels of neighbouring lines
_HEIGHT = 260


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
        _("a year ago {amount}").format(amount=numbers.money(prior)),
        *[words.PARTS[part][0] for part in moved["part"]],
        _("now {amount}").format(amount=numbers.money(current)),
    ]
    fig.update_yaxes(
        range=[last + 0.5, -0.5],
        tickvals=[0, *places, last],
        ticktext=heads,
        tickfont={"size": TEXT_SIZE, "color": colours.ink},
    )
    fig.update_layout(bargap=0.38)
    change = (_("Change of {measure} in {currency}") if currency else _("Change of {measure}")).format(
        measure=MEASURES[measure], currency=currency
    )
    against = _("{change}, {window} against the 12 months before.")
    if months_before < _YEAR:
        against = ngettext(
            "{change}, {window} against the {months} month known before.",
            "{change}, {window} against the {months} months known before.",
            months_before,
        )
    against = against.format(change=change, window=unbroken(window), months=numbers.count(months_before))
    told = "; ".join(
        f"{words.PARTS[row['part']][0]} {numbers.signed_money(row['amount'])}" for row in moved.to_dict("records")
    )
    way = _("Waterfall from {prior} to {current}: {parts}.").format(
        prior=numbers.money(prior), current=numbers.money(current), parts=told or _("no change")
    )
    return finish(
        fig,
        title=title,
        subtitle=f"{against} {_('Each bar begins where the one above ends.')}",
        alt=f"{title}. {way}",
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
    name, meaning = words.PARTS[row["part"]]
    head = f"{name[0].upper()}{name[1:]} {numbers.signed_money(row['amount'])}"
    if prior <= 0:
        return story(head, meaning)
    share = _("{share} of the year before.").format(share=numbers.signed_percent(row["amount"] / prior))
    return story(head, share, meaning)


def retention_figure(headline: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw NRR, GRR and logo retention, each over the twelve months that end with the month.

    Parameters
    ----------
    headline
        The frame of `headline`: month, nrr, grr, logo_retention; NaN where the data do not cover 24 months.

    Returns
    -------
    A figure with a line for each of `LINES`, labelled at its end, and a rule at 100 %.
    """
    title = words.retention_title(headline)
    known = headline[headline["nrr"].notna()]
    if known.empty:
        return quiet(title=title, note=_("Retention needs two full years of sales."), theme=theme)
    colours = palette(theme)
    styles = {
        "nrr": {"color": colours.accent, "width": 2.5},
        "grr": {"color": colours.ink, "width": 2},
        "logo_retention": {"color": colours.mark, "width": 2, "dash": "dot"},
    }
    fig = go.Figure()
    names = [numbers.month(day.date()) for day in known["month"]]
    for column, label in LINES.items():
        told = [
            story(f"{name}: {label}", _("{rate} over the twelve months to then.").format(rate=numbers.percent(value)))
            for name, value in zip(names, known[column], strict=True)
        ]
        fig.add_scatter(
            name=label,
            x=known["month"],
            y=known[column],
            mode="lines+markers" if len(known) == 1 else "lines",
            line=styles[column],
            customdata=custom([""] * len(known), told),
            hovertemplate=HOVER,
        )
    values = np.append(known[list(LINES)].to_numpy(dtype=float).ravel(), 1.0)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    room = 0.08 * (high - low) or 0.05
    low, high = low - room, high + room
    last = known.iloc[-1]
    for column, place in _spread({column: float(last[column]) for column in LINES}, _APART * (high - low)).items():
        fig.add_annotation(
            x=1,
            xref="paper",
            y=place,
            text=f"{LINES[column]} {numbers.percent(last[column])}",
            xanchor="left",
            xshift=6,
            showarrow=False,
            font={"size": SMALL_SIZE, "color": styles[column]["color"]},
        )
    fig.add_hline(y=1, line={"color": colours.rule, "width": 1})
    fig.update_yaxes(range=[low, high], tickformat=".0%", nticks=5)
    ticks = known["month"].iloc[:: -max(1, len(known) // 4)]
    fig.update_xaxes(tickvals=ticks, ticktext=[numbers.month(day.date()).replace(" ", "<br>") for day in ticks])
    rates = "; ".join(f"{label} {numbers.percent(last[column])}" for column, label in LINES.items())
    drawn = ngettext(
        "Lines over {months} month; at the end {rates}.", "Lines over {months} months; at the end {rates}.", len(known)
    ).format(months=len(known), rates=rates)
    fig = finish(
        fig,
        title=title,
        subtitle=_("Of the accounts of a year before, over the twelve months ending with each month"),
        alt=f"{title}. {drawn}",
        theme=theme,
        body=_HEIGHT,
        below=44,
    )
    return fig.update_layout(margin={"r": 148})


def _spread(places: dict[str, float], apart: float) -> dict[str, float]:
    """Move labels up until neighbours stand apart; their order stays.

    >>> _spread({"a": 0.5, "b": 0.52, "c": 0.9}, 0.1)
    {'a': 0.5, 'b': 0.6, 'c': 0.9}
    """
    found: dict[str, float] = {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        below = max(found.values(), default=place - apart)
        found[name] = round(max(place, below + apart), 6)
    return found
