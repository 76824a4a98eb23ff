"""What intake took in but a reader should know of: each finding with its count, an example, and what it weakens."""

import re
from collections import defaultdict
from itertools import pairwise

import duckdb
import numpy as np

from kam.base.schema import TABLES
from kam.intake.clean import Clean
from kam.intake.concepts import unified
from kam.intake.finding import Finding
from kam.intake.raw import literal, quote
from kam.intake.rollup import repeated_lines
from kam.intake.signs import sign_findings
from kam.intake.totals import is_total, plain
from kam.intake.wordlists import wordlists

_FEWEST = 20
_OFTEN_REPEATED = 0.1  # of all lines: where so many repeat earlier ones, a part may have been sent twice
_TIMES = 100.0
_SPREADS = 7.0
_MANY = 2_000_000  # lines up to which each is looked at once more, and every product has a limit of its own
_LONE_YEARS = 15
_NOBODY = frozenset(wordlists("lines")["nobody"])
_CUT = re.compile(r"\d([.,]\d+)?[eE]\+?\d{1,2}")
Sums = dict[str, float]


def sales_findings(cursor: duckdb.DuckDBPyConnection, clean: Clean, lines: int, sums: dict[str, Sums]) -> list[Finding]:
    """Look over the sales that came in: repeated lines and orders, absurd amounts, doubtful ids, lone dates."""
    findings = []
    repeated = repeated_lines(cursor, clean, lines)
    if repeated:
        often = "warning" if repeated > _OFTEN_REPEATED * lines else "note"
        findings.append(
            Finding(
                "sales",
                "repeated lines",
                often,
                repeated,
                "",
                "revenue and quantities, if they were sent twice; they are kept, since equal lines can be meant",
            )
        )
    findings += _twice(cursor, clean)
    findings += _absurd(cursor, clean, lines)
    if lines <= _MANY:
        findings += sign_findings(cursor, clean)
    findings += _covered(cursor)
    findings += _cut_ids(cursor, clean, sums)
    findings += _nobody(sums["account_id"])
    findings += _spelled(sums)
    findings += _lone_days(cursor)
    return findings


_UNCOSTED = """
select sum(net)::double, sum(net_costed)::double, sum(net_listed)::double from sales_month where net > 0
"""


