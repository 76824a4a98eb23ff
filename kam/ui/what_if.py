"""The answer on the What-if page: cards, the table of measures, assumptions, stress tests, the back-test."""

import zlib

import pandas as pd
import streamlit as st

from kam.base.columns import only_known
from kam.base.numbers import MINUS, known
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _
from kam.book import Book
from kam.ui.answers import ask
from kam.ui.cards import defined
from kam.ui.markdown import escape_markdown
from kam.ui.scenario import InHand, assume, load
from kam.ui.tables import configured, save_as_csv, table
from kam.whatif import words
from kam.whatif.scenario import Changed, Scenario
from kam.whatif.scenario_text import to_text
from kam.whatif.words_columns import ASSUMPTION_COLUMNS, BACK_TEST_COLUMNS, MEASURE_COLUMNS, STRESS_COLUMNS

_CARDS = ("revenue", "margin", "margin_rate", "nrr", "top_20pct_share", "clv", "objectives_met")
_GOOD = {"top_20pct_share": None}
_TERMS = {
    "revenue": "what if",
    "margin": "what if",
    "margin_rate": "margin rate",
    "nrr": "NRR and GRR",
    "top_20pct_share": "concentration",
    "clv": "simple lifetime value",
    "objectives_met": "objectives met",
}
_PROBLEM = "assumption problem"


def answer_cards(book: Book, found: pd.DataFrame, *, moved: bool) -> None:
    """Draw each measure of the scenario with its change against the baseline and its 80 % range."""
    rows = found.set_index("measure")
    shown = [name for name in _CARDS if name != "objectives_met" or known(rows.loc[name, "scenario"])]
    with st.grid(4, min_column_width=155, gap="small"):
        for name in shown:
            row = rows.loc[name]
            with st.container(gap="xxsmall"):
                is_moved = moved and known(row["change"])
                written = words.change(name, row["change"])
                changed = is_moved and any(digit in written for digit in "123456789")
                good = _GOOD.get(name, True)
                st.metric(
                    words.MEASURES[name],
                    words.written(name, row["scenario"], book.currency),
                    written.replace(MINUS, "-") if is_moved else None,
                    delta_color="normal" if changed and good else "off",
                    delta_arrow="auto" if changed else "off",
                    delta_description=_("on {name}").format(name=words.written(name, row["baseline"]))
                    if is_moved
                    else None,
                    help=defined(book, _TERMS[name]),
                )
                if known(row["low"]):
                    st.caption(f"{SCENARIO_RANGE}: {escape_markdown(words.between(name, row['low'], row['high']))}")
                elif row["reason"]:
                    st.caption(escape_markdown(str(row["reason"])))


def measures_table(found: pd.DataFrame, currency: str | None, file: str) -> None:
    """Show every measure with its ranges; the CSV has the numbers."""
    rows = [
        {
            "name": words.MEASURES[row["measure"]],
            "last": words.written(row["measure"], row["last_year"], currency),
            "before": words.written(row["measure"], row["baseline"], currency),
            "before_range": _range(row["measure"], row["baseline_low"], row["baseline_high"]),
            "after": words.written(row["measure"], row["scenario"], currency),
            "after_range": _range(row["measure"], row["low"], row["high"]),
            "difference": words.change(row["measure"], row["change"]),
            "difference_range": _changes(row["measure"], row["change_low"], row["change_high"]),
        }
        for row in found.to_dict("records")
    ]
    st.dataframe(
        pd.DataFrame(rows), column_config=configured(MEASURE_COLUMNS), hide_index=True, key="measures", placeholder="–"
    )
    save_as_csv(found, file=file, key="measures")


def _range(measure: str, low: float, high: float) -> str | None:
    return words.between(measure, low, high) if known(low) else None


def _changes(measure: str, low: float, high: float) -> str | None:
    return (
        _("{change} to {change_2}").format(change=words.change(measure, low), change_2=words.change(measure, high))
        if known(low)
        else None
    )


