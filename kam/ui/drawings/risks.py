"""The figures of the Risks page."""

import plotly.graph_objects as go

from kam.base.numbers import window
from kam.book import Book
from kam.risks import words
from kam.risks.figures import grid_figure, loss_curve_figure, register_figure
from kam.risks.figures_rivals import rivals_figure
from kam.ui.answers import ask


def register(book: Book, theme: str) -> go.Figure:
    """Draw the largest risks by their expected loss."""
    risks = ask(book.risks)
    return register_figure(risks, book.currency, title=words.register_title(risks), theme=theme)


def curve(book: Book, theme: str) -> go.Figure:
    """Draw the chance of losing more than an amount to all risks together."""
    found = ask(book.loss_curve)
    return loss_curve_figure(found, book.currency, title=words.curve_title(found, book.currency), theme=theme)


def grid(book: Book, theme: str) -> go.Figure:
    """Draw the grid of probability and impact."""
    found = ask(book.risk_grid)
    return grid_figure(found, book.currency, title=words.grid_title(found), theme=theme)


def rivals(book: Book, theme: str) -> go.Figure:
    """Draw which rival is after how much of our revenue."""
    found, title = ask(book.rivals), words.rivals_title(ask(book.rivals), book.currency)
    return rivals_figure(found, book.currency, title=title, window=window(book.as_of), theme=theme)
