"""Signs of amounts and costs that contradict what stands beside them in the lines that were taken in."""

import duckdb

from kam.intake.clean import Clean
from kam.intake.finding import Finding

_FILE = r"credit.?(note|memo)s?|gutschrift|returns?\b|refund|avoirs?\b|retoure|rucksend|مرجوع|برگشت"
_NUMBER = r"^(cn|crn|cm|gs|gu|rtn|ret|rma|av|nc)[-/_ ]?\d"
_FEWEST = 3  # fewer lines say little about how they are written
_AS_A_RULE = 0.9


def sign_findings(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[Finding]:
    """Find credit notes that count as sales, and costs that raise a margin or are not taken back."""
    findings = [*_credit_notes(cursor, clean, "file", _FILE)]
    if "order_id" in clean.columns:
        findings += _credit_notes(cursor, clean, "order_id", _NUMBER)
    if "cost_amount" in clean.columns:
        findings += _costs(cursor, clean)
    return findings


def _credit_notes(cursor: duckdb.DuckDBPyConnection, clean: Clean, column: str, pattern: str) -> list[Finding]:
    """Find positive amounts in a file, or under numbers of orders, that are called as credit notes are."""
    count, example, money, others = cursor.execute(
        "select coalesce(sum(sold) filter (said), 0), min(called) filter (said and sold > 0),"
        " (sum(money) filter (said))::double, coalesce(sum(lines) filter (not said), 0)"
        f" from (select *, regexp_matches(lower(called), '{pattern}') as said from"
        f" (select {column} as called, count(*) as lines, count(*) filter (net_amount > 0) as sold,"
        f" sum(net_amount) filter (net_amount > 0) as money from ({clean.rows}) where {clean.kept} group by called))"
    ).fetchall()[0]
    if not count or others <= count:
        return []
    told = f"{example} and the like: their amounts are positive"
    return [
        Finding(
            "sales",
            "credit notes as sales",
            "warning",
            count,
            told,
            "revenue, if they are credit notes: they count as sales",
            money,
        )
    ]


def _costs(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> list[Finding]:
    sold, negative, earned, back, signed, positive = cursor.execute(
        "select count(*) filter (net > 0), count(*) filter (net > 0 and cost < 0),"
        " (sum(cost) filter (net > 0 and cost < 0))::double, count(*) filter (net < 0 and cost > 0),"
        " count(*) filter (net < 0 and cost < 0), (sum(cost) filter (net < 0 and cost > 0))::double"
        f" from (select net_amount as net, cost_amount as cost from ({clean.rows})"
        f" where {clean.kept} and cost_amount <> 0)"
    ).fetchall()[0]
    findings = []
    if negative >= _FEWEST and negative > _AS_A_RULE * sold:
        findings.append(
            Finding(
                "sales",
                "negative costs",
                "warning",
                negative,
                "costs stand negative beside positive amounts",
                "margin: it is more than the revenue; write the costs positive",
                -2 * earned,
            )
        )
    if back >= _FEWEST and not signed:
        findings.append(
            Finding(
                "sales",
                "costs of returns",
                "warning",
                back,
                "positive beside every negative amount",
                "margin, if the goods were taken back: write their costs negative",
                2 * positive,
            )
        )
    return findings
