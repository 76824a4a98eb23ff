"""The official invoice form of Iran: Persian words, digits and calendar; net, discount and tax apart."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.intake.recipes.ledger import Item, Line, Party, ledger, opened, revenue, taxes, text, total

HEADER = [
    "ردیف",
    "شماره فاکتور",
    "تاریخ فاکتور",
    "نام مشتری",
    "کد کالا",
    "شرح کالا یا خدمات",
    "تعداد/مقدار",
    "واحد اندازه‌گیری",
    "مبلغ واحد (ریال)",
    "مبلغ کل (ریال)",
    "مبلغ تخفیف (ریال)",
    "مبلغ کل پس از تخفیف (ریال)",
    "جمع مالیات و عوارض (ریال)",
    "جمع مبلغ کل بعلاوه جمع مالیات و عوارض (ریال)",
]
LINES = ledger(
    customers=(Party("1", "صنایع سپید", "", ""), Party("2", "بازرگانی آرمان", "", ""), Party("3", "گروه پارس", "", "")),
    items=(
        Item("110", "پمپ آب", "", Decimal(118_500_000)),
        Item("120", "شیر فلزی", "", Decimal(34_900_000)),
        Item("130", "واشر", "", Decimal(7_250_000)),
    ),
)
PERSIAN = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")
ARABIC_LETTERS = str.maketrans("یک\u200c", "يك ")  # what Windows-1256 has for them


def _solar(line: Line) -> str:
    """Date a line by its order: two orders a month from Farvardin 1403 on, none after the 29th."""
    month = (line.order - 1001) // 2
    return f"{1403 + month // 12}/{1 + month % 12:02}/{1 + 7 * (line.order - 1001) % 28:02}"


def _row(number: int, line: Line) -> list[str]:
    amounts = [
        line.product.price,
        line.list_amount,
        line.list_amount - line.net,
        line.net,
        line.tax,
        line.net + line.tax,
    ]
    return [
        str(number),
        f"{line.order}",
        _solar(line),
        line.customer.name,
        line.product.code,
        line.product.name,
        str(line.quantity),
        "عدد",
        *(f"{amount:,.0f}" for amount in amounts),
    ]


def _export() -> str:
    tax = taxes(LINES)
    listed = sum(line.list_amount for line in LINES)
    sums = ["جمع کل", "", "", "", "", "", "", "", ""]
    sums += [f"{amount:,.0f}" for amount in (listed, listed - total(LINES), total(LINES), tax, total(LINES) + tax)]
    return text([HEADER, *(_row(number, line) for number, line in enumerate(LINES, 1)), sums], separator=";")


@pytest.mark.parametrize("digits", ["western", "persian"])
def test_the_amount_after_discount_counts_without_tax(tmp_path: Path, digits: str) -> None:
    book = opened(tmp_path, _export().translate(PERSIAN) if digits == "persian" else _export())
    assert book.revenue == revenue(LINES)
    assert book.lines == 45
    assert book.own_total_agrees
    assert book.products["120"] == "شیر فلزی"


def test_windows_1256_with_arabic_letters(tmp_path: Path) -> None:
    book = opened(tmp_path, _export().translate(ARABIC_LETTERS).encode("cp1256"))
    assert {_plain(name): amount for name, amount in book.revenue.items()} == {
        _plain(name): amount for name, amount in revenue(LINES).items()
    }
    assert book.lines == 45


def _plain(name: str) -> str:
    return name.replace("ي", "ی").replace("ك", "ک")
