"""A form for the records of one table: wrong fields named as one types, unsaved work kept, clashes side by side."""

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from kam.book import Book
from kam.errors import KamError
from kam.schema import TABLES, Table
from kam.store.changes import Change, Clash, Clashes
from kam.store.values import ValueProblem, as_text, problems
from kam.ui.fields import field as draw_field
from kam.ui.fields import title
from kam.ui.plain import plain
from kam.words import records as words

_NEW = ""
_DRAFTS = "drafts"
_SAVED = "last saved"
_WRITER = "writer"

Row = dict[str, str | None]
Check = Callable[[Mapping[str, object]], None]
"""Draws what a table's own check says of the values as they are typed."""


@dataclass(slots=True)
class _Draft:
    """A record as it was when somebody began to write it, and its clashes since."""

    row: Row
    version: int | None
    number: int
    clashes: tuple[Clash, ...] = field(default=())


def editor(book: Book, table: str, *, scope: Mapping[str, str], check: Check | None = None) -> None:
    """Offer to write the records of a table that belong to a scope, such as {"account_id": "A017"}.

    A new record gets the scope's values. The form is drawn when it is opened, and not before.
    """
    noun = words.NOUNS[table]
    place = f"{table} {' '.join(scope.values())}"
    box = st.expander(f"Write: {noun}", icon=":material/edit:", key=f"write {place}", on_change="rerun")
    if not box.open:
        return
    with box:
        if book.obstacle is not None:
            st.info(plain(f"{book.obstacle}."), icon=":material/lock:")
            return
        _just_saved(book, place)
        declared = TABLES[table]
        rows = _rows(book, declared, scope)
        labels = {_NEW: f"New {noun}", **{key: words.record_title(table, row, key) for key, (row, _) in rows.items()}}
        key = st.selectbox("Which", list(labels), format_func=labels.__getitem__, key=f"which {place}") or _NEW
        kept = rows.get(key)
        draft = _draft(f"{place} {key}", kept, scope)
        typed = _fields(book, declared, draft, scope, f"{place} {key} {draft.number}")
        wrong = _wrong(declared, typed, key)
        if check is not None:
            check(typed)
        _moved_on(book, declared, key, kept, draft)
        if draft.clashes:
            _side_by_side(book, declared, draft, place, f"{place} {key}")
        else:
            _buttons(book, declared, key, draft, typed, wrong=wrong, place=place)


def _rows(book: Book, table: Table, scope: Mapping[str, str]) -> dict[str, tuple[Row, int]]:
    frame = book.records(table.name)
    for column, value in scope.items():
        frame = frame[frame[column] == value]
    return {
        str(record[table.key or ""]): (
            {column.name: as_text(column, record[column.name]) for column in table}, int(record["version"])
        )
        for record in frame.to_dict("records")
    }  # fmt: skip


def _draft(name: str, kept: tuple[Row, int] | None, scope: Mapping[str, str]) -> _Draft:
    """Return what is being written: begun anew where nothing is, or nothing was typed and the record moved on."""
    drafts: dict[str, _Draft] = st.session_state.setdefault(_DRAFTS, {})
    if name not in drafts:
        began: Row = dict(scope)
        row, version = kept or (began, None)
        drafts[name] = _Draft(row, version, number=st.session_state.setdefault("drafts begun", 0))
        st.session_state["drafts begun"] += 1
    return drafts[name]


def _drop(name: str) -> None:
    st.session_state[_DRAFTS].pop(name, None)


def _fields(book: Book, table: Table, draft: _Draft, scope: Mapping[str, str], key: str) -> dict[str, object]:
    typed: dict[str, object] = {}
    shown = [column for column in table if column.name not in scope and not column.key]
    columns = st.columns(2, gap="medium")
    for number, column in enumerate(shown):
        target = (column.references or "").partition(".")[0]
        names = book.names(target, **scope) if target else None
        with columns[number % 2]:
            typed[column.name] = draw_field(column, draft.row.get(column.name), key=f"{key} {column.name}", names=names)
    return {**scope, **typed}


def _wrong(table: Table, typed: Mapping[str, object], key: str) -> dict[str, str]:
    """Say what is wrong as one types; an empty required field is not, until something is typed."""
    wrong = problems(table, {**typed, table.key or "": key or "new"})
    for column, reason in wrong.items():
        if reason != "is missing":
            st.markdown(f":red-text[**{plain(title(table[column]))}** {plain(reason)}]")
    missing = [title(table[column]) for column, reason in wrong.items() if reason == "is missing"]
    if missing:
        st.caption(plain(f"Still to fill in: {', '.join(missing)}."))
    return wrong


