"""The entry: `streamlit run app.py` opens the book in `data`, or the one that KAM_BOOK names."""

from kam.ui.frame import run

run()
