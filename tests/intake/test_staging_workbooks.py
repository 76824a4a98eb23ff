"""Workbooks come in by the sheet that holds the table, each cell as text that keeps what it was."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.errors import IntakeError
from kam.intake.settings import TableSettings
from kam.intake.workbooks import number_text
from tests.intake.staged import staged
from tests.intake.workbook_files import Cell, ods, packed, xlsx, xlsx_with_a_stray_cell

HEADER: list[Cell] = ["Order ID", "Order Date", "Customer ID", "Amount"]
DAY = dt.date(2025, 1, 31)
LINES: list[list[Cell]] = [["1", DAY, "A", 10.5], ["2", DAY, "B", 1200.0]]


def test_cells_keep_what_they_are(tmp_path: Path) -> None:
    moment = dt.datetime(2025, 1, 31, 17, 9, 34)  # noqa: DTZ001 - a workbook knows no zones
    rows: list[list[Cell]] = [
        [*HEADER, "Paid", "At", "Ratio"],
        [4006381333931.0, DAY, "007", 1.234, True, moment, 0.1 + 0.2],
        [17850.0, DAY, "x", -1200.0, False, moment, 1e-7],
    ]
    found = staged(tmp_path, sales_xlsx=xlsx({"Sheet1": rows}))

    assert found.rows == [
        ("4006381333931", "2025-01-31", "007", "1.2340", "true", "2025-01-31 17:09:34", "0.3"),
        ("17850", "2025-01-31", "x", "-1200", "false", "2025-01-31 17:09:34", "0.0000001"),
    ]
    assert found.part.exact == {"Order ID", "Amount", "Ratio"}
    assert found.part.dated == {"Order Date", "At"}
    assert (found.part.file, found.part.kind, found.part.findings) == ("sales.xlsx", "text", ())


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_both_formats_tell_the_same(tmp_path: Path, suffix: str) -> None:
    sheets = {"Data": [HEADER, *LINES]}
    found = staged(tmp_path, files={f"sales.{suffix}": xlsx(sheets) if suffix == "xlsx" else ods(sheets)})

    assert found.rows == [("1", "2025-01-31", "A", "10.5"), ("2", "2025-01-31", "B", "1200")]
    assert found.part.exact == {"Amount"}
    assert found.part.dated == {"Order Date"}


def test_titles_blank_rows_and_columns_around_the_table(tmp_path: Path) -> None:
    indented = [[None, *row] for row in [HEADER, LINES[0], [None] * 4, LINES[1]]]
    found = staged(tmp_path, sales_xlsx=xlsx({"S": [[None], [None, "Sales 2025"], [None], *indented]}))

    assert found.part.names == HEADER
    assert found.part.above == ("Sales 2025",)
    assert found.lines == [5, 7], "rows of the sheet"
    assert found.said == {"empty rows": 1, "rows above the column names": 1}


def test_a_column_of_numbers_with_one_text_is_not_all_numbers(tmp_path: Path) -> None:
    found = staged(
        tmp_path, sales_xlsx=xlsx({"S": [HEADER, *LINES, ["Total", None, None, 1210.5], ["", "", "x", "?"]]})
    )

    assert found.part.exact == frozenset()
    assert found.part.dated == {"Order Date"}, "empty cells do not count"


def test_the_sheet_that_fits_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    book = xlsx(
        {"Notes": [["Dear reader"], ["see Sales"]], "Sales": [HEADER, *LINES], "Old": [HEADER, *LINES], "Empty": []},
        hidden=["Old"],
    )
    found = staged(tmp_path, sales_xlsx=book)

    assert found.part.file == "sales.xlsx, sheet Sales"
    assert {finding.check: finding.example for finding in found.part.findings} == {
        "sheets not read": "sales.xlsx: Notes",
        "hidden sheets not read": "sales.xlsx: Old",
    }


def test_sheets_with_the_same_names_are_all_taken(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_xlsx=xlsx({"Jan": [HEADER, LINES[0]], "Feb": [HEADER[::-1], LINES[1][::-1]]}))

    assert [part.file for part in found.parts] == ["sales.xlsx, sheet Jan", "sales.xlsx, sheet Feb"]
    assert [part.rows for part in found.parts] == [1, 1]


def test_the_sheet_that_is_named_is_taken_even_if_hidden(tmp_path: Path) -> None:
    book = xlsx({"Sales": [HEADER, *LINES], "Old": [HEADER, LINES[0]]}, hidden=["Old"])

    assert staged(tmp_path, settings=TableSettings(sheet="old"), sales_xlsx=book).part.rows == 1
    with pytest.raises(IntakeError, match=r"has no sheet 'New', which book\.toml names\. It has: Sales, Old"):
        staged(tmp_path, settings=TableSettings(sheet="New"), sales_xlsx=book)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 and nothing more", "damaged or no workbook"),
        (packed({"a.txt": "x"}), "damaged or no workbook"),
        (xlsx({"S": [HEADER]})[:-300], "damaged or no workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "damaged or no workbook"),
        (b"", "damaged or no workbook"),
        (xlsx({"S": []}), "no sheet holds column names"),
        (xlsx({"S": [HEADER]}, hidden=["S"]), "Its sheets S are hidden"),
        (b"<html><table><tr><td>Order", "a web page that is called a workbook"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said) as caught:
        staged(tmp_path, sales_xlsx=content)
    assert str(caught.value).startswith("sales.xlsx")
    assert str(caught.value).endswith("Nothing was changed.")


def test_text_that_is_called_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    content = "Order ID\tOrder Date\tCustomer ID\tAmount\n1\t2025-01-31\tA\t5\n".encode("utf-16")

    assert staged(tmp_path, sales_xls=content).rows == [("1", "2025-01-31", "A", "5")]
    assert staged(tmp_path, sales_csv=xlsx({"S": [HEADER, *LINES]})).part.rows == 2, "and the other way round"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e18, max_value=1e18))
def test_a_number_comes_back_from_its_text(number: float) -> None:
    text = number_text(number)

    assert float(text) == pytest.approx(number, rel=1e-14)
    assert set(text) <= set("-0123456789.")
    whole, _, decimals = text.lstrip("-").partition(".")
    assert not (len(decimals) == 3 and len(whole) <= 3), "1.234 could be one thousand and more"


def test_a_stray_cell_far_away_is_told_before_it_takes_all_memory(tmp_path: Path) -> None:
    near = staged(tmp_path, sales_xlsx=xlsx_with_a_stray_cell([HEADER, *LINES], "B5000"))
    assert near.part.rows == 3
    with pytest.raises(IntakeError, match=r"a cell far from the table.*Delete the columns and rows"):
        staged(tmp_path, sales_xlsx=xlsx_with_a_stray_cell([HEADER, *LINES], "XFD1048576"))
