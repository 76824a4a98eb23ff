"""What stands around every page: the book's name and state, the shared filters, and errors in plain words."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kam.book import Book
from kam.errors import KamError
from kam.ui.filters import Filters, filters
from kam.ui.plain import plain
from kam.ui.shelf import whole_book


def open_page(page: StreamlitPage) -> None:
    """Run a page; what goes wrong in a way we know is said in its words."""
    try:
        page.run()
    except KamError as error:
        st.error(plain(str(error)), icon=":material/error:")


def start(title: str) -> tuple[Book, Filters]:
    """Begin a page of figures: open the book, draw title and filters, return the book as filtered."""
    st.title(title, anchor=False)
    book = whole_book()
    chosen = filters(book)
    if book.failure is not None:
        st.warning(
            f"These are older data. The files have changed and cannot be read: {plain(str(book.failure))}",
            icon=":material/history:",
        )
    return chosen.apply(book), chosen


def theme() -> str:
    """Return "light" or "dark", as the reader sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def finding(sentence: str) -> None:
    """Show the page's finding, its first line, as plain text."""
    st.markdown(f"#### {plain(sentence)}")
