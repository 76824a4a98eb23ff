"""Which currency a book counts in, and what of its lines cannot be brought into it."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import duckdb

from kam.intake.asking import total_of
from kam.intake.clean import Typed
from kam.intake.currencies import NAMED, SIGN_CODES
from kam.intake.finding import Finding
from kam.intake.raw import literal, raw_name
from kam.intake.reading import Reading, condition
from kam.intake.settings import Settings


def currency_of(
    cursor: duckdb.DuckDBPyConnection, readings: list[Reading], settings: Settings
) -> tuple[str | None, str | None, str]:
    """Find the book's currency: (currency, the one to convert to or None, why it cannot be told)."""
    declared = settings.currency.strip().upper() if settings.currency else None
    codes, signs = _codes_and_signs(cursor, readings)
    named = list(dict.fromkeys([*([declared] if declared else []), *(code for code, _ in codes.most_common())]))
    rates = [code for (code,) in cursor.execute("select distinct upper(trim(currency)) from rates").fetchall()]
    if len(named) > 1 and rates:
        return _by_rates(readings, declared, named, [code for code in named if code not in rates])
    fitting = {code for code in named if all(code in meant for meant in signs)}
    if len(named) > 1 or (named and not fitting):
        shown = [*named, *("/".join(sorted(meant)) for meant in signs if not meant & set(named))]
        return None, None, _several(dict.fromkeys(shown))
    if named:
        return settings.currency or named[0], None, ""
    common = frozenset.intersection(*signs) if signs else frozenset()
    if signs and not common:
        return None, None, _several(dict.fromkeys("/".join(sorted(meant)) for meant in signs))
    return (min(common) if len(common) == 1 else None), None, ""


def _by_rates(
    readings: list[Reading], declared: str | None, named: list[str], without: list[str]
) -> tuple[str | None, str | None, str]:
    """Find the currency all are converted to; `without` are those that have no rate."""
    if declared is None and len(without) > 1:
        return None, None, _no_base(without)
    base = declared or next(iter(without), named[0])
    bare = [code for reading in readings if "currency" not in reading.texts for code in _codes_named(reading)]
    if others := [code for code in bare if code != base]:
        return None, None, _unconverted(others[0])
    return base, base, ""


def _codes_and_signs(
    cursor: duckdb.DuckDBPyConnection, readings: list[Reading]
) -> tuple[Counter[str], list[frozenset[str]]]:
    """Count the lines of each currency's code, and list what each sign beside the amounts can mean."""
    codes: Counter[str] = Counter()
    signs: list[frozenset[str]] = []
    for reading in readings:
        if "currency" not in reading.texts:
            codes.update(dict.fromkeys(_codes_named(reading), reading.rows))
        else:
            source = reading.texts["currency"]
            out = [f"not ({condition(column, words)})" for column, words, _ in reading.left_out]
            left = " and ".join(out) or "true"
            rows = cursor.execute(
                f"select upper(trim({raw_name(source)}::varchar)) as code, count(*) from {reading.relation}"
                f" where {left} group by code having code <> '' order by code"
            ).fetchall()
            for code, count in rows:  # in their order, so that of equally many the first is so on every machine
                meant = SIGN_CODES.get(code.lower().rstrip("."))
                if meant is None or code in meant:
                    codes[code] += count
                else:
                    signs.append(meant)
        signs += _signs(reading)
    return codes, signs


def _signs(reading: Reading) -> list[frozenset[str]]:
    """List what each sign of a currency beside the amounts can mean."""
    sources = reading.net.sources if reading.net else ()
    return [sign for name in sources if name in reading.numbers for sign in reading.numbers[name].currencies]


def _codes_named(reading: Reading) -> set[str]:
    """Find the one currency that the amount's column, else the file, is named after: `Amount USD`, `sales_EUR.csv`."""
    for name in (*(reading.net.sources if reading.net else ()), Path(reading.part.file).stem):
        if len(found := set(re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", name)) & NAMED) == 1:
            return found
    return set()


def _no_base(without: list[str]) -> str:
    return (
        f"The sales are in {', '.join(without)} and others, and the table of rates does not say which of these is the"
        f' book\'s. Write into book.toml, for example, currency = "{without[0]}", or add the rates of the others.'
        " Nothing was changed."
    )


def _unconverted(code: str) -> str:
    return (
        f"A file of sales is named after {code} and has no column of the currency, so that rates cannot be applied to"
        " it. Add a column currency to it. Nothing was changed."
    )


def without_currency(cursor: duckdb.DuckDBPyConnection, readings: list[Reading]) -> list[Finding]:
    """Count the lines without a currency beside lines or files with one: they count as the book's."""
    findings = []
    told = [reading for reading in readings if "currency" in reading.texts or _codes_named(reading) or _signs(reading)]
    for reading in readings:
        if reading.net is None:
            continue
        if told and reading not in told:
            findings.append(
                Finding(
                    "sales",
                    "lines without a currency",
                    "warning",
                    reading.rows,
                    reading.part.file,
                    "revenue, if they are in another one: they count as the book's",
                    total_of(cursor, reading, reading.net),
                )
            )
        if "currency" not in reading.texts:
            continue
        code = f"coalesce(trim({raw_name(reading.texts['currency'])}::varchar), '')"
        named, blank, money = cursor.execute(
            "select count(*) filter (code <> ''), count(*) filter (code = ''), sum(net) filter (code = '')::double"
            f" from (select {code} as code, {reading.amount(reading.net)} as net from {reading.relation})"
        ).fetchall()[0]
        if named and blank:
            findings.append(
                Finding(
                    "sales",
                    "lines without a currency",
                    "warning",
                    blank,
                    reading.part.file,
                    "revenue, if they are in another one: they count as the book's",
                    money,
                )
            )
    return findings


def _several(names: dict[str, None]) -> str:
    return (
        f"The sales are in more than one currency ({', '.join(names)}), which cannot be added up. Put a table of rates"
        " (rates.csv: currency, day, rate) beside them, or convert the amounts, for example in a sales.sql."
        " Nothing was changed."
    )


def without_rate(cursor: duckdb.DuckDBPyConnection, typed: list[Typed], convert: str) -> list[Finding]:
    """Count the lines whose currency has no rate on their day: they are left out of all sums."""
    findings = []
    for each in typed:
        if all(reader.column.name != "currency" for reader in each.readers):
            continue  # a file without a currency is in the book's own
        plain = replace(each, outer="*", joined="")
        rows = cursor.execute(
            f"select upper(trim(currency)) as code, count(*), sum(net_amount)::double from ({plain.rows()})"
            " asof left join (select upper(trim(currency)) as rate_for, day as rate_from, rate from rates)"
            " on upper(trim(currency)) = rate_for and order_date >= rate_from"
            f" where code <> {literal(convert)} and rate is null group by code order by code"
        ).fetchall()
        findings += [
            Finding(
                "sales",
                "no rate",
                "warning",
                count,
                f"{each.part.file}: {code} {money or 0:,.2f}",
                "revenue: they are left out until rates tells what the currency is worth on their days",
                money,
            )
            for code, count, money in rows
        ]
    return findings
