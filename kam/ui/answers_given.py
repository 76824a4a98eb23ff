"""What was answered about how the files are read: each answer in words, and a way to take it back."""

import streamlit as st

from kam.base.errors import KamError
from kam.base.texts import _
from kam.data.words_reading import answer_said
from kam.intake.answers import given
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, unsay

_SHOWN_OPEN = 6


def answers_given(notes: Notes, *, key: str) -> None:
    """List the answers; nothing where there is none."""
    try:
        options = given(notes.text())
    except KamError as error:
        st.error(escape_markdown(str(error)), icon=":material/error:")
        return
    answers = [
        (option.where, word)
        for option in options
        for word in (dict.fromkeys(option.value) if isinstance(option.value, list) else [option.value])
    ]
    if not answers:
        return
    with st.expander(
        _("What was answered ({answers})").format(answers=len(answers)),
        expanded=len(answers) <= _SHOWN_OPEN,
        icon=":material/check:",
    ):
        for where, value in answers:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(escape_markdown(notes.told(answer_said(where, value))))
                st.button(
                    _("Take back"),
                    icon=":material/undo:",
                    type="tertiary",
                    key=f"{key} back {where} {value}",
                    on_click=unsay,
                    args=(notes, where, str(value)),
                )
