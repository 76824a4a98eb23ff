"""The open questions about how files are read: each with its readings, the money of each, and the evidence."""

from collections.abc import Sequence

import streamlit as st

from kam.data import words_reading as words
from kam.intake.open_question import Option, Question
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, say


def open_questions(questions: Sequence[Question], notes: Notes, *, key: str, currency: str | None = None) -> None:
    """Ask what is open; an answer is written down at once, and the files are read again."""
    st.warning(words.open_questions(len(questions)), icon=":material/help:")
    for question in questions:
        _ask(question, notes, f"{key} {notes.key}", currency)


def _ask(question: Question, notes: Notes, whose: str, currency: str | None) -> None:
    key = f"{whose} question {question.table} {question.file} {question.column} {question.asks}"
    with st.container(border=True):
        st.radio(
            f"**{escape_markdown(notes.told(question.asks))}**",
            range(len(question.options)),
            index=None,
            format_func=lambda at: _reading(question.options[at], notes),
            captions=[escape_markdown(words.comes_to(option.money, currency)) for option in question.options],
            key=key,
            on_change=_answer,
            args=(notes, question, key),
        )
        st.caption(escape_markdown(f"{notes.told(question.file)}: {notes.told(question.why)}"))


def _reading(option: Option, notes: Notes) -> str:
    return escape_markdown(notes.told(words.reading_said(option.label, option.where, option.value)))


def _answer(notes: Notes, question: Question, key: str) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        say(notes, question.options[chosen])
