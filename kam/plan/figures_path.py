"""One objective's way: what was measured month by month, the straight line to its target, and where it is heading."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.amounts import amount, is_share
from kam.base.ranges import FORECAST_RANGE
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, escaped, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.plan import words

_BODY = 300
_ROOM = 0.12


def path_figure(history: pd.DataFrame, objective: pd.Series, today: dt.date, *, theme: str = "light") -> go.Figure:
    """Draw an objective's measured values, its expected path and its forecast with the 80 % range.

    Parameters
    ----------
    history
        `Book.objective_history`: on, value, expected, forecast, forecast_low, forecast_high.
    objective
        Its row of `Book.objectives`: account_id, title, unit, baseline, target, due_on, forecast.
    today
        Drawn as a line.

    Returns
    -------
    A figure with the traces "range", "expected", "measured", "forecast" and "target".
    """
    title = words.path_title(objective)
    if history[["value", "expected"]].isna().all(axis=None):
        return quiet(
            title=title, note=_("Nothing is measured of this objective, and it has no path to follow."), theme=theme
        )
    colours, unit = palette(theme), objective["unit"]
    measured, line = history.dropna(subset=["value"]), history.dropna(subset=["expected"])
    ahead = history.dropna(subset=["forecast"])
    if len(measured) and len(ahead):
        last = measured.tail(1)
        held = last.assign(forecast=last["value"], forecast_low=last["value"], forecast_high=last["value"])
        ahead = pd.concat([held, ahead])
    fig = go.Figure()
    _add_range(fig, ahead, colours)
    fig.add_scatter(
        name="expected",
        mode="lines",
        x=line["on"],
        y=line["expected"],
        hoverinfo="skip",
        line={"color": colours.soft, "width": 1.5, "dash": "dash"},
    )
    _add_line(fig, measured, "value", "measured", unit, colours.mark, objective["account_id"])
    if len(ahead):
        _add_line(fig, ahead, "forecast", "forecast", unit, colours.accent, objective["account_id"])
    _add_target(fig, objective, unit, colours)
    fig.add_vline(x=f"{today:%Y-%m-%d}", line={"color": colours.rule, "width": 1.5})
    low, high = _span(history, objective)
    fig.update_yaxes(range=[low, high], nticks=5, showgrid=True, tickformat=_format(unit))
    fig.update_xaxes(type="date", nticks=6, tickformat="%b\n%Y")
    subtitle = _(
        "{measure}Line: measured; dashed: straight to the target; band: {forecast_range} range of the forecast."
    ).format(measure=_measure(unit), forecast_range=FORECAST_RANGE)
    alt = _("{title}. Line of {counted}, with the path to the target.").format(
        title=title, counted=numbers.counted(len(measured), "measured value")
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_BODY, below=48)


def _add_range(fig: go.Figure, ahead: pd.DataFrame, colours: Palette) -> None:
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        fill="toself",
        line={"width": 0},
        fillcolor=tint(colours.accent, colours.page, 0.22),
        x=[*ahead["on"], *ahead["on"][::-1]],
        y=[*ahead["forecast_high"], *ahead["forecast_low"][::-1]],
    )


def _add_line(
    fig: go.Figure, rows: pd.DataFrame, column: str, name: str, unit: str | None, colour: str, account: str
) -> None:
    stories = [
        story(numbers.day(row["on"]), f"{name.capitalize()}: {amount(row[column], unit)}.", _range(row, column, unit))
        for row in rows.to_dict("records")
    ]
    fig.add_scatter(
        name=name,
        mode="lines+markers" if name == "measured" else "lines",
        x=rows["on"],
        y=rows[column],
        line={"color": colour, "width": 2, "dash": "solid" if name == "measured" else "dot"},
        marker={"size": 5},
        customdata=custom([account] * len(rows), stories),
        hovertemplate=HOVER,
    )


def _range(row: dict, column: str, unit: str | None) -> str | None:
    if column != "forecast":
        return None
    return _("{forecast_range}: from {forecast_low} to {forecast_high}.").format(
        forecast_range=FORECAST_RANGE,
        forecast_low=amount(row["forecast_low"], unit),
        forecast_high=amount(row["forecast_high"], unit),
    )


def _add_target(fig: go.Figure, objective: pd.Series, unit: str | None, colours: Palette) -> None:
    if pd.isna(objective["target"]) or pd.isna(objective["due_on"]):
        return
    said = _("target {target}").format(target=amount(objective["target"], unit))
    fig.add_scatter(
        name="target",
        mode="markers",
        x=[objective["due_on"]],
        y=[objective["target"]],
        hovertemplate=HOVER,
        customdata=custom(
            [objective["account_id"]], [story(said, _("Due {due_on}.").format(due_on=numbers.day(objective["due_on"])))]
        ),
        marker={"symbol": "diamond-open", "size": 12, "color": colours.ink, "line": {"width": 2}},
        cliponaxis=False,
    )
    # on the side of the mark that the forecast does not pass
    is_above = not pd.notna(objective["forecast"]) or objective["forecast"] < objective["target"]
    fig.add_annotation(
        x=objective["due_on"],
        y=objective["target"],
        text=escaped(said),
        showarrow=False,
        xanchor="right",
        xshift=8,
        yshift=16 if is_above else -16,
        font={"size": SMALL_SIZE, "color": colours.ink},
        bgcolor=colours.page,
        borderpad=1,
    )


def _span(history: pd.DataFrame, objective: pd.Series) -> tuple[float, float]:
    told = [history[name] for name in ("value", "expected", "forecast_low", "forecast_high")]
    every = pd.concat([*told, pd.Series([objective["target"]], dtype="float64")]).dropna()
    low, high = float(every.min()), float(every.max())
    room = _ROOM * (high - low) or abs(high) * _ROOM or 1.0
    return low - room, high + room


def _format(unit: str | None) -> str:
    return ".1%" if is_share(unit) else ".3~s"


def _measure(unit: str | None) -> str:
    return _("In {unit}. ").format(unit=unit) if isinstance(unit, str) and not is_share(unit) else ""
