"""What an amount counts and stands for: thousands, toman, the year so far, a ledger's sign, a discount, a profit."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import accounts, asked, came, right_or_asked
from tests.intake.folders import write, write_parquet

UNITS: dict[str, tuple[str, str, float]] = {
    "Amount ($000)": ("sales.csv", "1.5", 1500.0),
    "Net sales (in 000)": ("sales.tsv", "1.5", 1500.0),
    "Revenue (in thousands)": ("sales.xlsx", "1.5", 1500.0),
    "Umsatz in TEUR": ("sales.csv", "1.5", 1500.0),
    "Umsatz (T€)": ("sales.csv", "1.5", 1500.0),
    "Montant HT (k€)": ("sales.csv.gz", "1.5", 1500.0),
    "Revenue (in millions)": ("sales.csv", "1.5", 1_500_000.0),
    "Net amount (USD m)": ("sales.csv", "1.5", 1_500_000.0),
    "مبلغ (میلیون ریال)": ("sales.csv", "1.5", 1_500_000.0),
    "مبلغ (هزار ریال)": ("sales.tsv", "1.5", 1500.0),
    "مبلغ (تومان)": ("sales.xlsx", "150", 1500.0),
    "مبلغ (ریال)": ("sales.csv", "1500", 1500.0),
    "Amount (EUR)": ("sales.csv", "1500", 1500.0),
    "Amount (2025)": ("sales.csv", "1500", 1500.0),
}


@pytest.mark.parametrize(
    ("name", "file", "written", "meant"), [(name, *more) for name, more in UNITS.items()], ids=UNITS.keys()
)
def test_a_unit_in_the_header_counts(tmp_path: Path, name: str, file: str, written: str, meant: float) -> None:
    folder = put(tmp_path / "book" / file, (*PLAIN[:5], name), plain_lines(amount=written))
    right_or_asked(folder, {"N": 11 * meant, "S": 10 * meant})


def test_the_unit_of_a_price_counts_once(tmp_path: Path) -> None:
    header = ("شماره فاکتور", "تاریخ", "کد مشتری", "کد کالا", "تعداد", "مبلغ واحد (تومان)")
    rows = [(*line[:4], 3, "۱۵۰") for line in plain_lines()]
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), {"N": 49_500.0, "S": 45_000.0})


def test_toman_and_rial_of_two_columns_each_count_as_they_say(tmp_path: Path) -> None:
    header = (*PLAIN[:5], "مبلغ خالص (تومان)", "بهای تمام شده (ریال)")
    rows = [(*line[:5], "100", "800") for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", header, rows)
    right_or_asked(folder, {"N": 11_000.0, "S": 10_000.0})
    assert accounts(folder)["margin"].to_dict() == pytest.approx({"N": 2200.0, "S": 2000.0})


def test_short_hand_for_thousands_is_never_a_small_number(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(amount="10.5k"))
    right_or_asked(folder, {"N": 115_500.0, "S": 105_000.0}, refused="10.5k|number")


MONTHS = [(2025, month) for month in range(1, 13)] + [(2026, 1), (2026, 2), (2026, 3)]
SOLD = {"N": [100 + 7 * at for at in range(15)], "S": [40 + 3 * (at % 4) for at in range(15)]}


def so_far() -> list[tuple[str, str, float]]:
    """Return month end, customer and what was sold since January: falling back each January."""
    rows = []
    for who, sold in SOLD.items():
        run = 0.0
        for (year, month), amount in zip(MONTHS, sold, strict=True):
            run = amount + (0.0 if month == 1 else run)
            rows.append((f"{year}-{month:02}-28", who, run))
    return sorted(rows)


def month_by_month(folder: Path) -> None:
    book = right_or_asked(folder, {who: float(sum(sold)) for who, sold in SOLD.items()})
    assert book is not None
    for who, sold in SOLD.items():
        months = [book.months[who, f"{year}-{month:02}"] for year, month in MONTHS]
        assert months == pytest.approx(sold)


@pytest.mark.parametrize("name", ["Sales YTD", "YTD Amount", "Cumulative revenue", "Umsatz kumuliert", "CA cumulé"])
def test_amounts_of_the_year_so_far_by_their_name(tmp_path: Path, name: str) -> None:
    month_by_month(put(tmp_path / "book/sales.csv", ("Date", "Customer", name), so_far()))


def test_amounts_of_the_year_so_far_by_their_values(tmp_path: Path) -> None:
    month_by_month(put(tmp_path / "book/sales.xlsx", ("Month", "Customer", "Amount"), so_far()))


def test_amounts_of_the_year_so_far_by_product(tmp_path: Path) -> None:
    header = ("Date", "Customer", "Product", "Revenue YTD")
    rows = [
        (day, who, product, run * share) for day, who, run in so_far() for product, share in (("A", 0.25), ("B", 0.75))
    ]
    month_by_month(put(tmp_path / "book/sales.parquet", header, rows))


@pytest.mark.parametrize(("name", "share"), [("Cost YTD", 0.75), ("Profit YTD", 0.25)])
def test_what_runs_on_beside_the_amount_is_a_step_too(tmp_path: Path, name: str, share: float) -> None:
    rows = [(*row, row[2] * share) for row in so_far()]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Sales YTD", name), rows)
    month_by_month(folder)
    assert accounts(folder)["margin_rate"].dropna().to_list() == pytest.approx([0.25, 0.25])


def test_a_quantity_that_runs_on_counts_no_pieces(tmp_path: Path) -> None:
    rows = [(*row[:2], row[2] / 2, row[2]) for row in so_far()]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Quantity YTD", "Sales YTD"), rows)
    month_by_month(folder)
    book = came(folder)
    assert book.told("running quantity", "Quantity YTD", severity="warning")
    assert not any(book.quantity.values())


@pytest.mark.parametrize("name", ["Unit cost", "List price"])
def test_what_is_said_to_be_of_the_line_is_not_multiplied(tmp_path: Path, name: str) -> None:
    rows = [(*line[:4], 2, 100.0, 150.0) for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:5], "Amount", name), rows)
    column = "cost_amount" if "cost" in name else "list_amount"
    write(folder, book_toml=f'[tables.sales.amounts]\n{column} = "line"\n')
    assert came(folder).sources[column] == name


def test_growing_sales_are_not_the_year_so_far(tmp_path: Path) -> None:
    rows = [(f"{year}-{month:02}-28", "N", 100.0 + 10 * at) for at, (year, month) in enumerate(MONTHS)]
    folder = put(tmp_path / "book/sales.csv", ("Date", "Customer", "Amount"), rows)
    assert came(folder).revenue == {"N": sum(row[2] for row in rows)}


@pytest.mark.parametrize("file", ["sales.csv", "sales.xlsx", "sales.parquet"])
def test_a_ledger_whose_sales_stand_negative(tmp_path: Path, file: str) -> None:
    rows: list[tuple] = [(*(str(cell) for cell in line[:4]), 1, -100.0) for line in plain_lines()]
    rows[6] = (*rows[6][:4], 1, 30.0)  # what came back
    right_or_asked(put(tmp_path / "book" / file, PLAIN, rows), {"N": 1100.0 - 130.0, "S": 1000.0})


def test_a_ledger_in_german(tmp_path: Path) -> None:
    header = ("Beleg", "Buchungsdatum", "Kunde", "Artikel", "Menge", "Betrag")
    rows = [(*line[:5], "100,00-") for line in plain_lines()]
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows, mark=";"), {"N": 1100.0, "S": 1000.0})


def test_a_declared_turn_of_signs(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(amount="-100.00"))
    turned = write(folder, book_toml="[tables.sales]\nturned = true\n")
    assert came(turned).revenue == {"N": 1100.0, "S": 1000.0}


SHARES = (0.0, 0.1, 0.25, 0.05)


def with_discount(*, money: Sequence[str], percent: float | None = None) -> list[tuple]:
    """Return lines of 2 or 4 × 100 less a discount of none, 10, 25 or 5 %, with the wanted columns of money behind.

    `money` is made of "price", "list", "net", "off"; the discount's share comes last, times `percent`.
    """
    rows = []
    for number in range(41):
        share = SHARES[number % 4]
        pieces = 2 + 2 * (number // 8 % 2)
        listed = 100.0 * pieces
        each = {"price": 100.0, "list": listed, "net": round(listed * (1 - share), 2), "off": round(listed * share, 2)}
        day = DAYS[number % 5] if number < 40 else LAST
        last = () if percent is None else (round(share * percent, 4),)
        rows.append((f"R{number}", day, "NS"[number // 4 % 2], "A1", pieces, *(each[name] for name in money), *last))
    return rows


NET = {"N": 14 * (100.0 + 90.0 + 75.0 + 95.0) + 400.0, "S": 14 * (100.0 + 90.0 + 75.0 + 95.0)}
LISTED = {"N": 6000.0, "S": 5600.0}

DISCOUNTS: dict[str, tuple[str, Sequence[str], list[tuple]]] = {
    "price and percent": ("sales.csv", ("Price", "Disc. %"), with_discount(money=["price"], percent=100)),
    "price and share": ("sales.tsv", ("Unit price", "Discount"), with_discount(money=["price"], percent=1)),
    "price and money": ("sales.xlsx", ("Unit price", "Discount amount"), with_discount(money=["price", "off"])),
    "net and percent": ("sales.csv", ("Net amount", "Discount %"), with_discount(money=["net"], percent=100)),
    "net and share": ("sales.parquet", ("Sales", "Discount"), with_discount(money=["net"], percent=1)),
    "price, percent and net": (
        "sales.csv",
        ("Unit Price", "Line Discount %", "Line Amount"),
        [(*row[:6], row[7], row[6]) for row in with_discount(money=["price", "net"], percent=100)],
    ),
    "German": ("sales.csv", ("Einzelpreis", "Rabatt %"), with_discount(money=["price"], percent=100)),
    "Persian, before and after": (
        "sales.csv",
        ("مبلغ واحد", "مبلغ کل", "مبلغ تخفیف", "مبلغ کل پس از تخفیف"),
        with_discount(money=["price", "list", "off", "net"]),
    ),
    "amount before its discount in money": ("sales.csv", ("Amount", "Discount"), with_discount(money=["list", "off"])),
}


@pytest.mark.parametrize(("file", "money", "rows"), DISCOUNTS.values(), ids=DISCOUNTS.keys())
def test_a_discount_makes_net_and_list(tmp_path: Path, file: str, money: Sequence[str], rows: list[tuple]) -> None:
    header = ("Invoice", "Date", "Customer", "SKU", "Quantity", *money)
    folder = put(tmp_path / "book" / file, header, rows)
    right_or_asked(folder, NET)
    rates = accounts(folder)["discount_rate"].to_dict()
    assert rates == pytest.approx({who: 1 - NET[who] / LISTED[who] for who in NET}, abs=1e-4)


def test_a_discount_in_percent_signs(tmp_path: Path) -> None:
    rows = [(*row[:6], f"{row[6]:g}%") for row in with_discount(money=["price"], percent=100)]
    header = ("Invoice", "Date", "Customer", "SKU", "Quantity", "Price", "Discount")
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), NET)


PROFITS = {"Profit": "sales.csv", "Gross profit": "sales.xlsx", "Gewinn": "sales.tsv", "سود": "sales.csv"}


@pytest.mark.parametrize(("name", "file"), PROFITS.items())
def test_a_profit_gives_the_cost(tmp_path: Path, name: str, file: str) -> None:
    rows = [(*line[:5], 100.0, 15.0 if line[2] == "N" else -5.0) for line in plain_lines()]
    folder = put(tmp_path / "book" / file, (*PLAIN[:5], "Sales", name), rows)
    right_or_asked(folder, {"N": 1100.0, "S": 1000.0})
    assert accounts(folder)["margin"].to_dict() == pytest.approx({"N": 165.0, "S": -50.0})


def test_a_margin_in_percent_is_no_profit(tmp_path: Path) -> None:
    rows = [(*line[:5], 100.0, 15.0) for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:5], "Sales", "Margin %"), rows)
    right_or_asked(folder, {"N": 1100.0, "S": 1000.0})
    rates = accounts(folder)["margin_rate"].dropna().to_list()
    assert rates == pytest.approx([0.15] * len(rates))


def test_every_question_about_money_shows_what_each_reading_comes_to(tmp_path: Path) -> None:
    rows = [(*line[:5], f"1.{200 + number}") for number, line in enumerate(plain_lines())]
    question = asked(put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";"))[0]
    money = sorted(option.money or 0.0 for option in question.options)
    assert (money[0], money[-1]) == pytest.approx((25.41, 25_410.0), abs=0.01)


def test_a_price_that_no_line_has_is_left_aside_in_silence(tmp_path: Path) -> None:
    query = (
        "select 'Alpha' as customer, date '2025-01-01' + n::int as date, 2 as quantity, 10.0 + n as price,"
        ' null::double as "unit price" from range(30) r(n)'
    )
    write_parquet(tmp_path / "book/sales.parquet", query)
    assert sum(came(tmp_path / "book").revenue.values()) == pytest.approx(2 * sum(10.0 + n for n in range(30)))
