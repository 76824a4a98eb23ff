"""How the values of a table's files are written, where they alone leave it open: the reader's word for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from kam.base.texts import _
from kam.data.words_reading import DECIMALS, LEVEL_NAMES, date_written
from kam.intake.answers import given
from kam.intake.dates import DATE_FORMATS
from kam.intake.open_question import Option
from kam.intake.settings import ENCODINGS, LEVELS
from kam.ui.notes import Notes, say, unsay

_FOUND = _("found from the values")


@dataclass(frozen=True, slots=True)
class _Way:
    """One thing to say: its label, where it stands below the table, and the choices in words."""

    label: str
    where: tuple[str, ...]
    options: Sequence[str]
    words: Callable[[str], str] = str


_WAYS = (
    _Way(_("Dates are written"), ("date_format",), tuple(DATE_FORMATS), date_written),
    _Way(_("Decimals are written with"), ("decimal",), tuple(DECIMALS), DECIMALS.__getitem__),
    _Way(_("Letters are encoded as"), ("encoding",), ENCODINGS),
)
_AMOUNT = _Way(_("The net amount stands for"), ("amounts", "net_amount"), LEVELS, LEVEL_NAMES.__getitem__)


def ways_of_writing(table: str, notes: Notes, *, key: str) -> None:
    """Let the reader say how dates, decimals and letters are written, and what the amounts of sales stand for."""
    said = {option.where: option.value for option in given(notes.text())}
    with st.grid(min_column_width=300, gap="medium"):
        for way in (*_WAYS, _AMOUNT) if table == "sales" else _WAYS:
            where = ("tables", table, *way.where)
            now = said.get(where)
            place = f"{key} {notes.key} {where} {now}"
            st.selectbox(
                way.label,
                way.options,
                index=way.options.index(now) if now in way.options else None,
                format_func=way.words,
                placeholder=_FOUND,
                key=place,
                on_change=_write,
                args=(notes, where, place),
            )


def _write(notes: Notes, where: tuple[str, ...], place: str) -> None:
    chosen = st.session_state[place]
    if chosen is None:
        unsay(notes, where, None)
    else:
        say(notes, Option("", None, where, chosen))
