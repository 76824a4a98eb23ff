"""The figures of the Opportunities page."""

import plotly.graph_objects as go

from kam.book import Book
from kam.opportunities import words_white_space as words
from kam.opportunities.figures import ACCOUNTS, white_space_categories_figure, white_space_figure
from kam.ui.answers import ask


def white_space(book: Book, theme: str) -> go.Figure:
    """Draw accounts by categories, each cell in its state."""
    cells = ask(book.white_space)
    title = words.map_title(cells, ACCOUNTS, book.currency)
    return white_space_figure(cells, book.currency or "", title=title, theme=theme)


def categories(book: Book, theme: str) -> go.Figure:
    """Draw the expected value of the gaps by category."""
    cells = ask(book.white_space)
    return white_space_categories_figure(cells, book.currency or "", title=words.categories_title(cells), theme=theme)
