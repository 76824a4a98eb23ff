"""The page as it goes on paper: as wide as a sheet, without what only a screen can do, tables in full."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import numpy as np
import pandas as pd
import streamlit as st

from kam.base.columns import Column, Columns, only_known
from kam.base.numbers import count, day, known, money, percent
from kam.base.texts import _
from kam.ui.markdown import escape_markdown

PRINT = "print"
SHEET = 650  # pixels: A4 and Letter, upright, with the margins a browser sets
_SHOWN, _ACROSS = 12, 7  # rows that stay together on a sheet, and columns that fit it
_WRITERS = {"percent": percent, "chance": percent, "money": money, "amount": money}


def printing() -> bool:
    """Say whether the page is shown as it goes on paper: by its link, which has `print` in it."""
    return PRINT in st.query_params


def link_to_paper(page: str) -> None:
    """Draw the link to the page as it goes on paper, or back."""
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != PRINT}
    if printing():
        st.page_link(page, label=_("Back to the screen"), icon=":material/arrow_back:", query_params=kept)
    else:
        st.page_link(page, label=_("For printing"), icon=":material/print:", query_params={**kept, PRINT: "yes"})


def side_by_side() -> Sequence[AbstractContextManager[object]]:
    """Lay two halves beside one another; on paper under one another, each as wide as the sheet."""
    return (nullcontext(), nullcontext()) if printing() else st.columns(2, gap="large")


def on_one_sheet() -> AbstractContextManager[object]:
    """Hold a figure and its title together: Streamlit does not break a framed block over two sheets of paper."""
    return st.container(border=True) if printing() else nullcontext()


def paper_table(frame: pd.DataFrame, columns: Columns, currency: str | None = None) -> None:
    """Show the first rows and columns of a table as words; all of it is on the screen and in its CSV."""
    shown = dict(list(only_known(columns, frame).items())[:_ACROSS])
    rows = frame[list(shown)].head(_SHOWN)
    written = {
        _head(column, currency): [_written(value, column) for value in rows[name]] for name, column in shown.items()
    }
    st.table(pd.DataFrame(written).set_index(next(iter(written))) if written else pd.DataFrame())
    if len(frame) > _SHOWN:
        st.caption(_("The first {shown} of {rows} rows.").format(shown=_SHOWN, rows=count(len(frame))))


def _head(column: Column, currency: str | None) -> str:
    return escape_markdown(f"{column.title} ({currency})" if column.kind == "money" and currency else column.title)


def _written(value: object, column: Column) -> str:
    r"""Write one value as its column does on the screen.

    >>> _written(0.123, Column("Rate", "percent")), _written(pd.Timestamp("2026-03-01"), Column("Day", "day"))
    ('12.3\xa0%', '1 Mar 2026')
    >>> (
    ...     _written(float("nan"), Column("Owner")),
    ...     _written(True, Column("Won", "yes")),
    ...     _written(1234.0, Column("Sum", "money")),
    ... )
    ('–', 'yes', '1.23\xa0k')
    >>> _written(12_345.0, Column("Rows", "count"))
    '12345'
    """
    if value is None or pd.isna(value):  # ty: ignore[no-matching-overload]
        return "–"
    if isinstance(value, pd.Timestamp):
        return day(value)
    if isinstance(value, bool | np.bool_) or not known(value):
        return escape_markdown({True: _("yes"), False: _("no")}.get(value, str(value)))
    if column.kind in _WRITERS:
        return escape_markdown(_WRITERS[column.kind](value))
    number, form = float(str(value)), "%d" if column.kind == "count" else column.form
    whole = count(number) if number == round(number) else f"{number:.2f}"
    return escape_markdown(form % number if form and "%" in form else whole)
