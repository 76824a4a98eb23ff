"""A form for the records of one table: wrong fields named as one types, unsaved work kept, clashes side by side."""

import getpass
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

import pandas as pd
import streamlit as st

from kam.base.errors import KamError
from kam.base.schema import PEOPLE, TABLES, Table
from kam.base.texts import _
from kam.book import Book
from kam.data import words_records as words
from kam.store.changes import Change, Clash, Clashes
from kam.store.values import ValueProblem, as_text, problems
from kam.ui.fields import field as draw_field
from kam.ui.fields import title
from kam.ui.markdown import escape_markdown
from kam.ui.open_books import of_this_book
from kam.ui.printing import printing

ACCOUNT_RECORDS = (
    "contacts",
    "touches",
    "ratings",
    "opportunities",
    "competitors",
    "risks",
    "swot",
    "value_delivered",
    "plans",
)
"""What is written about one account."""
PLAN_RECORDS = ("objectives", "strategies", "milestones", "readings")
"""What is written into one plan."""
_NEW = ""
_DRAFTS = "drafts"
_OUTCOME = "outcome of writing"
_WRITER = "writer"

Row = dict[str, str | None]
Check = Callable[[Mapping[str, object], str], None]
"""Draws what a table's own check says of the values as they are typed; the keys of the fields begin with the text."""
NO_CHECKS: Mapping[str, Check] = MappingProxyType({})


