"""Each column says itself how its numbers are written, or says that it does not say; what is no number stays none."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.intake.currencies import SIGN_CODES
from kam.intake.number_marks import Numbers, read_numbers
from kam.intake.raw import raw_name


def relation(*columns: tuple[str, list[str | None]]) -> duckdb.DuckDBPyConnection:
    """Stage columns of texts as a file's part is staged: a relation named part."""
    cursor = duckdb.connect()
    names = ", ".join(f"{raw_name(name)} varchar" for name, _ in columns)
    cursor.execute(f'create table part ("‹row›" bigint, {names})')
    marks = ", ".join("?" for _ in range(len(columns) + 1))
    rows = [list(row) for row in zip(range(9_999_999), *(values for _, values in columns), strict=False)]
    cursor.executemany(f"insert into part values ({marks})", rows)
    return cursor


def read(
    *values: str | None,
    name: str = "Amount",
    declared: str | None = None,
    kind: str = "decimal(18,4)",
    share: bool = False,
) -> tuple[Numbers, list[float | None]]:
    """Judge one column and read its values."""
    cursor = relation((name, list(values)))
    numbers = read_numbers(cursor, "part", [name], declared=declared)[name]
    sql = numbers.value(raw_name(name), kind, share=share)
    rows = cursor.execute(f'select {sql} from part order by "‹row›"').fetchall()
    return numbers, [None if value is None else float(value) for (value,) in rows]


ONE_NUMBER = {
    "1.234,56": 1234.56,
    "1,234.56": 1234.56,
    "1.234.567,8": 1234567.8,
    "12,34,567.80": 1234567.8,
    "(5.00)": -5,
    "( 50.00 )": -50,
    "(€5.50)": -5.5,
    "USD (5.50)": -5.5,
    "5.00-": -5,
    "5 -": -5,
    "- 5": -5,
    "−5.00": -5,
    "+5": 5,
    "€ 1 234,50": 1234.5,
    "1 234,50 €": 1234.5,
    "-€5.25": -5.25,
    "€-5.25": -5.25,
    "$1,234.56-": -1234.56,
    "1\u00a0234,50": 1234.5,
    "1\u202f234,50": 1234.5,
    "1'234.50": 1234.5,
    "1’234.50": 1234.5,
    "12 345 678": 12345678,
    "EUR 12.50": 12.5,
    "12.50EUR": 12.5,
    "CHF12.50": 12.5,
    "$5 USD": 5,
    ".5": 0.5,
    "-.5": -0.5,
    "$.50": 0.5,
    "0,5": 0.5,
    "5.": 5,
    "1e3": 1000,
    "1.5E+06": 1_500_000,
    "1,5E+3": 1500,
    "0.00005": 0.0001,
    "1234,5": 1234.5,
    "0.005": 0.005,
    "0,005": 0.005,
    "1.200.000": 1_200_000,
    "1,200,000": 1_200_000,
    "12,34,567": 1234567,
    "12,-": 12,
    "12.-": 12,
    "12,--": 12,
    "12,–": 12,
    "1'200.-": 1200,
    "1,200.-": 1200,
    "1.200,-": 1200,
    "kr. 10,-": 10,
    "500/-": 500,
    "10€50": 10.5,
    "12,00- EUR": -12,
    "12,00 EUR-": -12,
    "50 %": 50,
    "٥٠٪": 50,
    "1,234.56 Cr": -1234.56,
    "1,234.56 Dr": 1234.56,
    "10 Cr.": -10,
    "Rs. 500": 500,
    "Rs.500.50": 500.5,
    "R$ 10": 10,
    "₺10": 10,
    "10 TL": 10,
    "10 kr": 10,
    "10 zł": 10,
    "10 Kč": 10,
    "10 Ft": 10,
    "10 лв.": 10,
    "10 ₽": 10,
    "10 руб.": 10,
    "Rp 10": 10,
    "RM10": 10,
    "S/ 10": 10,
    "S/.10.50": 10.5,
    "US$10": 10,
    "A$ 10": 10,
    "10円": 10,
    "ر.س. 10": 10,
    "10 د.إ": 10,
    "۱۰ ریال": 10,
    "۱۲٬۰۰۰ تومان": 12000,
    "2 Nos": 2,
    "95.00/Nos": 95,
    "₹95.50 / kg": 95.5,
    "2 pcs": 2,
    "3 Stk": 3,
    "3 Stk.": 3,
    "1.5 kg": 1.5,
    "5 m2": 5,
    "2 m2": 2,
    "-12 kg": -12,
    "۲ عدد": 2,
    "۱۲۳۴": 1234,
    "۱۲٫۵": 12.5,
    "۱٬۲۳۴٫۵": 1234.5,
    "٣٫٢٥": 3.25,
    "۱۲۰،۰۰۰،۰۰۰": 120_000_000,
    "۱۲۰٬۰۰۰": 120_000,
    "\u200f۱۲۳": 123,
    "１２３": 123,
}


