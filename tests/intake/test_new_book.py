"""A book made from loose files: named safely, written once, and read back as it was confirmed."""

import datetime as dt
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.base.errors import BookError, IntakeError
from kam.intake.files import UNFINISHED, book_files, find_tables
from kam.intake.new_book import Draft, Facts, NewBook, check_new_book, settings_text, slug, unfinished_books, write_book
from kam.intake.peek import guess_table, peek
from kam.intake.settings import TableSettings, read_settings

TODAY = dt.date(2026, 11, 23)
SOME_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ODD = "Beleg;Tag;Debitor;Ware;Stück;Umsatz\nR1;03.04.2025;A;P;1;1.234,50\nR2;04.03.2025;B;P;2;10,00\n"
COLUMNS = {
    "order_id": "Beleg",
    "order_date": "Tag",
    "account_id": "Debitor",
    "product_id": "Ware",
    "quantity": "Stück",
    "net_amount": "Umsatz",
}


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "upload" / "1.csv"
    path.parent.mkdir()
    path.write_text(ODD, encoding="utf-8")
    return path


def _book(*files: Path, name: str = "Nord", settings: TableSettings | None = None) -> NewBook:
    return NewBook(name, None, (Draft("sales", files, settings or TableSettings(COLUMNS, "d-m-y")),))


@given(name=SOME_TEXT, currency=SOME_TEXT, source=SOME_TEXT, other=SOME_TEXT)
def test_any_text_comes_back_from_book_toml_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, currency: str, source: str, other: str
) -> None:
    sales = TableSettings({"order_id": source, "net_amount": other}, "d-m-y", ",")
    accounts = TableSettings({"account_id": other})
    book = NewBook(name, currency or None, (Draft("sales", (), sales), Draft("accounts", (), accounts)))
    folder = tmp_path_factory.mktemp("toml")
    (folder / "book.toml").write_text(settings_text(book), encoding="utf-8", newline="\n")

    read = read_settings(folder)

    assert (read.name, read.currency) == (name, currency or None)
    assert read.tables == {"sales": sales, "accounts": accounts}


@given(SOME_TEXT)
def test_a_slug_is_one_plain_folder_name(name: str) -> None:
    made = slug(name)

    assert made.replace("-", "x").isalnum()
    assert not made.startswith("-")
    assert len(made) <= 60 + len("book-")
    assert slug(made) == made


def test_a_book_is_written_beside_another_of_the_same_name_never_over_it(odd: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "nord").mkdir(parents=True)
    (home / "nord-2").write_text("mine", encoding="utf-8")

    first, second = write_book(home, _book(odd)), write_book(home, _book(odd))

    assert (first.name, second.name) == ("nord-3", "nord-4")
    assert list((home / "nord").iterdir()) == []
    assert (home / "nord-2").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in first.iterdir()) == ["book.toml", "sales.csv"]


def test_a_written_file_is_a_copy_of_its_own(odd: Path, tmp_path: Path) -> None:
    folder = write_book(tmp_path / "home", _book(odd))
    odd.write_text("changed", encoding="utf-8")

    assert (folder / "sales.csv").read_text(encoding="utf-8") == ODD


def test_several_files_of_a_table_stand_in_its_folder(odd: Path, tmp_path: Path) -> None:
    folder = write_book(tmp_path / "home", _book(odd, odd))

    assert sorted(path.name for path in (folder / "sales").iterdir()) == ["sales-1.csv", "sales-2.csv"]


def test_what_was_begun_is_taken_away_if_it_cannot_be_finished(odd: Path, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="cannot be written"):
        write_book(tmp_path / "home", _book(odd, tmp_path / "gone.csv"))
    with pytest.raises(BookError, match="no data file"):
        write_book(tmp_path / "home", _book(tmp_path / "x.sh"))

    assert list((tmp_path / "home").iterdir()) == []


_WRITE = """
import sys
from pathlib import Path
from kam.intake.new_book import Draft, NewBook, write_book
from kam.intake.settings import TableSettings
files = tuple(sorted(Path(sys.argv[1]).iterdir()))
write_book(Path(sys.argv[2]), NewBook("Nord", None, (Draft("sales", files, TableSettings()),)))
"""


@pytest.mark.parametrize("after", [1, 2, 60, 119, 121])
def test_a_book_whose_writing_was_killed_is_whole_or_never_opened(tmp_path: Path, after: int) -> None:
    loose, home = tmp_path / "loose", tmp_path / "home"
    loose.mkdir()
    for number in range(120):
        line = f"{number},2025-01-31,A,P,1,1.00\n"
        (loose / f"{number:03}.csv").write_text(
            f"order_id,order_date,account_id,product_id,quantity,net_amount\n{line}"
        )
    process = subprocess.Popen([sys.executable, "-c", _WRITE, str(loose), str(home)])  # noqa: S603 - our own words
    while process.poll() is None and sum(1 for path in home.rglob("*") if path.is_file()) < after:
        time.sleep(0.0005)
    process.kill()
    process.wait()

    for folder in home.iterdir():
        if folder in unfinished_books(home):
            with pytest.raises(BookError, match=f"^{re.escape(str(folder))} is a book that was not written to its end"):
                book_files(folder)
        else:
            assert len(book_files(folder)) == 121
    again = write_book(home, _book(*sorted(loose.iterdir()), settings=TableSettings()))
    assert len(book_files(again)) == 121


