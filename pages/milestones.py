"""Milestones: what is done, due and overdue, how far it slipped, and who answers for it."""

import streamlit as st

from kam.base.texts import _
from kam.plan import words_milestones as words
from kam.plan.figures_milestones import timeline_figure
from kam.plan.words_columns import MILESTONE_COLUMNS, NAMED_COLUMNS, OBJECTIVE_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.many import many_at_once
from kam.ui.milestones_page import choose, in_words, narrowed, save_as_calendar, show_load, status_cards
from kam.ui.tables import table_of_accounts

WRITTEN = ("title", "owner", "department", "forecast_on", "done_on")  # into many milestones at once

book, _each = start("Milestones")
milestones = ask(book.milestones)
objectives = ask(book.objectives)
if milestones.empty and objectives.empty:
    st.info(
        _(
            "There are no plans in this selection. A book shows them from the tables plans, "
            "milestones and objectives: the Data page says which columns they need."
        ),
        icon=":material/flag:",
    )
    st.stop()

finding(words.finding(milestones, objectives, book.today))
status_cards(milestones, objectives)
choice = choose(milestones)
shown = narrowed(milestones, choice)
if shown.empty:
    st.info(_("No milestone fits this choice."))
else:
    chart_of_accounts(drawn(timeline_figure, shown, book.today), key="timeline")
    table_of_accounts(shown, MILESTONE_COLUMNS, key="milestones", file="milestones")
    save_as_calendar(book, shown)
    many_at_once(book, "milestones", shown, told=NAMED_COLUMNS, written=WRITTEN, label=_("Write into many at once"))

if not milestones.empty:
    st.subheader(_("Who has how much to do"), anchor=False)
    show_load(book)

st.subheader(_("Objectives"), anchor=False)
if objectives.empty:
    st.info(_("The plans in this selection have no objectives yet."))
else:
    st.caption(words.objectives_title(objectives))
    table_of_accounts(objectives, OBJECTIVE_COLUMNS, key="objectives", file="objectives", shown=in_words(objectives))
explain(
    book,
    "status of a milestone",
    "slip",
    "at risk by another",
    "progress of an objective",
    "status of an objective",
    "forecast of an objective",
)
