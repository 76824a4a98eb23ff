"""Each column's own marks say how its numbers are written; what they leave open is asked, and no cent gets lost."""

from pathlib import Path

import pytest

from kam.intake.load import LoadError
from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import asked, came, right_or_asked
from tests.intake.folders import write

TWO_WAYS = r"two ways|1[.,]2"


def thousands(mark: str, odd_quantity: object = 2) -> list[list]:
    """Return 25 lines of whole amounts between 1,200 and 9,217 with a mark at the thousands; one quantity is odd."""
    rows: list[list] = [
        [f"R{number}", DAYS[number % 5], "NSW"[number % 3], "P1", 2, f"{1 + number % 9}{mark}{200 + number}"]
        for number in range(24)
    ]
    rows[3][4] = odd_quantity
    return [*rows, ["R99", LAST, "N", "P1", 2, f"1{mark}250"]]


def whole(rows: list[list]) -> dict[str, float]:
    """Sum the amounts by account, the mark read as one of thousands."""
    return {
        account: float(sum(int(str(row[-1]).replace(".", "").replace(",", "")) for row in rows if row[2] == account))
        for account in "NSW"
    }


def test_case_03_one_quantity_does_not_turn_thousands_into_thousandths(tmp_path: Path) -> None:
    rows = thousands(".", "1.5")
    assert whole(rows) == {"N": 31_934.0, "S": 38_692.0, "W": 46_700.0}
    right_or_asked(put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";"), whole(rows), refused=TWO_WAYS)


def test_commas_of_thousands_beside_a_quantity_with_a_comma(tmp_path: Path) -> None:
    rows = thousands(",", "1,5")
    right_or_asked(put(tmp_path / "book/sales.tsv", PLAIN, rows), whole(rows), refused=TWO_WAYS)


def test_a_price_with_cents_says_nothing_of_the_amounts(tmp_path: Path) -> None:
    rows = [[*row[:5], "3.75", row[5]] for row in thousands(".")]
    header = ("Beleg", "Datum", "Kunde", "Artikel", "Menge", "Gewicht", "Umsatz")
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows, mark=";"), whole(rows), refused=TWO_WAYS)


def test_an_amount_of_millions_decides_for_its_column(tmp_path: Path) -> None:
    rows = [*thousands(".", "1.5"), ["R100", LAST, "N", "P1", 2, "1.200.000"]]
    assert came(put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";")).revenue == whole(rows)


def test_an_amount_with_cents_decides_for_its_column(tmp_path: Path) -> None:
    rows = [*thousands("."), ["R100", LAST, "N", "P1", "1.5", "1.200,50"]]
    right = whole(rows[:-1])
    assert came(put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";")).revenue == {**right, "N": right["N"] + 1200.5}


def test_amounts_that_contradict_each_other_are_asked(tmp_path: Path) -> None:
    rows = [*thousands("."), ["R100", LAST, "N", "P1", 1, "12,50"], ["R101", LAST, "S", "P1", 1, "13.50"]]
    questions = asked(put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";"))
    assert any("net_amount" in (question.column, *question.asks.split()) for question in questions)


def test_numbers_of_a_workbook_are_what_they_are(tmp_path: Path) -> None:
    rows = [[*row[:5], float(row[5])] for row in thousands(".")]
    book = came(put(tmp_path / "book/sales.xlsx", PLAIN, rows))
    assert sum(book.revenue.values()) == pytest.approx(sum(row[5] for row in rows), abs=0.01)


def test_case_05_a_dash_stands_for_no_cents(tmp_path: Path) -> None:
    rows = [(f"R{number}", DAYS[number % 5], "NS"[number % 2], "P1", 1, f"{10 + number % 2},-") for number in range(20)]
    rows += [("R98", "2026-05-12", "N", "P1", 1, "1.234,50"), ("R99", LAST, "S", "P1", 1, "100,-")]
    folder = put(tmp_path / "book/sales.csv", PLAIN, rows, mark=";")
    right_or_asked(folder, {"N": 1334.5, "S": 210.0}, refused="number")


