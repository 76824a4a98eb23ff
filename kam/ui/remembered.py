"""The answers pages show, remembered: the same question to the same data, month and accounts is asked once."""

from collections.abc import Callable, Hashable
from inspect import signature
from typing import TYPE_CHECKING, ParamSpec, cast

import pandas as pd
import streamlit as st

if TYPE_CHECKING:
    from types import MethodType

    from kam.book import Book


P = ParamSpec("P")


def ask(question: Callable[P, pd.DataFrame], *args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
    """Return the frame of a book's question (`ask(book.accounts)`), remembered.

    What it is asked with must be hashable; whether by place or by name makes no other question. Every caller gets a
    copy of its own.
    """
    asked = cast("MethodType", question)
    book = cast("Book", asked.__self__)
    given = signature(question).bind(*args, **kwargs)
    return _answer(question, book.view_key, asked.__name__, given.args, tuple(sorted(given.kwargs.items())))


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(
    _question: Callable[..., pd.DataFrame],
    view_key: tuple[object, ...],  # noqa: ARG001 - part of what is remembered; the book itself is not hashed
    name: str,  # noqa: ARG001
    args: tuple[Hashable, ...],
    kwargs: tuple[tuple[str, Hashable], ...],
) -> pd.DataFrame:
    return _question(*args, **dict(kwargs))
