"""Posted sales lines of Business Central: comments between the lines, the discount of a line in per cent."""

from pathlib import Path

from tests.intake.recipes.ledger import LINES, Line, american, opened, orders, revenue, text

HEADER = [
    "Document No.",
    "Posting Date",
    "Sell-to Customer No.",
    "Type",
    "No.",
    "Description",
    "Quantity",
    "Unit of Measure Code",
    "Unit Price",
    "Line Discount %",
    "Line Amount",
    "Currency Code",
]


def _row(line: Line) -> list:
    return [
        f"PSI-10{line.order}",
        f"{line.day.month}/{line.day.day}/{line.day.year}",
        line.customer.name,
        "Item",
        line.product.code,
        line.product.name,
        line.quantity,
        "PCS",
        american(line.product.price),
        line.discount or "",
        american(line.net),
        "EUR",
    ]


def _comment(line: Line, words: str) -> list:
    return [
        f"PSI-10{line.order}",
        f"{line.day.month}/{line.day.day}/{line.day.year}",
        line.customer.name,
        " ",
        "",
        words,
        0,
        "",
        "",
        "",
        "",
        "",
    ]


def test_comment_lines_are_left_out(tmp_path: Path) -> None:
    rows = []
    for order in orders(LINES):
        rows += map(_row, order)
        if order[0].order % 6 == 0:
            rows.append(_comment(order[0], "Deliver to gate 3, before 10:00"))
    book = opened(tmp_path, text([HEADER, *rows]))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out, book.currency) == (45, 5, "EUR")
    assert book.products["PU-100"] == "Pump"
