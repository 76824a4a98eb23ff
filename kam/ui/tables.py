"""Tables: names and well-set numbers, a row opens its account, and the whole table as CSV."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from kam.intake.spreadsheet import as_csv
from kam.ui.columns import Columns, in_percent
from kam.ui.links import go_to_account
from kam.ui.printing import paper_table, printing


def table_of_accounts(
    frame: pd.DataFrame, columns: Columns, *, key: str, file: str, most: int | None = None,
    shown: pd.DataFrame | None = None, whose: str = "account_id", go: Callable[[str], None] = go_to_account,
) -> None:  # fmt: skip
    """Show rows that each stand for an account (`account_id` in the frame, not shown); a click opens it.

    Rows that stand for something else have it in the column `whose`, and `go` leads there.

    Of more rows than `most` the first are shown; the CSV holds all. `shown` has the same rows in words, where numbers
    alone would not do.
    """
    seen = frame if shown is None else shown
    if printing():
        paper_table(seen, columns)
        return
    state = st.dataframe(
        in_percent(seen.head(len(frame) if most is None else most), columns),
        column_config=columns,
        hide_index=True,
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="–",
    )
    save_as_csv(frame, file=file, key=key)
    if (row := chosen_row(state)) is not None and row < len(frame):
        go(str(frame[whose].iloc[row]))


def table(frame: pd.DataFrame, columns: Columns, *, key: str, file: str) -> None:
    """Show rows without reaction to clicks."""
    if printing():
        paper_table(frame, columns)
        return
    st.dataframe(in_percent(frame, columns), column_config=columns, hide_index=True, key=key, placeholder="–")
    save_as_csv(frame, file=file, key=key)


def save_as_csv(frame: pd.DataFrame, *, file: str, key: str) -> None:
    """Offer the frame as a CSV file that a spreadsheet takes as data, never as formulas; on paper there is none."""
    if printing():
        return
    st.download_button(
        "CSV",
        lambda: as_csv(frame),
        file_name=f"{file}.csv",
        mime="text/csv",
        key=f"{key} csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def chosen_row(state: object) -> int | None:
    """Return the row chosen in a table, if any.

    >>> chosen_row({"selection": {"rows": [3]}})
    3
    """
    rows = state.get("selection", {}).get("rows", []) if isinstance(state, dict) else []
    return rows[0] if rows else None