NO_CENTS = {"10.-": "1'234.50", "10.--": "1 234.50", "10,--": "1.234,50", "€ 10,-": "€ 1.234,50", "10,00": "1.234,50-"}


@pytest.mark.parametrize(("written", "other"), NO_CENTS.items())
def test_no_cents_in_other_hands(tmp_path: Path, written: str, other: str) -> None:
    rows = [[*line[:5], written] for line in plain_lines()] + [["R98", LAST, "S", "P1", 1, other]]
    last = -1234.5 if other.endswith("-") else 1234.5
    folder = put(tmp_path / "book/sales.tsv", PLAIN, rows)
    right_or_asked(folder, {"N": 110.0, "S": 100.0 + last}, refused="number")


def test_a_price_without_cents_times_quantity(tmp_path: Path) -> None:
    header = ("Faktuur", "Datum", "Klant", "Artikel", "Aantal", "Prijs")
    rows = [(*line[:4], 2, "12,-") for line in plain_lines()]
    folder = put(tmp_path / "book/sales.csv", header, rows, mark=";")
    right_or_asked(folder, {"N": 264.0, "S": 240.0}, refused="number")


SHAPES = {
    "10€50": 10.5,
    "( 50.00 )": -50.0,
    "(50.00)": -50.0,
    "50.00-": -50.0,
    "−50.00": -50.0,
    "Rs. 500.00": 500.0,
    "₹12,34,567.89": 1_234_567.89,
    "R$ 1.234,50": 1234.5,
    "1.234,50 TL": 1234.5,
    "1'234.50": 1234.5,
    "1 234,50 zł": 1234.5,
    "۱٬۲۳۴٫۵۰ ریال": 1234.5,
    "١٬٢٣٤٫٥٠": 1234.5,
    "1,234.56 Dr": 1234.56,
}


@pytest.mark.parametrize(("written", "meant"), SHAPES.items())
def test_an_amount_in_any_hand(tmp_path: Path, written: str, meant: float) -> None:
    others = plain_lines(amount="100")
    rows = [*others, *[(f"w{line[0]}", line[1], "W", *line[3:5], written) for line in plain_lines(4)]]
    assert came(put(tmp_path / "book/sales.tsv", PLAIN, rows)).revenue["W"] == pytest.approx(5 * meant)


UNITS = {"2 Nos": 2.0, "3 Stk": 3.0, "1.5 kg": 1.5, "12 pcs": 12.0, "۴ عدد": 4.0}


@pytest.mark.parametrize(("written", "meant"), UNITS.items())
def test_a_unit_behind_a_quantity(tmp_path: Path, written: str, meant: float) -> None:
    rows = [(*line[:4], written, line[5]) for line in plain_lines()]
    assert came(put(tmp_path / "book/sales.csv", PLAIN, rows)).quantity == {"N": 11 * meant, "S": 10 * meant}


def test_a_rate_per_unit(tmp_path: Path) -> None:
    header = ("Vch No.", "Date", "Particulars", "Item", "Quantity", "Rate")
    rows = [(*line[:4], "2 Nos", "50.00/Nos") for line in plain_lines()]
    assert came(put(tmp_path / "book/sales.csv", header, rows)).revenue == {"N": 1100.0, "S": 1000.0}


def test_money_of_a_weak_currency_has_no_upper_limit(tmp_path: Path) -> None:
    rows = plain_lines(amount="80,000,000,000,000")
    folder = put(tmp_path / "book/sales.csv", PLAIN, rows)
    assert came(write(folder, book_toml='currency = "IRR"\n')).revenue == {"N": 11 * 8e13, "S": 10 * 8e13}


PRICES = ("0.00004", "0.00123", "0.01648")
WORTH = {"N": 240.0, "S": 6150.0, "W": 82_400.0}


