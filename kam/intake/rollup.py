"""Sales lines become two small tables in one reading each: account × product × month, and account × day."""

import duckdb
import numpy as np

from kam.intake.clean import Clean
from kam.intake.formats import raw_name

_MONTHS = """
create table sales_month as
select account_id, product_id, date_trunc('month', order_date)::date as month,
    sum(quantity)::decimal(38,4) as quantity,
    sum(net_amount)::decimal(38,4) as net,
    {listed},
    {costed},
    coalesce(sum(net_amount) filter (net_amount < 0), 0)::decimal(38,4) as returned,
    count(*) as lines
from ({rows}) where {kept} group by all
"""
_LISTED = """(sum(list_amount) filter (quantity > 0))::decimal(38,4) as list,
    (sum(net_amount) filter (list_amount is not null and quantity > 0))::decimal(38,4) as net_listed"""
_COSTED = """sum(cost_amount)::decimal(38,4) as cost,
    (sum(net_amount) filter (cost_amount is not null))::decimal(38,4) as net_costed"""
_NO_LIST = "null::decimal(38,4) as list, null::decimal(38,4) as net_listed"
_NO_COST = "null::decimal(38,4) as cost, null::decimal(38,4) as net_costed"

_DAYS = """
create temp table account_days as
select account_id, order_date as day, sum(net_amount)::decimal(38,4) as net, max(abs(net_amount)) as largest,
    sum(abs(net_amount)) as turned
from ({rows}) where {kept} group by all
"""


def roll_up(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> int:
    """Build `sales_month` and `account_day` from the lines that keep every rule; return how many lines those are."""
    listed = _LISTED if "list_amount" in clean.columns else _NO_LIST
    costed = _COSTED if "cost_amount" in clean.columns else _NO_COST
    cursor.execute(_MONTHS.format(rows=clean.rows(), kept=clean.kept, listed=listed, costed=costed))
    cursor.execute(_DAYS.format(rows=clean.rows(), kept=clean.kept))
    cursor.execute("create table account_day as select account_id, day, net from account_days")
    return cursor.execute("select coalesce(sum(lines), 0)::bigint from sales_month").fetchall()[0][0]


def repeated_lines(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> int:
    """Count the lines that repeat an earlier one in every column of the file.

    Lines are compared by a 64-bit hash, sorted in one array of eight bytes a line: in ten million lines two different
    ones share a hash with a probability of 3 in a million.
    """
    columns = ", ".join(raw_name(name) for name in clean.source.names)
    hashes = np.empty(clean.source.rows, dtype=np.uint64)
    filled = 0
    for batch in cursor.sql(f"select hash({columns}) as h from {clean.source.relation}").to_arrow_reader(1 << 20):
        hashes[filled : filled + batch.num_rows] = batch.column(0).to_numpy()
        filled += batch.num_rows
    lines = hashes[:filled]
    lines.sort()
    return int(np.count_nonzero(lines[1:] == lines[:-1]))