@pytest.mark.parametrize("written", ONE_NUMBER)
def test_a_number_as_it_is_written(written: str) -> None:
    numbers, values = read(written)

    assert (values, numbers.undecided) == ([ONE_NUMBER[written]], 0)
    assert (numbers.numeric, numbers.filled) == (1, 1)


NO_NUMBERS = [
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "abc",
    "5 5",
    "5 1234",
    "10 mio",
    "1.2.3",
    "1,23,4.5",
    "--5",
    "+-5",
    "(5",
    "5)",
    "(-5)",
    "=1+1",
    "0x10",
    "1_000",
    "٫",
    "5 abc",
    "2026-01-31",
    "31.01.2026",
    "12:30",
    "$5 EUR",
    "1 2 3",
    "5 kg 5",
    "INV-12",
    "-5 Cr",
]


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_what_is_no_number_stays_none(written: str) -> None:
    for kind in ("decimal(18,4)", "double", "bigint"):
        numbers, values = read(written, "1.5" if kind != "bigint" else "1", kind=kind)
        assert values[0] is None
        assert (numbers.numeric, numbers.filled) == (1, 2)


def test_absent_cells_are_not_filled() -> None:
    numbers, values = read("", None, " ", "NULL", "n/a", "-", "—", "5")

    assert (numbers.numeric, numbers.filled) == (1, 1)
    assert values == [None] * 7 + [5]


def test_short_hand_is_counted_and_not_read() -> None:
    numbers, values = read("10.5k", "3M", "€ 2 Mio.", "5 Mio. EUR", "$5mm", "۳ میلیون", "12", "10 kr")

    assert values == [None] * 6 + [12, 10]
    assert numbers.short_hand == 6


def test_a_quantity_says_nothing_of_the_amounts() -> None:
    cursor = relation(("Qty", ["2", "1.5", "2"]), ("Amount", ["1.200", "2.201", "3.202"]))

    found = read_numbers(cursor, "part", ["Qty", "Amount"], declared=None)

    assert (found["Qty"].decimal, found["Qty"].undecided) == (".", 0)
    assert (found["Amount"].undecided, found["Amount"].example) == (3, "1.200")


@pytest.mark.parametrize(
    ("values", "decimal", "undecided"),
    [
        (["1.200"], None, 1),
        (["1,200", "7"], None, 1),
        (["€ 1.200", "1.300 €"], None, 2),
        (["۱۲۰,۰۰۰"], None, 1),
        (["1.200", "1.200.000"], ",", 0),
        (["1,234", "12,34,567"], ".", 0),
        (["1.200", "10,-"], ",", 0),
        (["1.200", "0.750"], ".", 0),
        (["1.200", "12.-"], None, 1),
        (["0.005", "0.120"], ".", 0),
        (["1.200", "2.40", "1.5", "3"], ".", 0),
        (["1.200", "1.5", "2,5"], None, 1),
        (["1.5", "2.5", "2,5"], ".", 0),
        (["1,5", "2,5", "2.5"], ",", 0),
        (["1.200"] * 50 + ["1.5"], None, 50),
        (["1.200"] * 50 + ["1234.5"], ".", 0),
        (["1.200"] * 50 + ["1.5"] * 5, ".", 0),
    ],
)
def test_only_the_column_itself_decides(values: list[str], decimal: str | None, undecided: int) -> None:
    numbers, _ = read(*values)

    assert numbers.undecided == undecided
    assert decimal in (None, numbers.decimal)


def test_what_fits_only_the_other_mark_is_no_number_here() -> None:
    assert read("1,5", "2,5", "€ 3,5", "2.5", "€ 1.5")[1] == [1.5, 2.5, 3.5, None, None]


def test_a_declared_mark_decides() -> None:
    for mark, value in ((".", 1.234), (",", 1234)):
        numbers, values = read("1.234", declared=mark)
        assert (numbers.decimal, numbers.undecided, values) == (mark, 0, [value])


def test_the_cells_of_a_workbook_are_decided() -> None:
    cursor = relation(("Amount", ["1.234", "1e-05"]))

    found = read_numbers(cursor, "part", ["Amount"], declared=None, exact=frozenset({"Amount"}))["Amount"]

    assert (found.decimal, found.undecided, found.numeric) == (".", 0, 2)


