"""Customers that differ only in spelling, or are nobody at all, are told with their money and joined by one line."""

from pathlib import Path

import pytest

from tests.intake.cases.exports import PLAIN, plain_lines, put
from tests.intake.cases.outcome import came
from tests.intake.folders import write

ALIKE = {
    "Arabic and Persian ye": ("بازرگاني پارسي", "بازرگانی پارسی"),
    "Arabic and Persian kaf": ("شركت نيکان", "شرکت نيکان"),
    "a joiner of no width": ("پخش می‌ران", "پخش میران"),
    "case": ("ACME Ltd", "Acme Ltd"),
    "blanks": ("Acme  Ltd", "Acme Ltd"),
    "composed letters": ("Mu\u0308ller", "Müller"),
    "Turkish capitals": ("İSTANBUL TİCARET", "istanbul ticaret"),
    "teh marbuta": ("شرکة النور", "شرکه النور"),
}


@pytest.mark.parametrize(("one", "other"), ALIKE.values(), ids=ALIKE.keys())
def test_customers_that_differ_in_spelling_alone_are_told(tmp_path: Path, one: str, other: str) -> None:
    book = came(put(tmp_path / "book/sales.csv", PLAIN, plain_lines(30, accounts=(one, other, "Other"))))
    told = [each for each in book.findings if each.severity == "warning" and each.table in ("sales", "accounts")]
    assert [
        each
        for each in told
        if (one in each.example + each.weakens or other in each.example + each.weakens)
        and (each.money or "00" in each.example + each.weakens)
    ]


def test_one_line_joins_two_spellings(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("ACME Ltd", "Acme Ltd")))
    book = came(write(folder, book_toml='[tables.sales.values.account_id]\n"ACME Ltd" = "Acme Ltd"\n'))
    assert book.revenue == {"Acme Ltd": 2100.0}


def test_products_that_differ_in_spelling_alone_are_told(tmp_path: Path) -> None:
    rows = [(*line[:3], ("ab-1", "AB-1")[number % 2], *line[4:]) for number, line in enumerate(plain_lines())]
    assert came(put(tmp_path / "book/sales.xlsx", PLAIN, rows)).told("ab-1")


def test_different_customers_are_not_called_alike(tmp_path: Path) -> None:
    book = came(put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("A-1", "A-11", "Müller", "Moeller"))))
    assert not [each for each in book.findings if each.severity == "warning"]


NOBODY = (
    "Cash",
    "CASH SALE",
    "Walk-in",
    "Walk in customer",
    "0",
    "Unknown",
    "Barverkauf",
    "Contado",
    "Comptoir",
    "Peşin",
    "Diverse",
    "مشتری متفرقه",
    "فروش نقدی",
)


@pytest.mark.parametrize("name", NOBODY)
def test_a_customer_that_is_nobody_is_told_with_its_money(tmp_path: Path, name: str) -> None:
    book = came(put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("N", name))))
    assert book.revenue == {"N": 1100.0, name: 1000.0}
    assert [each for each in book.told(name) if each.money == 1000.0 or "1,000" in each.example + each.weakens]


@pytest.mark.parametrize("name", ["Cashmere House", "Unknown Pleasures Ltd", "10"])
def test_a_customer_whose_name_begins_so_is_somebody(tmp_path: Path, name: str) -> None:
    book = came(put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("N", name))))
    assert not [each for each in book.told(name) if each.severity == "warning"]


def test_lines_without_a_customer_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = [list(line) for line in plain_lines(40)]
    rows[8][2] = ""
    book = came(put(tmp_path / "book/sales.csv", PLAIN, rows))
    assert [(line, column) for _, line, column, _ in book.refused] == [(10, "account_id")]


def test_of_many_customers_of_one_name_the_first_are_named(tmp_path: Path) -> None:
    customers = [f"K{number:04}" for number in range(3000)][::-1]
    lines = plain_lines(3000, accounts=tuple(customers))
    folder = put(tmp_path / "book/sales.csv", PLAIN, lines)
    put(folder / "accounts.csv", ("account_id", "name"), [(own, f"Shop {int(own[1:]) // 2}") for own in customers])
    assert came(folder).told("several customers of one name", "Shop 0: K0000, K0001", severity="note")
