"""Lines that repeat an earlier one are counted exactly, in little memory, however many there are and however alike."""

import datetime as dt
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from kam.base.schema import RATES, create_table_sql
from kam.intake import rollup
from kam.intake.clean import Clean
from kam.intake.files import Found
from kam.intake.sales_table import read_sales_table
from kam.intake.settings import Settings, TableSettings
from kam.intake.sources import open_parts
from tests.intake.folders import write_parquet

ROWS = 600_000


def _opened(cursor: duckdb.DuckDBPyConnection, folder: Path, order: str) -> Clean:
    path = folder / "sales.parquet"
    write_parquet(
        path,
        f"select ({order})::varchar as order_id, date '2025-01-31' as order_date, 'A' as account_id, 'P' as product_id,"
        f" 1 as quantity, 5.00 as net_amount from range({ROWS}) as lines(n)",
    )
    cursor.execute(create_table_sql(RATES))
    found, own = Found("sales", (path,)), TableSettings()
    parts = open_parts(cursor, folder, found, own)
    return read_sales_table(cursor, found, parts, own, Settings("book"), today=dt.date(2025, 6, 30), limit=10).clean


@pytest.mark.parametrize("room", [1 << 15, 1 << 18, 1 << 25])
@pytest.mark.parametrize(
    ("order", "different"),
    [("1", 1), ("n", ROWS), ("n // 3", ROWS // 3), ("n % 70_000", 70_000), ("greatest(n, 400_000)", ROWS - 400_000)],
)
def test_repeated_lines_are_counted_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, order: str, different: int
) -> None:
    monkeypatch.setattr(rollup, "_MOST_HASHES", room)
    monkeypatch.setattr(rollup, "_BATCH", 1 << 12)
    with duckdb.connect() as cursor:
        assert rollup.repeated_lines(cursor, _opened(cursor, tmp_path, order), ROWS) == ROWS - different


@pytest.mark.parametrize("order", ["1", "n"])
def test_counting_repeated_lines_takes_no_more_room_than_its_array(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(rollup, "_MOST_HASHES", 1 << 16)
    monkeypatch.setattr(rollup, "_BATCH", 1 << 12)
    with duckdb.connect() as cursor:
        clean = _opened(cursor, tmp_path, order)
        tracemalloc.start()
        try:
            rollup.repeated_lines(cursor, clean, ROWS)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak < 3 * 8 * (1 << 16)
