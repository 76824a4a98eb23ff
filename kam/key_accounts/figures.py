"""Key accounts drawn: how sure each place on the list is, and one account's four criteria beside a second one's."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import BORDERLINE_FROM, KEY_FROM
from kam.base.terms import BORDERLINE, CLASS_NAMES, CRITERIA, CRITERION_NAMES, KEY
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, escaped, short, story
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.key_accounts import words

_SHOWN = {KEY: 8, BORDERLINE: 30, "rest": 6}
_ROW, _BAR, _LETTERS = 20, 0.65, 20
_CRITERION_ROW, _APART = 62, 0.18


def robustness_figure(key: pd.DataFrame, *, places: int, theme: str = "light") -> go.Figure:
    """Draw P(key) of the accounts around the cut as bars, the surest on top.

    Parameters
    ----------
    key
        account_id, name, p_key, key_class, rank_low, rank_high, score; P(key) descending.

    Returns
    -------
    A figure with one bar trace a class shown. Of the key accounts the least sure 8 are drawn, of the borderline ones
    the 30 nearest to one half, of the others the nearest 6; the subtitle says how many are left out on both sides.
    """
    title = words.robustness_title(key, places)
    if key.empty:
        return quiet(title=title, note=_("No account has revenue in these twelve months."), theme=theme)
    colours = palette(theme)
    shown, above, below = around_the_cut(key)
    names = [short(name, _LETTERS) for name in shown["name"]]
    stories = [
        story(
            row["name"],
            _("Key under {share} of weights: {key_class}.").format(
                share=numbers.percent(row["p_key"]), key_class=CLASS_NAMES[row["key_class"]]
            ),
            _("Rank {low:.0f} to {high:.0f}, score {score:.0f}.").format(
                low=row["rank_low"], high=row["rank_high"], score=row["score"]
            ),
        )
        for _each, row in shown.iterrows()
    ]
    marks = custom(shown["account_id"].tolist(), stories)
    fig = go.Figure()
    for name in dict.fromkeys(shown["key_class"]):
        at = [place for place, its in enumerate(shown["key_class"]) if its == name]
        fig.add_bar(
            name=CLASS_NAMES[name],
            orientation="h",
            y=at,
            x=shown["p_key"].iloc[at].tolist(),
            showlegend=True,
            width=_BAR,
            marker={"color": colours.key_class[name]},
            customdata=[marks[place] for place in at],
            hovertemplate=HOVER,
        )
    for cut in (0.2, 0.8):
        fig.add_vline(x=cut, line={"color": colours.soft, "width": 1, "dash": "dot"})
    fig.update_layout(barmode="overlay", showlegend=True)
    fig.update_xaxes(range=[0, 1], tickvals=[0, 0.2, 0.5, 0.8, 1], tickformat=".0%")
    fig.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=names, range=[len(shown) - 0.4, -0.6], tickfont={"size": SMALL_SIZE}
    )
    subtitle = _(
        "Share of weightings in which each account is on the list. Dotted: {borderline_from} and "
        "{key_from}, the coin tosses between."
    ).format(borderline_from=BORDERLINE_FROM, key_from=KEY_FROM)
    if above and below:
        subtitle = _("{subtitle} Left out: {above} surer above, {below} below.").format(
            subtitle=subtitle, above=numbers.count(above), below=numbers.count(below)
        )
    elif above:
        subtitle = _("{subtitle} Left out: {above} surer above.").format(subtitle=subtitle, above=numbers.count(above))
    elif below:
        subtitle = _("{subtitle} Left out: {below} below.").format(subtitle=subtitle, below=numbers.count(below))
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=_("{title}. Bars of {accounts} accounts by the share of weightings.").format(
            title=title, accounts=len(shown)
        ),
        theme=theme,
        body=_ROW * len(shown) + 20,
        below=56,
    )


def around_the_cut(key: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """Take the accounts that matter to where the list ends; count those left out above and below.

    >>> rows = pd.DataFrame({"p_key": [1.0, 0.9, 0.5, 0.1], "key_class": ["key", "key", "borderline", "maintain"]})
    >>> len(around_the_cut(rows)[0])
    4
    """
    sure = key[key["key_class"] == KEY]
    tossed = key[key["key_class"] == BORDERLINE]
    rest = key[~key["key_class"].isin((KEY, BORDERLINE))]
    near = tossed.loc[(tossed["p_key"] - 0.5).abs().nsmallest(_SHOWN[BORDERLINE], keep="first").index].sort_index()
    shown = pd.concat([sure.tail(_SHOWN[KEY]), near, rest.head(_SHOWN["rest"])])
    shown = shown.sort_values("p_key", ascending=False, kind="stable")
    out = key[~key.index.isin(shown.index)]
    above = int((out["p_key"] > 0.5).sum())  # noqa: PLR2004 - one half: on the list or not
    return shown.reset_index(drop=True), above, len(out) - above


def score_parts_figure(rows: pd.DataFrame, parts: pd.DataFrame, *, theme: str = "light") -> go.Figure:
    """Draw the interval of each criterion as a band, its middle as a mark, and its parts as ticks.

    Parameters
    ----------
    rows
        One or two rows of `Book.key_accounts`.
    parts
        `Book.criterion_parts` of the same accounts, with account_id: criterion, part, points.

    Returns
    -------
    A figure with the traces "band", "middle" and "part" of each account. An unknown criterion has a band from 0 to 100
    and no middle.
    """
    title = words.parts_title(rows.iloc[0])
    colours = palette(theme)
    fig = go.Figure()
    for number, (_each, row) in enumerate(rows.iterrows()):
        shift = 0.0 if len(rows) == 1 else (-_APART, _APART)[number]
        colour = (colours.accent, colours.mark)[number]
        own = parts[(parts["account_id"] == row["account_id"]) & parts["points"].notna()]
        _add_account(fig, row, own, shift=shift, colour=colour, colours=colours)
    fig.update_layout(showlegend=len(rows) > 1)
    fig.update_xaxes(range=[-1, 101], tickvals=[0, 50, 100], title=_("points"))
    fig.update_yaxes(
        tickvals=list(range(len(CRITERIA))),
        ticktext=list(CRITERION_NAMES.values()),
        range=[len(CRITERIA) - 0.5, -0.5],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    subtitle = _("Band: between the worst and the best that what is known allows; mark: the middle; ticks: the parts.")
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=_("{title}. Four criteria as bands from 0 to 100 points.").format(title=title),
        theme=theme,
        body=_CRITERION_ROW * len(CRITERIA),
        below=56,
    )


def _add_account(
    fig: go.Figure, row: pd.Series, parts: pd.DataFrame, *, shift: float, colour: str, colours: Palette
) -> None:
    places = {criterion: place + shift for place, criterion in enumerate(CRITERIA)}
    band_x = [x for name in CRITERIA for x in (row[f"{name}_score_low"], row[f"{name}_score_high"], None)]
    band_y = [y for place in places.values() for y in (place, place, None)]
    fig.add_scatter(
        name="band",
        x=band_x,
        y=band_y,
        mode="lines",
        line={"color": colours.rule, "width": 9},
        hoverinfo="skip",
        showlegend=False,
    )
    known = [name for name in CRITERIA if pd.notna(row[f"{name}_score"])]
    told = [
        story(
            row["name"],
            _("{criterion}: {points:.0f} points.").format(criterion=CRITERION_NAMES[name], points=row[f"{name}_score"]),
        )
        for name in known
    ]
    fig.add_scatter(
        name="part",
        x=parts["points"].tolist(),
        y=[places[name] for name in parts["criterion"]],
        mode="markers",
        customdata=custom(
            [row["account_id"]] * len(parts),
            [
                story(part, _("{points:.0f} points.").format(points=points))
                for part, points in zip(parts["part"], parts["points"], strict=True)
            ],
        ),
        hovertemplate=HOVER,
        showlegend=False,
        marker={"symbol": "line-ns", "size": 11, "line": {"color": colours.soft, "width": 1.5}},
    )
    fig.add_scatter(
        name=escaped(row["name"]),
        x=[row[f"{name}_score"] for name in known],
        y=[places[name] for name in known],
        mode="markers",
        customdata=custom([row["account_id"]] * len(known), told),
        hovertemplate=HOVER,
        marker={"symbol": "circle", "size": 11, "color": colour},
        showlegend=True,
    )
