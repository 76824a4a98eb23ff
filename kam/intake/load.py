"""A book folder goes in; one DuckDB file with checked tables, rollups and the report of intake comes out."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from kam.errors import IntakeError
from kam.intake.checks import currency_of, reference_findings, sales_findings
from kam.intake.clean import Clean, plan, refusal_reasons, refused_rows, take_in
from kam.intake.files import Found
from kam.intake.finding import Finding
from kam.intake.formats import literal
from kam.intake.report import LoadError, Report, report_frames
from kam.intake.rollup import roll_up
from kam.intake.settings import Settings, TableSettings
from kam.intake.sources import open_parts
from kam.intake.whole import whole
from kam.schema import TABLES, create_table_sql

Progress = Callable[[str, float], object]

_REFUSED = '("table" varchar, file varchar, line bigint, "column" varchar, value varchar, reason varchar)'
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
        A table cannot be read, or more of it was refused than the book allows. `target` is then of no use.
    """
    report = Report()
    try:
        _load(folder, target, report, tables=tables, settings=settings, today=today, progress=progress)
    except IntakeError as error:
        raise error if isinstance(error, LoadError) else LoadError(str(error), report) from error
    except (duckdb.Error, OSError) as error:
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
        for table in TABLES.values():
            if table.name != "sales":
                cursor.execute(create_table_sql(table))
        currencies: list[str] = []
        for step, (name, found) in enumerate(tables.items()):
            progress(f"reading {found.label}", step / (len(tables) + 1))
            try:
                own = settings.tables.get(name, TableSettings())
                source = whole(cursor, found, open_parts(cursor, folder, found, own))
                clean = plan(cursor, TABLES[name], source, own, str(today))
                report.findings += [finding for part in source.parts for finding in part.findings]
                accepted = roll_up(cursor, clean) if name == "sales" else take_in(cursor, clean)
            except duckdb.Error as error:
                reason = str(error).strip().splitlines()[0].rstrip(".")
                raise IntakeError(f"{found.label} cannot be read: {reason}. Nothing was changed.") from error
            _report_table(cursor, report, clean, accepted)
            _check_share(report, clean, accepted, settings.refuse_share)
            if name == "sales":
                progress("looking for repeated and absurd lines", (step + 0.5) / (len(tables) + 1))
                report.findings += sales_findings(cursor, clean, accepted)
                currencies = currency_of(cursor, clean)
        progress("checking references", len(tables) / (len(tables) + 1))
        report.findings += reference_findings(cursor, set(tables))
        currency = _one_currency(currencies, settings, report)
        report.findings += _complete(cursor)
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


def _report_table(cursor: duckdb.DuckDBPyConnection, report: Report, clean: Clean, accepted: int) -> None:
    source = clean.source
    refused = source.rows - accepted
    name = clean.table.name
    report.intake.append(
        {"table": name, "file": source.found.label, "rows_read": source.rows, "rows_accepted": accepted,
         "rows_refused": refused}
    )  # fmt: skip
    written = {each.column.name: each.written for each in clean.readers}
    report.columns += [
        {"table": name, "column": match.column, "source": match.source, "how": match.how,
         "written": written.get(match.column, "")}
        for match in clean.matches
    ]  # fmt: skip
    if refused:
        report.reasons[name] = refusal_reasons(cursor, clean)
        report.refused += refused_rows(cursor, clean, limit=_KEEP_REFUSED)


def _check_share(report: Report, clean: Clean, accepted: int, allowed: float) -> None:
    rows, name = clean.source.rows, clean.table.name
    label = clean.source.found.label
    if name == "sales" and not rows:
        raise LoadError(f"{label} has column names and no lines. Nothing was changed.", report)
    if rows and (rows - accepted) / rows > allowed:
        reasons = "; ".join(f"{reason}: {count:,}" for reason, count in report.reasons[name].most_common(4))
        raise LoadError(
            f"{label}: {rows - accepted:,} of {rows:,} rows ({(rows - accepted) / rows:.1%}) had to be refused, and the"
            f" book allows {100 * allowed:.4g}%. Reasons: {reasons}. Mend the file, or allow more with refuse_share"
            " under [policy] in book.toml. Nothing was changed.",
            report,
        )


def _one_currency(currencies: list[str], settings: Settings, report: Report) -> str | None:
    declared = [settings.currency.strip().upper()] if settings.currency else []
    named = list(dict.fromkeys([*declared, *currencies]))
    if len(named) > 1:
        raise LoadError(
            f"The sales are in more than one currency ({', '.join(named)}), which cannot be added up. Convert the"
            " amounts to one, for example in a sales.sql. Nothing was changed.",
            report,
        )
    return settings.currency or (named[0] if named else None)


_COMPLETE = """
insert into accounts by name select distinct account_id from sales_month
where account_id not in (select account_id from accounts);
insert into products by name select distinct product_id from sales_month
where product_id not in (select product_id from products);
update accounts set name = account_id where name is null;
update products set name = product_id where name is null;
alter table accounts add column root_id varchar;
update accounts set root_id = account_id;
"""
_PARENTS = """
select account_id, parent_id from accounts
where parent_id in (select account_id from accounts) and parent_id <> account_id
"""


def _complete(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """List every account and product that sales name, and find each account's topmost parent."""
    cursor.execute(_COMPLETE)
    parents = dict(cursor.execute(_PARENTS).fetchall())
    roots, circles = [], set()
    for account in parents:
        path = [account]
        while (above := parents.get(path[-1])) is not None and above not in path:
            path.append(above)
        circle = path[path.index(above) :] if above is not None else path[-1:]
        roots.append((account, min(circle)))
        if above is not None:
            circles.update(circle)
    if roots:
        frame = pd.DataFrame(roots, columns=["account_id", "root_id"])
        cursor.register("roots", frame)
        cursor.execute(
            "update accounts set root_id = roots.root_id from roots where accounts.account_id = roots.account_id"
        )
        cursor.unregister("roots")
    if not circles:
        return []
    weakens = "figures by parent: these accounts belong to one another, and the first of a circle counts as its top"
    return [Finding("accounts", "parents in a circle", "warning", len(circles), min(circles), weakens)]


_WRITES = {
    "tables": "create table intake_tables as from report_frame",
    "columns": "create table intake_columns as from report_frame",
    "findings": "create table intake_findings as from report_frame",
    "refused": "insert into intake_refused from report_frame",
}


def _write_report(cursor: duckdb.DuckDBPyConnection, report: Report, settings: Settings, currency: str | None) -> None:
    frames = report_frames(report)
    cursor.execute(f"create table intake_refused {_REFUSED}")
    for name, query in _WRITES.items():
        cursor.register("report_frame", frames[name])
        cursor.execute(query)
        cursor.unregister("report_frame")
    cursor.execute(
        "create table book as select $name as name, $currency as currency, min(day) as first_day, max(day) as last_day"
        " from account_day",
        {"name": settings.name, "currency": currency},
    )