def _moved_on(book: Book, table: Table, key: str, kept: tuple[Row, int] | None, draft: _Draft) -> None:
    """Say at once that somebody else has written the record that is being written."""
    if not key or draft.clashes or (kept is not None and kept[1] == draft.version):
        return
    last = book.change_log(table.name, key, limit=1)
    who, made_at = (last["who"].iloc[0], last["made_at"].iloc[0]) if len(last) else (None, None)
    st.warning(plain(words.moved(who, made_at, gone=kept is None)), icon=":material/group:")


def _buttons(
    book: Book, table: Table, key: str, draft: _Draft, typed: dict[str, object], *, wrong: dict[str, str], place: str
) -> None:
    name = f"{place} {key}"
    changed = _changed(table, draft, typed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button(
            "Save", type="primary", icon=":material/save:", key=f"save {name}", disabled=bool(wrong) or not changed
        ):
            _write(book, Change(table.name, key or None, changed, draft.version), draft, place, name)
        if changed and st.button("Discard", icon=":material/undo:", key=f"discard {name}"):
            _drop(name)
            st.rerun()
        if key and st.button("Take away", icon=":material/delete:", type="tertiary", key=f"remove {name}"):
            _write(book, Change(table.name, key, None, draft.version), draft, place, name)
        st.text_input("Your name, for the log", _default_writer(), key=_WRITER, persist_state="session", width=220)


def _changed(table: Table, draft: _Draft, typed: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that hold something else than when the form was opened; wrong ones count as changed."""
    changed = {}
    for name, value in typed.items():
        try:
            text = as_text(table[name], value)
        except ValueProblem:
            text = str(value)
        if draft.version is None or text != draft.row.get(name):
            changed[name] = value
    return changed


def _write(book: Book, change: Change, draft: _Draft, place: str, name: str) -> None:
    try:
        lines = book.write([change], who=st.session_state.get(_WRITER) or _default_writer())
    except Clashes as clashes:
        draft.clashes = clashes.clashes
        st.rerun()
    except KamError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        _drop(name)
        st.session_state[_SAVED] = (
            place,
            change.table,
            sorted({int(number) for number in lines["number"]}),
            len(lines),
        )
        st.rerun()


def _just_saved(book: Book, place: str) -> None:
    """Say what was saved a moment ago, and offer the way back."""
    said = st.session_state.get(_SAVED)
    if said is None or said[0] != place:
        return
    _, table, numbers, count = said
    with st.container(horizontal=True, vertical_alignment="center"):
        st.success(words.saved(table, count), icon=":material/check:")
        if numbers and st.button("Undo", icon=":material/undo:", key=f"undo {place}"):
            del st.session_state[_SAVED]
            undo(book, numbers)


def undo(book: Book, numbers: list[int]) -> None:
    """Take changes back and show the page as it is then; say why where it cannot be."""
    try:
        book.undo(numbers, who=st.session_state.get(_WRITER) or _default_writer())
    except KamError as error:
        st.error(plain(str(error)), icon=":material/error:")
    else:
        st.toast("Undone.", icon=":material/undo:")
        st.rerun()


def _side_by_side(book: Book, table: Table, draft: _Draft, place: str, name: str) -> None:
    """Show what somebody else made of the record beside what is typed, and let the reader decide."""
    (clash,) = draft.clashes
    st.warning(plain(words.moved(clash.who, clash.made_at, gone=clash.theirs is None)), icon=":material/group:")
    theirs = clash.theirs or {}
    mine = {column: str(value) for column, value in (clash.mine or {}).items() if value not in (None, "")}
    rows = [
        (title(table[column]), theirs.get(column), mine.get(column))
        for column in dict.fromkeys([*mine, *theirs])
        if column != table.key and theirs.get(column) != mine.get(column, theirs.get(column))
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Field", "Theirs", "Yours"], dtype="str"), hide_index=True, placeholder="–",
        key=f"clash {name}",
    )  # fmt: skip
    with st.container(horizontal=True):
        if clash.theirs is not None and st.button("Keep mine", icon=":material/save:", key=f"mine {name}"):
            draft.clashes = ()
            draft.version = clash.version
            _write(book, Change(table.name, clash.key, dict(clash.mine or {}), clash.version), draft, place, name)
        if st.button("Take theirs", icon=":material/done:", key=f"theirs {name}"):
            _drop(name)
            st.rerun()


def _default_writer() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without user names
        return ""
