"""The figures of the Ladder page."""

import plotly.graph_objects as go

from kam.book import Book
from kam.figures.ladder import claims_figure, evidence_figure, moves_figure, rungs_figure
from kam.ui.answers import ask
from kam.ui.one_account import row_of
from kam.words import ladder as words
from kam.words.numbers import window


def rungs(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw accounts and revenue by rung."""
    ladder = ask(book, "ladder", level=level)
    title = words.rungs_title(ladder)
    return rungs_figure(ladder, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def claims(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw claimed beside expected rungs."""
    ladder = ask(book, "ladder", level=level)
    return claims_figure(ladder, title=words.claims_title(ladder), theme=theme)


def moves(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw who moved on the ladder within a year."""
    shifts = ask(book, "ladder_shifts", level=level)
    then = words.a_year_before(book.as_of)
    return moves_figure(ask(book, "ladder_moves", level=level), book.currency or "", theme=theme,
                        title=words.moves_title(shifts, book.currency), subtitle=then)  # fmt: skip


def evidence(book: Book, theme: str, *, level: str, account_id: str) -> go.Figure:
    """Draw the evidence for one account's rung; there must be some."""
    rung = row_of(ask(book, "ladder", level=level), account_id)
    signals = ask(book, "ladder_evidence", account_id=account_id, level=level)
    return evidence_figure(signals, account_id=account_id, title=words.evidence_title(rung), theme=theme)
