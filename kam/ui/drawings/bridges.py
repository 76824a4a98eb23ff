"""The figures of the Money page, and the bridges of other pages."""

import pandas as pd
import plotly.graph_objects as go

from kam.base.numbers import window
from kam.book import Book
from kam.money import words
from kam.money.figures_bridge import bridge_figure
from kam.money.figures_cohorts import cohorts_figure
from kam.money.figures_retention import retention_figure
from kam.ui.answers import ask
from kam.ui.money import months_before


def bridge(book: Book, theme: str, *, measure: str) -> go.Figure:
    """Draw every part of the change of revenue or margin of all accounts in view."""
    return _bridge(book, theme, ask(book.bridge, measure), measure, None)


def bridge_in_short(book: Book, theme: str, *, measure: str) -> go.Figure:
    """Draw the change of revenue or margin in five parts."""
    return _bridge(book, theme, ask(book.bridge_summary, measure), measure, None)


def account_bridge(book: Book, theme: str, *, account_id: str, measure: str) -> go.Figure:
    """Draw every part of the change of one account's revenue or margin."""
    return _bridge(book, theme, ask(book.bridge, measure, account_id), measure, account_id)


def cohorts(book: Book, theme: str) -> go.Figure:
    """Draw how many accounts of each quarter of first purchase still bought."""
    found = ask(book.cohorts)
    return cohorts_figure(found, book.currency or "", title=words.cohorts_title(found), theme=theme)


def retention(book: Book, theme: str) -> go.Figure:
    """Draw NRR, GRR and logo retention month end by month end."""
    headline = ask(book.headline)
    return retention_figure(headline, title=words.retention_title(headline), theme=theme)


def _bridge(book: Book, theme: str, rows: pd.DataFrame, measure: str, account_id: str | None) -> go.Figure:
    title = words.bridge_title(ask(book.bridge_summary, measure, account_id), measure, book.currency)
    return bridge_figure(
        rows, book.currency or "", title=title, window=window(book.as_of), measure=measure,
        months_before=months_before(book), theme=theme,
    )  # fmt: skip
