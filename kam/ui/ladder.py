"""The part of the Ladder page that answers for one account: which one, and the rows behind its evidence."""

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.ui.answers import ask
from kam.ui.links import ACCOUNT


def pick_account(ladder: pd.DataFrame) -> tuple[str, str]:
    """Let the reader choose an account by name, the one with the widest gap first; the choice is in the URL."""
    order = ladder.sort_values("gap", ascending=False, na_position="last", kind="stable")
    names = dict(zip(order["account_id"], order["name"], strict=True))
    chosen = st.selectbox(
        "Account",
        list(names),
        format_func=lambda account: names.get(account, account),
        key=ACCOUNT,
        bind="query-params",
    )
    account = chosen if chosen in names else next(iter(names))
    return account, names[account]


def source_rows(book: Book, evidence: pd.DataFrame, account: str, level: str) -> None:
    """Show the rows behind one signal."""
    signals = list(dict.fromkeys(evidence["signal"]))
    signal = st.pills("The rows behind a signal", signals, key="signal")
    if signal:
        rows = ask(book, "ladder_rows", account_id=account, signal=signal, level=level)
        st.dataframe(rows, hide_index=True, placeholder="–", key="source rows")
