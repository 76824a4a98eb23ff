"""The figures of the Account page."""

import plotly.graph_objects as go

from kam.account import words
from kam.account.figures import months_figure
from kam.book import Book
from kam.ui.account import two_years
from kam.ui.answers import ask


def months(book: Book, theme: str, *, account_id: str, measure: str) -> go.Figure:
    """Draw one account's months of revenue or margin beside those of the year before."""
    monthly = ask(book.monthly)
    found = two_years(monthly, account_id, book.as_of, book.first_day, measure)
    title = words.months_title(found, measure)
    return months_figure(found, book.currency, account_id=account_id, title=title, measure=measure, theme=theme)
