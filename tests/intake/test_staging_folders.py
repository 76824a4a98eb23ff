"""Which file holds which table, and that no data file of the folder is passed over in silence."""

from pathlib import Path

import pytest

from kam.base.errors import BookError
from kam.intake.files import book_files, find_tables
from kam.intake.peek import guess_table, peek
from kam.intake.unread import unread
from tests.intake.folders import GOOD, HEADER, sales, write
from tests.intake.workbook_files import packed, xlsx

SALES = sales(GOOD)
SHEET = xlsx({"S": [HEADER.split(","), GOOD.split(",")]})


def tables(folder: Path) -> dict[str, list[str]]:
    found = find_tables(folder, book_files(folder))
    return {name: [path.relative_to(folder).as_posix() for path in each.files] for name, each in found.items()}


def said(folder: Path) -> list[tuple[str, str, str, str]]:
    files = book_files(folder)
    findings = unread(folder, files, find_tables(folder, files))
    return [(each.table, each.check, each.severity, each.example) for each in findings]


@pytest.mark.parametrize("name", ["sales.xlsx", "Sales.csv.gz", "sales.zip", "export.ods", "any.csv.gz", "x/y.xlsx"])
def test_one_file_of_any_kind_is_the_sales(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"x")

    assert tables(tmp_path) == {"sales": [name]}


def test_a_folder_of_a_table_may_mix_text_and_workbooks_but_not_parquet(tmp_path: Path) -> None:
    write(tmp_path, sales__a_csv=SALES, sales__b_xlsx=SHEET, sales__c_zip=packed({"x.csv": SALES}))
    assert tables(tmp_path) == {"sales": ["sales/a.csv", "sales/b.xlsx", "sales/c.zip"]}

    write(tmp_path, sales__d_parquet=b"x")
    with pytest.raises(BookError, match="Several files claim to be sales"):
        tables(tmp_path)


@pytest.mark.parametrize(
    "names",
    [
        ["2024-01.csv", "2024-02.csv"],
        ["jan.csv", "Feb.csv", "mar.xlsx"],
        ["Umsatz März 2025.csv", "Umsatz Mai 2025.csv"],
        ["export (1).csv", "export.csv"],
        ["2024/q1.csv", "2025/q1.csv"],
    ],
)
def test_files_that_differ_in_digits_and_months_alone_are_all_the_sales(tmp_path: Path, names: list[str]) -> None:
    for number, name in enumerate(names):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{number}")

    assert sorted(tables(tmp_path)["sales"]) == sorted(names)


def test_files_of_other_names_are_not_put_together(tmp_path: Path) -> None:
    write(tmp_path, north_csv=SALES, south_csv=SALES)

    with pytest.raises(BookError, match=r"north\.csv, south\.csv.*or put all that are sales into a folder"):
        tables(tmp_path)


def test_an_exact_copy_claims_nothing_but_another_file_does(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=SALES, Sales_txt=SALES)
    assert sorted(tables(tmp_path)["sales"]) == ["Sales.txt", "sales.csv"]

    write(tmp_path, Sales_txt=SALES + GOOD)
    with pytest.raises(BookError, match="Several files claim to be sales"):
        tables(tmp_path)


def test_data_beside_the_sales_is_named_with_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=SALES, customers_csv="account_id,name\nA,North\n")
    (tmp_path / "sales 2025.csv").write_text(SALES.replace("2025", "2024"))
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "offer.pdf").write_bytes(b"x")
    (tmp_path / "query.sql").write_text("select 1")
    (tmp_path / ".hidden").write_text("x")

    assert said(tmp_path) == [
        ("sales", "file not read", "warning", "broken.xlsx"),
        ("accounts", "file not read", "warning", "customers.csv"),
        ("sales", "file not read", "warning", "sales 2025.csv"),
        ("sales", "other files", "note", "offer.pdf, query.sql"),
    ]
    files = book_files(tmp_path)
    advice = [each.weakens for each in unread(tmp_path, files, find_tables(tmp_path, files))]
    assert "broken.xlsx cannot be read" in advice[0]
    assert "rename it to accounts.csv" in advice[1]
    assert "put it and sales.csv into a folder named sales" in advice[2]


def test_what_a_sql_reads_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        sales_sql="select * from 'orders.csv' join read_csv('parts/*.csv') using (id) where x = 'it''s'",
        orders_csv=SALES,
        parts__a_csv=SALES,
        more_csv=SALES,
    )

    assert said(tmp_path) == [("sales", "file not read", "warning", "more.csv")]


def test_a_folder_of_nothing_but_a_book_says_nothing(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=SALES, book_toml='name = "x"\n', accounts_csv="account_id\nA\n")

    assert said(tmp_path) == []


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "zip"])
def test_a_first_look_is_the_same_at_every_kind_of_file(tmp_path: Path, suffix: str) -> None:
    rows = [["Sales 2025", "", ""], ["Date", "Customer", "Amount"], ["2025-01-31", "A", "5"], ["2025-01-31", "B", "6"]]
    text = "\n".join(",".join(row) for row in rows)
    content = {"csv": text.encode(), "xlsx": xlsx({"S": rows}), "zip": packed({"a.csv": text})}[suffix]
    write(tmp_path, **{f"x_{suffix}": content})

    assert peek(tmp_path / f"x.{suffix}").samples == {
        "Date": ("2025-01-31",),
        "Customer": ("A", "B"),
        "Amount": ("5", "6"),
    }


def test_a_table_is_guessed_by_what_its_names_mean() -> None:
    assert guess_table("x.csv", ["Rechnungsdatum", "Kd-Nr", "Umsatz netto", "Menge"]) == "sales"
    assert guess_table("x.csv", ["Kundennummer", "Firma", "Branche", "Gebiet"]) == "accounts"
    assert guess_table("products.xlsx", ["a", "b"]) == "products"
