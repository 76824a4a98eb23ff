"""All parts of a table under one name, for readers that take a table as a whole."""

from dataclasses import dataclass

import duckdb

from kam.errors import IntakeError
from kam.intake.files import Found
from kam.intake.formats import raw_name
from kam.intake.part import FILE, ROW, Part
from kam.intake.sources import drop_part, exact_lines, never_missing


@dataclass(frozen=True, slots=True)
class Source:
    """A relation with the file's own columns, and two more: the file and the row a value stands in."""

    found: Found
    relation: str
    columns: tuple[tuple[str, str], ...]
    rows: int
    parts: tuple[Part, ...]
    malformed: tuple[tuple[str, int, str, str], ...] = ()

    @property
    def names(self) -> list[str]:
        """The file's column names."""
        return [name for name, _ in self.columns]


def whole(cursor: duckdb.DuckDBPyConnection, found: Found, parts: list[Part]) -> Source:
    """Put the parts of a table under one name."""
    first = parts[0]
    for part in parts[1:]:
        if sorted(part.names) != sorted(first.names):
            raise IntakeError(f"{part.file} has other columns than {first.file}. Nothing was changed.")
    malformed = tuple((part.file, *more) for part in parts for more in part.malformed)
    rows = sum(part.rows for part in parts) + len(malformed)
    relation = f"whole_{found.table}"
    names = ", ".join([*(raw_name(name) for name in first.names), f'"{FILE}"', f'"{ROW}"'])
    union = " union all ".join(f"select {names} from {part.relation}" for part in parts)
    cursor.execute(f"create temp view {relation} as {union}")
    return Source(found, relation, first.columns, rows, tuple(parts), malformed)


def whole_lines(source: Source, places: list[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Say on which line of its file each of these rows (file, row) starts."""
    lines = {place: place[1] for place in places}
    for part in source.parts:
        wanted = [row for file, row in places if file == part.file]
        if wanted:
            lines |= {(part.file, row): line for row, line in exact_lines(part, wanted).items()}
    return lines


def whole_never_missing(cursor: duckdb.DuckDBPyConnection, source: Source) -> set[str]:
    """Name the columns of which no value is absent."""
    return never_missing(cursor, source.parts[0])


def drop_whole(cursor: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Let go of all that was staged."""
    cursor.execute(f"drop view {source.relation}")
    for part in source.parts:
        drop_part(cursor, part)
