"""How far plans or objectives have come beside the time that is over: one bar each, the furthest behind on top."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, short, story
from kam.chart.palette import OBJECTIVE_SYMBOLS, OBJECTIVE_WORDS, Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.plan import words

LETTERS = 34
_ROW, _TEXT, _BAR = 46, 12, 34  # pixels: a row, its words from the top, its bar from the top
_THICK = 0.2
_WORST_FIRST = ("red", "amber", "not_measured", "green")


def plans_figure(plans: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw how far each running plan of `Book.plans` has come beside its time."""
    running = words.running(plans)
    rows = pd.DataFrame([_plan(row) for row in running.to_dict("records")])
    return progress_figure(rows, title=words.plans_title(running), what="running plan", theme=theme)


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
        What a row is, such as "plan".
    limit
        So many are drawn, those furthest behind their time first; the subtitle says of how many.

    Returns
    -------
    A figure with the traces "way" (the whole way), "progress" and "time used"; one row each, of 46 pixels.
    """
    if rows.empty:
        return quiet(title=title, note=_("There is no {what} to draw.").format(what=what), theme=theme)
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
        subtitle += _(" The {count} furthest behind of {counted}.").format(
            count=len(drawn), counted=numbers.counted(len(rows), what)
        )
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
        {**foot, "x": 0, "xanchor": "left", "text": "start"},
        {**foot, "x": 1, "xanchor": "right", "text": "target"},
    ]
    fig.update_layout(annotations=notes)


_MARKS = {"circle": "●", "triangle-up": "▲", "diamond": "◆", "circle-open": "○"}


def _story(row: dict) -> str:
    way = (
        _("Not measured.")
        if pd.isna(row["progress"])
        else _("{progress} of the way.").format(progress=numbers.percent(row["progress"]))
    )
    time = (
        ""
        if pd.isna(row["time_used"])
        else _("{time_used} of the time is over.").format(time_used=numbers.percent(row["time_used"]))
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
        "note": _("{row} of {objectives}").format(
            row=numbers.count(row[worst]), objectives=numbers.count(row["objectives"])
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
