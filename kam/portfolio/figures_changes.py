"""Who bought more, less, for the first time or no more: one bar an account, the biggest change first."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, short, story, unbroken
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.portfolio import words

KINDS = {"new": "up", "up": "up", "down": "down", "lost": "down"}
NAME_LETTERS = 22
_ROW = 28
_BAR_SHARE = 0.62


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
        customdata=custom(drawn["account_id"].tolist(), [_story(row) for row in drawn.to_dict("records")]),
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
    subtitle = _("Change of revenue{value}, {window} against the 12 months before.").format(
        value=_(" in {currency}").format(currency=currency) if currency else "", window=unbroken(window)
    )
    if len(known) > len(drawn):
        subtitle += _(" The {count} biggest of {count_2}.").format(count=len(drawn), count_2=numbers.count(len(known)))
    if len(known) < len(changes):
        subtitle += _(" {count} without a known change.").format(count=numbers.count(len(changes) - len(known)))
    alt = f"{title} " + "; ".join(f"{row['name']} {_label(row)}" for row in drawn.head(5).to_dict("records")) + "."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(drawn) + 8, below=12)


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
    kind = f" {row['kind']}" if row["kind"] in {"new", "lost"} else ""
    return numbers.signed_money(row["change"]) + kind


def _story(row: dict) -> str:
    before = {
        "new": _("A new account: nothing in the 12 months before."),
        "lost": _("Lost: nothing in these 12 months."),
    }.get(row["kind"])
    return story(
        row["name"],
        _("Revenue {revenue} against {prior_revenue}: {change}.").format(
            revenue=numbers.money(row["revenue"]),
            prior_revenue=numbers.money(row["prior_revenue"]),
            change=numbers.signed_money(row["change"]),
        ),
        before,
    )
