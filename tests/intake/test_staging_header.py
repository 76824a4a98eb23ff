"""The names of columns are found where they stand, and data is never taken for names."""

import pytest

from kam.intake.header import Header, find_header


def found(text: str, table: str = "sales") -> Header:
    header = find_header([line.split(",") for line in text.strip("\n").split("\n")], table)
    assert header is not None
    return header


def test_names_in_the_first_row_stay_the_names() -> None:
    for text in (
        "a,b,c\nInvoice,Customer,Product\nOrder,Date,Net",
        "Beleg,Tag,Debitor,Ware\nR1,03.04.2025,A,P",
        "x,y\n1,2",
        "account_id\nInvoice\nCustomer",
        "net_amount,customer\nDate,Order\n",
    ):
        header = found(text)
        assert (header.start, header.end, header.above) == (0, 1, ())
        assert list(header.names) == text.split("\n")[0].split(",")


def test_titles_filters_and_blank_rows_above_are_skipped() -> None:
    header = found(
        "Sales by Customer Detail,,,\nNordic AG,,,\nJanuary 2025,,,\n,,,\n"
        ",Transaction date,Num,Quantity,Amount\nNorth,,,,\n,01/02/2025,1001,2,10.00"
    )

    assert header.start == 4
    assert header.names == ("", "Transaction date", "Num", "Quantity", "Amount")
    assert header.above == ("Sales by Customer Detail", "Nordic AG", "January 2025")


def test_a_filter_row_above_is_no_group_heading() -> None:
    header = found("Customer:,All,Period:,2025\nOrder,Date,Customer,Net\n1,2025-01-01,A,1")

    assert header.names == ("Order", "Date", "Customer", "Net")
    assert header.above == ("Customer: All Period: 2025",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Date,Customer,Net\n,,EUR\n2025-01-01,A,5", ("Date", "Customer", "Net EUR")),
        ("Date,Customer,Net,Qty\n,,(EUR),pcs\n2025-01-01,A,5,1", ("Date", "Customer", "Net (EUR)", "Qty pcs")),
        (
            "Invoice,Invoice,Customer,Net\nDate,No.,Name,EUR\n2025-01-01,1,A,5\n2025-01-01,1,A,5",
            ("Invoice Date", "Invoice No.", "Customer Name", "Net EUR"),
        ),
        (
            "Order,,Customer,,Amount\nDate,No,No,Name,Net\n2025-01-01,1,7,A,5",
            ("Order Date", "Order No", "Customer No", "Customer Name", "Amount Net"),
        ),
    ],
)
def test_names_in_two_rows_are_joined(text: str, names: tuple[str, ...]) -> None:
    header = found(text)

    assert header.names == names
    assert (header.start, header.end) == (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        "account_id,name,region,yearly_wallet\nA,North,EU,unknown\nB,South,EU,100",
        "Order ID,Date,Customer,Amount\n1,2025-13-31,A,two\n1,2025-01-31,A,2",
        "Order ID,Date,Customer,Amount\nX,n/a,A,free\nY,2025-01-31,A,2",
    ],
)
def test_a_first_line_of_data_with_bad_values_is_not_joined_to_the_names(text: str) -> None:
    assert found(text).end == 1


def test_a_register_is_found_by_its_own_words_even_with_two_columns() -> None:
    header = found("My customers\n\nKundennummer,Firma\nA,North\n", "accounts")

    assert (header.start, header.names) == (2, ("Kundennummer", "Firma"))


def test_names_in_persian_under_a_letterhead() -> None:
    header = found("شرکت پارس\nگزارش فروش\n\nشماره فاکتور,تاریخ فاکتور,نام مشتری,مبلغ کل (ریال)\n1,1404/01/01,x,100")

    assert header.names[0] == "شماره فاکتور"
    assert header.above == ("شرکت پارس", "گزارش فروش")


def test_blank_names_at_the_end_stay_only_over_values() -> None:
    assert found("order_id,net_amount,,\n1,2,,\n").names == ("order_id", "net_amount")
    assert found("order_id,net_amount,,\n1,2,x,\n").names == ("order_id", "net_amount", "")


def test_nothing_but_signs_is_no_header() -> None:
    assert find_header([["", "-"], [], ["---"]], "sales") is None
