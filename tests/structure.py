"""What each part of the code may import and use, and a checker that reads source without running it.

Imports go down only: pages → ui → book → slices → view → (intake store) → base. The slices have an order of their own,
and of another slice one uses the calculation, never its words or figures; `ui` and `pages` use all of them.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCES = frozenset({"intake", "store"})
SLICES = (
    "data",
    "portfolio",
    "money",
    "lifetime",
    "people",
    "voice",
    "opportunities",
    "risks",
    "ladder",
    "dangers",
    "key_accounts",
    "plan",
    "team",
    "whatif",
    "account",
)
"""The subjects, from the ground up: each may import those before it."""
SCREEN = frozenset({"app", "pages", "ui"})

_KIT = frozenset({"base", "chart", "hidden", "view", *SOURCES})
MAY_IMPORT: dict[str, frozenset[str]] = {
    "base": frozenset({"base"}),
    "chart": frozenset({"base", "chart"}),
    "definitions": frozenset({"base", "definitions"}),
    "dictionary": frozenset({"base"}),
    "hidden": frozenset({"base"}),
    **dict.fromkeys(SOURCES, SOURCES | {"base"}),
    "view": SOURCES | {"base", "hidden"},
    **{each: _KIT | {*SLICES[: place + 1]} for place, each in enumerate(SLICES)},
    "sample": SOURCES | {"base", "sample"},
    "check": SOURCES | {"base"},
}
MAY_IMPORT["book"] = _KIT | {*SLICES, "book"}
MAY_IMPORT["kam"] = MAY_IMPORT["book"] | {"kam"}
MAY_IMPORT["ui"] = MAY_IMPORT["kam"] | {"kam", "ui", "definitions"}
MAY_IMPORT["__main__"] = MAY_IMPORT["kam"] | {"kam", "check", "sample", "dictionary"}
MAY_IMPORT["pages"] = MAY_IMPORT["app"] = MAY_IMPORT["ui"] | {"pages"}
"""What each part may import of the others; a part that stands nowhere here must be given its place first."""

WORDS = re.compile(r"words|words_.*|definitions")
FIGURES = re.compile(r"figures|figures_.*")
OWN_NAMES = frozenset({"question", "words", "figures"})
"""The modules that each slice may have under the same name."""


MAY_READ_CLOCK = frozenset({"ui", "store", "book", "check", "kam.intake.files", "kam.intake.cache"})
"""Parts at the edge, and the module that asks whether a file was touched a moment ago; elsewhere days are given."""

CLOCK_CALLS = frozenset(
    {
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "date.today",
        "Timestamp.now",
        "Timestamp.today",
        "Timestamp.utcnow",
        "time.time",
        "time.time_ns",
        "time.localtime",
        "time.gmtime",
    }
)
CLOCK_SQL = re.compile(
    r"\b(current_date|current_timestamp|current_localtimestamp|localtimestamp|get_current_timestamp\(\)"
    r"|now\(\)|today\(\))",
    re.IGNORECASE,
)
RAW_HTML = frozenset({"unsafe_allow_html", "unsafe_allow_javascript"})


@dataclass(frozen=True, slots=True)
class Violation:
    """One line of code that breaks a rule."""

    module: str
    line: int
    rule: str


def modules(root: Path) -> dict[str, str]:
    """Read the source of every module of the product under `root`, by dotted name."""
    files = [*sorted(root.glob("app.py")), *sorted(root.glob("pages/**/*.py")), *sorted(root.glob("kam/**/*.py"))]
    return {_dotted(path.relative_to(root)): path.read_text(encoding="utf-8") for path in files}


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part(module: str) -> str:
    """Name the part of the code that a module belongs to.

    >>> part("kam.money.bridge"), part("kam"), part("pages.ladder")
    ('money', 'kam', 'pages')
    """
    names = module.split(".")
    return names[1] if names[0] == "kam" and len(names) > 1 else names[0]


def violations(sources: dict[str, str]) -> list[Violation]:
    """List every broken rule in the sources, given by dotted module name."""
    packages = {name for name in sources if any(other.startswith(f"{name}.") for other in sources)}
    found = []
    for module, source in sources.items():
        tree = ast.parse(source)
        imported = list(_imports(tree, module, sources, packages))
        checks = (_arrows(module, imported), _packages(module, imported), _clock(module, tree), _html(module, tree))
        found.extend(Violation(module, line, rule) for check in checks for line, rule in check)
    return found


Found = Iterator[tuple[int, str]]


def _imports(tree: ast.AST, module: str, sources: dict[str, str], packages: set[str]) -> Found:
    """Yield line and full name of everything a module imports, also by string and for type checkers only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, module, packages)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                is_module = full in sources or (base == "kam" and alias.name in MAY_IMPORT)
                yield node.lineno, full if is_module else base
        elif isinstance(node, ast.Call) and _name(node.func).split(".")[-1] in {"import_module", "__import__"}:
            first = node.args[0] if node.args else None
            yield node.lineno, str(first.value) if isinstance(first, ast.Constant) else "?"


