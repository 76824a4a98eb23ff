"""Which system wrote a file, told by its header, and how its files are read: a `book.toml` that comes by itself.

`recipes/*.toml` hold one layout each. Where a recipe names a column of the file, it may name several: the first that
the file has is meant, for what is exported differs by view. What the file has none of is passed over and guessed as
elsewhere, unless the last name is "": then it is left out.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kam.base.errors import BookError
from kam.intake.concepts import fold
from kam.intake.settings import TableSettings, table_settings

_FOLDER = Path(__file__).parent / "recipes"
_KEYS = frozenset({"name", "recognise", "never", "sales"})
_BY_FILE_COLUMN = ("leave_out", "returns", "keep")
_SINGLE = ("date_format", "decimal", "encoding", "sheet")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the sales of one system are read, with the column names of the file at hand."""

    name: str
    settings: TableSettings


def recognised(names: Iterable[str]) -> Recipe | None:
    """Find the recipe whose headers are all in the file: the one that asks for most, none if two do.

    >>> found = recognised(["*ContactName", "*InvoiceNumber", "*InvoiceDate", "InventoryItemCode", "LineAmount"])
    >>> found.name, found.settings.columns["account_id"]
    ('Xero sales invoices', '*ContactName')
    >>> recognised(["Customer", "Date", "Amount"]) is None
    True
    """
    present: dict[str, str] = {}
    for name in names:
        present.setdefault(fold(name), name)
    fitting = [layout for layout in layouts().values() if _fits(layout, present)]
    most = max((len(layout["recognise"]) for layout in fitting), default=0)
    best = [layout for layout in fitting if len(layout["recognise"]) == most]
    if len(best) != 1:
        return None
    return Recipe(best[0]["name"], table_settings("sales", _filled_in(best[0].get("sales", {}), present)))


def merged(recipe: Recipe | None, own: TableSettings) -> TableSettings:
    """Put a reader's own settings over a recipe's, key by key.

    What hangs on a column goes with it: where the reader names another column for an amount or a date, the recipe's
    level or order of it no longer holds. Of words that mark lines, the reader's are taken and the others stay.

    >>> xero = recognised(["ContactName", "InvoiceNumber", "InvoiceDate", "InventoryItemCode", "LineAmount", "Status"])
    >>> both = merged(xero, TableSettings(columns={"net_amount": "Total"}, keep={"Status": ["Draft"]}))
    >>> both.columns["net_amount"], both.columns["account_id"], "net_amount" in both.amounts
    ('Total', 'ContactName', False)
    >>> both.keep["Status"][-1], "Draft" in both.leave_out["Status"]
    ('Draft', False)
    """
    if recipe is None:
        return own
    base = recipe.settings
    named = set(own.columns.values()) - {""}
    columns = {column: source for column, source in base.columns.items() if source not in named}
    single = {key: getattr(base, key) if getattr(own, key) is None else getattr(own, key) for key in _SINGLE}
    if "order_date" in own.columns and own.date_format is None:
        single["date_format"] = None
    return replace(
        own,
        **single,
        columns=columns | own.columns,
        amounts={column: level for column, level in base.amounts.items() if column not in own.columns} | own.amounts,
        values={
            column: base.values.get(column, {}) | own.values.get(column, {}) for column in base.values | own.values
        },
        carry_down=list(dict.fromkeys([*base.carry_down, *own.carry_down])),
        **{key: _words(base, own, key) for key in _BY_FILE_COLUMN},
    )


@cache
def layouts() -> dict[str, dict[str, Any]]:
    """Read every recipe, by the name of its file.

    Raises
    ------
    BookError
        A recipe says something that has no meaning.
    """
    found = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))}
    for stem, layout in found.items():
        if unknown := set(layout) - _KEYS or {"name", "recognise"} - set(layout):
            raise BookError(f"The recipe {stem} is wrong about {min(unknown)!r}. Mend the file. Nothing was changed.")
        every = {fold(name): name for name in _file_columns(layout.get("sales", {}))}
        table_settings("sales", _filled_in(layout.get("sales", {}), every))
    return found


def _fits(layout: Mapping[str, Any], present: Mapping[str, str]) -> bool:
    wanted = all(_first(names, present) is not None for names in layout["recognise"])
    return wanted and not any(fold(name) in present for name in layout.get("never", ()))


def _first(names: str | list[str], present: Mapping[str, str]) -> str | None:
    """Name the file's column that is meant by one name, or by the first of several that the file has; "" means none."""
    wanted = [names] if isinstance(names, str) else names
    return next((present.get(fold(name), "") for name in wanted if name == "" or fold(name) in present), None)


def _filled_in(sales: Mapping[str, Any], present: Mapping[str, str]) -> dict[str, Any]:
    """Write a recipe's section with the file's own names, and without the columns that the file lacks."""
    section = dict(sales)
    for key in _BY_FILE_COLUMN:
        if key in section:
            section[key] = {present[fold(name)]: words for name, words in section[key].items() if fold(name) in present}
    if "carry_down" in section:
        section["carry_down"] = [present[fold(name)] for name in section["carry_down"] if fold(name) in present]
    if "columns" in section:
        found = section["columns"] = _found(section["columns"], present)
        levels = section.get("amounts", {})
        section["amounts"] = {column: level for column, level in levels.items() if found.get(column)}
    return section


def _found(columns: Mapping[str, str | list[str]], present: Mapping[str, str]) -> dict[str, str]:
    """Find each schema column's column of the file; one that was found is not found again for another."""
    found: dict[str, str] = {}
    for column, names in columns.items():
        left = {folded: name for folded, name in present.items() if name not in found.values()}
        if (source := _first(names, left)) is not None:
            found[column] = source
    return found


def _file_columns(sales: Mapping[str, Any]) -> list[str]:
    """List every column of the file that a recipe's section names."""
    named = [*sales.get("carry_down", []), *(name for key in _BY_FILE_COLUMN for name in sales.get(key, {}))]
    for names in sales.get("columns", {}).values():
        named += [names] if isinstance(names, str) else names
    return named


def _words(base: TableSettings, own: TableSettings, key: str) -> dict[str, list[str]]:
    """Put the reader's words of one kind beside the recipe's, less those to which the reader gives another."""
    mine, theirs = getattr(own, key), getattr(base, key)
    both = {}
    for column in theirs | mine:
        said = {word.casefold() for kind in _BY_FILE_COLUMN for word in getattr(own, kind).get(column, [])}
        kept = [word for word in theirs.get(column, []) if word.casefold() not in said]
        both[column] = kept + mine.get(column, [])
    return both
