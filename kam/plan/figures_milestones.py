"""Which steps of the plans are done, due and overdue, how far they slipped, and who has how many in which month."""

import datetime as dt

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, cut, escaped, plain, short, story
from kam.chart.palette import STATUS_SYMBOLS, STATUS_WORDS, Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.plan import words, words_milestones

ORDER = ("overdue", "due soon", "planned", "done late", "done")
ROW_LETTERS, OWNER_LETTERS, PLAN_LETTERS = 52, 14, 50  # what a row of a chart 400 px wide can hold
_ROW, _HEAD, _EDGE = 38, 30, 0.03
_LOAD_ROW, _LOAD_LETTERS, _MONTHS, _STRONGEST = 30, 20, 9, 0.9
_NOTHING = (0, 0, 0)
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
    (low, high), fig = _span(drawn, today), go.Figure()
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
        subtitle = _("{subtitle} The {drawn} most pressing of {milestones} milestones.").format(
            subtitle=subtitle, drawn=len(drawn), milestones=numbers.count(len(dated))
        )
    if undated := len(milestones) - len(dated):
        subtitle = ngettext(
            "{subtitle} {milestones} milestone without a date.",
            "{subtitle} {milestones} milestones without a date.",
            undated,
        ).format(subtitle=subtitle, milestones=numbers.count(undated))
    counts = dated["status"].value_counts()
    said = ", ".join(f"{numbers.count(counts[status])} {STATUS_WORDS[status]}" for status in ORDER if status in counts)
    alt = _("{title} {statuses}, on {today}.").format(title=title, statuses=said, today=numbers.day(today))
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
    room = max((days.max() - days.min()) * _EDGE, pd.Timedelta(days=7))
    return days.min() - room, days.max() + room


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
    if pd.isna(days):
        return STATUS_WORDS[row["status"]]
    late = abs(int(days))
    told = (
        ngettext("overdue {days} day", "overdue {days} days", late)
        if row["status"] == "overdue"
        else ngettext("done late {days} day", "done late {days} days", late)
    )
    return told.format(days=numbers.count(late))


def _story(row: dict) -> str:
    slip = 0 if pd.isna(row["slip_days"]) else int(row["slip_days"])
    slipped = (
        ngettext("Slip: {days} day late.", "Slip: {days} days late.", slip)
        if slip > 0
        else ngettext("Slip: {days} day early.", "Slip: {days} days early.", -slip)
    )
    told = (
        _("{status}. Done {due}, promised {promised}.")
        if plain(row["done_on"])
        else _("{status}. Expected {due}, promised {promised}.")
    )
    return story(
        row["title"],
        f"{plain(row['account'])}, {plain(row['plan'])}.",
        told.format(
            status=STATUS_WORDS[row["status"]].capitalize(),
            due=numbers.day(row["due"]),
            promised=numbers.day(row["base"]),
        ),
        slipped.format(days=numbers.count(abs(slip))) if slip else None,
        _("Owner: {owner}.").format(owner=plain(row["owner"])) if plain(row["owner"]) else _("No owner."),
    )


def _iso(day: dt.date) -> str:
    return f"{day:%Y-%m-%d}"


def load_figure(load: pd.DataFrame, *, by: str, today: dt.date, theme: str = "light", limit: int = 12) -> go.Figure:
    """Draw the open milestones of each owner or department by month as squares with their number.

    Parameters
    ----------
    load
        `Book.milestone_load`: who, month, milestones, overdue, at_risk; those with most to do first.
    limit
        So many rows are drawn; all months after the first nine share a column.

    Returns
    -------
    A figure with one trace "load": a cell is as dark as it is full, its number written in it; "!" where one is overdue.
    """
    title = words.load_title(load, by, today)
    if load.empty:
        return quiet(title=title, note=_("No milestone is open."), theme=theme)
    who = list(dict.fromkeys(load["who"]))
    months = sorted(load["month"].unique())[:_MONTHS]
    later = _("later")
    colours, rows = palette(theme), who[:limit]
    drawn = load[load["who"].isin(rows)]
    named = [numbers.month(month) if month in months else later for month in drawn["month"]]
    cells = _cells(drawn.assign(named=named))
    columns = [*(numbers.month(month) for month in months), *([later] if later in named else [])]
    counts = [[cells.get((person, month), _NOTHING)[0] for month in columns] for person in rows]
    texts = [[_load_text(cells.get((person, month), _NOTHING)) for month in columns] for person in rows]
    stories = [
        [["", _load_story(person, month, cells.get((person, month), _NOTHING))] for month in columns] for person in rows
    ]
    fig = go.Figure()
    fig.add_heatmap(
        name="load",
        z=counts,
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        customdata=stories,
        hovertemplate=HOVER,
        text=texts,
        texttemplate="%{text}",
        textfont={"size": TEXT_SIZE},
        xgap=3,
        ygap=3,
        zmin=0,
        zmax=max(max(row) for row in counts),
        showscale=False,
        colorscale=[[0, colours.raised], [1, tint(colours.mark, colours.page, _STRONGEST)]],
    )
    fig.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=[short(person, _LOAD_LETTERS) for person in rows],
        autorange="reversed",
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    fig.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=[name.replace(" ", "<br>", 1) for name in columns], tickangle=0
    )
    subtitle = _("Open milestones by the month they are due in; what is overdue counts now, with “!”.")
    if len(who) > limit:
        subtitle = _("{subtitle} The {drawn} with most to do of {every}.").format(
            subtitle=subtitle, drawn=limit, every=numbers.count(len(who))
        )
    alt = _("{title}. A grid of {rows} rows and {months} months with the number of open milestones.").format(
        title=title, rows=len(rows), months=len(columns)
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_LOAD_ROW * len(rows), below=44)


def _cells(load: pd.DataFrame) -> dict[tuple[str, str], tuple[int, ...]]:
    """Add up milestones, overdue and at risk by who and column."""
    cells: dict[tuple[str, str], tuple[int, ...]] = {}
    for row in load.to_dict("records"):
        key = (str(row["who"]), str(row["named"]))
        own = (row["milestones"], row["overdue"], row["at_risk"])
        cells[key] = tuple(int(old + new) for old, new in zip(cells.get(key, _NOTHING), own, strict=True))
    return cells


def _load_text(cell: tuple[int, ...]) -> str:
    milestones, overdue, _each = cell
    return f"{milestones}{' !' if overdue else ''}" if milestones else ""


def _load_story(person: str, month: str, cell: tuple[int, ...]) -> str:
    milestones, overdue, at_risk = cell
    if not milestones:
        return story(person, _("{month}: nothing is due.").format(month=month))
    return story(
        person,
        ngettext("{month}: {milestones} open milestone.", "{month}: {milestones} open milestones.", milestones).format(
            month=month, milestones=numbers.count(milestones)
        ),
        _("{overdue} overdue.").format(overdue=numbers.count(overdue)) if overdue else None,
        _("{at_risk} at risk by another.").format(at_risk=numbers.count(at_risk)) if at_risk else None,
    )
