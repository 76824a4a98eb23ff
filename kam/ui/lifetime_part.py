"""Lifetime value on a page: how much, by which method and why, and how well that foretold the last months."""

import pandas as pd
import streamlit as st

from kam.base.columns import only_known
from kam.base.numbers import count, money, percent
from kam.base.rules import PROBABLY_GONE
from kam.base.texts import _
from kam.book import Book
from kam.lifetime import words
from kam.lifetime.figures import back_test_figure
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.charts import chart, drawn
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from kam.ui.tables import table_of_accounts

MONTHS = 12


def show_lifetime(book: Book) -> None:
    """Show the lifetime value of the accounts in view; the models are those of all accounts of the book."""
    st.subheader(_("Lifetime value"), anchor=False)
    with st.spinner(_("Valuing the accounts …")):
        lifetime = ask(book.lifetime)
    method = ask(book.lifetime_method).iloc[0]
    total = ask(book.lifetime_total).iloc[0]
    st.markdown(escape_markdown(words.reason(method, book.currency)))
    for note in (words.doubt(method), words.unvalued(total, method)):
        if note:
            st.info(escape_markdown(note), icon=":material/info:")
    if total["valued"]:
        lifetime_cards(book, lifetime, method, total)
    tenths = ask(book.lifetime_back_test)
    chart(drawn(back_test_figure, tenths, method, book.currency), key="lifetime back test")
    columns = only_known(words.lifetime_columns(words.horizon(method, MONTHS)), lifetime, "name")
    table_of_accounts(lifetime, columns, key="lifetime", file="lifetime value", currency=book.currency)


def lifetime_cards(book: Book, lifetime: pd.DataFrame, method: pd.Series, total: pd.Series) -> None:
    """Draw what the accounts in view are worth together, its range, and what stands behind it."""

    def amount(value: object) -> str:
        return money(value, book.currency)

    ahead = words.begun(words.horizon(method, MONTHS))
    drawn = [
        Card(ahead, total["clv"], amount, explained=defined(book, "lifetime value")),
        Card(_("Low end"), total["clv_low"], amount, explained=defined(book, "range of a lifetime value")),
        Card(_("High end"), total["clv_high"], amount, explained=defined(book, "range of a lifetime value")),
    ]
    if lifetime["p_alive"].notna().any():
        gone = int((lifetime["p_alive"] < PROBABLY_GONE).sum())
        drawn += [
            Card(_("Purchases ahead"), lifetime["expected_purchases"].sum(), count),
            Card(_("Probably gone"), gone, count, explained=defined(book, "P(alive)")),
        ]
        tested = defined(book, "back-test of lifetime value")
        if method["method"] == words.MODEL:
            drawn.append(Card(_("Within range"), method["covered"], percent, explained=tested))
        else:
            drawn.append(Card(_("Missed by"), method["last_value_error"], amount, explained=tested))
    else:
        drawn += [
            Card(_("Stayed a year"), method["retention"], percent, explained=defined(book, "simple value")),
            Card(_("Accounts valued"), total["valued"], count, explained=words.unvalued(total, method)),
        ]
    cards(drawn)


def account_lifetime(book: Book, account_id: str) -> None:
    """Show what one account is worth, between which ends, whether it is still there, and by which method."""
    st.subheader(_("What it will bring"), anchor=False)
    method = ask(book.lifetime_method).iloc[0]
    row = row_of(ask(book.lifetime), account_id)

    def amount(value: object) -> str:
        return money(value, book.currency)

    ahead = words.begun(words.horizon(method, MONTHS))
    drawn = [
        Card(ahead, row["clv"], amount, explained=defined(book, "lifetime value")),
        Card(_("Low end"), row["clv_low"], amount, explained=defined(book, "range of a lifetime value")),
        Card(_("High end"), row["clv_high"], amount, explained=defined(book, "range of a lifetime value")),
    ]
    if pd.notna(row["p_alive"]):
        drawn += [
            Card(_("P(alive)"), row["p_alive"], percent, explained=defined(book, "P(alive)")),
            Card(_("Purchases ahead"), row["expected_purchases"], lambda value: f"{value:.1f}"),
        ]
    elif pd.notna(row["retention"]):
        drawn.append(Card(_("Its peers stay"), row["retention"], percent, explained=defined(book, "simple value")))
    cards(drawn)
    st.caption(escape_markdown(words.account_note(row, method, MONTHS, book.currency)))