def break_even_notes(book: Book, held: InHand, spoken: list[str]) -> None:
    """Say how much volume each lever on prices or costs may cost before the margin falls."""
    for sentence in words.break_even(ask(book.break_even, scenario=held.text), spoken):
        st.markdown(f":material/balance: {escape_markdown(sentence)}")


def assumptions_editor(book: Book, held: InHand) -> None:
    """Show every assumption with its range and source; value and range can be changed."""
    found = ask(book.what_if_assumptions, scenario=held.text)
    with st.expander(_("What is assumed"), icon=":material/rule:"):
        st.caption(
            _(
                "Every range holds {scenario_range} of what may be. Those estimated from this book say "
                "from how many accounts; the others are assumptions, to be changed to what you know. "
                "What a rung goes with compares accounts on neighbouring rungs; it does not prove that "
                "the rung is the cause."
            ).format(scenario_range=SCENARIO_RANGE)
        )
        if problem := st.session_state.pop(_PROBLEM, None):
            st.warning(escape_markdown(problem))
        # a new key for a new state: edits are taken into the scenario and do not stay in the editor, too
        key = _("assumptions {crc32}").format(crc32=zlib.crc32(repr(held.whole.assumptions).encode()))
        st.data_editor(
            found[list(ASSUMPTION_COLUMNS)],
            column_config=configured(ASSUMPTION_COLUMNS),
            disabled=[name for name, column in ASSUMPTION_COLUMNS.items() if column.kind == "text"],
            hide_index=True,
            key=key,
            on_change=_edited,
            args=(held, found, key),
            alt=_("Assumptions with value, low and high end, unit and source"),
        )
        if held.whole.assumptions:
            st.button(
                _("Back to the book's own"),
                key="own assumptions",
                icon=":material/undo:",
                on_click=_own,
                args=(held,),
                type="tertiary",
            )
        save_as_csv(found, file="assumptions", key="assumptions")


def _edited(held: InHand, found: pd.DataFrame, key: str) -> None:
    changed = []
    for place, edits in st.session_state[key]["edited_rows"].items():
        row = found.iloc[int(place)]
        value, low, high = (edits.get(name, row[name]) for name in ("value", "low", "high"))
        if any(each is None for each in (value, low, high)):
            continue
        # a value alone moves its range with it as far as it must
        changed.append(
            Changed(str(row["key"]), float(value), min(float(low), float(value)), max(float(high), float(value)))
        )
    st.session_state[_PROBLEM] = assume(held.whole, changed)


def _own(held: InHand) -> None:
    load(to_text(Scenario(held.whole.levers)))


def stress_tests(book: Book) -> None:
    """Show the stress tests with what each would change, and put one into the levers."""
    industries = ask(book.what_if_targets).query("scope == 'industry'")["target"].tolist()
    industry = None
    if len(industries) > 1:
        industry = st.selectbox(_("Industry of the crisis"), industries, key="crisis")
    found = ask(book.stress_tests, industry=industry)
    if found.empty:
        st.caption(_("No account in this selection has any revenue to put to the test."))
        return
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        place = st.selectbox(
            _("Stress test"), range(len(found)), format_func=found["name"].tolist().__getitem__, key="stress test"
        )
    with right:
        st.button(
            _("Put into the levers"),
            key="load stress",
            on_click=load,
            width="stretch",
            icon=":material/input:",
            args=(found["text"].iloc[min(place or 0, len(found) - 1)],),
        )
    table(found, only_known(STRESS_COLUMNS, found), currency=book.currency, key="stress", file="stress tests")


def back_test(book: Book) -> None:
    """Say how good the ranges have been, and show the measurements."""
    found = ask(book.what_if_back_test)
    st.caption(escape_markdown(words.back_test(found)))
    if not found.empty:
        with st.popover(_("How good the ranges are"), icon=":material/query_stats:", type="tertiary"):
            table(found, BACK_TEST_COLUMNS, currency=book.currency, key="back test", file="back test")
