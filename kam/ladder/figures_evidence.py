"""What pulls an account up or down the ladder, signal by signal, and what a rung goes with: margin and retention."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import RANGE
from kam.base.terms import RUNG_NAMES, RUNGS
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, cut, lines, plain, short, story, wrapped
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.ladder import words, words_rungs

SIGNAL_LETTERS, OBSERVED_LETTERS, OBSERVED_LINES = 28, 30, 3
_ROW, _LINE, _HEAD = 38, 14, 26
_FADED = 0.3
_MEASURE_ROW, _GAP = 30, 16
_MEANING = {
    "margin rate": _("Margin rate"),
    "discount rate": _("Discount off list"),
    "NRR": _("Net revenue retention"),
    "GRR": _("Gross revenue retention"),
}


def evidence_figure(evidence: pd.DataFrame, *, account_id: str, rung: pd.Series, theme: str = "light") -> go.Figure:
    """Draw each signal's pull in log-odds: to the right towards a higher rung, to the left towards a lower one.

    Parameters
    ----------
    evidence
        One row a signal: group, signal, level, weight (0–1, falls with age), log_odds, observed, source. Signals
        without a log-odds value did not speak: they are counted in the subtitle.
    account_id
        The account the evidence is of; every mark carries it.

    Returns
    -------
    A figure with one trace "pull"; within a group the strongest pull is on top. The paler a bar, the less its
    weight.
    """
    title = words.evidence_title(rung)
    known = evidence.loc[evidence["log_odds"].notna()]
    if known.empty:
        return quiet(title=title, note=_("No signal speaks about this account yet."), theme=theme)
    colours = palette(theme)
    strength = known["log_odds"].abs()
    first = strength.groupby(known["group"]).sum().sort_values(ascending=False, kind="stable")
    rows: list[dict] = []
    heads: list[tuple[float, str]] = []
    at = 0.0
    for group in first.index:
        members = known.loc[known["group"] == group]
        members = members.loc[members["log_odds"].abs().sort_values(ascending=False, kind="stable").index]
        heads.append((at + _HEAD / 2, str(group)))
        at += _HEAD
        for row in members.to_dict("records"):
            seen = wrapped(
                cut(plain(row["observed"]) or plain(row["level"]), OBSERVED_LINES * (OBSERVED_LETTERS - 3)),
                OBSERVED_LETTERS,
            )
            high = _ROW + _LINE * (lines(seen) - 1)
            rows.append({**row, "at": at + high / 2, "words": seen})
            at += high
    reach = max(float(strength.max()), 0.5)
    fig = go.Figure()
    _add_pulls(fig, rows, account_id, colours)
    _add_words(fig, rows, heads, colours)
    fig.add_shape(type="line", x0=0, x1=0, y0=0, y1=at, line={"color": colours.soft, "width": 1})
    for share, text, anchor in ((0, _("← towards a lower rung"), "left"), (1, _("towards a higher rung →"), "right")):
        fig.add_annotation(
            x=share,
            xref="paper",
            y=1,
            yref="y domain",
            yanchor="bottom",
            xanchor=anchor,
            text=text,
            showarrow=False,
            font={"size": SMALL_SIZE, "color": colours.soft},
        )
    fig.update_xaxes(range=[-reach * 1.06, reach * 1.06], nticks=5, tickformat=".1~f", title_text=_("log-odds"))
    fig.update_yaxes(range=[at, 0], showticklabels=False)
    subtitle = _(
        "Pull of each signal in log-odds, its weight included. Paler: less weight, being older "
        "or one of several in its group."
    )
    silent = len(evidence) - len(known)
    if silent:
        subtitle = ngettext(
            "{subtitle} {signals} signal not measured.", "{subtitle} {signals} signals not measured.", silent
        ).format(subtitle=subtitle, signals=numbers.count(silent))
    strongest = known.loc[strength.sort_values(ascending=False, kind="stable").index].head(3).to_dict("records")
    said = "; ".join(
        (
            _("{signal} pulls towards a higher rung")
            if row["log_odds"] >= 0
            else _("{signal} pulls towards a lower rung")
        ).format(signal=plain(row["signal"]))
        for row in strongest
    )
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title} {said}.", theme=theme, body=round(at), below=50)


def _add_pulls(fig: go.Figure, rows: list[dict], account_id: str, colours: Palette) -> None:
    full = [colours.rung[RUNGS[-1] if row["log_odds"] >= 0 else RUNGS[0]] for row in rows]
    weights = [min(1.0, max(0.0, float(row["weight"]))) if pd.notna(row["weight"]) else 0.0 for row in rows]
    fig.add_bar(
        name="pull",
        orientation="h",
        x=[row["log_odds"] for row in rows],
        y=[row["at"] for row in rows],
        width=15,
        customdata=[[account_id, _story(row)] for row in rows],
        hovertemplate=HOVER,
        marker={
            "color": [
                tint(fill, colours.page, _FADED + (1 - _FADED) * weight)
                for fill, weight in zip(full, weights, strict=True)
            ],
            "line": {"color": full, "width": 1},
        },
    )


def _add_words(fig: go.Figure, rows: list[dict], heads: list[tuple[float, str]], colours: Palette) -> None:
    """Write each signal across the zero line from its bar: its name, and under it what was observed.

    All at once, as Plotly copies every earlier text for each one added alone.
    """
    notes = [
        {
            "x": 0,
            "xref": "paper",
            "y": at,
            "xanchor": "left",
            "text": f"<b>{short(group, 40)}</b>",
            "showarrow": False,
            "font": {"size": SMALL_SIZE, "color": colours.soft},
            "bgcolor": colours.page,
        }
        for at, group in heads
    ]
    for row in rows:
        side, shift = ("right", -6) if row["log_odds"] >= 0 else ("left", 6)
        words = f'<span style="font-size:{SMALL_SIZE}px;color:{colours.soft}">{row["words"]}</span>'
        notes.append(
            {
                "x": 0,
                "y": row["at"],
                "xanchor": side,
                "xshift": shift,
                "showarrow": False,
                "align": side,
                "font": {"size": TEXT_SIZE, "color": colours.ink},
                "text": f"{short(row['signal'], SIGNAL_LETTERS)}<br>{words}",
            }
        )
    fig.update_layout(annotations=[*fig.layout.annotations, *notes])


def _story(row: dict) -> str:
    source = plain(row["source"])
    level = (
        _("Level: {level}; it pulls towards a higher rung, weight {weight}.")
        if row["log_odds"] >= 0
        else _("Level: {level}; it pulls towards a lower rung, weight {weight}.")
    )
    return story(
        row["signal"],
        _("Observed: {observed}.").format(observed=plain(row["observed"])) if plain(row["observed"]) else None,
        level.format(level=plain(row["level"]), weight=numbers.percent(row["weight"])),
        _("Source: {source}.").format(source=source) if source else None,
    )


def outcomes_figure(outcomes: pd.DataFrame, *, window: str, theme: str = "light") -> go.Figure:
    """Draw for each measure the value of every rung as a dot on its range, the numbers beside it.

    Parameters
    ----------
    outcomes
        The frame of `kam.ladder.outcomes.rung_outcomes`.
    window
        The twelve months it is about, in words.

    Returns
    -------
    A figure with the traces "range" and "value", one mark a measure and rung; each measure has an axis of its own, so
    that the eye compares rungs, not measures.
    """
    title = words_rungs.outcomes_finding(outcomes)
    subtitle = _(
        "{window}, by the rung of a year before, judged without prices. Line: {range} range by "
        "resampling the accounts; number: accounts."
    ).format(window=window, range=RANGE)
    if outcomes.empty:
        return quiet(title=title, note=_("No rung of a year ago is known to compare."), theme=theme)
    colours = palette(theme)
    rows, heads, lines, at = [], [], [], 0.0
    for measure, group in outcomes.groupby("measure", sort=False):
        heads.append((at + _HEAD / 2, _MEANING[str(measure)]))
        at += _HEAD
        low = float(group[["low", "value"]].min().min())
        high = float(group[["high", "value"]].max().max())
        span = max(high - low, 1e-6)
        for row in group.to_dict("records"):
            places = {name: (float(row[name]) - low) / span for name in ("low", "value", "high")}
            rows.append({**row, "at": at + _MEASURE_ROW / 2, "places": places})
            at += _MEASURE_ROW
        lines.append(at + _GAP / 2)
        at += _GAP
    fig = go.Figure()
    fig.add_scatter(
        name="range",
        mode="lines",
        hoverinfo="skip",
        line={"color": colours.soft, "width": 2},
        x=[value for row in rows for value in (row["places"]["low"], row["places"]["high"], None)],
        y=[value for row in rows for value in (row["at"], row["at"], None)],
    )
    fig.add_scatter(
        name="value",
        mode="markers",
        x=[row["places"]["value"] for row in rows],
        y=[row["at"] for row in rows],
        customdata=[["", _value_story(row)] for row in rows],
        hovertemplate=HOVER,
        marker={
            "size": 12,
            "color": [colours.rung[row["rung"]] for row in rows],
            "line": {"color": colours.page, "width": 1},
        },
    )
    _add_values(fig, rows, heads, colours)
    for line in lines[:-1]:
        fig.add_shape(type="line", x0=0, x1=1, xref="paper", y0=line, y1=line, line={"color": colours.rule, "width": 1})
    fig.update_xaxes(domain=[0.36, 0.70], range=[-0.05, 1.05], showticklabels=False)
    fig.update_yaxes(range=[at, 0], showticklabels=False)
    said = "; ".join(
        _("{measure} of {rungs} {value}").format(
            measure=words_rungs.MEASURES[row["measure"]],
            rungs=words_rungs.PLURAL[row["rung"]],
            value=numbers.percent(row["value"]),
        )
        for row in rows
    )
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title} {said}.", theme=theme, body=round(at), below=12)


def _add_values(fig: go.Figure, rows: list[dict], heads: list[tuple[float, str]], colours: Palette) -> None:
    left = {"x": 0, "xref": "paper", "xanchor": "left", "showarrow": False}
    notes = [
        {**left, "y": at, "text": f"<b>{head}</b>", "font": {"size": SMALL_SIZE, "color": colours.soft}}
        for at, head in heads
    ]
    for row in rows:
        font = {"size": TEXT_SIZE, "color": colours.ink}
        accounts = (
            f'<span style="font-size:{SMALL_SIZE}px;color:{colours.soft}">{numbers.count(row["accounts"])}</span>'
        )
        notes.append({**left, "y": row["at"], "text": f"{RUNG_NAMES[row['rung']]}  {accounts}", "font": font})
        notes.append({**left, "x": 1, "xanchor": "right", "y": row["at"], "text": _value(row), "font": font})
    fig.update_layout(annotations=[*fig.layout.annotations, *notes])


def _value(row: dict) -> str:
    return numbers.percent_with_range(row["value"], row["low"], row["high"])


def _value_story(row: dict) -> str:
    compared = _("Against the lowest rung {difference}, range {low} to {high}.").format(
        difference=numbers.signed_points(row["difference"]),
        low=numbers.signed_points(row["difference_low"]),
        high=numbers.signed_points(row["difference_high"]),
    )
    return story(
        RUNG_NAMES[row["rung"]],
        ngettext(
            "{measure} {value} over {accounts} account.", "{measure} {value} over {accounts} accounts.", row["accounts"]
        ).format(measure=_MEANING[row["measure"]], value=_value(row), accounts=numbers.count(row["accounts"])),
        compared if numbers.known(row["difference_low"]) else None,
    )
