"""How each figure is computed, in words, behind one quiet button."""

import streamlit as st

from kam.ui.printing import printing
from kam.words.definitions import DEFINITIONS


def explain(*terms: str) -> None:
    """Offer the definitions of the terms a page uses."""
    if printing():
        return
    with st.popover("How this is computed", icon=":material/calculate:", type="tertiary"):
        for term in terms:
            st.markdown(f"**{term[0].upper()}{term[1:]}.** {DEFINITIONS[term]}")
