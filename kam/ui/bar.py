"""A bar that shows what is being done and how far it is; whatever the files are called, it is shown as letters."""

from collections.abc import Generator
from contextlib import contextmanager

import streamlit as st

from kam.intake.load import Progress
from kam.ui.markdown import escape_markdown


@contextmanager
def progress_bar(begun: str) -> Generator[Progress]:
    """Show a bar while a block runs; yields the function to tell what is being done, and its share of the whole."""
    place = st.empty()
    bar = place.progress(0.0, escape_markdown(begun))
    try:
        yield lambda step, share: bar.progress(share, escape_markdown(f"{step[:1].upper()}{step[1:]}"))
    finally:
        place.empty()
