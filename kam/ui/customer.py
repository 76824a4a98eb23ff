"""Parts of the Account page on the customer's own business: SWOT, rivals, risks, value given beside received."""

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.ui.answers import ask
from kam.ui.cards import Card, cards
from kam.ui.columns.voice import risk_columns, rival_columns, value_columns
from kam.ui.plain import plain
from kam.ui.relationships import tables_of
from kam.ui.tables import table
from kam.words import voice as words
from kam.words.definitions import DEFINITIONS
from kam.words.numbers import day, money

_QUADRANTS = {"strength": "Strengths", "weakness": "Weaknesses", "opportunity": "Opportunities", "threat": "Threats"}
_LACKING = {
    "swot": "Nothing is noted about the customer's own business. Add swot: where it is strong, weak, hopeful and"
    " threatened, and what we could do about each; that is where a seller becomes a partner.",
    "competitors": "No rival is noted. Add competitors: who holds or attacks what here, and what sets us apart.",
    "risks": "No risk is noted. Add risks: what may go wrong here, how likely, and what is done about it.",
    "value_delivered": "What the customer gained from us beyond the goods is not noted. Add value_delivered: advice,"
    " training, savings, with their worth and whether the customer agrees.",
}


def business(book: Book, account: str, level: str) -> None:
    """Show the SWOT of the customer's own business, each statement with what we could do about it."""
    swot = ask(book, "swot", account_id=account, level=level)
    if swot.empty:
        _lacking(book, "swot")
        return
    with st.grid(2, min_column_width=300):
        for quadrant, head in _QUADRANTS.items():
            rows = swot[swot["quadrant"] == quadrant]
            with st.container():
                st.markdown(f"**{head}**" + ("" if len(rows) else ": none noted"))
                for _, row in rows.iterrows():
                    help_text = f" → {row['how_we_help']}" if isinstance(row["how_we_help"], str) else ""
                    noted = f" ({day(row['noted_on'])})" if pd.notna(row["noted_on"]) else ""
                    st.markdown(plain(f"{row['statement']}{help_text}{noted}"))


def rivals(book: Book, account: str, level: str) -> None:
    """Show who holds and attacks what at this customer, and what sets us apart."""
    rows = ask(book, "competitors", account_id=account, level=level)
    if rows.empty:
        _lacking(book, "competitors")
        return
    st.markdown(plain(words.rivals(rows)))
    table(rows, rival_columns(), key="rivals", file=f"rivals {account}")


def risks(book: Book, account: str, level: str) -> None:
    """Show what may go wrong at this customer, by expected loss."""
    rows = ask(book, "risks", account_id=account, level=level)
    if rows.empty:
        _lacking(book, "risks")
        return
    st.markdown(plain(words.risks(rows, book.currency)))
    table(rows, risk_columns(book.currency), key="risks", file=f"risks {account}")


def value(book: Book, account: str, level: str) -> None:
    """Show what the customer got from us beside what we got from it."""
    rows = ask(book, "value_delivered", account_id=account, level=level)
    if rows.empty:
        _lacking(book, "value_delivered")
        return
    balance = ask(book, "value_balance", account_id=account, level=level).iloc[0]
    st.markdown(plain(words.balance(balance, book.currency)))
    told = DEFINITIONS["value delivered"]
    cards(
        [
            Card("Given, as we see it", balance["delivered"], lambda each: money(each, book.currency), explained=told),
            Card("Confirmed by the customer", balance["confirmed"], lambda each: money(each, book.currency)),
            Card("Received: margin", balance["margin"], lambda each: money(each, book.currency)),
        ]
    )
    table(rows, value_columns(book.currency), key="value", file=f"value delivered {account}")


def _lacking(book: Book, name: str) -> None:
    if name in tables_of(book):
        st.caption(f"None noted for this account ({name}).")
    else:
        st.info(_LACKING[name], icon=":material/info:")
