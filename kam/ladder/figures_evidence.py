"""What pulls an account up or down the ladder: one bar a signal, grouped, with what was observed beside it."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import RUNGS
from kam.base.texts import _
from kam.chart.hover import HOVER, cut, lines, plain, short, story, wrapped
from kam.chart.palette import Palette, palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.ladder import words

SIGNAL_LETTERS, OBSERVED_LETTERS, OBSERVED_LINES = 28, 30, 3
_ROW, _LINE, _HEAD = 38, 14, 26
_FADED = 0.3


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
    fig.update_xaxes(range=[-reach * 1.06, reach * 1.06], nticks=5, tickformat=".1~f", title_text="log-odds")
    fig.update_yaxes(range=[at, 0], showticklabels=False)
    subtitle = _(
        "Pull of each signal in log-odds, its weight included. Paler: less weight, being older "
        "or one of several in its group."
    )
    silent = len(evidence) - len(known)
    if silent:
        subtitle += _(" {silent} not measured.").format(silent=numbers.counted(silent, "signal"))
    strongest = known.loc[strength.sort_values(ascending=False, kind="stable").index].head(3).to_dict("records")
    said = "; ".join(
        _("{signal} pulls {way}").format(signal=plain(row["signal"]), way=_way(row["log_odds"])) for row in strongest
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


def _way(log_odds: float) -> str:
    return _("towards a higher rung") if log_odds >= 0 else _("towards a lower rung")


def _story(row: dict) -> str:
    source = plain(row["source"])
    return story(
        row["signal"],
        _("Observed: {observed}.").format(observed=plain(row["observed"])) if plain(row["observed"]) else None,
        _("Level: {level}; it pulls {way}, weight {weight}.").format(
            level=plain(row["level"]), way=_way(row["log_odds"]), weight=numbers.percent(row["weight"])
        ),
        _("Source: {source}.").format(source=source) if source else None,
    )
