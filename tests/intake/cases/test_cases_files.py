"""No file is passed over in silence, no orders count twice unsaid, and one bad row costs only itself."""

import io
import shutil
from pathlib import Path

import pytest

from kam.check import check
from kam.intake.load import LoadError
from tests.intake.cases.exports import PLAIN, plain_lines, put, text
from tests.intake.cases.outcome import TODAY, Came, came
from tests.intake.cases.workbook import write_xlsx
from tests.intake.folders import write

RIGHT = {"N": 1100.0, "S": 1000.0}
REGISTER = "account_id,name\nN,North\nS,South\n"


def test_case_07_files_beside_the_sales_are_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(last="x1"))
    put(folder / "sales 2025.csv", PLAIN, [("900", "2025-03-03", "N", "P1", 1, "5000.00")])
    write(folder, customers_csv=REGISTER)
    book = came(folder)
    assert book.revenue == RIGHT
    assert book.told("sales 2025.csv")
    assert book.told("customers.csv")
    out = io.StringIO()
    check(folder, out=out, today=TODAY)
    assert "sales 2025.csv" in out.getvalue()
    assert "customers.csv" in out.getvalue()


def test_workbooks_and_zipped_files_beside_the_sales_are_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.tsv", PLAIN, plain_lines())
    put(folder / "Umsatz 2025.xlsx", PLAIN, plain_lines(5))
    put(folder / "old.csv.gz", PLAIN, plain_lines(5))
    put(folder / "older/kunden.ods", ("Kundennummer", "Name"), [("N", "Nord"), ("S", "Süd")])
    book = came(folder)
    assert book.revenue == RIGHT
    assert all(book.told(name) for name in ("Umsatz 2025.xlsx", "old.csv.gz", "kunden.ods"))


def test_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales/2026.csv", PLAIN, plain_lines())
    write(folder.parent, report_pdf=b"%PDF-1.4", prices_json="{}")
    put(folder.parent / "sales 2025.csv", PLAIN, plain_lines(5))
    book = came(folder.parent)
    assert book.revenue == RIGHT
    assert all(book.told(name) for name in ("report.pdf", "prices.json", "sales 2025.csv"))


def test_files_that_a_table_or_a_query_reads_are_not_called_unread(tmp_path: Path) -> None:
    folder = write(tmp_path / "book", orders_csv=text(PLAIN, plain_lines()), accounts_csv=REGISTER)
    book = came(write(folder, sales_sql="select * from 'orders.csv'"))
    assert book.revenue == RIGHT
    assert not book.told("orders.csv", "not read")
    assert not book.told("accounts.csv", "not read")


PLANS = "plan_id,account_id,name,starts_on,ends_on\np1,N,Grow,2026-01-01,2026-12-31\n"
STEPS = "milestone_id,plan_id,title,baseline_on\nm1,p1,Kick-off,2026-02-02\nm2,p1,Workshop,\nm3,p1,Review,2026-06-30\n"


def test_case_12_one_bad_row_in_a_small_table(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(last="x1"))
    book = came(write(folder, plans_csv=PLANS, milestones_csv=STEPS))
    assert book.tables["milestones"] == (3, 2, 1)
    assert [(file, line, column) for file, line, column, _ in book.refused] == [("milestones.csv", 3, "baseline_on")]
    assert book.refused[0][3]


@pytest.mark.parametrize("file", ["contacts.csv", "contacts.tsv", "contacts.xlsx"])
def test_one_bad_row_of_any_register(tmp_path: Path, file: str) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    rows = [("c1", "N", "Ada", 3), ("c2", None, "Bo", 2), ("c3", "S", "Cy", 9), ("c4", "S", "Di", 5)]
    book = came(put(folder / file, ("contact_id", "account_id", "name", "influence"), rows))
    assert book.tables["contacts"] == (4, 2, 2)
    assert [(line, column) for _, line, column, _ in book.refused] == [(3, "account_id"), (4, "influence")]


def test_a_register_of_bad_rows_alone_bars_no_book(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines())
    book = came(write(folder, touches_csv="touch_id,account_id,touch_date\nt1,N,soon\nt2,S,later\n"))
    assert (book.revenue, book.tables["touches"]) == (RIGHT, (2, 0, 2))


def test_sales_with_many_bad_rows_are_barred_still(tmp_path: Path) -> None:
    rows = [(*line[:5], "free") if number < 12 else line for number, line in enumerate(plain_lines(40))]
    with pytest.raises(LoadError, match="refused"):
        came(put(tmp_path / "book/sales.csv", PLAIN, rows))


def test_case_18_the_same_month_in_two_files(tmp_path: Path) -> None:
    put(tmp_path / "book/sales/q1.csv", PLAIN, plain_lines())
    put(tmp_path / "book/sales/h1.csv", PLAIN, plain_lines(amount="100.0"))
    twice(came(tmp_path / "book"), "q1.csv", "h1.csv")


def twice(book: Came, first: str, second: str, *, orders: int = 21, money: float = 2100.0) -> None:
    """Assert a warning that names both files, the orders and the money that stands twice."""
    told = book.told(first, second, severity="warning")
    assert [each for each in told if each.count == orders], [each.check for each in book.findings]
    assert [each for each in told if each.money == money or f"{money:,.0f}" in each.example + each.weakens]


def test_the_same_orders_in_a_text_and_a_workbook(tmp_path: Path) -> None:
    put(tmp_path / "book/sales/2026.csv", PLAIN, plain_lines())
    put(tmp_path / "book/sales/2026.xlsx", PLAIN, [(str(line[0]), *line[1:5], 100.0) for line in plain_lines()])
    twice(came(tmp_path / "book"), "2026.csv", "2026.xlsx")


