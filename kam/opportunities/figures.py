"""Accounts by categories: what is sold, worked, held by a rival, ruled out, and how large each gap is."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, short, story
from kam.chart.palette import Palette, palette
from kam.chart.template import SMALL_SIZE, finish, quiet
from kam.opportunities import words_white_space as words
from kam.opportunities.words_white_space import GAP, OPEN, RIVAL, RULED_OUT, SOLD, STATES, by_account

ACCOUNTS, CATEGORIES = 20, 12
_ROW, _HEAD = 24, 96
_NAME, _CATEGORY = 20, 18
_LARGEST, _SMALLEST = 22.0, 4.0
_BAR_SHARE = 0.72
_MARKS = {
    SOLD: (_("sold"), "square", 8),
    OPEN: (_("open opportunity"), "diamond", 10),
    RIVAL: (_("rival holds it"), "x", 9),
    RULED_OUT: (_("not eligible"), "line-ew", 9),
    GAP: (_("gap"), "circle", 10),
}
"""Name, shape and size of each state; a gap is as large as its worth."""


def white_space_figure(cells: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the accounts with most expected value by the categories that hold most of it, each cell in its state.

    Parameters
    ----------
    cells
        The frame of `Book.white_space`.

    Returns
    -------
    A figure with one trace a state that is there, named after it. The area of a gap is its expected value. Of many, the
    first 20 accounts and 12 categories are drawn; the subtitle says so.
    """
    title = words.map_title(cells, ACCOUNTS, currency)
    drawn, accounts, categories = drawn_cells(cells)
    if drawn.empty:
        return quiet(title=title, note=_("No account has a gap whose worth can be told."), theme=theme)
    colours = palette(theme)
    x = drawn["category"].map({name: place for place, name in enumerate(categories)}).to_numpy()
    y = drawn["account_id"].map({key: place for place, key in enumerate(accounts["account_id"])}).to_numpy()
    marks = custom(drawn["account_id"].tolist(), [_story(row, currency) for row in drawn.to_dict("records")])
    largest = float(drawn["expected_value"].max())
    area = _LARGEST * np.sqrt(drawn["expected_value"].fillna(0.0).to_numpy(dtype=float) / largest)
    fig = go.Figure()
    for state in STATES:
        places = np.flatnonzero(drawn["state"] == state)
        name, symbol, size = _MARKS[state]
        if len(places):
            fig.add_scatter(
                name=name,
                mode="markers",
                x=x[places],
                y=y[places],
                showlegend=True,
                hovertemplate=HOVER,
                customdata=[marks[place] for place in places.tolist()],
                marker={
                    "symbol": symbol,
                    "size": np.maximum(area[places], _SMALLEST).tolist() if state == GAP else size,
                    "color": _colour(state, colours),
                    "opacity": 1,
                    "line": {"width": 2 if state == RULED_OUT else 0, "color": _colour(state, colours)},
                },
            )
    totals = [numbers.money(value) for value in accounts["expected_value"]]
    names = [f"{short(name, _NAME)}  {total}" for name, total in zip(accounts["name"], totals, strict=True)]
    fig.update_layout(showlegend=True, legend={"itemsizing": "constant"})
    fig.update_xaxes(
        side="top",
        tickvals=list(range(len(categories))),
        ticktext=[short(name, _CATEGORY) for name in categories],
        tickangle=45,
        range=[-0.6, len(categories) - 0.4],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    fig.update_yaxes(
        tickvals=list(range(len(accounts))),
        ticktext=names,
        range=[len(accounts) - 0.4, -0.6],
        showgrid=True,
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    subtitle = _subtitle(cells, len(accounts), len(categories), currency)
    drawn_map = _("Map of {accounts} by {categories}.").format(
        accounts=_accounts(len(accounts)), categories=_categories(len(categories))
    )
    largest = "; ".join(
        f"{row['name']}: {row['category']} {numbers.money(row['expected_value'], currency)}"
        for row in drawn[drawn["state"] == GAP].head(3).to_dict("records")
    )
    alt = f"{title}. {drawn_map} {largest}"
    return finish(
        fig,
        title=title,
        subtitle=subtitle,
        alt=alt,
        theme=theme,
        body=_ROW * len(accounts) + 16,
        below=44,
        head_room=_HEAD,
    )


def drawn_cells(cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """Take the accounts and the categories that hold most expected value: their cells, the accounts, the categories."""
    accounts = by_account(cells)
    accounts = accounts[accounts["expected_value"] > 0].head(ACCOUNTS)
    own = cells[cells["account_id"].isin(accounts["account_id"])]
    worth = own.groupby("category")["expected_value"].sum().sort_values(ascending=False, kind="stable")
    categories = worth.index.tolist()[:CATEGORIES]
    return own[own["category"].isin(categories)].reset_index(drop=True), accounts, categories


def white_space_categories_figure(cells: pd.DataFrame, currency: str | None, *, theme: str = "light") -> go.Figure:
    """Draw the expected value of the gaps by category as bars, the largest first; the first 12 of many."""
    title = words.categories_title(cells)
    gaps = cells[cells["state"] == GAP]
    sums = gaps.groupby("category").agg(value=("expected_value", "sum"), gaps=("account_id", "size"))
    sums = sums[sums["value"] > 0].sort_values("value", ascending=False, kind="stable")
    if sums.empty:
        return quiet(title=title, note=_("No gap has a worth that can be told."), theme=theme)
    shown = sums.head(CATEGORIES)
    colours = palette(theme)
    told = [
        story(
            name,
            _("{value} a year expected in {gaps}.").format(
                value=numbers.money(value, currency), gaps=words.gaps_in(int(count))
            ),
        )
        for name, value, count in shown.itertuples(name=None)
    ]
    fig = go.Figure()
    fig.add_bar(
        name="expected value",
        orientation="h",
        x=shown["value"].tolist(),
        y=list(range(len(shown))),
        customdata=custom([""] * len(shown), told),
        hovertemplate=HOVER,
        marker={"color": colours.accent},
        text=[numbers.money(value) for value in shown["value"]],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": SMALL_SIZE, "color": colours.ink},
        textangle=0,
    )
    fig.update_xaxes(range=[0, float(shown["value"].max()) / _BAR_SHARE], showticklabels=False)
    fig.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=[short(name, _NAME) for name in shown.index],
        range=[len(shown) - 0.4, -0.6],
        tickfont={"size": SMALL_SIZE, "color": colours.ink},
    )
    said = _("Expected value of all gaps a year.")
    if currency:
        said = _("Expected value of all gaps a year, {currency}.").format(currency=currency)
    if len(sums) > len(shown):
        first = ngettext(
            "The first {shown} of {categories} category.", "The first {shown} of {categories} categories.", len(sums)
        )
        said += " " + first.format(shown=len(shown), categories=numbers.count(len(sums)))
    alt = f"{title}. " + "; ".join(f"{name} {numbers.money(value, currency)}" for name, value in shown["value"].items())
    return finish(fig, title=title, subtitle=said, alt=alt, theme=theme, body=28 * len(shown) + 12, below=12)


def _colour(state: str, colours: Palette) -> str:
    return {
        SOLD: colours.mark,
        OPEN: colours.ink,
        RIVAL: colours.money["down"],
        RULED_OUT: colours.soft,
        GAP: colours.accent,
    }[state]


def _story(row: dict, currency: str | None) -> str:
    head = f"{row['name']}: {row['category']}"
    if row["state"] == SOLD:
        return story(
            head, _("Sold: {revenue} in twelve months.").format(revenue=numbers.money(row["revenue"], currency))
        )
    peer = _("Its peers would make it {value} a year.").format(value=numbers.money(row["peer_value"], currency))
    peer = peer if numbers.known(row["peer_value"]) else ""
    if row["state"] == OPEN:
        is_worth = _("An opportunity is open.")
        if numbers.known(row["worth"]):
            is_worth = _("An opportunity is open, worth {worth}.")
        return story(head, is_worth.format(worth=numbers.money(row["worth"], currency)), peer)
    if row["state"] == RIVAL:
        return story(head, _("{rivals} holds it.").format(rivals=row["rivals"]), peer)
    if row["state"] == RULED_OUT:
        return story(head, _("Ruled out in the register."))
    value = _("Gap: {value} a year expected.").format(value=numbers.money(row["expected_value"], currency))
    span = _("{low} to {high} is likely.").format(
        low=numbers.money(row["value_low"], currency), high=numbers.money(row["value_high"], currency)
    )
    return story(head, *((value, span) if numbers.known(row["expected_value"]) else ()), row["why"])


def _subtitle(cells: pd.DataFrame, accounts: int, categories: int, currency: str | None) -> str:
    told = _("Each mark is an account and a category; a gap is as large as it is worth a year.")
    if currency:
        told = _("Each mark is an account and a category; a gap is as large as it is worth a year, {currency}.").format(
            currency=currency
        )
    rest = int((by_account(cells)["expected_value"] > 0).sum()) - accounts
    more = cells["category"].nunique() - categories
    if not rest + more:
        return told
    left = _accounts(rest) if rest else _categories(more)
    if rest and more:
        left = _("{accounts} and {categories}").format(accounts=_accounts(rest), categories=_categories(more))
    below = ngettext("{left} with less is in the list below.", "{left} with less are in the list below.", rest + more)
    return f"{told} {below.format(left=left)}"


def _accounts(number: int) -> str:
    return ngettext("{accounts} account", "{accounts} accounts", number).format(accounts=numbers.count(number))


def _categories(number: int) -> str:
    return ngettext("{categories} category", "{categories} categories", number).format(categories=numbers.count(number))
