"""The parts of a page that answer for one account: which one, its row, and the rows behind its evidence."""

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.ui import drawings
from kam.ui.answers import ask
from kam.ui.charts import chart
from kam.ui.columns import evidence_columns
from kam.ui.links import ACCOUNT
from kam.ui.tables import table


def pick_account(accounts: pd.DataFrame) -> str:
    """Let the reader choose an account by name, in the order of the frame; its id is in the URL."""
    labels = account_labels(accounts)
    asked = st.query_params.get(ACCOUNT)
    if asked is not None and asked not in labels:
        st.info("The account of this link has no sales in this selection. This is the largest one that has.")
    # A bound widget would write the name into the link; names change and repeat, the id stays.
    st.session_state[ACCOUNT] = asked if asked in labels else next(iter(labels))
    return st.selectbox("Account", list(labels), format_func=labels.__getitem__, key=ACCOUNT, on_change=_link_it)


def account_labels(accounts: pd.DataFrame) -> dict[str, str]:
    """Label each account by its name, and by its id too where accounts share a name.

    >>> account_labels(pd.DataFrame({"account_id": ["1", "2", "3"], "name": ["Nord", "Süd", "Nord"]}))
    {'1': 'Nord (1)', '2': 'Süd', '3': 'Nord (3)'}
    """
    labels = accounts["name"].where(
        ~accounts["name"].duplicated(keep=False), accounts["name"] + " (" + accounts["account_id"] + ")"
    )
    return dict(zip(accounts["account_id"].tolist(), labels.tolist(), strict=True))


def _link_it() -> None:
    st.query_params[ACCOUNT] = st.session_state[ACCOUNT]


def row_of(frame: pd.DataFrame, account: str) -> pd.Series:
    """Return the row of an account that is in the frame."""
    return frame[frame["account_id"] == account].iloc[0]


def show_evidence(book: Book, account: str, level: str) -> None:
    """Show every signal of an account's rung: its pull as a bar, the table, and the rows behind one of them."""
    evidence = ask(book, "ladder_evidence", account_id=account, level=level)
    if evidence.empty:
        st.info("There is no evidence for this account: no survey answer, and no sales in the last twelve months.")
        return
    chart(book, drawings.evidence, level=level, account_id=account, key="evidence")
    table(evidence, evidence_columns(), key="evidence table", file=f"evidence {account}")
    signals = list(dict.fromkeys(evidence["signal"]))
    signal = st.pills("The rows behind a signal", signals, key="signal")
    if signal:
        rows = ask(book, "ladder_rows", account_id=account, signal=signal, level=level)
        st.dataframe(rows, hide_index=True, placeholder="–", key="source rows")
