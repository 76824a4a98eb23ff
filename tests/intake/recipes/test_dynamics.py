"""Views of Dynamics 365 Sales: three columns not to touch, then those of the view; a line an invoice, or a product."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, orders, revenue, taxes, text, total


def _locked(line: Line, turn: int) -> list[str]:
    return [f"6f1e2c{line.order:06x}-0000-4000-8000-{turn:012}", f"c2Fs{line.order}{turn}==", "4/2/2026 9:14 AM"]


def test_a_view_of_invoices_without_the_cancelled_ones(tmp_path: Path) -> None:
    header = [
        "(Do Not Modify) Invoice",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Invoice ID",
        "Name",
        "Customer",
        "Created On",
        "Status Reason",
        "Total Detail Amount",
        "Total Tax",
        "Total Amount",
        "Currency",
    ]

    def rows(lines: list[Line], status: str) -> list[list]:
        return [
            [
                *_locked(order[0], 0),
                f"INV-0{order[0].order}",
                "Yearly supply",
                order[0].customer.name,
                f"{order[0].day.month}/{order[0].day.day}/{order[0].day.year} 2:05 PM",
                status,
                total(order),
                taxes(order),
                total(order) + taxes(order),
                "US Dollar",
            ]
            for order in orders(lines)
        ]

    void = [Line(1090, dt.date(2026, 3, 30), CUSTOMERS[0], ITEMS[0], 90, 0)]
    export = text([header, *rows(LINES[:30], "Complete"), *rows(LINES[30:], "Billed"), *rows(void, "Canceled")])
    book = opened(tmp_path, export)
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (30, 1)


def test_a_view_of_invoice_products_with_tax_in_the_extended_amount(tmp_path: Path) -> None:
    header = [
        "(Do Not Modify) Invoice Product",
        "(Do Not Modify) Row Checksum",
        "(Do Not Modify) Modified On",
        "Invoice ID",
        "Customer",
        "Created On",
        "Existing Product",
        "Quantity",
        "Price Per Unit",
        "Amount",
        "Manual Discount",
        "Tax",
        "Extended Amount",
    ]
    rows = [
        [
            *_locked(line, turn),
            f"INV-0{line.order}",
            line.customer.name,
            f"{line.day.month}/{line.day.day}/{line.day.year} 2:05 PM",
            line.product.name,
            line.quantity,
            line.product.price,
            line.list_amount,
            line.list_amount - line.net,
            line.tax,
            line.net + line.tax,
        ]
        for turn, line in enumerate(LINES)
    ]
    book = opened(tmp_path, text([header, *rows]))
    assert book.revenue == revenue(LINES)
    assert book.lines == 45
