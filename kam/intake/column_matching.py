"""Which column of a file is which column of the schema: declared in `book.toml`, of the same name, or guessed."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from kam.base.errors import IntakeError
from kam.base.schema import Column, Table
from kam.intake.concepts import fold, ideas, meanings

_NAMED_BY_OTHERS = frozenset({"accounts", "products", "managers"})
_MARK = "\u200b"  # not seen, so that a message shows a name as the file has it


@dataclass(frozen=True, slots=True)
class Match:
    """One schema column, the file's column it is read from, and how that was decided."""

    column: str
    source: str
    how: str  # "declared", "same name", "recipe", "guessed" or "worked out"
    why: str = ""  # what in the values spoke for it
    written: str = ""  # how the file writes its values


_SURELY = 20
"""How surely a column is meant that is declared, or has the schema's own name."""
Ranked = dict[str, dict[str, int]]


def ranked_columns(
    table: Table,
    names: list[str],
    *,
    declared: dict[str, str],
    file: str,
    known: Container[str] = (),
    recipe: Container[str] = (),
) -> tuple[Ranked, dict[tuple[str, str], str]]:
    """Propose columns of a sales file for the schema's columns, the likeliest first, and say how each was found.

    `known` are the columns of all files of the table: one that is declared may be missing in some of them.

    Raises
    ------
    IntakeError
        A declared column is in none of the files, or one that is meant stands twice.
    """
    ranked: Ranked = {}
    how: dict[tuple[str, str], str] = {}
    for column, source in declared.items():
        here = _in_file(source, names)
        if source and here is None and source not in known:
            raise _not_there(column, source, names, file)
        if here is not None:
            ranked[column] = {here: _SURELY}
            how[column, here] = "recipe" if column in recipe else "declared"
    taken = {name for _, name in how}
    left_out = {column for column, source in declared.items() if not source}
    for column in table:
        if column.name in ranked or column.name in left_out:
            continue
        same = [name for name in names if name not in taken and fold(name) == fold(column.name)]
        if same:
            ranked[column.name] = {same[0]: _SURELY}
            how[column.name, same[0]] = "same name"
            taken.add(same[0])
    guessed = [name for name in names if name not in taken]
    for column in table:
        named = how.get((column.name, next(iter(ranked.get(column.name, {})), "")))
        values_decide = column.kind in ("money", "factor") or column.name == "account_name"
        if column.name not in left_out and (named is None or (named == "same name" and values_decide)):
            ranked[column.name] = ranked.get(column.name, {}) | _guessed(column, guessed)
    return ranked, how


def _guessed(column: Column, names: list[str]) -> dict[str, int]:
    """Rank the columns whose names can mean a column of sales, the likeliest first."""
    words = {fold(word) for word in column.synonyms}
    strengths = {
        name: meanings(name).get(column.name, 4 if fold(name) in words and not meanings(name) else 0) for name in names
    }
    found = {name: strength for name, strength in strengths.items() if strength}
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def _in_file(source: str, names: list[str]) -> str | None:
    """Find a declared column in a file: of that very name, else of one that differs in spelling."""
    if source in names or not source:
        return source or None
    return next((name for name in names if fold(name) == fold(source)), None)


def refuse_twins(names: list[str], matches: Iterable[Match], file: str) -> None:
    """Refuse a column that stands twice, where either could be meant.

    Raises
    ------
    IntakeError
        Two columns have the name of one that is read.
    """
    _refuse_twins(names, {match.column: match for match in matches if match.source in names}, file)


def _not_there(column: str, source: str, names: list[str], file: str) -> IntakeError:
    return IntakeError(
        f"{file}: book.toml reads {column} from the column {source!r}, which the file does not have."
        f" It has: {listed(names)}. Nothing was changed."
    )


def match_columns(table: Table, names: list[str], *, declared: dict[str, str], file: str) -> list[Match]:
    """Match a file's column names to the table's columns: declared first, then the same name, then synonyms.

    A column declared as "" is left out, whatever the file's names suggest.

    Raises
    ------
    IntakeError
        A declared column is not in the file, one name stands twice, or a required column is not found.
    """
    for column, source in declared.items():
        if source and source not in names:
            raise _not_there(column, source, names, file)
    taken = best_matches(table, names, declared=declared)
    _refuse_twins(names, taken, file)
    missing = still_needed(table, taken)
    if missing:
        raise IntakeError(
            f"{file}: the column {listed(missing)} of {table.name} is not in the file. It has: {listed(names)}."
            f' Name it in book.toml, for example [tables.{table.name}.columns] {missing[0]} = "…". Nothing was changed.'
        )
    return [taken[column.name] for column in table if column.name in taken]


