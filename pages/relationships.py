"""Relationships: where one resignation could cost us an account, who is for and against us, who is not met."""

import streamlit as st

from kam.base.texts import _
from kam.people import words
from kam.people.figures import gaps_figure
from kam.people.figures_relationship_map import relationship_map_figure
from kam.people.words_columns import RELATIONSHIP_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.one_account import pick_account
from kam.ui.printing import link_to_paper, side_by_side
from kam.ui.relationships_page import HIDDEN, network_cards, network_rows, people_of, tables_of
from kam.ui.tables import table_of_accounts

book, chosen = start("Relationships")
relationships = ask(book.relationships)
if relationships.empty:
    st.info(_("No account in this selection has any sales up to this month. Widen the filters at the side."))
    st.stop()

network = ask(book.network).iloc[0]
finding(words.finding(network, relationships, book.currency))
if not tables_of(book) & {"contacts", "touches"}:
    st.info(words.missing(tables_of(book)), icon=":material/info:")
    st.stop()

link_to_paper("pages/relationships.py")
if book.hides_people:
    st.caption(HIDDEN)
network_cards(book, network)
network_rows(book)
left, right = side_by_side()
with left:
    chart_of_accounts(drawn(relationship_map_figure, relationships, book.currency), key="relationship map")
with right:
    chart(drawn(gaps_figure, ask(book.coverage_gaps)), key="gaps")

st.subheader(_("The people of one account"), anchor=False)
account = pick_account(relationships)
people_of(book, account, whole=True)

st.subheader(_("All accounts") if book.level == "account" else _("All parents"), anchor=False)
table_of_accounts(
    relationships, RELATIONSHIP_COLUMNS, currency=book.currency, key="relationships", file="relationships"
)
explain(book, "coverage", "net support", "anti-supporter exposure", "key-person risk", "value contact share")
