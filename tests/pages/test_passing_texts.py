"""What is shown for a moment, bars and notes, is letters too: no name of a file makes the browser ask outside."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tests.intake.folders import GOOD, sales, write
from tests.pages.driving import ROOT, opened

PASSING = {"progress": 1, "toast": 0, "spinner": 0, "status": 0}
"""What shows a text for a moment, and the place of the text among its arguments."""


def _loose(source: str) -> Iterator[str]:
    """Find the texts shown for a moment that are neither written in the source nor escaped."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        place = PASSING.get(call.func.attr)
        if place is not None:
            named = [each.value for each in call.keywords if each.arg in {"text", "body", "label"}]
            for text in [*call.args[place : place + 1], *named]:
                if not _is_safe(text):
                    yield ast.unparse(call)


def _is_safe(text: ast.expr) -> bool:
    if isinstance(text, ast.JoinedStr):
        return all(_is_safe(each.value) for each in text.values if isinstance(each, ast.FormattedValue))
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "format":
        return _is_safe(text.func.value) and all(_is_safe(each.value) for each in text.keywords)
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Name) and text.func.id in ("_", "ngettext"):
        return all(isinstance(each, ast.Constant) for each in text.args[:2])
    escaped = isinstance(text, ast.Call) and isinstance(text.func, ast.Name) and text.func.id == "escape_markdown"
    return escaped or isinstance(text, ast.Constant)


def test_every_passing_text_is_ours_or_escaped() -> None:
    sources = [*(ROOT / "kam" / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]

    found = [f"{path.name}: {each}" for path in sources for each in _loose(path.read_text(encoding="utf-8"))]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "st.progress(0.0, name)",
        "bar.progress(share, step.capitalize())",
        "st.toast(f'{name} is open')",
        "st.spinner(text=name)",
        "with st.status(f'{escape_markdown(a)} {b}'):\n    pass",
        "st.progress(0, text=f'{name}')",
        "st.toast(_('{name} is open').format(name=name))",
        "st.toast(_(name))",
    ],
)
def test_a_text_that_is_not_escaped_is_found(source: str) -> None:
    assert list(_loose(source))


def test_the_names_of_folder_and_files_are_letters_while_a_book_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = "![x](https:evil.example)"
    folder = write(tmp_path / image, **{f"{image}_csv": sales(GOOD)})
    shown: list[str] = []
    of_bar = DeltaGenerator.progress

    def progress(self: DeltaGenerator, value: float, text: str) -> DeltaGenerator:
        shown.append(text)
        return of_bar(self, value, text)

    monkeypatch.setattr(DeltaGenerator, "progress", progress)
    monkeypatch.setattr(st, "progress", lambda value, text: progress(st.container(), value, text))
    opened(folder, monkeypatch=monkeypatch)

    assert len(shown) > 3
    assert any(text.startswith(r"Opening \!\[x\]") for text in shown)
    assert any(text.startswith(r"Reading \!\[x\]") for text in shown)
    assert [text for text in shown if "![" in text.replace(r"\!", "")] == []