def best_matches(table: Table, names: list[str], *, declared: dict[str, str]) -> dict[str, Match]:
    """Match what can be matched, by schema column; each column of the file is guessed for one column at most.

    >>> from kam.base.schema import READINGS
    >>> found = best_matches(READINGS, ["objective", "Value", "Read on"], declared={"objective_id": "objective"})
    >>> {column: (match.source, match.how) for column, match in found.items()}
    {'objective_id': ('objective', 'declared'), 'read_on': ('Read on', 'same name'), 'value': ('Value', 'same name')}
    """
    taken = {column: Match(column, source, "declared") for column, source in declared.items() if source}
    for how in ("same name", "guessed"):
        for column in table:
            wanted = [column.name] if how == "same name" else [column.name, *column.synonyms]
            used = {match.source for match in taken.values()}
            sources = {fold(name): name for name in reversed(names) if name not in used}
            hit = next((sources[fold(word)] for word in wanted if fold(word) in sources), None)
            if how == "guessed" and hit is not None and column.name == table.key:
                hit = _surer_key(table.name, column.name, hit, list(sources.values()))
            if column.name not in taken and column.name not in declared and hit is not None:
                taken[column.name] = Match(column.name, hit, how)
    for column in table:
        if column.name not in taken and column.name not in declared:
            used = {match.source for match in taken.values()}
            hit = _meant(table.name, column.name, [name for name in names if name not in used])
            if hit is not None:
                taken[column.name] = Match(column.name, hit, "guessed")
    return taken


_MEANT = {
    "accounts": {
        "account_id": "account_id",
        "name": "account_name",
        "parent_id": "parent",
        "industry": "industry",
        "region": "region",
        "manager_id": "manager",
    },
    "products": {"product_id": "product_id", "name": "product_name", "category": "category", "kind": "product_kind"},
    "managers": {"manager_id": "manager", "region": "region"},
}
"""Which column of sales means the same as one of a register."""
_LEAST = 3


def _meant(table: str, column: str, names: list[str]) -> str | None:
    """Find the column of a register whose name means most surely what is wanted."""
    wanted = _MEANT.get(table, {}).get(column)
    sure = {name: _sure(name, wanted) for name in names} if wanted else {}
    if table == "accounts" and column == "name":  # beside the customer's number, "Customer" is the name
        sure = {
            name: strength or (_sure(name, "account_id") if "id" not in ideas(name) else 0)
            for name, strength in sure.items()
        }
    best = max(sure, key=lambda name: sure[name], default=None)
    return best if best is not None and sure[best] >= _LEAST else None


def _surer_key(table: str, column: str, hit: str, names: list[str]) -> str:
    """Prefer the number to the name where both are there: "Kundennr" to "Kunde"."""
    other = _meant(table, column, names)
    wanted = _MEANT.get(table, {}).get(column, "")
    return other if other is not None and "id" in ideas(other) and _sure(other, wanted) > _sure(hit, wanted) else hit


def _sure(name: str, wanted: str) -> int:
    """Say how surely a name means a column of sales; a manager's number tells the manager as the name does."""
    number = wanted == "manager" and {"manager", "id"} <= ideas(name) and not {"date", "amount"} & ideas(name)
    return _SURELY if number else meanings(name).get(wanted, 0)


def still_needed(table: Table, taken: Container[str]) -> list[str]:
    """List the columns that a table cannot do without and that are not among those taken.

    >>> from kam.base.schema import READINGS, SALES
    >>> still_needed(READINGS, {"value"}), still_needed(SALES, {"order_date", "account_id", "unit_price"})
    (['objective_id', 'read_on'], ['net_amount'])
    """
    return [name for name in table.required if name not in taken and not _can_do_without(table, name, taken)]


def _can_do_without(table: Table, name: str, taken: Container[str]) -> bool:
    """Amounts follow from quantity and unit price; a register's own row numbers can be counted."""
    if table.name == "sales":
        return name == "net_amount" and "unit_price" in taken and "quantity" in taken
    return table[name].key and table.name not in _NAMED_BY_OTHERS


def _refuse_twins(names: list[str], taken: dict[str, Match], file: str) -> None:
    for match in taken.values():
        alike = str.casefold if match.how == "declared" else fold
        seen = match.source.rstrip(_MARK)
        twins = [name for name in names if alike(name.rstrip(_MARK)) == alike(seen)]
        if len(twins) > 1:
            raise IntakeError(
                f"{file}: {len(twins)} columns are named {seen!r}, so {match.column} could be either."
                " Rename one in the file. Nothing was changed."
            )


def unique_names(names: tuple[str, ...]) -> list[str]:
    """Give every column a name of its own: blank ones their number, repeated ones a mark that is not seen.

    >>> unique_names(("Net", "", "net")) == ["Net", "column 2", "net" + _MARK]
    True
    """
    unique: list[str] = []
    taken: set[str] = set()
    marks: dict[str, int] = {}  # how many a name has by now, so that three thousand equal names are counted once each
    for position, name in enumerate(names, start=1):
        written = name or f"column {position}"
        bare = written.casefold()
        count = marks.get(bare, 0)
        while bare + _MARK * count in taken:
            count += 1
        marks[bare] = count
        taken.add(bare + _MARK * count)
        unique.append(written + _MARK * count)
    return unique


def listed(names: list[str]) -> str:
    """Write the names of a file's columns as a line can hold them."""
    shown = ", ".join(name if len(name) <= 60 else f"{name[:59]}…" for name in names[:12])  # noqa: PLR2004 - likewise
    return shown if len(names) <= 12 else f"{shown} … ({len(names)} columns)"  # noqa: PLR2004 - what a line holds
