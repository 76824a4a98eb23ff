"""A query over the invoices of SAP Business One: cancelled documents stand twice, the document's tax on each line."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, german, opened, orders, revenue, taxes, text

HEADER = [
    "#",
    "DocNum",
    "DocDate",
    "CardCode",
    "CardName",
    "ItemCode",
    "Dscription",
    "Quantity",
    "Price",
    "LineTotal",
    "DiscSum",
    "VatSum",
    "DocTotal",
    "CANCELED",
]


def _rows(lines: list[Line], *, cancelled: str = "N") -> list[list]:
    rows = []
    for order in orders(lines):
        tax = taxes(order)
        amount = sum(line.net for line in order) + tax
        rows += [
            [
                line.order,
                f"{line.day:%d.%m.%Y}",
                f"C{line.customer.number}",
                line.customer.name,
                line.product.code,
                line.product.name,
                f"{line.quantity},000000",
                german(line.net / line.quantity),
                german(line.net),
                "0,00",
                german(tax),
                german(amount),
                cancelled,
            ]
            for line in order
        ]
    return rows


def test_lines_without_what_was_cancelled_and_its_cancellation(tmp_path: Path) -> None:
    day = dt.date(2026, 3, 18)
    void = [Line(1090, day, CUSTOMERS[0], ITEMS[0], 30, 0), Line(1090, day, CUSTOMERS[0], ITEMS[1], 1, 0)]
    cancels = [Line(1091, day, line.customer, line.product, line.quantity, 0) for line in void]
    rows = [*_rows(LINES), *_rows(void, cancelled="Y"), *_rows(cancels, cancelled="C")]
    book = opened(tmp_path, text([HEADER, *([n, *row] for n, row in enumerate(rows, 1))], separator=";"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (45, 4)
    assert book.products["SE-300"] == "Seal kit"
