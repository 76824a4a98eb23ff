"""A list of billing documents saved from SAP as text: rulers, edges, a minus behind the amount, credit memos."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, german, opened, taxes, total

HEADER = [
    "Bill.Doc.",
    "BillT",
    "Billing Date",
    "Sold-to pt",
    "Payer",
    "Material",
    "Description",
    "Billed Quantity",
    "Net value",
    "Tax amount",
    "Curr.",
]
DAY = dt.date(2026, 3, 17)
CREDIT = Line(1080, DAY, CUSTOMERS[1], ITEMS[0], 1, 0)
CANCELLED = Line(1081, DAY, CUSTOMERS[2], ITEMS[1], 4, 0)


def _row(line: Line, *, kind: str = "F2", sign: int = 1) -> list[str]:
    return [
        f"9000{line.order}",
        kind,
        f"{line.day:%d.%m.%Y}",
        line.customer.number,
        "10009" if line.customer.number == "10002" else line.customer.number,
        line.product.code,
        "Dichtsatz für Ölpumpe" if line.product.code == "SE-300" else line.product.name,
        f"{line.quantity}{'-' if sign < 0 else ''}",
        german(sign * line.net),
        german(sign * line.tax),
        "EUR",
    ]


def _list(rows: list[list[str]]) -> bytes:
    """Set rows as SAP does: columns of fixed width between edges, a ruler above and below."""
    widths = [max(len(row[at]) for row in [HEADER, *rows]) for at in range(len(HEADER))]
    ruler = "-" * (sum(widths) + len(widths) + 1)
    lines = ["|" + "|".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "|" for row in rows]
    head = "|" + "|".join(cell.ljust(width) for cell, width in zip(HEADER, widths, strict=True)) + "|"
    title = f"{DAY:%d.%m.%Y}{'List of Billing Documents':>60}{1:>20}"
    return "\r\n".join([title, "", ruler, head, ruler, *lines, ruler, ""]).encode("cp1252")


def _by_number(lines: list[Line]) -> dict[str, float]:
    return {each.number: float(total(line for line in lines if line.customer == each)) for each in CUSTOMERS}


def test_credit_memos_cancellations_and_the_total_below(tmp_path: Path) -> None:
    rows = [_row(line) for line in LINES]
    rows += [_row(CREDIT, kind="G2", sign=-1), _row(CANCELLED), _row(CANCELLED, kind="S1", sign=-1)]
    net, tax = total(LINES) - CREDIT.net, taxes(LINES) - CREDIT.tax
    rows.append(["*", "", "", "", "", "", "", "", german(net), german(tax), "EUR"])
    book = opened(tmp_path, _list(rows), name="sales.txt")
    expected = _by_number(LINES)
    expected["10002"] = round(expected["10002"] - float(CREDIT.net), 2)
    assert book.revenue == expected
    assert (book.lines, book.currency) == (48, "EUR")
    assert book.own_total_agrees
    assert book.products["SE-300"] == "Dichtsatz für Ölpumpe"


def test_credit_memos_written_positive_count_negative_and_pro_forma_not_at_all(tmp_path: Path) -> None:
    rows = [_row(line) for line in LINES]
    rows += [_row(CREDIT, kind="G2"), _row(Line(1082, DAY, CUSTOMERS[0], ITEMS[0], 70, 0), kind="F8")]
    book = opened(tmp_path, _list(rows), name="sales.txt")
    expected = _by_number(LINES)
    expected["10002"] = round(expected["10002"] - float(CREDIT.net), 2)
    assert book.revenue == expected
    assert (book.lines, book.left_out) == (46, 1)
