"""Text files of every make come in: each record is staged, is named as malformed with its line, or is no record."""

from pathlib import Path

import pytest

from kam.base.errors import IntakeError
from kam.intake.finding import Finding
from tests.intake.staged import staged

HEADER = "order_id,order_date,account_id,net_amount"


def text(*lines: str, header: str = HEADER, end: str = "\n") -> str:
    return end.join([header, *lines]) + end


def test_a_regular_file(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=text("1,2025-01-31,A,10.50", '2,2025-01-31,"B, Ltd",'))

    assert found.rows == [("1", "2025-01-31", "A", "10.50"), ("2", "2025-01-31", "B, Ltd", None)]
    assert found.part.columns[0] == ("order_id", "VARCHAR")
    assert (found.part.file, found.part.kind, found.part.rows) == ("sales.csv", "text", 2)
    assert (found.part.malformed, found.part.findings, found.part.above, found.short) == ((), (), (), [[]])


def test_records_with_fewer_cells_are_staged_and_marked(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=text("1,2025-01-31,A,1", "", "North", '2,2025-01-31,"B\nC"', "3,2025-01-31,,"))

    assert found.rows == [
        ("1", "2025-01-31", "A", "1"),
        ("North", None, None, None),
        ("2", "2025-01-31", "B\nC", None),
        ("3", "2025-01-31", None, None),
    ]
    assert found.short == [[2, 3]]
    assert found.lines == [2, 4, 5, 7]


