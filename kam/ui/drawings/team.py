"""The figures of the Team page."""

import plotly.graph_objects as go

from kam.base.numbers import window
from kam.book import Book
from kam.team import words
from kam.team.figures import carried_figure, measure_figure, skills_figure
from kam.ui.answers import ask


def measure(book: Book, theme: str, *, measure: str) -> go.Figure:
    """Draw what the accounts of each manager did by one measure."""
    found = ask(book.team_measures)
    rows = found[found["measure"] == measure].reset_index(drop=True)
    return measure_figure(rows, title=words.measure_title(rows), theme=theme)


def carried(book: Book, theme: str) -> go.Figure:
    """Draw how much revenue each manager looks after."""
    team = ask(book.team)
    return carried_figure(team, book.currency, title=words.carried_title(team), window=window(book.as_of), theme=theme)


def skills(book: Book, theme: str) -> go.Figure:
    """Draw how each manager is rated in the seven skills."""
    found = ask(book.skills)
    return skills_figure(found, title=words.skills_title(found), theme=theme)
