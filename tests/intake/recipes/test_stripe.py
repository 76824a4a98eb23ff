"""Payments of Stripe: a day, a customer and an amount; what failed or was refunded whole is none."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, revenue, text

HEADER = [
    "id",
    "Created date (UTC)",
    "Amount",
    "Amount Refunded",
    "Currency",
    "Captured",
    "Converted Amount",
    "Converted Amount Refunded",
    "Converted Currency",
    "Decline Reason",
    "Description",
    "Fee",
    "Seller Message",
    "Status",
    "Taxes On Fee",
    "Customer ID",
    "Customer Email",
    "Customer Description",
    "Invoice ID",
]


def _row(number: int, line: Line, status: str = "Paid", refunded: str = "0.00") -> list:
    return [
        f"ch_3Q{number:06}Kx",
        f"{line.day} 08:41:55",
        line.net,
        refunded,
        "eur",
        "true",
        line.net,
        refunded,
        "eur",
        "",
        f"Invoice {line.order}",
        "0.30",
        "Payment complete.",
        status,
        "0.00",
        f"cus_{line.customer.number}",
        f"pay@{line.customer.number}.example",
        line.customer.name,
        f"in_{line.order}",
    ]


def test_payments_that_came_and_stayed(tmp_path: Path) -> None:
    day = dt.date(2026, 3, 22)
    rows = [_row(number, line) for number, line in enumerate(LINES)]
    failed = Line(1090, day, CUSTOMERS[0], ITEMS[0], 30, 0)
    refunded = Line(1091, day, CUSTOMERS[1], ITEMS[0], 40, 0)
    rows += [_row(90, failed, "Failed"), _row(91, refunded, "Refunded", str(refunded.net))]
    book = opened(tmp_path, text([HEADER, *rows], end="\n"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out, book.currency) == (45, 2, "EUR")
