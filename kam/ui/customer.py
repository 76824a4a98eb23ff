"""Parts of the Account page on the customer's own business: SWOT, rivals, risks, value given beside received."""

import pandas as pd
import streamlit as st

from kam.account.words import RISK_COLUMNS, RIVAL_COLUMNS, VALUE_COLUMNS
from kam.base.numbers import day, money
from kam.base.texts import _
from kam.book import Book
from kam.ui.answers import ask
from kam.ui.cards import Card, cards
from kam.ui.explain import defined
from kam.ui.markdown import escape_markdown
from kam.ui.tables import table
from kam.voice import words

_QUADRANTS = {
    "strength": _("Strengths"),
    "weakness": _("Weaknesses"),
    "opportunity": _("Opportunities"),
    "threat": _("Threats"),
}
_LACKING = {
    "swot": _(
        "**its own business**: where it is strong, weak, hopeful and threatened, and what we "
        "could do about it, is where a seller becomes a partner (swot)"
    ),
    "competitors": _("**rivals**: who holds or attacks what here, and what sets us apart (competitors)"),
    "risks": _("**risks**: what may go wrong, how likely it is, and what is done about it (risks)"),
    "value_delivered": _(
        "**value given**: advice, training, savings, with their worth and whether the customer agrees (value_delivered)"
    ),
}


def its_world(book: Book, account: str) -> None:
    """Show what is known of the customer's business, rivals, risks and gains; say in one place what is not."""
    parts = {
        "swot": (book.swot, _("Its own business"), _swot),
        "competitors": (book.competitors, _("Rivals, and what sets us apart"), _rivals),
        "risks": (book.risks, _("What may go wrong"), _risks),
        "value_delivered": (book.value_delivered, _("Value given and received"), _value),
    }
    lacking = []
    for name, (question, head, show) in parts.items():
        rows = ask(question, account_id=account)
        if rows.empty:
            lacking.append(_LACKING[name])
            continue
        st.subheader(head, anchor=False)
        show(book, rows, account)
    if lacking:
        st.info(_("Nothing is noted here about {lacking}.").format(lacking="; ".join(lacking)), icon=":material/info:")


def _swot(_book: Book, swot: pd.DataFrame, _account: str) -> None:
    with st.grid(2, min_column_width=300):
        for quadrant, head in _QUADRANTS.items():
            rows = swot[swot["quadrant"] == quadrant]
            with st.container(gap="xxsmall"):
                st.markdown(f"**{head}**" if len(rows) else _("**{quadrant}**: none noted").format(quadrant=head))
                for _each, row in rows.iterrows():
                    help_text = f" → {row['how_we_help']}" if isinstance(row["how_we_help"], str) else ""
                    st.markdown(escape_markdown(f"{row['statement']}{help_text}"))
                    if pd.notna(row["noted_on"]):
                        st.caption(_("noted {day}").format(day=day(row["noted_on"])))


def _rivals(_book: Book, rows: pd.DataFrame, account: str) -> None:
    st.markdown(escape_markdown(words.rivals(rows)))
    table(rows, RIVAL_COLUMNS, key="rivals", file=f"rivals {account}")


def _risks(book: Book, rows: pd.DataFrame, account: str) -> None:
    st.markdown(escape_markdown(words.risks(rows, book.currency)))
    table(rows, RISK_COLUMNS, currency=book.currency, key="risks", file=f"risks {account}")


def _value(book: Book, rows: pd.DataFrame, account: str) -> None:
    balance = ask(book.value_balance, account_id=account).iloc[0]
    st.markdown(escape_markdown(words.balance(balance, book.currency)))

    def amount(label: str, name: str) -> Card:
        return Card(
            label, balance[name], lambda value: money(value, book.currency), explained=defined(book, "value delivered")
        )

    cards(
        [amount(_("Given"), "delivered"), amount(_("Confirmed"), "confirmed"), amount(_("Margin received"), "margin")]
    )
    table(rows, VALUE_COLUMNS, currency=book.currency, key="value", file=f"value delivered {account}")
