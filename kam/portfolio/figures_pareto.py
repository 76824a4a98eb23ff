"""How few accounts carry revenue and margin: both running shares over the accounts, largest first, with A, B and C."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import PARETO_B
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, story, unbroken
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.portfolio import words

FIRST_KEPT = 100
POINTS_KEPT = 400
_LAST_SHARE = {"A": 0.80, "B": 0.95}


def pareto_figure(accounts: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light") -> go.Figure:
    """Draw the running share of revenue, and of margin in the same order, over the accounts from largest to smallest.

    Parameters
    ----------
    accounts
        One row an account: account_id, name, revenue, margin, pareto_class. Rows without revenue are not drawn; where
        a margin is unknown the account adds nothing to the margin line and is counted in the subtitle.
    window
        The months the revenue is of, such as "Oct 2025 – Sep 2026".

    Returns
    -------
    A figure with the traces "revenue" and, where margins are known, "margin": x = rank, y = running share. Of many
    accounts the first 100, the last of each class and an even choice of the rest are drawn; each lies on the curve.
    """
    title = words.pareto_title(accounts, currency)
    ranked = _ranked(accounts)
    if ranked.empty:
        return quiet(title=title, note=_("No account has revenue in this window."), theme=theme)
    colours = palette(theme)
    fig = go.Figure()
    drawn = ranked.iloc[_kept(ranked)]
    points = custom(drawn["account_id"].tolist(), [_story(row, len(ranked)) for row in drawn.to_dict("records")])
    with_margin = bool(ranked["margin_share"].notna().any())
    if with_margin:
        fig.add_scatter(
            name="margin",
            x=drawn["rank"],
            y=drawn["margin_share"],
            mode="lines",
            customdata=points,
            hovertemplate=HOVER,
            line={"color": colours.mark, "width": 2, "dash": "dot"},
        )
    fig.add_scatter(
        name="revenue",
        x=drawn["rank"],
        y=drawn["revenue_share"],
        mode="lines+markers",
        customdata=points,
        hovertemplate=HOVER,
        line={"color": colours.ink, "width": 2.5},
        marker={"color": colours.ink, "size": 5 if len(ranked) <= FIRST_KEPT else 3},
    )
    _mark_classes(fig, ranked, colours)
    _name_lines(fig, ranked, colours, with_margin=with_margin)
    top = max(1.0, ranked["revenue_share"].max(), ranked["margin_share"].max() if with_margin else 0.0)
    fig.update_xaxes(
        range=[0, len(ranked) * 1.01 + 0.5],
        title_text=_("accounts, largest first"),
        tickformat=",d",
        nticks=6,
        rangemode="nonnegative",
    )
    fig.update_yaxes(range=[0, top * 1.09], tickformat=".0%", tickvals=[0, 0.2, 0.4, 0.6, 0.8, 1], showgrid=True)
    if len(ranked) < 6:  # noqa: PLR2004 - a handful of accounts: each rank is a tick of its own
        fig.update_xaxes(tickvals=list(range(1, len(ranked) + 1)))
    return finish(
        fig,
        title=title,
        subtitle=_subtitle(ranked, currency, window, with_margin=with_margin),
        alt=_alt(ranked, title),
        theme=theme,
        body=300,
        below=48,
    )


def _ranked(accounts: pd.DataFrame) -> pd.DataFrame:
    known = accounts.loc[accounts["revenue"].notna() & (accounts["revenue"] != 0)]
    ranked = known.sort_values(["revenue", "account_id"], ascending=[False, True]).reset_index(drop=True)
    ranked["rank"] = np.arange(1, len(ranked) + 1)
    ranked["revenue_share"] = ranked["revenue"].cumsum() / ranked["revenue"].sum()
    margin = ranked["margin"].astype(float)
    total = margin.sum(min_count=1)
    # A running share of a total loss would rise where money is lost: it is left out.
    ranked["margin_share"] = margin.fillna(0).cumsum() / total if total > 0 else np.nan
    return ranked


def _kept(ranked: pd.DataFrame) -> np.ndarray:
    count = len(ranked)
    if count <= POINTS_KEPT:
        return np.arange(count)
    even = np.linspace(FIRST_KEPT, count - 1, POINTS_KEPT - FIRST_KEPT).round().astype(int)
    ends = [row["rank"] - 1 for row in _class_ends(ranked).values()]
    return np.unique(np.concatenate([np.arange(FIRST_KEPT), even, np.array(ends, dtype=int)]))


def _class_ends(ranked: pd.DataFrame) -> dict[str, dict]:
    return {str(name): group.iloc[-1].to_dict() for name, group in ranked.groupby("pareto_class")}


def _mark_classes(fig: go.Figure, ranked: pd.DataFrame, colours: Palette) -> None:
    """Drop a line from the last account of a class to the axis, and say how many accounts the class has.

    The texts stand at heights of their own, so that narrow classes do not write over one another.
    """
    counts = ranked["pareto_class"].value_counts()
    for name, end in _class_ends(ranked).items():
        if name not in _LAST_SHARE or end["rank"] == len(ranked):
            continue
        reach = _("first {share} of revenue") if name == "A" else _("to {share} of revenue")
        to_left = end["rank"] > 0.55 * len(ranked)  # no room for the text on the right beyond here
        fig.add_shape(
            type="line",
            x0=end["rank"],
            x1=end["rank"],
            y0=0,
            y1=end["revenue_share"],
            layer="below",
            line={"color": colours.soft, "width": 1, "dash": "2px,3px"},
        )
        fig.add_annotation(
            x=end["rank"],
            y={"A": 0.10, "B": 0.29}[name],
            xanchor="right" if to_left else "left",
            showarrow=False,
            align="right" if to_left else "left",
            bgcolor=colours.page,
            borderpad=1,
            xshift=-4 if to_left else 4,
            text=f"<b>{name}</b>  {_accounts(counts[name])}<br>{reach.format(share=f'{_LAST_SHARE[name]:.0%}')}",
            font={"size": SMALL_SIZE, "color": colours.ink},
        )
    rest = int(counts.get("C", 0))
    if rest:
        fig.add_annotation(
            x=len(ranked),
            y=0.48,
            xanchor="right",
            align="right",
            text=f"<b>C</b>  {_accounts(rest)}<br>" + _("the last {share}%").format(share=100 - PARETO_B),
            font={"size": SMALL_SIZE, "color": colours.ink},
            bgcolor=colours.page,
            showarrow=False,
        )


def _name_lines(fig: go.Figure, ranked: pd.DataFrame, colours: Palette, *, with_margin: bool) -> None:
    """Name both lines where they stand furthest apart, the upper one above and the lower one below."""
    revenue = ranked["revenue_share"].to_numpy()
    names = [(_("revenue"), revenue, colours.ink, True)]
    first, last = int(0.16 * len(ranked)), max(int(0.16 * len(ranked)) + 1, int(0.6 * len(ranked)))
    at = first
    if with_margin:
        margin = ranked["margin_share"].to_numpy()
        at = first + int(np.argmax(np.abs(revenue - margin)[first:last]))
        above = bool(revenue[at] >= margin[at])
        names = [(_("revenue"), revenue, colours.ink, above), (_("margin"), margin, colours.soft, not above)]
    for name, values, colour, above in names:
        fig.add_annotation(
            x=at + 1,
            y=values[at],
            text=f"<b>{name}</b>",
            showarrow=False,
            xanchor="right" if above else "left",
            yanchor="bottom" if above else "top",
            xshift=2 if above else 6,
            yshift=4 if above else -6,
            borderpad=0,
            font={"size": TEXT_SIZE, "color": colour},
            bgcolor=colours.page,
        )


def _story(row: dict, count: int) -> str:
    share, margin_share = numbers.percent(row["revenue_share"]), numbers.percent(row["margin_share"])
    return story(
        row["name"],
        _("Number {rank} of {accounts}, class {pareto_class}.").format(
            rank=numbers.count(row["rank"]), accounts=numbers.count(count), pareto_class=row["pareto_class"]
        ),
        _("Revenue {revenue}, margin {margin}.").format(
            revenue=numbers.money(row["revenue"]), margin=numbers.money(row["margin"])
        ),
        _("With all before it: {share} of revenue, {margin_share} of margin.").format(
            share=share, margin_share=margin_share
        )
        if numbers.known(row["margin_share"])
        else _("With all before it: {share} of revenue.").format(share=share),
    )


def _subtitle(ranked: pd.DataFrame, currency: str | None, window: str, *, with_margin: bool) -> str:
    unknown = int(ranked["margin"].isna().sum())
    if with_margin:
        drawn = _("Running share of revenue and margin, {window}.")
        if currency:
            drawn = _("Running share of revenue and margin in {currency}, {window}.")
        margin = ngettext(
            "Margin leaves out {accounts} account without costs.",
            "Margin leaves out {accounts} accounts without costs.",
            unknown,
        ).format(accounts=numbers.count(unknown))
        margin = margin if unknown else ""
    else:
        drawn = _("Running share of revenue, {window}.")
        if currency:
            drawn = _("Running share of revenue in {currency}, {window}.")
        margin = _("Margin is not measured.") if unknown == len(ranked) else _("Margin is not above zero in all.")
    return f"{drawn.format(currency=currency, window=unbroken(window))} {margin}".rstrip()


def _alt(ranked: pd.DataFrame, title: str) -> str:
    counts = ranked["pareto_class"].value_counts()
    classes = ", ".join(f"{name}: {_accounts(counts[name])}" for name in ("A", "B", "C") if name in counts)
    drawn = ngettext(
        "Running share of revenue over {accounts} account, largest first.",
        "Running share of revenue over {accounts} accounts, largest first.",
        len(ranked),
    ).format(accounts=numbers.count(len(ranked)))
    return f"{title} {drawn} {classes}."


def _accounts(number: int) -> str:
    return ngettext("{accounts} account", "{accounts} accounts", number).format(accounts=numbers.count(number))
