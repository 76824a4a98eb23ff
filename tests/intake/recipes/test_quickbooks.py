"""Sales by customer detail of QuickBooks: the customer heads its lines and stands on none of them."""

import datetime as dt
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, american, opened, revenue, text, total

HEADER = [
    "",
    "Transaction date",
    "Transaction type",
    "Num",
    "Product/Service full name",
    "Memo/Description",
    "Quantity",
    "Sales price",
    "Amount",
    "Balance",
]
BACK = Line(1080, dt.date(2026, 3, 19), CUSTOMERS[2], ITEMS[0], -1, 0)


def _row(line: Line, balance: Decimal) -> list:
    kind = "Credit Memo" if line.quantity < 0 else "Invoice" if line.order % 4 else "Sales Receipt"
    return [
        "",
        f"{line.day:%m/%d/%Y}",
        kind,
        line.order,
        line.product.name,
        f"{line.product.name}, boxed",
        f"{line.quantity:.2f}",
        american(line.net / line.quantity),
        american(line.net),
        american(balance),
    ]


def _export(lines: list[Line]) -> str:
    rows: list[list] = [
        ["Sales by Customer Detail"],
        ["Kiln Works Inc."],
        ["January 1, 2025-March 31, 2026"],
        [],
        HEADER,
    ]
    for name, group in groupby(
        sorted(lines, key=lambda line: (line.customer.name, line.day)), lambda x: x.customer.name
    ):
        theirs = list(group)
        rows.append([name, *[""] * 9])
        rows += [_row(line, total(theirs[: at + 1])) for at, line in enumerate(theirs)]
        quantity = f"{sum(line.quantity for line in theirs):.2f}"
        rows.append([f"Total for {name}", "", "", "", "", "", quantity, "", f"${american(total(theirs))}", ""])
    quantity = f"{sum(line.quantity for line in lines):.2f}"
    rows.append(["TOTAL", "", "", "", "", "", quantity, "", f"${american(total(lines))}", ""])
    return text([*rows, [], [], ["Accrual Basis Saturday, April 4, 2026 03:14 PM GMT-07:00"]], end="\n")


def test_each_line_belongs_to_the_customer_above_it(tmp_path: Path) -> None:
    book = opened(tmp_path, _export(LINES))
    assert book.revenue == revenue(LINES)
    assert book.lines == 45
    assert book.own_total_agrees


def test_a_credit_memo_takes_off(tmp_path: Path) -> None:
    book = opened(tmp_path, _export([*LINES, BACK]))
    assert book.revenue == revenue([*LINES, BACK])
    assert book.lines == 46
    assert book.own_total_agrees
