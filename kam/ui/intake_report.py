"""The report of intake on the page: what came in, what was left out, what was refused, what to know of."""

from collections.abc import Hashable, Sequence

import pandas as pd
import streamlit as st

from kam.base.numbers import count, known
from kam.base.schema import TABLES
from kam.base.texts import _, ngettext
from kam.data import words_reading as reading
from kam.data.words import known_of
from kam.data.words_columns import CAME_IN_COLUMNS, MISSING_COLUMNS, REASON_COLUMNS, REFUSED_COLUMNS
from kam.intake.answers import keeping, leaving_line_out
from kam.intake.column_matching import still_needed
from kam.intake.open_question import Option
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, say
from kam.ui.tables import configured, save_as_csv, table
from kam.ui.word_meanings import WORDS_OUTSIDE, word_meanings

LEFT_OUT = ("left out", "returns", "empty rows", "repeated column names", _("exact copy of a file"), "own total")
"""What is told where it is said which rows are no lines, and what the file's own totals say to that."""
BESIDE_COLUMNS = ("columns not used", "recipe")
"""What is told where the columns are shown."""
SHEETS = ("sheets not read", _("hidden sheets not read"))
_MOST_LEFT_OUT = 30


def came_in(tables: pd.DataFrame, columns: pd.DataFrame, notes: Notes, *, key: str) -> None:
    """Show each table's file and its rows read, taken in, left out and refused."""
    read = columns.drop_duplicates(["table", "column"]).groupby("table").size()
    table(
        tables.assign(
            file=tables["file"].map(notes.told), columns_read=tables["table"].map(read).fillna(0).astype(int)
        ),
        CAME_IN_COLUMNS,
        key=f"{key} tables",
        file="tables",
    )


def beside_columns(findings: pd.DataFrame, notes: Notes) -> None:
    """Say in one quiet line each what is known of the files as a whole: a system's layout, columns not used."""
    for row in findings[findings["check"].isin(BESIDE_COLUMNS)].to_dict("records"):
        told = _("System: {what}") if row["check"] == "recipe" else _("Columns not used: {what}")
        st.caption(escape_markdown(notes.told(told.format(what=row["example"]))))


def left_out(
    findings: pd.DataFrame, notes: Notes, *, names: Sequence[str], key: str, currency: str | None = None
) -> None:
    """List which rows are no lines, and which lines do not count as they are written, each with a way to count them.

    `names` are the columns of the sales files.
    """
    rows = findings[findings["check"].isin(LEFT_OUT)]
    if rows.empty:
        st.caption(_("Nothing was left out."))
        return
    for at, row in enumerate(rows.head(_MOST_LEFT_OUT).to_dict("records")):
        _left_out(row, notes, names, f"{key} count {at}", currency)
    if len(rows) > _MOST_LEFT_OUT:
        st.caption(_("{more:,} more are among the findings below, as CSV.").format(more=len(rows) - _MOST_LEFT_OUT))


def _left_out(row: dict[Hashable, object], notes: Notes, names: Sequence[str], key: str, currency: str | None) -> None:
    told = str(row["example"] or row["check"])
    money = float(str(row["money"])) if known(row["money"]) else None
    if row["check"] == "own total":
        sign = ":orange[:material/warning:]" if row["severity"] == "warning" else ":material/check:"
        st.markdown(f"{sign} {escape_markdown(notes.told(told))}.")
        return
    if row["check"] not in ("left out", "returns"):
        told = f"{told}: {row['check']}"
    with st.container(horizontal=True, vertical_alignment="center"):
        said = reading.left_out(notes.told(told), int(str(row["count"])), money, currency)
        st.markdown(f"{escape_markdown(said)}.")
        word = reading.word_of_column(str(row["example"]), names)
        if word is not None and row["check"] in ("left out", "returns"):
            st.button(
                _("Count them") if row["check"] == "left out" else _("Count them as written"),
                key=key,
                type="tertiary",
                icon=":material/add_circle:",
                on_click=say,
                args=(notes, keeping(str(row["table"]), *word)),
            )


