"""Which steps of the plans are done, due and overdue, and how far they slipped: one row a milestone."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, cut, escaped, plain, short, story
from kam.chart.palette import STATUS_SYMBOLS, Palette, palette
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.plan import words_milestones

ORDER = ("overdue", "due soon", "planned", "done late", "done")
ROW_LETTERS, OWNER_LETTERS, PLAN_LETTERS = 52, 14, 50  # what a row of a chart 400 px wide can hold
_ROW, _HEAD = 38, 30
_EDGE = 0.03
_MONTHS_NAMED = pd.Timedelta(days=200)  # up to here every month has its tick, and none has two


def timeline_figure(milestones: pd.DataFrame, today: dt.date, *, theme: str = "light", limit: int = 30) -> go.Figure:
    """Draw each milestone's promised day as a tick, its done or forecast day as a mark, and the slip between as a line.

    Parameters
    ----------
    milestones
        One row a milestone: account_id, account, plan, title, owner, baseline_on, forecast_on, done_on, due_on,
        status, slip_days, days_left. Rows without any date are counted in the subtitle.
    today
        The day all statuses are of; drawn as a line.
    limit
        So many rows are drawn, the most pressing statuses first; the subtitle says of how many.

    Returns
    -------
    A figure with the traces "slip" and "baseline", one trace a status (named after it), grouped by account and plan,
    the plan with the most pressing milestone first. Its height grows with its rows.
    """
    title = words_milestones.timeline_title(milestones)
    dated = milestones.loc[milestones["due_on"].notna()]
    if dated.empty:
        return quiet(title=title, note=_("No plan has a milestone with a date yet."), theme=theme)
    pressing = dated.assign(
        press=dated["status"].map(ORDER.index),
        due=pd.to_datetime(dated["due_on"]),
        base=pd.to_datetime(dated["baseline_on"]),
    )
    drawn = pressing.sort_values(["press", "due"], kind="stable").head(limit)
    rows, heads, end = _rows(drawn)
    colours = palette(theme)
    low, high = _span(drawn, today)
    fig = go.Figure()
    fig.add_shape(
        type="line",
        x0=_iso(today),
        x1=_iso(today),
        y0=0,
        y1=end,
        layer="below",
        line={"color": colours.accent, "width": 1.5},
    )
    fig.add_annotation(
        x=_iso(today),
        y=1,
        yref="y domain",
        yanchor="bottom",
        text=_("today, {today}").format(today=numbers.day(today)),
        showarrow=False,
        xanchor=_towards_room(today, low, high),
        font={"size": SMALL_SIZE, "color": colours.accent},
    )
    _add_slips(fig, rows, colours)
    _add_marks(fig, rows, colours)
    _add_words(fig, rows, heads, colours)
    fig.update_xaxes(range=[_iso(low), _iso(high)], type="date", nticks=5, tickformat="%b\n%Y", showgrid=True)
    if high - low < _MONTHS_NAMED:
        fig.update_xaxes(dtick="M1")
    fig.update_yaxes(range=[end, 0], showticklabels=False)
    subtitle = _("Tick: day first promised; mark: day done, or now expected; line: slip.")
    if len(dated) > len(drawn):
        subtitle += _(" The {count} most pressing of {count_2} milestones.").format(
            count=len(drawn), count_2=numbers.count(len(dated))
        )
    if len(dated) < len(milestones):
        subtitle += _(" {counted} without a date.").format(
            counted=numbers.counted(len(milestones) - len(dated), "milestone")
        )
    counts = dated["status"].value_counts()
    said = ", ".join(f"{numbers.count(counts[status])} {status}" for status in ORDER if status in counts)
    alt = _("{title} {said}, on {today}.").format(title=title, said=said, today=numbers.day(today))
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=round(end), below=48)


def _rows(drawn: pd.DataFrame) -> tuple[list[dict], list[tuple[float, str]], float]:
    """Lay the rows out in pixels from the top: a head for each account's plan, then its milestones by their day."""
    rows: list[dict] = []
    heads: list[tuple[float, str]] = []
    at = 0.0
    plans: dict[tuple[str, ...], list[dict]] = {}
    for row in drawn.to_dict("records"):
        plans.setdefault(tuple(plain(row[name]) for name in ("account_id", "account", "plan")), []).append(row)
    for (_each, account, plan), own in plans.items():
        heads.append((at + _HEAD / 2 + 3, " · ".join(part for part in (account, plan) if part)))
        at += _HEAD
        for row in sorted(own, key=lambda each: each["due"]):
            rows.append({**row, "top": at + 10, "at": at + 27})
            at += _ROW
    return rows, heads, at + 6


