"""Account: all of one customer, in the order to read before walking in: rung, people, money, voice, its world, plan."""

import streamlit as st

from kam.account import words
from kam.base.policy import Asked
from kam.base.texts import _
from kam.key_accounts.words_columns import PART_COLUMNS
from kam.plan.figures_milestones import timeline_figure
from kam.portfolio import words_absent as absent
from kam.portfolio.categories import UNNAMED
from kam.portfolio.words import CATEGORY_COLUMNS
from kam.ui.account_page import account_cards, family_links, heading, its_world, show_year
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, drawn
from kam.ui.editor import ACCOUNT_RECORDS, editor
from kam.ui.frame import finding, start
from kam.ui.key_accounts_page import rating_anchors, show_score_parts
from kam.ui.ladder_page import show_evidence
from kam.ui.lifetime_part import account_lifetime
from kam.ui.links import link_to_milestones
from kam.ui.markdown import escape_markdown
from kam.ui.months import months_covered
from kam.ui.one_account import pick_account, row_of
from kam.ui.opportunities_page import could_buy
from kam.ui.printing import link_to_paper, side_by_side
from kam.ui.relationships_page import people_of
from kam.ui.tables import table
from kam.ui.voice_part import voice
from kam.ui.weights import linked

book, chosen = start("Account")
accounts = ask(book.accounts)
if accounts.empty:
    st.info(_("No account in this selection has any sales up to this month. Widen the filters at the side."))
    st.stop()

account = pick_account(accounts)
row = row_of(accounts, account)
rung = row_of(ask(book.ladder), account)
picked = linked(ask(book.policy).iloc[0])
asked: Asked = {**picked.arguments()}
key = ask(book.key_accounts, **asked)
weighed = (key["account_id"] == account).any()
heading(row, rung, row_of(key, account) if weighed else None)
link_to_paper("pages/account.py")
family_links(ask(book.family, account_id=account))
finding(words.finding(row, rung, book.currency, months=months_covered(book)))
account_cards(book, row, rung)

st.subheader(_("How this customer sees us"), anchor=False)
show_evidence(book, account)

st.subheader(_("Who is who there"), anchor=False)
people_of(book, account, whole=False)

st.subheader(_("What it brings"), anchor=False)
left, right = side_by_side()
with left:
    show_year(book, account, "revenue")
with right:
    if row["cost_coverage"] > 0:
        show_year(book, account, "margin")
    else:
        st.info(_("No line of this account has a cost, so its margin is unknown. Add cost_amount to the sales."))

st.subheader(_("What it buys"), anchor=False)
categories = ask(book.categories, account_id=account)
if len(categories) and (categories["category"] == UNNAMED).all():
    st.info(absent.NOTHING_NAMED, icon=":material/info:")
else:
    st.caption(escape_markdown(words.categories_title(categories, book.currency)))
    table(categories, CATEGORY_COLUMNS, currency=book.currency, key="categories", file=f"categories {account}")

could_buy(book, account, row["name"])
account_lifetime(book, account)

st.subheader(_("What it says, and its problems"), anchor=False)
voice(book, account)

its_world(book, account)

if weighed:
    st.subheader(_("Whether it is key"), anchor=False)
    if picked.is_changed:
        st.caption(_("By the weights set on the Key accounts page, not by the book's policy."))
    parts = ask(book.criterion_parts, account_id=account, half_life=picked.half_life)
    show_score_parts(key, {account: parts})
    table(parts, PART_COLUMNS, key="parts", file=f"score {account}")
    rating_anchors()

milestones = ask(book.milestones)
if (milestones["account_id"] == account).any():
    st.subheader(_("Its plan"), anchor=False)
    steps = milestones[milestones["account_id"] == account]
    chart(drawn(timeline_figure, steps, book.today), key="timeline")
    link_to_milestones(row["name"])
editor(book, ACCOUNT_RECORDS, scope={"account_id": account}, label=_("Write about this account"))
explain(
    book,
    "revenue",
    "growth",
    "margin rate",
    "bridge",
    "discount rate",
    "rung",
    "certainty",
    "pull of a signal",
    "coverage",
    "net support",
    "anti-supporter exposure",
    "NPS",
    "time to resolve",
    "expected loss",
    "value delivered",
    "score",
    "class",
    "white space",
    "lifetime value",
    "range of a lifetime value",
    "P(alive)",
    "simple value",
)
