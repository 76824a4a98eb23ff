"""How the columns of each table are titled and written: the currency once, in the head; ratios as percentages."""

from collections.abc import Mapping

import pandas as pd
from streamlit import column_config as cc
from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, ColumnConfig | str | None]
MONEY, PERCENT = "%,.0f", "%.1f %%"


def money(title: str, currency: str | None, help_text: str | None = None, *, width: int | None = None) -> ColumnConfig:
    """Write an amount to the whole unit, the currency in the head: digits stand under one another."""
    head = f"{title} ({currency})" if currency else title
    return cc.NumberColumn(head, format=MONEY, help=help_text, width=width)


def percent(title: str, help_text: str | None = None) -> ColumnConfig:
    """Write a ratio as a percentage."""
    return cc.NumberColumn(title, format=PERCENT, help=help_text)


def chance(title: str, help_text: str | None = None) -> ColumnConfig:
    """Draw a probability, or another share of a whole, as a bar, and write it as a percentage."""
    return cc.ProgressColumn(title, min_value=0, max_value=100, format=PERCENT, help=help_text)


def in_percent(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Multiply by 100 what a table writes as a percentage, and take only its columns.

    >>> in_percent(pd.DataFrame({"rate": [0.25], "count": [3]}), {"rate": percent("Rate")}).to_dict("list")
    {'rate': [25.0]}
    """
    return frame[list(columns)].assign(**{name: 100 * frame[name] for name, column in columns.items()
                                          if form(column) == PERCENT})  # fmt: skip


def form(column: object) -> str | None:
    """Return how a column writes numbers, if it says so."""
    return (column.get("type_config") or {}).get("format") if isinstance(column, Mapping) else None
