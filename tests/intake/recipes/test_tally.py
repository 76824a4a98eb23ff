"""A sales register of Tally: title rows, grouping of lakhs, pieces with their unit, credit notes, a grand total."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, revenue, text, total

HEADER = ["Date", "Particulars", "Voucher Type", "Vch No.", "Quantity", "Rate", "Value", "Gross Total"]
TITLE = [["Kiln Works Private Limited"], ["Sales Register"], ["1-Jan-2025 to 31-Mar-2026"], []]


def _rupees(amount: Decimal) -> str:
    """Write 1234567.5 as ₹12,34,567.50."""
    whole, cents = f"{abs(amount):.2f}".split(".")
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return f"{'-' if amount < 0 else ''}₹{','.join([*groups, tail])}.{cents}"


def _row(line: Line, kind: str = "Sales") -> list:
    net = line.net * 100  # a pump costs more than a lakh
    return [
        f"{line.day.day}-{line.day:%b-%Y}",
        line.customer.name,
        kind,
        f"KW/{line.order}/{line.product.code}",
        f"{line.quantity} Nos",
        f"{_rupees(net / line.quantity)}/Nos",
        _rupees(net),
        _rupees(net + 20 * line.net),
    ]


def _sum(lines: list[Line], back: list[Line]) -> list:
    net = (total(lines) - total(back)) * 100
    pieces = sum(line.quantity for line in lines) - sum(line.quantity for line in back)
    return ["", "Grand Total", "", "", f"{pieces} Nos", "", _rupees(net), _rupees(net * 6 / 5)]


def _hundredfold(amounts: dict[str, float]) -> dict[str, float]:
    return {name: round(100 * amount, 2) for name, amount in amounts.items()}


def test_value_counts_and_the_grand_total_is_equal(tmp_path: Path) -> None:
    book = opened(tmp_path, text([*TITLE, HEADER, *map(_row, LINES), _sum(LINES, [])]))
    assert book.revenue == _hundredfold(revenue(LINES))
    assert book.lines == 45
    assert book.own_total_agrees


def test_credit_notes_take_off(tmp_path: Path) -> None:
    back = [Line(1080, dt.date(2026, 3, 21), CUSTOMERS[3], ITEMS[0], 1, 0)]
    book = opened(tmp_path, text([*TITLE, HEADER, *map(_row, LINES), _row(back[0], "Credit Note"), _sum(LINES, back)]))
    assert book.revenue == _hundredfold(revenue(LINES, back=back))
    assert book.lines == 46
