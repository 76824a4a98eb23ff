"""What intake took in but a reader should know of: each finding with its count, an example, and what it weakens."""

import duckdb

from kam.intake.clean import Clean
from kam.intake.finding import Finding
from kam.intake.formats import currencies_written, quote
from kam.intake.rollup import repeated_lines
from kam.schema import TABLES, Table

ABSURD_TIMES_MEAN = 1000.0


_MEAN = """
-- what was sold and what came back, over the lines: Σ|net| ÷ n, since Σnet = Σsold − Σreturned
select coalesce((sum(net) - 2 * sum(returned))::double / nullif($lines, 0), 0) from sales_month
"""
_ABSURD = """
select count(*), max_by(account_id || ' on ' || order_date, abs(net_amount)), max(abs(net_amount))::double
from ({rows}) where {kept} and (net_amount > {limit} or net_amount < -{limit})
"""
_UNCOSTED = """
select sum(net)::double, sum(net_costed)::double, sum(net_listed)::double from sales_month where net > 0
"""


def sales_findings(cursor: duckdb.DuckDBPyConnection, clean: Clean, lines: int) -> list[Finding]:
    """Look over the sales that came in: repeated lines, absurd amounts, amounts that were worked out."""
    findings = []
    repeated = repeated_lines(cursor, clean)
    if repeated:
        findings.append(
            Finding("sales", "repeated lines", "note", repeated, "", "revenue and quantities, if they were sent twice;"
                    " they are kept, since equal lines can be meant")
        )  # fmt: skip
    count, example, amount = _absurd(cursor, clean, lines)
    if count:
        findings.append(
            Finding("sales", "absurd amounts", "warning", count, f"{amount:,.0f}: {example}",
                    f"averages and peaks: lines over {ABSURD_TIMES_MEAN:,.0f} times the mean line, often typing errors")
        )  # fmt: skip
    if "net_amount" not in {match.column for match in clean.matches}:
        weakens = "nothing, if the price is net of discounts and without tax"
        findings.append(Finding("sales", "amounts worked out", "note", lines, "quantity × unit price", weakens))
    net, costed, listed = cursor.execute(_UNCOSTED).fetchall()[0]
    for name, known in (("cost", costed), ("list price", listed)):
        if known and net and known < 0.9999 * net:
            findings.append(
                Finding("sales", f"lines without {name}", "note", 0, f"{known / net:.1%} of revenue has one",
                        "margin, which speaks for the covered part only" if name == "cost" else "discount rates")
            )  # fmt: skip
    return findings


def _absurd(cursor: duckdb.DuckDBPyConnection, clean: Clean, lines: int) -> tuple[int, str, float]:
    """Count the lines far over the mean line; a whole number as limit lets Parquet's statistics rule most files out."""
    mean = cursor.execute(_MEAN, {"lines": lines}).fetchall()[0][0]
    limit = f"{ABSURD_TIMES_MEAN * mean:.0f}"
    return cursor.execute(_ABSURD.format(rows=clean.rows(), kept=clean.kept, limit=limit)).fetchall()[0]


def currency_of(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[str]:
    """List the currencies that the lines name, or that stand beside their amounts; the most frequent first."""
    named = []
    if "currency" in clean.columns:
        rows = cursor.execute(
            f"select upper(currency) as code, count(*) as n from ({clean.rows()}) where {clean.kept}"
            " and code is not null group by code order by n desc, code"
        ).fetchall()
        named = [currency for currency, _ in rows]
    types = dict(clean.source.columns)
    for match in clean.matches:
        if match.column in ("net_amount", "unit_price") and types[match.source] == "VARCHAR":
            named += currencies_written(cursor, clean.source.relation, match.source)
    return list(dict.fromkeys(named))


def reference_findings(cursor: duckdb.DuckDBPyConnection, present: set[str]) -> list[Finding]:
    """Look for ids that name nothing: a sale to an unlisted account, a contact of an account nobody knows."""
    findings = []
    for table in TABLES.values():
        if table.name not in present:
            continue
        for column in table:
            target, _, key = (column.references or "").partition(".")
            if target in present:
                findings += _unknown_ids(cursor, table, column.name, target, key)
    return findings


def _unknown_ids(cursor: duckdb.DuckDBPyConnection, table: Table, column: str, target: str, key: str) -> list[Finding]:
    held = "sales_month" if table.name == "sales" else table.name
    if table.name == "sales" and column not in ("account_id", "product_id"):
        return []
    rows = cursor.execute(
        f"select count(distinct {quote(column)}), min({quote(column)}) from {quote(held)} where {quote(column)}"
        f" not in (select {quote(key)} from {quote(target)})"
    ).fetchall()
    count, example = rows[0]
    if not count:
        return []
    weakens = f"names and filters: these {table.name} rows name {target} that are not listed; they are kept"
    return [Finding(table.name, f"unknown {column}", "warning", count, str(example), weakens)]
