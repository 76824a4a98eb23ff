"""All files of sales become one table of typed lines in one currency, with what a reader should know and decide."""

import datetime as dt
from dataclasses import dataclass, field, replace

import duckdb

from kam.base.schema import SALES
from kam.intake.asking import total_of
from kam.intake.clean import Clean, read_lazily, settle
from kam.intake.column_matching import Match, refuse_twins
from kam.intake.files import Found
from kam.intake.finding import Finding
from kam.intake.one_currency import currency_of, without_currency, without_rate
from kam.intake.open_question import Option, Question
from kam.intake.part import Part
from kam.intake.raw import literal
from kam.intake.reading import Reading, condition
from kam.intake.sales import typed_sales, written_sales
from kam.intake.sales_reading import read_sales
from kam.intake.settings import Settings, TableSettings
from kam.intake.sources import never_missing

_WEIGHTY = ("status", "discount", "tax", "total", "currency", "net", "gross", "amount", "cancelled", "refund", "type")
_SHOWN = 12
_MANY = 2_000_000  # lines of Parquet; fewer are read once, more are read where they lie with each question
_MOSTLY, _NEARLY_ALL = 0.5, 0.9
_FEWEST = 5  # fewer lines say little about a sign


@dataclass(slots=True)
class SalesTable:
    """The typed lines, and what was found out on the way."""

    clean: Clean
    readings: list[Reading]
    matches: list[tuple[str, Match]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    currency: str | None = None
    currency_error: str = ""

    def leave_out_totals(self, cursor: duckdb.DuckDBPyConnection, totals: list[str]) -> None:
        """Leave the file's own total lines out of rows that are read where they lie."""
        typed = self.clean.lazy
        if typed is None:
            return
        total = condition(self.readings[0].texts["account_id"], totals)
        count = cursor.execute(f"select count(*) from {typed.relation} where {total}").fetchall()[0][0]
        fresh = read_lazily(SALES, self.clean.label, replace(typed, where=f"{typed.where} and not ({total})"))
        self.clean.rows, self.clean.lazy, self.clean.read = fresh.rows, fresh.lazy, self.clean.read - count
        told = f"{typed.part.file}: {', '.join(totals)}: totals"
        self.findings.append(
            Finding("sales", "rows that are no lines", "note", count, told, "nothing: they are left out")
        )

    def own_total_findings(self, cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
        """Hold the totals that the files themselves write against what was taken in."""
        findings = []
        for reading in self.readings:
            total = reading.own_totals.get(reading.net.source) if reading.net else None
            if total is None or reading.net is None or reading.net.less:
                continue
            taken = (
                cursor.execute(
                    f"select sum(net_amount)::double from ({self.clean.rows})"
                    f" where {self.clean.kept} and file = {literal(reading.part.file)}"
                ).fetchall()[0][0]
                or 0.0
            )
            equal = abs(abs(taken) - abs(total)) < 0.005 + 1e-9 * abs(total)
            told = (
                f"the file's own total {total:,.2f} equals what was taken in"
                if equal
                else (f"the file's own total is {total:,.2f}, taken in were {taken:,.2f}: {taken - total:+,.2f}")
            )
            findings.append(
                Finding(
                    "sales",
                    "own total",
                    "note" if equal else "warning",
                    0,
                    f"{reading.part.file}: {told}",
                    "nothing" if equal else "revenue",
                    None if equal else taken - total,
                )
            )
        return findings


def read_sales_table(
    cursor: duckdb.DuckDBPyConnection,
    found: Found,
    parts: list[Part],
    own: TableSettings,
    settings: Settings,
    *,
    today: dt.date,
    limit: int,
) -> SalesTable:
    """Read every part by itself, then put them together; nothing is put together while a question is open."""
    known = {name for part in parts for name, _ in part.columns}
    filled = [part for part in parts if part.rows or part.malformed]
    readings = [
        read_sales(cursor, part, own, today=today, time_zone=settings.time_zone, known=known, alone=len(filled) == 1)
        for part in filled
    ]
    empty = Clean(SALES, found.label, [], "select 1", "true", 0)
    table = SalesTable(empty, readings)
    for reading in readings:
        refuse_twins([name for name, _ in reading.part.columns], reading.matches, reading.part.file)
        table.matches += [(reading.part.file, match) for match in reading.matches]
        table.findings += _findings(reading)
    table.questions = _merged([question for reading in readings for question in reading.questions])
    if table.questions:
        return table
    table.currency, convert, table.currency_error = currency_of(cursor, readings, settings)
    if table.currency_error:
        return table
    negative = _negative_lines(cursor, readings)
    turned = own.turned if own.turned is not None else negative > _NEARLY_ALL
    if own.turned is None and negative > _MOSTLY and not turned:
        table.questions = _ask_signs(cursor, readings)
        if table.questions:
            return table
    if turned:
        table.findings.append(
            Finding(
                "sales",
                "signs turned",
                "warning",
                0,
                "what is sold stands negative, as in a ledger",
                "revenue, if they are credits instead: write turned = false under [tables.sales]",
            )
        )
    typed = [
        typed_sales(
            cursor, reading, today=today, filled=never_missing(cursor, reading.part), turned=turned, convert=convert
        )
        for reading in readings
    ]
    table.findings += without_currency(cursor, readings)
    if convert:
        table.findings += without_rate(cursor, typed, convert)
    if len(typed) == 1 and typed[0].part.kind == "parquet" and typed[0].part.rows > _MANY:
        table.clean = read_lazily(SALES, found.label, typed[0])
        table.clean.files = len(found.files)
        if typed[0].where != "true" or typed[0].joined:
            table.clean.read = cursor.execute(f"select count(*) from ({table.clean.rows})").fetchall()[0][0]
    else:
        table.clean = settle(cursor, SALES, found.label, typed, limit=limit, written=written_sales)
    return table


def _merged(questions: list[Question]) -> list[Question]:
    """Ask a question that several files raise once, with the money of all of them."""
    merged: dict[tuple, Question] = {}
    for question in questions:
        key = (question.asks, tuple((option.where, str(option.value)) for option in question.options))
        if key not in merged:
            merged[key] = question
            continue
        before = merged[key]
        options = tuple(
            Option(
                one.label,
                None if one.money is None or two.money is None else one.money + two.money,
                one.where,
                one.value,
            )
            for one, two in zip(before.options, question.options, strict=True)
        )
        merged[key] = replace(before, file=f"{before.file}, {question.file}", options=options)
    return list(merged.values())


def _findings(reading: Reading) -> list[Finding]:
    part = reading.part
    findings = [
        Finding(
            "sales",
            note.check,
            note.severity,
            note.count,
            f"{part.file}: {note.told}",
            _WEAKENS.get(note.check, "revenue, if that is wrong"),
            note.money,
        )
        for note in reading.notes
    ]
    if reading.recipe:
        findings.append(Finding("sales", "recipe", "note", 0, f"{part.file}: read as {reading.recipe}", "nothing"))
    for why, count in reading.left.items():
        findings.append(
            Finding(
                "sales", "rows that are no lines", "note", count, f"{part.file}: {why}", "nothing: they are left out"
            )
        )
    for match in reading.matches:
        if match.how == "worked out" and not reading.questions:
            told = f"{part.file}: {match.column.replace('_', ' ')} is {match.source} ({match.why})"
            findings.append(Finding("sales", "amounts worked out", "note", 0, told, _WEAKENS["amounts worked out"]))
    if reading.unused:
        weighty = [name for name in reading.unused if any(word in name.casefold() for word in _WEIGHTY)]
        shown = ", ".join(name[:40] for name in reading.unused[:_SHOWN])
        above = f", above all {', '.join(weighty[:3])}" if weighty else ""
        more = f" … ({len(reading.unused)} columns)" if len(reading.unused) > _SHOWN else ""
        findings.append(
            Finding(
                "sales",
                "columns not used",
                "note",
                len(reading.unused),
                f"{part.file}: {shown}{more}",
                f"whatever they tell{above}",
            )
        )
    return findings


_WEAKENS = {
    "other candidate": "accounts, if the other is meant",
    "not the amount": "revenue, if it is meant after all: name it under [tables.sales.columns]",
    "returns beside": "revenue, if it stands before returns",
    "exchange rate": "revenue, if amounts are in several currencies: name the column of the currency",
    "other quantity": "revenue, if another is meant: name it under [tables.sales.columns]",
    "running quantity": "prices and volumes: they are not told",
    "left out": "revenue, if they count: list them under [tables.sales.keep]",
    "returns": "revenue, if they are no returns: list them under [tables.sales.keep]",
    "amounts worked out": "revenue, if the file means something else",
    "carried down": "the lines below an order's first, if they belong elsewhere",
    "headings": "accounts, if the headings name something else",
}


def _negative_lines(cursor: duckdb.DuckDBPyConnection, readings: list[Reading]) -> float:
    """Return the share of lines with a negative amount; none where there are few or where pieces were sent back.

    Where nearly all are negative without a negative quantity, they are a ledger's credits, which are sales.
    """
    lines = negative = sent_back = 0
    for reading in readings:
        if reading.net is None:
            continue
        quantity = reading.number(reading.quantity) if reading.quantity else "null"
        row = cursor.execute(
            f"select count(*) filter (v <> 0), count(*) filter (v < 0), count(*) filter (v < 0 and q < 0) from"
            f" (select {reading.amount(reading.net)} as v, {quantity} as q from {reading.relation}"
            f" where not ({reading.came_back}) limit 40000)"
        ).fetchall()[0]
        lines, negative, sent_back = lines + row[0], negative + row[1], sent_back + row[2]
    return negative / lines if lines >= _FEWEST and sent_back < _MOSTLY * negative else 0.0


def _ask_signs(cursor: duckdb.DuckDBPyConnection, readings: list[Reading]) -> list[Question]:
    """Ask what the signs mean where most lines are negative and less than nothing was sold: it may be a ledger."""
    money = sum(total_of(cursor, reading, reading.net) for reading in readings if reading.net is not None)
    if money >= 0:
        return []
    where = ("tables", "sales", "turned")
    options = (
        Option("negative amounts are sales, as in a ledger: turn the signs", -money, where, value=True),
        Option("negative amounts are returns and credits: count them as written", money, where, value=False),
    )
    column = next(reading.net.source for reading in readings if reading.net is not None)
    files = ", ".join(reading.part.file for reading in readings[:_SHOWN])
    asks, why = f"Are the negative amounts in {column} what was sold?", "all lines together come to less than nothing"
    return [Question("sales", files, column, asks, why, options)]
