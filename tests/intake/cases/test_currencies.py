"""Money of several currencies is turned into one by the rate of its day, or not added up at all."""

from pathlib import Path

import pytest

from kam.base.errors import IntakeError
from kam.intake.load import LoadError
from tests.intake.cases.exports import DAYS, PLAIN, plain_lines, put
from tests.intake.cases.outcome import accounts, came
from tests.intake.folders import write

HEADER = (*PLAIN, "currency")
RATES = dict(zip(DAYS, (0.80, 0.85, 0.90, 0.95, 0.75), strict=True))
"""What one dollar cost in euros."""


def two_currencies(count: int = 20) -> list[tuple]:
    """Return lines of N in euros and of S in dollars."""
    return [(*line, "EUR" if line[2] == "N" else "USD") for line in plain_lines(count)]


def in_euros(rows: list[tuple]) -> dict[str, float]:
    worth = {"N": 0.0, "S": 0.0}
    for row in rows:
        worth[row[2]] += float(row[5]) * (RATES[row[1]] if row[6] == "USD" else 1.0)
    return worth


def with_rates(folder: Path, rates: list[tuple], name: str = "rates.csv") -> Path:
    return write(put(folder / name, ("currency", "day", "rate"), rates), book_toml='currency = "EUR"\n')


@pytest.mark.parametrize("name", ["rates.csv", "rates.xlsx", "rates.tsv"])
def test_lines_are_turned_at_the_rate_of_their_day(tmp_path: Path, name: str) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, two_currencies())
    book = came(with_rates(folder, [("USD", day, rate) for day, rate in RATES.items()], name))
    assert book.currency == "EUR"
    assert book.revenue == pytest.approx(in_euros(two_currencies()), abs=0.005)


def test_costs_and_list_amounts_are_turned_with_the_line(tmp_path: Path) -> None:
    rows = [(*row, "80.00") for row in two_currencies()]
    folder = put(tmp_path / "book/sales.csv", (*HEADER, "cost_amount"), rows)
    came(with_rates(folder, [("USD", day, 0.5) for day in DAYS]))
    assert accounts(folder)["margin"].to_dict() == pytest.approx({"N": 220.0, "S": 100.0})


def test_lines_without_a_rate_are_shown_and_not_added_up(tmp_path: Path) -> None:
    rows = [*two_currencies(), ("z1", "2026-05-21", "Z", "P1", 1, "100.00", "CHF")]
    folder = put(tmp_path / "book/sales.csv", HEADER, rows)
    book = came(with_rates(folder, [("USD", day, rate) for day, rate in RATES.items()]))
    assert book.revenue == pytest.approx(in_euros(rows[:-1]), abs=0.005)
    told = [each for each in book.findings if "CHF" in each.example + each.weakens]
    refused = [line for _, line, *_ in book.refused]
    assert told or refused == [23]


def test_several_currencies_without_rates_are_an_error_that_names_them(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, two_currencies())
    with pytest.raises(IntakeError, match="currenc") as caught:
        came(folder)
    assert "EUR" in str(caught.value)
    assert "USD" in str(caught.value)
    assert "rates" in str(caught.value)


def test_signs_of_several_currencies_without_rates_are_an_error(tmp_path: Path) -> None:
    rows = [(*line[:5], "€100.00" if line[2] == "N" else "$100.00") for line in plain_lines()]
    with pytest.raises(LoadError, match="currenc"):
        came(put(tmp_path / "book/sales.csv", PLAIN, rows))


def test_one_currency_asks_for_no_rates(tmp_path: Path) -> None:
    rows = [(*line[:5], line[5], " eur ") for line in plain_lines()]
    book = came(put(tmp_path / "book/sales.csv", (*PLAIN, "Währung"), rows))
    assert (book.currency, book.revenue) == ("EUR", {"N": 1100.0, "S": 1000.0})


def test_of_two_currencies_without_rates_the_book_s_own_is_not_guessed(tmp_path: Path) -> None:
    rows = [(*line, ("EUR", "USD", "GBP")[number % 3]) for number, line in enumerate(plain_lines(20))]
    put(tmp_path / "sales.csv", (*PLAIN, "currency"), rows)
    write(tmp_path, rates_csv="currency,day,rate\nGBP,2025-01-01,1.17\n")
    with pytest.raises(LoadError, match='for example, currency = "EUR"'):
        came(tmp_path)
    write(tmp_path, book_toml='currency = "USD"\n')
    assert came(tmp_path).currency == "USD"


@pytest.mark.parametrize(
    "name", ["Amount (Base)", "Amount in local currency", "Amount in Company Code Currency", "Betrag in Hauswährung"]
)
def test_an_amount_in_the_base_currency_is_not_converted_again(name: str, tmp_path: Path) -> None:
    """One file has what was converted already beside the order's own currency, another has only the latter."""
    folder = with_rates(tmp_path / "book", [("USD", day, rate) for day, rate in RATES.items()])
    rows = two_currencies()
    put(folder / "sales/2025.csv", HEADER, rows)
    converted = [(f"C{row[0]}", *row[1:5], 50.0, row[6]) for row in rows]
    put(folder / "sales/2026.csv", (*PLAIN[:5], name, "currency"), converted)
    lines = {name: sum(row[2] == name for row in rows) for name in "NS"}
    right = {name: money + 50.0 * lines[name] for name, money in in_euros(rows).items()}
    assert came(folder).revenue == pytest.approx(right, abs=0.005)


@pytest.mark.parametrize("name", ["Amount in doc. curr.", "Amount in Document Currency", "Betrag in Belegwährung"])
def test_an_amount_in_the_currency_of_its_document_is_converted(name: str, tmp_path: Path) -> None:
    folder = with_rates(tmp_path / "book", [("USD", day, rate) for day, rate in RATES.items()])
    put(folder / "sales.csv", (*PLAIN[:5], name, "currency"), two_currencies())
    assert came(folder).revenue == pytest.approx(in_euros(two_currencies()), abs=0.005)


@pytest.mark.parametrize(
    ("local", "document"),
    [
        (("Amount in local currency", "Local Currency"), ("Amount in doc. curr.", "Document currency")),
        (("Amount in Company Code Currency", "Company Code Currency"), ("Amount in Document Currency", "Currency")),
        (("Betrag in Hauswährung", "Hauswährung"), ("Betrag in Belegwährung", "Währung")),
    ],
)
def test_each_amount_goes_with_its_own_currency(
    local: tuple[str, str], document: tuple[str, str], tmp_path: Path
) -> None:
    folder = with_rates(tmp_path / "book", [("USD", day, rate) for day, rate in RATES.items()])
    rows = [
        (*row[:5], round(float(row[5]) * (RATES[row[1]] if row[6] == "USD" else 1), 2), "EUR", row[5], row[6])
        for row in two_currencies()
    ]
    put(folder / "sales.csv", (*PLAIN[:5], *local, *document), rows)
    for amount in (local[0], document[0]):
        write(folder, book_toml=f'currency = "EUR"\n[tables.sales.columns]\nnet_amount = "{amount}"\n')
        assert came(folder).revenue == pytest.approx(in_euros(two_currencies()), abs=0.005), amount
