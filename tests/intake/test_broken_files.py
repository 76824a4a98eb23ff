"""Files that cannot be read say what is wrong, where, what to do, and that nothing was changed."""

import os
from pathlib import Path

import pytest

from kam.base.errors import BookError, IntakeError, KamError
from kam.intake.cache import loaded_book
from tests.intake.folders import GOOD, HEADER, TODAY, many, opened, sales, write, write_parquet


def refusal(folder: Path, kind: type[KamError] = KamError) -> str:
    """Open a folder that cannot be opened, and return what is said."""
    with pytest.raises(kind) as caught:
        loaded_book(folder, today=TODAY)
    message = str(caught.value)
    assert "nothing was changed" in message.lower()
    assert not list(folder.glob(".kam/cache/*.part*")), "a half-written database was left"
    return message


TEXT_FILES = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \r\n\n", "is empty"),
    "header only": (f"{HEADER}\n".encode(), "no lines"),
    "header only, no line end": (HEADER.encode(), "no lines"),
    "binary": (bytes(range(256)) * 20, "not a text file"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01", "not a text file"),
    "NUL inside": (f"{HEADER}\n1,2025-01-31,A\0,P,2,1\n".encode(), "not a text file"),
    "missing column": (b"order_id,order_date,product_id,quantity,net_amount\n1,2025-01-31,P,2,1\n", "account_id"),
    "one column": (b"account_id\nA\nB\n", "order_date"),
    "twin columns": (f"{HEADER},net_amount\n{GOOD},11\n".encode(), "2 columns are named 'net_amount'"),
    "twin columns in other case": (f"{HEADER},Net Amount\n{GOOD},11\n".encode(), "2 columns are named"),
    "unclosed quote": (sales(GOOD, '2,2025-01-31,"A,P,2,1', *[GOOD] * 50).encode(), "line 3: a quote is opened"),
    "only commas": (b",,,,,\n" * 5, "no column names"),
    "other text": (b"Dear reader,\nthis is a letter.\n", "not in the file"),
    "very long first line": (b'"' + b"x" * 400_000 + b'"\n1\n', "xxx…. Name it"),
}


@pytest.mark.parametrize(("content", "said"), TEXT_FILES.values(), ids=TEXT_FILES.keys())
def test_a_text_file_that_cannot_be_taken_in(tmp_path: Path, content: bytes, said: str) -> None:
    assert said in refusal(write(tmp_path, sales_csv=content), IntakeError)


def test_no_folder_or_nothing_in_it(tmp_path: Path) -> None:
    assert "is not a folder" in refusal(tmp_path / "none", BookError)
    assert "no sales file" in refusal(tmp_path, BookError)
    assert "is not a folder" in refusal(write(tmp_path, a_txt="x") / "a.txt", BookError)


def test_parquet_that_is_none_or_cut_off(tmp_path: Path) -> None:
    write_parquet(tmp_path / "whole.parquet", "select range as order_id from range(10000)")
    whole = (tmp_path / "whole.parquet").read_bytes()
    (tmp_path / "whole.parquet").unlink()
    for content in (b"", b"PAR1", sales(GOOD).encode(), whole[:100], whole[:-1], whole[:-10], b"\0" * 5000):
        message = refusal(write(tmp_path, sales_parquet=content), IntakeError)
        assert message.startswith("sales.parquet cannot be read")


def test_parquet_damaged_in_the_middle(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "sales.parquet",
        "select i as order_id, date '2025-01-01' as order_date, 'P' as product_id, hash(i)::varchar as account_id,"
        " 1 as quantity, (hash(i) % 1000)::decimal(18,4) as net_amount from range(20000) t(i)",
    )
    content = bytearray((tmp_path / "sales.parquet").read_bytes())
    content[2000 : len(content) // 2] = bytes(len(content) // 2 - 2000)
    (tmp_path / "sales.parquet").write_bytes(content)
    assert "sales.parquet cannot be read" in refusal(tmp_path, IntakeError)


def test_parquet_without_a_needed_column_or_lines(tmp_path: Path) -> None:
    write_parquet(tmp_path / "sales.parquet", "select 1 as order_id, 2 as account_id")
    assert "order_date" in refusal(tmp_path, IntakeError)
    write_parquet(
        tmp_path / "sales.parquet",
        "select 'a' as order_id, date '2025-01-01' as order_date, 'A' as account_id, 'P' as product_id, 1 as quantity,"
        " 1.0 as net_amount limit 0",
    )
    assert "no lines" in refusal(tmp_path, IntakeError)


def test_two_files_for_one_table(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD))
    for other in ("sales.parquet", "sales.tsv", "Sales.csv", "sales/more.csv"):
        path = tmp_path / other
        path.parent.mkdir(exist_ok=True)
        path.write_text(sales(GOOD, GOOD))
        assert "Several files claim to be sales: " in refusal(tmp_path, BookError)
        path.unlink()
    assert opened(tmp_path).net == {"A": 10.5}


