"""The figures of the What-if page."""

import plotly.graph_objects as go

from kam.book import Book
from kam.ui.answers import ask
from kam.ui.scenario import spoken
from kam.whatif import words
from kam.whatif.compare import Stored
from kam.whatif.figures_compared import compared_figure
from kam.whatif.figures_gains import gains_figure
from kam.whatif.figures_months import months_ahead_figure
from kam.whatif.figures_tornado import tornado_figure


def months(book: Book, theme: str, *, text: str, draws: int) -> go.Figure:
    """Draw the months ahead."""
    found = ask(book.what_if_months, scenario=text, draws=draws)
    return months_ahead_figure(found, book.currency, title=words.months_title(found, book.currency), theme=theme)


def tornado(book: Book, theme: str, *, text: str, measure: str) -> go.Figure:
    """Draw what the answer rests on."""
    found = ask(book.what_if_tornado, scenario=text, measure=measure)
    levers = spoken(book, text)
    title = words.tornado_title(found, levers, measure, book.currency)
    return tornado_figure(found, levers, book.currency, title=title, measure=measure, theme=theme)


def gains(book: Book, theme: str, *, text: str, draws: int) -> go.Figure:
    """Draw who gains and who loses."""
    found = ask(book.what_if_accounts, scenario=text, draws=draws)
    return gains_figure(found, book.currency, title=words.gains_title(found, book.currency), theme=theme)


def compared(book: Book, theme: str, *, kept: tuple[Stored, ...], measure: str, draws: int) -> go.Figure:
    """Draw kept scenarios side by side."""
    found = ask(book.what_if_compare, kept=kept, draws=draws)
    title = words.compared_title(found, measure, book.currency)
    return compared_figure(found, measure, book.currency, title=title, theme=theme)
