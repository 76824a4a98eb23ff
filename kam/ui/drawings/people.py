"""The figures of the people behind the accounts."""

import plotly.graph_objects as go

from kam.book import Book
from kam.people import words
from kam.people.figures_posts import cells_figure, gaps_figure
from kam.people.figures_relationship_map import relationship_map_figure
from kam.people.figures_reporting import reporting_figure
from kam.people.figures_rhythm import rhythm_figure
from kam.people.figures_stakeholders import stakeholder_figure
from kam.ui.answers import ask
from kam.ui.one_account import row_of


def relationship_map(book: Book, theme: str) -> go.Figure:
    """Draw who knows us and stands by us, of all accounts."""
    rows = ask(book.relationships)
    return relationship_map_figure(rows, book.currency, title=words.map_title(rows, book.currency), theme=theme)


def gaps(book: Book, theme: str) -> go.Figure:
    """Draw which posts do not know us at how many accounts."""
    frame = ask(book.coverage_gaps)
    return gaps_figure(frame, title=words.gaps_title(frame), theme=theme)


def stakeholders(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw the people of one account by influence and attitude."""
    people = ask(book.stakeholders, account_id=account_id)
    title = words.stakeholder_title(people, book.currency)
    return stakeholder_figure(people, book.currency, title=title, theme=theme)


def cells(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw which posts at one account know us."""
    frame = ask(book.coverage, account_id=account_id)
    return cells_figure(frame, title=words.cells_title(frame), theme=theme)


def reporting(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw who reports to whom at one account, and who of ours meets them."""
    lines = ask(book.reporting_lines, account_id=account_id)
    ties = ask(book.ties, account_id=account_id)
    title = words.lines_title(row_of(ask(book.relationships), account_id))
    return reporting_figure(lines, ties, title=title, theme=theme)


def rhythm(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw the touches with one account month by month."""
    frame = ask(book.contact_rhythm, account_id=account_id)
    return rhythm_figure(frame, title=words.rhythm_title(frame), theme=theme)
