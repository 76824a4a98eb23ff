"""Where a reader's answers go: into the `book.toml` of a folder, or into the notes of a book to come."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from kam.base.errors import KamError
from kam.intake.answers import answer, notes_of, take_back
from kam.intake.open_question import Option
from kam.ui.markdown import escape_markdown


@dataclass(frozen=True, slots=True)
class Notes:
    """A place for answers: what it holds now, how it grows and shrinks, and what the reader calls its files."""

    key: str
    text: Callable[[], str]
    add: Callable[..., None]
    remove: Callable[[tuple[str, ...], str | None], None]
    names: Mapping[str, str] = field(default_factory=dict)  # inside the book -> as the reader knows it

    def told(self, text: str) -> str:
        """Put the reader's own names of files where a text has those inside the book."""
        if not self.names:
            return text
        inside = "|".join(re.escape(name) for name in sorted(self.names, key=len, reverse=True))
        return re.sub(rf"(?<![\w./-])(?:{inside})(?!\w)", lambda found: self.names[found[0]], text)


def folder_notes(folder: Path) -> Notes:
    """Write answers into the `book.toml` of a folder."""
    return Notes(
        key=f"folder {folder}",
        text=lambda: notes_of(folder),
        add=lambda *options: answer(folder, *options),
        remove=lambda where, word: take_back(folder, where, word),
    )


def say(notes: Notes, *options: Option) -> None:
    """Write answers down; where that fails, say why. For the moment in which something was clicked."""
    try:
        notes.add(*options)
    except KamError as error:
        st.toast(escape_markdown(str(error)), icon=":material/error:", duration="long")


def unsay(notes: Notes, where: tuple[str, ...], word: str | None) -> None:
    """Take an answer back; where that fails, say why."""
    try:
        notes.remove(where, word)
    except KamError as error:
        st.toast(escape_markdown(str(error)), icon=":material/error:", duration="long")
