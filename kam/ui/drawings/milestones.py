"""The figures of milestones, of many accounts and of one."""

import plotly.graph_objects as go

from kam.book import Book
from kam.figures.milestones import timeline_figure
from kam.ui.answers import ask
from kam.ui.milestones import Choice, narrowed
from kam.words import milestones as words


def timeline(book: Book, theme: str, *, choice: Choice) -> go.Figure:
    """Draw the milestones that fit a choice."""
    shown = narrowed(ask(book, "milestones"), choice)
    return timeline_figure(shown, book.today, title=words.timeline_title(shown), theme=theme)


def plan(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw one account's milestones."""
    milestones = ask(book, "milestones")
    own = milestones[milestones["account_id"] == account_id]
    return timeline_figure(own, book.today, title=words.timeline_title(own), theme=theme)
