"""Amounts and dates in the formats found in the wild are read for what they mean, or refused with the reason."""

import datetime as dt
from pathlib import Path

import pytest

from kam.base.errors import IntakeError
from tests.intake.folders import lines_of, many, opened, sales, write, write_parquet


def amounts(*written: str) -> str:
    """Write one sales line for each amount, each with an account of its own."""
    return sales(
        *(f"{number};2025-01-31;A{number};P;1;{amount}" for number, amount in enumerate(written)),
        header="order_id;order_date;account_id;product_id;quantity;net_amount",
    )


ONE_AMOUNT = {
    "1.234,56": 1234.56,
    "1,234.56": 1234.56,
    "1.234.567,8": 1234567.8,
    "12,34,567.80": 1234567.8,
    "(5.00)": -5.0,
    "5.00-": -5.0,
    "−5.00": -5.0,
    "+5.00": 5.0,
    "€ 1 234,50": 1234.5,
    "1 234,50 €": 1234.5,
    "-€5.25": -5.25,
    "1\u00a0234,50": 1234.5,
    "1\u202f234,50": 1234.5,
    "1'234.50": 1234.5,
    "1’234.50": 1234.5,
    "EUR 12.50": 12.5,
    "12.50EUR": 12.5,
    "CHF12.50": 12.5,
    "۱۲۳۴": 1234.0,
    "۱۲٫۵": 12.5,
    "۱٬۲۳۴٫۵": 1234.5,
    "٣٫٢٥": 3.25,
    ".5": 0.5,
    "0,5": 0.5,
    "5.": 5.0,
    "1e3": 1000.0,
    "1234567": 1234567.0,
    "0.00005": 0.0001,
    "1234,5": 1234.5,
}


def test_amounts_as_they_are_written(tmp_path: Path) -> None:
    for number, (written, value) in enumerate(ONE_AMOUNT.items()):
        assert opened(write(tmp_path / str(number), sales_csv=amounts(written))).net == {"A0": value}, written


NO_AMOUNTS = [
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "1e300",
    "1" + "0" * 300,
    "abc",
    "5 5",
    "5 1234",
    "10 mio",
    "1.2.3",
    "1,23,4.5",
    "--5",
    "(5",
    "=1+1",
    "0x10",
    "1_000",
    "٫",
]


def test_what_is_no_amount_is_refused(tmp_path: Path) -> None:
    lines = [f'{number},2025-01-31,A,P,1,"{written}"' for number, written in enumerate(NO_AMOUNTS)]
    book = opened(write(tmp_path, sales_csv=many(*lines, "1,2025-01-31,A,P,1,1.5", good=400)))
    assert [value for _, _, _, value, _ in book.refused] == [written[:200] for written in NO_AMOUNTS]
    assert {reason for *_, reason in book.refused} == {"is not a number"}
    assert book.net == {"A": 401.5}


def test_absent_and_too_large_amounts(tmp_path: Path) -> None:
    lines = [f"1,2025-01-31,A,P,1,{amount}" for amount in ("", "NULL", "2e14", "-200000000000000")]
    book = opened(write(tmp_path, sales_csv=many(*lines)))
    assert lines_of(book.refused) == [
        (102, "is missing"),
        (103, "is missing"),
        (104, "is not a number"),
        (105, "is not a number"),
    ]


def test_numbers_that_two_countries_read_differently_must_be_declared(tmp_path: Path) -> None:
    for written in ("1,234", "1.234"):
        with pytest.raises(IntakeError, match=f"{written} can be read in two ways.*decimal = .*Nothing was changed"):
            opened(write(tmp_path, sales_csv=amounts(written)))
    for mark, value in ((".", 1.234), (",", 1234.0)):
        write(tmp_path, sales_csv=amounts("1.234"), book_toml=f'[tables.sales]\ndecimal = "{mark}"\n')
        assert opened(tmp_path).net == {"A0": value}


def test_the_amounts_of_doubles(tmp_path: Path) -> None:
    values = "[1.5, 'nan', 'inf', '-inf', 1e300, null, 17.0]"
    write_parquet(
        tmp_path / "sales.parquet",
        "select i::double as order_id, timestamp '2025-01-31 23:59' as order_date, 17850.0::double as account_id,"
        f" 'P' as product_id, 1::double as quantity, ({values}::double[])[i] as net_amount from range(1, 8) t(i)",
    )
    write(tmp_path, book_toml="[policy]\nrefuse_share = 0.9\n")
    book = opened(tmp_path)
    assert book.net == {"17850": 18.5}
    assert lines_of(book.refused) == [
        (2, "is missing"),
        (3, "is not a number"),
        (4, "is not a number"),
        (5, "is not a number"),
        (6, "is missing"),
    ]


def dates(*written: str) -> str:
    """Write one sales line for each date."""
    header = "order_id;order_date;account_id;product_id;quantity;net_amount"
    return sales(*(f"{number};{day};A;P;1;1" for number, day in enumerate(written)), header=header)


ONE_DATE = [
    "2024-03-31",
    "31.03.2024",
    "31/3/2024",
    "3/31/2024",
    "31-03-24",
    "3/31/24",
    "20240331",
    "45382",
    "45382.75",
    "31 Mar 2024",
    "31-March-2024",
    "31-MAR-24",
    "March 31, 2024",
    "2024-03-31T23:30:00Z",
    "2024/03/31 00:00",
    "2024-03-31T23:30:00.123+03:30",
    "31.03.2024 23:59:59",
    "۲۰۲۴/۰۳/۳۱",
    " 2024-03-31 ",
]


def test_a_day_as_it_is_written(tmp_path: Path) -> None:
    for number, written in enumerate(ONE_DATE):
        book = opened(write(tmp_path / str(number), sales_csv=dates(written)))
        assert book.days == [("A", dt.date(2024, 3, 31))], written