def refused_rows(refused: pd.DataFrame, counts: pd.DataFrame, total: int, notes: Notes, *, key: str) -> None:
    """Show the refused rows: how many for which reason, each with its line and value; chosen ones are left out."""
    if not total:
        st.success(_("Every row was taken in or left out on purpose."), icon=":material/check_circle:")
        return
    st.dataframe(
        counts,
        column_config=configured(REASON_COLUMNS),
        hide_index=True,
        key=f"{key} reasons",
        alt=_("Refused rows by table and reason"),
    )
    if len(refused) < total:
        st.caption(
            _("{kept:,} of the {refused:,} refused rows were kept; they are listed here.").format(
                kept=len(refused), refused=total
            )
        )
    state = st.dataframe(
        refused.assign(file=refused["file"].map(notes.told)),
        column_config=configured(REFUSED_COLUMNS),
        hide_index=True,
        key=f"{key} refused",
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="–",
        alt=_("Refused rows; choose some to leave them out"),
    )
    rows = refused.iloc[[row for row in state.selection.rows if row < len(refused)]]
    with st.container(horizontal=True):
        save_as_csv(refused, file="refused rows", key=f"{key} refused")
        st.button(
            ngettext("Leave {lines} chosen line out", "Leave {lines} chosen lines out", len(rows)).format(
                lines=count(len(rows))
            )
            if len(rows)
            else _("Choose lines to leave them out"),
            icon=":material/playlist_remove:",
            type="tertiary",
            disabled=rows.empty,
            key=f"{key} leave out",
            on_click=say,
            args=(notes, *(leaving_line_out(*row) for row in rows[["table", "file", "line"]].itertuples(index=False))),
        )


def worth_knowing(findings: pd.DataFrame, notes: Notes, *, key: str, currency: str | None = None) -> None:
    """List what was taken in but should be known, warnings first, each with its money and what it weakens."""
    if findings.empty:
        st.caption(_("Nothing stands out: no repeated lines, no unknown ids, no absurd amounts, no file unread."))
        return
    shown = findings[~findings["check"].isin((*LEFT_OUT, *BESIDE_COLUMNS))]
    if shown.empty:
        st.caption(_("Nothing stands out beside what is said above."))
    for at, row in enumerate(shown.sort_values("severity", ascending=False, kind="stable").to_dict("records")):
        _finding(row, notes, f"{key} {at}", currency)
    save_as_csv(findings, file="findings", key=f"{key} findings")


def _finding(row: dict[Hashable, object], notes: Notes, key: str, currency: str | None) -> None:
    warning = row["severity"] == "warning"
    money = float(str(row["money"])) if known(row["money"]) else None
    said = known_of(
        str(row["table"]), str(row["check"]), int(str(row["count"])), str(row["example"] or ""), money, currency
    )
    with st.container(horizontal=True, wrap=False):
        st.badge(
            _("warning") if warning else _("note"),
            color="orange" if warning else "gray",
            icon=":material/warning:" if warning else ":material/info:",
            width=110,
        )
        weakens = _("Weakens {what}").format(what=row["weakens"])
        st.markdown(
            f"**{escape_markdown(notes.told(said))}.** {escape_markdown(notes.told(weakens))}.", width="stretch"
        )
    if str(row["check"]).startswith(WORDS_OUTSIDE):
        word_meanings(str(row["table"]), str(row["check"]), str(row["example"]), notes, key=key)
    elif row["check"] in SHEETS:
        _sheets(row, notes, key)
    elif row["check"] == "signs turned":
        turn = Option("", None, ("tables", str(row["table"]), "turned"), value=False)
        st.button(
            _("Take the signs as they are"),
            icon=":material/swap_vert:",
            type="tertiary",
            key=f"{key} turned",
            on_click=say,
            args=(notes, turn),
        )


def _sheets(row: dict[Hashable, object], notes: Notes, key: str) -> None:
    """Offer to read another sheet of a workbook, where all others are named."""
    with st.container(horizontal=True):
        for sheet in reading.sheets_told(str(row["example"]), int(str(row["count"]))):
            instead = Option("", None, ("tables", str(row["table"]), "sheet"), sheet)
            st.button(
                _("Read {sheet} instead").format(sheet=escape_markdown(sheet)),
                icon=":material/table_chart:",
                type="tertiary",
                key=f"{key} sheet {sheet}",
                on_click=say,
                args=(notes, instead),
            )


def missing_tables(missing: pd.DataFrame) -> None:
    """Show the tables a book does not have, what each would add, and the columns it needs."""
    if missing.empty:
        st.caption(_("This book has every table."))
        return
    st.caption(
        ngettext(
            "{tables} more table would make the pages say more. Put a file of the table's name into the folder, or add"
            " it to a new book from files.",
            "{tables} more tables would make the pages say more. Put a file of the table's name into the folder, or add"
            " it to a new book from files.",
            len(missing),
        ).format(tables=count(len(missing)))
    )
    needed = {name: still_needed(TABLES[name], ()) for name in missing["table"]}
    more = {name: [each.name for each in TABLES[name] if each.name not in needed[name]] for name in needed}
    table(
        missing.assign(
            needs=missing["table"].map(lambda name: ", ".join(needed[name])),
            more=missing["table"].map(lambda name: ", ".join(more[name])),
        ),
        MISSING_COLUMNS,
        key="missing",
        file="missing tables",
    )
