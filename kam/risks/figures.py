"""Risks by their expected loss, the chance of losing more to all of them, the grid for talk, and who attacks us."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.rules import BANDS
from kam.base.texts import _, ngettext
from kam.chart.bar_rows import BAR_ROW, BAR_WIDTH, bar_places, name_bars
from kam.chart.hover import HOVER, custom, escaped, story
from kam.chart.palette import palette, tint
from kam.chart.template import SMALL_SIZE, TEXT_SIZE, finish, quiet
from kam.risks import words

_LETTERS, _RIVAL_LETTERS, _BODY = 46, 34, 330
_NEVER = 0.001
_WIDTH = 100 // BANDS
_BANDS = tuple(f"{low}–{low + _WIDTH} %" for low in range(0, 100, _WIDTH))
_MARKED = {0.5: _("even odds: more than {loss}"), 0.1: _("one in ten: more than {loss}")}


def register_figure(risks: pd.DataFrame, currency: str | None, *, theme: str = "light", top: int = 10) -> go.Figure:
    """Draw the live risks of known size by their expected loss, the largest on top.

    Parameters
    ----------
    risks
        `Book.risks`: account_id, account, title, probability, margin_at_risk, expected_loss, mitigation, owner.

    Returns
    -------
    A figure with the trace "expected loss": one bar a risk, at most `top`; the subtitle says of how many. A bar is
    hatched where nobody says what is done, or who acts.
    """
    title = words.register_title(risks)
    known = risks[risks["expected_loss"] > 0]
    if known.empty:
        return quiet(title=title, note=_("No live risk has an expected loss that is known."), theme=theme)
    drawn = known.head(top)
    records, colours = drawn.to_dict("records"), palette(theme)
    bare = [not (isinstance(row["mitigation"], str) and isinstance(row["owner"], str)) for row in records]
    fig = go.Figure()
    fig.add_bar(
        name="expected loss",
        orientation="h",
        x=drawn["expected_loss"].tolist(),
        y=bar_places(len(records)),
        width=BAR_WIDTH,
        customdata=custom(drawn["account_id"].tolist(), [_story(row, currency) for row in records]),
        hovertemplate=HOVER,
        marker={
            "color": colours.mark,
            "line": {"color": colours.mark, "width": 1},
            "pattern": {
                "shape": ["/" if each else "" for each in bare],
                "fgcolor": colours.mark,
                "bgcolor": colours.page,
                "fillmode": "replace",
                "size": 5,
                "solidity": 0.45,
            },
        },
    )
    name_bars(
        fig,
        [f"{row['account']}: {row['title']}" for row in records],
        [numbers.money(row["expected_loss"]) for row in records],
        letters=_LETTERS,
        colours=colours,
    )
    subtitle = (
        _("{currency}: chance within a year × margin at risk. Hatched: nobody says what is done, or who acts.")
        if currency
        else _("Chance within a year × margin at risk. Hatched: nobody says what is done, or who acts.")
    ).format(currency=currency)
    if len(known) > len(drawn):
        subtitle = _("{subtitle} The {drawn} largest of {risks}.").format(
            subtitle=subtitle, drawn=len(drawn), risks=numbers.count(len(known))
        )
    said = "; ".join(f"{row['account']}, {row['title']}: {numbers.money(row['expected_loss'])}" for row in records[:5])
    return finish(
        fig, title=title, subtitle=subtitle, alt=f"{title}. {said}.", theme=theme, body=BAR_ROW * len(records), below=8
    )


def loss_curve_figure(curve: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the chance of losing more than an amount to all risks together within a year.

    Parameters
    ----------
    curve
        `Book.loss_curve`: loss, chance; falling.

    Returns
    -------
    A figure with the trace "chance", and the losses of even odds and of one year in ten named on it.
    """
    title = words.curve_title(curve, currency)
    if curve.empty:
        return quiet(title=title, note=_("No live risk is of a known size, so no loss can be told."), theme=theme)
    colours = palette(theme)
    shown = curve[curve["chance"] > _NEVER]
    shown = curve.head(len(shown) + 1)
    stories = [
        story(
            _("More than {loss}").format(loss=numbers.money(loss, currency)),
            _("Chance within a year: {chance}.").format(chance=numbers.percent(chance)),
        )
        for loss, chance in zip(shown["loss"], shown["chance"], strict=True)
    ]
    fig = go.Figure()
    fig.add_scatter(
        name="chance",
        mode="lines",
        x=shown["loss"].tolist(),
        y=shown["chance"].tolist(),
        fill="tozeroy",
        fillcolor=tint(colours.mark, colours.page, 0.2),
        line={"color": colours.mark, "width": 2},
        customdata=custom([""] * len(shown), stories),
        hovertemplate=HOVER,
    )
    for chance, text in _MARKED.items():
        within = curve[curve["chance"] <= chance]
        if within.empty or (loss := float(within["loss"].iloc[0])) <= 0:
            continue
        fig.add_shape(type="line", x0=loss, x1=loss, y0=0, y1=chance, line={"color": colours.accent, "width": 1.5})
        fig.add_annotation(
            x=loss,
            y=chance,
            text=text.format(loss=escaped(numbers.money(loss))),
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
            xshift=4,
            font={"size": SMALL_SIZE, "color": colours.ink},
            bgcolor=colours.page,
        )
    fig.update_yaxes(range=[0, 1.04], tickformat=".0%", nticks=5, showgrid=True)
    loss = _("loss within a year ({currency})") if currency else _("loss within a year")
    fig.update_xaxes(rangemode="tozero", tickformat=".2~s", nticks=5, title=loss.format(currency=escaped(currency)))
    subtitle = _(
        "Chance that all live risks together cost more. Taken as independent: a crisis that "
        "strikes many at once makes large losses likelier than this."
    )
    alt = _("{title}. A falling curve from no loss to {most}.").format(
        title=title, most=numbers.money(shown["loss"].max(), currency)
    )
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=_BODY, below=48)


