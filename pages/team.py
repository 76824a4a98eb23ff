"""Team: who of ours looks after what, whose accounts do better, and what our departments owe the customers."""

import streamlit as st

from kam.base.columns import only_known
from kam.base.texts import _
from kam.team import words
from kam.team.words_columns import TEAM_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.frame import finding, start
from kam.ui.tables import table_of_accounts
from kam.ui.team_page import carried_and_skilled, compared, headline, named, open_portfolio, owed

book, _each = start("Team")
team = ask(book.team)
if named(team).empty:
    st.info(
        _(
            "No account in this selection names its key account manager. With manager_id in the "
            "accounts table, and a managers table with names and skills, this page shows who carries "
            "what and whose accounts do better."
        ),
        icon=":material/diversity_3:",
    )
    st.stop()

measures = ask(book.team_measures)
finding(words.finding(team, measures, book.currency))
headline(book, team)
compared(measures)
carried_and_skilled(book)
table_of_accounts(
    team,
    only_known(TEAM_COLUMNS, team),
    currency=book.currency,
    key="team",
    file="team",
    whose="manager",
    go=open_portfolio,
)

st.subheader(_("What our departments owe"), anchor=False)
owed(book)
explain(book, "compared managers", "not in touch", "coverage", "value contact share", "NRR and GRR", "kept milestones")
