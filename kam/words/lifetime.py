"""What lifetime value says in words: how much, by which method and why, and how well that foretold the last months."""

import datetime as dt

import pandas as pd

from kam.words.numbers import counted, day, known, money, month, percent, signed_percent

MODEL, LAST_YEAR, SIMPLE = "BG/NBD and gamma-gamma", "same as last year", "simple"
"""The methods by which an account is valued."""


def untested(start: dt.date | None, refusal: str | None) -> str:
    """Say why a model that fits today is refused: it could not be tested.

    >>> untested(dt.date(2026, 1, 1), "The book has 9 accounts; the model needs 100.")
    'The model cannot be tested on the months from Jan 2026. Before them: The book has 9 accounts; the model needs 100.'
    """
    if start is None or refusal is None:
        return "The book is too short to test a model on its own last months."
    return f"The model cannot be tested on the months from {month(start)}. Before them: {refusal}"
