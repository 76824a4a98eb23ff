"""Small Parquet files are read once, large ones where they lie with each question: a book is the same either way."""

from pathlib import Path

import pytest

from kam.intake import sales_table
from tests.intake.folders import ask, reported, write_parquet

_TABLES = (
    "sales_month",
    "account_day",
    "sales_told",
    "accounts",
    "products",
    "intake_tables",
    "intake_columns",
    "intake_refused",
    "intake_reasons",
    "intake_findings",
)
_WHOLE = """
select 'N' || n // 3 as order_id, date '2024-01-01' + (n % 400)::int as order_date,
    case when n % 11 > 0 then 'Account ' || n % 7 end as account_id, 'P' || n % 13 as product_id,
    case when n % 17 > 0 then (n % 9 - 1)::decimal(12,2) end as quantity,
    (n % 9 - 1) * (10 + n % 13)::decimal(12,2) as net_amount, 6.5 * (n % 9 - 1) as cost_amount,
    case n % 29 when 0 then ' North ' when 1 then 'n/a' else 'South' end as region,
    'Product ' || n % 13 as product_name
from range(400) as lines(n)
"""
_BOOKS = {
    "whole": _WHOLE,
    "days in words": f"select * replace (order_date::varchar as order_date) from ({_WHOLE})",
    "dates that are none and lie ahead": (
        "select * replace (case when product_id = 'P3' then '31.02.2024' when product_id = 'P4' then '2031-01-01'"
        f" else order_date::varchar end as order_date) from ({_WHOLE})"
    ),
    "floating, with gaps": (
        "select * replace (case when product_id = 'P5' then 'nan'::double else net_amount::double end as net_amount,"
        f" quantity::double as quantity) from ({_WHOLE})"
    ),
    "repeated": f"select * from ({_WHOLE}) union all by name select * from ({_WHOLE} limit 50)",
    "returns in a column": (
        "select * replace (abs(net_amount) as net_amount), case when net_amount < 0 then 'Return' else 'Sale' end"
        f" as line_type from ({_WHOLE})"
    ),
}


@pytest.mark.parametrize("book", _BOOKS)
def test_a_parquet_book_is_the_same_however_it_is_read(
    book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "book"
    write_parquet(folder / "sales" / "a.parquet", _BOOKS[book])
    write_parquet(folder / "sales" / "b.parquet", _BOOKS[book].replace("range(400)", "range(300, 700)"))
    (folder / "book.toml").write_text(
        "[policy]\nrefuse_share = 0.9\n[tables.sales.returns]\nline_type = ['Return']\n"
        if book == "returns in a column"
        else "[policy]\nrefuse_share = 0.9\n",
        encoding="utf-8",
    )
    once, again = tmp_path / "once.db", tmp_path / "again.db"
    reported(folder, once)
    monkeypatch.setattr(sales_table, "_MANY", 0)
    reported(folder, again)
    for table in _TABLES:
        query = f"select * from {table} order by all"
        assert ask(again, query) == ask(once, query), table
    assert ask(once, "select count(*) from intake_refused") > [(0,)]
