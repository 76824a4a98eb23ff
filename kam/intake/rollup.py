"""Sales lines become two small tables in one reading each, account × product × month and account × day, and a third.

The third says what the lines tell beyond date, customer and amount: orders, products, quantities, monthly totals.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

from kam.intake.clean import HASH, Clean
from kam.intake.raw import raw_name

# Whether a line has a list amount, a cost, no quantity, or is a return is a fourth key, so that sums need no
# conditions: with them a line costs twice the time. A month of an item then stands in as many rows as it has kinds of
# lines; all add up. A line without a product is kept with product NULL, one without a quantity in a row with that NULL.
# Months are counted from year 0 while they are keys: a smallint is found faster than a date that was cut.
_MONTHS = """
create table sales_month as
select account_id, product_id, make_date(month // 12, month % 12 + 1, 1) as month,
    quantity::decimal(38,4) as quantity, net::decimal(38,4) as net,
    (case when kind & 1 = 1 then list end)::decimal(38,4) as list,
    (case when kind & 1 = 1 then net end)::decimal(38,4) as net_listed,
    (case when kind & 2 = 2 then cost end)::decimal(38,4) as cost,
    (case when kind & 2 = 2 then net end)::decimal(38,4) as net_costed,
    (case when kind & 4 = 4 then net else 0 end)::decimal(38,4) as returned,
    lines
from (
    select account_id, {product} as product_id, (12 * year(order_date) + month(order_date) - 1)::smallint as month,
        ({listed} + {costed} + case when net_amount < 0 then 4 else 0 end + {uncounted})::utinyint as kind,
        {quantity} as quantity, sum(net_amount) as net, {list} as list, {cost} as cost, count(*) as lines
    from ({rows}) where {kept} group by all
)
"""
# Of a line without a quantity the sign of its amount tells whether it is a sale; of one given away, its list amount.
_SOLD = "case when net_amount = 0 then list_amount > 0 else net_amount > 0 end"
_LISTED = "case when list_amount is not null and {sold} then 1 else 0 end"
_COSTED = "case when cost_amount is not null then 2 else 0 end"

_DAYS = """
create table account_day as
select account_id, order_date as day, sum(net_amount)::decimal(38,4) as net
from ({rows}) where {kept} group by all
"""
_TOLD = """
create table sales_told as
select {orders} as has_orders, coalesce(sum(lines), 0)::bigint as lines,
    coalesce(sum(lines) filter (product_id is not null), 0)::bigint as lines_with_product,
    coalesce(sum(lines) filter (quantity is not null), 0)::bigint as lines_with_quantity,
    coalesce((select bool_and(day = date_trunc('month', day)) from account_day), false) as is_monthly
from sales_month
"""


def roll_up(cursor: duckdb.DuckDBPyConnection, clean: Clean) -> int:
    """Build the tables from the lines that keep every rule; return how many lines those are.

    `sales_told` has one row: whether order numbers are given, how many lines there are, how many of them name a product
    and a quantity, and whether every line is dated on the first of a month, so that the file holds monthly totals.
    """
    has_list, has_cost = ("list_amount" in clean.columns), ("cost_amount" in clean.columns)
    has_quantity = "quantity" in clean.columns
    counted = clean.lazy is not None and clean.lazy.never_absent("quantity")
    sold = "quantity > 0" if counted else f"coalesce(quantity > 0, {_SOLD})" if has_quantity else _SOLD
    parts = {
        "product": "product_id" if "product_id" in clean.columns else "null::varchar",
        "quantity": "sum(quantity)" if has_quantity else "null",
        "uncounted": "0" if counted else "case when quantity is null then 8 else 0 end" if has_quantity else "8",
        "listed": _LISTED.format(sold=sold) if has_list else "0",
        "costed": _COSTED if has_cost else "0",
        "list": "sum(list_amount)" if has_list else "null",
        "cost": "sum(cost_amount)" if has_cost else "null",
    }
    cursor.execute(_MONTHS.format(rows=clean.rows, kept=clean.kept, **parts))
    cursor.execute(_DAYS.format(rows=clean.rows, kept=clean.kept))
    cursor.execute(_TOLD.format(orders="order_id" in clean.columns))
    return cursor.execute("select coalesce(sum(lines), 0)::bigint from sales_month").fetchall()[0][0]


_MOST_HASHES = 1 << 25  # a quarter of a gigabyte
_BATCH = 1 << 14


def repeated_lines(cursor: duckdb.DuckDBPyConnection, clean: Clean, rows: int) -> int:
    """Count of the `rows` lines taken in those that repeat an earlier one in every column of the file.

    Lines are compared by a 64-bit hash of theirs, sorted in an array; in ten million lines two different ones share a
    hash with a probability of 3 in a million. Where there are more different lines than the array holds, they are
    parted by the last bits of their hashes, and the file is read once for each part.
    """
    lines = f"select h from ({_hashes(clean, rows)})"
    hashes = np.empty(min(rows, _MOST_HASHES), dtype=np.uint64)
    different, left = 0, [_Part(1, 0)]
    while left:
        part, held = left.pop(), 0
        query = lines if part.of == 1 else f"{lines} where h % {part.of} = {part.number}"
        for batch in cursor.sql(query).to_arrow_reader(_BATCH):
            found = part.own(batch.column(0).to_numpy())
            if held + len(found) > len(hashes):
                held = _pack(hashes[:held])
                while held > len(hashes) // 2:
                    part, other = part.halves()
                    left.append(other)
                    own = part.own(hashes[:held])
                    held = len(own)
                    hashes[:held] = own
                found = part.own(found)
            hashes[held : held + len(found)] = found
            held += len(found)
        different += _pack(hashes[:held])
    return rows - different


def _hashes(clean: Clean, rows: int) -> str:
    """Write the SQL of a hash for each line taken in, of all its columns in the file."""
    if clean.lazy is None:
        return f'select "{HASH}" as h from ({clean.rows}) where {clean.kept}'
    part = clean.lazy.part
    own = f"hash({', '.join(raw_name(name) for name, _ in part.columns)}) as h"
    if rows == part.rows:
        return f"select {own} from {part.relation}"
    return f"select {own} from ({clean.rows}) where {clean.kept}"


@dataclass(frozen=True, slots=True)
class _Part:
    """The hashes with the same last bits: one of 1, 2, 4, … parts of all."""

    of: int
    number: int

    def own(self, hashes: np.ndarray) -> np.ndarray:
        return hashes if self.of == 1 else hashes[hashes & np.uint64(self.of - 1) == self.number]

    def halves(self) -> tuple["_Part", "_Part"]:
        return _Part(2 * self.of, self.number), _Part(2 * self.of, self.number + self.of)


def _pack(hashes: np.ndarray) -> int:
    """Sort hashes where they lie, and put the different ones first; return how many those are."""
    hashes.sort()
    kept, last = 0, None
    for start in range(0, len(hashes), _BATCH):
        block = hashes[start : start + _BATCH]
        fresh = block[np.concatenate(([block[0] != last], block[1:] != block[:-1]))]
        last = block[-1]
        hashes[kept : kept + len(fresh)] = fresh
        kept += len(fresh)
    return kept
