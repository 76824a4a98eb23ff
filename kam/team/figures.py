"""Our managers: what their accounts did beside one another's, how much each carries, and how each is skilled."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import RANGE
from kam.base.rules import ACTIVE_DAYS
from kam.base.texts import _, ngettext
from kam.chart.bar_rows import BAR_ROW, BAR_WIDTH, bar_places, name_bars
from kam.chart.hover import HOVER, short, story
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.team import words
from kam.team.words import SKILLS, WEAK

_ROW, _LETTERS, _MOST = 30, 20, 20
_STRONGEST = 0.9
_RATINGS = (1, 5)
_HEAD = 96  # for the names of the skills, slanted


def measure_figure(measures: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw one measure of each manager as a dot on its range, the surely different ones in the accent colour.

    Parameters
    ----------
    measures
        Rows of one measure of `Book.team_measures`, the highest value first.

    Returns
    -------
    A figure with the traces "range" and "value", one mark a manager, whose name is the first value of its custom
    data; at most 20, those with most accounts. The trace "others" marks the value of all other accounts at each row.
    """
    title = words.measure_title(measures)
    if measures.empty:
        return quiet(title=title, note=_("Nothing in this book tells this measure."), theme=theme)
    colours = palette(theme)
    drawn = measures.loc[measures["accounts"].sort_values(ascending=False, kind="stable").index[:_MOST].sort_values()]
    rows = [{**row, "at": _ROW * (place + 0.5)} for place, row in enumerate(drawn.to_dict("records"))]
    fig = go.Figure()
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 2},
        x=[value for row in rows for value in (row["low"], row["high"], None)],
        y=[value for row in rows for value in (row["at"], row["at"], None)],
    )
    fig.add_scatter(
        name="others",
        mode="markers",
        hoverinfo="skip",
        x=[row["others"] for row in rows],
        y=[row["at"] for row in rows],
        marker={"symbol": "line-ns", "size": 13, "line": {"color": colours.ink, "width": 2}},
    )
    fig.add_scatter(
        name="value",
        mode="markers",
        x=[row["value"] for row in rows],
        y=[row["at"] for row in rows],
        customdata=[[row["manager"], _story(row)] for row in rows],
        hovertemplate=HOVER,
        marker={
            "size": 12,
            "color": [colours.accent if row["is_sure"] else colours.mark for row in rows],
            "symbol": ["diamond" if row["is_sure"] else "circle" for row in rows],
            "line": {"color": colours.page, "width": 1},
        },
    )
    _add_words(fig, rows, colours)
    fig.update_xaxes(domain=[0.40, 0.66], nticks=3, tickformat=".0%")
    fig.update_yaxes(range=[_ROW * len(rows), 0], showticklabels=False)
    subtitle = _(
        "Over the accounts each manager has now, with their number. Line: {range} range; tick: "
        "all other accounts; diamond: surely different from them."
    ).format(range=RANGE)
    if len(drawn) < len(measures):
        subtitle = _("{subtitle} The {drawn} with most accounts of {managers}.").format(
            subtitle=subtitle, drawn=len(drawn), managers=numbers.count(len(measures))
        )
    said = "; ".join(f"{row['manager']} {numbers.percent(row['value'])}" for row in rows)
    return finish(
        fig, title=title, subtitle=subtitle, alt=f"{title}. {said}.", theme=theme, body=_ROW * len(rows), below=32
    )


def _add_words(fig: go.Figure, rows: list[dict], colours: Palette) -> None:
    notes = []
    for row in rows:
        shared = {
            "xref": "paper",
            "showarrow": False,
            "y": row["at"],
            "font": {"size": TEXT_SIZE, "color": colours.ink},
        }
        accounts = (
            f'<span style="font-size:{SMALL_SIZE}px;color:{colours.soft}">{numbers.count(row["accounts"])}</span>'
        )
        notes += [
            {**shared, "x": 0, "xanchor": "left", "text": f"{short(row['manager'], _LETTERS)}  {accounts}"},
            {**shared, "x": 1, "xanchor": "right", "text": _value(row)},
        ]
    fig.update_layout(annotations=notes)


def _value(row: dict) -> str:
    return numbers.percent_with_range(row["value"], row["low"], row["high"])


def _story(row: dict) -> str:
    others = (
        _("All others {others}.").format(others=numbers.percent(row["others"]))
        if numbers.known(row["others"])
        else None
    )
    low, high = (numbers.signed_points(row[name]) for name in ("difference_low", "difference_high"))
    compared = _("{difference} against them; from {low} to {high} is possible.").format(
        difference=numbers.signed_points(row["difference"]), low=low, high=high
    )
    return story(
        row["manager"],
        ngettext("{value} over {accounts} account.", "{value} over {accounts} accounts.", row["accounts"]).format(
            value=_value(row), accounts=numbers.count(row["accounts"])
        ),
        others,
        compared if numbers.known(row["difference_low"]) else None,
    )


