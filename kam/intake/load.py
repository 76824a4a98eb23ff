"""A book folder goes in; one DuckDB file with checked tables, rollups and the report of intake comes out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb

from kam.base.errors import IntakeError
from kam.base.schema import TABLES, create_table_sql
from kam.intake.attributes import attributes
from kam.intake.checks import name_findings, reference_findings, sales_findings, sums_by_id, total_accounts
from kam.intake.clean import Clean, refuse_lazily, take_in
from kam.intake.column_matching import Match
from kam.intake.complete import complete
from kam.intake.files import Found, book_files
from kam.intake.finding import Finding
from kam.intake.parquet_files import unreadable
from kam.intake.raw import literal
from kam.intake.registers import read_register
from kam.intake.report import LoadError, Report, all_refused, report_frames
from kam.intake.rollup import roll_up
from kam.intake.sales import written_sales
from kam.intake.sales_table import SalesTable, read_sales_table
from kam.intake.settings import Settings, TableSettings
from kam.intake.sources import open_parts
from kam.intake.unread import unread

Progress = Callable[[str, float], object]

_KEEP_REFUSED = 100_000


def load(
    folder: Path,
    target: Path,
    *,
    tables: dict[str, Found],
    settings: Settings,
    today: dt.date,
    progress: Progress = lambda _step, _share: None,
) -> Report:
    """Read every table of a book into a new DuckDB file at `target`.

    Memory stays below `settings.memory`: text and `.sql` are staged and spill to disk, Parquet sales are read where
    they lie, once for each rollup. `today` decides which order dates lie in the future.

    Raises
    ------
    LoadError
        A table cannot be read, more of the sales was refused than the book allows, or a person must decide first how
        they are read. `target` is then of no use.
    """
    report = Report(findings=unread(folder, book_files(folder), tables))
    try:
        _load(folder, target, report, tables=tables, settings=settings, today=today, progress=progress)
    except IntakeError as error:
        raise error if isinstance(error, LoadError) else LoadError(str(error), report) from error
    except (duckdb.Error, OSError) as error:
        of_disk = isinstance(error, OSError) and error.errno is not None  # Arrow hands on what DuckDB says without one
        if tables["sales"].kind == "parquet" and not of_disk:  # it is read where it lies until the end
            raise LoadError(str(unreadable(tables["sales"], error)), report) from error
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise LoadError(f"The book cannot be loaded: {reason}. Nothing was changed.", report) from error
    return report


def _load(
    folder: Path,
    target: Path,
    report: Report,
    *,
    tables: dict[str, Found],
    settings: Settings,
    today: dt.date,
    progress: Progress,
) -> None:
    with duckdb.connect(str(target)) as cursor:
        _lock(cursor, folder, target, settings.memory)
        made = [create_table_sql(table) for table in TABLES.values() if table.name != "sales"]
        cursor.execute("; ".join(["begin", *made, "commit"]))
        order = sorted(tables, key=lambda name: name != "rates")  # sales are converted by them
        currency = settings.currency
        sales: Clean | None = None
        for step, name in enumerate(order):
            found = tables[name]
            progress(f"reading {found.label}", step / (len(tables) + 1))
            try:
                if name == "sales":
                    sales, currency = _load_sales(cursor, folder, found, settings, today, report, progress)
                else:
                    _load_register(cursor, folder, found, settings, today, report)
            except duckdb.Error as error:
                raise unreadable(found, error) from error
        progress("checking references", len(tables) / (len(tables) + 1))
        report.findings += reference_findings(cursor, set(tables))
        if sales is not None:
            report.findings += attributes(cursor, sales)
        report.findings += complete(cursor)
        report.findings += name_findings(cursor)
        _write_report(cursor, report, settings, currency)


def _lock(cursor: duckdb.DuckDBPyConnection, folder: Path, target: Path, memory: str) -> None:
    """Shut every door but the book folder and the place where the result is written."""
    cursor.execute("set autoinstall_known_extensions = false")
    cursor.execute("set autoload_known_extensions = false")
    cursor.execute("set memory_limit = $memory", {"memory": memory})
    cursor.execute("set TimeZone = 'UTC'")  # the day of a time stamp must not depend on the machine
    places = ", ".join(literal(place.resolve()) for place in (folder, target.parent))
    cursor.execute(f"set allowed_directories = [{places}]")
    cursor.execute("set enable_external_access = false")
    cursor.execute("set lock_configuration = true")


def _load_sales(
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    found: Found,
    settings: Settings,
    today: dt.date,
    report: Report,
    progress: Progress,
) -> tuple[Clean, str | None]:
    own = settings.tables.get("sales", TableSettings())
    parts = open_parts(cursor, folder, found, own, today=today, time_zone=settings.time_zone)
    report.findings += [finding for part in parts for finding in part.findings]
    if not any(part.rows or part.malformed for part in parts):
        raise LoadError(f"{found.label} has column names and no lines. Nothing was changed.", report)
    table = read_sales_table(cursor, found, parts, own, settings, today=today, limit=_KEEP_REFUSED)
    _report_columns(report, "sales", table.matches)
    report.questions += table.questions
    if table.questions or table.currency_error:
        report.findings += table.findings
        raise LoadError(table.currency_error or _asked(found.label, table), report)
    clean = table.clean
    progress("adding up", 0.5)
    accepted = roll_up(cursor, clean)
    sums = sums_by_id(cursor)
    if clean.lazy is not None and (totals := total_accounts(sums["account_id"])):
        for made in ("sales_month", "account_day", "sales_told"):
            cursor.execute(f"drop table {made}")
        table.leave_out_totals(cursor, totals)
        accepted = roll_up(cursor, clean)
        sums = sums_by_id(cursor)
    refuse_lazily(cursor, clean, accepted, limit=_KEEP_REFUSED, written=written_sales)
    _report_rows(report, found.label, clean, accepted, read=sum(part.rows + len(part.malformed) for part in parts))
    _check_share(report, clean, accepted, settings.refuse_share)
    progress("looking for repeated and absurd lines", 0.7)
    report.findings += table.findings + sales_findings(cursor, clean, accepted, sums)
    report.findings += table.own_total_findings(cursor)
    return clean, table.currency


def _load_register(
    cursor: duckdb.DuckDBPyConnection, folder: Path, found: Found, settings: Settings, today: dt.date, report: Report
) -> None:
    """Take a register in; what cannot be read of it is said, and bars nothing."""
    table, own = TABLES[found.table], settings.tables.get(found.table, TableSettings())
    try:
        parts = open_parts(cursor, folder, found, own, today=today, time_zone=settings.time_zone)
        register = read_register(
            cursor, table, found.label, parts, own, today=today, time_zone=settings.time_zone, limit=_KEEP_REFUSED
        )
    except IntakeError as error:
        told = str(error).removesuffix(" Nothing was changed.")
        report.findings.append(Finding(table.name, "file not read", "warning", 0, told, table.adds))
        return
    report.findings += [finding for part in parts for finding in part.findings]
    report.findings += register.findings
    _report_columns(report, table.name, register.matches)
    if register.clean is None:
        return
    clean = register.clean
    accepted = take_in(cursor, clean, parts)
    _report_rows(report, found.label, clean, accepted, read=clean.read)


def _report_columns(report: Report, name: str, matches: list[tuple[str, Match]]) -> None:
    report.columns += [
        {
            "table": name,
            "file": file,
            "column": match.column,
            "source": match.source,
            "how": match.how,
            "written": match.written,
            "why": match.why,
        }
        for file, match in matches
    ]


def _report_rows(report: Report, label: str, clean: Clean, accepted: int, *, read: int) -> None:
    refused = clean.read - accepted
    name = clean.table.name
    report.intake.append(
        {
            "table": name,
            "file": label,
            "rows_read": read,
            "rows_accepted": accepted,
            "rows_refused": refused,
            "rows_left_out": read - clean.read,
        }
    )
    if refused:
        report.reasons[name] = clean.reasons
        report.refused += clean.refused


def _check_share(report: Report, clean: Clean, accepted: int, allowed: float) -> None:
    rows, label = clean.read, clean.label
    share = (rows - accepted) / max(rows, 1)
    if accepted and share <= allowed:
        return
    reasons = "; ".join(f"{reason}: {count:,}" for reason, count in clean.reasons.most_common(4))
    if share <= allowed:
        why = f"each of the {rows:,} rows had to be refused. Reasons: {reasons}" if rows else "all rows were left out"
        raise LoadError(f"{label}: no line could be taken in; {why}. Mend the file. Nothing was changed.", report)
    raise LoadError(
        f"{label}: {rows - accepted:,} of {rows:,} rows ({share:.1%}) had to be refused, and the book allows"
        f" {100 * allowed:.4g}%. Reasons: {reasons}. Mend the file, or allow more with refuse_share under [policy] in"
        " book.toml. Nothing was changed.",
        report,
    )


def _asked(label: str, table: SalesTable) -> str:
    """Write the open questions with what each answer comes to and the lines to put into `book.toml`."""
    said = []
    for question in table.questions:
        options = [
            option.label
            + ("" if option.money is None else f" = {option.money:,.2f}")
            + f": {' '.join(option.lines.splitlines())}"
            for option in question.options
        ]
        said.append(f"{question.asks} {question.why}. Write into book.toml one of: {'; or '.join(options)}.")
    return f"{label}: {' '.join(said)} Nothing was changed."


_REPORT = {
    "tables": """ "table" varchar, file varchar, rows_read bigint, rows_accepted bigint, rows_refused bigint,
        rows_left_out bigint""",
    "columns": """ "table" varchar, file varchar, "column" varchar, source varchar, how varchar, written varchar,
        why varchar""",
    "findings": """ "table" varchar, "check" varchar, severity varchar, count bigint, example varchar, weakens varchar,
        money double""",
    "reasons": '"table" varchar, reason varchar, rows bigint',
    "refused": '"table" varchar, file varchar, line bigint, "column" varchar, value varchar, reason varchar',
}
MADE = (
    *(name for name in TABLES if name != "sales"),
    "sales_month",
    "account_day",
    "sales_told",
    *(f"intake_{name}" for name in _REPORT),
    "book",
)
"""The tables of a loaded book."""


def _write_report(cursor: duckdb.DuckDBPyConnection, report: Report, settings: Settings, currency: str | None) -> None:
    frames = report_frames(report) | {"refused": all_refused(report)}
    made = (f"create table intake_{name} ({columns})" for name, columns in _REPORT.items())
    cursor.execute("; ".join(["begin", *made, "commit"]))
    for name, frame in frames.items():
        if len(frame):
            cursor.register("report_frame", frame)
            cursor.execute(f"insert into intake_{name} from report_frame")
            cursor.unregister("report_frame")
    cursor.execute(
        "create table book as select $name as name, $currency as currency, min(day) as first_day, max(day) as last_day"
        " from account_day",
        {"name": settings.name, "currency": currency},
    )
