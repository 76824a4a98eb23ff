"""The six numbers a portfolio is led by, each with its change on a year ago and its way there."""

import pandas as pd

from kam.base.numbers import known, money, percent, signed_money, signed_points
from kam.base.texts import _
from kam.book import Book
from kam.ui.cards import Card, cards
from kam.ui.explain import defined

_YEAR = 12


def headline_cards(book: Book, headline: pd.DataFrame) -> None:
    """Draw revenue, growth, margin rate, NRR, GRR and the share of the largest fifth."""
    now = headline.iloc[-1]
    then = headline.iloc[-1 - _YEAR] if len(headline) > _YEAR else None

    def change(column: str, written) -> str | None:  # noqa: ANN001 - one of the writers of kam.base.numbers
        if then is None or not known(now[column]) or not known(then[column]):
            return None
        return written(now[column] - then[column])

    def history(column: str) -> list[float]:
        return headline[column].tail(_YEAR + 1).tolist()

    def ratio(label: str, column: str, term: str, *, good: bool | None = True) -> Card:
        return Card(
            label, now[column], percent, change(column, signed_points), good, history(column), defined(book, term)
        )

    cards(
        [
            Card(
                _("Revenue (T12M)"),
                now["revenue"],
                lambda value: money(value, book.currency),
                change("revenue", signed_money),
                good=True,
                history=history("revenue"),
                explained=defined(book, "revenue"),
            ),
            ratio(_("Growth"), "growth", "growth"),
            ratio(_("Margin rate"), "margin_rate", "margin rate"),
            ratio(_("Net retention"), "nrr", "NRR and GRR"),
            ratio(_("Gross retention"), "grr", "NRR and GRR"),
            ratio(_("Largest fifth"), "top_20pct_share", "concentration", good=None),
        ]
    )