def carried_figure(team: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light") -> go.Figure:
    """Draw the revenue each manager looks after, the part where nobody was in touch for 90 days apart.

    Parameters
    ----------
    team
        The frame of `Book.team`, most revenue first.

    Returns
    -------
    A figure with the traces "in touch" and "nobody in touch" (hatched), one bar a manager, whose name is the
    first value of its custom data; at most 20.
    """
    title = words.carried_title(team)
    drawn = team[team["revenue"] > 0].head(_MOST)
    if drawn.empty:
        return quiet(title=title, note=_("Nobody looks after an account with revenue."), theme=theme)
    colours, records = palette(theme), drawn.to_dict("records")
    silent = drawn["silent_revenue"].fillna(0.0)
    told = [[row["manager"], _load(row, currency)] for row in records]
    hatched = {"shape": "/", "fgcolor": colours.mark, "bgcolor": colours.page, "fillmode": "replace", "size": 5}
    fig = go.Figure()
    for name, values, more in (
        ("in touch", drawn["revenue"] - silent, {}),
        ("nobody in touch", silent, {"pattern": {**hatched, "solidity": 0.45}}),
    ):
        fig.add_bar(
            name=name,
            orientation="h",
            x=values.tolist(),
            y=bar_places(len(records)),
            width=BAR_WIDTH,
            customdata=told,
            hovertemplate=HOVER,
            marker={"color": colours.mark, "line": {"color": colours.mark, "width": 1}, **more},
        )
    said = [
        ngettext("{revenue}; {accounts} account", "{revenue}; {accounts} accounts", row["accounts"]).format(
            revenue=numbers.money(row["revenue"]), accounts=numbers.count(row["accounts"])
        )
        for row in records
    ]
    name_bars(fig, drawn["manager"].tolist(), said, letters=2 * _LETTERS, colours=colours)
    fig.update_layout(barmode="stack")
    subtitle = (
        _("Revenue in {currency}, {window}; active accounts. Hatched: where nobody was in touch for {days} days.")
        if currency
        else _("Revenue, {window}; active accounts. Hatched: where nobody was in touch for {days} days.")
    ).format(currency=currency, window=window, days=ACTIVE_DAYS)
    if len(drawn) < len(team):
        subtitle = _("{subtitle} {drawn} of {managers} managers.").format(
            subtitle=subtitle, drawn=len(drawn), managers=numbers.count(len(team))
        )
    alt = f"{title}. " + "; ".join(f"{row['manager']} {numbers.money(row['revenue'])}" for row in records) + "."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=BAR_ROW * len(records), below=8)


def _load(row: dict, currency: str | None) -> str:
    touches = row["touches_a_month"]
    return story(
        row["manager"],
        ngettext(
            "{revenue} from {accounts} active account.", "{revenue} from {accounts} active accounts.", row["accounts"]
        ).format(revenue=numbers.money(row["revenue"], currency), accounts=numbers.count(row["accounts"])),
        _("Nobody was in touch at {accounts} of them for {days} days.").format(
            accounts=numbers.count(row["silent_accounts"]), days=ACTIVE_DAYS
        )
        if row["silent_accounts"] > 0
        else None,
        _("{touches:.1f} touches a month and account.").format(touches=touches) if numbers.known(touches) else None,
        _("{overdue} of {open} open steps overdue.").format(
            overdue=numbers.count(row["overdue_milestones"]), open=numbers.count(row["open_milestones"])
        )
        if row["open_milestones"] > 0
        else None,
    )


def skills_figure(skills: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw how each manager is rated in the seven skills as squares with the rating, the weak ones with “!”.

    Parameters
    ----------
    skills
        The frame of `Book.skills`.

    Returns
    -------
    A figure with one trace "skills": the better, the darker; blank where nobody rated. The 20 with the lowest mean.
    """
    title = words.skills_title(skills)
    rated = skills.set_index("manager")[list(SKILLS)].astype("float64").dropna(how="all")
    if rated.empty:
        return quiet(title=title, note=_("The managers table rates nobody's skills."), theme=theme)
    colours = palette(theme)
    drawn = rated.loc[rated.mean(axis=1).sort_values(kind="stable").index].head(_MOST)
    texts = [[_rating(value) for value in row] for row in drawn.to_numpy().tolist()]
    stories = [
        [
            ["", story(manager, _("{skill}: {rating} of 5.").format(skill=SKILLS[skill], rating=_rating(value)))]
            for skill, value in zip(drawn.columns, row, strict=True)
        ]
        for manager, row in zip(drawn.index, drawn.to_numpy().tolist(), strict=True)
    ]
    fig = go.Figure()
    fig.add_heatmap(
        name="skills",
        z=drawn.to_numpy().tolist(),
        x=list(range(len(SKILLS))),
        y=list(range(len(drawn))),
        customdata=stories,
        hovertemplate=HOVER,
        text=texts,
        texttemplate="%{text}",
        textfont={"size": TEXT_SIZE},
        xgap=3,
        ygap=3,
        zmin=_RATINGS[0],
        zmax=_RATINGS[1],
        showscale=False,
        hoverongaps=False,
        colorscale=[[0, colours.raised], [1, tint(colours.mark, colours.page, _STRONGEST)]],
    )
    fig.update_xaxes(
        side="top",
        tickvals=list(range(len(SKILLS))),
        ticktext=list(SKILLS.values()),
        tickangle=45,
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    fig.update_yaxes(
        tickvals=list(range(len(drawn))),
        ticktext=[short(name, _LETTERS) for name in drawn.index],
        autorange="reversed",
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    subtitle = _("Rated from 1 poor to 5 excellent, the lowest mean on top; “!”: {weak} or less.").format(weak=WEAK)
    if len(drawn) < len(rated):
        subtitle = _("{subtitle} The first {drawn} of {managers}.").format(
            subtitle=subtitle, drawn=len(drawn), managers=numbers.count(len(rated))
        )
    alt = _("{title}. A grid of {managers} managers by seven skills.").format(title=title, managers=len(drawn))
    return finish(
        fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(drawn), below=8, head_room=_HEAD
    )


def _rating(value: float) -> str:
    if not numbers.known(value):
        return ""
    return f"{value:.0f}{' !' if value <= WEAK else ''}"
