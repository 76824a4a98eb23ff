"""The report of intake: what came in, what was refused and why, and what a reader should know."""

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

from kam.base.errors import IntakeError
from kam.intake.clean import REFUSED
from kam.intake.finding import Finding
from kam.intake.open_question import Question


@dataclass(slots=True)
class Report:
    """What came in, what was refused and why, what a reader should know; whole even when the load fails."""

    intake: list[dict[str, object]] = field(default_factory=list)
    refused: list[pa.Table] = field(default_factory=list)  # of the schema REFUSED
    columns: list[dict[str, object]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)


class LoadError(IntakeError):
    """A load that failed, with the report of what was found until then."""

    def __init__(self, message: str, report: Report) -> None:
        super().__init__(message)
        self.report = report


def all_refused(report: Report) -> pa.Table:
    """Return the refused rows of all tables, by file and line, in the schema REFUSED."""
    by = [("table", "ascending"), ("file", "ascending"), ("line", "ascending")]
    return pa.concat_tables([REFUSED.empty_table(), *report.refused]).sort_by(by)


def report_frames(report: Report) -> dict[str, pd.DataFrame]:
    """Lay a report out as the frames a book answers with, but for the refused rows; empty ones keep their columns.

    Reasons count all refused rows by table and reason, most first, also those that are not kept one by one.

    >>> {name: len(frame.columns) for name, frame in report_frames(Report()).items()}
    {'tables': 6, 'columns': 7, 'findings': 7, 'reasons': 3}
    """
    reasons = [(table, reason, count) for table, found in report.reasons.items() for reason, count in found.items()]
    findings = [(f.table, f.check, f.severity, f.count, f.example, f.weakens, f.money) for f in report.findings]
    return {
        "tables": pd.DataFrame(
            report.intake, columns=["table", "file", "rows_read", "rows_accepted", "rows_refused", "rows_left_out"]
        ),
        "columns": pd.DataFrame(report.columns, columns=["table", "file", "column", "source", "how", "written", "why"]),
        "findings": pd.DataFrame(
            findings, columns=["table", "check", "severity", "count", "example", "weakens", "money"]
        ),
        "reasons": pd.DataFrame(sorted(reasons, key=lambda row: -row[2]), columns=["table", "reason", "rows"]),
    }
