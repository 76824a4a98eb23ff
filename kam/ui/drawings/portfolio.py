"""The figures of the Portfolio page."""

import plotly.graph_objects as go

from kam.base.numbers import window
from kam.book import Book
from kam.portfolio import words
from kam.portfolio.figures_changes import changes_figure
from kam.portfolio.figures_map import portfolio_map_figure
from kam.portfolio.figures_pareto import pareto_figure
from kam.ui.answers import ask


def portfolio_map(book: Book, theme: str) -> go.Figure:
    """Draw growth, margin rate and revenue of every account."""
    accounts = ask(book.accounts)
    title = words.map_title(accounts, book.currency)
    return portfolio_map_figure(accounts, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def pareto(book: Book, theme: str) -> go.Figure:
    """Draw how few accounts carry revenue and margin."""
    accounts = ask(book.accounts)
    title = words.pareto_title(accounts, book.currency)
    return pareto_figure(accounts, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def changes(book: Book, theme: str) -> go.Figure:
    """Draw who bought more and who bought less."""
    frame = ask(book.changes)
    title = words.changes_title(frame, book.currency)
    return changes_figure(frame, book.currency or "", title=title, window=window(book.as_of), theme=theme)
