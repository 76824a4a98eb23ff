"""The figures of the pages, each as a function of the book in view alone, so that `charts` can remember them."""

from collections.abc import Hashable

import pandas as pd
import plotly.graph_objects as go

from kam.book import Book
from kam.figures.account import months_figure
from kam.figures.key_accounts import matrix_figure, robustness_figure, score_parts_figure
from kam.figures.ladder import claims_figure, evidence_figure, moves_figure, rungs_figure
from kam.figures.milestones import timeline_figure
from kam.figures.portfolio import changes_figure, pareto_figure, portfolio_map_figure
from kam.ui.account import two_years
from kam.ui.answers import ask
from kam.ui.milestones import Choice, narrowed
from kam.ui.one_account import row_of
from kam.words import account as account_words
from kam.words import key_accounts as key_words
from kam.words import ladder as ladder_words
from kam.words import milestones as milestone_words
from kam.words import portfolio as words
from kam.words.numbers import window


def portfolio_map(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw growth, margin rate and revenue of every account."""
    accounts = ask(book, "accounts", level=level)
    title = words.map_title(accounts, book.currency)
    return portfolio_map_figure(accounts, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def pareto(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw how few accounts carry revenue and margin."""
    accounts = ask(book, "accounts", level=level)
    title = words.pareto_title(accounts, book.currency)
    return pareto_figure(accounts, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def changes(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw who bought more and who bought less."""
    frame = ask(book, "changes", level=level)
    title = words.changes_title(frame, book.currency)
    return changes_figure(frame, book.currency or "", title=title, window=window(book.as_of), theme=theme)


Asked = tuple[tuple[str, Hashable], ...]


def robustness(book: Book, theme: str, *, asked: Asked, places: int) -> go.Figure:
    """Draw in how many weightings each account is key."""
    key = ask(book, "key_accounts", **dict(asked))
    return robustness_figure(key, title=key_words.robustness_title(key, places), theme=theme)


def matrix(book: Book, theme: str, *, asked: Asked) -> go.Figure:
    """Draw how attractive each account is, by how it sees us."""
    key, moves = ask(book, "key_accounts", **dict(asked)), ask(book, "key_account_moves", **dict(asked))
    return matrix_figure(key, moves, title=key_words.matrix_title(key), theme=theme)


def score_parts(book: Book, theme: str, *, chosen: tuple[str, ...], asked: Asked) -> go.Figure:
    """Draw the criteria of one account, or of two."""
    known = dict(asked)
    key = ask(book, "key_accounts", **known).set_index("account_id", drop=False).loc[list(chosen)]
    parts = [
        ask(book, "criterion_parts", account_id=each, level=known["level"], half_life=known["half_life"]).assign(
            account_id=each
        )
        for each in chosen
    ]
    title = key_words.parts_title(key.iloc[0])
    return score_parts_figure(key, pd.concat(parts, ignore_index=True), title=title, theme=theme)


def rungs(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw accounts and revenue by rung."""
    ladder = ask(book, "ladder", level=level)
    title = ladder_words.rungs_title(ladder)
    return rungs_figure(ladder, book.currency or "", title=title, window=window(book.as_of), theme=theme)


def claims(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw claimed beside expected rungs."""
    ladder = ask(book, "ladder", level=level)
    return claims_figure(ladder, title=ladder_words.claims_title(ladder), theme=theme)


def moves(book: Book, theme: str, *, level: str) -> go.Figure:
    """Draw who moved on the ladder within a year."""
    shifts = ask(book, "ladder_shifts", level=level)
    then = ladder_words.a_year_before(book.as_of)
    return moves_figure(ask(book, "ladder_moves", level=level), book.currency or "", theme=theme,
                        title=ladder_words.moves_title(shifts, book.currency), subtitle=then)  # fmt: skip


def evidence(book: Book, theme: str, *, level: str, account_id: str) -> go.Figure:
    """Draw the evidence for one account's rung; there must be some."""
    rung = row_of(ask(book, "ladder", level=level), account_id)
    signals = ask(book, "ladder_evidence", account_id=account_id, level=level)
    return evidence_figure(signals, account_id=account_id, title=ladder_words.evidence_title(rung), theme=theme)


def months(book: Book, theme: str, *, level: str, account_id: str, measure: str) -> go.Figure:
    """Draw one account's months of revenue or margin beside those of the year before."""
    monthly = ask(book, "monthly", level=level)
    found = two_years(monthly, account_id, book.as_of, book.first_day, measure)
    title = account_words.months_title(found, measure)
    return months_figure(found, book.currency, account_id=account_id, title=title, measure=measure, theme=theme)


def timeline(book: Book, theme: str, *, choice: Choice) -> go.Figure:
    """Draw the milestones that fit a choice."""
    shown = narrowed(ask(book, "milestones"), choice)
    return timeline_figure(shown, book.today, title=milestone_words.timeline_title(shown), theme=theme)


def plan(book: Book, theme: str, *, account_id: str) -> go.Figure:
    """Draw one account's milestones."""
    milestones = ask(book, "milestones")
    own = milestones[milestones["account_id"] == account_id]
    return timeline_figure(own, book.today, title=milestone_words.timeline_title(own), theme=theme)
