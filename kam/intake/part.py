"""One part of a table as intake has it: a file, a sheet, or all Parquet files, staged under the file's own names."""

from dataclasses import dataclass, field
from pathlib import Path

from kam.intake.finding import Finding
from kam.intake.text import TextFile

FILE, ROW, SHORT = "‹file›", "‹row›", "‹short›"
"""Three columns beside a part's own: its file, the number of the record, and whether cells were missing at its end."""


@dataclass(frozen=True, slots=True)
class Part:
    """A relation with a file's own columns, named `raw_name(name)`, and FILE, ROW and SHORT."""

    relation: str
    columns: tuple[tuple[str, str], ...]  # own names, no two alike, and DuckDB types: VARCHAR for text and sheets
    file: str  # as a reader names it: "2025/jan.csv", "book.xlsx, sheet Sales", "all.zip, jan.csv"
    kind: str  # "text", "parquet" or "sql"; a sheet is "text"
    rows: int  # records staged
    exact: frozenset[str] = frozenset()  # columns of a sheet whose filled cells all are numbers
    dated: frozenset[str] = frozenset()  # … all are dates
    malformed: tuple[tuple[int, str, str], ...] = ()  # line, the record, reason: records that are no rows
    above: tuple[str, ...] = ()  # what was written above the names
    findings: tuple[Finding, ...] = ()
    text: TextFile | None = None  # where the lines of a text file are counted
    files: tuple[Path, ...] = ()  # the Parquet files it is read from
    first_row: int = 0  # the row of a sheet that its names end on

    @property
    def names(self) -> list[str]:
        """The part's own column names."""
        return [name for name, _ in self.columns]


@dataclass(slots=True)
class Told:
    """What is found out about one part while it is staged."""

    table: str
    file: str
    findings: list[Finding] = field(default_factory=list)

    def note(self, check: str, count: int, example: str, weakens: str, *, severity: str = "note") -> None:
        """Keep one finding, with the file before its example."""
        said = f"{self.file}: {example}" if example else self.file
        self.findings.append(Finding(self.table, check, severity, count, said, weakens))

    def note_above(self, above: tuple[str, ...]) -> None:
        """Say what stands above the column names."""
        if above:
            weakens = "nothing, if they are titles: they are skipped"
            self.note("rows above the column names", len(above), " / ".join(above)[:200], weakens)
