"""The orders report of WooCommerce: a line an order, its products in one cell, refunds once more with a minus."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, american, opened, orders, revenue, text, total

HEADER = [
    "Date",
    "Order #",
    "N. Revenue (formatted)",
    "Status",
    "Customer",
    "Customer type",
    "Product(s)",
    "Items sold",
    "Coupon(s)",
    "Net Sales",
    "Attribution",
]
DAY = dt.date(2026, 3, 20)


def _row(order: list[Line], status: str = "completed", sign: int = 1) -> list:
    net = sign * total(order)
    packed = ", ".join(f"{line.quantity}× {line.product.name}" for line in order)
    return [
        f"{order[0].day} 10:31:07",
        order[0].order,
        f"{'-' if net < 0 else ''}${american(abs(net))}",
        status,
        order[0].customer.name,
        "returning",
        packed,
        sign * sum(line.quantity for line in order),
        "",
        net,
        "Direct",
    ]


def test_orders_count_whole_and_refunds_take_off(tmp_path: Path) -> None:
    refunded = [Line(1080, DAY, CUSTOMERS[1], ITEMS[0], 2, 0)]
    lost = [Line(1081, DAY, CUSTOMERS[2], ITEMS[0], 70, 0)]
    failed = [Line(1082, DAY, CUSTOMERS[0], ITEMS[0], 80, 0)]
    rows = [
        *map(_row, orders(LINES)),
        _row(refunded, "refunded"),
        _row(refunded, "completed", -1),
        _row(lost, "cancelled"),
        _row(failed, "failed"),
    ]
    book = opened(tmp_path, text([HEADER, *rows], end="\n"), settings='currency = "USD"\n')
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (32, 2)
    assert not any("×" in name for name in book.products.values())
