"""The figures of the Key accounts page."""

from collections.abc import Hashable
from typing import cast

import pandas as pd
import plotly.graph_objects as go

from kam.base.policy import Asked
from kam.book import Book
from kam.key_accounts import words
from kam.key_accounts.figures_matrix import matrix_figure
from kam.key_accounts.figures_robustness import robustness_figure
from kam.key_accounts.figures_score_parts import score_parts_figure
from kam.ui.answers import ask

Pairs = tuple[tuple[str, Hashable], ...]


def robustness(book: Book, theme: str, *, asked: Pairs, places: int) -> go.Figure:
    """Draw in how many weightings each account is key."""
    key = ask(book.key_accounts, **_asked(asked))
    return robustness_figure(key, title=words.robustness_title(key, places), theme=theme)


def matrix(book: Book, theme: str, *, asked: Pairs) -> go.Figure:
    """Draw how attractive each account is, by how it sees us."""
    key, moves = ask(book.key_accounts, **_asked(asked)), ask(book.key_account_moves, **_asked(asked))
    return matrix_figure(key, moves, title=words.matrix_title(key), theme=theme)


def score_parts(book: Book, theme: str, *, chosen: tuple[str, ...], asked: Pairs) -> go.Figure:
    """Draw the criteria of one account, or of two."""
    known = _asked(asked)
    key = ask(book.key_accounts, **known).set_index("account_id", drop=False).loc[list(chosen)]
    parts = [
        ask(book.criterion_parts, account_id=each, half_life=known["half_life"]).assign(account_id=each)
        for each in chosen
    ]
    title = words.parts_title(key.iloc[0])
    return score_parts_figure(key, pd.concat(parts, ignore_index=True), title=title, theme=theme)


def _asked(pairs: Pairs) -> Asked:
    """Return what the questions are asked with, which a figure is handed in a form that can be remembered."""
    return cast("Asked", dict(pairs))
