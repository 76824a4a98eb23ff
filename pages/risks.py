"""Risks: what may go wrong at which account, what it would cost, who acts, and which rivals attack us."""

import streamlit as st

from kam.base.numbers import window
from kam.base.texts import _
from kam.risks import words
from kam.risks.figures import grid_figure, loss_curve_figure, register_figure, rivals_figure
from kam.risks.words_columns import COMPETITOR_COLUMNS, RISK_COLUMNS, RIVAL_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.risks_page import risk_cards
from kam.ui.tables import table, table_of_accounts

book, _each = start("Risks")
risks = ask(book.risks)
curve = ask(book.loss_curve)
rivals, competitors = ask(book.rivals), ask(book.competitors)
if risks.empty and competitors.empty:
    st.info(
        _(
            "No risk and no rival is known in this selection. The table risks (what may go wrong, "
            "how likely within a year, which share of the account's margin it would take) lets this "
            "page rank them by what they would cost; the table competitors shows who attacks us "
            "where. The Data page says which columns they need."
        ),
        icon=":material/warning:",
    )
    st.stop()

finding(words.finding(risks, curve, rivals, book.currency))
risk_cards(risks, curve, competitors, book.currency)
if not risks.empty:
    left, right = st.columns(2, gap="large")
    with left:
        chart_of_accounts(drawn(register_figure, risks, book.currency), key="register")
    with right:
        chart(drawn(loss_curve_figure, curve, book.currency), key="loss curve")
    table_of_accounts(risks, RISK_COLUMNS, currency=book.currency, key="risks", file="risks")
    with st.expander(_("The grid of chance and impact, for talk only"), icon=":material/grid_on:"):
        chart(drawn(grid_figure, ask(book.risk_grid), book.currency), key="grid")

if not competitors.empty:
    st.subheader(_("Rivals"), anchor=False)
    chart(drawn(rivals_figure, rivals, book.currency, window=window(book.as_of)), key="rivals")
    table(rivals, RIVAL_COLUMNS, currency=book.currency, key="rival table", file="rivals")
    st.markdown("##### " + _("Who attacks us where, and our answer"))
    table_of_accounts(competitors, COMPETITOR_COLUMNS, currency=book.currency, key="competitors", file="competitors")
explain(book, "expected loss", "margin at risk", "loss curve", "grid of risks", "revenue under attack")
