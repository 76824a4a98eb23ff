"""Ladder: where each customer places us, how sure that is, who moved, who may slip, and what would lift or settle."""

import streamlit as st

from kam.base.numbers import window
from kam.base.texts import _
from kam.ladder import words
from kam.ladder.figures import rungs_figure
from kam.ladder.figures_claims import claims_figure
from kam.portfolio import words_absent as absent
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart_of_accounts, chart_of_choices, drawn
from kam.ui.frame import finding, start
from kam.ui.ladder_page import (
    all_accounts,
    choose_rung,
    headline,
    likelihoods,
    moved,
    next_steps,
    outcomes,
    show_evidence,
    show_ways,
    slipping,
    to_find_out,
)
from kam.ui.one_account import pick_account

book, chosen = start("Ladder")
ladder = ask(book.ladder)
if ladder.empty:
    st.info(_("No account in this selection has any sales up to this month. Widen the filters at the side."))
    st.stop()

finding(words.finding(ladder, book.currency))
slip = ask(book.slip_risk)
headline(book, ladder, slip)
left, right = st.columns(2, gap="large")
with left:
    rungs = drawn(rungs_figure, ladder, book.currency, window=window(book.as_of))
    chart_of_choices(rungs, key="rungs", choose=choose_rung)
with right:
    if ladder["claimed_rung"].notna().any():
        chart_of_accounts(drawn(claims_figure, ladder), key="claims")
    else:
        st.info(
            _(
                "Nobody has said on which rung an account is. Add claimed_rung to the accounts table to "
                "see claims beside the evidence."
            ),
            icon=":material/info:",
        )

st.subheader(_("Who moved"), anchor=False)
moved(book)

st.subheader(_("Who may slip"), anchor=False)
slipping(book, slip)

st.subheader(_("Where one step lifts most revenue"), anchor=False)
next_steps(book)

st.subheader(_("What to find out first"), anchor=False)
to_find_out(book, ladder)

st.subheader(_("Does a higher rung pay?"), anchor=False)
outcomes(book)

st.subheader(_("The evidence of one account"), anchor=False)
account = pick_account(ladder)
show_ways(book, account)
show_evidence(book, account)
if not book.has("products"):
    st.caption(absent.NO_BREADTH)
likelihoods(book)

st.subheader(_("All parents") if book.level == "parent" else _("All accounts"), anchor=False)
all_accounts(book, ladder)
explain(
    book,
    "rung",
    "certainty",
    "expected rung and gap",
    "pull of a signal",
    "move on the ladder",
    "slip risk",
    "next step",
    "worth of evidence",
    "rung and outcome",
)
