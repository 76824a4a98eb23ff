"""What was changed in the app, newest first, with the way back."""

import streamlit as st

from kam.base.texts import _
from kam.book import Book
from kam.data.words_columns import CHANGE_COLUMNS
from kam.ui.editor import outcome, undo
from kam.ui.remembered import ask
from kam.ui.tables import chosen_row, configured, save_as_csv

_SHOWN = 500


def history(book: Book, table: str | None = None, record: str | None = None) -> None:
    """List the changes of the book, of one table, or of one record; a chosen one can be undone."""
    key = f"history {table} {record}"
    outcome(book, key)
    log = ask(book.change_log, table=table, key=record, limit=_SHOWN)
    if log.empty:
        st.caption(_("Nothing has been changed in the app yet. Every change is remembered here and can be undone."))
        return
    state = st.dataframe(
        log[list(CHANGE_COLUMNS)],
        column_config=configured(CHANGE_COLUMNS),
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="–",
    )
    row = chosen_row(state)
    if row is not None and row < len(log):
        line = log.iloc[row]
        is_undone = line["undone_by"] is not None and line["undone_by"] == line["undone_by"]
        label = _("This change was undone already") if is_undone else _("Undo the chosen change")
        args = (book, [int(line["number"])], key)
        st.button(label, icon=":material/undo:", key=f"{key} undo", disabled=bool(is_undone), on_click=undo, args=args)
    save_as_csv(log, file="changes", key=key)
