"""How many accounts and how much revenue stand on each rung, and how sure that is."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import RUNGS, UNKNOWN
from kam.base.texts import _
from kam.chart.hover import HOVER, escaped, story, unbroken
from kam.chart.palette import UNKNOWN_PATTERN, Palette, palette, tint
from kam.chart.template import TEXT_SIZE, finish, quiet
from kam.ladder import words

PROBABILITIES = ("p_broker", "p_supplier", "p_partner")
# Band: its name, the probability it starts at, and the strength of its colour. `likely` starts where a rung is named.
_SURE, _LIKELY = 0.90, 0.75
CERTAINTY = (
    (_("sure, ≥ {sure:.0%}").format(sure=_SURE), _SURE, 1.0),
    (_("likely, ≥ {likely:.0%}").format(likely=_LIKELY), _LIKELY, 0.62),
    ("leaning", 0.0, 0.28),
)
_PANELS = (("accounts", "accounts"), ("revenue", "revenue"))
_ROW = 62


def rungs_figure(ladder: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light") -> go.Figure:
    """Draw accounts and revenue by rung, each bar shaded by how sure the rung is, with the expected size as a tick.

    Parameters
    ----------
    ladder
        One row an account: account_id, rung, p_broker, p_supplier, p_partner, revenue.

    Returns
    -------
    A figure with one bar trace a certainty band and panel (left accounts, right revenue), the hatched unknown, and
    the trace "expected": Σ P(rung) over all accounts, and Σ P(rung) · revenue. Bars stand for many accounts: their
    `customdata` holds an empty account id, the hover text and the rung.
    """
    title = words.rungs_title(ladder)
    if ladder.empty:
        return quiet(title=title, note=_("No account has been placed on the ladder yet."), theme=theme)
    colours = palette(theme)
    rows = ladder.assign(
        sure=ladder[list(PROBABILITIES)].max(axis=1), accounts=1.0, rung=ladder["rung"].fillna(UNKNOWN)
    )
    order = [*reversed(RUNGS), UNKNOWN]
    fig = go.Figure()
    for panel, (column, _each) in enumerate(_PANELS):
        axis = "x" if panel == 0 else "x2"
        _add_bands(fig, rows, order, column, axis, colours)
        _add_expected(fig, rows, order, column, axis, colours)
        _add_words(fig, rows, order, column, axis, colours)
    _add_legend(fig, colours)
    fig.update_layout(
        barmode="stack",
        bargap=0.66,
        xaxis={"domain": [0, 0.47], "showticklabels": False, "range": [0, _longest(rows, "accounts")]},
        xaxis2={
            "domain": [0.53, 1],
            "showticklabels": False,
            "range": [0, _longest(rows, "revenue")],
            "anchor": "y",
            "fixedrange": True,
        },
        yaxis={"range": [len(order) - 0.6, -0.75], "showticklabels": False},
    )
    unit = _(" in {currency}").format(currency=currency) if currency else ""
    subtitle = _(
        "Left: accounts; right: revenue{unit}, {window}. Shade: how sure the rung is. Tick: size "
        "to expect when every account counts with its probabilities."
    ).format(unit=unit, window=unbroken(window))
    unknown_revenue = int(rows["revenue"].isna().sum())
    if unknown_revenue:
        subtitle += _(" {unknown_revenue} without a known revenue.").format(
            unknown_revenue=numbers.counted(unknown_revenue, "account")
        )
    counts = rows["rung"].value_counts()
    said = ", ".join(f"{rung} {numbers.counted(int(counts.get(rung, 0)), 'account')}" for rung in order)
    return finish(
        fig, title=title, subtitle=subtitle, alt=f"{title} {said}.", theme=theme, body=_ROW * len(order), below=40
    )


def _add_bands(fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette) -> None:
    upper = 1.01
    for name, lower, strength in CERTAINTY:
        within = rows[(rows["rung"] != UNKNOWN) & (rows["sure"] >= lower) & (rows["sure"] < upper)]
        upper = lower
        sizes = [float(within.loc[within["rung"] == rung, column].sum()) for rung in RUNGS]
        fig.add_bar(
            name=name,
            orientation="h",
            x=sizes,
            y=[order.index(rung) for rung in RUNGS],
            xaxis=axis,
            showlegend=False,
            customdata=[["", _story(rung, name, column, size), rung] for rung, size in zip(RUNGS, sizes, strict=True)],
            hovertemplate=HOVER,
            marker={
                "color": [tint(colours.rung[rung], colours.page, strength) for rung in RUNGS],
                "line": {
                    "color": [colours.rung[rung] for rung in RUNGS],
                    "width": [1 if size else 0 for size in sizes],
                },
            },
        )
    size = float(rows.loc[rows["rung"] == UNKNOWN, column].sum())
    grey = colours.rung[UNKNOWN]
    fig.add_bar(
        name=UNKNOWN,
        orientation="h",
        x=[size],
        y=[order.index(UNKNOWN)],
        xaxis=axis,
        showlegend=False,
        customdata=[["", _story(UNKNOWN, "too little evidence", column, size), UNKNOWN]],
        hovertemplate=HOVER,
        marker={
            "color": grey,
            "line": {"color": grey, "width": 1 if size else 0},
            "pattern": {
                "shape": UNKNOWN_PATTERN,
                "fgcolor": grey,
                "bgcolor": colours.page,
                "fillmode": "replace",
                "size": 6,
                "solidity": 0.25,
            },
        },
    )


def _expected(rows: pd.DataFrame, column: str) -> list[float]:
    return [float((rows[probability] * rows[column]).sum()) for probability in PROBABILITIES]


def _add_expected(
    fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette
) -> None:
    sizes = _expected(rows, column)
    fig.add_scatter(
        name="expected",
        mode="markers",
        x=sizes,
        y=[order.index(rung) for rung in RUNGS],
        xaxis=axis,
        cliponaxis=False,
        customdata=[
            ["", _story(rung, "to expect", column, size), rung] for rung, size in zip(RUNGS, sizes, strict=True)
        ],
        hovertemplate=HOVER,
        showlegend=False,
        marker={"symbol": "line-ns", "size": 13, "line": {"color": colours.ink, "width": 2}},
    )


def _add_words(fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette) -> None:
    """Write over each bar what stands on the rung: its name and accounts on the left, its revenue on the right."""
    totals = rows.groupby("rung")[column].sum(min_count=1)
    for place, rung in enumerate(order):
        total = totals.get(rung, 0.0)
        if column == "accounts":
            text = f"<b>{rung}</b>  {numbers.counted(int(total), 'account')}"
        else:
            text = escaped(numbers.money(total))
        fig.add_annotation(
            x=0,
            xref=f"{axis} domain",
            y=place,
            yshift=22,
            text=text,
            xanchor="left",
            showarrow=False,
            borderpad=0,
            font={"size": TEXT_SIZE, "color": colours.ink},
        )


def _add_legend(fig: go.Figure, colours: Palette) -> None:
    for name, _each, strength in CERTAINTY:
        fig.add_bar(
            name=name,
            x=[None],
            y=[None],
            showlegend=True,
            hoverinfo="skip",
            marker={"color": tint(colours.soft, colours.page, strength), "line": {"color": colours.soft, "width": 1}},
        )
    fig.update_layout(showlegend=True, legend={"traceorder": "normal"})


def _longest(rows: pd.DataFrame, column: str) -> float:
    largest = max([*rows.groupby("rung")[column].sum(), *_expected(rows, column)])
    return float(largest) * 1.03 or 1.0


def _story(rung: str, band: str, column: str, size: float) -> str:
    words = (
        numbers.counted(round(size), "account")
        if column == "accounts"
        else _("Revenue {size}").format(size=numbers.money(size))
    )
    return story(rung, f"{words}: {band}.")
