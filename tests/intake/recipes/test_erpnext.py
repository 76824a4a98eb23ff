"""ERPNext's item-wise sales register, grouped by invoice: a sum below each group, blank rows, a grand total."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, orders, revenue, taxes, text, total

HEADER = [
    "Item Code",
    "Item Name",
    "Item Group",
    "Description",
    "Invoice",
    "Posting Date",
    "Customer Group",
    "Customer",
    "Customer Name",
    "Receivable Account",
    "Mode Of Payment",
    "Territory",
    "Project",
    "Company",
    "Sales Order",
    "Delivery Note",
    "Income Account",
    "Cost Center",
    "Stock Qty",
    "Stock UOM",
    "Rate",
    "Amount",
    "% Of Grand Total",
    "VAT Rate",
    "VAT Amount",
    "Total Tax",
    "Total Other Charges",
    "Total",
    "Currency",
]
BACK = [Line(1080, dt.date(2026, 3, 27), CUSTOMERS[0], ITEMS[1], -2, 0)]  # returns have a negative quantity


def _row(line: Line) -> list:
    return [
        line.product.code,
        line.product.name,
        line.product.group,
        f"{line.product.name}, boxed",
        f"ACC-SINV-{line.day.year}-{line.order:05}",
        line.day,
        line.customer.segment,
        line.customer.number,
        line.customer.name,
        "Debtors - KW",
        "",
        line.customer.region,
        "",
        "Kiln Works",
        f"SAL-ORD-{line.order - 3:05}",
        "",
        "Sales - KW",
        "Main - KW",
        line.quantity,
        "Nos",
        (line.net / line.quantity).quantize(line.net),
        line.net,
        "2.1",
        "20",
        line.tax,
        line.tax,
        "0",
        line.net + line.tax,
        "EUR",
    ]


def _sum(label: str, lines: list[Line]) -> list:
    row: list[object] = [""] * len(HEADER)
    row[0] = label
    tax = taxes(lines)
    for name, value in {
        "Stock Qty": sum(line.quantity for line in lines),
        "Amount": total(lines),
        "% Of Grand Total": "2.1",
        "Total Tax": tax,
        "Total": total(lines) + tax,
    }.items():
        row[HEADER.index(name)] = value
    return row


def test_a_register_grouped_by_invoice(tmp_path: Path) -> None:
    lines = LINES + BACK
    rows: list[list] = []
    for order in orders(lines):
        label = f"ACC-SINV-{order[0].day.year}-{order[0].order:05}"
        rows += [*map(_row, order), _sum(label, order), [""] * len(HEADER)]
    book = opened(tmp_path, text([HEADER, *rows, _sum("Total", lines)]))
    assert book.revenue == revenue(lines)
    assert (book.lines, book.currency) == (46, "EUR")
    assert book.own_total_agrees
    assert book.products["VA-200"] == "Valve"


def test_a_register_without_groups(tmp_path: Path) -> None:
    book = opened(tmp_path, text([HEADER, *map(_row, LINES), _sum("Total", LINES)]))
    assert book.revenue == revenue(LINES)
    assert book.lines == 45
    assert book.own_total_agrees
