"""Orders of Shopify: what belongs to the order stands on its first line alone; cancelled and refunded ones are none."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, orders, revenue, taxes, text, total

HEADER = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem sku",
    "Billing Name",
    "Billing Company",
    "Cancelled at",
    "Refunded Amount",
    "Vendor",
    "Lineitem discount",
]
OWN = [
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Created at",
    "Billing Name",
    "Billing Company",
    "Cancelled at",
    "Refunded Amount",
]
DAY = dt.date(2026, 3, 28)


def _rows(lines: list[Line], status: str = "paid", **more: str) -> list[list]:
    rows = []
    for order in orders(lines):
        net, tax = total(order), taxes(order)
        for at, line in enumerate(order):
            stamp = f"{line.day} 17:09:34 -0300"
            row = {
                "Name": f"#{line.order}",
                "Email": f"buyer@{line.customer.number}.example",
                "Financial Status": status,
                "Paid at": stamp,
                "Fulfillment Status": "fulfilled",
                "Currency": "CAD",
                "Subtotal": net,
                "Shipping": "12.00",
                "Taxes": tax,
                "Total": net + tax + 12,
                "Discount Code": "",
                "Discount Amount": sum(each.list_amount - each.net for each in order),
                "Created at": stamp,
                "Lineitem quantity": line.quantity,
                "Lineitem name": line.product.name,
                "Lineitem price": line.product.price,
                "Lineitem sku": line.product.code,
                "Billing Name": f"Buyer {line.customer.number}",
                "Billing Company": line.customer.name,
                "Cancelled at": "",
                "Refunded Amount": "0.00",
                "Vendor": "Kiln Works",
                "Lineitem discount": line.list_amount - line.net,
            } | {name.replace("_", " "): value for name, value in more.items()}
            rows.append(["" if at and name in OWN else row[name] for name in HEADER])
    return rows


def test_price_times_quantity_less_the_lines_discount(tmp_path: Path) -> None:
    book = opened(tmp_path, text([HEADER, *_rows(LINES)], end="\n"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out, book.currency) == (45, 0, "CAD")
    assert book.products["SE-300"] == "Seal kit"


def test_void_refunded_and_cancelled_orders_are_left_out_with_all_their_lines(tmp_path: Path) -> None:
    void = [Line(1090, DAY, CUSTOMERS[0], ITEMS[0], 30, 0), Line(1090, DAY, CUSTOMERS[0], ITEMS[1], 3, 0)]
    refunded = [Line(1091, DAY, CUSTOMERS[1], ITEMS[0], 40, 0)]
    cancelled = [Line(1092, DAY, CUSTOMERS[2], ITEMS[0], 50, 0), Line(1092, DAY, CUSTOMERS[2], ITEMS[2], 3, 0)]
    rows = [
        *_rows(LINES[:40]),
        *_rows(void, "voided"),
        *_rows(refunded, "refunded", Refunded_Amount=str(refunded[0].net)),
        *_rows(cancelled, "pending", Cancelled_at=f"{DAY} 18:00:00 -0300"),
        *_rows(LINES[40:], "partially_paid"),
    ]
    book = opened(tmp_path, text([HEADER, *rows], end="\n"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (45, 5)
