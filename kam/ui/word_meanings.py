"""Words of a file that are none of a table's choices: the reader says what each means."""

import streamlit as st

from kam.base.schema import TABLES
from kam.base.texts import _
from kam.data.words_reading import words_told
from kam.intake.answers import mapping_word
from kam.ui.markdown import escape_markdown
from kam.ui.notes import Notes, say

WORDS_OUTSIDE = "words outside "
"""How the check of such words begins; the column follows."""


def word_meanings(table: str, check: str, told: str, notes: Notes, *, key: str) -> None:
    """Offer for each word the choices of its column; the answer is written down at once."""
    column = check.removeprefix(WORDS_OUTSIDE)
    words = words_told(told)
    if not words:
        return
    with st.expander(
        _("Say what these words mean in {column}").format(column=column.replace("_", " ")), icon=":material/translate:"
    ):
        for word in words:
            place = f"{key} {notes.key} {table} {column} means {word}"
            st.selectbox(
                _("{word} means").format(word=escape_markdown(word)),
                TABLES[table][column].choices,
                index=None,
                placeholder=_("not said yet"),
                key=place,
                on_change=_map,
                args=(notes, table, column, word, place),
                width=320,
            )


def _map(notes: Notes, table: str, column: str, word: str, place: str) -> None:
    meant = st.session_state[place]
    if meant is not None:
        say(notes, mapping_word(table, column, word, meant))
