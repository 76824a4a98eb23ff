"""How is the sample's sales file made: numpy draws account × month, SQL draws the lines, at any size."""

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from kam.sample.customers import Account
from kam.sample.dice import FIRST_MONTH, MONTHS, Dice, at
from kam.sample.products import baskets, offers, phase

ONE_FILE = 2_000_000  # lines; a larger book gets one file a month
_MEMORY = "2GB"
_LINE_VALUE = 2_350.0  # mean list value of a line, in currency
_RETENTION = 1.005  # net revenue retention the book as a whole is set to
_SEASONS = {  # yearly swing of orders and the month of its top
    "Food and beverage": (0.22, 6),
    "Pharma": (0.06, 10),
    "Machinery": (0.15, 11),
    "Energy": (0.18, 9),
    "Chemicals": (0.10, 3),
    "Building materials": (0.28, 5),
}

# Whole-number mixing instead of hash(): the same on every release of DuckDB.
_SCRAMBLE = """
create temp macro scramble(x) as ((xor(x, x >> 16) * 73244475::ubigint) % 4294967296::ubigint)
"""
_LINES = """
with line as (
    select *, unnest(range(lines))::ubigint as line_no from cells where month between $first and $last
),
first_drawn as (
    select *, line_no % orders as order_no,
        scramble(scramble((draw + line_no * 2654435769::ubigint) % 4294967296::ubigint)) as first_draw
    from line
),
drawn as (
    select *, scramble(scramble((first_draw + 374761393::ubigint) % 4294967296::ubigint)) as second_draw,
        scramble(scramble((draw + order_no * 2246822519::ubigint + 12345::ubigint) % 4294967296::ubigint)) / 4294967296
            as order_draw
    from first_drawn
),
dated as (
    select drawn.*, days.days[case when month_end_call and order_no = 0 then len(days.days)
        else 1 + floor(order_draw * len(days.days))::int end] as order_date
    from drawn join days using (month)
),
priced as (
    select dated.*, product_id, list_price, unit_cost,
        (second_draw & 1023) / 1024 as noise, (second_draw >> 10 & 1023) / 1024 as chance,
        physical and (second_draw >> 20) / 4096 < returns as returned,
        greatest(1, round(value / list_price * exp(1.4 * (
            ((first_draw >> 6 & 1023) + (first_draw >> 16 & 1023)) / 1024 - 1)))) as units
    from dated
    join baskets on baskets.account = dated.account and baskets.phase = dated.phase
        and baskets.position = (first_draw % 64::ubigint)::bigint
    join offers on offers.slot = baskets.slot and offers.month = dated.month
),
signed as (
    select *, case when returned then -ceil(units / 2) else units end as quantity,
        least(greatest(discount + spread * (noise - 0.5), 0), 0.6) as line_discount
    from priced
)
select strftime(order_date, 'S%y%m') || format('-{:04d}-{:03d}', account + 1, order_no) as order_id, order_date,
    format('A{:04d}', account + 1) as account_id, product_id,
    quantity::decimal(9, 0) as quantity,
    (quantity * list_price * (1 - line_discount))::decimal(12, 2) as net_amount,
    (quantity * list_price)::decimal(12, 2) as list_amount,
    case when chance >= 0.03 then (quantity * unit_cost)::decimal(12, 2) end as cost_amount
from signed
order by order_date, order_id, line_no
"""
_KEEP = {name: f"create temp table {name} as from drawn_frame" for name in ("cells", "baskets", "offers")}
_DAYS = """
create temp table days as
select datediff('month', $start::date, day) as month, list(day order by day) as days
from (select unnest(generate_series($start::date, $start::date + to_months($months) - interval 1 day, interval 1 day))
    ::date as day)
where isodow(day) < 6 group by all
"""


def write_sales(
    folder: Path, accounts: Sequence[Account], *, lines: int, seed: int, progress: Callable[[str, float], None]
) -> None:
    """Write the sales lines, sorted by date: one Parquet file, or one a month beyond two million lines.

    Lines are drawn in SQL month by month, so memory does not grow with their number.
    """
    frames = {"cells": cells(accounts, lines, seed), "baskets": baskets(accounts, seed), "offers": offers()}
    with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": str(folder / ".kam")}) as connection:
        connection.execute(_SCRAMBLE)
        connection.execute(_DAYS, {"start": FIRST_MONTH, "months": MONTHS})
        for name, frame in frames.items():
            connection.register("drawn_frame", frame)
            connection.execute(_KEEP[name])
            connection.unregister("drawn_frame")
        if lines <= ONE_FILE:
            connection.execute("set threads = 1")  # the same bytes on every machine
            _copy(connection, folder / "sales.parquet", 0, MONTHS - 1)
            return
        (folder / "sales").mkdir()
        for month in range(MONTHS):
            progress(f"sales, month {month + 1} of {MONTHS}", month / MONTHS)
            _copy(connection, folder / "sales" / f"part-{month + 1:03d}.parquet", month, month)


