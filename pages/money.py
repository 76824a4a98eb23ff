"""Money: what made revenue or margin change, what it cost, and whose customers stay."""

import streamlit as st

from kam.base.columns import only_known
from kam.base.texts import _
from kam.money import words
from kam.money.figures import retention_figure
from kam.money.figures_cohorts import cohorts_figure
from kam.money.words_columns import DRIVER_COLUMNS, EROSION_COLUMNS
from kam.portfolio import words_absent as absent
from kam.ui.answers import ask
from kam.ui.cards import explain
from kam.ui.charts import chart, drawn
from kam.ui.frame import finding, start
from kam.ui.lifetime_part import show_lifetime
from kam.ui.markdown import escape_markdown
from kam.ui.money_page import (
    bridge_apart,
    bridge_cards,
    bridge_notes,
    months_before,
    pick_measure,
    retention_apart,
    show_bridge,
)
from kam.ui.months import months_covered
from kam.ui.tables import save_as_csv, table_of_accounts

book, chosen = start("Money")
accounts = ask(book.accounts)
if accounts.empty:
    st.info(_("No account in this selection has any sales up to this month. Widen the filters at the side."))
    st.stop()

said = st.container()
measure = pick_measure()
rows = ask(book.bridge, measure=measure)
erosion = ask(book.discount_erosion)
with said:
    spans = {"months": months_covered(book), "months_before": months_before(book)}
    finding(words.finding(rows, erosion, book.as_of, measure, book.currency, **spans))
has_lists = accounts["discount_rate"].notna().any()
is_compared = months_before(book) > 0
no_volume = absent.volume_note(book.share_with("products"), book.share_with("quantities"))
eroded = erosion["cost"].sum() if has_lists and is_compared and no_volume is None else None
bridge_cards(book, ask(book.bridge_summary, measure=measure), measure, eroded)
show_bridge(book, measure)
bridge_notes(book, rows)
if rows["amount"].notna().all():
    save_as_csv(rows, file=f"{measure} bridge", key="bridge rows")
    bridge_apart(book, measure)

st.subheader(_("Discounts that bought no volume"), anchor=False)
if not has_lists:
    st.info(
        _("No line has a list price, so discounts are unknown. Add list_amount to the sales to see what they cost."),
        icon=":material/info:",
    )
elif no_volume is not None:
    st.info(no_volume, icon=":material/info:")
else:
    st.caption(escape_markdown(words.erosion_title(erosion, book.currency) if is_compared else words.NOT_COMPARED))
    if note := absent.left_out_of_erosion(book.share_with("quantities")):
        st.caption(escape_markdown(note))
    if not erosion.empty:
        table_of_accounts(
            erosion,
            only_known(EROSION_COLUMNS, erosion),
            currency=book.currency,
            key="erosion",
            file="discount erosion",
        )

st.subheader(_("Who stays"), anchor=False)
cohorts = ask(book.cohorts)
left, right = st.columns(2, gap="large")
with left:
    chart(drawn(retention_figure, ask(book.headline)), key="retention")
with right:
    chart(drawn(cohorts_figure, cohorts, book.currency), key="cohorts")
    if note := words.censored_note(cohorts):
        st.caption(escape_markdown(note))
    save_as_csv(cohorts, file="cohorts", key="cohorts")
retention_apart(book)

st.subheader(_("Who drove the losses"), anchor=False)
drivers = ask(book.retention_drivers)
st.caption(escape_markdown(words.drivers_title(drivers, book.currency) if is_compared else words.NOT_COMPARED))
if not drivers.empty:
    table_of_accounts(
        drivers, only_known(DRIVER_COLUMNS, drivers), currency=book.currency, key="drivers", file="losses"
    )
show_lifetime(book)
explain(
    book,
    "revenue",
    "margin rate",
    "bridge",
    "discount erosion",
    "discount rate",
    "NRR and GRR",
    "cohort",
    "lifetime value",
    "P(alive)",
    "range of a lifetime value",
    "back-test of lifetime value",
    "simple value",
)
