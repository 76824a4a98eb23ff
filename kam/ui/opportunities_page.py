"""The choices, cards and tables of the Opportunities page, and its few lines on the page of one account."""

import pandas as pd
import streamlit as st

from kam.base.columns import only_known
from kam.base.numbers import count, money
from kam.base.texts import _
from kam.book import Book
from kam.opportunities import words
from kam.opportunities import words_white_space as white_space
from kam.opportunities.words import GAP_COLUMNS, REGISTER_COLUMNS, SOLUTION_COLUMNS, UP_SELL_COLUMNS
from kam.portfolio import words_absent as absent
from kam.ui.answers import ask
from kam.ui.cards import Card, cards, defined
from kam.ui.links import link_to_opportunities
from kam.ui.markdown import escape_markdown
from kam.ui.tables import table_of_accounts

_FEW, _MANY = 3, 1_000
_CHOICES = (
    ("name", "gap_account", _("Account"), _("Every account")),
    ("category", "gap_category", _("Category"), _("Every category")),
)


def white_space_cards(book: Book, cells: pd.DataFrame, register: pd.DataFrame, up_sell: pd.DataFrame) -> None:
    """Count the gaps, and what is being worked, held by rivals and could move to better versions."""

    def amount(value: object) -> str:
        return money(value, book.currency)

    gaps = cells[cells["state"] == white_space.GAP]
    now = register[register["is_open"]]
    known = defined(book, "white space")
    shown = [
        Card(_("White space"), gaps["expected_value"].sum(min_count=1), amount, explained=known),
        Card(_("Gaps"), len(gaps), count, explained=known),
        Card(_("Accounts with a gap"), gaps["account_id"].nunique(), count),
    ]
    if len(register):
        shown += [
            Card(
                _("Being worked"),
                now["worth"].sum(min_count=1),
                amount,
                explained=_("What the register says the open opportunities are worth a year."),
            ),
            Card(
                _("By its chances"),
                now["expected_worth"].sum(min_count=1),
                amount,
                explained=_("Worth of the open opportunities times their chance, as the register says."),
            ),
        ]
    if len(up_sell):
        shown.append(Card(_("In base versions"), up_sell["spend"].sum(), amount, explained=defined(book, "up-sell")))
    cards(shown)


def choose(gaps: pd.DataFrame) -> pd.DataFrame:
    """Let the reader narrow the gaps to accounts and categories, kept in the URL; nothing chosen is all."""
    for (column, key, label, every), place in zip(_CHOICES, st.columns(len(_CHOICES)), strict=True):
        options = sorted(gaps[column].unique())
        chosen = place.multiselect(label, options, key=key, bind="query-params", placeholder=every)
        if chosen:
            gaps = gaps[gaps[column].isin(chosen)]
    return gaps.reset_index(drop=True)


def ranked(gaps: pd.DataFrame, currency: str | None) -> None:
    """List the gaps, most expected value first: the first thousand of many, all of them in the CSV."""
    if gaps.empty:
        st.info(_("No gap fits this choice."))
        return
    table_of_accounts(gaps, GAP_COLUMNS, currency=currency, key="gaps", file="white space", most=_MANY)
    if len(gaps) > _MANY:
        st.caption(
            _("The first {shown} of {gaps}; the CSV holds all.").format(shown=count(_MANY), gaps=count(len(gaps)))
        )


def up_sell_table(book: Book, rows: pd.DataFrame) -> None:
    """List base versions that a better one could replace, or say what would tell them."""
    currency = book.currency
    if not book.has("products"):
        st.info(absent.NO_BETTER_VERSIONS, icon=":material/info:")
        return
    if rows.empty:
        st.info(
            _(
                "No product that is bought names a better version. Add better_version_id to the products "
                "table to see what could move up."
            ),
            icon=":material/info:",
        )
        return
    st.caption(escape_markdown(words.up_sell_title(rows, currency)))
    table_of_accounts(rows, UP_SELL_COLUMNS, currency=book.currency, key="up-sell", file="up-sell", most=_MANY)


def solution_table(book: Book, rows: pd.DataFrame) -> None:
    """List products without their service, or say what would tell them."""
    currency = book.currency
    if not book.has("products"):
        st.info(absent.NO_SOLUTIONS, icon=":material/info:")
        return
    if rows.empty:
        st.info(
            _(
                "No product that is bought lacks its service, or none names one. Add companion_id to the "
                "products table to see where a solution is not whole."
            ),
            icon=":material/info:",
        )
        return
    st.caption(escape_markdown(words.solutions_title(rows, currency)))
    table_of_accounts(rows, SOLUTION_COLUMNS, currency=book.currency, key="solutions", file="solution gaps", most=_MANY)


def register_table(rows: pd.DataFrame, currency: str | None) -> None:
    """List the register of opportunities, or say what it would tell."""
    if rows.empty:
        st.info(
            _(
                "The book has no opportunities in this selection. With the opportunities table this "
                "shows what is being worked, where it was found, the need behind it, its worth and what "
                "is next; white space that is worked or ruled out is then told apart."
            ),
            icon=":material/info:",
        )
        return
    st.caption(escape_markdown(words.register_title(rows, currency)))
    table_of_accounts(
        rows, only_known(REGISTER_COLUMNS, rows), currency=currency, key="register", file="opportunities", most=_MANY
    )


def could_buy(book: Book, account: str, name: str) -> None:
    """Show the largest gaps of one account with their reasons; nothing where the book cannot tell."""
    cells = ask(book.white_space)
    own = cells[cells["account_id"] == account]
    if own.empty:
        return
    st.subheader(_("What it could buy"), anchor=False)
    st.caption(escape_markdown(white_space.could_buy_title(own, book.currency)))
    gaps = own[own["state"] == white_space.GAP]
    for _each, gap in gaps.head(_FEW).iterrows():
        st.markdown(
            f"**{escape_markdown(gap['category'])}**: {escape_markdown(white_space.gap_line(gap, book.currency))}"
        )
    if len(gaps):
        link_to_opportunities(name)
