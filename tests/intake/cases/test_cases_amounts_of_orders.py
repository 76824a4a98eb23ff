"""An amount that stands for the whole order, or holds its tax, is never taken for the line's net amount."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, put
from tests.intake.cases.outcome import Came, accounts, asked, attempt, right_or_asked

Line = tuple[str, str, str, str, int, float, float, float, float]
RIGHT = {"C1": 1500.0, "C2": 300.0}


def invoices() -> list[Line]:
    """Return number, day, customer, product, quantity, price, line amount, invoice without tax and with 18 % tax.

    C1 buys for 300 a month, on two lines; C2 for 50, and once more at the end of May.
    """
    lines: list[Line] = []
    for month in range(1, 6):
        day, first, second = f"2026-{month:02}-12", f"INV-{2 * month - 1}", f"INV-{2 * month}"
        lines += [
            (first, day, "C1", "A", 2, 50.0, 100.0, 300.0, 354.0),
            (first, day, "C1", "B", 1, 200.0, 200.0, 300.0, 354.0),
            (second, day, "C2", "A", 1, 50.0, 50.0, 50.0, 59.0),
        ]
    return [*lines, ("INV-99", LAST, "C2", "A", 1, 50.0, 50.0, 50.0, 59.0)]


def test_case_01_the_invoice_total_on_every_line(tmp_path: Path) -> None:
    header = (
        "Invoice Date",
        "Invoice Number",
        "Invoice Status",
        "Customer ID",
        "Customer Name",
        "SubTotal",
        "Total",
        "SKU",
        "Item Name",
        "Quantity",
        "Item Total",
        "Item Price",
    )
    rows = [
        (
            day,
            number,
            "Paid",
            customer,
            f"Firm {customer}",
            f"{untaxed:.2f}",
            f"{total:.2f}",
            sku,
            f"Thing {sku}",
            quantity,
            f"{amount:.2f}",
            f"{price:.2f}",
        )
        for number, day, customer, sku, quantity, price, amount, untaxed, total in invoices()
    ]
    book = right_or_asked(put(tmp_path / "book/sales.csv", header, rows), RIGHT)
    assert book is not None
    assert book.names == {"C1": "Firm C1", "C2": "Firm C2"}


def in_german(line: Line) -> tuple:
    number, day, customer, sku, quantity, _, amount, _, total = line
    return (
        number,
        ".".join(reversed(day.split("-"))),
        customer,
        sku,
        quantity,
        f"{amount:.2f}".replace(".", ","),
        f"{total:.2f}".replace(".", ","),
    )


def without_amount_of_the_line(line: Line) -> tuple:
    number, day, customer, sku, quantity, price, _, untaxed, _ = line
    return (number, day, customer, sku, quantity, price, untaxed)


def in_persian(line: Line) -> tuple:
    number, day, customer, sku, quantity, price, amount, _, total = line
    western, persian = "0123456789", "۰۱۲۳۴۵۶۷۸۹"
    return tuple(
        str(value).translate(str.maketrans(western, persian)) if isinstance(value, int | float) else value
        for value in (number, day, customer, sku, quantity, int(price), int(amount), int(total))
    )


SISTERS: dict[str, tuple[str, tuple[str, ...], Callable[[Line], tuple]]] = {
    "German, the total simply called Betrag": (
        "sales.csv",
        ("Rechnung", "Datum", "Kunde", "Artikel", "Menge", "Warenwert", "Betrag"),
        in_german,
    ),
    "no amount of the line: its price and quantity": (
        "sales.tsv",
        ("Order", "Day", "Client", "SKU", "Units", "Unit price", "Amount"),
        without_amount_of_the_line,
    ),
    "a workbook": (
        "sales.xlsx",
        ("Order", "Day", "Client", "SKU", "Units", "Unit price", "Amount"),
        without_amount_of_the_line,
    ),
    "Persian": (
        "sales.csv.gz",
        ("شماره فاکتور", "تاریخ", "کد مشتری", "کد کالا", "تعداد", "مبلغ واحد", "مبلغ کل", "جمع فاکتور"),
        in_persian,
    ),
    "French, HT and TTC of the order": (
        "sales.parquet",
        ("Facture", "Date facture", "Numéro client", "Référence", "Quantité", "Montant HT", "Montant TTC"),
        lambda line: (*line[:5], line[6], line[8]),
    ),
}


@pytest.mark.parametrize(("file", "header", "shaped"), SISTERS.values(), ids=SISTERS.keys())
def test_the_total_of_an_order_by_any_name(
    tmp_path: Path, file: str, header: tuple[str, ...], shaped: Callable[[Line], tuple]
) -> None:
    mark = ";" if "Betrag" in header else ","
    right_or_asked(put(tmp_path / "book" / file, header, [shaped(line) for line in invoices()], mark=mark), RIGHT)


def varied_orders() -> list[tuple]:
    """Return orders of one to three lines, each line showing what the whole order comes to."""
    rows = []
    for number in range(30):
        lines, total = 1 + number % 3, 100 + 7 * number
        rows += [(f"O{number}", DAYS[number % 5], "NSW"[number % 3], f"P{line}", 1, total) for line in range(lines)]
    return [*rows, ("O99", LAST, "N", "P0", 1, 100)]


def test_an_order_amount_with_no_other_money_counts_once_an_order(tmp_path: Path) -> None:
    header = ("Order", "Date", "Customer", "Product", "Quantity", "Amount")
    right = {"N": 0.0, "S": 0.0, "W": 0.0}
    for customer, total in {row[0]: (row[2], row[5]) for row in varied_orders()}.values():
        right[customer] += total
    right_or_asked(put(tmp_path / "book/sales.csv", header, varied_orders()), right)


def test_lines_of_one_price_are_lines_although_orders_repeat_it(tmp_path: Path) -> None:
    header = ("Order", "Date", "Customer", "Product", "Quantity", "Price", "Amount")
    rows = [
        (f"O{number // 2}", DAYS[number // 2 % 5], "NS"[number // 2 % 2], f"P{number % 2}", 1, "80.00", "80.00")
        for number in range(40)
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), {"N": 1600.0, "S": 1600.0})


VAT_DAYS = [f"{day[8:]}.{day[5:7]}.{day[:4]}" for day in (*[DAYS[number % 5] for number in range(20)], LAST)]


def no_discount(folder: Path, book: Came | None) -> None:
    assert book is not None
    assert accounts(folder)["discount_rate"].isna().all()


def test_case_15_brutto_is_with_tax(tmp_path: Path) -> None:
    header = (
        "Rechnungsnummer",
        "Rechnungsdatum",
        "Kundennummer",
        "Artikelnummer",
        "Menge",
        "Nettobetrag",
        "MwSt-Betrag",
        "Bruttobetrag",
    )
    rows = [
        (f"R{number if number < 20 else 99}", day, "NS"[number % 2], "A1", 1, "100,00", "19,00", "119,00")
        for number, day in enumerate(VAT_DAYS)
    ]
    folder = put(tmp_path / "book/sales.csv", header, rows, mark=";")
    no_discount(folder, right_or_asked(folder, {"N": 1100.0, "S": 1000.0}))


TAXED: dict[str, tuple[str, tuple[str, ...], tuple[float, ...]]] = {
    "no tax column, always the same multiple": ("sales.csv", ("Nettobetrag", "Bruttobetrag"), (1.19,)),
    "two rates of tax": ("sales.tsv", ("Nettobetrag", "Bruttobetrag"), (1.07, 1.19)),
    "Turkish": ("sales.xlsx", ("Net Tutar", "Brüt Tutar"), (1.2,)),
    "Italian": ("sales.parquet", ("Importo netto", "Importo lordo"), (1.22,)),
    "English, gross beside net": ("sales.csv.gz", ("Net amount", "Gross amount"), (1.2,)),
}


@pytest.mark.parametrize(("file", "money", "rates"), TAXED.values(), ids=TAXED.keys())
def test_an_amount_with_tax_is_no_list_amount(
    tmp_path: Path, file: str, money: tuple[str, str], rates: tuple[float, ...]
) -> None:
    header = ("Order No", "Date", "Customer", "Product", "Quantity", *money)
    rows = [
        (
            f"R{number}",
            DAYS[number % 5],
            "NS"[number % 2],
            f"A{number % 7}",
            1,
            100.0 + number,
            round((100 + number) * rates[number % 7 % len(rates)], 2),
        )
        for number in range(40)
    ]
    folder = put(tmp_path / "book" / file, header, [*rows, ("R99", LAST, "N", "A1", 1, 101.0, 101 * rates[-1])])
    sold = {each: sum(row[5] for row in rows if row[2] == each) for each in "NS"}
    no_discount(folder, right_or_asked(folder, {"N": sold["N"] + 101, "S": sold["S"]}))


def test_an_amount_before_discounts_is_a_list_amount(tmp_path: Path) -> None:
    header = ("Order No", "Date", "Customer", "Product", "Quantity", "Net amount", "Gross amount")
    rows = [
        (f"R{number}", DAYS[number % 5], "NS"[number % 2], f"A{number % 7}", 1, 200 - 7 * number % 41, 200)
        for number in range(40)
    ]
    folder = put(tmp_path / "book/sales.csv", header, [*rows, ("R99", LAST, "S", "A1", 1, 200, 200)])
    sold = {each: float(sum(row[5] for row in rows if row[2] == each)) for each in "NS"}
    right_or_asked(folder, {"N": sold["N"], "S": sold["S"] + 200})
    rates = accounts(folder)["discount_rate"]
    assert rates["N"] == pytest.approx(1 - sold["N"] / 4000)
    assert rates["S"] == pytest.approx(1 - (sold["S"] + 200) / 4200)


def test_only_an_amount_with_tax_and_the_tax_give_the_net_amount(tmp_path: Path) -> None:
    header = ("Facture", "Date", "Client", "Article", "Quantité", "TVA", "Montant TTC")
    rows = [(f"F{number}", DAYS[number % 5], "NS"[number % 2], "A1", 1, "20,00", "120,00") for number in range(20)]
    folder = put(tmp_path / "book/sales.csv", header, rows, mark=";")
    right_or_asked(folder, {"N": 1000.0, "S": 1000.0})


def test_only_an_amount_with_tax_is_asked_or_told(tmp_path: Path) -> None:
    header = ("Facture", "Date", "Client", "Article", "Quantité", "Montant TTC")
    rows = [(f"F{number}", DAYS[number % 5], "NS"[number % 2], "A1", 1, "120,00") for number in range(20)]
    folder = put(tmp_path / "book/sales.csv", header, rows, mark=";")
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        assert outcome.told("Montant TTC", severity="warning")
    elif outcome.report.questions:
        assert any("Montant TTC" in question.asks + question.why for question in asked(folder))
    else:
        assert "Montant TTC" in str(outcome)