@dataclass(slots=True)
class _Draft:
    """A record as it was when somebody began to write it, and its clashes since."""

    row: Row
    version: int | None
    number: int
    clashes: tuple[Clash, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of the last button: where, in words, and the log numbers that undo it."""

    place: str
    text: str
    numbers: list[int] = field(default_factory=list)
    failed: bool = False


def editor(
    book: Book, tables: Sequence[str], *, scope: Mapping[str, str], label: str, checks: Mapping[str, Check] = NO_CHECKS
) -> None:
    """Offer to write the records of some tables that belong to a scope, such as {"account_id": "A017"}.

    A new record gets the scope's values. The form is drawn when it is opened, and not before. `checks` say more of
    what is typed into a table than its schema does.
    """
    area = " ".join(scope.values())
    if printing() or not st.toggle(label, key=f"write {tables[0]} {area}", persist_state="session"):
        return
    with st.container(border=True):
        if book.obstacle is not None:
            st.info(escape_markdown(f"{book.obstacle}."), icon=":material/lock:")
            return
        tables = [name for name in tables if not (book.hides_people and name in PEOPLE)]
        table = tables[0]
        if len(tables) > 1:
            table = (
                st.segmented_control(
                    _("What"),
                    tables,
                    default=table,
                    required=True,
                    format_func=lambda name: words.NOUNS[name][0],
                    key=f"write what {tables[0]} {area}",
                )
                or table
            )
        _form(book, TABLES[table], scope, checks.get(table))


def _form(book: Book, table: Table, scope: Mapping[str, str], check: Check | None) -> None:
    place = f"{table.name} {' '.join(scope.values())}"
    outcome(book, place)
    own = {name: value for name, value in scope.items() if name in {column.name for column in table}}
    rows = _rows(book, table, scope)
    labels = {
        _NEW: words.NOUNS[table.name][1],
        **{key: words.record_title(table.name, row, key) for key, (row, _each) in rows.items()},
    }
    key = st.selectbox(_("Which"), list(labels), format_func=labels.__getitem__, key=f"which {place}") or _NEW
    kept = rows.get(key)
    name = f"{place} {key}"
    draft = _draft(name, kept, own)
    typed = _fields(book, table, draft, scope, own, f"{name} {draft.number}")
    wrong = _wrong(table, typed, key)
    if check is not None:
        check(typed, f"{name} {draft.number}")
    _moved_on(book, table, key, kept, draft)
    if draft.clashes:
        _side_by_side(book, table, draft, place, name)
    else:
        _buttons(book, table, key, draft, typed, wrong=wrong, place=place)


def _rows(book: Book, table: Table, scope: Mapping[str, str]) -> dict[str, tuple[Row, int]]:
    frame = book.records(table.name)
    for column, value in scope.items():
        if column in frame.columns:
            frame = frame[frame[column] == value]
        elif "objective_id" in frame.columns:  # a reading belongs to a plan by its objective
            frame = frame[frame["objective_id"].isin(book.names("objectives", **scope))]
    return {
        str(record[table.key or ""]): (
            {column.name: as_text(column, record[column.name]) for column in table},
            int(record["version"]),
        )
        for record in frame.to_dict("records")
    }


def _draft(name: str, kept: tuple[Row, int] | None, scope: Mapping[str, str]) -> _Draft:
    """Return what is being written: begun anew where nothing is, or nothing was typed and the record moved on."""
    drafts: dict[str, _Draft] = of_this_book(_DRAFTS)
    if name not in drafts:
        began: Row = dict(scope)
        row, version = kept or (began, None)
        drafts[name] = _Draft(row, version, number=st.session_state.setdefault("drafts begun", 0))
        st.session_state["drafts begun"] += 1
    return drafts[name]


def _drop(name: str) -> None:
    of_this_book(_DRAFTS).pop(name, None)


def _fields(
    book: Book, table: Table, draft: _Draft, scope: Mapping[str, str], own: Mapping[str, str], key: str
) -> dict[str, object]:
    typed: dict[str, object] = {}
    shown = [column for column in table if column.name not in own and not column.key]
    columns = st.columns(2, gap="medium")
    for number, column in enumerate(shown):
        target = (column.references or "").partition(".")[0]
        names = book.names(target, **scope) if target else None
        with columns[number % 2]:
            typed[column.name] = draw_field(column, draft.row.get(column.name), key=f"{key} {column.name}", names=names)
    return {**own, **typed}


def _wrong(table: Table, typed: Mapping[str, object], key: str) -> dict[str, str]:
    """Say what is wrong as one types; an empty required field is not, until something is typed."""
    wrong = problems(table, {**typed, table.key or "": key or "new"})
    for column, reason in wrong.items():
        if reason != "is missing":
            st.markdown(f":red[**{escape_markdown(title(table[column]))}** {escape_markdown(reason)}]")
    missing = [title(table[column]) for column, reason in wrong.items() if reason == "is missing"]
    if missing:
        st.caption(escape_markdown(_("Still to fill in: {fields}.").format(fields=", ".join(missing))))
    return wrong


def _moved_on(book: Book, table: Table, key: str, kept: tuple[Row, int] | None, draft: _Draft) -> None:
    """Say at once that somebody else has written the record that is being written."""
    if not key or draft.clashes or (kept is not None and kept[1] == draft.version):
        return
    last = book.change_log(table.name, key, limit=1)
    who, made_at = (last["who"].iloc[0], last["made_at"].iloc[0]) if len(last) else (None, None)
    st.warning(escape_markdown(words.moved(who, made_at, gone=kept is None)), icon=":material/group:")


def _buttons(
    book: Book, table: Table, key: str, draft: _Draft, typed: dict[str, object], *, wrong: dict[str, str], place: str
) -> None:
    name = f"{place} {key}"
    changed = _changed(table, draft, typed)
    save = Change(table.name, key or None, changed, draft.version)
    remove = Change(table.name, key, None, draft.version)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            _("Save"),
            type="primary",
            icon=":material/save:",
            key=f"save {name}",
            disabled=bool(wrong) or not changed,
            on_click=_write,
            args=(book, save, place, name),
        )
        if changed:
            st.button(_("Discard"), icon=":material/undo:", key=f"discard {name}", on_click=_drop, args=(name,))
        if key:
            st.button(
                _("Take away"),
                icon=":material/delete:",
                type="tertiary",
                key=f"remove {name}",
                on_click=_write,
                args=(book, remove, place, name),
            )
        name_for_the_log()


def _changed(table: Table, draft: _Draft, typed: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that hold something else than when the form was opened; wrong ones count as changed.

    Of a new record they are all that is filled in, once something is.
    """
    changed = {}
    for name, value in typed.items():
        try:
            text = as_text(table[name], value)
        except ValueProblem:
            text = str(value)
        if text != draft.row.get(name):
            changed[name] = value
    return {**draft.row, **changed} if changed and draft.version is None else changed


def _write(book: Book, change: Change, place: str, name: str) -> None:
    """Write one change when its button is pressed."""
    if clashes := attempt(book, [change], place, done=partial(_drop, name)):
        of_this_book(_DRAFTS)[name].clashes = clashes


def attempt(book: Book, changes: Sequence[Change], place: str, *, done: Callable[[], None]) -> tuple[Clash, ...]:
    """Write changes of one table, all or none, for `outcome` to say what came of it; return what clashed, if any did.

    `done` is called once they are written.
    """
    try:
        lines = book.write(changes, who=writer())
    except Clashes as clashes:
        return clashes.clashes
    except KamError as error:
        say(place, str(error), failed=True)
    else:
        done()
        say(place, words.saved(changes[0].table, len(lines)), sorted({int(number) for number in lines["number"]}))
    return ()


def say(place: str, text: str, numbers: Sequence[int] = (), *, failed: bool = False) -> None:
    """Keep what came of a button for `outcome` to say; the log numbers, if any, can be undone."""
    of_this_book(_OUTCOME)["last"] = _Outcome(place, text, list(numbers), failed=failed)


def undo(book: Book, numbers: list[int], place: str) -> None:
    """Take changes back when a button is pressed; `outcome` of the same place says what came of it."""
    try:
        book.undo(numbers, who=writer())
    except KamError as error:
        say(place, str(error), failed=True)
    else:
        say(place, _("Undone. The log remembers both."))


def outcome(book: Book, place: str) -> None:
    """Say what came of the last button pressed at this place, and offer the way back."""
    said: _Outcome | None = of_this_book(_OUTCOME).get("last")
    if said is None or said.place != place:
        return
    if said.failed:
        st.error(escape_markdown(said.text), icon=":material/error:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(said.text, icon=":material/check:")
        if said.numbers:
            args = (book, said.numbers, place)
            st.button(_("Undo"), icon=":material/undo:", key=f"undo {place}", on_click=undo, args=args)


def _side_by_side(book: Book, table: Table, draft: _Draft, place: str, name: str) -> None:
    """Show what somebody else made of the record beside what is typed, and let the reader decide."""
    (clash,) = draft.clashes
    st.warning(
        escape_markdown(words.moved(clash.who, clash.made_at, gone=clash.theirs is None)), icon=":material/group:"
    )
    theirs = clash.theirs or {}
    mine = {column: str(value) for column, value in (clash.mine or {}).items() if value not in (None, "")}
    rows = [
        (title(table[column]), theirs.get(column), mine.get(column))
        for column in dict.fromkeys([*mine, *theirs])
        if column != table.key and theirs.get(column) != mine.get(column, theirs.get(column))
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=[_("Field"), _("Theirs"), _("Yours")], dtype="str"),
        hide_index=True,
        placeholder="–",
        key=f"clash {name}",
    )
    with st.container(horizontal=True):
        if clash.theirs is not None:
            mine_now = Change(table.name, clash.key, clash.mine, clash.version)
            args = (book, mine_now, place, name)
            st.button(_("Keep mine"), icon=":material/save:", key=f"mine {name}", on_click=_write, args=args)
        st.button(_("Take theirs"), icon=":material/done:", key=f"theirs {name}", on_click=_drop, args=(name,))


def name_for_the_log() -> None:
    """Ask under which name changes are remembered."""
    st.text_input(_("Your name, for the log"), _default_writer(), key=_WRITER, persist_state="session", width=220)


def writer() -> str:
    """Return the name that changes are remembered under."""
    return st.session_state.get(_WRITER) or _default_writer()


def _default_writer() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without user names
        return ""
