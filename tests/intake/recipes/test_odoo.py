"""Exports of Odoo: a document's cells on its first line alone, and lists grouped in rows that count and add up."""

import datetime as dt
from itertools import groupby
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, orders, revenue, text, total

DAY = dt.date(2026, 3, 26)
LARGE = Line(1099, DAY, CUSTOMERS[0], ITEMS[0], 60, 0)


def _parent_first(lines: list[Line], *, number: str, kind: str, state: str, days: str) -> list[list]:
    """Write documents whose own cells stand on the first of their lines."""
    rows = []
    for order in orders(lines):
        first = order[0]
        own = [f"{number}{first.order}", first.customer.name, f"{first.day:{days}}", kind, state, total(order)]
        for line in order:
            rows.append(
                [
                    *own,
                    f"[{line.product.code}] {line.product.name}",
                    float(line.quantity),
                    line.product.price,
                    float(line.discount),
                    line.net,
                ]
            )
            own = [""] * len(own)
    return rows


def test_invoices_with_their_lines(tmp_path: Path) -> None:
    header = [
        "Number",
        "Customer",
        "Invoice/Bill Date",
        "Type",
        "Status",
        "Untaxed Amount",
        "Invoice lines/Product",
        "Invoice lines/Quantity",
        "Invoice lines/Unit Price",
        "Invoice lines/Discount (%)",
        "Invoice lines/Subtotal",
    ]
    back = [Line(3, DAY, CUSTOMERS[2], ITEMS[0], 1, 0), Line(3, DAY, CUSTOMERS[2], ITEMS[1], 2, 0)]
    invoice = "Customer Invoice"
    rows = [
        *_parent_first(LINES, number="INV/2025/0", kind=invoice, state="Posted", days="%Y-%m-%d"),
        *_parent_first(back, number="RINV/2026/0", kind="Customer Credit Note", state="Posted", days="%Y-%m-%d"),
        *_parent_first([LARGE], number="", kind=invoice, state="Draft", days="%Y-%m-%d"),
        *_parent_first([LARGE], number="INV/2026/0", kind=invoice, state="Cancelled", days="%Y-%m-%d"),
    ]
    book = opened(tmp_path, text([header, *rows]))
    assert book.revenue == revenue(LINES, back=back)
    assert (book.lines, book.left_out) == (47, 2)


def test_sales_orders_with_their_lines_but_no_quotations(tmp_path: Path) -> None:
    header = [
        "Order Reference",
        "Customer",
        "Order Date",
        "Salesperson",
        "Status",
        "Untaxed Amount",
        "Order Lines/Product",
        "Order Lines/Quantity",
        "Order Lines/Unit Price",
        "Order Lines/Discount (%)",
        "Order Lines/Subtotal",
    ]
    rows = [
        *_parent_first(LINES, number="S0", kind="Mitchell Admin", state="Sales Order", days="%Y-%m-%d 09:30:00"),
        *_parent_first([LARGE], number="S1", kind="Marc Demo", state="Quotation", days="%Y-%m-%d 10:00:00"),
        *_parent_first([LARGE], number="S2", kind="Marc Demo", state="Cancelled", days="%Y-%m-%d 11:00:00"),
    ]
    book = opened(tmp_path, text([header, *rows]))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (45, 2)


def test_a_list_grouped_by_customer_and_month(tmp_path: Path) -> None:
    header = ["Number", "Invoice Date", "Customer", "Product", "Quantity", "Price", "Disc.%", "Untaxed Amount"]
    rows = []
    by_customer = sorted(LINES, key=lambda line: (line.customer.name, line.day))
    for name, group in groupby(by_customer, key=lambda line: line.customer.name):
        theirs = list(group)
        rows.append(_group(f"{name} ({len(theirs)})", theirs))
        for month, lot in groupby(theirs, key=lambda line: f"{line.day:%B %Y}"):
            some = list(lot)
            rows.append(_group(f"    {month} ({len(some)})", some))
            rows += [
                [
                    f"INV/{line.order}",
                    line.day,
                    line.customer.name,
                    f"[{line.product.code}] {line.product.name}",
                    float(line.quantity),
                    line.product.price,
                    float(line.discount),
                    line.net,
                ]
                for line in some
            ]
    book = opened(tmp_path, text([header, *rows]))
    assert book.revenue == revenue(LINES)
    assert book.lines == 45


def _group(label: str, lines: list[Line]) -> list:
    return [label, "", "", "", float(sum(line.quantity for line in lines)), "", "", total(lines)]
