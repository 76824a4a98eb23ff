"""What stands beside the amount, the customer and the day: other money, other people, other signs."""

from pathlib import Path

import pytest

from tests.intake.cases.exports import put
from tests.intake.cases.outcome import Came, asked, attempt, came
from tests.intake.cases.workbook import write_xlsx

DAYS = ("2026-01-05", "2026-02-06", "2026-03-11", "2026-04-16", "2026-05-21", "2026-06-25")
CUSTOMERS = ("A", "B", "C")
PIECES = (1, 2, 4, 3)


def lines(*more: object) -> list[tuple]:
    """Return twelve lines of day, customer, item, pieces and what is worked out from them; an item costs 10 or 20."""
    rows = []
    for number in range(12):
        pieces, price = PIECES[number % 4], 10 + 10 * (number % 2)
        own = [each(number, pieces, price) if callable(each) else each for each in more]
        rows.append((DAYS[number % 6], CUSTOMERS[number % 3], "XY"[number % 2], pieces, *own))
    return rows


def share(number: int) -> float:
    """Return the discount of a line: every third has one."""
    return 0.1 if number % 3 == 0 else 0.0


def price(_number: int, _pieces: int, each: int) -> int:
    return each


def goods(_number: int, pieces: int, each: int) -> int:
    return pieces * each


def net(number: int, pieces: int, each: int) -> float:
    return round(pieces * each * (1 - share(number)), 2)


def off(number: int, pieces: int, each: int) -> float:
    return round(-pieces * each * share(number), 2)


GOODS = sum(PIECES[number % 4] * (10 + 10 * (number % 2)) for number in range(12))
NET = sum(net(number, PIECES[number % 4], 10 + 10 * (number % 2)) for number in range(12))
HEAD = ("Date", "Customer", "Item", "Qty")

READ = {
    "a discount written with a minus": (("Gross Sales", "Discounts", "Net Sales"), (goods, off, net), NET),
    "a percentage with a minus": (("Price", "Discount %"), (price, lambda n, _q, _p: -100 * share(n)), NET),
    "a commission": (("Unit Price", "Commission Amount"), (price, lambda _n, q, _p: q * 0.7), GOODS),
    "a coupon": (("Unit Price", "Coupon Amount"), (price, lambda n, q, p: q * p * share(n)), NET),
    "a rate of tax and the total with it": (
        ("Unit Price", "VAT %", "Total"),
        (price, lambda *_: 19, lambda _n, q, p: round(q * p * 1.19, 2)),
        GOODS,
    ),
    "the same month of last year": (("Net Sales", "Net Sales LY"), (goods, lambda _n, q, p: q * p * 1.1), GOODS),
    "since when somebody is a customer": (("Customer Since", "Net"), (lambda n, *_: 2019 + n % 2, goods), GOODS),
    "an order number of the customer's": (("Customer PO Number", "Net"), (lambda n, *_: f"PO{n}", goods), GOODS),
    "the name of the product": (("Name", "Net"), (lambda n, *_: f"Gadget {'XY'[n % 2]}", goods), GOODS),
    "the tax in brackets": (
        ("Amount (Gross)", "Amount (Tax)", "Amount (Net)"),
        (lambda _n, q, p: q * p * 1.2, lambda _n, q, p: q * p * 0.2, goods),
        GOODS,
    ),
}


@pytest.mark.parametrize(("names", "more", "right"), READ.values(), ids=READ.keys())
def test_what_stands_beside_the_amount_does_not_change_it(
    tmp_path: Path, names: tuple[str, ...], more: tuple, right: float
) -> None:
    book = came(put(tmp_path / "book/sales.csv", (*HEAD, *names), lines(*more)))
    assert sum(book.revenue.values()) == pytest.approx(right, abs=0.01)
    assert set(book.revenue) == {"A", "B", "C"}
    assert set(book.names.values()) <= {"A", "B", "C"}


ASKED = {
    "a price that grows with the quantity": (("Price",), (goods,), GOODS),
    "a column nobody knows near price × quantity": (("Unit Price", "Charged"), (price, net), NET),
    "two currencies beside one another": (("Amount EUR", "Amount GBP"), (goods, lambda _n, q, p: q * p * 0.85), GOODS),
}


@pytest.mark.parametrize(("names", "more", "right"), ASKED.values(), ids=ASKED.keys())
def test_what_the_values_leave_open_is_asked(tmp_path: Path, names: tuple[str, ...], more: tuple, right: float) -> None:
    questions = asked(put(tmp_path / "book/sales.csv", (*HEAD, *names), lines(*more)))
    assert len(questions) == 1
    assert any(option.money == pytest.approx(right, abs=0.01) for option in questions[0].options)


def test_debit_and_credit_in_a_column_of_their_own(tmp_path: Path) -> None:
    rows = lines(goods, lambda n, *_: "H" if n % 6 == 0 else "S")
    book = came(put(tmp_path / "book/sales.csv", (*HEAD, "Umsatz", "Soll/Haben"), rows))
    back = sum(row[4] for row in rows if row[5] == "H")
    assert sum(book.revenue.values()) == GOODS - 2 * back


def test_sales_on_credit_are_sales(tmp_path: Path) -> None:
    rows = lines(goods, lambda n, *_: ("Cash Sale", "Credit Sale")[n % 2])
    assert sum(came(put(tmp_path / "book/sales.csv", (*HEAD, "Net", "Type"), rows)).revenue.values()) == GOODS


def test_payments_that_are_most_of_a_file_are_asked_about(tmp_path: Path) -> None:
    rows = lines(goods, lambda n, *_: "Refund" if n % 6 == 0 else "Payment")
    assert "Payment" in asked(put(tmp_path / "book/sales.csv", (*HEAD, "Net", "Event Type"), rows))[0].asks


def test_states_of_america_are_no_states_of_an_order(tmp_path: Path) -> None:
    rows = lines(goods, lambda n, *_: ("CA", "NY", "OK", "TX")[n % 4])
    assert sum(came(put(tmp_path / "book/sales.csv", (*HEAD, "Net", "State"), rows)).revenue.values()) == GOODS


def test_days_that_a_spreadsheet_has_turned_are_told(tmp_path: Path) -> None:
    turned = [(f"2026-0{1 + number % 6}-0{1 + number % 9}", "ABC"[number % 3], 10) for number in range(20)]
    outcome = attempt(put(tmp_path / "book/sales.csv", ("Date", "Customer", "Net"), [*turned, ("25/06/2026", "A", 10)]))
    assert not isinstance(outcome, Came)
    assert "turned day and month" in str(outcome)


def test_a_customer_on_the_first_line_of_its_group_alone(tmp_path: Path) -> None:
    rows = []
    for customer in ("Nord", "Süd", "West"):
        rows += [("" if number else customer, DAYS[number], 10 * (number + 1)) for number in range(5)]
        rows.append((f"{customer} Ergebnis", "", 150))
    book = came(put(tmp_path / "book/sales.csv", ("Kunde", "Datum", "Umsatz"), rows))
    assert book.revenue == {"Nord": 150.0, "Süd": 150.0, "West": 150.0}


def test_a_forecast_beside_the_sales_is_not_added(tmp_path: Path) -> None:
    table = [["Date", "Customer", "Net"], *([day, "A", 10] for day in DAYS)]
    (tmp_path / "book").mkdir()
    write_xlsx(tmp_path / "book/sales.xlsx", {"Sales": table, "Forecast": table})
    book = came(tmp_path / "book")
    assert book.revenue == {"A": 60.0}
    assert book.told("Forecast", severity="warning")
