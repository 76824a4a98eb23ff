"""The report of intake on the page: what came in, how columns were read, what was refused, what to know of."""

from collections.abc import Hashable

import pandas as pd
import streamlit as st
from streamlit import column_config as cc

from kam.intake.columns import still_needed
from kam.schema import TABLES
from kam.ui.plain import plain
from kam.ui.tables import save_as_csv, table
from kam.words.data import known_of, read_as
from kam.words.numbers import counted

_WHOLE = "localized"


def came_in(tables: pd.DataFrame, columns: pd.DataFrame, *, key: str) -> None:
    """Show each table's file and its rows read, taken in and refused; behind it, how each column was read."""
    read = columns.groupby("table").size()
    shown = tables.assign(columns_read=tables["table"].map(read).fillna(0).astype(int))
    table(
        shown,
        {
            "table": cc.TextColumn("Table", pinned=True),
            "file": "File",
            "rows_read": cc.NumberColumn("Rows read", format=_WHOLE),
            "rows_accepted": cc.NumberColumn("Taken in", format=_WHOLE),
            "rows_refused": cc.NumberColumn("Refused", format=_WHOLE),
            "columns_read": cc.NumberColumn("Columns read", format=_WHOLE),
        },
        key=f"{key} tables",
        file="tables",
    )
    with st.expander("How each column was read", icon=":material/view_column:"):
        told = [read_as(*row) for row in columns[["how", "source", "written"]].itertuples(index=False)]
        meant = [_meaning(*row) for row in columns[["table", "column"]].itertuples(index=False)]
        table(
            columns.assign(told=told, meaning=meant),
            {
                "table": "Table",
                "column": cc.TextColumn("Column", pinned=True),
                "source": "Column of the file",
                "told": cc.TextColumn("How it was found", width="medium"),
                "meaning": cc.TextColumn("What it means", width="large"),
            },
            key=f"{key} columns",
            file="columns",
        )


def refused_rows(refused: pd.DataFrame, counts: pd.DataFrame, total: int, *, key: str) -> None:
    """Show the refused rows: how many for which reason, and each with its file, line and value."""
    if not total:
        st.success("Every row was taken in.", icon=":material/check_circle:")
        return
    st.dataframe(
        counts,
        column_config={
            "table": "Table",
            "reason": cc.TextColumn("Reason", width="large"),
            "rows": cc.NumberColumn("Rows", format=_WHOLE),
        },
        hide_index=True,
        key=f"{key} reasons",
        alt="Refused rows by table and reason",
    )
    if len(refused) < total:
        st.caption(f"{len(refused):,} of the {total:,} refused rows were kept; they are listed here.")
    table(
        refused,
        {
            "table": "Table",
            "file": "File",
            "line": cc.NumberColumn("Line", format="%d"),
            "column": "Column",
            "value": "Value as written",
            "reason": cc.TextColumn("Why it was refused", width="medium"),
        },
        key=f"{key} refused",
        file="refused rows",
    )


def refused_by_reason(refused: pd.DataFrame) -> pd.DataFrame:
    """Count kept refused rows by table and reason, most first: table, reason, rows."""
    reasons = refused.assign(reason=(refused["column"] + " " + refused["reason"]).str.strip())
    counts = reasons.groupby(["table", "reason"], as_index=False).size().rename(columns={"size": "rows"})
    return counts.sort_values("rows", ascending=False, kind="stable", ignore_index=True)


def worth_knowing(findings: pd.DataFrame, *, key: str) -> None:
    """List what was taken in but should be known, warnings first, each with what it weakens."""
    if findings.empty:
        st.caption("Nothing stands out: no repeated lines, no unknown ids, no absurd amounts.")
        return
    for row in findings.sort_values("severity", ascending=False, kind="stable").to_dict("records"):
        _finding(row)
    save_as_csv(findings, file="findings", key=f"{key} findings")


def _finding(row: dict[Hashable, object]) -> None:
    warning = row["severity"] == "warning"
    said = known_of(str(row["table"]), str(row["check"]), int(str(row["count"])), str(row["example"] or ""))
    with st.container(horizontal=True, vertical_alignment="top"):
        st.badge(
            "warning" if warning else "note",
            color="orange" if warning else "gray",
            icon=":material/warning:" if warning else ":material/info:",
            width=110,
        )
        st.markdown(f"**{plain(said)}.** Weakens {plain(str(row['weakens']))}.", width="stretch")


def missing_tables(missing: pd.DataFrame) -> None:
    """Show the tables a book does not have, what each would add, and the columns it needs."""
    if missing.empty:
        st.caption("This book has every table.")
        return
    st.caption(
        f"{counted(len(missing), 'more table')} would make the pages say more. Put a CSV or Parquet file of the table's"
        " name into the folder, or add it to a new book from files."
    )
    needed = {name: still_needed(TABLES[name], ()) for name in missing["table"]}
    more = {name: [each.name for each in TABLES[name] if each.name not in needed[name]] for name in needed}
    table(
        missing.assign(
            needs=missing["table"].map(lambda name: ", ".join(needed[name])),
            more=missing["table"].map(lambda name: ", ".join(more[name])),
        ),
        {
            "table": cc.TextColumn("Table", pinned=True),
            "adds": cc.TextColumn("What it would add", width="large"),
            "row": cc.TextColumn("One row is", width="medium"),
            "needs": cc.TextColumn("Columns it needs", width="medium"),
            "more": cc.TextColumn("Columns it can have", width="large"),
        },
        key="missing",
        file="missing tables",
    )


def _meaning(name: str, column: str) -> str:
    return TABLES[name][column].meaning