def _span(drawn: pd.DataFrame, today: dt.date) -> tuple[pd.Timestamp, pd.Timestamp]:
    days = pd.concat([drawn["due"], drawn["base"], pd.Series([pd.Timestamp(today)])])
    low, high = days.min(), days.max()
    room = max((high - low) * _EDGE, pd.Timedelta(days=7))
    return low - room, high + room


def _towards_room(today: dt.date, low: pd.Timestamp, high: pd.Timestamp) -> str:
    share = (pd.Timestamp(today) - low) / (high - low)
    return "left" if share < 0.2 else "right" if share > 0.8 else "center"  # noqa: PLR2004 - a fifth holds half the text


def _add_slips(fig: go.Figure, rows: list[dict], colours: Palette) -> None:
    slipped = [row for row in rows if pd.notna(row["base"]) and row["base"] != row["due"]]
    fig.add_scatter(
        name="slip",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 1.5},
        x=[value for row in slipped for value in (_iso(row["base"]), _iso(row["due"]), None)],
        y=[value for row in slipped for value in (row["at"], row["at"], None)],
    )
    promised = [row for row in rows if pd.notna(row["base"])]
    fig.add_scatter(
        name="baseline",
        mode="markers",
        x=[_iso(row["base"]) for row in promised],
        y=[row["at"] for row in promised],
        customdata=custom([row["account_id"] for row in promised], [_story(row) for row in promised]),
        hovertemplate=HOVER,
        marker={"symbol": "line-ns", "size": 12, "line": {"color": colours.ink, "width": 2}},
    )


def _add_marks(fig: go.Figure, rows: list[dict], colours: Palette) -> None:
    for status in ORDER:
        of_status = [row for row in rows if row["status"] == status]
        if not of_status:
            continue
        fig.add_scatter(
            name=status,
            mode="markers",
            x=[_iso(row["due"]) for row in of_status],
            y=[row["at"] for row in of_status],
            customdata=custom([row["account_id"] for row in of_status], [_story(row) for row in of_status]),
            hovertemplate=HOVER,
            cliponaxis=False,
            marker={
                "symbol": STATUS_SYMBOLS[status],
                "size": 12,
                "color": colours.status[status],
                "line": {"color": colours.status[status], "width": 2 if status == "planned" else 1},
            },
        )


def _add_words(fig: go.Figure, rows: list[dict], heads: list[tuple[float, str]], colours: Palette) -> None:
    """Write the plans and milestones; all at once, as Plotly copies every earlier text for each one added alone."""
    shared = {"xref": "paper", "showarrow": False, "bgcolor": colours.page, "borderpad": 0}
    left = {**shared, "x": 0, "xanchor": "left", "font": {"size": TEXT_SIZE, "color": colours.ink}}
    right = {**shared, "x": 1, "xanchor": "right", "font": {"size": SMALL_SIZE, "color": colours.ink}}
    notes = [{**left, "y": at, "text": f"<b>{short(head, PLAN_LETTERS)}</b>"} for at, head in heads]
    for row in rows:
        owner, status = cut(row["owner"], OWNER_LETTERS), _status(row)
        text = short(row["title"], ROW_LETTERS - len(owner) - len(status))
        if owner:
            text += f' <span style="color:{colours.soft}">{escaped(owner)}</span>'
        notes += [{**left, "y": row["top"], "text": text}, {**right, "y": row["top"], "text": status}]
    fig.update_layout(annotations=[*fig.layout.annotations, *notes])


def _status(row: dict) -> str:
    days = {"overdue": row["days_left"], "done late": row["slip_days"]}.get(row["status"])
    return str(row["status"]) if pd.isna(days) else f"{row['status']} {numbers.counted(abs(days), 'day')}"


def _story(row: dict) -> str:
    slip = row["slip_days"]
    words = None
    if pd.notna(slip) and slip != 0:
        words = _("Slip: {abs} {value}.").format(
            abs=numbers.counted(abs(int(slip)), "day"), value="late" if slip > 0 else "early"
        )
    what = _("Done") if plain(row["done_on"]) else _("Expected")
    return story(
        row["title"],
        f"{plain(row['account'])}, {plain(row['plan'])}.",
        _("{capitalize}. {what} {due}, promised {base}.").format(
            capitalize=row["status"].capitalize(), what=what, due=numbers.day(row["due"]), base=numbers.day(row["base"])
        ),
        words,
        _("Owner: {owner}.").format(owner=plain(row["owner"])) if plain(row["owner"]) else _("No owner."),
    )


def _iso(day: dt.date) -> str:
    return f"{day:%Y-%m-%d}"
