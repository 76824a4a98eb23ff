"""A `.sql` sees the files it names as intake reads them: any encoding, any kind, columns typed where that is sure."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from kam.base.errors import IntakeError
from kam.intake.settings import TableSettings
from tests.intake.staged import staged
from tests.intake.workbook_files import packed, xlsx

ORDERS = "id;day;customer;net;paid\n1;31.01.2025;Müller;1.200,50;true\n2;01.02.2025;Ångström;5,00;false\n"


def typed(folder: Path, content: str, settings: TableSettings | None = None) -> dict[str, str]:
    (folder / "x.csv").write_text(content)
    part = staged(folder, settings=settings or TableSettings(), sales_sql="select * from 'x.csv'").part
    return dict(part.columns)


@pytest.mark.parametrize(
    "source", ["'orders.csv'", "read_csv('orders.csv')", "read_csv_auto( 'orders.csv' )", "'orders.csv' as o"]
)
def test_text_in_any_encoding_is_typed(tmp_path: Path, source: str) -> None:
    (tmp_path / "orders.csv").write_bytes(ORDERS.encode("cp1252"))
    found = staged(tmp_path, sales_sql=f"select * from {source}")

    assert found.parts[0].columns == (
        ("id", "BIGINT"),
        ("day", "DATE"),
        ("customer", "VARCHAR"),
        ("net", "DECIMAL(18,1)"),
        ("paid", "BOOLEAN"),
    )
    assert found.parts[0].kind == "sql"
    assert found.records[0] == [
        (1, dt.date(2025, 1, 31), "Müller", Decimal("1200.50"), True),
        (2, dt.date(2025, 2, 1), "Ångström", Decimal("5.00"), False),
    ]
    assert found.said["encoding guessed"] == 1


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-5", ""], "BIGINT"),
        (["007", "1"], "VARCHAR"),
        (["1.5", "2", "-0.25"], "DECIMAL(18,2)"),
        (["1.234", "2.500"], "VARCHAR"),
        (["1.234", "2.5"], "DECIMAL(18,3)"),
        (["0.123456789", "1.5"], "DOUBLE"),
        (["1e5", "2"], "DECIMAL(18,0)"),
        (["2025-01-31", "2025-02-01"], "DATE"),
        (["2025-02-30", "2025-02-01"], "VARCHAR"),
        (["2025-01-31 10:00:00", "2025-02-01"], "TIMESTAMP"),
        (["31/01/2025", "01/02/2025"], "DATE"),
        (["03/01/2025", "01/02/2025"], "VARCHAR"),
        (["03.01.2025", "01.02.2025"], "VARCHAR"),
        (["TRUE", "false"], "BOOLEAN"),
        (["A", "1"], "VARCHAR"),
        (["", ""], "VARCHAR"),
    ],
)
def test_a_column_has_the_type_all_of_its_cells_surely_have(tmp_path: Path, cells: list[str], kind: str) -> None:
    assert typed(tmp_path, "x,y\n" + "".join(f"{cell},.\n" for cell in cells))["x"] == kind


def test_what_book_toml_declares_makes_sure(tmp_path: Path) -> None:
    content = "x;y\n1.234;03/01/2025\n2.500;01/02/2025\n"

    assert typed(tmp_path, content) == {"x": "VARCHAR", "y": "VARCHAR"}
    assert typed(tmp_path, content, TableSettings(decimal=",", date_format="m-d-y")) == {
        "x": "DECIMAL(18,0)",
        "y": "DATE",
    }


def test_one_value_far_down_keeps_a_column_text(tmp_path: Path) -> None:
    assert typed(tmp_path, "x,y\n" + "1,a\n" * 5_000 + "none,a\n")["x"] == "VARCHAR"


def test_files_of_all_kinds_join_and_keep_their_names(tmp_path: Path) -> None:
    found = staged(
        tmp_path,
        sales_sql="with orders as (select * from 'orders.csv') -- isn't it\n"
        "select orders.id, customers.name, 'orders.csv' as file, more.x from orders join 'customers.xlsx' using (id)"
        " join 'packed/more.zip' using (id) where exists (from 'orders.csv')",
        orders_csv="id,net\n1,5\n",
        customers_xlsx=xlsx({"S": [["id", "name"], [1, "A"], [2, "B"]]}),
        packed__more_zip=packed({"jan.csv": "id,x\n1,7\n", "feb.csv": "id,x\n2,8\n"}),
    )

    assert found.records[0] == [(1, "A", f"{tmp_path.resolve()}/orders.csv", 7)]


def test_records_that_are_no_rows_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,net\n1,5\n2,5,9\n")
    found = staged(tmp_path, sales_sql="select * from 'x.csv'")

    assert found.records[0] == [(1, 5)]
    assert found.said == {"records that are no rows": 1}


def test_options_of_its_own_and_patterns_stay_with_duckdb(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,net\n1,5\n")
    for source in ("read_csv('x.csv', all_varchar = true)", "read_csv('*.csv', all_varchar = true)", "'x*.csv'"):
        assert [tuple(map(str, row)) for row in staged(tmp_path, sales_sql=f"from {source}").records[0]] == [("1", "5")]


def test_a_file_that_is_not_there_or_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises((IntakeError, duckdb.Error), match=r"gone\.csv"):
        staged(tmp_path, sales_sql="from 'gone.csv'")
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(IntakeError, match=r"^x\.xlsx cannot be read"):
        staged(tmp_path, sales_sql="from 'x.xlsx'")
