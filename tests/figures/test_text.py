"""Words from the data are drawn as letters, never as markup."""

import math
from collections.abc import Callable, Iterator
from html import unescape

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.chart.hover import cut, escaped, lines, short, story, wrapped
from kam.chart.template import quiet
from kam.ladder.figures import rungs_figure
from kam.ladder.figures_claims import claims_figure
from kam.ladder.figures_evidence import evidence_figure
from kam.plan.figures_milestones import timeline_figure
from kam.portfolio.figures import changes_figure, portfolio_map_figure
from kam.portfolio.figures_pareto import pareto_figure
from tests.figures.books import NASTY, TODAY, WINDOW, accounts, changes, evidence, ladder, milestones

OWN_MARKUP = ("<b>", "</b>", "<br>", "<extra></extra>", "</span>")


def _named(frame: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    return frame.assign(**{column: name})


FIGURES: dict[str, Callable[[str], go.Figure]] = {
    "pareto": lambda name: pareto_figure(_named(accounts(), "name", name), name, window=WINDOW),
    "map": lambda name: portfolio_map_figure(_named(accounts(), "name", name), name, window=WINDOW),
    "changes": lambda name: changes_figure(_named(changes(), "name", name), name, window=WINDOW),
    "claims": lambda name: claims_figure(_named(ladder(), "name", name)),
    "rungs": lambda name: rungs_figure(ladder(), name, window=WINDOW),
    "evidence": lambda name: evidence_figure(
        evidence().assign(signal=name, observed=name, group=name, level=name, source=name),
        account_id="A",
        rung=_named(ladder(), "name", name).iloc[0],
    ),
    "timeline": lambda name: timeline_figure(
        milestones().assign(title=name, owner=name, account=name, plan=name), TODAY
    ),
    "nothing": lambda name: quiet(title=name, note=name, theme="light"),
}


def _texts(part: object, key: str = "") -> Iterator[str]:
    """Walk everything Plotly would draw as text; the raw account id of a mark and the alt text are not drawn."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name not in {"meta", "template"}:
                yield from _texts(value, name)
    elif isinstance(part, list | tuple):
        drawn = part[1:2] if key == "customdata:row" else part
        for value in drawn:
            yield from _texts(value, "customdata:row" if key == "customdata" else "")
    elif isinstance(part, str) and key != "hovertemplate":
        yield part


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("figure", FIGURES)
def test_no_name_becomes_markup(figure: str, name: str) -> None:
    for text in _texts(FIGURES[figure](name).to_plotly_json()):
        left = text
        for own in OWN_MARKUP:
            left = left.replace(own, "")
        for span in ("<span style=",):
            while span in left:
                left = left[: left.index(span)] + left[left.index(">", left.index(span)) + 1 :]
        assert "<" not in left, text
        assert "%{" not in left, text
        assert "$" not in left, text


@given(st.text(max_size=60))
def test_escaped_text_holds_no_sign_that_plotly_reads_and_loses_no_letter(text: str) -> None:
    safe = escaped(text)
    assert not set("<>$%") & set(safe)
    printable = "".join(letter for letter in text if letter.isalnum())
    assert "".join(letter for letter in unescape(safe) if letter.isalnum()) == printable


@given(st.text(alphabet="ab &<", max_size=60), st.integers(2, 20))
def test_a_cut_text_is_never_longer_than_asked(text: str, letters: int) -> None:
    assert len(cut(text, letters)) <= letters
    assert unescape(short(text, letters)) == cut(text, letters)


@given(st.text(alphabet="abc ", max_size=120), st.integers(8, 40), st.booleans())
def test_wrapped_lines_fit_and_keep_every_word(text: str, letters: int, even: bool) -> None:  # noqa: FBT001 - hypothesis names its arguments
    broken = wrapped(text, letters, even=even)
    assert all(len(line) <= letters for line in broken.split("<br>"))
    assert broken.replace("<br>", "").replace(" ", "") == text.replace(" ", "")
    assert lines(broken) == (len(broken.split("<br>")) if broken else 0)


def test_no_word_is_left_alone_on_the_last_line() -> None:
    assert wrapped("Nine claims stand above what the evidence bears", 44, even=True) == (
        "Nine claims stand above<br>what the evidence bears"
    )


def test_the_unknown_is_an_empty_text() -> None:
    assert [escaped(value) for value in (None, math.nan, pd.NA, pd.NaT)] == ["", "", "", ""]
    assert story("A", None, math.nan) == "<b>A</b>"


def test_a_name_cannot_turn_the_direction_of_writing() -> None:
    assert escaped("abc\u202edef\u2066ghi\nj") == "abcdefghi j"
