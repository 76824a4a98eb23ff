"""What the sales of the open book tell beyond date, customer and amount, and what that leaves open."""

import streamlit as st

from kam.book import Book
from kam.portfolio import words_absent as absent
from kam.ui.markdown import escape_markdown


def sales_facts(book: Book) -> None:
    """Say which of orders, products and quantities are missing, and whether the sales are monthly totals."""
    notes = absent.sales_notes(*(book.share_with(what) for what in ("products", "quantities")))
    if book.holds_monthly_totals:
        notes = [absent.monthly_note(book.last_day), *notes]
    for note in notes:
        st.caption(escape_markdown(note))
