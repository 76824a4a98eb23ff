"""One small ledger that every system exports in its own way, and what comes of an export when it is opened."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from kam.intake.cache import Loaded, connect, loaded_book

TODAY = dt.date(2026, 4, 20)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Party:
    """A customer as the systems know it."""

    number: str
    name: str
    segment: str
    region: str


@dataclass(frozen=True, slots=True)
class Item:
    """A product as the systems know it."""

    code: str
    name: str
    group: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order; money has two decimals, as every system prints it."""

    order: int
    day: dt.date
    customer: Party
    product: Item
    quantity: int
    discount: int  # per cent

    @property
    def list_amount(self) -> Decimal:
        """The line at its list price."""
        return self.quantity * self.product.price

    @property
    def net(self) -> Decimal:
        """The line after its discount, without tax."""
        return (self.list_amount * (100 - self.discount) / 100).quantize(CENT)

    @property
    def tax(self) -> Decimal:
        """The line's tax of a fifth."""
        return (self.net / 5).quantize(CENT)


CUSTOMERS = (
    Party("10001", "Alder Works", "Industry", "North"),
    Party("10002", "Birch & Co", "Trade", "South"),
    Party("10003", "Cedar Ltd", "Industry", "East"),
    Party("10004", "Dogwood AG", "Public", "North"),
)
ITEMS = (
    Item("PU-100", "Pump", "Machines", Decimal("1120.50")),
    Item("VA-200", "Valve", "Parts", Decimal("34.90")),
    Item("SE-300", "Seal kit", "Parts", Decimal("7.25")),
)


def _order(number: int, customers: Sequence[Party], items: Sequence[Item]) -> list[Line]:
    """Make an order of one line or two; of fifteen months from January 2025 on, each has two orders."""
    month = number // 2
    day = dt.date(2025 + month // 12, 1 + month % 12, 1 + 7 * number % 27)
    customer = customers[(number * number + number // 3) % len(customers)]
    return [
        Line(
            1001 + number,
            day,
            customer,
            items[(number + turn) % len(items)],
            1 + (3 * number + 5 * turn) % 7,
            10 if (number + turn) % 5 == 0 else 0,
        )
        for turn in range(1 + number % 2)
    ]


def ledger(customers: Sequence[Party] = CUSTOMERS, items: Sequence[Item] = ITEMS) -> list[Line]:
    """Write the 45 lines of 30 orders, oldest first."""
    return [line for number in range(30) for line in _order(number, customers, items)]


LINES = ledger()


def orders(lines: Iterable[Line]) -> list[list[Line]]:
    """Put the lines of each order together."""
    return [list(group) for _, group in groupby(lines, key=lambda line: line.order)]


def total(lines: Iterable[Line]) -> Decimal:
    """Add up what the lines come to without tax."""
    return sum((line.net for line in lines), Decimal())


def taxes(lines: Iterable[Line]) -> Decimal:
    """Add up the tax of the lines."""
    return sum((line.tax for line in lines), Decimal())


def revenue(lines: Iterable[Line], *, back: Iterable[Line] = ()) -> dict[str, float]:
    """Add up by customer's name what was sold less what came back."""
    sums: dict[str, Decimal] = {}
    for lot, sign in ((lines, 1), (back, -1)):
        for line in lot:
            sums[line.customer.name] = sums.get(line.customer.name, Decimal()) + sign * line.net
    return {name: float(amount) for name, amount in sums.items()}


def text(rows: Iterable[Sequence[object]], *, separator: str = ",", end: str = "\r\n", all_quoted: bool = False) -> str:
    """Write rows as a text file."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue()


def american(amount: Decimal) -> str:
    """Write an amount as 1,234.56."""
    return f"{amount:,.2f}"


def german(amount: Decimal) -> str:
    """Write an amount as 1.234,56, with the minus behind."""
    return f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,")) + ("-" if amount < 0 else "")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a book made of one export holds, and what is said about it."""

    revenue: dict[str, float]  # by customer's name
    lines: int
    currency: str | None
    products: dict[str, str]  # name by id
    findings: list[tuple[str, str, int, str]]  # check, severity, count, example

    @property
    def left_out(self) -> int:
        """How many lines were left out for what they say of themselves."""
        return sum(count for check, _, count, _ in self.findings if check == "left out")

    @property
    def own_total_agrees(self) -> bool:
        """Whether the file's own total was found, and is what was taken in."""
        told = [severity for check, severity, _, _ in self.findings if check == "own total"]
        return bool(told) and "warning" not in told


def opened(folder: Path, content: str | bytes, *, name: str = "sales.csv", settings: str = "") -> Opened:
    """Open a book of one export, unaided."""
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    if settings:
        (folder / "book.toml").write_text(settings, encoding="utf-8")
    return look(loaded_book(folder, today=TODAY))


def look(loaded: Loaded) -> Opened:
    """Look at all that a loaded book says of its sales."""
    with connect(loaded.path) as cursor:

        def ask(query: str) -> list[tuple]:
            return cursor.execute(query).fetchall()

        by_name = ask(
            "select name, round(sum(net), 2)::double from sales_month join accounts using (account_id) group by name"
        )
        return Opened(
            revenue=dict(by_name),
            lines=ask("select rows_accepted::bigint from intake_tables where \"table\" = 'sales'")[0][0],
            currency=ask("select currency from book")[0][0],
            products=dict(ask("select product_id, name from products")),
            findings=ask('select "check", severity, count, example from intake_findings'),
        )
