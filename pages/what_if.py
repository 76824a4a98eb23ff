"""What if: levers on the left, the twelve months ahead beside the baseline on the right, with ranges."""

import streamlit as st

from kam.base.columns import only_known
from kam.base.periods import MONTHS
from kam.base.texts import _
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, chart_of_accounts, drawn
from kam.ui.frame import finding, start
from kam.ui.kept_scenarios import keep_form, side_by_side
from kam.ui.levers import show_levers
from kam.ui.markdown import escape_markdown
from kam.ui.months import months_covered
from kam.ui.scenario import draws_for, in_hand, spoken
from kam.ui.tables import table_of_accounts
from kam.ui.what_if import answer_cards, assumptions_editor, back_test, break_even_notes, measures_table, stress_tests
from kam.whatif import words
from kam.whatif.figures_gains import gains_figure
from kam.whatif.figures_months import months_ahead_figure
from kam.whatif.figures_tornado import tornado_figure
from kam.whatif.words_columns import ACCOUNT_COLUMNS

book, chosen = start("What if")
active = int((ask(book.by_account.accounts)["revenue"] > 0).sum())
if not active:
    st.info(_("No account in this selection has any revenue in these twelve months. Widen the filters at the side."))
    st.stop()

if (months := months_covered(book)) < MONTHS:
    st.info(words.too_short(months), icon=":material/info:")
    st.stop()

held = in_hand(book)
draws = draws_for(active)
text = held.text
levers = spoken(book, text)
found = ask(book.simulate, scenario=text, draws=draws)
has_costs = bool(found.set_index("measure")["baseline"].notna()["margin"])
finding(words.finding(found, len(levers), book.currency))
if held.note:
    st.warning(escape_markdown(held.note), icon=":material/link_off:")
if book.level == "parent":
    st.caption(_("What-if counts accounts; a lever can take a parent with all of its subsidiaries."))

left, right = st.columns([1, 3], gap="large")
with left:
    show_levers(book, held, found)
    keep_form(book, held, levers[0] if len(levers) == 1 else _("{count} levers").format(count=len(levers)))
with right:
    answer_cards(book, found, moved=bool(levers))
    st.caption(escape_markdown(words.expectation(found, active)))
    break_even_notes(book, held, levers)
    months = ask(book.what_if_months, scenario=text, draws=draws)
    chart(drawn(months_ahead_figure, months, book.currency), key="months")

if levers:
    one, other = st.columns(2, gap="large")
    with one:
        measure = "margin" if has_costs else "revenue"
        tornado = ask(book.what_if_tornado, scenario=text, measure=measure)
        drawing = drawn(tornado_figure, tornado, spoken(book, text), book.currency, measure=measure)
        chart(drawing, key="tornado")
    with other:
        accounts = ask(book.what_if_accounts, scenario=text, draws=draws)
        chart_of_accounts(drawn(gains_figure, accounts, book.currency), key="gains")

assumptions_editor(book, held)
back_test(book)

st.subheader(_("Side by side"), anchor=False)
side_by_side(book, draws)

st.subheader(_("Stress tests"), anchor=False)
stress_tests(book)

st.subheader(_("All measures"), anchor=False)
measures_table(found, book.currency, file="what if")
st.subheader(_("All accounts"), anchor=False)
accounts = ask(book.what_if_accounts, scenario=text, draws=draws)
table_of_accounts(
    accounts, only_known(ACCOUNT_COLUMNS, accounts), currency=book.currency, key="accounts", file="what if accounts"
)
explain(
    book,
    "what if",
    "range of a scenario",
    "order of levers",
    "simple lifetime value",
    "objectives met",
    "NRR and GRR",
    "concentration",
    "break-even volume",
)
