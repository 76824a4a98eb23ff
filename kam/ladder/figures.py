"""How many accounts and how much revenue stand on each rung, how sure that is, and who moved between two days."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.terms import ABSENT, RUNG_NAMES, RUNGS, UNKNOWN
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, escaped, story, unbroken
from kam.chart.palette import UNKNOWN_PATTERN, Palette, palette, tint
from kam.chart.template import TEXT_SIZE, finish, quiet
from kam.ladder import words

PROBABILITIES = ("p_broker", "p_supplier", "p_partner")
# Band: its name, the probability it starts at, and the strength of its colour. `likely` starts where a rung is named.
_SURE, _LIKELY = 0.90, 0.75
CERTAINTY = (
    (_("sure, ≥ {sure:.0%}").format(sure=_SURE), _SURE, 1.0),
    (_("likely, ≥ {likely:.0%}").format(likely=_LIKELY), _LIKELY, 0.62),
    (_("leaning"), 0.0, 0.28),
)
_ROW = 62
_ORDER = (*reversed(RUNGS), UNKNOWN, ABSENT)
_GAP = 0.04
_BODY = 340


def rungs_figure(ladder: pd.DataFrame, currency: str | None, *, window: str, theme: str = "light") -> go.Figure:
    """Draw accounts and revenue by rung, each bar shaded by how sure the rung is, with the expected size as a tick.

    Parameters
    ----------
    ladder
        One row an account: account_id, rung, p_broker, p_supplier, p_partner, revenue.

    Returns
    -------
    A figure with one bar trace a certainty band and panel (left accounts, right revenue), the hatched unknown, and
    the trace "expected": Σ P(rung) over all accounts, and Σ P(rung) · revenue. Bars stand for many accounts: their
    `customdata` holds an empty account id, the hover text and the rung.
    """
    title = words.rungs_title(ladder)
    if ladder.empty:
        return quiet(title=title, note=_("No account has been placed on the ladder yet."), theme=theme)
    colours = palette(theme)
    rows = ladder.assign(
        sure=ladder[list(PROBABILITIES)].max(axis=1), accounts=1.0, rung=ladder["rung"].fillna(UNKNOWN)
    )
    order = [*reversed(RUNGS), UNKNOWN]
    fig = go.Figure()
    for column, axis in (("accounts", "x"), ("revenue", "x2")):
        _add_bands(fig, rows, order, column, axis, colours)
        _add_expected(fig, rows, order, column, axis, colours)
        _add_words(fig, rows, order, column, axis, colours)
    _add_legend(fig, colours)
    fig.update_layout(
        barmode="stack",
        bargap=0.66,
        xaxis={"domain": [0, 0.47], "showticklabels": False, "range": [0, _longest(rows, "accounts")]},
        xaxis2={
            "domain": [0.53, 1],
            "showticklabels": False,
            "range": [0, _longest(rows, "revenue")],
            "anchor": "y",
            "fixedrange": True,
        },
        yaxis={"range": [len(order) - 0.6, -0.75], "showticklabels": False},
    )
    subtitle = (
        _(
            "Left: accounts; right: revenue in {currency}, {window}. Shade: how sure the rung is. Tick: size "
            "to expect when every account counts with its probabilities."
        )
        if currency
        else _(
            "Left: accounts; right: revenue, {window}. Shade: how sure the rung is. Tick: size "
            "to expect when every account counts with its probabilities."
        )
    ).format(currency=currency, window=unbroken(window))
    if unknown := int(rows["revenue"].isna().sum()):
        subtitle = ngettext(
            "{subtitle} {accounts} account without a known revenue.",
            "{subtitle} {accounts} accounts without a known revenue.",
            unknown,
        ).format(subtitle=subtitle, accounts=numbers.count(unknown))
    counts = rows["rung"].value_counts()
    said = ", ".join(f"{RUNG_NAMES[rung]} {_accounts(int(counts.get(rung, 0)))}" for rung in order)
    return finish(
        fig, title=title, subtitle=subtitle, alt=f"{title} {said}.", theme=theme, body=_ROW * len(order), below=40
    )


def _add_bands(fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette) -> None:
    upper = 1.01
    for name, lower, strength in CERTAINTY:
        within = rows[(rows["rung"] != UNKNOWN) & (rows["sure"] >= lower) & (rows["sure"] < upper)]
        upper = lower
        sizes = [float(within.loc[within["rung"] == rung, column].sum()) for rung in RUNGS]
        fig.add_bar(
            name=name,
            orientation="h",
            x=sizes,
            y=[order.index(rung) for rung in RUNGS],
            xaxis=axis,
            showlegend=False,
            customdata=[["", _story(rung, name, column, size), rung] for rung, size in zip(RUNGS, sizes, strict=True)],
            hovertemplate=HOVER,
            marker={
                "color": [tint(colours.rung[rung], colours.page, strength) for rung in RUNGS],
                "line": {
                    "color": [colours.rung[rung] for rung in RUNGS],
                    "width": [1 if size else 0 for size in sizes],
                },
            },
        )
    size = float(rows.loc[rows["rung"] == UNKNOWN, column].sum())
    grey = colours.rung[UNKNOWN]
    fig.add_bar(
        name=UNKNOWN,
        orientation="h",
        x=[size],
        y=[order.index(UNKNOWN)],
        xaxis=axis,
        showlegend=False,
        customdata=[["", _story(UNKNOWN, _("too little evidence"), column, size), UNKNOWN]],
        hovertemplate=HOVER,
        marker={
            "color": grey,
            "line": {"color": grey, "width": 1 if size else 0},
            "pattern": {
                "shape": UNKNOWN_PATTERN,
                "fgcolor": grey,
                "bgcolor": colours.page,
                "fillmode": "replace",
                "size": 6,
                "solidity": 0.25,
            },
        },
    )


def _expected(rows: pd.DataFrame, column: str) -> list[float]:
    return [float((rows[probability] * rows[column]).sum()) for probability in PROBABILITIES]


def _add_expected(
    fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette
) -> None:
    sizes = _expected(rows, column)
    fig.add_scatter(
        name="expected",
        mode="markers",
        x=sizes,
        y=[order.index(rung) for rung in RUNGS],
        xaxis=axis,
        cliponaxis=False,
        customdata=[
            ["", _story(rung, _("to expect"), column, size), rung] for rung, size in zip(RUNGS, sizes, strict=True)
        ],
        hovertemplate=HOVER,
        showlegend=False,
        marker={"symbol": "line-ns", "size": 13, "line": {"color": colours.ink, "width": 2}},
    )


def _add_words(fig: go.Figure, rows: pd.DataFrame, order: list[str], column: str, axis: str, colours: Palette) -> None:
    """Write over each bar what stands on the rung: its name and accounts on the left, its revenue on the right."""
    totals = rows.groupby("rung")[column].sum(min_count=1)
    for place, rung in enumerate(order):
        total = totals.get(rung, 0.0)
        if column == "accounts":
            text = f"<b>{RUNG_NAMES[rung]}</b>  {_accounts(int(total))}"
        else:
            text = escaped(numbers.money(total))
        fig.add_annotation(
            x=0,
            xref=f"{axis} domain",
            y=place,
            yshift=22,
            text=text,
            xanchor="left",
            showarrow=False,
            borderpad=0,
            font={"size": TEXT_SIZE, "color": colours.ink},
        )


def _add_legend(fig: go.Figure, colours: Palette) -> None:
    for name, _each, strength in CERTAINTY:
        fig.add_bar(
            name=name,
            x=[None],
            y=[None],
            showlegend=True,
            hoverinfo="skip",
            marker={"color": tint(colours.soft, colours.page, strength), "line": {"color": colours.soft, "width": 1}},
        )
    fig.update_layout(showlegend=True, legend={"traceorder": "normal"})


def _longest(rows: pd.DataFrame, column: str) -> float:
    largest = max([*rows.groupby("rung")[column].sum(), *_expected(rows, column)])
    return float(largest) * 1.03 or 1.0


def _story(rung: str, band: str, column: str, size: float) -> str:
    told = (
        _accounts(round(size)) if column == "accounts" else _("Revenue {revenue}").format(revenue=numbers.money(size))
    )
    return story(RUNG_NAMES[rung], f"{told}: {band}.")


def _accounts(number: int) -> str:
    return ngettext("{accounts} account", "{accounts} accounts", number).format(accounts=numbers.count(number))


def moves_figure(
    flows: pd.DataFrame, shifts: pd.DataFrame, currency: str | None, *, subtitle: str, theme: str = "light"
) -> go.Figure:
    """Draw which rung accounts came from and which they stand on now, the ways up and down in colour.

    Parameters
    ----------
    flows
        from_rung, to_rung, accounts, revenue: the frame of `kam.ladder.rung_moves.flows`.
    shifts
        The frame of `Book.ladder_shifts` that they add up.
    subtitle
        Which two days are compared.

    Returns
    -------
    A figure with one flow a row of `flows`, its width the accounts; left then, right now, each rung with its accounts
    and their revenue of now. Ways between two known rungs
    have a colour, up or down; what stays, or begins or ends in the unknown, is grey.
    """
    title = words.moves_title(shifts, currency)
    if flows.empty:
        return quiet(title=title, note=_("There is no earlier state of the ladder to compare with."), theme=theme)
    colours = palette(theme)
    left, right = (_stack(flows, column) for column in ("from_rung", "to_rung"))
    names = [*left, *right]
    place = {("from", rung): number for number, rung in enumerate(left)}
    place |= {("to", rung): number + len(left) for number, rung in enumerate(right)}
    steps = [_step(came, now) for came, now in zip(flows["from_rung"], flows["to_rung"], strict=True)]
    flows = flows.assign(step=steps).sort_values("step", key=abs, kind="stable")  # what is coloured lies on top
    ways = list(zip(flows["from_rung"].tolist(), flows["to_rung"].tolist(), strict=True))
    fig = go.Figure(
        go.Sankey(
            arrangement="fixed",
            domain={"x": [0.0, 1.0], "y": [0.0, 1.0]},
            node={
                "label": [_label(flows, "from_rung", name) for name in left]
                + [_label(flows, "to_rung", name) for name in right],
                "x": [0.001] * len(left) + [0.999] * len(right),
                "y": [middle for middle, _each in [*left.values(), *right.values()]],
                "color": [colours.rung.get(name, colours.rule) for name in names],
                "line": {"width": 0},
                "thickness": 14,
                "pad": 1,
                "hoverinfo": "skip",
            },
            link={
                "source": [place["from", came] for came, _each in ways],
                "target": [place["to", now] for _each, now in ways],
                "value": flows["accounts"].tolist(),
                "color": [_colour(came, now, colours) for came, now in ways],
                "customdata": [
                    ["", _flow_story(came, now, int(accounts), float(revenue), currency)]
                    for (came, now), accounts, revenue in zip(ways, flows["accounts"], flows["revenue"], strict=True)
                ],
                "hovertemplate": HOVER,
            },
            textfont={"size": TEXT_SIZE, "color": colours.ink, "shadow": ", ".join([f"0 0 3px {colours.page}"] * 4)},
        )
    )
    return finish(fig, title=title, subtitle=subtitle, alt=f"{title}. {subtitle}", theme=theme, body=_BODY)


def _stack(flows: pd.DataFrame, column: str) -> dict[str, tuple[float, int]]:
    """Place the rungs of one side over one another: the middle of each, from 0 at the top to 1, and its accounts."""
    sizes = flows.groupby(column)["accounts"].sum()
    here = [rung for rung in _ORDER if rung in sizes.index]
    room, top = 1 - _GAP * (len(here) - 1), 0.0
    stacked = {}
    for rung in here:
        size = int(sizes[rung])
        height = room * size / int(sizes.sum())
        stacked[rung] = (min(max(top + height / 2, 0.001), 0.999), size)
        top += height + _GAP
    return stacked


def _label(flows: pd.DataFrame, column: str, rung: str) -> str:
    rows = flows[flows[column] == rung]
    return f"{RUNG_NAMES[rung]}  {numbers.count(rows['accounts'].sum())} · {numbers.money(rows['revenue'].sum())}"


def _colour(came: str, now: str, colours: Palette) -> str:
    step = _step(came, now)
    if not step:
        return tint(colours.soft, colours.page, 0.18)
    return tint(colours.money["up" if step > 0 else "down"], colours.page, 0.75)


def _step(came: str, now: str) -> int:
    """Count the rungs climbed, or slipped; from and to the unknown nobody can say."""
    return RUNGS.index(now) - RUNGS.index(came) if came in RUNGS and now in RUNGS else 0


def _flow_story(came: str, now: str, accounts: int, revenue: float, currency: str | None) -> str:
    before, after = RUNG_NAMES[came], RUNG_NAMES[now]
    went = _("stayed {rung}").format(rung=after) if came == now else f"{before} → {after}"
    told = ngettext("{accounts} account with {revenue} now.", "{accounts} accounts with {revenue} now.", accounts)
    return story(went, told.format(accounts=numbers.count(accounts), revenue=numbers.money(revenue, currency)))
