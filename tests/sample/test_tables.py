"""The sample is whole and clean: every table and column, nothing that intake would refuse, the same on every run."""

import csv
import filecmp
import tomllib
from pathlib import Path

import duckdb
import pytest

from kam.base.errors import BookError
from kam.base.schema import Column, Table
from kam.sample import write_sample
from tests.sample.conftest import SALES, WRITTEN

COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in WRITTEN.values()
    for column in table
    if table.name != "sales" or column.name in SALES
]


def test_every_table_is_written_with_every_column_and_rows(sample: Path, book: duckdb.DuckDBPyConnection) -> None:
    for table in WRITTEN.values():
        rows = book.execute(f"select count(*) from {table.name}").fetchall()[0][0]
        assert rows > 0, table.name
        if table.name != "sales":
            with (sample / f"{table.name}.csv").open(encoding="utf-8") as file:
                assert next(csv.reader(file)) == [column.name for column in table]
    assert {path.stem for path in sample.iterdir()} == {*WRITTEN, "book"}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_column_keeps_the_schema(book: duckdb.DuckDBPyConnection, table: Table, column: Column) -> None:
    filled, nulls, outside = book.execute(
        f"select count({column.name}), count(*) - count({column.name}),"
        f" count(*) filter (not coalesce(try_cast({column.name} as double) between $low and $high, true))"
        f" from {table.name}",
        {
            "low": float("-inf") if column.low is None else column.low,
            "high": float("inf") if column.high is None else column.high,
        },
    ).fetchall()[0]
    assert filled > 0 or (table.name, column.name) in {("opportunities", "product_id"), ("objectives", "product_id")}
    if column.required:
        assert nulls == 0
    if column.low is not None or column.high is not None:
        assert outside == 0
    if column.choices:
        used = {row[0] for row in book.execute(f"select distinct {column.name} from {table.name}").fetchall()}
        assert used - {None} <= set(column.choices)
    if column.key:
        distinct = book.execute(f"select count(distinct {column.name}) from {table.name}").fetchall()[0][0]
        assert distinct == filled
    if column.references:
        other, key = column.references.split(".")
        lost = book.execute(
            f"select count(*) from {table.name} where {column.name} not in (select {key} from {other})"
        ).fetchall()
        assert lost == [(0,)]


def test_no_date_lies_after_the_book_unless_it_is_a_plan(book: duckdb.DuckDBPyConnection) -> None:
    planned = {"ends_on", "starts_on", "due_on", "expected_on", "baseline_on", "forecast_on"}
    for table in WRITTEN.values():
        for column in table:
            if column.kind == "date" and column.name not in planned:
                last = book.execute(f"select max({column.name})::varchar from {table.name}").fetchall()[0][0]
                assert last <= "2026-09-30", (table.name, column.name)


def test_rows_of_different_tables_agree(book: duckdb.DuckDBPyConnection) -> None:
    clashes = {
        "a touch is with a person of another account or of the past": """
            select count(*) from touches join contacts using (contact_id)
            where touches.account_id <> contacts.account_id or touch_date > left_on""",
        "an answer is a person's of another account or of the past": """
            select count(*) from surveys join contacts using (contact_id)
            where surveys.account_id <> contacts.account_id or survey_date > left_on""",
        "a person reports to another company": """
            select count(*) from contacts a join contacts b on a.reports_to = b.contact_id
            where a.account_id <> b.account_id or a.contact_id = b.contact_id""",
        "an objective's plan and its milestone's plan differ": """
            select count(*) from milestones join objectives using (objective_id)
            where milestones.plan_id <> objectives.plan_id""",
        "a case closes before it opens": "select count(*) from cases where closed_on < opened_on",
        "an opportunity was won and nothing sold, or is chased in a category already bought": """
            select count(*) from opportunities o where (stage = 'won') <> (0 < (
                select coalesce(sum(net_amount), 0) from sales s join products p using (product_id)
                where s.account_id = o.account_id and p.category = o.category and order_date >= '2025-10-01'))""",
        "an open opportunity without a date, or a closed one with none": """
            select count(*) from opportunities
            where (stage in ('won', 'lost', 'not eligible')) <> (closed_on is not null)""",
        "a parent is a subsidiary": """
            select count(*) from accounts a join accounts b on a.parent_id = b.account_id
            where b.parent_id is not null""",
        "an order has two accounts or two days": """
            select count(*) from (select order_id from sales group by 1
            having count(distinct account_id) > 1 or count(distinct order_date) > 1)""",
        "a line's amounts have another sign than its quantity": """
            select count(*) from sales where sign(net_amount) <> sign(quantity)
            or sign(list_amount) <> sign(quantity) or sign(coalesce(cost_amount, quantity)) <> sign(quantity)""",
    }
    assert {name: book.execute(sql).fetchall()[0][0] for name, sql in clashes.items()} == dict.fromkeys(clashes, 0)