def test_a_book_not_written_to_its_end_is_no_part_of_another(odd: Path, tmp_path: Path) -> None:
    whole = write_book(tmp_path, _book(odd))
    whole.rename(tmp_path / f"nord{UNFINISHED}")

    with pytest.raises(BookError, match="holds no sales file"):
        find_tables(tmp_path, [path for path in book_files(tmp_path) if path != odd])
    (tmp_path / f"nord{UNFINISHED}" / "sales").mkdir()
    with pytest.raises(BookError, match="not written to its end"):
        book_files(tmp_path / f"nord{UNFINISHED}" / "sales")


def test_a_check_reads_as_opening_would_and_keeps_nothing(odd: Path, tmp_path: Path) -> None:
    found = check_new_book(_book(odd), today=TODAY)

    assert found.failure is None
    assert found.report.intake == [
        {
            "table": "sales",
            "file": "sales.csv",
            "rows_read": 2,
            "rows_accepted": 2,
            "rows_refused": 0,
            "rows_left_out": 0,
        }
    ]
    assert {each["column"]: each["how"] for each in found.report.columns} == dict.fromkeys(COLUMNS, "declared")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["1.csv", "upload"]


def test_a_check_says_what_is_ambiguous(odd: Path) -> None:
    found = check_new_book(_book(odd, settings=TableSettings(COLUMNS)), today=TODAY)

    assert found.failure is not None
    assert [question.column for question in found.report.questions] == ["Tag"]
    assert found.facts is None


def test_a_book_without_sales_fails_its_check_under_its_own_name(odd: Path) -> None:
    found = check_new_book(NewBook("Nord", None, (Draft("accounts", (odd,), TableSettings()),)), today=TODAY)

    assert found.failure is not None
    assert found.failure.startswith("Nord holds no")


def test_what_was_answered_is_read_and_written_with_the_book(tmp_path: Path) -> None:
    path = tmp_path / "1.csv"
    lines = "".join(f"{n},2026-0{n}-03,{'NS'[n % 2]},1.{n}00\n" for n in range(1, 9))
    path.write_text(f"order_id,order_date,account_id,net_amount\n{lines}", encoding="utf-8")
    asked = check_new_book(NewBook("Nord", None, (Draft("sales", (path,)),)), today=TODAY)
    assert len(asked.report.questions) == 1
    thousands = next(option for option in asked.report.questions[0].options if option.value == ",")

    book = NewBook("Nord", "EUR", (Draft("sales", (path,)),), answers=(thousands,))
    found = check_new_book(book, today=TODAY)

    assert found.failure is None
    assert found.facts == Facts(11600.0, "EUR", 2, dt.date(2026, 1, 3), dt.date(2026, 8, 3))
    written = read_settings(write_book(tmp_path / "home", book))
    assert (written.name, written.currency) == ("Nord", "EUR")
    assert written.tables["sales"].decimal == ","


def test_a_packed_file_keeps_what_its_name_says_is_inside(tmp_path: Path) -> None:
    for name in ("1.csv.gz", "2.zip"):
        (tmp_path / name).write_bytes(b"")

    folder = write_book(tmp_path / "home", _book(tmp_path / "1.csv.gz", tmp_path / "2.zip"))

    assert sorted(path.name for path in (folder / "sales").iterdir()) == ["sales-1.csv.gz", "sales-2.zip"]


@pytest.mark.parametrize(
    ("name", "columns", "table"),
    [
        ("sales.csv", ["a", "b"], "sales"),
        ("Kunden 2025.csv", ["Kundennummer", "Firma"], "accounts"),
        ("export.csv", ["customer", "invoice", "date", "sku", "qty", "amount"], "sales"),
        ("managers.csv", ["manager_id", "name", "region"], "managers"),
        ("value_delivered.csv", ["x"], "value_delivered"),
        ("nothing.csv", ["x"], "sales"),
    ],
)
def test_a_table_is_guessed_from_name_and_columns(name: str, columns: list[str], table: str) -> None:
    assert guess_table(name, columns) == table


def test_a_peek_shows_different_values_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "1.csv"
    path.write_text('a,a,b\n1,,"two\nlines"\n1,,x\n2,,"' + "y" * 30 + '"\n3,,z\n4\n', encoding="utf-8")

    samples = list(peek(path).samples.values())

    assert samples == [("1", "2", "3"), (), ("two lines", "x", "y" * 23 + "…")]


@pytest.mark.parametrize(("name", "content"), [("1.csv", b""), ("1.csv", bytes(range(256))), ("1.parquet", b"PAR1")])
def test_a_peek_at_no_table_names_the_file(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(IntakeError, match=f"^{name} (is|cannot)"):
        peek(path)
