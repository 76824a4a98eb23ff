"""Titles, headings, totals, footers and rulers are no sales: left out, and a total is held against the lines."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, put, text
from tests.intake.cases.outcome import Came, came
from tests.intake.cases.workbook import write_ods, write_xlsx
from tests.intake.folders import write

HEADER = ("Order", "Date", "Customer", "Product", "Quantity", "Amount")
RIGHT = {"Nord": 600.0, "Süd": 500.0, "West": 500.0}


def lines() -> list[tuple]:
    """Return 16 lines of 100 each, sorted by customer."""
    rows = [(f"O{n}", DAYS[n % 5], ("Nord", "Süd", "West")[n % 3], f"P{n % 2}", 2, "100.00") for n in range(15)]
    return sorted([*rows, ("O99", LAST, "Nord", "P0", 2, "100.00")], key=lambda row: row[2])


def grouped() -> dict[str, list[tuple]]:
    return {who: [row for row in lines() if row[2] == who] for who in RIGHT}


def only_lines(book: Came) -> None:
    """Assert that the sixteen lines came in, nothing else did, and nothing was refused for being no line."""
    assert book.revenue == RIGHT
    assert book.tables["sales"][1:] == (16, 0)
    assert book.refused == []


def the_total_is_told(book: Came, total: str = "1,600") -> None:
    assert book.told("total", total), [each.check for each in book.findings]


SUBTOTALS: dict[str, tuple[str, str]] = {
    "English": ("Total for {}", "Grand Total"),
    "English, short": ("Subtotal", "TOTAL"),
    "Turkish": ("{} Toplamı", "Genel Toplam"),
    "French": ("Sous-total {}", "Total général"),
    "Persian": ("جمع {}", "جمع کل"),
    "Portuguese": ("Total de {}", "Total geral"),
    "Spanish": ("Total {}", "Total general"),
    "German": ("Zwischensumme {}", "Gesamtsumme"),
    "Italian": ("Totale {}", "Totale complessivo"),
}


@pytest.mark.parametrize(("one", "every"), SUBTOTALS.values(), ids=SUBTOTALS.keys())
@pytest.mark.parametrize("place", [0, 2])
def test_a_subtotal_for_each_customer_and_a_total(tmp_path: Path, one: str, every: str, place: int) -> None:
    def total(word: str, of: Sequence[tuple]) -> list[object]:
        row: list[object] = [None] * 4 + [2 * len(of), f"{100 * len(of)}.00"]
        row[place] = word
        return row

    rows: list[Sequence[object]] = []
    for who, of in grouped().items():
        rows += [*of, total(one.format(who), of)]
    book = came(put(tmp_path / "book/sales.csv", HEADER, [*rows, total(every, lines())]))
    only_lines(book)
    the_total_is_told(book)


def test_the_files_own_total_that_differs_is_told_with_the_difference(tmp_path: Path) -> None:
    rows = [*lines(), ("Total", None, None, None, None, "1,650.00")]
    book = came(put(tmp_path / "book/sales.csv", HEADER, rows))
    only_lines(book)
    told = [each for each in book.findings if "total" in each.check]
    assert [each for each in told if "1,650" in each.example + each.weakens or each.money == 50.0]
    assert {each.severity for each in told} == {"warning"}


def test_a_total_of_several_columns_below_an_empty_row(tmp_path: Path) -> None:
    rows = [*lines(), (None,) * 6, (None, None, None, "Summe", 32, "1600.00")]
    book = came(put(tmp_path / "book/sales.tsv", HEADER, rows))
    only_lines(book)
    the_total_is_told(book)


FOOTERS: dict[str, list[str]] = {
    "Salesforce": [
        "",
        "Grand Totals (16 records)",
        "",
        "Confidential Information - Do Not Distribute",
        "Copyright © 2000-2026",
    ],
    "a page and a day": ["Page 1 of 1", "Printed on 29/05/2026 14:05"],
    "QuickBooks": ["", "", "Accrual Basis  Friday, May 29, 2026 04:10 PM GMT+03:30"],
    "a count": ["(16 rows affected)"],
    "Persian": ["صفحه ۱ از ۱", "تاریخ چاپ: ۱۴۰۵/۰۳/۰۸"],
}


@pytest.mark.parametrize("footer", FOOTERS.values(), ids=FOOTERS.keys())
def test_what_stands_below_the_lines_is_no_line(tmp_path: Path, footer: list[str]) -> None:
    content = text(HEADER, lines()) + "".join(f'"{row}"\n' if "," in row else f"{row}\n" for row in footer)
    only_lines(came(write(tmp_path / "book", sales_csv=content)))


def test_titles_above_the_header(tmp_path: Path) -> None:
    above = "Acme Trading Ltd\nSales by customer\nFrom 1 January 2026 to 31 May 2026\n\n"
    book = came(write(tmp_path / "book", sales_csv=above + text(HEADER, lines())))
    only_lines(book)
    assert book.told("Acme Trading Ltd") or book.told("Sales by customer")


def test_a_header_in_two_rows(tmp_path: Path) -> None:
    upper = ("Order", "Order", "Customer", "Product", "Quantity", "Amount")
    lower = ("No.", "Date", "", "", "pcs", "net")
    only_lines(came(put(tmp_path / "book/sales.csv", upper, [lower, *lines()])))


@pytest.mark.parametrize("file", ["sales.csv", "sales.xlsx"])
def test_a_header_repeated_midway(tmp_path: Path, file: str) -> None:
    rows = lines()
    only_lines(came(put(tmp_path / "book" / file, HEADER, [*rows[:7], HEADER, *rows[7:12], HEADER, *rows[12:]])))


def test_a_heading_row_names_the_customer_of_the_lines_below(tmp_path: Path) -> None:
    header = ("", "Transaction date", "Num", "Product", "Quantity", "Amount")
    rows: list[Sequence[object]] = []
    for who, of in grouped().items():
        rows += [(who, None, None, None, None, None)]
        rows += [(None, day, number, product, quantity, amount) for number, day, _, product, quantity, amount in of]
        rows += [(f"Total for {who}", None, None, None, 2 * len(of), f"{100 * len(of)}.00")]
    rows += [("TOTAL", None, None, None, 32, "1,600.00")]
    book = came(put(tmp_path / "book/sales.csv", header, rows))
    only_lines(book)
    the_total_is_told(book)


def test_a_heading_row_in_german_under_titles_of_a_workbook(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [["Umsätze nach Kunde"], ["Januar bis Mai 2026"], []]
    rows += [["Kunde", "Beleg", "Datum", "Artikel", "Menge", "Betrag"]]
    for who, of in grouped().items():
        rows += [[who]]
        rows += [[None, number, day, product, quantity, 100.0] for number, day, _, product, quantity, _ in of]
        rows += [[f"Summe {who}", None, None, None, 2 * len(of), 100.0 * len(of)]]
    only_lines(came(write_xlsx(tmp_path / "book/sales.xlsx", {"Bericht": rows}).parent))


def test_groups_of_odoo(tmp_path: Path) -> None:
    header = ("Customer", "Number", "Invoice Date", "Product", "Quantity", "Untaxed Amount")
    rows: list[Sequence[object]] = []
    for who, of in grouped().items():
        rows += [(f"{who} ({len(of)})", None, None, None, 2.0 * len(of), 100.0 * len(of))]
        rows += [(f"    {who}", number, day, product, 2.0, 100.0) for number, day, _, product, *_ in of]
    only_lines(came(put(tmp_path / "book/sales.xlsx", header, rows)))


def test_nested_groups_of_odoo(tmp_path: Path) -> None:
    header = ("Customer", "Number", "Invoice Date", "Product", "Quantity", "Untaxed Amount")
    rows: list[Sequence[object]] = [("All (16)", None, None, None, 32.0, 1600.0)]
    for who, of in grouped().items():
        rows += [(f"    {who} ({len(of)})", None, None, None, 2.0 * len(of), 100.0 * len(of))]
        rows += [(f"        {who}", number, day, product, 2.0, 100.0) for number, day, _, product, *_ in of]
    only_lines(came(put(tmp_path / "book/sales.csv", header, rows)))


def test_rulers_and_edges_of_a_list(tmp_path: Path) -> None:
    ruler = "-" * 80
    rows = "\n".join("| " + " | ".join(f"{cell!s:<12}" for cell in row) + " |" for row in lines())
    head = "| " + " | ".join(f"{name:<12}" for name in HEADER) + " |"
    content = f"{ruler}\n{head}\n{ruler}\n{rows}\n{ruler}\n"
    only_lines(came(write(tmp_path / "book", sales_txt=content)))


def test_rulers_between_groups_and_an_amount_with_its_minus_behind(tmp_path: Path) -> None:
    ruler = "|" + "-" * 78 + "|"
    rows = [(*row[:5], "100.00-") if row[0] == "O3" else row for row in lines()]
    body = [f"|{'|'.join(str(cell) for cell in row)}|" for row in rows]
    total = "|*|||||1,400.00|"
    content = "\n".join([ruler, f"|{'|'.join(HEADER)}|", ruler, *body[:9], ruler, *body[9:], ruler, total, ruler])
    book = came(write(tmp_path / "book", sales_txt=content))
    assert book.revenue == {**RIGHT, "Nord": 400.0}
    assert book.refused == []


def order_of_three() -> list[tuple]:
    """Return orders of several lines, with date, customer and number on the first line of each alone."""
    rows: list[tuple] = []
    for n in range(10):
        first = (f"O{n}", DAYS[n % 5], ("Nord", "Süd")[n % 2])
        rows += [(*(first if line == 0 else (None, None, None)), f"P{line}", 1, f"{10 + line}.00") for line in range(3)]
    return rows


@pytest.mark.parametrize("file", ["sales.csv", "sales.tsv", "sales.xlsx", "sales.ods"])
def test_order_columns_on_the_first_line_hold_for_the_lines_below(tmp_path: Path, file: str) -> None:
    book = came(put(tmp_path / "book" / file, HEADER, order_of_three()))
    assert book.revenue == {"Nord": 165.0, "Süd": 165.0}
    assert book.tables["sales"][1:] == (30, 0)


def test_columns_to_carry_down_can_be_declared(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, order_of_three())
    book = came(write(folder, book_toml='[tables.sales]\ncarry_down = ["Order", "Date", "Customer"]\n'))
    assert book.revenue == {"Nord": 165.0, "Süd": 165.0}


def test_a_customer_missing_on_a_line_of_an_own_order_is_not_carried_down(tmp_path: Path) -> None:
    rows = [list(row) for row in sorted(lines(), key=lambda row: row[0])]
    rows[4][2] = None
    book = came(put(tmp_path / "book/sales.csv", HEADER, [*rows, *[(f"X{row[0]}", *row[1:]) for row in lines()]]))
    assert [(line, column) for _, line, column, _ in book.refused] == [(6, "account_id")]


def test_a_workbook_with_blank_columns_and_rows_around_the_table(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [[], [None, None, "Sales"], []]
    rows += [[None, None, *HEADER]]
    rows += [[None, None, *row[:5], 100.0] for row in lines()]
    write_ods(tmp_path / "book/sales.ods", {"Sheet": rows})
    only_lines(came(tmp_path / "book"))


def test_lines_left_out_by_hand(tmp_path: Path) -> None:
    rows = [*lines(), ("T", LAST, "Everything", "P0", 1, "5.00")]
    folder = put(tmp_path / "book/sales.csv", HEADER, rows)
    only_lines(came(write(folder, book_toml='[tables.sales]\nskip = ["sales.csv 18"]\n')))


def test_a_customer_named_once_an_order_counts_on_all_its_lines(tmp_path: Path) -> None:
    rows = [
        (f"2026-01-{1 + order % 28:02}", f"R{order}", "" if line else "AB"[order % 2], f"P{line}", 10 * (line + 1))
        for order in range(1, 21)
        for line in range(3)
    ]
    book = came(put(tmp_path / "book/sales.csv", ("Date", "Order", "Customer", "Item", "Amount"), rows))
    assert book.revenue == {"A": 600.0, "B": 600.0}
    assert book.refused == []
    assert book.told("carried down")


def test_a_customer_that_is_missing_on_some_line_is_refused_there(tmp_path: Path) -> None:
    rows = [
        (f"2026-01-{1 + order % 28:02}", f"R{order}", "" if (order, line) == (7, 1) else "A", f"P{line}", 10)
        for order in range(1, 21)
        for line in range(3)
    ]
    book = came(put(tmp_path / "book/sales.csv", ("Date", "Order", "Customer", "Item", "Amount"), rows))
    assert [(line, column) for _, line, column, _ in book.refused] == [(21, "account_id")]


def test_amounts_beyond_any_number_do_not_add_up_to_a_total(tmp_path: Path) -> None:
    rows = [(f"2026-01-{1 + at:02}", "AB"[at % 2], "P", "9" * 308 if at in (3, 4) else 10) for at in range(20)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Item", "Amount"), [*rows, ("", "Total", "", 180)])
    book = came(write(folder, book_toml="[policy]\nrefuse_share = 0.2\n"))
    assert sum(book.revenue.values()) == pytest.approx(180.0)
    assert [line for _, line, *_ in book.refused] == [5, 6]