def _absolute(node: ast.ImportFrom, module: str, packages: set[str]) -> str:
    if not node.level:
        return node.module or ""
    names = module.split(".")
    here = names[: len(names) - node.level + (module in packages)]
    return ".".join([*here, node.module] if node.module else here)


def _arrows(module: str, imported: list[tuple[int, str]]) -> Found:
    own = part(module)
    if own not in MAY_IMPORT:
        yield 1, f"{own} has no place in the order of parts"
        return
    for line, name in imported:
        is_ours = name.split(".")[0] in {"kam", "pages", "app"}
        if is_ours and part(name) not in MAY_IMPORT[own]:
            yield line, f"{own} may not import {part(name)}"
        elif is_ours and own not in SCREEN and part(name) not in {own, "chart"} and (_is(name, WORDS, FIGURES)):
            yield line, f"{own} may not import the words or figures of {part(name)}"


def _packages(module: str, imported: list[tuple[int, str]]) -> Found:
    own = part(module)
    barred = {"streamlit"} if own not in SCREEN else set()
    if own not in SCREEN | {"chart"} and not _is(module, FIGURES):
        barred |= {"plotly"}
    if own in {"chart", "dictionary"} or _is(module, WORDS, FIGURES):
        barred |= {"duckdb"}
    for line, name in imported:
        package = name.split(".")[0]
        if name == "?":
            yield line, "an import must name what it imports"
        if package in barred:
            yield line, f"{module} may not import {package}"


def _is(module: str, *kinds: re.Pattern[str]) -> bool:
    """Say whether a module is of a kind by its file's name."""
    return any(kind.fullmatch(module.rpartition(".")[2]) for kind in kinds)


def named_alike(sources: dict[str, str]) -> dict[str, list[str]]:
    """List the modules of the product that share a name, beside those that every slice may have."""
    by_name: dict[str, list[str]] = {}
    for module in sources:
        if module.startswith("kam."):
            by_name.setdefault(module.rpartition(".")[2], []).append(module)
    return {name: found for name, found in by_name.items() if name not in OWN_NAMES and len(found) > 1}


def _clock(module: str, tree: ast.AST) -> Found:
    if not MAY_READ_CLOCK.isdisjoint({part(module), module}):
        return
    aliases = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    } | {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname
    }
    prose = _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            first, _, rest = _name(node).partition(".")
            full = f"{aliases.get(first, first)}.{rest}".strip(".")
            if ".".join(full.split(".")[-2:]) in CLOCK_CALLS:
                yield node.lineno, f"{part(module)} may not read the clock"
        elif isinstance(node, ast.Constant) and id(node) not in prose and CLOCK_SQL.search(str(node.value)):
            yield node.lineno, f"{part(module)} may not read the clock"


def _docstrings(tree: ast.AST) -> set[int]:
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _html(module: str, tree: ast.AST) -> Found:
    for node in ast.walk(tree):
        name = _name(node)
        parts = name.split(".")
        is_html = parts[-1] == "html" and parts[0] in {"st", "streamlit", "components"}
        is_imported = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("streamlit")
        names_html = is_imported and any(alias.name == "html" for alias in node.names)
        is_keyword = isinstance(node, ast.keyword) and node.arg in RAW_HTML
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in RAW_HTML
        if is_html or names_html or is_keyword or is_string:
            yield getattr(node, "lineno", 1), f"{part(module)} may not write raw HTML"


def _name(node: ast.AST) -> str:
    """Write `a.b.c` of a name or attribute, nothing for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return ""
