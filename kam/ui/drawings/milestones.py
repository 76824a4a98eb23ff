"""The figures of milestones, of many accounts and of one."""

import plotly.graph_objects as go

from kam.book import Book
from kam.plan import words_milestones as words
from kam.plan.figures_milestones import timeline_figure
from kam.plan.figures_workload import load_figure
from kam.plan.words import load_title
from kam.ui.answers import ask
from kam.ui.milestones import Choice, narrowed


def timeline(book: Book, theme: str, *, choice: Choice) -> go.Figure:
    """Draw the milestones that fit a choice."""
    shown = narrowed(ask(book.milestones), choice)
    return timeline_figure(shown, book.today, title=words.timeline_title(shown), theme=theme)


def of_plan(book: Book, theme: str, *, plan_id: str) -> go.Figure:
    """Draw the milestones of one plan."""
    milestones = ask(book.milestones)
    own = milestones[milestones["plan_id"] == plan_id]
    return timeline_figure(own, book.today, title=words.timeline_title(own), theme=theme)


def load(book: Book, theme: str, *, by: str) -> go.Figure:
    """Draw how many open milestones each owner or department has by month."""
    found = ask(book.milestone_load, by=by)
    return load_figure(found, title=load_title(found, by, book.today), theme=theme)


def plan(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw one account's milestones."""
    milestones = ask(book.milestones)
    own = milestones[milestones["account_id"] == account_id]
    return timeline_figure(own, book.today, title=words.timeline_title(own), theme=theme)
