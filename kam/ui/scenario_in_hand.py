"""The scenario in hand: in the link, kept for the session, and what of it can be applied to this selection."""

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from kam.base.errors import QuestionError
from kam.base.texts import _
from kam.book import Book
from kam.ui.remembered import ask
from kam.whatif import words_levers as words
from kam.whatif.scenario import BASELINE, Changed, Lever, Scenario
from kam.whatif.scenario_text import from_text, to_text

SCENARIO = "scenario"
_HELD = "scenario in hand"
_ROOM, _FEWEST, _MOST = 2_000_000, 400, 2_000


@dataclass(frozen=True, slots=True)
class InHand:
    """What the reader has set: all of it, what can be applied here, and what is to be said about the rest."""

    whole: Scenario
    applied: Scenario
    note: str | None

    @property
    def text(self) -> str:
        """The applied scenario as text: what questions and figures are asked with."""
        return to_text(self.applied)


def in_hand(book: Book) -> InHand:
    """Read the scenario of the link, else of this session; what cannot be read or applied is left out and said."""
    text = st.query_params.get(SCENARIO)
    if text is None and (text := st.session_state.get(_HELD)):
        st.query_params[SCENARIO] = text
    st.session_state[_HELD] = text or ""
    try:
        whole = from_text(text or "")
    except QuestionError as error:
        return InHand(BASELINE, BASELINE, str(error))
    note, usable = None, whole
    try:
        problems = ask(book.what_if_problems, scenario=to_text(whole))
    except QuestionError as error:  # an assumption that this book or this version does not know
        note, usable = _("{problem} The book's own assumptions are used.").format(problem=error), Scenario(whole.levers)
        problems = ask(book.what_if_problems, scenario=to_text(usable))
    if problems.empty:
        return InHand(whole, usable, note)
    out = set(problems["item"].astype(int))
    applied = usable.of(lever for number, lever in enumerate(usable.levers) if number not in out)
    told = words.left_out(problems["problem"].tolist(), len(whole.levers))
    return InHand(whole, applied, f"{note} {told}" if note else told)


def draws_for(accounts: int) -> int:
    """Choose how many draws to answer with, so that a large book answers as fast as a middling one.

    >>> draws_for(120), draws_for(1_000), draws_for(4_000), draws_for(50_000)
    (2000, 2000, 500, 400)
    """
    return max(_FEWEST, min(_MOST, _ROOM // max(1, accounts)))


def names(book: Book) -> dict[str, str]:
    """Name every account and parent that a lever can take hold of."""
    targets = ask(book.what_if_targets)
    own = targets[targets["scope"].isin(("account", "parent"))]
    return dict(zip(own["target"], own["label"], strict=True))


def spoken(book: Book, text: str) -> list[str]:
    """Say each lever of a scenario in words."""
    known = names(book)
    return [words.lever(lever, known, book.currency) for lever in from_text(text).levers]


def load(text: str) -> None:
    """Take a scenario into the link and the session; the baseline leaves the link bare."""
    st.session_state[_HELD] = text
    if text:
        st.query_params[SCENARIO] = text
    elif SCENARIO in st.query_params:
        del st.query_params[SCENARIO]


def add(whole: Scenario, levers: Iterable[Lever]) -> str | None:
    """Add levers to the scenario in hand; return why that cannot be, if so."""
    try:
        load(to_text(whole.of((*whole.levers, *levers))))
    except QuestionError as error:
        return str(error)
    return None


def remove(whole: Scenario, number: int) -> None:
    """Take one lever away."""
    load(to_text(whole.of(lever for place, lever in enumerate(whole.levers) if place != number)))


def replace(whole: Scenario, number: int, lever: Lever) -> None:
    """Put one lever in another's place."""
    load(to_text(whole.of(lever if place == number else each for place, each in enumerate(whole.levers))))


def assume(whole: Scenario, changed: Iterable[Changed]) -> str | None:
    """Set assumptions in the scenario in hand; return why that cannot be, if so."""
    try:
        load(to_text(whole.assuming(*changed)))
    except QuestionError as error:
        return str(error)
    return None
