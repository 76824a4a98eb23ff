"""The customer is who bought: not the ledger account, not the payer, not the word total, not half a number."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import Came, attempt, came, right_or_asked

FIRMS = {"Firm N": 900.0, "Firm S": 800.0, "Firm W": 800.0}


def ledger_lines(first: str = "Services", second: str = "Sales of Product Income") -> list[tuple]:
    """Return number, day, firm, product, ledger account, amount: three firms in turn, two ledger accounts in turn."""
    rows = []
    for number in range(25):
        firm = f"Firm {'NSW'[number % 3]}" if number < 24 else "Firm N"
        goods = number % 2 == 1 or number == 24
        day = DAYS[number % 5] if number < 24 else LAST
        rows.append((1000 + number, day, firm, "Widget" if goods else "Repair", second if goods else first, "100.00"))
    return rows


def names_the_other(book: Came | None, column: str) -> None:
    """Assert that a finding names the column that was not taken."""
    assert book is not None
    assert book.told(column), f"no finding names {column}"


def test_case_02_the_ledger_account_is_not_the_customer(tmp_path: Path) -> None:
    header = ("Date", "Transaction Type", "Invoice No", "Name", "Customer", "Product", "Account", "Qty", "Amount")
    rows = [
        (day, "Invoice", number, firm, firm, product, account, 1, amount)
        for number, day, firm, product, account, amount in ledger_lines()
    ]
    rows[-1] = (LAST, "Invoice", 1099, *rows[-1][3:])
    book = right_or_asked(put(tmp_path / "book/sales.csv", header, rows), FIRMS, choose="Customer")
    names_the_other(book, "Account")


OTHERS: dict[str, tuple[str, Sequence[str], list[tuple], str]] = {
    "German accounts of revenue": (
        "sales.csv",
        ("Beleg", "Datum", "Kunde", "Artikel", "Konto", "Betrag"),
        ledger_lines("8400", "8337"),
        "Kunde",
    ),
    "French, in a tab file": (
        "sales.tsv",
        ("Facture", "Date", "Client", "Article", "Compte", "Montant"),
        ledger_lines("706000", "707000"),
        "Client",
    ),
    "sold-to before payer": (
        "sales.xlsx",
        ("Bill.Doc.", "Billing Date", "Sold-to pt", "Material", "Payer", "Net value"),
        ledger_lines("Group A", "Group B"),
        "Sold-to",
    ),
    "Persian": (
        "sales.csv",
        ("شماره فاکتور", "تاریخ", "مشتری", "کالا", "حساب", "مبلغ"),
        ledger_lines("درآمد خدمات", "فروش کالا"),
        "مشتری",
    ),
}


@pytest.mark.parametrize(("file", "header", "rows", "customer"), OTHERS.values(), ids=OTHERS.keys())
def test_the_more_specific_name_is_the_customer(
    tmp_path: Path, file: str, header: Sequence[str], rows: list[tuple], customer: str
) -> None:
    book = right_or_asked(put(tmp_path / "book" / file, header, rows), FIRMS, choose=customer)
    names_the_other(book, header[4])


def test_an_account_is_the_customer_where_no_other_column_could_be(tmp_path: Path) -> None:
    header = ("Order", "Date", "Account", "Product", "Quantity", "Amount")
    assert came(put(tmp_path / "book/sales.csv", header, plain_lines())).revenue == {"N": 1100.0, "S": 1000.0}


def test_the_number_is_the_customer_and_the_name_its_name(tmp_path: Path) -> None:
    header = ("Invoice No", "Date", "Customer", "Customer No", "Item", "Quantity", "Amount")
    rows = [(*line[:2], f"Firm {line[2]}", f"10{'NS'.index(line[2])}", *line[3:]) for line in plain_lines()]
    book = right_or_asked(put(tmp_path / "book/sales.csv", header, rows), {"100": 1100.0, "101": 1000.0})
    assert book is not None
    assert book.names == {"100": "Firm N", "101": "Firm S"}


def test_two_numbers_of_one_name_are_told(tmp_path: Path) -> None:
    header = ("Invoice No", "Date", "Customer Name", "Customer ID", "Item", "Quantity", "Amount")
    rows = [(*line[:2], "Firm N" if line[2] != "W" else "Firm W", *line[2:]) for line in plain_lines(accounts="NSW")]
    book = came(put(tmp_path / "book/sales.csv", header, rows))
    assert set(book.revenue) == {"N", "S", "W"}
    assert book.told("Firm N")


def total_lines(word: str) -> list[tuple]:
    rows = [(number, DAYS[number % 5], "NSW"[number % 3], f"P{number % 2}", 2, "100.00") for number in range(30)]
    return [*rows, (word, "2026-05-31", word, word, 60, "3000.00")]


def total_is_no_customer(folder: Path, *, line: int) -> None:
    """Assert that the three customers have 1,000 each and nobody else anything, or that a warning names the line."""
    book = attempt(folder)
    if isinstance(book, Came) and len(book.revenue) > 3:
        assert book.told("total", str(line), severity="warning")
    else:
        right_or_asked(folder, {"N": 1000.0, "S": 1000.0, "W": 1000.0})


def test_case_10_the_total_line_filled_in(tmp_path: Path) -> None:
    total_is_no_customer(put(tmp_path / "book/sales.csv", PLAIN, total_lines("Total")), line=32)


WORDS = (
    "TOTAL",
    "Grand Total",
    "Summe",
    "Gesamt",
    "Gesamtsumme",
    "Total général",
    "Total geral",
    "Toplam",
    "Genel Toplam",
    "Totaal",
    "Totale",
    "Suma",
    "Итого",
    "جمع",
    "جمع کل",
    "المجموع",
    "合计",
    "Total:",
)


@pytest.mark.parametrize("word", WORDS)
def test_the_word_for_total_in_any_language(tmp_path: Path, word: str) -> None:
    total_is_no_customer(put(tmp_path / "book/sales.csv", PLAIN, total_lines(word)), line=32)


@pytest.mark.parametrize("file", ["sales.tsv", "sales.xlsx", "sales.csv.gz", "sales.parquet"])
def test_the_total_line_of_any_file(tmp_path: Path, file: str) -> None:
    rows = [(str(row[0]), *row[1:5], float(row[5])) for row in total_lines("Total")]
    total_is_no_customer(put(tmp_path / "book" / file, PLAIN, rows), line=32)


def test_a_total_line_with_the_other_cells_empty(tmp_path: Path) -> None:
    rows = [*total_lines("Total")[:-1], (None, None, "Total", None, None, "3000.00")]
    total_is_no_customer(put(tmp_path / "book/sales.csv", PLAIN, rows), line=32)


def test_a_total_line_at_the_top(tmp_path: Path) -> None:
    rows = total_lines("Total")
    total_is_no_customer(put(tmp_path / "book/sales.csv", PLAIN, [rows[-1], *rows[:-1]]), line=2)


def test_a_customer_called_total_is_a_customer(tmp_path: Path) -> None:
    rows = plain_lines(40, accounts=("Total", "N", "S", "W"))
    book = came(put(tmp_path / "book/sales.csv", PLAIN, rows))
    assert book.revenue == {"Total": 1100.0, "N": 1000.0, "S": 1000.0, "W": 1000.0}


def cut_ids(book: Came, *counts: int) -> None:
    """Assert that a warning counts the ids (or their lines) and says to export the column as text."""
    told = book.told("text", severity="warning")
    assert [each for each in told if each.count in counts], [each.check for each in book.findings]


def test_case_14_ids_in_scientific_notation(tmp_path: Path) -> None:
    rows = plain_lines(accounts=("4.01E+12", "5.2E+12"), last="x1")
    cut_ids(came(put(tmp_path / "book/sales.csv", PLAIN, rows)), 2, 21)


@pytest.mark.parametrize(("column", "file"), [(3, "sales.tsv"), (0, "sales.csv.gz"), (2, "sales.parquet")])
def test_cut_ids_of_orders_and_products(tmp_path: Path, column: int, file: str) -> None:
    rows = [[str(line[0]), *line[1:]] for line in plain_lines()]
    for number, row in enumerate(rows):
        row[column] = "6.12E+11" if number % 2 else "7.05E+11"
    cut_ids(came(put(tmp_path / "book" / file, PLAIN, rows)), 2, 21)


def test_cut_ids_with_a_decimal_comma(tmp_path: Path) -> None:
    header = ("Beleg", "Datum", "Kundennummer", "Artikel", "Menge", "Betrag")
    rows = [(*line[:5], "100,00") for line in plain_lines(accounts=("4,01E+12", "5,2E+12"))]
    cut_ids(came(put(tmp_path / "book/sales.csv", header, rows, mark=";")), 2, 21)


def test_long_numbers_of_a_workbook_stay_whole(tmp_path: Path) -> None:
    rows = [(*line[:2], 4_010_000_000_001 + number % 2, *line[3:5], 100.0) for number, line in enumerate(plain_lines())]
    book = came(put(tmp_path / "book/sales.xlsx", PLAIN, rows))
    assert book.revenue == {"4010000000001": 1100.0, "4010000000002": 1000.0}
    assert not book.told("text", severity="warning")
