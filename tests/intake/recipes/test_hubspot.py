"""Line items of HubSpot: a record's id is the line's, the discount is each piece's, the net price is the line's."""

from pathlib import Path

from tests.intake.recipes.ledger import LINES, Line, opened, revenue, text

HEADER = [
    "Record ID",
    "Name",
    "SKU",
    "Quantity",
    "Unit price",
    "Unit discount",
    "Net price",
    "Currency",
    "Create Date",
    "Associated Deal",
    "Associated Company",
]


def _row(number: int, line: Line) -> list:
    each_off = (line.list_amount - line.net) / line.quantity
    return [
        38_221_004_000 + number,
        line.product.name,
        line.product.code,
        line.quantity,
        line.product.price,
        f"{each_off:.2f}" if line.discount else "",
        line.net,
        "USD",
        f"{line.day} 09:14",
        f"Deal {line.order}",
        line.customer.name,
    ]


def test_the_net_price_of_the_line_counts(tmp_path: Path) -> None:
    book = opened(tmp_path, text([HEADER, *(_row(number, line) for number, line in enumerate(LINES))]))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out, book.currency) == (45, 0, "USD")
    assert book.products["PU-100"] == "Pump"
