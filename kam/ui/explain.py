"""How each figure is computed, in words, behind one quiet button."""

import streamlit as st

from kam.base.texts import _
from kam.book import Book
from kam.definitions import definitions
from kam.ui.printing import printing


def explain(book: Book, *terms: str) -> None:
    """Offer the definitions of the terms a page uses."""
    if printing():
        return
    meanings = definitions(book.policies)
    with st.popover(_("How this is computed"), icon=":material/calculate:", type="tertiary"):
        for term in terms:
            st.markdown(f"**{term[0].upper()}{term[1:]}.** {meanings[term]}")


def defined(book: Book, term: str) -> str:
    """Return what a term means in a book."""
    return definitions(book.policies)[term]
