"""One thing of a list, chosen by name; its id is in the URL, so that a link shows the same."""

from collections.abc import Mapping

import streamlit as st


def pick(label: str, labels: Mapping[str, str], *, key: str) -> str:
    """Let the reader choose one of the ids by its label; the first stands in for an id that is not there.

    A bound widget would write the label into the link; labels change and repeat, the id stays.
    """
    asked = st.query_params.get(key)
    st.session_state[key] = asked if asked in labels else next(iter(labels))

    def link_it() -> None:
        st.query_params[key] = st.session_state[key]

    return st.selectbox(label, list(labels), format_func=labels.__getitem__, key=key, on_change=link_it)
