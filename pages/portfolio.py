"""Portfolio: how healthy it is, what changed, what is in danger and who acts."""

import streamlit as st

from kam.base.columns import only_known
from kam.base.numbers import window
from kam.base.texts import _
from kam.portfolio import words
from kam.portfolio.figures import changes_figure, portfolio_map_figure
from kam.portfolio.figures_pareto import pareto_figure
from kam.portfolio.words import ACCOUNT_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.links import link_to_money
from kam.ui.money_page import show_bridge
from kam.ui.portfolio_page import danger_list, headline_cards
from kam.ui.tables import table_of_accounts
from kam.ui.voice_part import voice

book, chosen = start("Portfolio")
accounts = ask(book.accounts)
if accounts.empty:
    st.info(_("No account in this selection has any sales up to this month. Widen the filters at the side."))
    st.stop()

headline = ask(book.headline)
year = window(book.as_of)
dangers = ask(book.dangers)

finding(words.finding(headline, ask(book.concentration), dangers, book.currency))
headline_cards(book, headline)

chart_of_accounts(drawn(portfolio_map_figure, accounts, book.currency, window=year), key="portfolio map")
left, right = st.columns(2, gap="large")
with left:
    chart_of_accounts(drawn(pareto_figure, accounts, book.currency, window=year), key="pareto")
with right:
    chart_of_accounts(drawn(changes_figure, ask(book.changes), book.currency, window=year), key="changes")

show_bridge(book, "revenue", in_short=True)
link_to_money()

st.subheader(_("In danger, and who acts"), anchor=False)
danger_list(dangers, book.currency)

st.subheader(_("What customers say, and their problems"), anchor=False)
voice(book)

st.subheader(_("All accounts") if book.level == "account" else _("All parents"), anchor=False)
table_of_accounts(
    accounts, only_known(ACCOUNT_COLUMNS, accounts), currency=book.currency, key="accounts", file="accounts"
)
explain(
    book,
    "revenue",
    "growth",
    "margin rate",
    "discount rate",
    "Pareto class",
    "steadiness",
    "NRR and GRR",
    "concentration",
    "NPS",
    "time to resolve",
    "referrals",
)
