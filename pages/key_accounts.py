"""Key accounts: who is key, why, how sure that is, and what would change the list."""

import streamlit as st

from kam.base.columns import only_known
from kam.base.policy import Asked
from kam.base.texts import _
from kam.key_accounts import words
from kam.key_accounts.figures import robustness_figure
from kam.key_accounts.figures_matrix import matrix_figure
from kam.key_accounts.words_columns import KEY_COLUMNS, WORTH_COLUMNS
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.key_accounts_page import as_if_alike, came_and_went, first_draws, refine, taken_apart
from kam.ui.markdown import escape_markdown
from kam.ui.months import with_history
from kam.ui.one_account import pick_account
from kam.ui.tables import table_of_accounts
from kam.ui.weights import weights

book, chosen = start("Key accounts")
policy = ask(book.policy).iloc[0]
said = st.container()
picked = weights(policy)
wanted: Asked = {**picked.arguments()}
draws = first_draws(book, len(ask(book.accounts)), wanted)
asked: Asked = wanted if draws is None else {**wanted, "draws": draws}
key = ask(book.key_accounts, **asked)
if key.empty:
    st.info(_("No account in this selection has any revenue in these twelve months. Widen the filters at the side."))
    st.stop()

places = picked.size or int(policy["size"])
worth = ask(book.rating_worth, **asked)
with said:
    finding(words.finding(key))
    alike = as_if_alike(book, key, policy, picked, asked)
    if note := words.unrated(key, worth, places, alike):
        st.markdown(escape_markdown(note))

left, right = st.columns(2, gap="large")
with left:
    chart_of_accounts(drawn(robustness_figure, key, places=places), key="robustness")
with right:
    chart_of_accounts(drawn(matrix_figure, key, ask(book.key_account_moves, **asked)), key="matrix")

st.subheader(_("Who came and who went"), anchor=False)
came_and_went(ask(book.key_account_moves, **asked))

st.subheader(_("One account taken apart"), anchor=False)
taken_apart(book, key, pick_account(key), asked)

if worth["crosses"].any():
    st.subheader(_("Which ratings would settle most"), anchor=False)
    table_of_accounts(worth[worth["crosses"]], WORTH_COLUMNS, key="worth", file="ratings worth making")

st.subheader(_("All parents") if book.level == "parent" else _("All accounts"), anchor=False)
shown = with_history(key, ask(book.monthly), book.as_of)
table_of_accounts(
    shown, only_known(KEY_COLUMNS, shown, "history"), currency=book.currency, key="key accounts", file="key accounts"
)
explain(book, "key account", "score", "class", "portfolio matrix", "worth of a rating")
refine(book, draws, wanted)
