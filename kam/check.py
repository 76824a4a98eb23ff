"""`python -m kam check FOLDER`: the report of intake in a terminal, with progress on big files."""

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TextIO

from kam.errors import KamError
from kam.intake.files import book_files, find_tables
from kam.intake.load import LoadError, Report, load
from kam.intake.settings import read_settings

CLEAN, REFUSED, FAILED = 0, 1, 2


def check(folder: Path, *, out: TextIO = sys.stdout, today: dt.date | None = None) -> int:
    """Read a book folder as opening it would, keep nothing, and print what came in and what was refused.

    Returns 0 if every row was taken in, 1 if rows were refused, 2 if the book cannot be opened.
    """
    try:
        files = book_files(folder)
        tables = find_tables(folder, files)
        settings = read_settings(folder)
        with tempfile.TemporaryDirectory(prefix="kam-check-") as work:
            report = load(
                folder,
                Path(work) / "check.duckdb",
                tables=tables,
                settings=settings,
                today=today or dt.datetime.now().astimezone().date(),
                progress=_progress(out),
            )
    except LoadError as error:
        _print_report(error.report, out)
        print(f"\nCannot be opened: {error}", file=out)
        return FAILED
    except KamError as error:
        print(f"Cannot be opened: {error}", file=out)
        return FAILED
    _print_report(report, out)
    refused = sum(int(str(row["rows_refused"])) for row in report.intake)
    print(f"\n{settings.name} can be opened." + (f" {refused:,} rows were refused." if refused else ""), file=out)
    return REFUSED if refused else CLEAN


def _progress(out: TextIO):  # noqa: ANN202 - the type of a local function says itself
    def show(step: str, share: float) -> None:
        if out.isatty():
            print(f"\r\033[K{share:4.0%}  {step}", end="", flush=True, file=out)

    return show


def _print_report(report: Report, out: TextIO) -> None:
    if out.isatty():
        print("\r\033[K", end="", file=out)
    for row in report.intake:
        name = row["table"]
        print(
            f"{name}: {row['rows_read']:,} rows read from {row['file']}, {row['rows_accepted']:,} taken in,"
            f" {row['rows_refused']:,} refused",
            file=out,
        )
        for match in report.columns:
            if match["table"] == name and match["how"] == "guessed":
                print(f"    {match['column']} is read from {match['source']!r} (guessed)", file=out)
        for reason, count in report.reasons.get(str(name), {}).items():
            print(f"    {count:>12,}  {reason}", file=out)
    for finding in report.findings:
        example = f", for example {finding.example}" if finding.example else ""
        count = f" ({finding.count:,}{example})" if finding.count else f" ({finding.example})"
        print(f"{finding.severity}: {finding.table}: {finding.check}{count}: weakens {finding.weakens}", file=out)