@pytest.mark.parametrize(
    ("name", "scale", "written"),
    [
        ("Net (in 000)", 1e3, "decimal ., in thousands"),
        ("Sales ($000)", 1e3, "decimal ., in thousands"),
        ("Umsatz in TEUR", 1e3, "decimal ., in thousands"),
        ("net_k€", 1e3, "decimal ., in thousands"),
        ("CA, M€", 1e6, "decimal ., in millions"),
        ("مبلغ (میلیون ریال)", 1e6, "decimal ., in millions"),
        ("مبلغ کل (تومان)", 10, "decimal ., of toman: ten rial"),
        ("مبلغ به تومان", 10, "decimal ., of toman: ten rial"),
        ("مبلغ (هزار تومان)", 1e4, "decimal ., in thousands, of toman: ten rial"),
        ("Sales (lakhs)", 1e5, "decimal ., in lakhs"),
        ("Price per 1000", 0.001, "decimal ., for 1000 pieces"),
        ("Amount (EUR)", 1, "decimal ."),
        ("Thousand Oaks", 1, "decimal ."),
        ("Balance (Cr)", 1, "decimal ."),
        ("Amount", 1, "decimal ."),
        ("Art. K", 1, "decimal ."),
    ],
)
def test_the_name_says_in_what_the_numbers_count(name: str, scale: float, written: str) -> None:
    for value, kind in (("1.5", "decimal(18,4)"), ("1.5", "double"), ("€ 1.5", "double")):
        numbers, values = read(value, name=name, kind=kind)
        assert (numbers.scale, numbers.written) == (scale, written)
        assert values == [pytest.approx(1.5 * scale)]


def test_thousands_are_counted_without_rounding_first() -> None:
    assert read("0.00012345", name="Net (in 000)")[1] == [0.1235]


def test_whole_numbers_and_shares() -> None:
    assert read("1,000.0", "2.5", "12,000.00", "5 pcs", kind="bigint")[1] == [1000, None, 12000, 5]
    numbers, values = read("50%", "5 %", "0.25", kind="double", share=True)
    assert (numbers.percent, values) == (2, [0.5, 0.05, 0.25])


def test_ids_of_a_letter_and_digits_are_no_amounts() -> None:
    assert read("R0", "R17", "R98")[0].numeric == 0
    assert read("SR-001", "SR-002")[0].numeric == 0
    assert read("R 17", "R 98")[1] == [17, 98]
    assert read("R17.50", "R98")[1] == [17.5, 98]


def test_every_line_of_a_column_of_texts_is_counted() -> None:
    streets = [f"{chr(97 + first)}{chr(97 + second)}-weg {first}" for first in range(26) for second in range(26)]

    numbers, values = read(*streets, "5", "6")

    assert (numbers.filled, numbers.numeric) == (678, 2)
    assert values == [None] * 676 + [5, 6]


def test_units_are_named() -> None:
    assert read("5 kg", "500 g", "3 Stk.", "2/Nos", "7")[0].units == ("g", "kg", "nos", "stk")


def test_a_sign_fits_each_currency_it_is_used_for() -> None:
    cursor = relation(("Amount", ["$5", "5 kr", "¥5", "Rs. 5", "5 USD", "7", "(€5)", "5 ریال", "5 تومان"]))

    found = list(read_numbers(cursor, "part", ["Amount"], declared=".")["Amount"].currencies)

    assert {"USD", "CAD", "AUD", "NZD", "MXN"} <= SIGN_CODES["$"]
    assert set(found) == {
        SIGN_CODES["$"],
        frozenset({"SEK", "NOK", "DKK", "ISK"}),
        frozenset({"JPY", "CNY"}),
        SIGN_CODES["rs"],
        frozenset({"USD"}),
        frozenset({"EUR"}),
        frozenset({"IRR"}),
        frozenset({"IRT"}),
    }
    assert not read_numbers(relation(("Amount", ["5", "6"])), "part", ["Amount"], declared=".")["Amount"].currencies


def test_a_name_with_quotes_and_a_value_like_sql_do_no_harm() -> None:
    numbers, values = read("5 '); drop table part; --", "5", "€ 5'", name="A\"mount' (in 000)")

    assert (numbers.scale, values) == (1000, [None, 5000, None])


def grouped(value: Decimal, between: str, mark: str) -> str:
    """Write a number with something between its thousands and a decimal mark."""
    return f"{value:,.2f}".replace(",", "\0").replace(".", mark).replace("\0", between)


STYLES = [
    (between, mark) for mark in ".," for between in ("", " ", "\u00a0", "\u202f", "'", "’", ",.".replace(mark, ""))
]
FRAMES = ["{}", "€ {}", "{} €", "EUR {}", "Rs. {}", "{} kr", "{} pcs", "{}/kg"]
DIGITS = [str.maketrans("", ""), str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"), str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.decimals(-999_999_999, 999_999_999, places=2), min_size=1, max_size=6),
    st.sampled_from(STYLES),
    st.sampled_from(FRAMES),
    st.sampled_from(DIGITS),
    st.sampled_from(["-{}", "({})", "{}-"]),
)
def test_amounts_come_back_as_they_were(
    amounts: list[Decimal], style: tuple[str, str], frame: str, digits: dict[int, int], negative: str
) -> None:
    texts = [
        (negative if amount < 0 else "{}").format(frame.format(grouped(abs(amount), *style).translate(digits)))
        for amount in amounts
    ]

    numbers, values = read(*texts)

    assert values == [pytest.approx(float(amount)) for amount in amounts]
    assert numbers.undecided == 0
