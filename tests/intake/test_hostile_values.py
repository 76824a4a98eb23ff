"""Values and settings that fit nothing: a book opens without them or says in words what is wrong."""

import zipfile
from pathlib import Path

import pytest

from kam.base.errors import BookError, IntakeError
from kam.intake.cache import loaded_book
from tests.intake.cases.exports import put
from tests.intake.cases.workbook import write_xlsx
from tests.intake.folders import GOOD, TODAY, many, opened, sales, write, write_parquet


def refusal(folder: Path) -> str:
    """Return how an intake is refused."""
    with pytest.raises(IntakeError) as raised:
        loaded_book(folder, today=TODAY)
    return str(raised.value)


def test_an_amount_no_number_can_hold_is_refused_by_itself(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=many("x,2025-01-31,A,P,1e308,1e308", "y,2025-01-31,A,P,2,8.00"))
    assert opened(tmp_path).tables["sales"] == [102, 101, 1]


def test_a_column_that_a_recipe_expects_may_hold_no_numbers(tmp_path: Path) -> None:
    header = (
        "Transaction date",
        "Transaction type",
        "Num",
        "Product/Service full name",
        "Quantity",
        "Sales price",
        "Amount",
    )
    rows = [(f"01/{day}/2025", "Invoice", day, "Milk", 1, "5.00", "yes") for day in range(13, 20)]
    put(tmp_path / "sales.csv", ("", *header), [("Nord AG",), *((None, *row) for row in rows), ("Total for Nord AG",)])
    assert opened(tmp_path).net == {"Nord AG": 35.0}


def test_a_setting_that_names_a_column_without_numbers_is_told(tmp_path: Path) -> None:
    write_parquet(
        tmp_path / "sales.parquet",
        "select date '2025-01-31' as order_date, 'A' as account_id, date '2025-01-31' as due",
    )
    write(tmp_path, book_toml='[tables.sales.columns]\nnet_amount = "due"\n')
    assert "reads net_amount from 'due', which holds no numbers" in refusal(tmp_path)


def test_a_line_to_skip_that_no_file_has_is_no_matter(tmp_path: Path) -> None:
    lines = ("1", "3", "²", "-1", "x", "999999999999999999999999999999")
    listed = ", ".join(f'"sales.csv {line}"' for line in lines)
    write(tmp_path, sales_csv=sales(GOOD, GOOD, GOOD), book_toml=f"[tables.sales]\nskip = [{listed}]\n")
    assert opened(tmp_path).net == {"A": 21.0}, "the line 3 is left out, the header on line 1 is none"


def test_words_for_a_column_that_holds_none_are_refused(tmp_path: Path) -> None:
    write(tmp_path, sales_csv=sales(GOOD), book_toml='[tables.rates.values.day]\nx = "y"\n')
    with pytest.raises(BookError, match=r"\[tables.rates.values.day\] maps words, and day holds none"):
        loaded_book(tmp_path, today=TODAY)


def test_an_archive_whose_places_are_moved_is_told_in_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sales.zip", "w") as archive:
        archive.writestr("one.csv", sales(GOOD))
        archive.writestr("two.csv", sales(GOOD, GOOD))
    whole = (tmp_path / "sales.zip").read_bytes()
    end = whole.index(b"PK\x05\x06")
    (tmp_path / "sales.zip").write_bytes(whole[:30] + whole[60:end] + whole[end:])
    said = refusal(tmp_path)
    assert "cannot be unpacked" in said
    assert "Errno" not in said


def test_a_column_known_by_its_name_that_holds_something_else_is_named(tmp_path: Path) -> None:
    write(tmp_path, sales_csv="account_id,Invoice Date,net_amount\nA,soon,1\nB,later,2\n")
    assert "by its name Invoice Date is the column order_date of sales, and its values are no dates" in refusal(
        tmp_path
    )


