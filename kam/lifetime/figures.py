"""What was foretold of the last months, beside what came: by tenths of the accounts."""

import pandas as pd
import plotly.graph_objects as go

from kam.base import numbers
from kam.base.texts import _, ngettext
from kam.chart.hover import HOVER, custom, story
from kam.chart.palette import palette
from kam.chart.template import finish, quiet
from kam.lifetime import words


def back_test_figure(
    tenths: pd.DataFrame, method: pd.Series, currency: str | None, *, theme: str = "light"
) -> go.Figure:
    """Draw the purchases an account of each tenth: what came as bars, the model and the same again as marks.

    Parameters
    ----------
    tenths
        tenth, accounts, and the means purchases, model_purchases (NaN without a model), last_purchases, value,
        model_value, last_value; the fewest purchases foretold first.
    method
        The row of `Book.lifetime_method`.

    Returns
    -------
    A figure with the traces "what came" (bars), "model" (diamonds, if there is one) and the same again (ticks).
    """
    title = words.back_test_title(method)
    span = f"{numbers.month(method['test_start'])} – {numbers.month(method['test_end'])}"
    is_known = numbers.known(method["test_months"])
    again = words.same_again(method["test_months"]) if is_known else words.LAST_YEAR
    if tenths.empty:
        return quiet(title=title, note=_("Fewer than three whole months: there is nothing to test on."), theme=theme)
    colours = palette(theme)
    has_model = tenths["model_purchases"].notna().any()
    names = [f"{number}" for number in tenths["tenth"]]
    stories = [_story(row, currency, again=again, has_model=bool(has_model)) for _each, row in tenths.iterrows()]
    marks = custom([""] * len(names), stories)
    fig = go.Figure()
    fig.add_bar(
        name=_("what came"),
        x=names,
        y=tenths["purchases"],
        marker={"color": colours.mark},
        customdata=marks,
        hovertemplate=HOVER,
    )
    fig.add_scatter(
        name=again,
        x=names,
        y=tenths["last_purchases"],
        mode="markers",
        customdata=marks,
        marker={"symbol": "line-ew", "size": 20, "line": {"width": 2.5, "color": colours.ink}},
        hovertemplate=HOVER,
    )
    if has_model:
        fig.add_scatter(
            name=_("model"),
            x=names,
            y=tenths["model_purchases"],
            mode="markers",
            customdata=marks,
            marker={
                "symbol": "diamond",
                "size": 10,
                "color": colours.accent,
                "line": {"width": 1.5, "color": colours.page},
            },
            hovertemplate=HOVER,
        )
    fig.update_layout(bargap=0.3, showlegend=True)
    fig.update_xaxes(
        type="category", tickangle=0, title=_("tenths of the accounts, the fewest purchases foretold first")
    )
    fig.update_yaxes(rangemode="tozero", nticks=4, showgrid=True)
    subtitle = _("Purchases an account, {span}, foretold from what was known before").format(span=span)
    drawn = ngettext(
        "Bars of the purchases an account in {groups} group, with marks for what was foretold.",
        "Bars of the purchases an account in {groups} groups, with marks for what was foretold.",
        len(tenths),
    ).format(groups=len(tenths))
    alt = f"{title}. {drawn}"
    return finish(fig, title=title, subtitle=subtitle, alt=alt, theme=theme, body=280, below=84)


def _story(row: pd.Series, currency: str | None, *, again: str, has_model: bool) -> str:
    told = [
        _("{purchases} purchases an account came, worth {worth}.").format(
            purchases=numbers.money(row["purchases"]), worth=numbers.money(row["value"], currency)
        )
    ]
    if has_model:
        told.append(
            _("The model said {purchases}, {worth}.").format(
                purchases=numbers.money(row["model_purchases"]), worth=numbers.money(row["model_value"], currency)
            )
        )
    told.append(
        _("{again} would be {purchases}, {worth}.").format(
            again=words.begun(again),
            purchases=numbers.money(row["last_purchases"]),
            worth=numbers.money(row["last_value"], currency),
        )
    )
    accounts = int(row["accounts"])
    head = ngettext("Tenth {tenth:.0f}: {accounts} account", "Tenth {tenth:.0f}: {accounts} accounts", accounts)
    return story(head.format(tenth=row["tenth"], accounts=numbers.count(accounts)), *told)
