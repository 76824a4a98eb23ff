"""A scenario drawn: the months ahead beside the baseline, who brings more and who less, and scenarios side by side."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.chart.bar_rows import add_ends, add_names
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette, see_through
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.whatif import words

_BODY, _SAME = 250, 1e-9
_ROW, _LEAST, _ROOM = 38, 0.005, 0.3
_SCENARIO_ROW, _SCENARIO_ROOM = 52, 0.16
_LINES = {"baseline": _("baseline"), "scenario": _("scenario")}


def months_ahead_figure(months: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the expected revenue of each month ahead with its 80 % range, without and with the levers.

    Parameters
    ----------
    months
        month (first day), last_year, baseline, baseline_low, baseline_high, scenario, low, high; oldest first.

    Returns
    -------
    A figure with the traces "last year" (ticks), "baseline" and, if a lever changes anything, "scenario"; each of the
    latter two over a band.
    """
    title = words.months_title(months, currency)
    if months.empty:
        return quiet(title=title, note=_("No month ahead can be told."), theme=theme)
    colours = palette(theme)
    moved = bool(((months["scenario"] - months["baseline"]).abs() > _SAME).any())
    names = [numbers.month(month.date()) for month in months["month"]]
    fig = go.Figure()
    lines = [("baseline", "baseline_low", "baseline_high", colours.mark, "dot" if moved else "solid")]
    lines += [("scenario", "low", "high", colours.accent, "solid")] if moved else []
    for middle, low, high, colour, _each in lines:
        fig.add_scatter(
            name=f"{middle} range",
            x=[*names, *reversed(names)],
            y=[*months[high], *months[low][::-1]],
            fill="toself",
            fillcolor=see_through(colour, 0.18),
            line={"width": 0},
            hoverinfo="skip",
            mode="lines",
        )
    fig.add_scatter(
        name="last year",
        x=names,
        y=months["last_year"],
        mode="markers",
        hoverinfo="skip",
        marker={"symbol": "line-ew", "size": 14, "line": {"width": 2, "color": colours.soft}},
    )
    for middle, low, high, colour, dash in lines:
        expected = _("Baseline {revenue}.") if middle == "baseline" else _("Scenario {revenue}.")
        told = [
            story(
                name,
                expected.format(revenue=numbers.money(row[middle], currency)),
                _("{share}: {low} to {high}.").format(
                    share=SCENARIO_RANGE, low=numbers.money(row[low]), high=numbers.money(row[high])
                ),
                _("The same month last year {revenue}.").format(revenue=numbers.money(row["last_year"])),
            )
            for name, row in zip(names, months.to_dict("records"), strict=True)
        ]
        fig.add_scatter(
            name=middle,
            x=names,
            y=months[middle],
            mode="lines+markers",
            customdata=custom([""] * len(names), told),
            hovertemplate=HOVER,
            line={"color": colour, "width": 2, "dash": dash},
            marker={"color": colour, "size": 6},
        )
    _name_lines(fig, months, lines)
    short = [
        name.replace(" ", "<br>") if place == 0 or month.month == 1 else name.split()[0]
        for place, (name, month) in enumerate(zip(names, months["month"], strict=True))
    ]
    fig.update_xaxes(tickvals=names, ticktext=short, tickangle=0, range=[-0.4, len(names) - 0.6])
    fig.update_yaxes(rangemode="tozero", nticks=5, showgrid=True, tickformat=".2~s")
    subtitle = (
        _("Expected revenue a month, {currency}; band: {share} of the draws; tick: the same month last year")
        if currency
        else _("Expected revenue a month; band: {share} of the draws; tick: the same month last year")
    ).format(currency=currency, share=SCENARIO_RANGE)
    alt = (
        _("{title}. Lines of twelve months ahead with bands: baseline and scenario.")
        if moved
        else _("{title}. Lines of twelve months ahead with bands: baseline.")
    ).format(title=title)
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_BODY, below=44)


