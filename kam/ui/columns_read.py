"""Which column of the files is which: with sample values, how and why it was decided, and a way to decide otherwise."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from kam.base.schema import TABLES, Column
from kam.base.texts import _, of_schema
from kam.data.words import read_as
from kam.data.words_columns import READ_COLUMNS
from kam.intake.column_matching import still_needed
from kam.intake.open_question import Option
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, say
from kam.ui.tables import configured, save_as_csv
from kam.ui.ways_of_writing import ways_of_writing

Samples = Mapping[str, Mapping[str, Sequence[str]]]
"""By table and column of the file, its first values."""
_ABSENT = ""
_AGAIN = "\u200b"


def columns_read(columns: pd.DataFrame, samples: Samples, notes: Notes, *, key: str) -> None:
    """Show what each column means, where it stands in the file, some of its values, and why it is read so."""
    read = columns.drop(columns="file").drop_duplicates(ignore_index=True)
    told = [read_as(*row) for row in read[["how", "source", "written", "why"]].itertuples(index=False)]
    places = read[["table", "source"]].itertuples(index=False)
    values = [_values(samples.get(name, {}), source) for name, source in places]
    shown = pd.DataFrame(
        {
            "table": read["table"],
            "column": read["column"].str.replace("_", " "),
            "source": [_told_apart(name) if isinstance(name, str) else name for name in read["source"]],
            "values": values,
            "told": [notes.told(each) for each in told],
            "meaning": [_meaning(*row) for row in read[["table", "column"]].itertuples(index=False)],
        }
    )
    if len(set(shown["table"])) == 1:
        shown = shown.drop(columns="table")
    st.dataframe(
        shown if any(values) else shown.drop(columns="values"),
        column_config=configured(READ_COLUMNS),
        hide_index=True,
        height="content",  # all of them: this is what is to be looked through
        key=f"{key} columns",
        placeholder="–",
        alt=_("What each column of the files means, and how that was decided"),
    )
    save_as_csv(shown, file="columns", key=f"{key} columns")


def change_columns(
    tables: Sequence[str],
    columns: pd.DataFrame,
    samples: Samples,
    notes: Notes,
    *,
    key: str,
    open_at_once: bool = False,
) -> None:
    """Let the reader say otherwise which column is which, and how dates and decimals are written."""
    choosable = [name for name in tables if samples.get(name)]
    if not choosable:
        return
    with st.expander(
        _("Read a column otherwise"), expanded=open_at_once, icon=":material/edit:", key=f"{key} otherwise"
    ):
        name = choosable[0]
        if len(choosable) > 1:
            chosen = st.segmented_control(
                _("Table"),
                choosable,
                default=name,
                required=True,
                key=f"{key} table",
                format_func=lambda each: escape_markdown(each.replace("_", " ")),
            )
            name = chosen or name
        read = dict(columns.loc[columns["table"] == name, ["column", "source"]].itertuples(index=False))
        needed = still_needed(TABLES[name], ())
        front = [column for column in TABLES[name] if column.name in needed or column.name in read]
        more = [column for column in TABLES[name] if column not in front]
        if more and st.toggle(_("All columns, and how their values are written"), key=f"{key} all of {name}"):
            ways_of_writing(name, notes, key=key)
            front += more
        with st.grid(min_column_width=300, gap="medium"):
            for column in front:
                now, is_needed = read.get(column.name, _ABSENT), column.name in needed
                _column(name, column, now, samples[name], notes, key=key, needed=is_needed)


def _column(
    name: str, column: Column, now: str, samples: Mapping[str, Sequence[str]], notes: Notes, *, key: str, needed: bool
) -> None:
    """Draw one choice; its key names what is read now, so that it starts anew when that changes."""
    options = [_ABSENT, *([now] if now and now not in samples else []), *samples]
    place = f"{key} {notes.key} column {name} {column.name} {now}"
    label = of_schema(column.name.replace("_", " "))
    with st.container(gap="xxsmall"):
        st.selectbox(
            _("{column} (needed)").format(column=label) if needed else label,
            options,
            index=options.index(now),
            format_func=lambda each: _option(samples, each),
            key=place,
            on_change=_choose,
            args=(notes, name, column.name, place, tuple(samples)),
        )
        st.caption(f"{column.meaning[0].upper()}{column.meaning[1:]}")


def _choose(notes: Notes, name: str, column: str, place: str, of_file: tuple[str, ...]) -> None:
    chosen = st.session_state[place]
    if chosen == _ABSENT or chosen in of_file:
        say(notes, Option("", None, ("tables", name, "columns", column), chosen))


def _option(samples: Mapping[str, Sequence[str]], name: str) -> str:
    """Write a column of the file with its first values; a repeated name is told apart."""
    if name == _ABSENT:
        return _("not in the file")
    if name not in samples:
        return _("worked out: {formula}").format(formula=name)
    return f"{_told_apart(name)}: {', '.join(samples[name]) or _('empty')}"


def _told_apart(name: str) -> str:
    return _("{column} (again)").format(column=name.replace(_AGAIN, "")) if _AGAIN in name else name


def _values(samples: Mapping[str, Sequence[str]], source: str) -> str | None:
    """Write the first values of a column, or of the columns from which an amount is worked out; None of a query."""
    if source in samples:
        return " · ".join(samples[source])
    parts = [
        part for part in re.split(r" × | less | and |, | in percent| a piece| as a share", source) if part in samples
    ]
    return "; ".join(f"{part}: {', '.join(samples[part][:2])}" for part in parts) or None


def _meaning(name: str, column: str) -> str:
    return TABLES[name][column].meaning