def test_of_two_files_one_without_a_currency_is_in_the_books_own(tmp_path: Path) -> None:
    write(
        tmp_path,
        book_toml='currency = "EUR"\n',
        rates_csv="currency,day,rate\nUSD,2024-01-01,0.5\n",
        sales__a_csv="order_date,account_id,net_amount,currency\n2025-01-31,A,10,USD\n2025-02-28,A,1,EUR\n",
        sales__b_csv="order_date,account_id,net_amount\n2025-01-31,B,7\n",
    )
    assert opened(tmp_path).net == {"A": 6.0, "B": 7.0}


def test_parquet_that_is_damaged_is_told_in_words(tmp_path: Path) -> None:
    write(tmp_path, sales_parquet=b"PAR1 and no more")
    assert refusal(tmp_path) == (
        "sales.parquet cannot be read: it is damaged or no Parquet. Write it anew. Nothing was changed."
    )


def test_parquet_files_whose_types_differ_are_read_as_texts(tmp_path: Path) -> None:
    first = "date '2025-01-31' as order_date, 'A' as account_id, 2.5 as net_amount, null as note"
    second = "'2025-02-28' as order_date, 'A' as account_id, [1, 2] as note, '4.25' as net_amount"
    third = "timestamp '2025-03-31 10:00:00' as order_date, 7 as account_id, 1 as net_amount, date '2025-01-31' as note"
    write_parquet(tmp_path / "sales/1.parquet", f"select {first}")
    write_parquet(tmp_path / "sales/2.parquet", f"select {second}")
    assert opened(tmp_path).net == {"A": 6.75}
    write_parquet(tmp_path / "sales/3.parquet", f"select {third}")
    assert opened(tmp_path).net == {"A": 6.75, "7": 1.0}


def test_a_parquet_file_without_customers_is_told_what_it_lacks(tmp_path: Path) -> None:
    write_parquet(tmp_path / "sales.parquet", "select date '2025-01-31' as order_date, 2.5 as net_amount, 'x' as note")
    assert "the column account_id of sales is not in the file" in refusal(tmp_path)


def test_a_parquet_file_whose_days_are_all_empty_bars_nothing(tmp_path: Path) -> None:
    line = "'A' as account_id, 2.5 as net_amount"
    for year in (2024, 2025):
        write_parquet(tmp_path / f"sales/{year}.parquet", f"select date '{year}-01-31' as order_date, {line}")
    write_parquet(tmp_path / "sales/none.parquet", f"select null::date as order_date, {line}")
    write(tmp_path, book_toml="[policy]\nrefuse_share = 1\n")
    assert opened(tmp_path).tables["sales"] == [3, 2, 1]


def test_a_workbook_whose_sheet_is_gone_is_told_in_words(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "whole.xlsx", {"Sheet1": [["order_date"], ["2025-01-31"]]})
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "sales.xlsx", "w") as new:
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    whole.unlink()
    assert refusal(tmp_path) == "sales.xlsx, sheet Sheet1 is damaged. Save it anew. Nothing was changed."


def test_a_tax_as_high_as_the_amount_says_nothing(tmp_path: Path) -> None:
    lines = "".join(f"2025-01-{day:02},A,{10 * day}.00,{10 * day}.00\n" for day in range(1, 21))
    write(tmp_path, sales_csv=f"Date,Customer,Amount,Tax\n{lines}")
    with pytest.raises(IntakeError, match="Does Amount hold the tax in Tax"):
        loaded_book(tmp_path, today=TODAY)


def test_lines_without_a_rate_and_without_an_amount_are_counted(tmp_path: Path) -> None:
    write(
        tmp_path,
        book_toml='currency = "EUR"\n[policy]\nrefuse_share = 1\n',
        rates_csv="currency,day,rate\nUSD,2024-01-01,0.5\n",
        sales_csv="order_date,account_id,net_amount,currency\n2025-01-31,A,10,EUR\n2025-01-31,A,,GBP\n",
    )
    assert ("sales", "no rate", 1) in opened(tmp_path).findings