def grid_figure(grid: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the number of live risks in each of five by five bands of probability and impact, in one neutral colour.

    Parameters
    ----------
    grid
        `Book.risk_grid`: probability_band, impact_band, risks, expected_loss.
    """
    title = words.grid_title(grid)
    colours = palette(theme)
    size = len(_BANDS)
    counts = [[0] * size for _each in range(size)]
    stories = [[["", ""] for _each in range(size)] for _each in range(size)]
    for cell in grid.to_dict("records"):
        row, column = int(cell["probability_band"]) - 1, int(cell["impact_band"]) - 1
        counts[row][column] = int(cell["risks"])
        stories[row][column] = ["", _cell_story(row, column, cell, currency)]
    fig = go.Figure()
    fig.add_heatmap(
        name="risks",
        z=counts,
        x=list(_BANDS),
        y=list(_BANDS),
        customdata=stories,
        hovertemplate=HOVER,
        showscale=False,
        xgap=3,
        ygap=3,
        textfont={"size": TEXT_SIZE},
        texttemplate="%{text}",
        text=[[str(value) if value else "" for value in row] for row in counts],
        colorscale=[[0, colours.raised], [1, tint(colours.mark, colours.page, 0.9)]],
    )
    fig.update_xaxes(title=_("share of the account's margin that would be lost"), tickangle=0)
    fig.update_yaxes(title=_("chance within a year"))
    subtitle = _("Number of live risks. For talk only: a grid can put a smaller risk above a larger one (Cox 2008).")
    alt = _("{title}. Five by five bands of probability and impact with the number of risks.").format(title=title)
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=260, below=52)


def _cell_story(row: int, column: int, cell: dict, currency: str | None) -> str:
    lost = (
        _("Expected loss together {expected_loss}.").format(
            expected_loss=numbers.money(cell["expected_loss"], currency)
        )
        if cell["risks"]
        else None
    )
    where = _("Chance {chance}, share lost {lost}.").format(chance=_BANDS[row], lost=_BANDS[column])
    head = ngettext("{risks} risk", "{risks} risks", int(cell["risks"])).format(risks=numbers.count(cell["risks"]))
    return story(head, where, lost)


def _story(row: dict, currency: str | None) -> str:
    at_risk = numbers.money(row["margin_at_risk"], currency)
    done = row["mitigation"] if isinstance(row["mitigation"], str) else _("Nobody says what is done.")
    return story(
        f"{row['account']}: {row['title']}",
        _("{probability} within a year, {at_risk} at risk.").format(
            probability=numbers.percent(row["probability"]), at_risk=at_risk
        ),
        _("Expected loss {expected_loss}.").format(expected_loss=numbers.money(row["expected_loss"], currency)),
        done,
        _("{owner} acts.").format(owner=row["owner"]) if isinstance(row["owner"], str) else _("Nobody acts."),
    )


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
        customdata=custom([""] * len(records), [_rival_story(row, currency) for row in records]),
    )
    said = [
        _("{revenue}; attacks {attacked}, holds {held}").format(
            revenue=numbers.money(row["attacked_revenue"]), attacked=row["attacks"], held=row["holds"]
        )
        for row in records
    ]
    name_bars(fig, drawn["rival"].tolist(), said, letters=_RIVAL_LETTERS, colours=colours)
    subtitle = (
        _(
            "Our revenue in {currency}, {window}, in what each rival attacks; accounts it attacks, and where it holds "
            "a part."
        )
        if currency
        else _("Our revenue, {window}, in what each rival attacks; accounts it attacks, and where it holds a part.")
    ).format(currency=currency, window=window)
    alt = f"{title}. " + "; ".join(f"{row['rival']} {numbers.money(row['attacked_revenue'])}" for row in records) + "."
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=BAR_ROW * len(records), below=8)


def _rival_story(row: dict, currency: str | None) -> str:
    return story(
        row["rival"],
        ngettext(
            "Attacks {accounts} account and {revenue}.", "Attacks {accounts} accounts and {revenue}.", row["attacks"]
        ).format(accounts=numbers.count(row["attacks"]), revenue=numbers.money(row["attacked_revenue"], currency)),
        _("Better at: {strengths}.").format(strengths=row["strengths"]) if row["strengths"] else None,
        _("Worse at: {weaknesses}.").format(weaknesses=row["weaknesses"]) if row["weaknesses"] else None,
        _("Our answer: {our_difference}.").format(our_difference=row["our_difference"])
        if row["our_difference"]
        else _("Nobody says what sets us apart."),
    )
