"""A report of Salesforce: quoted throughout, in Latin-1, with grand totals and notices below a blank line."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, Line, Party, ledger, opened, revenue, text, total

HEADER = [
    "Account Name",
    "Opportunity Name",
    "Stage",
    "Close Date",
    "Product Code",
    "Product Name",
    "Quantity",
    "Total Price Currency",
    "Total Price",
]
LINES = ledger(customers=(Party("1", "Müller & Söhne", "", ""), Party("2", "Café René", "", ""), *CUSTOMERS[2:]))
NOTICES = [
    ["Confidential Information - Do Not Distribute"],
    ["Copyright © 2000-2026 salesforce.com, inc. All rights reserved."],
]


def _row(line: Line, stage: str = "Closed Won") -> list:
    return [
        line.customer.name,
        f"{line.customer.name} - order {line.order}",
        stage,
        f"{line.day.month}/{line.day.day}/{line.day.year}",
        line.product.code,
        line.product.name,
        f"{line.quantity:.2f}",
        "EUR",
        line.net,
    ]


def test_the_footer_is_no_sale_and_its_total_is_held_against_the_lines(tmp_path: Path) -> None:
    sums = [
        f"Grand Totals ({len(LINES)} records)",
        "",
        "",
        "",
        "",
        "",
        f"{sum(line.quantity for line in LINES):.2f}",
        "EUR",
        total(LINES),
    ]
    export = text([HEADER, *map(_row, LINES)], all_quoted=True) + "\r\n" + text([sums, [""], *NOTICES], all_quoted=True)
    book = opened(tmp_path, export.encode("latin-1"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.currency) == (45, "EUR")
    assert book.own_total_agrees
    assert book.products["VA-200"] == "Valve"


def test_what_is_lost_or_still_open_is_no_sale(tmp_path: Path) -> None:
    day = dt.date(2026, 3, 29)
    open_ones = [
        _row(Line(1090, day, LINES[0].customer, ITEMS[0], 80, 0), "Closed Lost"),
        _row(Line(1091, day, LINES[0].customer, ITEMS[0], 90, 0), "Negotiation/Review"),
    ]
    export = text([HEADER, *map(_row, LINES), *open_ones, [""], ["Grand Totals (47 records)"], *NOTICES])
    book = opened(tmp_path, export.encode("latin-1"))
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out) == (45, 2)
