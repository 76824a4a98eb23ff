"""What a status says of a line is never passed over: cancelled lines, drafts, refunds, and words nobody knows."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, put
from tests.intake.cases.outcome import Came, answer, asked, attempt, came, right_or_asked
from tests.intake.folders import write

HEADER = ("Order ID", "Date", "Customer", "SKU", "Qty", "Amount", "Status")


def with_status(words: Sequence[str], amount: object = "100.00") -> list[tuple]:
    """Return 25 lines of two customers, the words in turn as their status."""
    rows = [
        (number, DAYS[number % 5], "NS"[number % 2], "P1", 1, amount, words[number % len(words)])
        for number in range(24)
    ]
    return [*rows, (99, LAST, "N", "P1", 1, amount, words[0])]


def said(folder: Path, *words: str) -> None:
    """Assert that each word is in a finding that has money, or in a question about the status."""
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        for word in words:
            assert [each for each in outcome.told(word) if each.money or "00" in each.example + each.weakens], word
    else:
        texts = " ".join(f"{each.asks} {each.why} {each.options}" for each in asked(folder)).casefold()
        told = " ".join(f"{each.example} {each.weakens}" for each in outcome.report.findings).casefold()
        assert all(word.casefold() in texts + told for word in words)


def test_case_13_cancelled_and_refunded_orders_are_told(tmp_path: Path) -> None:
    words = ("Shipped", "Shipped", "Cancelled", "Refunded")
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(words))
    said(folder, "Cancelled", "Refunded")
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        assert outcome.told("Status")


@pytest.mark.parametrize("word", ["Refunded", "refund", "Erstattet", "Remboursé", "برگشتی"])
def test_refunded_lines_never_add_to_the_sales_in_silence(tmp_path: Path, word: str) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(("Paid", "Paid", "Paid", word)))
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        assert outcome.revenue["N"] == 1300.0
        assert outcome.revenue["S"] in (600.0, 0.0)  # six of twelve lines left out, or taken off
        assert outcome.told(word)
    else:
        assert any(word in question.asks + question.why for question in asked(folder))


GONE = {
    "English": ("Status", "Paid", "Cancelled"),
    "one l": ("Order Status", "Complete", "canceled"),
    "void": ("Invoice Status", "Paid", "VOIDED"),
    "draft": ("Status", "Posted", "Draft"),
    "quote": ("Document Status", "Invoiced", "Quote"),
    "German": ("Status", "Bezahlt", "Storniert"),
    "French": ("Statut", "Payée", "Annulée"),
    "Spanish": ("Estado", "Pagado", "Anulado"),
    "Turkish": ("Durum", "Ödendi", "İptal"),
    "Persian, void": ("وضعیت", "تایید شده", "باطل"),
    "Persian, quote": ("وضعیت", "قطعی", "پیش‌فاکتور"),
}


@pytest.mark.parametrize(("column", "good", "gone"), GONE.values(), ids=GONE.keys())
def test_what_never_was_a_sale_is_left_out_and_told(tmp_path: Path, column: str, good: str, gone: str) -> None:
    folder = put(tmp_path / "book/sales.csv", (*HEADER[:6], column), with_status((good, good, gone, good)))
    book = right_or_asked(folder, {"N": 700.0, "S": 1200.0})
    assert book is not None
    assert [each for each in book.told(gone) if each.count == 6 or "6" in each.example]


@pytest.mark.parametrize("file", ["sales.tsv", "sales.xlsx", "sales.parquet", "sales.csv.gz"])
def test_cancelled_lines_of_any_file(tmp_path: Path, file: str) -> None:
    rows = with_status(("Shipped", "Shipped", "Cancelled", "Shipped"), 100.0)
    right_or_asked(put(tmp_path / "book" / file, HEADER, rows), {"N": 700.0, "S": 1200.0})


def test_a_mark_of_sap_that_a_document_was_cancelled(tmp_path: Path) -> None:
    header = ("DocNum", "DocDate", "CardCode", "ItemCode", "Quantity", "LineTotal", "CANCELED")
    folder = put(tmp_path / "book/sales.csv", header, with_status(("N", "N", "Y", "N")))
    right_or_asked(folder, {"N": 700.0, "S": 1200.0})


def test_pending_and_failed_orders_are_asked_or_told(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(("Paid", "Paid", "Paid", "Failed", "Pending")))
    said(folder, "Failed", "Pending")


def test_a_word_nobody_knows_is_asked_when_money_hangs_on_it(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(("Paid", "Paid", "Zephyr", "Paid")))
    questions = asked(folder)
    assert len(questions) == 1
    assert "Zephyr" in questions[0].asks + questions[0].why
    money = sorted(option.money or 0.0 for option in questions[0].options)
    assert {1900.0, 2500.0} <= set(money)
    kept = next(option for option in questions[0].options if option.money == 2500.0)
    assert answer(folder, questions[0], kept.label).revenue == {"N": 1300.0, "S": 1200.0}


def test_a_word_nobody_knows_on_a_line_of_little_money_is_told(tmp_path: Path) -> None:
    rows = [*with_status(("Paid",)), (100, LAST, "S", "P1", 1, "2.00", "Zephyr")]
    book = came(put(tmp_path / "book/sales.csv", HEADER, rows))
    assert book.revenue == {"N": 1300.0, "S": 1202.0}
    assert book.told("Zephyr")


def test_words_that_all_mean_a_sale_ask_nothing(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(("Shipped", "Paid", "Completed", "Delivered")))
    assert came(folder).revenue == {"N": 1300.0, "S": 1200.0}


def test_a_reader_says_what_is_left_out_kept_and_taken_back(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", HEADER, with_status(("Paid", "Paid", "Cancelled", "Zephyr", "Back")))
    settings = (
        '[tables.sales.keep]\nStatus = ["Cancelled"]\n'
        '[tables.sales.leave_out]\nStatus = ["Zephyr"]\n'
        '[tables.sales.returns]\nStatus = ["Back"]\n'
    )
    net = {"N": 0.0, "S": 0.0}
    for _, _, customer, *_, word in with_status(("Paid", "Paid", "Cancelled", "Zephyr", "Back")):
        net[customer] += {"Zephyr": 0.0, "Back": -100.0}.get(word, 100.0)
    assert came(write(folder, book_toml=settings)).revenue == net


def test_a_status_of_the_delivery_alone_takes_no_sale_away(tmp_path: Path) -> None:
    header = (*HEADER[:6], "Delivery Status")
    folder = put(tmp_path / "book/sales.csv", header, with_status(("Delivered", "In transit", "Delivered")))
    right_or_asked(folder, {"N": 1300.0, "S": 1200.0})
