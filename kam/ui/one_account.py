"""The parts of a page that answer for one account: which one, its row, and the rows behind its evidence."""

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.ui.answers import ask
from kam.ui.links import ACCOUNT


def pick_account(accounts: pd.DataFrame) -> str:
    """Let the reader choose an account by name, in the order of the frame; the choice is in the URL."""
    names = dict(zip(accounts["account_id"], accounts["name"], strict=True))
    chosen = st.selectbox(
        "Account",
        list(names),
        format_func=lambda account: names.get(account, account),
        key=ACCOUNT,
        bind="query-params",
    )
    return chosen if chosen in names else next(iter(names))


def row_of(frame: pd.DataFrame, account: str) -> pd.Series:
    """Return the row of an account that is in the frame."""
    return frame[frame["account_id"] == account].iloc[0]


def source_rows(book: Book, evidence: pd.DataFrame, account: str, level: str) -> None:
    """Show the rows behind one signal."""
    signals = list(dict.fromkeys(evidence["signal"]))
    signal = st.pills("The rows behind a signal", signals, key="signal")
    if signal:
        rows = ask(book, "ladder_rows", account_id=account, signal=signal, level=level)
        st.dataframe(rows, hide_index=True, placeholder="–", key="source rows")
