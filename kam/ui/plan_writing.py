"""Writing plans: proposals taken up, objectives judged as they are typed, and reviews that remember what changed."""

import uuid
from collections.abc import Mapping
from decimal import Decimal

import pandas as pd
import streamlit as st

from kam.base.errors import KamError
from kam.base.numbers import known
from kam.base.periods import MONTHS, shift
from kam.base.schema import MILESTONES, OBJECTIVES
from kam.base.texts import _
from kam.book import Book
from kam.data import words_records as record_words
from kam.data.words_columns import CHANGE_COLUMNS
from kam.plan import words
from kam.store.changes import Change
from kam.ui.editor import Check, outcome, say, writer
from kam.ui.markdown import escape_markdown
from kam.ui.printing import printing
from kam.ui.remembered import ask
from kam.ui.tables import table

_NEW = ""
_MARKS = {True: ":material/check:", False: ":material/close:", None: ":material/question_mark:"}


def as_typed(book: Book, plan_id: str) -> Mapping[str, Check]:
    """Return the checks of a plan's records as they are typed: SMART for an objective."""

    def objective(typed: Mapping[str, object], key: str) -> None:
        draft = {**typed, "plan_id": plan_id}
        _fill_in(book, draft, key)
        with st.spinner(_("Looking at what has happened before")):
            judged = book.check_objective(draft)
        for row in judged.to_dict("records"):
            holds = None if pd.isna(row["holds"]) else bool(row["holds"])
            fix = f" *{escape_markdown(row['fix'])}*" if row["fix"] else ""
            name = words.LETTERS[str(row["letter"])]
            st.markdown(f"{_MARKS[holds]} **{name}.** {escape_markdown(row['reason'])}{fix}")

    return {"objectives": objective}


def _fill_in(book: Book, draft: Mapping[str, object], key: str) -> None:
    """Offer to fill in the baseline as measured now, and the target as a change from it."""
    if not draft.get("metric") or draft["metric"] == "reading":
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(_("Change wanted, %"), "15", key=f"{key} wanted", width=140, persist_state="session")
        st.button(
            _("Measure the baseline, set the target"),
            icon=":material/straighten:",
            key=f"{key} measure",
            on_click=_measure,
            args=(book, dict(draft), key, wanted),
        )


def _measure(book: Book, draft: dict[str, object], key: str, wanted: str) -> None:
    measured = book.measure_objective(draft).iloc[0]["now"]
    if not known(measured):
        st.toast(_("That cannot be measured: see the reasons under the form."), icon=":material/error:")
        return
    st.session_state[f"{key} baseline"] = _four_digits(measured)
    try:
        change = float(wanted.replace("%", "").replace(",", "."))
    except ValueError:
        return
    st.session_state[f"{key} target"] = _four_digits(measured * (1 + change / 100))


def _four_digits(number: float) -> str:
    """Write a number with four significant digits and no exponent.

    >>> _four_digits(2343219.4), _four_digits(0.123456), _four_digits(-12.0)
    ('2343000', '0.1235', '-12')
    """
    return f"{Decimal(f'{number:.4g}').normalize():f}"


def take_up(book: Book, draft: pd.DataFrame, account: str, plans: pd.DataFrame) -> None:
    """Let a person choose of the proposals for an account, and write them into a plan of it, or a new one."""
    if draft.empty or book.obstacle is not None or printing():
        return
    place = f"take up {account}"
    outcome(book, place)
    running = words.running(plans)
    own = running[running["account_id"] == account]
    titles = {_NEW: _("A new plan")} | dict(zip(own["plan_id"].tolist(), own["name"].tolist(), strict=True))
    options = list(titles)
    into = st.selectbox(
        _("Into which plan"),
        options,
        index=min(1, len(options) - 1),
        format_func=titles.__getitem__,
        key=f"{place} plan",
    )
    chosen = st.multiselect(
        _("What to take up"),
        draft.index.tolist(),
        format_func=draft["title"].to_dict().__getitem__,
        key=f"{place} rows",
    )
    args = (book, draft.loc[chosen], account, into or None, place)
    st.button(
        _("Take up"),
        icon=":material/playlist_add:",
        type="primary",
        disabled=not chosen,
        key=place,
        on_click=_take_up,
        args=args,
    )


def _take_up(book: Book, rows: pd.DataFrame, account: str, plan_id: str | None, place: str) -> None:
    changes = []
    if plan_id is None:
        plan_id = f"plans-{uuid.uuid4().hex[:12]}"
        start = shift(book.today, 1)
        plan = {
            "account_id": account,
            "name": _("Plan from {start:%B %Y}").format(start=start),
            "starts_on": start,
            "status": "draft",
            "ends_on": shift(start, MONTHS),
        }
        changes.append(Change("plans", plan_id, plan))
    for row in rows.to_dict("records"):
        kind = OBJECTIVES if row["kind"] == "objective" else MILESTONES
        values = {column.name: row[column.name] for column in kind if column.name in row and not column.key}
        if kind is MILESTONES:
            values["baseline_on"] = row["due_on"]
        changes.append(Change(kind.name, None, {**values, "plan_id": plan_id}))
    try:
        lines = book.write(changes, who=writer())
    except KamError as error:
        say(place, str(error), failed=True)
    else:
        say(
            place,
            _("{proposals} taken up.").format(proposals=len(rows)),
            sorted({int(number) for number in lines["number"]}),
        )


def review(book: Book, plan: pd.Series) -> None:
    """Show what changed in a plan since its last review, and let a person mark it reviewed."""
    plan_id = str(plan["plan_id"])
    changes = ask(book.plan_changes, plan_id=plan_id)
    st.markdown("##### " + _("Since the last review"))
    st.caption(escape_markdown(record_words.since_review(changes, plan["reviewed_on"])))
    if not changes.empty:
        table(changes, CHANGE_COLUMNS, key="plan changes", file=f"changes {plan_id}")
    place = f"review {plan_id}"
    outcome(book, place)
    if book.obstacle is None and not printing():
        st.button(
            _("Mark reviewed"), icon=":material/done_all:", key=place, on_click=_reviewed, args=(book, plan_id, place)
        )


def _reviewed(book: Book, plan_id: str, place: str) -> None:
    records = book.records("plans")
    version = int(records.loc[records["plan_id"] == plan_id, "version"].iloc[0])
    try:
        lines = book.write([Change("plans", plan_id, {"reviewed_on": book.today}, version)], who=writer())
    except KamError as error:
        say(place, str(error), failed=True)
    else:
        said = _("Reviewed.") if len(lines) else _("It was reviewed today already.")
        say(place, said, sorted({int(number) for number in lines["number"]}))
