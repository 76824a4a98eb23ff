"""Many records of one table at once, as in a spreadsheet: nothing typed is lost, and nobody's change written over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
import streamlit as st
from streamlit import column_config as cc
from streamlit.elements.lib.column_types import ColumnConfig

from kam.base.columns import Columns
from kam.base.numbers import count
from kam.base.schema import TABLES, Table
from kam.base.texts import _, ngettext
from kam.book import Book
from kam.data import words_records as words
from kam.store.changes import Change, Clash
from kam.store.values import ValueProblem, as_text, problems
from kam.ui.editor import attempt, name_for_the_log, outcome
from kam.ui.fields import title
from kam.ui.markdown import escape_markdown
from kam.ui.open_books import of_this_book
from kam.ui.printing import printing
from kam.ui.tables import configured

_SHEETS, _BEGUN = "sheets", "sheets begun"


@dataclass(slots=True)
class _Sheet:
    """Records as they were when somebody began to write, as they are typed now, and the clashes since.

    `before`, `start` and `now` have a row a record, by its key; `start` is what the widget of this `number` began with.
    """

    before: pd.DataFrame
    versions: Mapping[str, int]
    start: pd.DataFrame
    now: pd.DataFrame
    number: int
    clashes: tuple[Clash, ...] = field(default=())


def many_at_once(
    book: Book, name: str, rows: pd.DataFrame, *, told: Columns, written: tuple[str, ...], label: str
) -> None:
    """Offer to write some columns of many records.

    Parameters
    ----------
    name
        The table; `rows` holds its key.
    rows
        The records offered, in this order, with the columns `told`, which only say which record it is.
    written
        The columns that can be written.
    """
    if printing() or not st.toggle(label, key=f"many {name}", persist_state="session"):
        return
    with st.container(border=True):
        outcome(book, f"many {name}")
        if book.obstacle is not None:
            st.info(escape_markdown(f"{book.obstacle}."), icon=":material/lock:")
            return
        table = TABLES[name]
        sheet = _sheet(book, table, rows, told, written)
        columns = {**configured(told), **{column: _widget(table, column) for column in written}}
        sheet.now = st.data_editor(
            sheet.start,
            column_config=columns,
            column_order=list(columns),
            disabled=list(told),
            hide_index=True,
            num_rows="fixed",
            placeholder="–",
            key=_key(name, sheet.number),
            alt=_("Table of {table} to write into").format(table=name),
        )
        changes, wrong = wanted(table, sheet.before[list(written)], sheet.now[list(written)], sheet.versions)
        for reason in wrong:
            st.markdown(f":red[{escape_markdown(reason)}]")
        if sheet.clashes:
            _side_by_side(book, name, sheet, changes)
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            label = ngettext("Save {records} record", "Save {records} records", len(changes)) if changes else _("Save")
            st.button(
                label.format(records=count(len(changes))),
                type="primary",
                icon=":material/save:",
                key=f"save all {name}",
                on_click=_save,
                args=(book, name, changes),
                disabled=not changes or bool(wrong),
            )
            if changes:
                st.button(_("Discard"), icon=":material/undo:", key=f"discard all {name}", on_click=_drop, args=(name,))
            name_for_the_log()


def wanted(
    table: Table, before: pd.DataFrame, now: pd.DataFrame, versions: Mapping[str, int]
) -> tuple[list[Change], list[str]]:
    """Compare records by their keys: the changes to write, and what is wrong with them.

    >>> before = pd.DataFrame({"title": ["Ask"], "owner": ["Ada"]}, index=["S1"])
    >>> changes, wrong = wanted(TABLES["milestones"], before, before.assign(owner="Ben", title=""), {"S1": 3})
    >>> changes[0].values, changes[0].version, wrong
    ({'title': None, 'owner': 'Ben'}, 3, ['Ask: title is missing'])
    """
    changes, wrong = [], []
    was = _texts(table, before)
    for key, values in _texts(table, now).items():
        changed = {name: value for name, value in values.items() if value != was[key][name]}
        if not changed:
            continue
        changes.append(Change(table.name, key, changed, versions[key]))
        named, said = words.record_title(table.name, was[key], key), problems(table, values)
        wrong += [f"{named}: {title(table[name]).lower()} {said[name]}" for name in changed if name in said]
    return changes, wrong


def _texts(table: Table, rows: pd.DataFrame) -> dict[str, dict[str, str | None]]:
    """Write each record as it is kept, what cannot be kept as it is typed."""
    return {
        str(key): {str(name): _kept(table, str(name), value) for name, value in row.items()}
        for key, row in zip(rows.index, rows.to_dict("records"), strict=True)
    }


def _kept(table: Table, name: str, value: object) -> str | None:
    try:
        return as_text(table[name], value)
    except ValueProblem:
        return str(value)


def _sheet(book: Book, table: Table, rows: pd.DataFrame, told: Columns, written: tuple[str, ...]) -> _Sheet:
    """Return what is being written; begun anew where nothing is typed and the records or the choice have changed."""
    sheets: dict[str, _Sheet] = of_this_book(_SHEETS)
    kept = sheets.get(table.name)
    if kept is not None and not kept.now[list(written)].equals(kept.before[list(written)]):
        if _key(table.name, kept.number) not in st.session_state:
            # Streamlit forgets a widget that was not drawn; what was typed is where it begins again
            kept.start, kept.number = kept.now, _next_number()
        return kept
    key = table.key or ""
    records = book.records(table.name).set_index(key)
    offered = rows[rows[key].isin(records.index)].set_index(key)
    versions = {str(each): int(version) for each, version in records.loc[offered.index, "version"].items()}
    before = offered[list(told)].join(records[list(written)])
    if kept is None or kept.versions != versions or not kept.before.equals(before):
        sheets[table.name] = _Sheet(before, versions, before, before, _next_number())
    return sheets[table.name]


def _key(name: str, number: int) -> str:
    return f"sheet {name} {number}"


def _next_number() -> int:
    """Count the widgets, so that one that begins again does not take over what was typed into another."""
    st.session_state[_BEGUN] = st.session_state.get(_BEGUN, 0) + 1
    return st.session_state[_BEGUN]


def _widget(table: Table, name: str) -> ColumnConfig:
    column = table[name]
    label = f"{title(column)}{' *' if column.required else ''}"
    if column.choices:
        return cc.SelectboxColumn(label, options=list(column.choices), help=column.meaning)
    if column.kind == "date":
        return cc.DateColumn(label, format="D MMM YYYY", help=column.meaning)
    return cc.TextColumn(label, help=column.meaning)


def _drop(name: str) -> None:
    of_this_book(_SHEETS).pop(name, None)


def _save(book: Book, name: str, changes: list[Change]) -> None:
    """Write all changes, or none where somebody else was faster."""
    if clashes := attempt(book, changes, f"many {name}", done=partial(_drop, name)):
        of_this_book(_SHEETS)[name].clashes = clashes


def _side_by_side(book: Book, name: str, sheet: _Sheet, changes: list[Change]) -> None:
    """Show what others made of the records beside what is typed, and let the reader decide for all of these."""
    table, clashes = TABLES[name], {clash.key: clash for clash in sheet.clashes}
    was = _texts(table, sheet.before[[column.name for column in table if column.name in sheet.before]])
    st.warning(escape_markdown(words.all_moved(name, len(clashes))), icon=":material/group:")
    rows = [
        (
            words.record_title(name, was[key], key),
            title(table[column]),
            (clash.theirs or {}).get(column) if clash.theirs else _("taken away"),
            value,
        )
        for key, clash in clashes.items()
        for column, value in (clash.mine or {}).items()
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=[_("Record"), _("Field"), _("Theirs"), _("Yours")], dtype="str"),
        hide_index=True,
        placeholder="–",
        key=f"clashes {name}",
    )
    others = [change for change in changes if change.key not in clashes]
    mine = [
        Change(each.table, each.key, each.values, clashes[str(each.key)].version)
        for each in changes
        if each.key in clashes and clashes[str(each.key)].theirs is not None
    ]
    with st.container(horizontal=True):
        st.button(
            _("Keep mine"),
            icon=":material/save:",
            key=f"mine all {name}",
            on_click=_settle,
            args=(book, name, [*others, *mine]),
        )
        st.button(
            _("Take theirs"),
            icon=":material/done:",
            key=f"theirs all {name}",
            on_click=_settle,
            args=(book, name, others),
        )


def _settle(book: Book, name: str, changes: list[Change]) -> None:
    of_this_book(_SHEETS)[name].clashes = ()
    if changes:
        _save(book, name, changes)
    else:
        _drop(name)
