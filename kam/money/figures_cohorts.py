"""How customers stay: a triangle of cohorts, each cell with how many still bought."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
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
    subtitle = _("Accounts that bought in the quarter, by the quarter of their first purchase; the darker, the larger")
    subtitle += _(" their share of the cohort.")
    if len(drawn) < len(cohorts):
        subtitle += _(" The newest {count} cohorts and first {columns} quarters; all are in the CSV.").format(
            count=len(heads), columns=_COLUMNS
        )
    last = drawn[drawn["cohort"] == newest[0]].iloc[-1]
    came, seen = quarter(last["cohort"].date()), quarter(last["quarter"].date())
    alt = _("{title}. {counted}; of {accounts} that").format(
        title=title,
        counted=numbers.counted(len(heads), "cohort"),
        accounts=numbers.counted(last["accounts"], "account"),
    )
    alt += _(" came in {came}, {alive} bought in {seen}.").format(
        came=came, alive=numbers.count(last["alive"]), seen=seen
    )
    return finish(
        fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(heads), below=8, head_room=40
    )


def _head(cohort: object, censored: bool) -> str:  # noqa: FBT001 - a row's own flag
    return f"{'to ' if censored else ''}{quarter(pd.Timestamp(str(cohort)).date())}"


def quarter(day: dt.date) -> str:
    """Write the quarter of a day.

    >>> quarter(dt.date(2026, 4, 1))
    'Q2 2026'
    """
    return f"Q{(day.month + 2) // 3} {day.year}"


def _story(row: dict, currency: str | None) -> str:
    begin, now = quarter(row["cohort"].date()), quarter(row["quarter"].date())
    return story(
        _("First purchase {begin}, seen in {now}").format(begin=begin, now=now),
        _("{alive} of {accounts} bought: {share}.").format(
            alive=numbers.count(row["alive"]),
            accounts=numbers.counted(row["accounts"], "account"),
            share=numbers.percent(row["share"]),
        ),
        _("Revenue {revenue}, {revenue_share} of the first quarter's.").format(
            revenue=numbers.money(row["revenue"], currency), revenue_share=numbers.percent(row["revenue_share"])
        ),
        _("The data begin in this quarter: these may have bought for years before.") if row["is_censored"] else None,
    )