def _covered(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    net, costed, listed = cursor.execute(_UNCOSTED).fetchall()[0]
    return [
        Finding(
            "sales",
            f"lines without {name}",
            "note",
            0,
            f"{known / net:.1%} of revenue has one",
            "margin, which speaks for the covered part only" if name == "cost" else "discount rates",
        )
        for name, known in (("cost", costed), ("list price", listed))
        if known and net and known < 0.9999 * net
    ]


def _absurd(cursor: duckdb.DuckDBPyConnection, clean: Clean, lines: int) -> list[Finding]:
    """Count the lines far over the usual one, by median and spread on the log scale, which one line cannot move."""
    usual = cursor.execute(
        f"select abs(net_amount)::double as net from ({clean.rows}) where {clean.kept} and net_amount <> 0 limit 100000"
    ).fetchnumpy()["net"]
    logs = np.log(np.asarray(usual, dtype=float))
    if len(logs) < _FEWEST:
        return []
    middle = float(np.median(logs))
    spread = 1.4826 * float(np.median(np.abs(logs - middle)))
    limit = f"{np.exp(middle) * max(_TIMES, np.exp(_SPREADS * spread)):.0f}"
    by_product = "product_id" in clean.columns and lines <= _MANY
    query = _BY_PRODUCT if by_product else _OVER
    count, example, amount, money = cursor.execute(
        query.format(rows=clean.rows, kept=clean.kept, limit=limit, times=_TIMES, spreads=_SPREADS, fewest=_FEWEST)
    ).fetchall()[0]
    if not count:
        return []
    told = f"{amount:,.0f}: {example}; the usual line is {np.exp(middle):,.0f}"
    return [
        Finding(
            "sales",
            "absurd amounts",
            "warning",
            count,
            told,
            "revenue, averages and peaks: lines far over it are often typing errors",
            money,
        )
    ]


_OVER = """
select count(*), max((abs(net_amount), account_id || ' on ' || order_date))[2], max(abs(net_amount))::double,
    sum(net_amount)::double
from ({rows}) where {kept} and (net_amount > {limit} or net_amount < -{limit})
"""
_BY_PRODUCT = """
with every as (
    select account_id, product_id, order_date, net_amount, ln(abs(net_amount)::double) as size
    from ({rows}) where {kept} and net_amount <> 0
),
-- a median lies within a standard deviation of the mean: of most products no line can be far over it
doubtful as (
    select product_id from every group by product_id
    having max(size) > least(ln({limit}::double), avg(size) - stddev_pop(size) + ln({times}) - 1e-9)
),
line as (
    select every.* from every join doubtful on every.product_id is not distinct from doubtful.product_id
),
usual as (
    select product_id, median(size) as middle, mad(size) as spread from line group by product_id
    having count(*) >= {fewest}
)
select count(*), max((abs(net_amount), account_id || ' on ' || order_date))[2], max(abs(net_amount))::double,
    sum(net_amount)::double
from line left join usual using (product_id)
where case when middle is null then size > ln({limit}::double)
    else size > middle + greatest(ln({times}), {spreads} * 1.4826 * spread) end
"""


def _twice(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[Finding]:
    """Find the orders that stand in two files, compared by what their lines mean; a file's days tell where to look."""
    if clean.files < 2:  # noqa: PLR2004 - two files
        return []
    spans = [(first, last) for _, first, last in cursor.execute(_spans(clean)).fetchall() if first and last]
    if len(spans) < 2 or not _overlap(spans):  # noqa: PLR2004 - two files
        return []
    order = "order_id" if "order_id" in clean.columns else "account_id || order_date"
    values = [
        name for name in ("order_date", "account_id", "product_id", "quantity", "net_amount") if name in clean.columns
    ]
    rows = cursor.execute(
        f"with one as (select file, {order} as own, bit_xor(hash({', '.join(values)})) as same, count(*) as lines,"
        f" sum(net_amount)::double as net, min(order_date) as day from ({clean.rows}) where {clean.kept}"
        " group by file, own)"
        " select least(a.file, b.file) as first, greatest(a.file, b.file) as second, count(*), sum(a.net), min(a.day),"
        " max(a.day) from one a join one b"
        " on a.own = b.own and a.same = b.same and a.lines = b.lines and a.file < b.file"
        " group by first, second order by 4 desc"
    ).fetchall()
    return [
        Finding(
            "sales",
            "orders in two files",
            "warning",
            count,
            f"{count:,} orders of {first} stand in {second}, too ({since:%b %Y} to {until:%b %Y}), {net:,.2f} together",
            "revenue and quantities, which count them twice; take one of the files away",
            net,
        )
        for first, second, count, net, since, until in rows
    ]


def _spans(clean: Clean) -> str:
    """Write the SQL of each file's first and last day: of Parquet as its statistics tell them, without reading it."""
    part = clean.lazy.part if clean.lazy else None
    source = (
        next((each.source for each in clean.lazy.readers if each.column.name == "order_date"), "") if clean.lazy else ""
    )
    if part is None or not dict(part.columns).get(source, "").startswith(("DATE", "TIMESTAMP")):
        days = "select file, min(order_date), max(order_date)"
        return f"{days} from ({clean.rows}) where {clean.kept} group by file order by file"
    files = ", ".join(literal(path) for path in part.files)
    return (
        "select file_name, try_cast(min(stats_min_value) as date), try_cast(max(stats_max_value) as date)"
        f" from parquet_metadata([{files}]) where path_in_schema = {literal(source)} group by file_name"
    )


def _overlap(spans: list[tuple]) -> bool:
    ordered = sorted(spans)
    return any(later[0] <= earlier[1] for earlier, later in pairwise(ordered))


def _cut_ids(cursor: duckdb.DuckDBPyConnection, clean: Clean, sums: dict[str, Sums]) -> list[Finding]:
    """Count ids that a spreadsheet has cut: several longer ones may hide behind each."""
    ids = {column: list(found) for column, found in sums.items()}
    if clean.lazy is None and "order_id" in clean.columns:
        rows = cursor.execute(
            f"select distinct order_id from ({clean.rows}) where contains(order_id, '+') or contains(order_id, 'E')"
            " order by all"
        ).fetchall()
        ids["order_id"] = [order for (order,) in rows]
    findings = []
    for column, own in ids.items():
        cut = sorted(each for each in own if _CUT.fullmatch(each))
        if cut:
            findings.append(
                Finding(
                    "sales",
                    f"cut {column}",
                    "warning",
                    len(cut),
                    cut[0],
                    "everything by it: a spreadsheet cut longer numbers, several may hide in one; export the column"
                    " as text",
                )
            )
    return findings


_BY_ACCOUNT = "select account_id, sum(net)::double from sales_month group by all order by all"
_BY_PRODUCT_ID = (
    "select product_id, sum(net)::double from sales_month where product_id is not null group by all order by all"
)


def _nobody(accounts: Sums) -> list[Finding]:
    """Find accounts that are nobody: cash sales, walk-in customers, number 0."""
    rows = [(account, net) for account, net in accounts.items() if plain(account) in _NOBODY]
    if not rows:
        return []
    names = ", ".join(account for account, _ in rows[:3])
    return [
        Finding(
            "sales",
            "no customer",
            "warning",
            len(rows),
            names,
            "shares and concentration: sales to nobody in particular count as one customer",
            sum(net for _, net in rows),
        )
    ]


def sums_by_id(cursor: duckdb.DuckDBPyConnection) -> dict[str, Sums]:
    """Add up what came in by account and by product."""
    queries = {"account_id": _BY_ACCOUNT, "product_id": _BY_PRODUCT_ID}
    return {
        column: {own: float(net or 0) for own, net in cursor.execute(query).fetchall()}
        for column, query in queries.items()
    }


def total_accounts(accounts: Sums) -> list[str]:
    """Find accounts that are a word for a total and have bought what all others have: the file's own total lines."""
    rows = list(accounts.items())
    totals = [account for account, _ in rows if is_total(account)]
    others = sum(net for account, net in rows if account not in totals)
    return [account for account, net in rows if account in totals and abs(net - others) < 0.01 + 1e-9 * abs(others)]


def spelling(text: str) -> str:
    """Reduce an id or a name to what tells customers apart: its letters, whatever their case, blanks and composition.

    >>> spelling("شركة  كالا") == spelling("شرکه کالا"), spelling("ACME Ltd.") == spelling("Acme Ltd")
    (True, False)
    """
    return "".join(unified(text).replace("\u200c", "").replace("\u200d", "").split())


def _spelled(sums: dict[str, Sums]) -> list[Finding]:
    """Find customers and products whose ids differ only in spelling, their money and the line that makes them one."""
    findings = []
    for column, word in (("account_id", "customer"), ("product_id", "product")):
        groups: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for own, net in sums[column].items():
            groups[spelling(own) or own].append((own, net))
        alike = [sorted(group, key=lambda each: -abs(each[1])) for group in groups.values() if len(group) > 1]
        if not alike:
            continue
        first, second = max(alike, key=lambda group: sum(abs(net) for _, net in group))[:2]
        told = (
            f"{first[0]} and {second[0]}; to make them one: [tables.sales.values.{column}]"
            f" {_toml(second[0])} = {_toml(first[0])}"
        )
        money = sum(net for group in alike for _, net in group)
        findings.append(
            Finding(
                "sales",
                f"one {word} spelled in several ways",
                "warning",
                len(alike),
                told,
                f"figures by {word}: they count as different ones",
                money,
            )
        )
    return findings


def _toml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _lone_days(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Find days many years away from all others: a slip in the year makes a history that never was."""
    rows = cursor.execute(
        "with d as (select account_id, day, median(year(day)) over () as middle from account_day)"
        f" select count(*), min(account_id || ' on ' || day) from d where abs(year(day) - middle) > {_LONE_YEARS}"
        " having count(*) <= greatest(3, 0.02 * (select count(*) from d)) and count(*) < 0.2 * (select count(*) from d)"
    ).fetchall()
    if not rows or not rows[0][0]:
        return []
    count, example = rows[0]
    return [
        Finding(
            "sales",
            "lone dates",
            "warning",
            count,
            example,
            "first and last day, growth, retention: they lie many years away from all others",
        )
    ]


def name_findings(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Find different customers of one name, and customers whose id is the name of another."""
    findings = []
    count, example = cursor.execute(
        "select count(*), min(one.account_id || ' is the name of ' || other.account_id) from accounts as one"
        " join accounts as other on one.account_id = other.name and one.account_id <> other.account_id"
        " where one.account_id in (select account_id from sales_month)"
        " and other.account_id in (select account_id from sales_month)"
    ).fetchall()[0]
    if count:
        findings.append(
            Finding(
                "accounts",
                "customers by number and by name",
                "warning",
                count,
                str(example),
                "accounts: one file names customers by their number, another by their name; they count as two",
            )
        )
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account, name in cursor.execute(
        "select account_id, name from accounts where name is not null and name <> account_id"
        " and account_id in (select account_id from sales_month) order by account_id"
    ).fetchall():
        groups[spelling(name) or name].append((account, name))
    alike = [sorted(group) for group in groups.values() if len(group) > 1]
    if alike:
        findings.append(
            Finding(
                "accounts",
                "several customers of one name",
                "note",
                len(alike),
                f"{alike[0][0][1]}: {', '.join(account for account, _ in alike[0][:3])}",
                "accounts by name: they count as different customers",
            )
        )
    return findings


def reference_findings(cursor: duckdb.DuckDBPyConnection, present: set[str]) -> list[Finding]:
    """Look for ids that name nothing: a sale to an unlisted account, a contact of an account nobody knows."""
    references = [
        (table.name, column.name, *column.references.split("."))
        for table in TABLES.values()
        if table.name in present
        for column in table
        if column.references
        and column.references.partition(".")[0] in present
        and (table.name != "sales" or column.name in ("account_id", "product_id"))
    ]
    unknown = [_unknown_ids(place, *reference) for place, reference in enumerate(references)]
    rows = cursor.execute(f"{' union all '.join(unknown)} order by place").fetchall() if unknown else []
    findings = []
    for place, count, example in rows:
        table, column, target, _ = references[place]
        weakens = f"names and filters: these {table} rows name {target} that are not listed; they are kept"
        findings.append(Finding(table, f"unknown {column}", "warning", count, example, weakens))
    return findings


def _unknown_ids(place: int, table: str, column: str, target: str, key: str) -> str:
    """Write the SQL that counts the ids of a column that are none of another table."""
    held = "sales_month" if table == "sales" else table
    return (
        f"select {place} as place, count(distinct {quote(column)}) as count, min({quote(column)}) from {quote(held)}"
        f" where {quote(column)} not in (select {quote(key)} from {quote(target)}) having count > 0"
    )
