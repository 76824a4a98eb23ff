"""Who attacks us: our revenue under attack by each rival, with how many accounts it attacks and holds."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _
from kam.chart.bar_rows import BAR_ROW, BAR_WIDTH, bar_places, name_bars
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import finish, quiet
from kam.risks import words

_LETTERS = 34


def rivals_figure(
    rivals: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light", top: int = 8
) -> go.Figure:
    """Draw each rival's reach as a bar of our revenue at the accounts it attacks.

    Parameters
    ----------
    rivals
        `Book.rivals`: rival, attacks, holds, attacked_revenue, strengths, weaknesses, our_difference.

    Returns
    -------
    A figure with the trace "attacked revenue", at most `top` rivals.
    """
    title = words.rivals_title(rivals, currency)
    if rivals.empty:
        return quiet(title=title, note=_("No rival is known at any account."), theme=theme)
    drawn, colours = rivals.head(top), palette(theme)
    records = drawn.to_dict("records")
    fig = go.Figure()
    fig.add_bar(
        name="attacked revenue",
        orientation="h",
        x=drawn["attacked_revenue"].tolist(),
        width=BAR_WIDTH,
        y=bar_places(len(records)),
        marker={"color": colours.mark},
        hovertemplate=HOVER,
        customdata=custom([""] * len(records), [_story(row, currency) for row in records]),
    )
    said = [
        _("{attacked_revenue}; attacks {attacks}, holds {holds}").format(
            attacked_revenue=numbers.money(row["attacked_revenue"]), attacks=row["attacks"], holds=row["holds"]
        )
        for row in records
    ]
    name_bars(fig, drawn["rival"].tolist(), said, letters=_LETTERS, colours=colours)
    subtitle = (
        _("Our revenue in {currency}, {window},").format(currency=currency, window=window)
        if currency
        else _("Our revenue, {window},").format(window=window)
    )
    subtitle += _(" in what each rival attacks; accounts it attacks, and where it holds a part.")
    alt = f"{title}. " + "; ".join(f"{row['rival']} {numbers.money(row['attacked_revenue'])}" for row in records) + "."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=BAR_ROW * len(records), below=8)


def _story(row: dict, currency: str | None) -> str:
    return story(
        row["rival"],
        _("Attacks {attacks} and {attacked_revenue}.").format(
            attacks=numbers.counted(row["attacks"], "account"),
            attacked_revenue=numbers.money(row["attacked_revenue"], currency),
        ),
        _("Better at: {strengths}.").format(strengths=row["strengths"]) if row["strengths"] else None,
        _("Worse at: {weaknesses}.").format(weaknesses=row["weaknesses"]) if row["weaknesses"] else None,
        _("Our answer: {our_difference}.").format(our_difference=row["our_difference"])
        if row["our_difference"]
        else _("Nobody says what sets us apart."),
    )