def test_empty_cells_beyond_the_names_are_let_go_and_filled_ones_are_too_many(tmp_path: Path) -> None:
    found = staged(
        tmp_path, sales_csv=text("1,2025-01-31,A,1,,,", "2,2025-01-31,A,1", "3,2025-01-31,A,1,,x", "4,2025-01-31,A,1,")
    )

    assert [row[0] for row in found.rows] == ["1", "2", "4"]
    assert found.lines == [2, 3, 5]
    assert found.part.malformed == ((4, "3,2025-01-31,A,1,,x", "too many columns"),)
    assert found.short == [[]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_broken_quotes_are_told_with_their_lines_and_others_keep_theirs(tmp_path: Path, end: str) -> None:
    lines = ["1,2025-01-31,A,1", '2,2025-01-31,"A"x,1', "3,2025-01-31,A,1", "", '4,"2025-01-31"y,A,1', "5,,A,1"]
    found = staged(tmp_path, sales_csv=text(*lines, end=end))

    reason = "quotes that do not enclose a whole value"
    assert found.part.malformed == ((3, lines[1], reason), (6, lines[4], reason))
    assert [row[0] for row in found.rows] == ["1", "3", "5"]
    assert found.numbers == [1, 3, 5]
    assert found.lines == [2, 4, 7]


def test_hundreds_of_broken_records_leave_the_others_on_their_lines(tmp_path: Path) -> None:
    lines = [f'{n},2025-01-31,"A"x,1' if n % 3 == 0 or n % 7 == 0 else f"{n},2025-01-31,A,1" for n in range(900)]
    found = staged(tmp_path, sales_csv=text(*lines))

    assert {int(row[0] or -1): line for row, line in zip(found.rows, found.lines, strict=True)} == {
        n: n + 2 for n in range(900) if n % 3 and n % 7
    }


def test_empty_records_are_no_records_but_are_counted(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=text("1,2025-01-31,A,1", ",,,", " , ,,\u00a0", "2,2025-01-31,A,1", ",", ",,,"))

    assert [row[0] for row in found.rows] == ["1", "2"]
    assert found.lines == [2, 5]
    assert found.said == {"empty rows": 4}


def test_names_that_stand_again_further_down_are_left_out(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=text("1,2025-01-31,A,1", HEADER, "2,2025-01-31,A,1"))

    assert [row[0] for row in found.rows] == ["1", "2"]
    assert found.said == {"repeated column names": 1}


def test_the_separator_that_excel_writes_first_decides(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv="sep=;\r\na,b;order_date;net_amount\r\nA;2025-01-31;1,5\r\n")

    assert found.part.names == ["a,b", "order_date", "net_amount"]
    assert found.rows == [("A", "2025-01-31", "1,5")]
    assert found.lines == [3]


def test_a_list_with_lines_drawn_around_it(tmp_path: Path) -> None:
    found = staged(
        tmp_path,
        sales_txt=(
            "31.01.2025                Billing documents                  1\n"
            "\n"
            "---------------------------------------------------\n"
            "| Bill.Doc. |Billing Date|Sold-to pt|   Net value |\n"
            "|-----------|------------|----------|-------------|\n"
            "| 90001     | 31.01.2025 | 1001     |    1.200,50 |\n"
            '| 90002     | 31.01.2025 | 5" pipe  |      100,00-|\n'
            "---------------------------------------------------\n"
        ),
    )

    assert found.part.names == ["Bill.Doc.", "Billing Date", "Sold-to pt", "Net value"]
    assert found.rows == [("90001", "31.01.2025", "1001", "1.200,50"), ("90002", "31.01.2025", '5" pipe', "100,00-")]
    assert found.lines == [6, 7]
    assert found.part.above == ("31.01.2025                Billing documents                  1",)


def test_title_rows_are_skipped_and_named_and_lines_stay_exact(tmp_path: Path) -> None:
    found = staged(
        tmp_path,
        sales_csv='"Nord AG, Sales"\nPeriod:,2025\n\nDate,Customer,Product,Amount\n2025-01-31,A,P,1\n2025-01-30,B,P,2',
    )

    assert found.part.names == ["Date", "Customer", "Product", "Amount"]
    assert found.part.above == ("Nord AG, Sales", "Period: 2025")
    assert found.lines == [5, 6]
    assert found.said == {"rows above the column names": 2}


def test_a_file_of_unknown_names_is_read_from_its_first_record(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv="foo,bar,baz\nInvoice,Customer,Product\nOrder,Date,Amount\n")

    assert found.part.names == ["foo", "bar", "baz"]
    assert found.part.rows == 2


def test_columns_without_a_name(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=",order_id,,net_amount,\nx,1,,5,\ny,2,,6,\n")

    assert found.part.names == ["column 1", "order_id", "net_amount"]
    assert found.rows == [("x", "1", "5"), ("y", "2", "6")]


def test_an_endless_text_is_cut_and_counted(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=text(f"1,2025-01-31,{'é' * 20_000},1", f"2,2025-01-31,{'é' * 9_000},1"))

    assert [len(row[2] or "") for row in found.rows] == [10_001, 9_000]
    assert (found.rows[0][2] or "").endswith("é…")
    assert found.said == {"cut texts": 1}


def test_three_thousand_equal_names(tmp_path: Path) -> None:
    found = staged(tmp_path, sales_csv=",".join(["net"] * 3000) + "\n" + ",".join("1" * 3000) + "\n")

    assert len(set(found.part.names)) == 3000


def test_parts_may_have_different_names(tmp_path: Path) -> None:
    found = staged(tmp_path, sales__a_csv=text("1,2025-01-31,A,1"), sales__b_csv="Datum;Kunde;Betrag\n31.1.25;B;2\n")

    assert [part.names for part in found.parts] == [HEADER.split(","), ["Datum", "Kunde", "Betrag"]]
    assert [part.file for part in found.parts] == ["sales/a.csv", "sales/b.csv"]


def test_an_exact_copy_is_left_out_and_told(tmp_path: Path) -> None:
    found = staged(tmp_path, sales__a_csv=text("1,,A,1"), sales__b_csv=text("2,,A,1"), sales__copy_csv=text("1,,A,1"))

    assert [part.file for part in found.parts] == ["sales/a.csv", "sales/b.csv"]
    assert found.parts[0].findings == (
        Finding(
            "sales",
            "exact copy of a file",
            "warning",
            1,
            "sales/copy.csv: the same bytes as sales/a.csv",
            "nothing: the second is left out. Remove it",
        ),
    )


def test_a_register_is_looked_for_by_its_own_words(tmp_path: Path) -> None:
    found = staged(tmp_path, "accounts", accounts_csv="Our customers\n\nKundennummer,Firma\nInvoice,Date\nA,North\n")

    assert found.part.names == ["Kundennummer", "Firma"]
    assert found.part.rows == 2


def test_an_open_quote_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"sales.csv, line 3: a quote is opened and never closed"):
        staged(tmp_path, sales_csv=text("1,2025-01-31,A,1", '2,2025-01-31,"B,1', *["3,2025-01-31,A,1"] * 5))
