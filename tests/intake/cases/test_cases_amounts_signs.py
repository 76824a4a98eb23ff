"""Costs of a piece, returns written positive and amounts out of all proportion are seen by their values."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import Came, accounts, attempt, right_or_asked
from tests.intake.folders import write

PIECES = {"N": 10, "S": 40}


def bought(cost: Callable[[int], object], price: Callable[[int], object] = lambda _: "5.00") -> list[tuple]:
    """Return lines at 5 a piece: N buys 10 pieces at a time, S 40; cost and price as functions of the pieces."""
    rows = []
    for number in range(21):
        who, day = ("NS"[number % 2], DAYS[number % 5]) if number < 20 else ("N", LAST)
        order = f"R{number if number < 20 else 99}"
        rows.append((order, day, who, "A1", PIECES[who], price(PIECES[who]), cost(PIECES[who])))
    return rows


def margin_of_a_fifth(folder: Path) -> None:
    """Assert that the book has the margin of 1 a piece, or a warning that cost does not grow with quantity."""
    book = right_or_asked(folder, {"N": 550.0, "S": 2000.0})
    assert book is not None
    margin = accounts(folder)["margin"]
    if not book.told("cost", "quantity", severity="warning"):
        assert margin.to_dict() == pytest.approx({"N": 110.0, "S": 400.0}, abs=0.005)


def test_case_16_the_cost_of_one_piece(tmp_path: Path) -> None:
    header = ("Invoice", "Date", "Customer", "SKU", "Qty", "Price", "Cost")
    margin_of_a_fifth(put(tmp_path / "book/sales.csv", header, bought(lambda _: "4.00")))


COSTS: dict[str, tuple[str, Sequence[str], list[tuple]]] = {
    "amount of the line, cost of the piece": (
        "sales.tsv",
        ("Invoice", "Date", "Customer", "SKU", "Qty", "Amount", "Cost"),
        bought(lambda _: "4.00", lambda pieces: f"{5 * pieces}.00"),
    ),
    "amount of the line, cost of the line": (
        "sales.parquet",
        ("Invoice", "Date", "Customer", "SKU", "Qty", "Amount", "Cost"),
        bought(lambda pieces: 4.0 * pieces, lambda pieces: 5.0 * pieces),
    ),
    "price of the piece, cost of the line": (
        "sales.xlsx",
        ("Invoice", "Date", "Customer", "SKU", "Qty", "Price", "Cost"),
        bought(lambda pieces: 4.0 * pieces, lambda _: 5.0),
    ),
    "Persian, both of the piece": (
        "sales.csv",
        ("شماره فاکتور", "تاریخ", "کد مشتری", "کد کالا", "تعداد", "قیمت", "بهای تمام شده"),
        bought(lambda _: "4.00"),
    ),
    "named so in Dutch": (
        "sales.csv",
        ("Factuur", "Datum", "Klant", "Artikel", "Aantal", "Prijs", "Inkoopprijs"),
        bought(lambda _: "4.00"),
    ),
}


@pytest.mark.parametrize(("file", "header", "rows"), COSTS.values(), ids=COSTS.keys())
def test_what_grows_with_quantity_is_of_the_line(
    tmp_path: Path, file: str, header: Sequence[str], rows: list[tuple]
) -> None:
    margin_of_a_fifth(put(tmp_path / "book" / file, header, rows))


def test_an_amount_that_does_not_grow_with_quantity_is_of_the_piece(tmp_path: Path) -> None:
    header = ("Invoice", "Date", "Customer", "SKU", "Qty", "Amount")
    rows = [
        (f"R{number}", DAYS[number % 5], "NS"[number % 2], f"A{number % 3}", 1 + number % 7, f"{5 + number % 3}.00")
        for number in range(60)
    ]
    right = {who: float(sum(r[4] * (5 + i % 3) for i, r in enumerate(rows) if r[2] == who)) for who in "NS"}
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), right)


def test_a_list_amount_of_the_piece(tmp_path: Path) -> None:
    header = ("Invoice", "Date", "Customer", "SKU", "Qty", "Amount", "Catalogue price")
    folder = put(tmp_path / "book/sales.csv", header, bought(lambda _: "6.25", lambda pieces: f"{5 * pieces}.00"))
    right_or_asked(folder, {"N": 550.0, "S": 2000.0})
    assert accounts(folder)["discount_rate"].to_dict() == pytest.approx({"N": 0.2, "S": 0.2})


def with_credits(quantity: int, kind: Callable[[bool], str], amount: object = "100.00") -> list[tuple]:
    """Return lines of 100 each, every fourth of the first 17 a credit to N with that quantity."""
    rows = []
    for number in range(21):
        credit = number % 4 == 0 and number < 20
        who, day = ("NS"[number % 2], DAYS[number % 5]) if number < 20 else ("N", LAST)
        order = number if number < 20 else 99
        rows.append((order, day, who, "A1", quantity if credit else 2, amount, kind(credit)))
    return rows


def test_case_17_credit_notes_written_positive(tmp_path: Path) -> None:
    header = ("Order No", "Date", "Customer", "Item", "Quantity", "Amount", "Document Type")
    rows = with_credits(-2, lambda credit: "Credit Note" if credit else "Invoice")
    credits_count(put(tmp_path / "book/sales.csv", header, rows))


def credits_count(folder: Path) -> None:
    """Assert that N comes to 6 × 100 − 5 × 100, or that a warning counts the five lines and their money."""
    book = attempt(folder)
    if isinstance(book, Came) and book.revenue == {"N": 1100.0, "S": 1000.0}:
        assert [each for each in book.findings if each.severity == "warning" and each.count == 5 and each.money]
    else:
        right_or_asked(folder, {"N": 100.0, "S": 1000.0})


CREDITS: dict[str, tuple[str, str, list[tuple]]] = {
    "by their signs alone": ("sales.tsv", "Note", with_credits(-2, lambda _: "")),
    "by their type alone": (
        "sales.csv",
        "Belegart",
        with_credits(2, lambda credit: "Gutschrift" if credit else "Rechnung"),
    ),
    "in French": (
        "sales.xlsx",
        "Type de document",
        with_credits(-2, lambda credit: "Avoir" if credit else "Facture", 100.0),
    ),
    "in Persian": (
        "sales.csv.gz",
        "نوع سند",
        with_credits(2, lambda credit: "برگشت از فروش" if credit else "فاکتور فروش"),
    ),
    "a refund": ("sales.csv", "Transaction Type", with_credits(2, lambda credit: "Refund" if credit else "Sale")),
}


@pytest.mark.parametrize(("file", "kind", "rows"), CREDITS.values(), ids=CREDITS.keys())
def test_what_came_back_is_taken_off(tmp_path: Path, file: str, kind: str, rows: list[tuple]) -> None:
    header = ("Order No", "Date", "Customer", "Item", "Quantity", "Amount", kind)
    credits_count(put(tmp_path / "book" / file, header, rows))


def test_credits_written_negative_stay_as_they_are(tmp_path: Path) -> None:
    header = ("Order No", "Date", "Customer", "Item", "Quantity", "Amount", "Document Type")
    rows = [
        (*row[:5], "-100.00", row[6]) if row[6] == "Credit Note" else row
        for row in with_credits(-2, lambda credit: "Credit Note" if credit else "Invoice")
    ]
    right_or_asked(put(tmp_path / "book/sales.csv", header, rows), {"N": 100.0, "S": 1000.0})


def out_of_proportion(folder: Path) -> list[str]:
    """List the examples of amounts that a warning calls absurd."""
    book = attempt(folder)
    assert isinstance(book, Came)
    return [each.example for each in book.findings if each.check == "absurd amounts"]


def test_case_21_a_typing_error_in_a_small_book(tmp_path: Path) -> None:
    rows = [list(line) for line in plain_lines(40, accounts=("N", "S", "W"))]
    rows[7][5] = "100000.00"
    examples = out_of_proportion(put(tmp_path / "book/sales.csv", PLAIN, rows))
    assert len(examples) == 1
    assert "100,000" in examples[0]
    assert "S on 2026-03-11" in examples[0]


@pytest.mark.parametrize("amount", ["-100000.00", "250000"])
def test_a_typing_error_of_either_sign_in_any_file(tmp_path: Path, amount: str) -> None:
    rows = [[*line[:5], float(line[5])] for line in plain_lines(40)]
    rows[12][5] = float(amount)
    examples = out_of_proportion(put(tmp_path / "book/sales.xlsx", PLAIN, rows))
    assert len(examples) == 1
    assert "2026-03-11" in examples[0]


def test_several_typing_errors_do_not_hide_each_other(tmp_path: Path) -> None:
    rows = [[*line] for line in plain_lines(40)]
    for number in (3, 8, 21):
        rows[number][5] = "100000.00"
    folder = put(tmp_path / "book/sales.tsv", PLAIN, rows)
    book = attempt(folder)
    assert isinstance(book, Came)
    assert [each.count for each in book.findings if each.check == "absurd amounts"] == [3]


def test_dear_products_are_not_absurd_beside_cheap_ones(tmp_path: Path) -> None:
    cheap = [(f"a{number}", DAYS[number % 5], "N", "Screw", 1, "1.00") for number in range(60)]
    dear = [(f"b{number}", DAYS[number % 5], "S", "Press", 1, f"{200000 + number}.00") for number in range(60)]
    assert out_of_proportion(put(tmp_path / "book/sales.csv", PLAIN, [*cheap, *dear])) == []
    wrong = ("c1", LAST, "N", "Screw", 1, "100000.00")
    examples = out_of_proportion(put(tmp_path / "other/sales.csv", PLAIN, [*cheap, *dear, wrong]))
    assert len(examples) == 1
    assert "100,000" in examples[0]


def test_ordinary_differences_are_not_absurd(tmp_path: Path) -> None:
    lines = "".join(f"{n},2025-01-{1 + n % 28:02},A{n % 4},P{n % 3},1,{10 + n * n}\n" for n in range(60))
    folder = write(tmp_path / "book", sales_csv=f"{','.join(PLAIN)}\n{lines}")
    assert out_of_proportion(folder) == []
