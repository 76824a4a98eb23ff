"""Every text a reader sees is said through gettext, whole and with named places; a catalogue can say it otherwise."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kam.base.policy import Policies
from kam.base.texts import Pseudo, catalogue
from kam.definitions import definitions

ROOT = Path(__file__).parents[2]
SEEN = ("pages/*.py", "kam/ui/*.py", "kam/chart/*.py", "kam/*/figures*.py", "kam/*/words*.py", "kam/definitions/*.py")
SAID = frozenset({"_", "ngettext"})
NO_TEXT = re.compile(r":material/\w+:|\{[^}]*\}|<[^>]*>|\dpx")
WORD = re.compile(r"[A-Za-z’']{2,}")
TECHNICAL = (
    *("key", "file", "icon", "type", "width", "mode", "hovertemplate", "name", "form", "format", "kind", "columns"),
    *("by", "bind", "orientation", "symbol", "dash", "url_path", "mime", "persist_state", "on_click", "selection_mode"),
    *("on_select", "xref", "yref", "anchor", "color", "position", "scope", "measure", "order", "what"),
)
"""Arguments that name something for the program, not for the reader."""
LOOKED_UP = (
    *("get", "query", "isin", "startswith", "endswith", "removeprefix", "removesuffix", "replace", "split"),
    *("partition", "rpartition", "compile", "sub", "pop", "ask", "explain", "defined", "groupby", "sort_values"),
    *("set_index", "rename", "astype", "assign", "drop", "merge", "TypeVar", "ParamSpec", "cast", "index", "start"),
    "columns",
)
"""Calls whose texts are compared or looked up, and not shown."""

SEPARATORS = frozenset({"; ", ", ", " and "})
TERMS = frozenset(definitions(Policies()))
"""Names of what is defined, by which a page looks the definition up."""


def is_prose(text: str) -> bool:
    """Say whether a text is one that people read.

    >>> [is_prose(text) for text in ("The accounts", "Revenue", "loss curve", "query-params", ":material/flag:")]
    [True, True, False, False, False]
    """
    # a line of a settings file, dashes, fonts, a style sheet
    if re.match(r"\w+ = |\[\w|\d+px,", text) or text.endswith("serif") or re.search(r"\{ [\w-]+: .*; \}", text):
        return False
    bare = NO_TEXT.sub("", text).strip()
    words = WORD.findall(bare)
    if not words or "%{" in text or "--" in text or (re.fullmatch(r"[\w.,/-]+", bare) and not bare.istitle()):
        return False
    if len(words) == 1:
        return re.fullmatch(r"[A-Z][a-z]{2,}", bare) is not None
    return bare[0].isupper() or len(words) > 3 or re.search(r"[.,;:?!…“”]", bare) is not None


def unsaid(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of all that reads as prose and does not go through gettext."""
    tree = ast.parse(source)
    within = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    prose |= {id(node.returns) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    prose |= {id(node.annotation) for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            text = node.value
        else:
            continue
        if is_prose(text) and text not in TERMS and not _is_said(node, within):
            yield node.lineno, text


def _is_said(node: ast.AST, within: dict[ast.AST, ast.AST]) -> bool:
    """Say whether a text goes through gettext, or is not for the reader."""
    while (outer := within.get(node)) is not None and not isinstance(outer, ast.stmt):
        if isinstance(outer, ast.Call):
            name = _name(outer.func)
            if name in SAID or (name in LOOKED_UP and node is not outer.func):
                return True
        is_key = isinstance(outer, ast.Dict) and node in outer.keys
        is_place = isinstance(outer, ast.Subscript) and node is outer.slice
        is_named = isinstance(outer, ast.keyword) and outer.arg in TECHNICAL
        if is_key or is_place or is_named or isinstance(outer, (ast.Compare, ast.JoinedStr)):
            return True
        node = outer
    return False


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def modules() -> list[Path]:
    """List the modules that hold what a reader sees."""
    return sorted({path for pattern in SEEN for path in ROOT.glob(pattern)})


def test_every_text_goes_through_gettext() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in modules()
        for line, text in unsaid(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def said(source: str) -> Iterator[tuple[int, list[ast.expr]]]:
    """Yield line and texts of all that is handed to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in SAID:
            yield node.lineno, node.args[: 2 if _name(node.func) == "ngettext" else 1]


def test_every_text_is_whole_when_it_is_said() -> None:
    """No text is built before gettext sees it, and its places are named."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for line, texts in said(path.read_text(encoding="utf-8"))
        if not all(isinstance(each, ast.Constant) for each in texts)
        or any(re.search(r"\{\d*\}", ast.unparse(each)) for each in texts)
    ]
    assert found == []


def test_no_text_is_a_piece_that_is_joined_to_another() -> None:
    """What begins or ends between two words can stand in no other order; only a separator of a list may."""
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in modules()
        for line, texts in said(path.read_text(encoding="utf-8"))
        for text in map(ast.literal_eval, texts)
        if text.strip(" ,;") != text and text not in SEPARATORS
    ]
    assert found == []


def unsaid_values(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of all English words that are put into the places of a text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) == "format":
            yield from ((node.lineno, str(each.arg)) for each in node.keywords if _is_word(each.value))


def _is_word(value: ast.expr) -> bool:
    """Say whether a value is a text of letters, or may be one by choice."""
    if isinstance(value, ast.IfExp):
        return _is_word(value.body) or _is_word(value.orelse)
    if isinstance(value, ast.BoolOp):
        return any(_is_word(each) for each in value.values)
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and WORD.search(value.value) is not None


def test_no_english_word_is_put_into_a_text() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in modules()
        for line, name in unsaid_values(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_word_put_into_a_text_is_found() -> None:
    source = "_('{n} {verb}').format(n=count(n), verb='is' if n == 1 else _('are'), unit=unit or 'pieces', name='%')"
    assert [name for _line, name in unsaid_values(source)] == ["verb", "unit"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("st.info('No account is known here.')", "No account is known here."),
        ("st.metric('Revenue', 1, help=f'Of {count} accounts')", "Revenue"),
        ("fig.update_xaxes(title='Share of the margin')", "Share of the margin"),
    ],
)
def test_a_text_that_goes_past_gettext_is_found(source: str, text: str) -> None:
    assert text in [found for _line, found in unsaid(source)]


def test_what_is_no_text_is_not_taken_for_one() -> None:
    source = "st.info(_('All is well.'), icon=':material/flag:', key='All of it')\nrow['The name'] == 'Not known'"
    assert list(unsaid(source)) == []


def test_an_unknown_language_is_english_and_the_pseudo_language_shows_every_text() -> None:
    assert catalogue("xx").gettext("Revenue") == "Revenue"
    assert isinstance(catalogue("pseudo"), Pseudo)