def test_baselines_are_what_sales_said_when_the_plan_began(book: duckdb.DuckDBPyConnection) -> None:
    off = book.execute("""
        select objective_id, baseline, (select sum(net_amount) from sales join products using (product_id)
            where sales.account_id = plans.account_id and order_date < objectives.starts_on
            and order_date >= least(objectives.starts_on, date '2026-10-01') - interval 12 months
            and (objectives.category is null or products.category = objectives.category)) as sold
        from objectives join plans using (plan_id) where metric = 'revenue' and plans.status <> 'draft'
    """).fetchall()
    assert len(off) >= 30
    assert all(abs(float(baseline) - float(sold)) <= 1 for _, baseline, sold in off)


def test_the_same_seed_writes_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "again")
    names = sorted(path.name for path in sample.iterdir())
    assert filecmp.cmpfiles(sample, tmp_path / "again", names, shallow=False) == (names, [], [])


def test_another_seed_writes_another_book(sample: Path, tmp_path: Path) -> None:
    write_sample(tmp_path / "other", accounts=30, lines=2_000, seed=8)
    write_sample(tmp_path / "book", accounts=30, lines=2_000, seed=9)
    assert (tmp_path / "other/sales.parquet").read_bytes() != (tmp_path / "book/sales.parquet").read_bytes()
    assert (tmp_path / "other/touches.csv").read_bytes() != (tmp_path / "book/touches.csv").read_bytes()
    assert (tmp_path / "other/products.csv").read_bytes() == (sample / "products.csv").read_bytes()


def test_it_is_small_and_says_what_it_is(sample: Path) -> None:
    assert sum(path.stat().st_size for path in sample.iterdir()) < 3_000_000
    with (sample / "book.toml").open("rb") as file:
        assert tomllib.load(file) == {"name": "Sample: Pumps and Process", "currency": "EUR"}


def test_the_committed_sample_is_the_one_the_code_writes(sample: Path) -> None:
    data = Path(__file__).parents[2] / "data"
    for path in sample.iterdir():
        if path.suffix != ".parquet":
            assert (data / path.name).read_bytes() == path.read_bytes(), f"{path.name}: run `make sample`"
    written = "select * from read_parquet($path)"
    ours, theirs = (duckdb.execute(written, {"path": str(p / "sales.parquet")}).df() for p in (sample, data))
    assert ours.equals(theirs), "run `make sample`"


@pytest.mark.parametrize("present", ["sales.csv", "book.toml"])
def test_a_folder_with_other_work_is_left_alone(tmp_path: Path, present: str) -> None:
    (tmp_path / present).write_text('name = "Mine"\n', encoding="utf-8")
    with pytest.raises(BookError, match=r"nothing was written"):
        write_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [present]


def test_an_earlier_sample_is_replaced_and_authored_records_stay(tmp_path: Path) -> None:
    write_sample(tmp_path, accounts=20, lines=500)
    (tmp_path / ".kam").mkdir()
    (tmp_path / ".kam" / "workspace.duckdb").write_bytes(b"kept")
    write_sample(tmp_path, accounts=25, lines=600)
    assert len((tmp_path / "accounts.csv").read_text(encoding="utf-8").splitlines()) == 26
    assert (tmp_path / ".kam" / "workspace.duckdb").read_bytes() == b"kept"


@pytest.mark.parametrize(("accounts", "lines"), [(5, 60_000), (200, 100), (120, -1)])
def test_a_size_without_a_book_is_refused(tmp_path: Path, accounts: int, lines: int) -> None:
    with pytest.raises(BookError, match="at least"):
        write_sample(tmp_path / "book", accounts=accounts, lines=lines)
    assert not (tmp_path / "book").exists()
