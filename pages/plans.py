"""Plans: how each account plan stands, what its objectives are heading for, how sound they are, and what is missing."""

import streamlit as st

from kam.base.texts import _
from kam.plan import words
from kam.plan.figures import plans_figure
from kam.plan.words_columns import PLAN_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.plans_page import one_plan, pick_plan, plan_cards, start_from_gaps
from kam.ui.tables import table_of_accounts

book, _each = start("Plans")
plans = ask(book.plans)
accounts = ask(book.by_account.accounts)
if plans.empty:
    st.info(
        _(
            "There are no plans in this selection. With the tables plans, objectives and milestones "
            "this page shows how each goes, measured from sales and surveys, and where it is "
            "heading: the Data page says which columns they need. A plan can start from the gaps "
            "below."
        ),
        icon=":material/assignment:",
    )
else:
    objectives, smart = ask(book.objectives), ask(book.smart)
    finding(words.finding(plans, objectives))
    plan_cards(plans, objectives, smart)
    if not words.running(plans).empty:
        chart_of_accounts(drawn(plans_figure, plans), key="plans")
    table_of_accounts(plans, PLAN_COLUMNS, key="plan table", file="plans")
    st.subheader(_("One plan"), anchor=False)
    one_plan(book, pick_plan(plans), objectives, smart)

if not accounts.empty:
    st.subheader(_("Start from the gaps"), anchor=False)
    start_from_gaps(book, accounts, plans)
explain(
    book,
    "progress of an objective",
    "status of an objective",
    "forecast of an objective",
    "SMART",
    "achievable",
    "proposed target",
)
