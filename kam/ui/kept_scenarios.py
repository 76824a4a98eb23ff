"""Scenarios kept for comparing: named, side by side, four at most, and taken away as CSV or as one page."""

import pandas as pd
import streamlit as st

from kam.base.errors import KamError, QuestionError
from kam.base.numbers import count, known
from kam.base.ranges import SCENARIO_RANGE
from kam.base.texts import _, ngettext
from kam.book import Book
from kam.store.changes import Change
from kam.ui.charts import chart, drawn
from kam.ui.editor import outcome, say, writer
from kam.ui.markdown import escape_markdown
from kam.ui.remembered import ask
from kam.ui.scenario_in_hand import InHand, load
from kam.ui.scenario_page import scenario_page
from kam.ui.tables import save_as_csv
from kam.whatif import words
from kam.whatif.compare import MOST, Stored
from kam.whatif.figures import compared_figure

_PLACE = "scenarios"
_SHOWN = ("revenue", "margin", "margin_rate", "nrr", "top_20pct_share", "hhi", "clv", "objectives_met")


def keep_form(book: Book, held: InHand, proposed: str) -> None:
    """Offer to keep the scenario in hand under a name, for whoever opens this book."""
    outcome(book, _PLACE)
    if not held.applied.levers:
        return
    with st.expander(_("Keep for comparing"), icon=":material/bookmark_add:"):
        if book.obstacle is not None:
            st.caption(
                escape_markdown(
                    _("{obstacle}. The link of this page keeps the scenario.").format(obstacle=book.obstacle)
                )
            )
            return
        # a form: nothing runs while a name is typed
        with st.form("keep form", border=False):
            st.text_input(_("Name"), "", max_chars=60, key="keep name", placeholder=proposed[:60])
            st.text_input(_("Note"), "", max_chars=200, key="keep note", placeholder=_("What it is for"))
            args = (book, proposed[:60], held.text)
            st.form_submit_button(_("Keep"), key="keep", on_click=_keep, args=args, width="stretch")


def _chosen(book: Book) -> pd.DataFrame:
    """Let the reader choose up to four of the kept scenarios; the last ones kept stand there first."""
    records = book.records("scenarios").iloc[::-1].reset_index(drop=True)
    if len(records) <= MOST:
        return records
    names = records.set_index("scenario_id")["name"].to_dict()
    picked = st.multiselect(
        _("Scenarios"),
        list(names),
        default=list(names)[:MOST],
        max_selections=MOST,
        format_func=names.__getitem__,
        key="kept scenarios",
    )
    return records[records["scenario_id"].isin(picked)].reset_index(drop=True)


def side_by_side(book: Book, draws: int) -> None:
    """Show the kept scenarios beside each other."""
    records = _chosen(book)
    if records.empty:
        st.caption(_("Keep scenarios, and up to four stand side by side here, for whoever opens this book."))
        return
    told = records.astype(object).where(records.notna(), "")
    stored = tuple(Stored(row["name"], row["note"], row["levers"]) for row in told.to_dict("records"))
    found = ask(book.what_if_compare, kept=stored, draws=draws)
    for column, (place, each) in zip(st.columns(len(stored), gap="medium"), enumerate(stored), strict=True):
        with column, st.container(border=True, gap="xxsmall"):
            st.markdown(f"**{escape_markdown(each.name)}**")
            if each.note:
                st.caption(escape_markdown(each.note))
            rows = found[found["place"] == place].set_index("measure")
            if rows.index.isna().any():
                st.caption(escape_markdown(str(rows["reason"].iloc[0])))
            for measure in _SHOWN if not rows.index.isna().any() else ():
                row = rows.loc[measure]
                if known(row["scenario"]):
                    said = _("{measure} {value} ({change}); {share}: {range}").format(
                        measure=words.MEASURES[measure],
                        value=words.written(measure, row["scenario"], book.currency),
                        change=words.change(measure, row["change"]),
                        share=SCENARIO_RANGE,
                        range=words.between(measure, row["low"], row["high"]),
                    )
                    st.caption(escape_markdown(said))
            with st.container(horizontal=True):
                _into_plans(book, each, place)
                st.button(
                    _("Open"),
                    key=f"open kept {place}",
                    on_click=load,
                    args=(each.text,),
                    type="tertiary",
                    icon=":material/input:",
                )
                if book.obstacle is None:
                    args = (book, records["scenario_id"].iloc[place], int(records["version"].iloc[place]))
                    st.button(
                        _("Let go"),
                        key=f"drop kept {place}",
                        on_click=_drop,
                        args=args,
                        type="tertiary",
                        icon=":material/close:",
                    )
    left, right = st.columns(2, gap="large")
    with left:
        chart(drawn(compared_figure, found, "revenue", book.currency), key="compared revenue")
    with right:
        if found.loc[found["measure"] == "margin", "scenario"].notna().any():
            chart(drawn(compared_figure, found, "margin", book.currency), key="compared margin")
        else:
            st.info(
                _("Margins cannot be compared: no sale has a cost. Add cost_amount to the sales."),
                icon=":material/info:",
            )
    with st.container(horizontal=True):
        save_as_csv(found, file="scenarios", key="compared")
        st.download_button(
            _("One page (HTML)"),
            lambda: scenario_page(book, found, stored),
            file_name="scenarios.html",
            mime="text/html",
            key="compared html",
            icon=":material/description:",
            type="tertiary",
            on_click="ignore",
            help=_("Opens in any browser without a connection"),
        )


def _into_plans(book: Book, each: Stored, place: int) -> None:
    """Offer to write an accepted scenario as objectives into the running plans of the accounts it moves."""
    try:
        objectives = ask(book.what_if_objectives, scenario=each.text, name=each.name)
    except QuestionError:  # it cannot be applied here, which is said above
        return
    if objectives.empty or book.obstacle is not None:
        return
    label = ngettext("Into {plans} plan", "Into {plans} plans", len(objectives)).format(plans=count(len(objectives)))
    args = (book, objectives)
    st.button(
        label,
        key=f"plan kept {place}",
        on_click=_plan,
        args=args,
        type="tertiary",
        icon=":material/assignment:",
        help=_("Writes one objective for each account that the scenario moves and that has a running plan"),
    )


def _plan(book: Book, objectives: pd.DataFrame) -> None:
    rows = objectives.drop(columns="account_id").to_dict("records")
    changes = [Change("objectives", None, {str(name): value for name, value in row.items()}) for row in rows]
    said = ngettext(
        "{objectives} objective written into plans; the Plans page has them.",
        "{objectives} objectives written into plans; the Plans page has them.",
        len(changes),
    ).format(objectives=count(len(changes)))
    _write(book, changes, said)


def _keep(book: Book, proposed: str, text: str) -> None:
    name, note = (str(st.session_state.get(key) or "").strip() for key in ("keep name", "keep note"))
    kept = Change("scenarios", None, {"name": name or proposed, "note": note, "levers": text})
    _write(book, [kept], _("Kept."))
    st.session_state["keep name"] = st.session_state["keep note"] = ""


def _drop(book: Book, key: str, version: int) -> None:
    _write(book, [Change("scenarios", key, None, version)], _("Let go."))


def _write(book: Book, changes: list[Change], said: str) -> None:
    try:
        lines = book.write(changes, who=writer())
    except KamError as error:
        say(_PLACE, str(error), failed=True)
    else:
        say(_PLACE, said, sorted({int(number) for number in lines["number"]}))
