"""Scenarios kept for comparing: named, side by side, four at most, and taken away as CSV or as one page."""

import streamlit as st

from kam.book import Book
from kam.ui.answers import ask
from kam.ui.charts import chart
from kam.ui.drawings.what_if import compared
from kam.ui.plain import plain
from kam.ui.scenario import InHand, load
from kam.ui.scenario_page import scenario_page
from kam.ui.tables import save_as_csv
from kam.whatif.compare import MOST, Stored
from kam.words import what_if as words
from kam.words.numbers import known

_KEPT = "kept scenarios"
_SHOWN = ("revenue", "margin", "margin_rate", "nrr", "top_20pct_share", "hhi", "clv", "objectives_met")


def kept() -> list[Stored]:
    """Return the scenarios kept in this session."""
    return [Stored(*each) for each in st.session_state.get(_KEPT, [])]


def keep_form(held: InHand, proposed: str) -> None:
    """Offer to keep the scenario in hand under a name."""
    if not held.applied.levers:
        return
    with st.expander("Keep for comparing", icon=":material/bookmark_add:"):
        if len(kept()) >= MOST:
            st.caption(f"{MOST} are kept already; let one go first.")
            return
        # a form: nothing runs while a name is typed
        with st.form("keep form", border=False):
            st.text_input("Name", "", max_chars=60, key="keep name", placeholder=proposed[:60])
            st.text_input("Note", "", max_chars=200, key="keep note", placeholder="What it is for")
            st.form_submit_button("Keep", key="keep", on_click=_keep, args=(proposed[:60], held.text), width="stretch")


def side_by_side(book: Book, draws: int) -> None:
    """Show the kept scenarios beside each other."""
    stored = tuple(kept())
    if not stored:
        st.caption("Keep up to four scenarios to see them side by side.")
        return
    found = ask(book, "what_if_compare", kept=stored, draws=draws)
    for column, (place, each) in zip(st.columns(len(stored), gap="medium"), enumerate(stored), strict=True):
        with column, st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{plain(each.name)}**")
            if each.note:
                st.caption(plain(each.note))
            rows = found[found["place"] == place].set_index("measure")
            if rows.index.isna().any():
                st.caption(plain(str(rows["reason"].iloc[0])))
            for measure in _SHOWN if not rows.index.isna().any() else ():
                row = rows.loc[measure]
                if known(row["scenario"]):
                    st.caption(
                        plain(f"{words.MEASURES[measure]} {words.written(measure, row['scenario'], book.currency)}"
                              f" ({words.change(measure, row['change'])}); 80 %:"
                              f" {words.between(measure, row['low'], row['high'])}")
                    )  # fmt: skip
            with st.container(horizontal=True):
                st.button("Open", key=f"open kept {place}", on_click=load, args=(each.text,), type="tertiary",
                          icon=":material/input:")  # fmt: skip
                st.button("Let go", key=f"drop kept {place}", on_click=_drop, args=(place,), type="tertiary",
                          icon=":material/close:")  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        chart(book, compared, kept=stored, measure="revenue", draws=draws, key="compared revenue")
    with right:
        if found.loc[found["measure"] == "margin", "scenario"].notna().any():
            chart(book, compared, kept=stored, measure="margin", draws=draws, key="compared margin")
        else:
            st.info(
                "Margins cannot be compared: no sale has a cost. Add cost_amount to the sales.", icon=":material/info:"
            )
    with st.container(horizontal=True):
        save_as_csv(found, file="scenarios", key="compared")
        st.download_button(
            "One page (HTML)", lambda: scenario_page(book, found, stored), file_name="scenarios.html", mime="text/html",
            key="compared html", icon=":material/description:", type="tertiary", on_click="ignore",
            help="Opens in any browser without a connection",
        )  # fmt: skip


def _keep(proposed: str, text: str) -> None:
    name, note = (str(st.session_state.get(key) or "").strip() for key in ("keep name", "keep note"))
    each = Stored(name or proposed, note, text)
    st.session_state[_KEPT] = [*st.session_state.get(_KEPT, []), tuple(each)][:MOST]
    st.session_state["keep name"] = st.session_state["keep note"] = ""


def _drop(place: int) -> None:
    st.session_state[_KEPT] = [each for number, each in enumerate(st.session_state.get(_KEPT, [])) if number != place]
