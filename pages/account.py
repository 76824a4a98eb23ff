"""Account: one customer's figures, its rung with the evidence, and its milestones, on one page."""

import streamlit as st

from kam.ui import drawings
from kam.ui.account import account_cards, heading
from kam.ui.answers import ask
from kam.ui.charts import chart
from kam.ui.explain import explain
from kam.ui.frame import finding, start
from kam.ui.one_account import pick_account, row_of, show_evidence
from kam.words import account as words

book, chosen = start("Account")
level = chosen.level
accounts = ask(book, "accounts", level=level)
if accounts.empty:
    st.info("No account in this selection has any sales up to this month. Widen the filters at the side.")
    st.stop()

account = pick_account(accounts)
row = row_of(accounts, account)
rung = row_of(ask(book, "ladder", level=level), account)
heading(row, rung)
finding(words.finding(row, rung, book.currency))
account_cards(row, rung, book.currency)

chart(book, drawings.months, level=level, account_id=account, key="months")

st.subheader("How this customer sees us", anchor=False)
show_evidence(book, account, level)

milestones = ask(book, "milestones")
if (milestones["account_id"] == account).any():
    st.subheader("Its plan", anchor=False)
    chart(book, drawings.plan, account_id=account, key="timeline")
explain("revenue", "growth", "margin rate", "discount rate", "rung", "certainty", "pull of a signal")
