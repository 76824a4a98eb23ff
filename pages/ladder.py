"""Ladder: where each customer places us, how sure that is, and where claims stand apart from the evidence."""

import streamlit as st

from kam.ui.answers import ask
from kam.ui.charts import chart, chart_of_accounts
from kam.ui.columns.ladder import climb_columns, ladder_columns
from kam.ui.drawings import ladder as drawings
from kam.ui.evidence import show_evidence
from kam.ui.explain import explain
from kam.ui.frame import finding, start
from kam.ui.one_account import pick_account
from kam.ui.plain import plain
from kam.ui.tables import table_of_accounts
from kam.words import ladder as words

book, chosen = start("Ladder")
level = chosen.level
ladder = ask(book, "ladder", level=level)
if ladder.empty:
    st.info("No account in this selection has any sales up to this month. Widen the filters at the side.")
    st.stop()

finding(words.finding(ladder, book.currency))
left, right = st.columns(2, gap="large")
with left:
    chart(book, drawings.rungs, level=level, key="rungs")
with right:
    if ladder["claimed_rung"].notna().any():
        chart_of_accounts(book, drawings.claims, level=level, key="claims")
    else:
        st.info(
            "Nobody has said on which rung an account is. Add claimed_rung to the accounts table to see claims beside"
            " the evidence.",
            icon=":material/info:",
        )

if not ask(book, "ladder_moves", level=level).empty:
    chart(book, drawings.moves, level=level, key="moves")

st.subheader("Where one step lifts most revenue", anchor=False)
steps = ask(book, "best_steps", level=level)
st.caption(plain(words.climb_title(steps)))
if not steps.empty:
    table_of_accounts(steps, climb_columns(book.currency), key="climb", file="next steps")

st.subheader("The evidence of one account", anchor=False)
account = pick_account(ladder)
show_evidence(book, account, level)

st.subheader(f"All {level}s", anchor=False)
table_of_accounts(ladder, ladder_columns(book.currency), key="ladder", file="ladder")
explain("rung", "certainty", "expected rung and gap", "pull of a signal", "move on the ladder", "next step")
