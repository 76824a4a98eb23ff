"""The answers pages show, remembered: the same question to the same data, month and accounts is asked once."""

from collections.abc import Hashable

import pandas as pd
import streamlit as st

from kam.book import Book


def ask(book: Book, question: str, **arguments: Hashable) -> pd.DataFrame:
    """Return the frame of a question of the book (`ask(book, "accounts", level="parent")`), remembered.

    Every caller gets a copy of its own.
    """
    return _answer(book, book.view_key, question, tuple(sorted(arguments.items())))


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(
    _book: Book,
    view_key: tuple[object, ...],  # noqa: ARG001 - part of what is remembered; the book itself is not hashed
    question: str,
    arguments: tuple[tuple[str, Hashable], ...],
) -> pd.DataFrame:
    return getattr(_book, question)(**dict(arguments))