def test_a_lone_file_is_the_sales_but_of_two_one_must_be_named(tmp_path: Path) -> None:
    write(tmp_path, export_csv=sales(GOOD))
    assert opened(tmp_path).net == {"A": 10.5}
    write(tmp_path, other_csv=sales(GOOD))
    assert "export.csv, other.csv" in refusal(tmp_path, BookError)


def test_several_files_of_one_table_are_put_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        sales__a_csv=sales(GOOD),
        sales__b_csv=sales(
            "B;P;1,5;2;31.01.2025;7", header="account_id;product_id;net_amount;quantity;order_date;order_id"
        ),
    )
    assert opened(tmp_path).net == {"A": 10.5, "B": 1.5}, "each file has its own marks and order of day and month"
    write(tmp_path, sales__c_csv="order_id,account_id\n1,2\n")
    message = loaded_book(tmp_path, today=TODAY).failure
    assert "sales/c.csv: the column order_date of sales is not in the file" in str(message)
    write(tmp_path, sales__b_parquet=b"")
    assert "Several files claim to be sales" in refusal(tmp_path, BookError)


def test_parquet_files_with_differing_columns(tmp_path: Path) -> None:
    line = "'1' as order_id, date '2025-01-01' as order_date, 'P' as product_id, 1 as quantity, 2.5 as net_amount"
    write_parquet(tmp_path / "sales/2024.parquet", f"select {line}, 'A' as account_id")
    write_parquet(tmp_path / "sales/2025.parquet", f"select 1.25 as cost_amount, {line}, 'B' as account_id")
    book = opened(tmp_path)
    assert book.net == {"A": 2.5, "B": 2.5}
    assert book.tables["sales"] == [2, 2, 0]


def test_parquet_files_of_which_one_lacks_the_customer(tmp_path: Path) -> None:
    line = "'1' as order_id, date '2025-01-01' as order_date, 'P' as product_id, 1 as quantity, 2.5 as net_amount"
    write(tmp_path, book_toml="[policy]\nrefuse_share = 0.5\n")
    write_parquet(tmp_path / "sales/2024.parquet", f"select {line}, 'A' as account_id")
    write_parquet(tmp_path / "sales/2025.parquet", f"select {line}")
    book = opened(tmp_path)
    assert book.net == {"A": 2.5}
    assert book.tables["sales"] == [2, 1, 1]


def test_links_that_leave_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    secret = write(tmp_path / "outside", sales_csv=sales(GOOD))
    book = tmp_path / "book"
    book.mkdir()
    (book / "sales.csv").symlink_to(secret / "sales.csv")
    assert "sales.csv is a link to a place outside" in refusal(book, BookError)
    (book / "sales.csv").unlink()
    (book / "sales").symlink_to(secret)
    assert "sales is a link to a place outside" in refusal(book, BookError)
    (book / "sales").unlink()
    (book / "sales.csv").symlink_to(book / "sales.csv")
    assert "leads to itself" in refusal(book, BookError)
    (book / "sales.csv").unlink()
    (book / "sales.csv").symlink_to(book / "gone.csv")
    assert "cannot be read" in refusal(book, BookError)
    write(book, gone_csv=sales(GOOD))
    assert opened(book).net == {"A": 10.5}, "a link inside the folder is followed"


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "sales.csv")
    assert "not a plain file" in refusal(tmp_path, BookError)
    (tmp_path / "sales.csv").unlink()
    (tmp_path / "sales.csv").mkdir()
    assert "no sales file" in refusal(tmp_path, BookError)
    write(tmp_path, accounts_csv="account_id\nA\n")
    assert "no sales file" in refusal(tmp_path, BookError)


def test_a_broken_register_is_named_and_bars_nothing(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD), accounts_csv="name\nx\n")
    book = opened(tmp_path)
    assert book.net == {"A": 10.5}
    assert ("accounts", "file not read", 1) in book.findings


def test_every_second_row_unreadable_fails_with_reasons(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=many("x,2025-01-31,A,P,two,1", "y,2025-02-30,A,P,2,1", good=2))
    message = refusal(tmp_path, IntakeError)
    assert "2 of 4 rows (50.0%)" in message
    assert "quantity is not a number: 1" in message
    assert "order_date is not a date: 1" in message


def test_columns_of_parquet_named_as_ours_are_no_hindrance(tmp_path: Path) -> None:
    for file, typed in (("a", "varchar"), ("b", "integer")):
        own = f"'x' as \"‹row›\", 'y' as \"‹file›\", 7::{typed} as other"
        query = f"select {own}, date '2025-01-31' as order_date, 'A' as account_id, 5.0 as net_amount from range(3)"
        write_parquet(tmp_path / "sales" / f"{file}.parquet", query)
    assert opened(tmp_path).net == {"A": 30.0}
    (tmp_path / "sales" / "b.parquet").unlink()
    assert opened(tmp_path).net == {"A": 15.0}