def cells(accounts: Sequence[Account], lines: int, seed: int) -> pd.DataFrame:
    """Draw how each account buys in each month: one row an account and month with lines.

    Columns: account, month, phase, lines, orders, value (mean list value of a line, currency), discount and its spread
    (ratios), returns (share of lines), month_end_call, draw (the seed of the row's lines). The lines add up exactly.
    """
    rng = Dice(seed, "cells").rng
    months = np.arange(MONTHS)
    level = np.array([[account.level(month) for month in months] for account in accounts])
    first, last = np.array([account.months for account in accounts]).T[:, :, None]
    size, growth = (np.array([[getattr(account, name)] for account in accounts]) for name in ("size", "growth"))
    calm = np.minimum(size**-0.25, 1.2)  # large accounts order more evenly than small ones
    unsteady, idle = calm * _along(level, (0.60, 0.40, 0.18)), calm * _along(level, (0.25, 0.10, 0.01))
    told = np.array([[account.story is not None] for account in accounts])  # stories must not drown in chance
    unsteady, idle = np.where(told, 0.1, unsteady), np.where(told, 0.0, idle)
    alive = (months >= first) & (months <= last) & (rng.random(level.shape) >= idle)
    swing, top = np.array([_SEASONS[account.industry] for account in accounts]).T[:, :, None]
    volume = size**0.6 * (1 + growth) ** ((months - MONTHS / 2) / 12) * rng.lognormal(0, unsteady)
    volume *= 1 + swing * np.cos((months + FIRST_MONTH.month - top) * np.pi / 6)
    volume *= alive * np.minimum((months - first + 1) / 4, 1)  # a new account starts slowly
    value = np.broadcast_to(size**0.4, level.shape)
    volume *= _drift(volume * value)[None, :]
    edges = np.rint(np.cumsum(volume) / volume.sum() * lines).astype(np.int64)
    count = np.diff(edges, prepend=0).reshape(level.shape)
    value = value * (_LINE_VALUE * lines / (count * value).sum())
    before, now = np.array([account.discounts for account in accounts]).T[:, :, None]
    discount = before + (now - before) * months / (MONTHS - 1) + rng.normal(0, _along(level, (0.015, 0.01, 0.005)))
    number = np.broadcast_to(np.arange(len(accounts))[:, None], level.shape)
    month = np.broadcast_to(months, level.shape)
    frame = pd.DataFrame(
        {
            "account": number.ravel(),
            "month": month.ravel(),
            "phase": phase(number, month).ravel(),
            "lines": count.ravel(),
            "orders": np.ceil(count / _along(level, (1.8, 2.6, 4.0))).astype(np.uint64).ravel(),
            "value": value.ravel(),
            "discount": discount.ravel(),
            "spread": _along(level, (0.14, 0.08, 0.04)).ravel(),
            "returns": _along(level, (0.022, 0.016, 0.012)).ravel(),
            "month_end_call": (level >= at(2.5, (1, 2, 3))).ravel(),
            "draw": rng.integers(0, 2**32, level.size, dtype=np.uint64),
        }
    )
    return frame[frame["lines"] > 0].reset_index(drop=True)


def _along(level: np.ndarray, rungs: tuple[float, float, float]) -> np.ndarray:
    return np.interp(level, (1.0, 2.0, 3.0), rungs)


def _drift(revenue: np.ndarray) -> np.ndarray:
    """Find the trend, a factor a month, with which the accounts of a year ago buy `_RETENTION` times as much now."""
    prior, current = revenue[:, 12:24].sum(axis=1), revenue[:, 24:].sum(axis=1)
    retention = current[prior > 0].sum() / prior.sum()
    return (_RETENTION / retention) ** ((np.arange(MONTHS) - MONTHS / 2) / 12)


def _copy(connection: duckdb.DuckDBPyConnection, path: Path, first: int, last: int) -> None:
    lines = connection.sql(_LINES, params={"first": first, "last": last})
    lines.write_parquet(str(path), compression="zstd")


LEDGER = """
select account_id, category, datediff('month', $start::date, order_date) as month,
    sum(net_amount)::double as net, sum(list_amount)::double as list,
    (sum(net_amount) filter (quantity > 0))::double as net_listed,
    (sum(list_amount) filter (quantity > 0))::double as list_listed, sum(cost_amount)::double as cost,
    (sum(net_amount) filter (cost_amount is not null))::double as net_costed
from read_parquet($files) join products using (product_id)
group by all
"""


class Ledger:
    """What the written sales add up to, so that the other tables agree with them."""

    def __init__(self, folder: Path, accounts: Sequence[Account], products: Sequence[dict[str, object]]) -> None:
        files = sorted(str(path) for path in (*folder.glob("sales.parquet"), *folder.glob("sales/*.parquet")))
        catalogue = pd.DataFrame(list(products))[["product_id", "category"]]
        with duckdb.connect(config={"memory_limit": _MEMORY}) as connection:
            connection.register("products", catalogue)
            sums = connection.execute(LEDGER, {"start": FIRST_MONTH, "files": files}).df()
        self._categories = {name: place for place, name in enumerate(catalogue["category"].unique())}
        self._sums = np.zeros((5, len(accounts), len(self._categories), MONTHS))
        number = {account.account_id: account.number for account in accounts}
        place = (sums["account_id"].map(number), sums["category"].map(self._categories), sums["month"])
        for measure, column in enumerate(("net", "net_listed", "list_listed", "cost", "net_costed")):
            self._sums[(measure, *place)] = sums[column].fillna(0)

    def year(self, account: Account, end: int, category: str | None = None) -> tuple[float, ...]:
        """Sum twelve months ending with a month: net, net and list of listed lines, cost and net of costed lines."""
        part = self._sums[:, account.number, :, max(end - 11, 0) : end + 1]
        if category is not None:
            part = part[:, [self._categories[category]]]
        return tuple(float(value) for value in part.sum(axis=(1, 2)))

    def revenue(self, account: Account, end: int = MONTHS - 1, category: str | None = None) -> float:
        """Sum net sales of twelve months ending with a month, in currency."""
        return self.year(account, end, category)[0]

    def categories(self, account: Account, end: int = MONTHS - 1) -> list[str]:
        """List the categories bought in the twelve months ending with a month, the largest first."""
        net = self._sums[0, account.number, :, max(end - 11, 0) : end + 1].sum(axis=1)
        names = list(self._categories)
        return [names[place] for place in np.argsort(-net, kind="stable") if net[place] > 0]