def test_the_format_that_fits_most_lines_wins(tmp_path: Path) -> None:
    lines = [f"{day}/12/2024" for day in range(13, 32)] * 3 + ["12/31/2024", "2024-12-30"]
    book = opened(write(tmp_path, sales_csv=dates(*lines)))
    assert {day.month for _, day in book.days} == {12}
    assert [(line, value, reason) for _, line, _, value, reason in book.refused] == [
        (59, "12/31/2024", "is not a date"),
        (60, "2024-12-30", "is not a date"),
    ]
    assert book.columns["order_date"] == ("order_date", "same name", "d-m-y")


def test_lines_are_counted_not_days(tmp_path: Path) -> None:
    lines = ["31/12/2024"] * 60 + ["12/30/2024", "12/29/2024"]
    assert opened(write(tmp_path, sales_csv=dates(*lines))).days == [("A", dt.date(2024, 12, 31))]


@pytest.mark.parametrize("written", [("01/02/2024", "03/04/2024"), ("31/12/2024", "12/31/2024"), ("1-2-24",)])
def test_dates_that_can_be_read_two_ways_must_be_declared(tmp_path: Path, written: tuple[str, ...]) -> None:
    with pytest.raises(IntakeError, match=r"date_format = .*Nothing was changed"):
        opened(write(tmp_path, sales_csv=dates(*written)))


def test_a_declared_date_format_is_followed(tmp_path: Path) -> None:
    for number, (declared, month) in enumerate((("d-m-y", 2), ("m-d-y", 1))):
        book = f'[tables.sales]\ndate_format = "{declared}"\n'
        folder = write(tmp_path / str(number), sales_csv=dates("01/02/2024"), book_toml=book)
        assert opened(folder).days[0][1].month == month


def test_days_out_of_range(tmp_path: Path) -> None:
    lines = [
        f"1,{day},A,P,1,1" for day in ("1899-12-31", "2025-07-01", "2025-06-30", "2025-02-29", "0024-01-01", "2024")
    ]
    book = opened(write(tmp_path, sales_csv=many(*lines, good=200)))
    assert [(line, reason) for line, reason in lines_of(book.refused)] == [
        (202, "lies before 1900"),
        (203, "lies in the future"),
        (205, "is not a date"),
        (206, "lies before 1900"),
        (207, "is not a date"),
    ]


def test_dates_that_parquet_holds_as_numbers_and_with_a_time_zone(tmp_path: Path) -> None:
    line = "'1' as order_id, 'A' as account_id, 'P' as product_id, 1 as quantity, 1.0 as net_amount"
    kinds = [
        "20240331",
        "45382",
        "45382.9::double",
        "45382.9::decimal(9,2)",
        "timestamptz '2024-03-31 23:30:00+00'",
        "'2024-03-31T10:00:00'",
        "timestamp_ns '2024-03-31 23:59:59'",
    ]
    for number, kind in enumerate(kinds):
        write_parquet(tmp_path / str(number) / "sales.parquet", f"select {line}, {kind} as order_date")
        assert opened(tmp_path / str(number)).days == [("A", dt.date(2024, 3, 31))], kind


def test_the_currency_beside_the_amounts(tmp_path: Path) -> None:
    assert opened(write(tmp_path, sales_csv=amounts("€ 5,50", "6,50"))).currency == "EUR"
    with pytest.raises(IntakeError, match=r"more than one currency \(.*GBP.*EUR\).*Nothing was changed"):
        opened(write(tmp_path / "two", sales_csv=amounts("€ 5.50", "£6.50")))
    with pytest.raises(IntakeError, match=r"more than one currency \(USD, EUR\)"):
        opened(write(tmp_path / "declared", sales_csv=amounts("€ 5.50"), book_toml='currency = "USD"\n'))


def test_a_currency_column(tmp_path: Path) -> None:
    header = "order_id,order_date,account_id,product_id,quantity,net_amount,currency"
    line = "1,2025-01-31,A,P,1,1,"
    text = sales(line + "eur", line, line + "EUR ", header=header)
    assert opened(write(tmp_path, sales_csv=text)).currency == "EUR"
    with pytest.raises(IntakeError, match=r"more than one currency \(EUR, USD\)"):
        opened(write(tmp_path / "two", sales_csv=text + line + "USD\n"))


def test_amounts_are_worked_out_from_the_unit_price(tmp_path: Path) -> None:
    header = "InvoiceNo,InvoiceDate,CustomerID,StockCode,Quantity,Price"
    text = sales("1,12/31/2024 8:26,17850.0,85123A,6,2.55", "2,1/30/2024 8:26,17850,85123A,-2,2.55", header=header)
    book = opened(write(tmp_path, sales_csv=text))
    assert book.net == {"17850": 10.2}
    assert book.columns["net_amount"][:2] == ("quantity × Price", "worked out")
    assert ("sales", "amounts worked out", 0) in book.findings


def test_flags_shares_whole_numbers_and_choices(tmp_path: Path) -> None:
    write(
        tmp_path,
        sales_csv=many(),
        risks_csv="account_id,title,probability,impact,status\nA,x,50%,0.25,Open\nA,y,5 %,1,closed\n",
        referrals_csv="account_id,referred_on,won\nA,2025-01-31,Yes\nA,2025-01-31,nein\nA,2025-01-31,\n",
        surveys_csv="account_id,survey_date,nps\nA,2025-01-31,9\nA,2025-01-31,10.0\nA,2025-01-31,\n",
    )
    book = opened(tmp_path)
    assert book.tables["risks"] == [2, 2, 0]
    assert book.tables["referrals"] == [3, 3, 0]
    assert book.tables["surveys"] == [3, 3, 0]