def test_the_same_orders_with_other_dates_marks_and_order_of_lines(tmp_path: Path) -> None:
    put(tmp_path / "book/sales/a.csv", PLAIN, plain_lines())
    other = [
        (line[0], ".".join(reversed(line[1].split("-"))), *line[2:5], "100,00") for line in reversed(plain_lines())
    ]
    put(tmp_path / "book/sales/b.csv", PLAIN, other, mark=";")
    twice(came(tmp_path / "book"), "a.csv", "b.csv")


def test_some_orders_of_two_months_that_overlap(tmp_path: Path) -> None:
    lines = plain_lines()
    put(tmp_path / "book/sales/a.csv", PLAIN, lines[:14])
    put(tmp_path / "book/sales/b.csv", PLAIN, [(*line[:5], "100.0") for line in lines[10:]])
    twice(came(tmp_path / "book"), "a.csv", "b.csv", orders=4, money=400.0)


def test_equal_lines_of_other_orders_are_not_the_same_orders(tmp_path: Path) -> None:
    put(tmp_path / "book/sales/a.csv", PLAIN, plain_lines())
    put(tmp_path / "book/sales/b.csv", PLAIN, [(f"b{line[0]}", *line[1:]) for line in plain_lines()])
    book = came(tmp_path / "book")
    assert book.revenue == {"N": 2200.0, "S": 2000.0}
    assert not book.told("a.csv", "b.csv", severity="warning")


def test_an_exact_copy_is_left_out_and_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales/q1.csv", PLAIN, plain_lines())
    shutil.copy(folder / "q1.csv", folder / "copy of q1.csv")
    book = came(tmp_path / "book")
    assert book.revenue == RIGHT
    assert book.told("q1.csv", "copy of q1.csv", severity="warning")


def test_sheets_of_a_workbook_with_the_same_orders(tmp_path: Path) -> None:
    rows = [list(PLAIN), *[[str(line[0]), *line[1:5], 100.0] for line in plain_lines()]]
    write_xlsx(tmp_path / "book/sales.xlsx", {"Jan-May": rows, "May": [rows[0], rows[-1]]})
    book = came(tmp_path / "book")
    assert book.revenue == RIGHT or book.told("May", severity="warning")


def marked(count: int = 21) -> str:
    lines = [(*line[:5], "100,00") for line in plain_lines(count - 1, accounts=("N",))]
    return "sep=;\n" + text(PLAIN, lines, mark=";")


def test_case_19_the_separator_line_of_excel(tmp_path: Path) -> None:
    assert came(write(tmp_path / "book", sales_csv=marked())).revenue == {"N": 2100.0}


@pytest.mark.parametrize(("first", "mark"), [("sep=;", ";"), ("SEP=|", "|"), ('"sep=;"', ";"), ("sep=\t", "\t")])
def test_lines_are_counted_from_the_separator_line(tmp_path: Path, first: str, mark: str) -> None:
    content = marked(23).replace("sep=;", first).replace("\n7;2026-03-11;N;P1;1;100,00", "\n7;2026-03-11;N;P1;1;oops")
    lines = content.splitlines()
    body = "\r\n".join([lines[0], *(line.replace(";", mark) for line in lines[1:])])
    book = came(write(tmp_path / "book", sales_csv=body.encode("utf-8-sig")))
    assert book.revenue == {"N": 2200.0}
    assert [(line, column) for _, line, column, _ in book.refused] == [(10, "net_amount")]


def empties(book: Came, right: dict[str, float]) -> None:
    """Assert that 21 rows were read and taken in, none was refused, and the money is right."""
    assert book.tables["sales"] == (21, 21, 0)
    assert book.revenue == right


def test_case_20_empty_rows_at_the_end(tmp_path: Path) -> None:
    content = text(PLAIN, plain_lines(accounts=("N",))) + ",,,,,\n" * 6
    empties(came(write(tmp_path / "book", sales_csv=content)), {"N": 2100.0})


@pytest.mark.parametrize("empty", [";;;;;\n", ";;;\n", '"";"";"";"";"";""\n', " ; ;\t; ; ; \n", "\n", ";;;;;;;;\n"])
def test_empty_rows_anywhere(tmp_path: Path, empty: str) -> None:
    lines = text(PLAIN, [(*line[:5], "100,00") for line in plain_lines()], mark=";").splitlines(keepends=True)
    content = "".join([*lines[:9], empty * 4, *lines[9:], empty * 3])
    empties(came(write(tmp_path / "book", sales_csv=content)), RIGHT)


@pytest.mark.parametrize("file", ["sales.xlsx", "sales.ods", "sales.tsv"])
def test_empty_rows_of_any_file(tmp_path: Path, file: str) -> None:
    nothing = (None,) * 6
    rows = [(*line[:5], 100.0) for line in plain_lines()]
    rows = [*rows[:5], nothing, *rows[5:], nothing, nothing, (" ",) * 6]
    empties(came(put(tmp_path / "book" / file, PLAIN, rows)), RIGHT)


def test_a_line_after_empty_rows_is_still_named_by_its_line(tmp_path: Path) -> None:
    lines = text(PLAIN, plain_lines(30)).splitlines(keepends=True)
    content = "".join([*lines[:5], ",,,,,\n" * 3, "bad,2026-05-12,N,P1,1,oops\n", *lines[5:]])
    book = came(write(tmp_path / "book", sales_csv=content))
    assert [(line, column) for _, line, column, _ in book.refused] == [(9, "net_amount")]
