"""In how many of the drawn weightings each account is key: the sure, the coin tosses, and the next behind them."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.ranges import BORDERLINE_FROM, KEY_FROM
from kam.base.terms import BORDERLINE, KEY
from kam.base.texts import _
from kam.chart.hover import HOVER, custom, short, story
from kam.chart.palette import palette
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.key_accounts import words

_SHOWN = {KEY: 8, BORDERLINE: 30, "rest": 6}
_ROW, _BAR, _LETTERS = 20, 0.65, 20


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
            _("Key under {p_key} of weights: {key_class}.").format(
                p_key=numbers.percent(row["p_key"]), key_class=row["key_class"]
            ),
            _("Rank {rank_low:.0f} to {rank_high:.0f}, score {score:.0f}.").format(
                rank_low=row["rank_low"], rank_high=row["rank_high"], score=row["score"]
            ),
        )
        for _each, row in shown.iterrows()
    ]
    marks = custom(shown["account_id"].tolist(), stories)
    fig = go.Figure()
    for name in dict.fromkeys(shown["key_class"]):
        at = [place for place, its in enumerate(shown["key_class"]) if its == name]
        fig.add_bar(
            name=name,
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
    left_out = [f"{numbers.count(n)} {where}" for n, where in ((above, "surer above"), (below, "below")) if n]
    if left_out:
        subtitle += _(" Left out: {left_out}.").format(left_out=", ".join(left_out))
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=_("{title}. Bars of {count} accounts by the share of weightings.").format(title=title, count=len(shown)),
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
