"""Opportunities: what accounts do not buy yet, what that is worth and why, what is being worked, and what is next."""

import streamlit as st

from kam.base.texts import _
from kam.opportunities import words_white_space as words
from kam.opportunities.figures import white_space_categories_figure, white_space_figure
from kam.portfolio import words_absent as absent
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.markdown import escape_markdown
from kam.ui.opportunities_page import choose, ranked, register_table, solution_table, up_sell_table, white_space_cards

book, chosen = start("Opportunities")
cells = ask(book.white_space)
register, up_sell = ask(book.opportunities), ask(book.up_sell)
solutions = ask(book.solution_gaps)
if cells.empty:
    sells = (ask(book.accounts)["revenue"] > 0).any()
    lacking = words.NO_CATEGORIES if book.has("products") else absent.NO_WHITE_SPACE
    st.info(lacking if sells else words.NO_REVENUE, icon=":material/lightbulb:")
else:
    finding(words.finding(cells, book.currency))
    white_space_cards(book, cells, register, up_sell)
    for note in (words.uncategorised(cells), words.unnamed(ask(book.accounts), cells, book.currency)):
        if note:
            st.caption(escape_markdown(note))

    left, right = st.columns([1.7, 1], gap="large")
    with left:
        chart_of_accounts(drawn(white_space_figure, cells, book.currency), key="white space")
    with right:
        chart(drawn(white_space_categories_figure, cells, book.currency), key="categories")

    st.subheader(_("Gaps, most expected value first"), anchor=False)
    st.caption(escape_markdown(words.back_test(ask(book.white_space_back_test).iloc[0])))
    ranked(choose(cells[cells["state"] == words.GAP]), book.currency)

st.subheader(_("Better versions"), anchor=False)
up_sell_table(book, up_sell)

st.subheader(_("Whole solutions"), anchor=False)
solution_table(book, solutions)

st.subheader(_("The register"), anchor=False)
register_table(register, book.currency)
explain(book, "white space", "lift", "hit rate of the ranking", "up-sell", "solution gap")
