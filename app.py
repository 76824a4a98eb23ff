"""The entry: page settings, navigation, and the filters that all pages share."""

import streamlit as st

from kam.ui.frame import open_page

st.set_page_config(page_title="Key accounts", page_icon="kam/ui/assets/icon.png", layout="wide")

page = st.navigation(
    {
        "Customers": [
            st.Page("pages/portfolio.py", title="Portfolio", icon=":material/monitoring:", default=True),
            st.Page("pages/ladder.py", title="Ladder", icon=":material/stairs:"),
            st.Page("pages/account.py", title="Account", icon=":material/storefront:"),
        ],
        "Work": [st.Page("pages/milestones.py", title="Milestones", icon=":material/flag:")],
        "Book": [st.Page("pages/data.py", title="Data", icon=":material/database:", url_path="data")],
    }
)
open_page(page)
