"""How customers stay: a triangle of cohorts, each cell with how many still bought."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _, ngettext
from kam.chart.hover import story
from kam.chart.palette import palette, tint
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.money import words

_ROWS, _COLUMNS = 16, 12
_ROW = 25


def cohorts_figure(cohorts: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the share of each cohort that bought, as the strength of a cell, and how many accounts that is, in it.

    Parameters
    ----------
    cohorts
        The frame of `cohorts`. The newest 16 cohorts and the first twelve quarters are drawn.

    Returns
    -------
    A figure with one heat map "share", the oldest cohort on top.
    """
    title = words.cohorts_title(cohorts)
    if cohorts.empty:
        return quiet(title=title, note=_("No quarter is complete yet."), theme=theme)
    newest = sorted(cohorts["cohort"].unique())[-_ROWS:]
    drawn = cohorts[cohorts["cohort"].isin(newest) & (cohorts["quarters_since"] < _COLUMNS)]
    grid = drawn.assign(
        told=[_story(row, currency) for row in drawn.to_dict("records")],
        count=[numbers.count(alive) for alive in drawn["alive"]],
    ).pivot_table(
        index="cohort", columns="quarters_since", values=["share", "count", "told"], aggfunc="first", sort=True
    )
    heads = drawn.drop_duplicates("cohort").set_index("cohort").sort_index()
    colours = palette(theme)
    fig = go.Figure()
    fig.add_heatmap(
        name="share",
        z=grid["share"].to_numpy(dtype=float),
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=2,
        x=grid["share"].columns.tolist(),
        y=list(range(len(heads))),
        hoverongaps=False,
        text=grid["count"].fillna("").to_numpy(),
        texttemplate="%{text}",
        textfont={"size": SMALL_SIZE},
        customdata=grid["told"].fillna("").to_numpy(),
        hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, tint(colours.mark, colours.page, 0.08)], [1, colours.mark]],
    )
    fig.update_xaxes(side="top", tickvals=grid["share"].columns.tolist(), title=_("quarters since the first purchase"))
    fig.update_yaxes(
        tickvals=list(range(len(heads))),
        autorange="reversed",
        ticktext=[_head(cohort, row["is_censored"]) for cohort, row in heads.iterrows()],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    said = [
        _(
            "Accounts that bought in the quarter, by the quarter of their first purchase; the darker, "
            "the larger their share of the cohort."
        )
    ]
    if len(drawn) < len(cohorts):
        said.append(
            ngettext(
                "The newest {cohorts} cohort and first {quarters} quarters; all are in the CSV.",
                "The newest {cohorts} cohorts and first {quarters} quarters; all are in the CSV.",
                len(heads),
            ).format(cohorts=len(heads), quarters=_COLUMNS)
        )
    last = drawn[drawn["cohort"] == newest[0]].iloc[-1]
    shown = ngettext("{cohorts} cohort", "{cohorts} cohorts", len(heads)).format(cohorts=len(heads))
    stayed = ngettext(
        "of {accounts} account that came in {first_quarter}, {bought} bought in {last_quarter}",
        "of {accounts} accounts that came in {first_quarter}, {bought} bought in {last_quarter}",
        last["accounts"],
    ).format(
        accounts=numbers.count(last["accounts"]),
        first_quarter=quarter(last["cohort"].date()),
        bought=numbers.count(last["alive"]),
        last_quarter=quarter(last["quarter"].date()),
    )
    alt, subtitle = f"{title}. {shown}; {stayed}.", " ".join(said)
    return finish(
        fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(heads), below=8, head_room=40
    )


def _head(cohort: object, censored: bool) -> str:  # noqa: FBT001 - a row's own flag
    began = quarter(pd.Timestamp(str(cohort)).date())
    return _("to {quarter}").format(quarter=began) if censored else began


def quarter(day: dt.date) -> str:
    """Write the quarter of a day.

    >>> quarter(dt.date(2026, 4, 1))
    'Q2 2026'
    """
    return _("Q{quarter} {year}").format(quarter=(day.month + 2) // 3, year=day.year)


def _story(row: dict, currency: str | None) -> str:
    return story(
        _("First purchase {first_quarter}, seen in {quarter}").format(
            first_quarter=quarter(row["cohort"].date()), quarter=quarter(row["quarter"].date())
        ),
        ngettext(
            "{bought} of {accounts} account bought: {share}.",
            "{bought} of {accounts} accounts bought: {share}.",
            row["accounts"],
        ).format(
            bought=numbers.count(row["alive"]),
            accounts=numbers.count(row["accounts"]),
            share=numbers.percent(row["share"]),
        ),
        _("Revenue {revenue}, {share} of the first quarter's.").format(
            revenue=numbers.money(row["revenue"], currency), share=numbers.percent(row["revenue_share"])
        ),
        _("The data begin in this quarter: these may have bought for years before.") if row["is_censored"] else None,
    )
