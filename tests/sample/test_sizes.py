"""Small and big books come from the same code and hold what was asked for."""

from pathlib import Path

import duckdb
import pytest

from kam.__main__ import main
from kam.sample import orders as sales
from kam.sample import write_sample

COUNTS = """
select count(*), count(distinct account_id), max(order_date)::varchar,
    (select count(*) from (select order_id from sales group by 1
        having count(distinct account_id) > 1 or count(distinct order_date) > 1))
from sales
"""


def ask(path: Path, sql: str) -> list[tuple]:
    with duckdb.connect() as connection:
        connection.read_parquet(str(path)).create("sales")
        return connection.execute(sql).fetchall()


def test_a_thousand_accounts_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", str(tmp_path / "book"), "--accounts", "1000", "--lines", "200000"]) == 0
    assert "100%  done" in capsys.readouterr().out
    lines, accounts, last, torn = ask(tmp_path / "book" / "sales.parquet", COUNTS)[0]
    assert (lines, last, torn) == (200_000, "2026-09-30", 0)
    assert 980 <= accounts <= 1000


def test_the_command_says_why_it_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("keep me", encoding="utf-8")
    assert main(["sample", str(tmp_path)]) == 1
    assert "holds files and no book" in capsys.readouterr().err


def test_a_file_a_month_holds_the_same_lines_as_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path / "one", accounts=40, lines=5_000)
    monkeypatch.setattr(sales, "ONE_FILE", 4_999)
    told: list[float] = []
    write_sample(tmp_path / "parts", accounts=40, lines=5_000, progress=lambda _what, share: told.append(share))
    assert len(list((tmp_path / "parts" / "sales").iterdir())) == 36
    assert told == sorted(told)
    rows = "select * from sales order by all"
    assert ask(tmp_path / "one" / "sales.parquet", rows) == ask(tmp_path / "parts" / "sales" / "*.parquet", rows)
    for path in (tmp_path / "one").glob("*.csv"):
        assert path.read_bytes() == (tmp_path / "parts" / path.name).read_bytes()


def test_order_numbers_beyond_three_digits_stay_apart(tmp_path: Path) -> None:
    write_sample(tmp_path / "book", accounts=20, lines=400_000)
    lines, _, _, torn = ask(tmp_path / "book" / "sales.parquet", COUNTS)[0]
    assert (lines, torn) == (400_000, 0)
    longest = ask(tmp_path / "book" / "sales.parquet", "select max(len(order_id)) from sales")
    assert longest == [(15,)]
