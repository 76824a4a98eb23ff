"""Files written for a test, and what intake stages of them: names, records, and what is said of them."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from kam.intake.files import Found
from kam.intake.formats import raw_name
from kam.intake.part import FILE, ROW, SHORT, Part
from kam.intake.settings import TableSettings
from kam.intake.sources import exact_lines, open_parts

NOTHING_SAID = TableSettings()


class Staged:
    """The parts of one table, with their records as they were staged."""

    def __init__(self, folder: Path, names: Sequence[str], table: str, settings: TableSettings) -> None:
        with tempfile.TemporaryDirectory() as work, duckdb.connect(Path(work) / "book.duckdb") as cursor:
            found = Found(table, tuple(folder / name for name in names))
            self.parts: list[Part] = open_parts(cursor, folder, found, settings)
            self.records = [self._records(cursor, part) for part in self.parts]
            self.short = [self._marked(cursor, part) for part in self.parts]
            left = [path.name for path in Path(work).iterdir()]
            assert left == ["book.duckdb"], "what was unpacked or copied must be gone"

    @property
    def part(self) -> Part:
        """The only part."""
        assert len(self.parts) == 1
        return self.parts[0]

    @property
    def rows(self) -> list[tuple[str | None, ...]]:
        """The records of the only part."""
        assert len(self.records) == 1
        return self.records[0]

    @property
    def lines(self) -> list[int]:
        """The lines of the only part's records."""
        placed = exact_lines(self.part, self.numbers)
        return [placed[row] for row in self.numbers]

    @property
    def said(self) -> dict[str, int]:
        """What was found, with how often."""
        return {finding.check: finding.count for part in self.parts for finding in part.findings}

    def _records(self, cursor: duckdb.DuckDBPyConnection, part: Part) -> list[tuple[str | None, ...]]:
        names = ", ".join(raw_name(name) for name in part.names)
        rows = cursor.execute(f'select "{ROW}", {names} from {part.relation} order by "{ROW}"').fetchall()
        assert len(rows) == part.rows
        assert cursor.execute(f'select distinct "{FILE}" from {part.relation}').fetchall() in ([], [(part.file,)])
        self.numbers = [row for row, *_ in rows]
        return [tuple(cells) for _, *cells in rows]

    def _marked(self, cursor: duckdb.DuckDBPyConnection, part: Part) -> list[int]:
        rows = cursor.execute(f'select "{ROW}" from {part.relation} where "{SHORT}" order by "{ROW}"').fetchall()
        return [row for (row,) in rows]


def staged(
    folder: Path,
    table: str = "sales",
    settings: TableSettings = NOTHING_SAID,
    files: Mapping[str, str | bytes] | None = None,
    **named: str | bytes,
) -> Staged:
    """Write files (`sales_csv` is sales.csv, `sales__a_csv` is sales/a.csv) and stage them all as one table."""
    contents = dict(files or {})
    for name, content in named.items():
        stem, _, suffix = name.rpartition("_")
        contents[f"{stem.replace('__', '/')}.{suffix}"] = content
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Staged(folder, list(contents), table, settings)
