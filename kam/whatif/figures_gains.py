"""Who brings more under a scenario, and who less: one bar an account, the biggest change first."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.chart.bar_rows import add_ends, add_names
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import finish, quiet
from kam.whatif import words

_ROW, _LEAST = 38, 0.005
_ROOM = 0.3


def gains_figure(accounts: pd.DataFrame, currency: str | None, *, theme: str = "light", top: int = 12) -> go.Figure:
    """Draw the change of expected revenue of the accounts that a scenario moves most.

    Parameters
    ----------
    accounts
        account_id (missing for a won one), name, baseline, scenario, change, low, high, margin_change, what.
    top
        So many are drawn; the subtitle says of how many.

    Returns
    -------
    A figure with one trace "change". Lost and won accounts are hatched and say so.
    """
    title = words.gains_title(accounts, currency)
    moved = accounts[accounts["change"].abs() > _LEAST]
    if moved.empty:
        return quiet(title=title, note=_("No account's revenue is moved by these levers."), theme=theme)
    drawn = moved.loc[moved["change"].abs().sort_values(ascending=False, kind="stable").index].head(top)
    colours = palette(theme)
    rows = drawn.to_dict("records")
    fills = [colours.money["up" if row["change"] > 0 else "down"] for row in rows]
    gone = [row["what"] in {"lost", "won"} for row in rows]
    fig = go.Figure()
    fig.add_bar(
        name="change",
        orientation="h",
        x=drawn["change"],
        y=list(range(len(drawn))),
        width=0.4,
        hovertemplate=HOVER,
        customdata=custom(drawn["account_id"].tolist(), [_story(row, currency) for row in rows]),
        marker={
            "color": fills,
            "line": {"color": fills, "width": 1},
            "pattern": {
                "shape": ["/" if each else "" for each in gone],
                "fgcolor": fills,
                "bgcolor": colours.page,
                "fillmode": "replace",
                "size": 5,
                "solidity": 0.45,
            },
        },
    )
    low, high = min(0.0, float(drawn["change"].min())), max(0.0, float(drawn["change"].max()))
    room = _ROOM * (high - low)
    left = low - (room if low else 0)
    add_names(fig, drawn["name"].tolist(), at=left, colours=colours)
    ends = [
        (
            row["change"],
            place,
            numbers.signed_money(row["change"]) + (f" {row['what']}" if hatched else ""),
            row["change"] > 0,
        )
        for place, (row, hatched) in enumerate(zip(rows, gone, strict=True))
    ]
    add_ends(fig, ends, colours=colours)
    fig.update_xaxes(range=[left, high + (room if high else 0)], showticklabels=False, zeroline=True, zerolinewidth=1)
    fig.update_yaxes(range=[len(drawn) - 0.4, -0.75], showticklabels=False)
    subtitle = _("Change of expected revenue in the twelve months ahead{value}.").format(
        value=f", {currency}" if currency else ""
    )
    if len(moved) > len(drawn):
        subtitle += _(" The {count} biggest of {count_2}.").format(count=len(drawn), count_2=numbers.count(len(moved)))
    alt = _("{title}. Bars of {count} accounts by the change of their revenue.").format(title=title, count=len(drawn))
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(drawn), below=12)


def _story(row: dict, currency: str | None) -> str:
    margin = (
        _("Margin {margin_change}.").format(margin_change=numbers.signed_money(row["margin_change"]))
        if numbers.known(row["margin_change"])
        else None
    )
    return story(
        row["name"],
        _("Expected {scenario} against {baseline}: {change}.").format(
            scenario=numbers.money(row["scenario"], currency),
            baseline=numbers.money(row["baseline"]),
            change=numbers.signed_money(row["change"]),
        ),
        _("{scenario_range}: {low} to {high}.").format(
            scenario_range=SCENARIO_RANGE, low=numbers.money(row["low"]), high=numbers.money(row["high"])
        ),
        margin,
    )
