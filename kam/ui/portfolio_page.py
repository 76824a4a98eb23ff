"""The parts of the Portfolio page: its headline numbers, and what is in danger."""

from typing import Literal

import pandas as pd
import streamlit as st

from kam.base.numbers import count, known, money, percent, signed_money, signed_points
from kam.base.texts import _, ngettext
from kam.book import Book
from kam.ui.cards import Card, cards, defined
from kam.ui.links import link_to_account
from kam.ui.markdown import escape_markdown
from kam.ui.tables import save_as_csv

_YEAR = 12


def headline_cards(book: Book, headline: pd.DataFrame) -> None:
    """Draw revenue, growth, margin rate, NRR, GRR and the share of the largest fifth."""
    now = headline.iloc[-1]
    then = headline.iloc[-1 - _YEAR] if len(headline) > _YEAR else None

    def change(column: str, written) -> str | None:  # noqa: ANN001 - one of the writers of kam.base.numbers
        if then is None or not known(now[column]) or not known(then[column]):
            return None
        return written(now[column] - then[column])

    def history(column: str) -> list[float]:
        return headline[column].tail(_YEAR + 1).tolist()

    def ratio(label: str, column: str, term: str, *, good: bool | None = True) -> Card:
        return Card(
            label, now[column], percent, change(column, signed_points), good, history(column), defined(book, term)
        )

    cards(
        [
            Card(
                _("Revenue (T12M)"),
                now["revenue"],
                lambda value: money(value, book.currency),
                change("revenue", signed_money),
                good=True,
                history=history("revenue"),
                explained=defined(book, "revenue"),
            ),
            ratio(_("Growth"), "growth", "growth"),
            ratio(_("Margin rate"), "margin_rate", "margin rate"),
            ratio(_("Net retention"), "nrr", "NRR and GRR"),
            ratio(_("Gross retention"), "grr", "NRR and GRR"),
            ratio(_("Largest fifth"), "top_20pct_share", "concentration", good=None),
        ]
    )


_SHOWN = 8
_SEVERITY: dict[int, tuple[str, Literal["red", "orange", "gray"], str]] = {
    3: (_("urgent"), "red", ":material/priority_high:"),
    2: (_("act"), "orange", ":material/bolt:"),
    1: (_("watch"), "gray", ":material/visibility:"),
}


def danger_list(dangers: pd.DataFrame, currency: str | None) -> None:
    """List the dangers, most money first; all of them are in the CSV."""
    if dangers.empty:
        st.success(
            _("Nothing in this selection is in danger by the rules of this page."), icon=":material/check_circle:"
        )
        return
    for danger in dangers.head(_SHOWN).to_dict("records"):
        word, colour, icon = _SEVERITY[danger["severity"]]
        badge, name, amount, why = st.columns([1, 2.2, 1.5, 6], vertical_alignment="center", gap="small")
        badge.badge(word, color=colour, icon=icon)
        with name:
            link_to_account(danger["account_id"], danger["name"])
        amount.markdown(f"**{escape_markdown(money(danger['amount'], currency))}**")
        told = [escape_markdown(danger["text"])]
        if isinstance(danger["manager"], str):
            told.append(_("**{manager}** acts.").format(manager=escape_markdown(danger["manager"])))
        why.markdown(" ".join(told))
    if (more := len(dangers) - _SHOWN) > 0:
        st.caption(
            ngettext(
                "{count} more, with less money at stake, is in the CSV.",
                "{count} more, with less money at stake, are in the CSV.",
                more,
            ).format(count=count(more))
        )
    save_as_csv(dangers, file="dangers", key="dangers")
