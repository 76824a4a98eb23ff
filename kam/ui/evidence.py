"""The evidence for one account's rung: its pull as a bar, the table, and the rows behind a signal."""

import streamlit as st

from kam.base.texts import _
from kam.book import Book
from kam.ladder.figures_evidence import evidence_figure
from kam.ladder.words_columns import EVIDENCE_COLUMNS, WAY_COLUMNS
from kam.ladder.words_rungs import ways_finding
from kam.ui.answers import ask
from kam.ui.charts import chart, drawn
from kam.ui.markdown import escape_markdown
from kam.ui.one_account import row_of
from kam.ui.printing import printing
from kam.ui.tables import table


def show_ways(book: Book, account: str) -> None:
    """Show what would lift an account most on each of the five ways up, and what is planned already."""
    ways = ask(book.ways_up, account_id=account)
    if ways["gain"].notna().any():
        st.caption(escape_markdown(ways_finding(ways)))
        table(ways, WAY_COLUMNS, key="ways up", file=f"ways up {account}")


def show_evidence(book: Book, account: str) -> None:
    """Show every signal of an account's rung: its pull as a bar, the table, and the rows behind one of them."""
    evidence = ask(book.ladder_evidence, account_id=account)
    if evidence.empty:
        st.info(
            _(
                "There is no evidence for this account: no survey answer, and no sales in the last "
                "twelve months, or too few months and peers to hold them against."
            )
        )
        return
    rung = row_of(ask(book.ladder), account)
    chart(drawn(evidence_figure, evidence, account_id=account, rung=rung), key="evidence")
    if printing():
        return
    table(evidence, EVIDENCE_COLUMNS, key="evidence table", file=f"evidence {account}")
    signals = list(dict.fromkeys(evidence["signal"]))
    signal = st.pills(_("The rows behind a signal"), signals, key="signal")
    if signal:
        rows = ask(book.ladder_rows, account_id=account, signal=signal)
        st.dataframe(rows, hide_index=True, placeholder="–", key="source rows")
