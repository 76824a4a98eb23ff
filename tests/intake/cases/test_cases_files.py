"""No file is passed over in silence, no orders count twice unsaid, and one bad byte or row costs only itself."""

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


NAMES = ("Müller", "شرکت کالا")


def one_byte(names: tuple[str, str] = NAMES, bad: bytes = b"Caf\xe9", column: int = 2) -> bytes:
    """Return a UTF-8 file of 22 lines, one of them with a byte that is not."""
    lines = plain_lines(accounts=names)
    good = text(PLAIN, lines[:-1]).encode()
    cells = [b"98", b"2026-05-28", names[0].encode(), b"P1", b"1", b"10.00"]
    cells[column] = bad
    return good + b",".join(cells) + b"\n" + text(PLAIN, lines[-1:]).encode().split(b"\n", 1)[1]


def the_others_keep_their_names(book: Came, *names: str) -> None:
    shown = {*book.revenue, *book.names.values()}
    assert set(names) <= shown
    assert not any(sign in name for name in shown for sign in "ÃØ")
    assert [each for each in book.findings if each.count == 1 and "utf-8" in f"{each}".casefold()]


def test_case_09_one_wrong_byte(tmp_path: Path) -> None:
    book = came(write(tmp_path / "book", sales_csv=one_byte()))
    the_others_keep_their_names(book, *NAMES)
    assert (book.revenue["Müller"], book.revenue["شرکت کالا"]) == (1100.0, 1000.0)
    assert sum(book.revenue.values()) in (2100.0, 2110.0)


def test_one_wrong_byte_in_a_product_of_a_file_with_a_mark(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + one_byte(("Ångström", "Łódź"), b"Stra\xdfe", column=3)
    the_others_keep_their_names(came(write(tmp_path / "book", sales_csv=content)), "Ångström", "Łódź")


def test_one_wrong_byte_in_a_tab_file(tmp_path: Path) -> None:
    content = one_byte(("株式会社", "Müller"), b"D\x92Arc").replace(b",", b"\t")
    the_others_keep_their_names(came(write(tmp_path / "book", sales_tsv=content)), "株式会社", "Müller")


FRENCH = ("Facture", "Date", "Client", "Référence", "Quantité", "Montant")
POLISH = ("Faktura", "Data", "Klient", "Towar", "Ilość", "Wartość")
RUSSIAN = ("Номер", "Дата", "Клиент", "Товар", "Количество", "Сумма")
PERSIAN = ("شماره فاکتور", "تاريخ", "کد مشتري", "کد کالا", "تعداد", "مبلغ")
JAPANESE = ("番号", "日付", "得意先", "商品", "数量", "金額")
ENCODED = {
    "windows-1252": ("cp1252", FRENCH, ("Müller & Söhne", "Café Zoë")),
    "windows-1250": ("cp1250", POLISH, ("Łódź Żywiec", "Škoda Plzeň")),
    "windows-1251": ("cp1251", RUSSIAN, ("Ромашка", "Северное сияние")),
    "windows-1256": ("cp1256", PERSIAN, ("شرکت پارس", "بازرگاني کالا")),
    "shift-jis": ("shift_jis", JAPANESE, ("株式会社東京", "大阪商事")),
    "utf-16": ("utf-16", FRENCH, ("Müller", "شرکت")),
}


@pytest.mark.parametrize(("encoding", "header", "names"), ENCODED.values(), ids=ENCODED.keys())
def test_a_file_in_one_other_encoding_throughout(
    tmp_path: Path, encoding: str, header: tuple[str, ...], names: tuple[str, str]
) -> None:
    folder = put(tmp_path / "book/sales.csv", header, plain_lines(accounts=names), encoding=encoding)
    revenue = {name.replace("ي", "ی"): net for name, net in came(folder).revenue.items()}
    assert revenue == {names[0].replace("ي", "ی"): 1100.0, names[1].replace("ي", "ی"): 1000.0}


def test_a_guessed_encoding_is_told_with_names_and_can_be_declared(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("Müller", "Süd")), encoding="cp1252")
    assert came(folder).told("Müller")
    declared = came(write(folder, book_toml='[tables.sales]\nencoding = "windows-1250"\n'))
    assert set(declared.revenue) == {"Müller", "Süd"}


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
    content = marked(23).replace("sep=;", first).replace("7;2026-03-11;N;P1;1;100,00", "7;2026-03-11;N;P1;1;oops")
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