def _name_lines(fig: go.Figure, months: pd.DataFrame, lines: list[tuple]) -> None:
    """Write each line's name over or under it, where it is highest or lowest, so that the two stand apart."""
    upper = max(lines, key=lambda line: float(months[line[0]].mean()))
    for line in lines:
        values = months[line[0]].to_numpy(dtype=float)
        place = int(values.argmax()) if line is upper else int(values.argmin())
        place = min(max(place, 1), len(months) - 2)
        fig.add_scatter(
            name="names",
            mode="text",
            x=[numbers.month(months["month"].iloc[place].date())],
            y=[values[place]],
            text=[_LINES[line[0]]],
            textposition="top center" if line is upper else "bottom center",
            hoverinfo="skip",
            textfont={"size": SMALL_SIZE, "color": line[3]},
        )


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
    told = {"lost": _("{change} lost"), "won": _("{change} won")}
    ends = [
        (
            row["change"],
            place,
            told.get(row["what"], "{change}").format(change=numbers.signed_money(row["change"])),
            row["change"] > 0,
        )
        for place, row in enumerate(rows)
    ]
    add_ends(fig, ends, colours=colours)
    fig.update_xaxes(range=[left, high + (room if high else 0)], showticklabels=False, zeroline=True, zerolinewidth=1)
    fig.update_yaxes(range=[len(drawn) - 0.4, -0.75], showticklabels=False)
    subtitle = (
        _("Change of expected revenue in the twelve months ahead, {currency}.")
        if currency
        else _("Change of expected revenue in the twelve months ahead.")
    ).format(currency=currency)
    if len(moved) > len(drawn):
        subtitle = _("{subtitle} The {drawn} biggest of {accounts}.").format(
            subtitle=subtitle, drawn=len(drawn), accounts=numbers.count(len(moved))
        )
    alt = _("{title}. Bars of {accounts} accounts by the change of their revenue.").format(
        title=title, accounts=len(drawn)
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_ROW * len(drawn), below=12)


def _story(row: dict, currency: str | None) -> str:
    margin = (
        _("Margin {change}.").format(change=numbers.signed_money(row["margin_change"]))
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
        _("{share}: {low} to {high}.").format(
            share=SCENARIO_RANGE, low=numbers.money(row["low"]), high=numbers.money(row["high"])
        ),
        margin,
    )


def compared_figure(compared: pd.DataFrame, measure: str, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the change of a measure of money by each scenario as a mark on its 80 % range; 0 is the baseline.

    Parameters
    ----------
    compared
        name, measure, change, change_low, change_high, in the order in which they stand.
    measure
        "revenue", "margin" or "clv".

    Returns
    -------
    A figure with the traces "range" and "change".
    """
    title = words.compared_title(compared, measure, currency)
    rows = compared[(compared["measure"] == measure) & compared["change"].notna()]
    if rows.empty:
        return quiet(title=title, note=_("This measure cannot be told for any of these scenarios."), theme=theme)
    colours = palette(theme)
    places = list(range(len(rows)))
    fig = go.Figure()
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.mark, "width": 6},
        x=[end for low, high in zip(rows["change_low"], rows["change_high"], strict=True) for end in (low, high, None)],
        y=[end for place in places for end in (place, place, None)],
    )
    told = [
        story(
            row["name"],
            _("{change} against the baseline.").format(change=numbers.signed_money(row["change"], currency)),
            _("{share}: {low} to {high}.").format(
                share=SCENARIO_RANGE,
                low=numbers.signed_money(row["change_low"]),
                high=numbers.signed_money(row["change_high"]),
            ),
        )
        for row in rows.to_dict("records")
    ]
    fig.add_scatter(
        name="change",
        mode="markers",
        x=rows["change"],
        y=places,
        hovertemplate=HOVER,
        customdata=custom([""] * len(rows), told),
        marker={
            "size": 13,
            "color": [colours.money["up" if value >= 0 else "down"] for value in rows["change"]],
            "line": {"color": colours.page, "width": 2},
        },
    )
    ends = [0.0, *rows["change_low"], *rows["change_high"]]
    room = _SCENARIO_ROOM * ((max(ends) - min(ends)) or 1.0)
    named = [f"{row['name']}: {numbers.signed_money(row['change'])}" for row in rows.to_dict("records")]
    add_names(fig, named, at=min(ends) - room, colours=colours)
    fig.update_xaxes(
        range=[min(ends) - room, max(ends) + room], nticks=4, tickformat=".2~s", zeroline=True, zerolinewidth=1
    )
    fig.update_yaxes(range=[len(rows) - 0.5, -0.8], showticklabels=False)
    subtitle = (
        _("Change in the twelve months ahead, {currency}; bar: {share} of the draws; 0 is the baseline")
        if currency
        else _("Change in the twelve months ahead; bar: {share} of the draws; 0 is the baseline")
    ).format(currency=currency, share=SCENARIO_RANGE)
    alt = _("{title}. Changes by {scenarios} scenarios with their ranges.").format(title=title, scenarios=len(rows))
    return finish(
        fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_SCENARIO_ROW * len(rows) + 16, below=44
    )
