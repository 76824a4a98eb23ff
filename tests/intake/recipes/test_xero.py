"""Sales invoices of Xero: totals of the invoice on every line, credit notes written positive, drafts, voided ones."""

import datetime as dt
from pathlib import Path

from tests.intake.recipes.ledger import CUSTOMERS, ITEMS, LINES, Line, opened, orders, revenue, taxes, text

HEADER = (
    "ContactName,EmailAddress,POAddressLine1,POCity,PORegion,POPostalCode,POCountry,InvoiceNumber,Reference,InvoiceDate,"
    "DueDate,PlannedDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,Description,Quantity,"
    "UnitAmount,Discount,LineAmount,AccountCode,TaxType,TaxAmount,TrackingName1,TrackingOption1,Currency,Type,Sent,Status"
)


def _rows(lines: list[Line], *, number: str = "INV-", kind: str = "Sales invoice", status: str = "Paid") -> list[list]:
    rows = []
    for order in orders(lines):
        tax = taxes(order)
        amount = sum(line.net for line in order) + tax
        for line in order:
            day, due = (f"{on:%d/%m/%Y}" for on in (line.day, line.day + dt.timedelta(30)))
            rows.append(
                [
                    line.customer.name,
                    "",
                    "",
                    "",
                    line.customer.region,
                    "",
                    "",
                    f"{number}{line.order}",
                    "",
                    day,
                    due,
                    "",
                    amount,
                    tax,
                    amount if status == "Paid" else "0.00",
                    "0.00" if status == "Paid" else amount,
                    line.product.code,
                    line.product.name,
                    f"{line.quantity:.2f}",
                    line.product.price,
                    f"{line.discount:.2f}" if line.discount else "",
                    line.net,
                    "200",
                    "20% (VAT on Income)",
                    line.tax,
                    "",
                    "",
                    "GBP",
                    kind,
                    "Sent",
                    status,
                ]
            )
    return rows


def _export(*more: list) -> str:
    return text([HEADER.split(","), *_rows(LINES[:30]), *_rows(LINES[30:], status="Awaiting Payment"), *more])


def test_the_line_counts_and_not_the_invoice_on_every_line(tmp_path: Path) -> None:
    book = opened(tmp_path, _export())
    assert book.revenue == revenue(LINES)
    assert (book.lines, book.left_out, book.currency) == (45, 0, "GBP")
    assert book.products["PU-100"] == "Pump"


def test_credit_notes_count_negative_and_drafts_and_voided_invoices_not_at_all(tmp_path: Path) -> None:
    day = dt.date(2026, 2, 19)
    back = [Line(7, day, CUSTOMERS[1], ITEMS[0], 1, 0), Line(7, day, CUSTOMERS[1], ITEMS[1], 3, 0)]
    draft = [Line(1090, day, CUSTOMERS[2], ITEMS[0], 40, 0)]
    void = [Line(1091, day, CUSTOMERS[0], ITEMS[0], 50, 0)]
    book = opened(
        tmp_path,
        _export(
            *_rows(back, number="CN-", kind="Sales credit note"),
            *_rows(draft, status="Draft"),
            *_rows(void, status="Voided"),
            *_rows([Line(8, day, CUSTOMERS[3], ITEMS[0], 2, 0)], number="OP-", kind="Sales overpayment"),
        ),
    )
    assert book.revenue == revenue(LINES, back=back)
    assert (book.lines, book.left_out) == (47, 3)


def test_the_star_of_a_required_column_does_not_matter(tmp_path: Path) -> None:
    starred = _export().replace("ContactName", "*ContactName", 1).replace(",InvoiceDate", ",*InvoiceDate", 1)
    assert opened(tmp_path, starred).revenue == revenue(LINES)
