"""How far plans and objectives have come beside the time that is over, and where one objective is heading."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.amounts import amount, is_share
from kam.base.ranges import FORECAST_RANGE
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, escaped, short, story
from kam.chart.palette import OBJECTIVE_SYMBOLS, OBJECTIVE_WORDS, Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.plan import words

LETTERS = 34
_ROW, _TEXT, _BAR = 46, 12, 34  # pixels: a row, its words from the top, its bar from the top
_THICK = 0.2
_WORST_FIRST = ("red", "amber", "not_measured", "green")
_MARKS = {"circle": "●", "triangle-up": "▲", "diamond": "◆", "circle-open": "○"}
_BODY, _ROOM = 300, 0.12


def plans_figure(plans: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw how far each running plan of `Book.plans` has come beside its time."""
    running = words.running(plans)
    rows = pd.DataFrame([_plan(row) for row in running.to_dict("records")])
    return progress_figure(rows, title=words.plans_title(running), what="plan", theme=theme)


def objectives_figure(objectives: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw how far each objective of one plan, rows of `Book.objectives`, has come beside its time."""
    rows = pd.DataFrame([_objective(row) for row in objectives.to_dict("records")])
    title = words.objectives_title(objectives, str(objectives["plan"].iloc[0]))
    return progress_figure(rows, title=title, what="objective", theme=theme)


def progress_figure(rows: pd.DataFrame, *, title: str, what: str, theme: str = "light", limit: int = 15) -> go.Figure:
    """Draw progress as a bar from 0 to the whole way, and the share of the time that is over as a tick.

    Parameters
    ----------
    rows
        account_id, label, progress (0 is the start, 1 the target; NaN = not measured), time_used (0–1), status (green,
        amber, red, not measured), note (in words, beside the status), told (a sentence for the hover).
    what
        What a row is: "plan" or "objective".
    limit
        So many are drawn, those furthest behind their time first; the subtitle says of how many.

    Returns
    -------
    A figure with the traces "way" (the whole way), "progress" and "time used"; one row each, of 46 pixels.
    """
    if rows.empty:
        note = _("There is no running plan to draw.") if what == "plan" else _("There is no objective to draw.")
        return quiet(title=title, note=note, theme=theme)
    behind = (rows["time_used"].fillna(0) - rows["progress"].clip(0, 1)).fillna(-1)
    drawn = rows.loc[behind.sort_values(ascending=False, kind="stable").index].head(limit)
    colours = palette(theme)
    fig = go.Figure()
    records = drawn.to_dict("records")
    at = [place * _ROW + _BAR for place in range(len(records))]
    marks = custom(drawn["account_id"].tolist(), [_story(row) for row in records])
    bars = {"orientation": "h", "y": at, "width": _THICK * _ROW, "customdata": marks, "hovertemplate": HOVER}
    fig.add_bar(name="way", x=[1.0] * len(records), marker={"color": tint(colours.rule, colours.page, 0.7)}, **bars)
    fig.add_bar(
        name="progress",
        x=drawn["progress"].clip(0, 1).fillna(0).tolist(),
        marker={"color": [colours.objective[row["status"]] for row in records]},
        **bars,
    )
    fig.add_scatter(
        name="time used",
        mode="markers",
        x=drawn["time_used"].tolist(),
        y=at,
        customdata=marks,
        hovertemplate=HOVER,
        marker={"symbol": "line-ns", "size": 17, "line": {"color": colours.ink, "width": 2}},
        cliponaxis=False,
    )
    _add_words(fig, records, colours)
    fig.update_layout(barmode="overlay")
    fig.update_xaxes(range=[0, 1], tickvals=[0.5], ticktext=[_("half of the way")])
    fig.update_yaxes(range=[len(records) * _ROW, 0], showticklabels=False)
    subtitle = _("Bar: share of the way from baseline to target; tick: share of the time that is over.")
    if len(rows) > len(drawn):
        of_all = (
            _("{subtitle} The {drawn} furthest behind of {every} running plans.")
            if what == "plan"
            else _("{subtitle} The {drawn} furthest behind of {every} objectives.")
        )
        subtitle = of_all.format(subtitle=subtitle, drawn=len(drawn), every=numbers.count(len(rows)))
    said = "; ".join(f"{row['label']}: {OBJECTIVE_WORDS[row['status']]}" for row in records[:5])
    return finish(
        fig, title=title, subtitle=subtitle, alt=f"{title}. {said}.", theme=theme, body=len(records) * _ROW, below=30
    )


def _add_words(fig: go.Figure, records: list[dict], colours: Palette) -> None:
    """Write names and statuses over the bars; all at once, as Plotly copies every earlier text for each one added."""
    shared = {"xref": "paper", "showarrow": False, "bgcolor": colours.page, "borderpad": 0}
    ink = {"size": TEXT_SIZE, "color": colours.ink}
    small = {"size": SMALL_SIZE, "color": colours.ink}
    notes = []
    for place, row in enumerate(records):
        y = place * _ROW + _TEXT
        status = OBJECTIVE_WORDS[row["status"]]
        said = f"{status}, {row['note']}" if row["note"] else status
        mark = _MARKS[OBJECTIVE_SYMBOLS[row["status"]]]
        dot = f'<span style="color:{colours.objective[row["status"]]}">{mark}</span>'
        notes += [
            {**shared, "x": 0, "xanchor": "left", "y": y, "text": short(row["label"], LETTERS), "font": ink},
            {**shared, "x": 1, "xanchor": "right", "y": y, "text": f"{dot} {short(said, 30)}", "font": small},
        ]
    # at the very edges a tick's own text would be cut in half
    foot = {
        "xref": "paper",
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -6,
        "showarrow": False,
        "font": {"size": SMALL_SIZE, "color": colours.soft},
    }
    notes += [
        {**foot, "x": 0, "xanchor": "left", "text": _("start")},
        {**foot, "x": 1, "xanchor": "right", "text": _("target")},
    ]
    fig.update_layout(annotations=notes)


def _story(row: dict) -> str:
    way = (
        _("Not measured.")
        if pd.isna(row["progress"])
        else _("{share} of the way.").format(share=numbers.percent(row["progress"]))
    )
    time = (
        ""
        if pd.isna(row["time_used"])
        else _("{share} of the time is over.").format(share=numbers.percent(row["time_used"]))
    )
    return story(row["label"], f"{way} {time}".strip(), row["told"])


def _plan(row: dict) -> dict[str, object]:
    worst = next((status for status in _WORST_FIRST if row[status]), "not_measured")
    return {
        "account_id": row["account_id"],
        "label": row["name"],
        "progress": row["progress"],
        "time_used": row["time_used"],
        "status": worst.replace("_", " "),
        "note": _("{number} of {objectives}").format(
            number=numbers.count(row[worst]), objectives=numbers.count(row["objectives"])
        ),
        "told": words.standing(pd.Series(row)),
    }


def _objective(row: dict) -> dict[str, object]:
    return {
        **{name: row[name] for name in ("account_id", "progress", "time_used", "status")},
        "label": row["title"],
        "note": _("{chance} likely").format(chance=numbers.percent(row["chance"]))
        if numbers.known(row["chance"])
        else "",
        "told": row["reason"],
    }


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
    subtitle = _("Line: measured; dashed: straight to the target; band: {share} range of the forecast.").format(
        share=FORECAST_RANGE
    )
    if isinstance(unit, str) and not is_share(unit):
        subtitle = _("In {unit}. {subtitle}").format(unit=unit, subtitle=subtitle)
    alt = ngettext(
        "{title}. Line of {values} measured value, with the path to the target.",
        "{title}. Line of {values} measured values, with the path to the target.",
        len(measured),
    ).format(title=title, values=numbers.count(len(measured)))
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
    told = _("Measured: {value}.") if name == "measured" else _("Forecast: {value}.")
    stories = [
        story(numbers.day(row["on"]), told.format(value=amount(row[column], unit)), _range(row, column, unit))
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
    return _("{share}: from {low} to {high}.").format(
        share=FORECAST_RANGE, low=amount(row["forecast_low"], unit), high=amount(row["forecast_high"], unit)
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
            [objective["account_id"]], [story(said, _("Due {day}.").format(day=numbers.day(objective["due_on"])))]
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
