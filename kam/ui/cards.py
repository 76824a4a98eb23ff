"""Headline numbers with direction and sparkline, and how each figure is computed, behind one quiet button."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from kam.base.numbers import MINUS, known
from kam.base.texts import _
from kam.book import Book
from kam.definitions import definitions
from kam.ui.printing import printing


@dataclass(frozen=True, slots=True)
class Card:
    """One number: how it is written, what changed since a year ago, how it went, and how it is computed."""

    label: str
    value: object
    written: Callable[[object], str]
    change: str | None = None
    good: bool | None = None  # whether a rise is good; None where neither direction is
    history: Sequence[float] = ()
    explained: str = ""

    @property
    def moved(self) -> bool:
        """Whether the change, as it is written, is more than nothing."""
        return any(digit in (self.change or "") for digit in "123456789")


def cards(each: Sequence[Card]) -> None:
    """Draw the numbers side by side, as many to a row as fit."""
    with st.grid(6, min_column_width=140, gap="small"):
        for card in each:
            history = pd.Series(card.history, dtype=float).dropna()
            st.metric(
                card.label,
                card.written(card.value),
                card.change.replace(MINUS, "-") if card.change and known(card.value) else None,  # its arrow reads "-"
                delta_color={True: "normal", False: "inverse", None: "off"}[card.good if card.moved else None],
                delta_arrow="auto" if card.moved else "off",
                delta_description=_("YoY") if card.change else None,
                chart_data=history.tolist() if len(history) > 1 else None,
                help=card.explained or None,
            )


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
