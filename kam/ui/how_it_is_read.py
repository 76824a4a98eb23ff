"""The whole of how files are read: open questions first, then columns, answers given, what was left out and refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kam.errors import IntakeError, KamError
from kam.intake.files import Stamp, book_files, find_tables, stamp
from kam.intake.peek import peek
from kam.intake.report import LoadError, Report, reason_counts, report_frames
from kam.intake.settings import read_settings
from kam.questions.hidden import HIDDEN
from kam.ui.answers_given import answers_given
from kam.ui.columns_read import Samples, change_columns, columns_read
from kam.ui.intake_report import beside_columns, came_in, left_out, refused_rows, worth_knowing
from kam.ui.notes import Notes, folder_notes
from kam.ui.plain import plain
from kam.ui.questions import open_questions
from kam.words.data import not_read

_LOOKED_INTO = 12  # of a hundred files of months the first ones show what the others hold


@dataclass(frozen=True, slots=True)
class Read:
    """Files as they were read: the report, why they cannot be opened, if they cannot, and their first values."""

    report: Report
    failure: str | None
    tables: Sequence[str]
    samples: Samples = field(default_factory=dict)
    currency: str | None = None


def how_it_is_read(read: Read, notes: Notes, *, key: str) -> None:
    """Draw what was read, what is open first; answers given on the way are written into the notes."""
    frames = report_frames(read.report)
    columns, findings = frames["columns"], frames["findings"]
    if read.report.questions:
        open_questions(read.report.questions, notes, key=key, currency=read.currency)
    elif read.failure is not None:
        st.error(plain(notes.told(not_read(read.failure))), icon=":material/error:")
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
        refused_rows(frames["refused"], reason_counts(read.report), total, notes, key=key)
    if not findings.empty or read.failure is None:
        st.markdown("**What to know of**")
        worth_knowing(findings, notes, key=key, currency=read.currency)


def folder_read(folder: Path, error: LoadError, *, key: str) -> None:
    """Draw how the files of a folder are read that cannot be opened yet; answers go into its `book.toml`."""
    tables, samples = first_values(folder)
    how_it_is_read(Read(error.report, str(error), tables, samples), folder_notes(folder), key=key)


def first_values(folder: Path) -> tuple[list[str], Samples]:
    """Return the tables of a folder, and of each column of their files the first values; remembered.

    Values that tell of people stay out where the book hides its people.
    """
    files = book_files(folder)
    return _first_values(folder, stamp(files))


@st.cache_data(max_entries=8, show_spinner=False)
def _first_values(folder: Path, seen: Stamp) -> tuple[list[str], Samples]:  # noqa: ARG001 - part of what is remembered
    try:
        found = find_tables(folder, book_files(folder))
        hidden = HIDDEN if read_settings(folder).hide_people else ()
    except KamError:  # the page says already what is wrong with the folder
        return [], {}
    samples: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, each in found.items():
        for path in each.files[:_LOOKED_INTO] if each.kind != "sql" else ():
            try:
                seen_here = peek(path).samples
            except IntakeError:  # likewise: the report of the load names the file
                continue
            told = dict.fromkeys(seen_here, ("hidden",)) if name in hidden else seen_here
            samples[name] = {**told, **samples.get(name, {})}
    return list(found), samples
