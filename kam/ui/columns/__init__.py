"""How the columns of each table are titled and written: the currency once, in the head; ratios as percentages."""

from streamlit import column_config as cc
from streamlit.elements.lib.column_types import ColumnConfig

Columns = dict[str, ColumnConfig | str | None]


def money(title: str, currency: str | None, help_text: str | None = None, *, width: int | None = None) -> ColumnConfig:
    """Write an amount, the currency in the head."""
    head = f"{title} ({currency})" if currency else title
    return cc.NumberColumn(head, format="compact", help=help_text, width=width)


def percent(title: str, help_text: str | None = None) -> ColumnConfig:
    """Write a ratio as a percentage."""
    return cc.NumberColumn(title, format="percent", help=help_text)