def pieces(*, typed: bool = False, mark: str = ".") -> list[tuple]:
    """Return lines of a million pieces each, at prices of five decimals."""
    rows = []
    for number in range(16):
        price: object = float(PRICES[number % 3]) if typed else PRICES[number % 3].replace(".", mark)
        day = DAYS[number % 5] if number < 15 else LAST
        rows.append((f"R{number if number < 15 else 99}", day, "NSW"[number % 3], "P1", 1_000_000, price))
    return rows


def test_case_06_a_price_of_many_decimals(tmp_path: Path) -> None:
    header = ("Invoice No", "Date", "Customer", "Item", "Qty", "Price")
    assert came(put(tmp_path / "book/sales.csv", header, pieces())).revenue == WORTH


@pytest.mark.parametrize("file", ["sales.parquet", "sales.xlsx", "sales.ods"])
def test_a_typed_price_of_many_decimals(tmp_path: Path, file: str) -> None:
    header = ("Invoice No", "Date", "Customer", "Item", "Qty", "Price")
    assert came(put(tmp_path / "book" / file, header, pieces(typed=True))).revenue == pytest.approx(WORTH, abs=0.005)


def test_a_german_price_of_many_decimals(tmp_path: Path) -> None:
    header = ("Rechnung", "Datum", "Kunde", "Artikel", "Menge", "Einzelpreis")
    assert came(put(tmp_path / "book/sales.csv", header, pieces(mark=","), mark=";")).revenue == WORTH


def test_a_quantity_of_many_decimals(tmp_path: Path) -> None:
    header = ("Order", "Date", "Customer", "Product", "Quantity", "Price")
    rows = [(number, DAYS[number % 5], "N", "P1", "0.00000125", "8000000.00") for number in range(10)]
    assert came(put(tmp_path / "book/sales.csv", header, rows)).revenue == {"N": 100.0}


def test_case_08_a_dollar_sign_fits_usd(tmp_path: Path) -> None:
    rows = [(*line, "USD") for line in plain_lines(amount="$1,100.00")]
    book = came(put(tmp_path / "book/sales.csv", (*PLAIN, "currency"), rows))
    assert (book.currency, book.revenue) == ("USD", {"N": 12_100.0, "S": 11_000.0})


SIGNS = [
    ("$", "USD"),
    ("$", "CAD"),
    ("US$", "USD"),
    ("A$", "AUD"),
    ("¥", "JPY"),
    ("¥", "CNY"),
    ("£", "GBP"),
    ("kr", "SEK"),
    ("kr", "NOK"),
    ("R$", "BRL"),
    ("₺", "TRY"),
    ("zł", "PLN"),
    ("ریال", "IRR"),
]


@pytest.mark.parametrize(("sign", "code"), SIGNS)
def test_a_sign_fits_its_codes(tmp_path: Path, sign: str, code: str) -> None:
    folder = put(tmp_path / "book/sales.tsv", PLAIN, plain_lines(amount=f"{sign} 1,100.00"))
    book = came(write(folder, book_toml=f'currency = "{code}"\n'))
    assert (book.currency, book.revenue) == (code, {"N": 12_100.0, "S": 11_000.0})


def test_a_sign_behind_the_amount_and_a_code_in_a_column(tmp_path: Path) -> None:
    rows = [(*line, "CAD") for line in plain_lines(amount="1 100,00 $")]
    book = came(put(tmp_path / "book/sales.csv", (*PLAIN, "Devise"), rows, mark=";"))
    assert (book.currency, book.revenue) == ("CAD", {"N": 12_100.0, "S": 11_000.0})


@pytest.mark.parametrize(("sign", "code"), [("$", "EUR"), ("£", "USD"), ("¥", "USD"), ("€", "GBP")])
def test_a_sign_that_cannot_mean_the_code_is_another_currency(tmp_path: Path, sign: str, code: str) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(amount=f"{sign}1,100.00"))
    with pytest.raises(LoadError, match="currenc"):
        came(write(folder, book_toml=f'currency = "{code}"\n'))
