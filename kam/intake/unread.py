"""Which files of a book folder nothing is read from, what they seem to hold, and what to do to have them read."""

import os
from fnmatch import fnmatch
from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.intake.files import Found, is_data
from kam.intake.finding import Finding
from kam.intake.peek import guess_table, peek

_LOOKED_INTO = 50
_SHOWN = 5


def unread(folder: Path, files: list[Path], found: dict[str, Found]) -> list[Finding]:
    """List the data files that no table and no `.sql` reads, one warning each, and name all other files in one note."""
    used = {path for each in found.values() for path in each.files}
    named = _named_in_sql(found)
    left = [
        path
        for path in files
        if is_data(path.name) and path not in used and not _is_named(path.relative_to(folder).as_posix(), named)
    ]
    findings = [_unread_data(folder, path, found) for path in left[:_LOOKED_INTO]]
    if len(left) > _LOOKED_INTO:
        more = [path.relative_to(folder).as_posix() for path in left[_LOOKED_INTO:]]
        weakens = "all figures, if they hold what belongs into the book"
        findings.append(Finding("sales", "files not read", "warning", len(more), _list(more), weakens))
    others = _others(folder, {*files})
    others += [
        path.relative_to(folder).as_posix() for path in files if path.suffix.lower() == ".sql" and path not in used
    ]
    if others:
        weakens = "nothing, if they hold no data: files of these kinds or names are not read"
        findings.append(Finding("sales", "other files", "note", len(others), _list(sorted(others)), weakens))
    return findings


def _list(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")


def _named_in_sql(found: dict[str, Found]) -> set[str]:
    """Collect the texts in the `.sql` files of a book: the names and patterns of the files they read."""
    named = set()
    for each in found.values():
        if each.kind == "sql":
            query = each.files[0].read_text(encoding="utf-8-sig", errors="replace")
            starts = [start for start, kind in duckdb.tokenize(query) if kind == duckdb.token_type.string_const]
            text = query.encode()
            named |= {text[start + 1 :].split(b"'")[0].decode(errors="replace").removeprefix("./") for start in starts}
    return named


def _is_named(name: str, named: set[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in named)


def _unread_data(folder: Path, path: Path, found: dict[str, Found]) -> Finding:
    name = path.relative_to(folder).as_posix()
    try:
        table = guess_table(path.name, peek(path).names)
    except IntakeError as error:
        reason = str(error).removesuffix(" Nothing was changed.")
        return Finding("sales", "file not read", "warning", 1, name, f"whatever it holds. {reason}")
    return Finding(
        table, "file not read", "warning", 1, name, f"what it holds is in no figure. {_advice(path, table, found)}"
    )


def _advice(path: Path, table: str, found: dict[str, Found]) -> str:
    if table not in found:
        suffix = "".join(path.suffixes[-2:]) if path.suffix.lower() == ".gz" else path.suffix
        return f"It looks like {table}: rename it to {table}{suffix.lower()} to have it read"
    if found[table].kind == "sql":
        return f"It looks like {table}: name it in {found[table].files[0].name} to have it read"
    own = found[table].files[0].name
    return f"It looks like {table}: put it and {own} into a folder named {table} to have both read"


def _others(folder: Path, known: set[Path]) -> list[str]:
    others = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(parent, name) for name in names if not name.startswith((".", "~$"))]
        others += [path.relative_to(folder).as_posix() for path in paths if path not in known]
    return others
