"""One account, or another thing of a list, chosen by name: its id is in the URL, so that a link shows the same."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from kam.base.texts import _
from kam.ui.links import ACCOUNT


def pick_account(accounts: pd.DataFrame) -> str:
    """Let the reader choose an account by name, in the order of the frame; its id is in the URL."""
    labels = account_labels(accounts)
    asked = st.query_params.get(ACCOUNT)
    if asked is not None and asked not in labels:
        st.info(_("The account of this link has no sales in this selection. This is the largest one that has."))
    # A bound widget would write the name into the link; names change and repeat, the id stays.
    st.session_state[ACCOUNT] = asked if asked in labels else next(iter(labels))
    return st.selectbox(_("Account"), list(labels), format_func=labels.__getitem__, key=ACCOUNT, on_change=_link_it)


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


def pick(label: str, labels: Mapping[str, str], *, key: str) -> str:
    """Let the reader choose one of the ids by its label; the first stands in for an id that is not there.

    A bound widget would write the label into the link; labels change and repeat, the id stays.
    """
    asked = st.query_params.get(key)
    st.session_state[key] = asked if asked in labels else next(iter(labels))

    def link_it() -> None:
        st.query_params[key] = st.session_state[key]

    return st.selectbox(label, list(labels), format_func=labels.__getitem__, key=key, on_change=link_it)
