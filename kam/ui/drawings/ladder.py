"""The figures of the Ladder page."""

import datetime as dt

import plotly.graph_objects as go

from kam.base.numbers import window
from kam.base.ranges import RANGE
from kam.book import Book
from kam.ladder import words
from kam.ladder.figures_claims import claims_figure
from kam.ladder.figures_evidence import evidence_figure
from kam.ladder.figures_moves import moves_figure
from kam.ladder.figures_outcomes import outcomes_figure
from kam.ladder.figures_rungs import rungs_figure
from kam.ladder.rung_moves import flows
from kam.ladder.words_rungs import outcomes_finding
from kam.ui.answers import ask
from kam.ui.one_account import row_of


def rungs(book: Book, theme: str) -> go.Figure:
    """Draw accounts and revenue by rung."""
    ladder = ask(book.ladder)
    title = words.rungs_title(ladder)
    return rungs_figure(ladder, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def claims(book: Book, theme: str) -> go.Figure:
    """Draw claimed beside expected rungs."""
    ladder = ask(book.ladder)
    return claims_figure(ladder, title=words.claims_title(ladder), theme=theme)


def moves(book: Book, theme: str, *, start: dt.date, end: dt.date) -> go.Figure:
    """Draw who moved on the ladder between two days."""
    shifts = ask(book.ladder_shifts, start=start, end=end)
    return moves_figure(flows(shifts), book.currency or "", theme=theme,
                        title=words.moves_title(shifts, book.currency), subtitle=words.between(start, end))  # fmt: skip


def outcomes(book: Book, theme: str) -> go.Figure:
    """Draw margin, discount and retention by rung."""
    told = ask(book.rung_outcomes)
    subtitle = (
        f"{window(book.as_of)}, by the rung of a year before, judged without prices. Line: {RANGE} range by resampling"
        " the"
        " accounts; number: accounts."
    )
    return outcomes_figure(told, title=outcomes_finding(told), subtitle=subtitle, theme=theme)


def evidence(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw the evidence for one account's rung; there must be some."""
    rung = row_of(ask(book.ladder), account_id)
    signals = ask(book.ladder_evidence, account_id=account_id)
    return evidence_figure(signals, account_id=account_id, title=words.evidence_title(rung), theme=theme)
