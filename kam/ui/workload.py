"""What milestones ask of people: who has how much to do when, and the days for their calendars."""

import pandas as pd
import streamlit as st

from kam.base.texts import _
from kam.book import Book
from kam.plan.figures_milestones import load_figure
from kam.plan.words_columns import LOAD_COLUMNS
from kam.ui.answers import ask
from kam.ui.charts import chart, drawn
from kam.ui.tables import table

_BY = {"owner": _("Owner"), "department": _("Department")}


def save_as_calendar(book: Book, shown: pd.DataFrame) -> None:
    """Offer the open milestones as a file that calendars take in."""
    st.download_button(
        _("Calendar"),
        lambda: book.calendar(shown).encode("utf-8"),
        file_name="milestones.ics",
        mime="text/calendar",
        key="calendar",
        icon=":material/event:",
        type="tertiary",
        on_click="ignore",
        help=_("Open milestones as all-day events; taking a newer file in moves them"),
    )


def show_load(book: Book) -> None:
    """Show who has how much to do in which month, by owner or department."""
    by = st.segmented_control(
        _("By"),
        list(_BY),
        default="owner",
        required=True,
        key="load_by",
        bind="query-params",
        format_func=_BY.__getitem__,
        label_visibility="collapsed",
    )
    load = ask(book.milestone_load, by=by or "owner")
    chart(drawn(load_figure, load, by=by or "owner", today=book.today), key="load")
    table(load, LOAD_COLUMNS, key="load table", file="milestone load")
