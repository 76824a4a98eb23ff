"""`python -m kam check FOLDER`: how a folder is read, column by column, in a terminal, with progress on big files."""

import datetime as dt
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from kam.base.errors import KamError
from kam.base.schema import PEOPLE
from kam.base.texts import _, ngettext
from kam.intake.files import book_files
from kam.intake.finding import Finding
from kam.intake.joins import book_tables
from kam.intake.load import LoadError, Report, load
from kam.intake.settings import read_settings

CLEAN, TO_KNOW, FAILED = 0, 1, 2


def check(folder: Path, *, out: TextIO = sys.stdout, today: dt.date | None = None) -> int:
    """Read a book folder as opening it would, keep nothing, and print how it is read and what a reader should know.

    Returns 0 if all is clean, 1 if there is something to know, 2 if the book cannot be opened.
    """
    try:
        files = book_files(folder)
        tables = book_tables(folder, files)
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
        _print_report(error.report, out, hides_people=read_settings(folder).hide_people)
        if error.report.questions:
            _print_questions(error.report, out)
            print("\nCannot be opened before these questions are answered. Nothing was changed.", file=out)
        else:
            print(f"\nCannot be opened: {error}", file=out)
        return FAILED
    except KamError as error:
        print(f"Cannot be opened: {error}", file=out)
        return FAILED
    _print_report(report, out, hides_people=settings.hide_people)
    refused = sum(int(str(row["rows_refused"])) for row in report.intake)
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    said = [_("{book} can be opened.").format(book=settings.name)]
    if refused:
        said.append(ngettext("{rows:,} row was refused.", "{rows:,} rows were refused.", refused).format(rows=refused))
    if warnings:
        said.append(
            ngettext("{warnings:,} warning above.", "{warnings:,} warnings above.", warnings).format(warnings=warnings)
        )
    print(f"\n{' '.join(said)}", file=out)
    return TO_KNOW if refused or warnings else CLEAN


def _progress(out: TextIO):  # noqa: ANN202 - the type of a local function says itself
    def show(step: str, share: float) -> None:
        if out.isatty():
            print(f"\r\033[K{share:4.0%}  {step}", end="", flush=True, file=out)

    return show


def _print_report(report: Report, out: TextIO, *, hides_people: bool) -> None:
    if out.isatty():
        print("\r\033[K", end="", file=out)
    for row in report.intake:
        left = f", {row['rows_left_out']:,} left out" if row["rows_left_out"] else ""
        print(
            f"{row['table']}: {row['rows_read']:,} rows read from {row['file']}, {row['rows_accepted']:,} taken in,"
            f" {row['rows_refused']:,} refused{left}",
            file=out,
        )
        for reason, count in report.reasons.get(str(row["table"]), {}).items():
            print(f"    {count:>12,}  {reason}", file=out)
    shown = set()
    for match in report.columns:
        how = ": ".join(str(match[key]) for key in ("how", "why") if match[key])
        written = f", written {match['written']}" if match["written"] else ""
        line = f"    {match['table']}.{match['column']} is read from {match['source']!r} ({how}{written})"
        if match["how"] != "same name" and line not in shown:
            print(line, file=out)
            shown.add(line)
    for finding in sorted(report.findings, key=lambda each: each.severity != "warning"):
        hidden = hides_people and finding.table in PEOPLE
        print(_line(replace(finding, example="hidden") if hidden else finding), file=out)


def _line(finding: Finding) -> str:
    example = f", for example {finding.example}" if finding.example else ""
    count = f" ({finding.count:,}{example})" if finding.count else f" ({finding.example})"
    money = "" if finding.money is None else f", {finding.money:,.2f} hang on it"
    return f"{finding.severity}: {finding.table}: {finding.check}{count}{money}: weakens {finding.weakens}"


def _print_questions(report: Report, out: TextIO) -> None:
    for question in report.questions:
        print(f"\nquestion: {question.file}: {question.asks}\n  {question.why}", file=out)
        for option in question.options:
            money = "" if option.money is None else f": revenue {option.money:,.2f}"
            lines = "\n      ".join(option.lines.splitlines())
            print(f"  - {option.label}{money}; write into book.toml\n      {lines}", file=out)
