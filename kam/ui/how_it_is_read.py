"""The whole of how files are read: open questions first, then columns, answers given, what was left out and refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kam.base.errors import IntakeError, KamError
from kam.base.schema import PEOPLE
from kam.base.texts import _
from kam.data.words import not_read
from kam.hidden import without_attitudes
from kam.intake.files import Stamp, book_files, find_tables, stamp
from kam.intake.peek import peek
from kam.intake.report import LoadError, Report, all_refused, report_frames
from kam.intake.settings import read_settings
from kam.ui.answers_given import answers_given
from kam.ui.columns_read import Samples, change_columns, columns_read
from kam.ui.intake_report import beside_columns, came_in, left_out, refused_rows, worth_knowing
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, folder_notes
from kam.ui.questions import open_questions

_LOOKED_INTO = 12  # of a hundred files of months the first ones show what the others hold


@dataclass(frozen=True, slots=True)
class Read:
    """Files as they were read: the report, why they cannot be opened, if they cannot, and their first values."""

    report: Report
    failure: str | None
    tables: Sequence[str]
    samples: Samples = field(default_factory=dict)
    currency: str | None = None
    hides_people: bool = False


def how_it_is_read(read: Read, notes: Notes, *, key: str) -> None:
    """Draw what was read, what is open first; answers given on the way are written into the notes."""
    frames = report_frames(read.report) | {"refused": all_refused(read.report).to_pandas()}
    if read.hides_people:
        frames |= {name: without_attitudes(frames[name]) for name in ("findings", "refused")}
    columns, findings = frames["columns"], frames["findings"]
    if read.report.questions:
        open_questions(read.report.questions, notes, key=key, currency=read.currency)
    elif read.failure is not None:
        st.error(escape_markdown(notes.told(not_read(read.failure))), icon=":material/error:")
    if not columns.empty:
        columns_read(columns, read.samples, notes, key=key)
    beside_columns(findings, notes)
    lost = read.failure is not None and not read.report.questions
    change_columns(read.tables, columns, read.samples, notes, key=key, open_at_once=lost)
    answers_given(notes, key=key)
    if read.report.intake:
        came_in(frames["tables"], columns, notes, key=key)
    if not findings.empty or read.failure is None:
        st.markdown("**Left out**")
        names = list(read.samples.get("sales", {}))
        left_out(findings, notes, names=names, key=key, currency=read.currency)
    if total := int(frames["tables"]["rows_refused"].sum()):
        st.markdown("**Refused**")
        refused_rows(frames["refused"], frames["reasons"], total, notes, key=key)
    if not findings.empty or read.failure is None:
        st.markdown(_("**What to know of**"))
        worth_knowing(findings, notes, key=key, currency=read.currency)


def folder_read(folder: Path, error: LoadError, *, key: str) -> None:
    """Draw how the files of a folder are read that cannot be opened yet; answers go into its `book.toml`."""
    hidden = read_settings(folder).hide_people or st.query_params.get("hide_people") == "true"
    tables, samples = first_values(folder, hides_people=hidden)
    read = Read(error.report, str(error), tables, samples, hides_people=hidden)
    how_it_is_read(read, folder_notes(folder), key=key)


def first_values(folder: Path, *, hides_people: bool) -> tuple[list[str], Samples]:
    """Return the tables of a folder, and of each column of their files the first values, but none of hidden people."""
    try:
        found = find_tables(folder, book_files(folder))
    except KamError:  # the page says already what is wrong with the folder
        return [], {}
    samples: dict[str, Mapping[str, Sequence[str]]] = {}
    for name, each in found.items():
        hidden = hides_people and name in PEOPLE
        for path in each.files[:_LOOKED_INTO] if each.kind != "sql" else ():
            seen = _peeked(path, stamp([path]))
            samples[name] = {**(dict.fromkeys(seen, ("hidden",)) if hidden else seen), **samples.get(name, {})}
    return list(found), samples


@st.cache_data(max_entries=200, show_spinner=False)
def _peeked(path: Path, seen: Stamp) -> dict[str, tuple[str, ...]]:  # noqa: ARG001 - part of what is remembered
    try:
        return peek(path).samples
    except IntakeError:  # the report of the load names the file
        return {}
