"""A byte that is no text costs its own line at most, and a file of one encoding throughout keeps every name."""

from pathlib import Path

import pytest

from tests.intake.cases.exports import PLAIN, plain_lines, put, text
from tests.intake.cases.outcome import Came, came
from tests.intake.folders import write

NAMES = ("Müller", "شرکت کالا")


def one_byte(names: tuple[str, str] = NAMES, bad: bytes = b"Caf\xe9", column: int = 2) -> bytes:
    """Return a UTF-8 file of 22 lines, one of them with a byte that is not."""
    lines = plain_lines(accounts=names)
    good = text(PLAIN, lines[:-1]).encode()
    cells = [b"98", b"2026-05-28", names[0].encode(), b"P1", b"1", b"10.00"]
    cells[column] = bad
    return good + b",".join(cells) + b"\n" + text(PLAIN, lines[-1:]).encode().split(b"\n", 1)[1]


def the_others_keep_their_names(book: Came, *names: str) -> None:
    shown = {*book.revenue, *book.names.values()}
    assert set(names) <= shown
    assert not any(sign in name for name in shown for sign in "ÃØ")
    assert [each for each in book.findings if each.count == 1 and "utf-8" in f"{each}".casefold()]


def test_case_09_one_wrong_byte(tmp_path: Path) -> None:
    book = came(write(tmp_path / "book", sales_csv=one_byte()))
    the_others_keep_their_names(book, *NAMES)
    assert (book.revenue["Müller"], book.revenue["شرکت کالا"]) == (1100.0, 1000.0)
    assert sum(book.revenue.values()) in (2100.0, 2110.0)


def test_one_wrong_byte_in_a_product_of_a_file_with_a_mark(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + one_byte(("Ångström", "Łódź"), b"Stra\xdfe", column=3)
    the_others_keep_their_names(came(write(tmp_path / "book", sales_csv=content)), "Ångström", "Łódź")


def test_one_wrong_byte_in_a_tab_file(tmp_path: Path) -> None:
    content = one_byte(("株式会社", "Müller"), b"D\x92Arc").replace(b",", b"\t")
    the_others_keep_their_names(came(write(tmp_path / "book", sales_tsv=content)), "株式会社", "Müller")


FRENCH = ("Facture", "Date", "Client", "Référence", "Quantité", "Montant")
POLISH = ("Faktura", "Data", "Klient", "Towar", "Ilość", "Wartość")
RUSSIAN = ("Номер", "Дата", "Клиент", "Товар", "Количество", "Сумма")
PERSIAN = ("شماره فاکتور", "تاريخ", "کد مشتري", "کد کالا", "تعداد", "مبلغ")
JAPANESE = ("番号", "日付", "得意先", "商品", "数量", "金額")
ENCODED = {
    "windows-1252": ("cp1252", FRENCH, ("Müller & Söhne", "Café Zoë")),
    "windows-1250": ("cp1250", POLISH, ("Łódź Żywiec", "Škoda Plzeň")),
    "windows-1251": ("cp1251", RUSSIAN, ("Ромашка", "Северное сияние")),
    "windows-1256": ("cp1256", PERSIAN, ("شرکت پارس", "بازرگاني کالا")),
    "shift-jis": ("shift_jis", JAPANESE, ("株式会社東京", "大阪商事")),
    "utf-16": ("utf-16", FRENCH, ("Müller", "شرکت")),
}


@pytest.mark.parametrize(("encoding", "header", "names"), ENCODED.values(), ids=ENCODED.keys())
def test_a_file_in_one_other_encoding_throughout(
    tmp_path: Path, encoding: str, header: tuple[str, ...], names: tuple[str, str]
) -> None:
    folder = put(tmp_path / "book/sales.csv", header, plain_lines(accounts=names), encoding=encoding)
    revenue = {name.replace("ي", "ی"): net for name, net in came(folder).revenue.items()}
    assert revenue == {names[0].replace("ي", "ی"): 1100.0, names[1].replace("ي", "ی"): 1000.0}


def test_a_guessed_encoding_is_told_with_names_and_can_be_declared(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, plain_lines(accounts=("Müller", "Süd")), encoding="cp1252")
    assert came(folder).told("Müller")
    declared = came(write(folder, book_toml='[tables.sales]\nencoding = "windows-1250"\n'))
    assert set(declared.revenue) == {"Müller", "Süd"}
