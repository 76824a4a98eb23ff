"""Where the accounts stand, and whose revenue changed most.

The map: growth across, margin rate up, revenue as area; the unknown decides the other shapes. The changes: who bought
more, less, for the first time or no more, one bar an account, the biggest change first.
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import RUNG_NAMES, RUNGS, UNKNOWN
from kam.base.texts import _, ngettext, sentence
from kam.chart.axes import Scale, limits
from kam.chart.bubbles import CROWD, add_bubbles, name_bubbles, positions
from kam.chart.hover import HOVER, custom, plain, short, story, unbroken
from kam.chart.labels import Box
from kam.chart.palette import Palette, palette
from kam.chart.template import SIDE, SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.portfolio import words

BODY = 380
MOST = 1_000  # more bubbles hide one another, and weigh on the browser
_AXIS_ROOM = 46
_FEW = 3  # accounts below which a median says nothing
_STRIP, _STRIP_GAP = 0.14, 0.02
_STILL = Scale("still", "", -1.0, 1.0)
_MEASURES = {"growth": _("growth"), "margin_rate": _("margin rate"), "revenue": _("revenue")}
KINDS = {"new": "up", "up": "up", "down": "down", "lost": "down"}
NAME_LETTERS = 22
_ROW = 28
_BAR_SHARE = 0.62


def portfolio_map_figure(
    accounts: pd.DataFrame,
    currency: str | None,
    *,
    window: str,
    theme: str = "light",
    selected: str | None = None,
    width: int = 420,
) -> go.Figure:
    """Draw each account as a bubble whose area is its revenue; the largest and the outliers are named.

    Of more than 1,000 accounts the largest are drawn, and the subtitle says of how many.

    Parameters
    ----------
    accounts
        One row an account: account_id, name, revenue, growth, margin_rate, state, and optionally rung, which then
        colours the bubbles. Without any margin rate the height is revenue (log scale); without any growth the
        width is revenue; without both the accounts stand in one row by revenue.
    selected
        The account to be ringed in the accent colour and named first.
    width
        The narrowest width in pixels at which no names touch; more width leaves room for more names.

    Returns
    -------
    A figure with the trace "accounts" and, for accounts whose growth is unknown beside others that have one, the
    trace "no prior year" in a strip of its own on the right. Outliers beyond the axes stand at the edge as arrows.
    """
    title = words.map_title(accounts, currency)
    placed = accounts.loc[accounts["revenue"].notna() & (accounts["revenue"] > 0)]
    if placed.empty:
        return quiet(title=title, note=_("No account has revenue in this window."), theme=theme)
    horizontal, vertical = _scales(placed)
    drawn = placed if vertical is None else placed.loc[placed[vertical.column].notna()]
    measured = len(drawn)
    drawn = drawn.sort_values("revenue", ascending=False, kind="stable").head(MOST)
    largest = float(drawn["revenue"].max())
    in_field = drawn[horizontal.column].notna()
    crowd = len(drawn) > CROWD
    marks = positions(drawn.loc[in_field], horizontal, vertical, largest=largest, crowd=crowd)
    strip = drawn.loc[~in_field]
    colours = palette(theme)
    fig = go.Figure()
    right = 1 - _STRIP - _STRIP_GAP if len(strip) else 1.0
    fig.update_xaxes(**horizontal.layout(), domain=[0, right], title_text=horizontal.title)
    medians = []
    if vertical is None:
        fig.update_yaxes(visible=False, range=[-1, 1])
    else:
        fig.update_yaxes(**vertical.layout())
        medians = _medians(fig, drawn.loc[in_field], horizontal, vertical, colours)
    add_bubbles(fig, "accounts", marks, colours, selected=selected, crowd=crowd)
    room = Box(0, 0, (width - 2 * SIDE - _AXIS_ROOM) * right, BODY if vertical else BODY // 3)
    name_bubbles(fig, marks, colours, room=room, scales=(horizontal, vertical), selected=selected)
    if len(strip):
        zigzag = np.resize([0.0, 0.45, -0.45, 0.2, -0.2], len(strip))
        aside = positions(strip.assign(still=zigzag), _STILL, vertical, largest=largest, crowd=crowd)
        add_bubbles(fig, "no prior year", aside, colours, selected=selected, crowd=crowd, xaxis="x2")
        _dress_strip(fig, strip, colours)
    if "rung" in drawn:
        _add_rung_legend(fig, drawn, colours)
    outside = int((marks["symbol"] != "circle").sum())
    told = [_legend(horizontal, vertical, currency, window), *medians]
    subtitle = " ".join([*told, *_left_out(accounts, len(drawn), measured, outside)])
    largest = drawn.head(5)[["name", "revenue"]].itertuples(index=False, name=None)
    named = ", ".join(f"{plain(name)} {numbers.money(revenue)}" for name, revenue in largest)
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=f"{title} {subtitle} {_('Largest: {accounts}.').format(accounts=named)}",
        theme=theme,
        body=BODY if vertical else BODY // 3,
        below=76 if "rung" in drawn else 52,
    )


def _scales(placed: pd.DataFrame) -> tuple[Scale, Scale | None]:
    power = np.log10(placed["revenue"])
    span = (float(power.min()) - 0.15, float(power.max()) + 0.25)
    across_revenue = Scale("revenue", _("revenue, logarithmic scale"), *span, log=True)
    has_growth = bool(placed["growth"].notna().any())
    horizontal = Scale("growth", _("growth of revenue"), *limits(placed["growth"])) if has_growth else across_revenue
    if placed["margin_rate"].notna().any():
        return horizontal, Scale("margin_rate", _("margin rate"), *limits(placed["margin_rate"]))
    return horizontal, Scale("revenue", _("revenue"), *span, log=True) if has_growth else None


def _medians(fig: go.Figure, field: pd.DataFrame, horizontal: Scale, vertical: Scale, colours: Palette) -> list[str]:
    """Draw the two medians as dotted lines, and return the sentence that gives their figures, if there are enough."""
    line = {"type": "line", "layer": "below", "line": {"color": colours.soft, "width": 1, "dash": "1px,3px"}}
    if len(field) < _FEW:
        return []
    across, up = float(field[horizontal.column].median()), float(field[vertical.column].median())
    fig.add_shape(**line, x0=across, x1=across, yref="y domain", y0=0, y1=1)
    fig.add_shape(**line, y0=up, y1=up, xref="x domain", x0=0, x1=1)
    figures = [
        f"{_MEASURES[scale.column]} {numbers.money(middle) if scale.log else numbers.percent(middle)}"
        for scale, middle in ((horizontal, across), (vertical, up))
    ]
    return [_("Dotted: medians ({medians}).").format(medians=", ".join(figures))]


def _dress_strip(fig: go.Figure, strip: pd.DataFrame, colours: Palette) -> None:
    new = "state" in strip and set(strip["state"]) == {"new"}
    fig.update_layout(
        xaxis2={
            "domain": [1 - _STRIP, 1],
            "range": [-1, 1],
            "anchor": "y",
            "tickvals": [0],
            "ticktext": [_("new") if new else _("no prior<br>year")],
            "tickfont": {"size": SMALL_SIZE, "color": colours.ink},
        }
    )
    fig.add_shape(
        type="rect",
        xref="x2 domain",
        yref="y domain",
        x0=0,
        x1=1,
        y0=0,
        y1=1,
        layer="below",
        line={"width": 0},
        fillcolor=colours.raised,
    )


def _add_rung_legend(fig: go.Figure, drawn: pd.DataFrame, colours: Palette) -> None:
    fig.update_layout(showlegend=True)
    present = {plain(rung) or UNKNOWN for rung in drawn["rung"]}
    for rung in (*RUNGS, UNKNOWN):
        if rung in present:
            fig.add_scatter(
                name=RUNG_NAMES[rung],
                x=[None],
                y=[None],
                mode="markers",
                showlegend=True,
                hoverinfo="skip",
                marker={"size": 10, "color": colours.rung[rung]},
            )


def _legend(horizontal: Scale, vertical: Scale | None, currency: str | None, window: str) -> str:
    axes = [_("Across: {measure}").format(measure=_MEASURES[horizontal.column])]
    axes += [_("up: {measure}").format(measure=_MEASURES[vertical.column])] if vertical else []
    axes += [_("area: revenue in {currency}").format(currency=currency) if currency else _("area: revenue")]
    return sentence(*axes, unbroken(window))


def _left_out(accounts: pd.DataFrame, drawn: int, measured: int, outside: int) -> list[str]:
    told = []
    if outside:
        arrows = ngettext(
            "{outliers} outlier at the edge, as arrows.", "{outliers} outliers at the edge, as arrows.", outside
        )
        told.append(arrows.format(outliers=numbers.count(outside)))
    if measured > drawn:
        largest = _("The {drawn} largest of {measured}.")
        told.append(largest.format(drawn=numbers.count(drawn), measured=numbers.count(measured)))
    idle = int((~(accounts["revenue"] > 0)).sum())
    unknown = len(accounts) - idle - measured
    left_out = [_("{accounts} without costs").format(accounts=numbers.count(unknown))] if unknown else []
    left_out += [_("{accounts} without revenue").format(accounts=numbers.count(idle))] if idle else []
    if left_out:
        told.append(_("Not drawn: {accounts}.").format(accounts=", ".join(left_out)))
    return told


def changes_figure(
    changes: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light", top: int = 12
) -> go.Figure:
    """Draw the change of revenue between the prior and this window, one bar an account.

    Parameters
    ----------
    changes
        One row an account: account_id, name, kind (new, up, down, lost), prior_revenue, revenue, change.
    top
        So many accounts are drawn; the subtitle says of how many.

    Returns
    -------
    A figure with one trace "change", first row on top. New and lost accounts are hatched and say so.
    """
    title = words.changes_title(changes, currency)
    known = changes.loc[changes["change"].notna()]
    if known.empty:
        return quiet(title=title, note=_("There are no two windows of sales to compare yet."), theme=theme)
    order = known["change"].abs().sort_values(ascending=False, kind="stable").index
    drawn = known.loc[order].head(top)
    colours = palette(theme)
    fills = [colours.money[KINDS[kind]] for kind in drawn["kind"]]
    fig = go.Figure()
    fig.add_bar(
        name="change",
        orientation="h",
        x=drawn["change"],
        y=list(range(len(drawn))),
        customdata=custom(drawn["account_id"].tolist(), [_change_story(row) for row in drawn.to_dict("records")]),
        hovertemplate=HOVER,
        text=[_label(row) for row in drawn.to_dict("records")],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": SMALL_SIZE, "color": colours.ink},
        textangle=0,
        marker={
            "color": fills,
            "line": {"color": fills, "width": 1},
            "pattern": {
                "shape": ["/" if kind in {"new", "lost"} else "" for kind in drawn["kind"]],
                "fgcolor": fills,
                "bgcolor": colours.page,
                "fillmode": "replace",
                "size": 5,
                "solidity": 0.45,
            },
        },
    )
    _set_names(fig, drawn, colours)
    fig.update_layout(bargap=0.4)
    compared = _("Change of revenue, {window} against the 12 months before.")
    if currency:
        compared = _("Change of revenue in {currency}, {window} against the 12 months before.")
    said = [compared.format(currency=currency, window=unbroken(window))]
    if len(known) > len(drawn):
        said.append(_("The {drawn} biggest of {changed}.").format(drawn=len(drawn), changed=numbers.count(len(known))))
    if len(known) < len(changes):
        said.append(_("{accounts} without a known change.").format(accounts=numbers.count(len(changes) - len(known))))
    alt = f"{title} " + "; ".join(f"{row['name']} {_label(row)}" for row in drawn.head(5).to_dict("records")) + "."
    body = _ROW * len(drawn) + 8
    return finish(fig, title=title, subtitle=" ".join(said), alt=alt, theme=theme, body=body, below=12)


def _set_names(fig: go.Figure, drawn: pd.DataFrame, colours: Palette) -> None:
    """Write each name across the zero line from its bar, or left of the bars if all point to the right.

    The shares of the width are those a phone needs: the longest name or the longest bar with its figure on each side.
    """
    reach = float(drawn["change"].abs().max()) or 1.0
    names = [short(name, NAME_LETTERS) for name in drawn["name"]]
    fig.update_yaxes(range=[len(drawn) - 0.5, -0.5], tickvals=list(range(len(drawn))))
    fig.update_xaxes(zeroline=True, zerolinewidth=1, showticklabels=False)
    if (drawn["change"] >= 0).all():
        fig.update_xaxes(range=[0, reach / _BAR_SHARE])
        fig.update_yaxes(ticktext=names, tickfont={"size": TEXT_SIZE, "color": colours.ink})
        return
    fig.update_xaxes(range=[-reach / _BAR_SHARE, reach / _BAR_SHARE])
    fig.update_yaxes(showticklabels=False)
    for row, (name, change) in enumerate(zip(names, drawn["change"], strict=True)):
        rises = change >= 0
        fig.add_annotation(
            x=0,
            y=row,
            text=name,
            showarrow=False,
            xanchor="right" if rises else "left",
            xshift=-4 if rises else 4,
            font={"size": TEXT_SIZE, "color": colours.ink},
        )


def _label(row: dict) -> str:
    text = {"new": _("{change} new"), "lost": _("{change} lost")}.get(row["kind"], "{change}")
    return text.format(change=numbers.signed_money(row["change"]))


def _change_story(row: dict) -> str:
    came_or_went = {
        "new": _("A new account: nothing in the 12 months before."),
        "lost": _("Lost: nothing in these 12 months."),
    }.get(row["kind"])
    return story(
        row["name"],
        _("Revenue {revenue} against {before}: {change}.").format(
            revenue=numbers.money(row["revenue"]),
            before=numbers.money(row["prior_revenue"]),
            change=numbers.signed_money(row["change"]),
        ),
        came_or_went,
    )
