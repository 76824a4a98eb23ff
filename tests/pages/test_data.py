"""The Data page: the open book, its report, another folder, and a new book from files, through the whole app."""

import datetime as dt
import time
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from kam.intake.files import UNFINISHED
from kam.intake.settings import read_settings

APP = Path(__file__).parents[2] / "app.py"
HEAD = "order_id,order_date,account_id,product_id,quantity,net_amount\n"
SALES = HEAD + "".join(f"R{n},2025-{n:02}-15,{'AB'[n % 2]},P{n % 3},{n},{100 * n}\n" for n in range(1, 13))
ODD = "Beleg;Tag;Debitor;Ware;Stück;Umsatz EUR;<script>\n" + "".join(
    f"R{n};{n:02}.01.2025;=cmd();![x](http://evil);{n};1.{n:03},50;a\n" for n in range(11, 29)
)
COLUMNS = {
    "order_id": "Beleg",
    "order_date": "Tag",
    "account_id": "Debitor",
    "product_id": "Ware",
    "quantity": "Stück",
    "net_amount": "Umsatz EUR",
}


class KnownPages(PagesManager):
    """The pages of a server that has shown one: AppTest's reset, before every run, no longer reaches the server's."""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "sales.csv").write_text(SALES, encoding="utf-8")
    (folder / "book.toml").write_text('name = "Small *one*"\n', encoding="utf-8")
    monkeypatch.setenv("KAM_BOOK", str(folder))
    monkeypatch.setenv("KAM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(APP.parent)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(app_test, "PagesManager", KnownPages)
    return folder


def _page(tab: str | None = None) -> AppTest:
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.run()
    if tab is not None:
        at.session_state["data tab"] = tab
    at.switch_page("pages/data.py").run()
    assert not at.exception
    return at


def _texts(at: AppTest) -> str:
    shown = [*at.markdown, *at.caption, *at.error, *at.warning, *at.success]
    return "\n".join(str(each.value) for each in shown)


def _click(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def _type(at: AppTest, label: str, text: str) -> None:
    next(field for field in at.text_input if field.label == label).set_value(text)


def _hand_over(at: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    at.file_uploader[0].set_value(list(files)).run()
    assert not at.exception
    return at


def _choose_columns(at: AppTest) -> None:
    for column, source in COLUMNS.items():
        at.selectbox(key=f"column 1 sales {column}").set_value(source)


def test_the_first_line_says_how_much_came_in(book: Path) -> None:
    at = _page()

    assert at.markdown[0].value == (
        "#### 12 sales lines of 2 accounts came in, nothing was refused; 19 tables are missing."
    )
    assert [(metric.label, metric.value) for metric in at.metric] == [
        ("Sales lines", "12"),
        ("Accounts with sales", "2"),
        ("Tables", "1 of 20"),
        ("Rows refused", "0"),
    ]
    facts = at.caption[0].value
    assert facts.startswith(
        r"Small \*one\* · currency not named · sales from 15 Jan 2025 to 15 Dec 2025 · figures as of"
    )
    assert facts.endswith(str(book.resolve()).replace("_", r"\_"))


def test_refused_rows_are_listed_with_line_value_and_reason(book: Path) -> None:
    bad = "R13,2025-12-31,A,P1,1,<b>many</b>\n"
    (book / "sales.csv").write_text(SALES + SALES.removeprefix(HEAD) + bad, encoding="utf-8")

    at = _page()

    tables = [each.value for each in at.dataframe]
    reasons = next(table for table in tables if list(table.columns) == ["table", "reason", "rows"])
    assert reasons.to_numpy().tolist() == [["sales", "net_amount is not a number", 1]]
    refused = next(table for table in tables if "line" in table)
    assert refused.to_numpy().tolist() == [["sales", "sales.csv", 26, "net_amount", "<b>many</b>", "is not a number"]]
    assert "Repeated lines in sales\\: 12" in _texts(at)


def test_files_that_cannot_be_read_any_more_leave_the_older_data_with_the_report(book: Path) -> None:
    _page()
    (book / "sales.csv").write_text(SALES + "R13,soon,A,P1,1,5\n" * 3, encoding="utf-8")

    at = _page()

    assert at.metric[0].value == "12"
    assert "These are older data" in at.warning[0].value
    reasons = next(each.value for each in at.dataframe if list(each.value.columns) == ["table", "reason", "rows"])
    assert reasons.to_numpy().tolist() == [["sales", "order_date is not a date", 3]]


@pytest.mark.parametrize("path", ["/nowhere/*at all*", "", "~nobody_at_all/x", "x" * 5000, "a\0b"])
def test_a_path_that_is_no_book_says_so_and_keeps_the_open_book(book: Path, path: str) -> None:
    at = _page("Open another folder")

    _type(at, "Path of the folder", path)
    _click(at, "Open")

    assert "The book you had open stays open" in at.error[0].value
    assert "*at all*" not in at.error[0].value.replace(r"\*", "")
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_another_folder_is_opened_and_the_first_is_offered_again(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sales.csv").write_text(SALES + "R13,2025-12-31,C,P1,1,5\n", encoding="utf-8")
    at = _page("Open another folder")

    _type(at, "Path of the folder", f' "{other}" ')
    _click(at, "Open")
    assert at.metric[0].value == "13"

    at.session_state["data tab"] = "Open another folder"
    at.run()
    at.button(key="recent 0").click().run()
    assert at.metric[0].value == "12"
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_a_book_that_cannot_be_opened_still_lets_another_be_opened(book: Path) -> None:
    (book / "sales.csv").unlink()

    at = _page("Open another folder")

    assert "holds no sales file" in at.error[0].value
    assert "Path of the folder" in [field.label for field in at.text_input]


@pytest.mark.parametrize("page", ["portfolio", "data", "ladder", "account"])
def test_a_book_of_refused_rows_only_says_why_it_cannot_be_opened(book: Path, page: str) -> None:
    (book / "sales.csv").write_text(HEAD + "R1,soon,A,P,1,5\n", encoding="utf-8")
    (book / "book.toml").write_text("[policy]\nrefuse_share = 1\n", encoding="utf-8")
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    at.switch_page(f"pages/{page}.py").run()

    assert not at.exception
    assert "no line could be taken in" in at.error[0].value
    assert "order\\_date is not a date" in at.error[0].value


def test_files_with_odd_columns_become_a_book(book: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    at = _hand_over(_page("New book from files"), ("../../<script>=x.csv", ODD.encode(), "text/csv"))
    assert not home.exists()

    _click(at, "Check")
    assert "sales needs order date, account id, net amount" in at.error[0].value

    _choose_columns(at)
    _type(at, "Currency of the amounts", "eur")
    _click(at, "Check")
    assert at.success[0].value == r"These files can be opened\: 18 rows were read, nothing was refused."
    assert not home.exists()

    _type(at, "Name of the book", '../"Nord" & <Söhne>')
    _click(at, "Open this book")

    folder = home / "nord-söhne"
    assert sorted(path.name for path in folder.iterdir() if path.name != ".kam") == ["book.toml", "sales.csv"]
    assert (folder / "sales.csv").read_bytes() == ODD.encode()
    settings = read_settings(folder)
    assert (settings.name, settings.currency) == ('../"Nord" & <Söhne>', "EUR")
    assert settings.tables["sales"].columns == COLUMNS
    assert at.metric[0].value == "18"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "home"]
    assert (book / "sales.csv").read_text(encoding="utf-8") == SALES


@pytest.mark.parametrize("tab", ["Open another folder", "New book from files"])
def test_a_new_book_whose_writing_was_stopped_is_named_and_never_opened(book: Path, tmp_path: Path, tab: str) -> None:
    begun = tmp_path / "home" / f"*nord*{UNFINISHED}"
    begun.mkdir(parents=True)
    (begun / "sales.csv").write_text(SALES, encoding="utf-8")
    at = _page(tab)

    assert f"/\\*nord\\*{UNFINISHED} was not written to its end" in at.warning[0].value
    if tab == "Open another folder":
        _type(at, "Path of the folder", str(begun))
        _click(at, "Open")
        assert "is a book that was not written to its end" in at.error[0].value
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_files_are_checked_by_the_readers_own_day(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        monkeypatch.setenv("TZ", "First-14")
        time.tzset()
        today = dt.datetime.now().astimezone().date()
        text = SALES + f"R13,{today},A,P1,1,5\n"
        at = _hand_over(_page("New book from files"), ("sales.csv", text.encode(), "text/csv"))
        _click(at, "Check")
        assert at.success[0].value == r"These files can be opened\: 13 rows were read, nothing was refused."

        monkeypatch.setenv("TZ", "Last+12")
        time.tzset()
        _click(at, "Check")
        assert "1 of 13 rows" in at.error[0].value
    finally:
        monkeypatch.undo()
        time.tzset()
    assert book.exists()


def test_the_next_files_are_guessed_anew(book: Path) -> None:
    at = _hand_over(_page("New book from files"), ("odd.csv", ODD.encode(), "text/csv"))
    _choose_columns(at)
    _click(at, "Check")
    _type(at, "Name of the book", "Nord")
    _click(at, "Open this book")
    at.session_state["data tab"] = "New book from files"
    at.run()
    assert [select.label for select in at.selectbox if "holds" in select.label] == []

    _hand_over(at, ("sales.csv", SALES.encode(), "text/csv"))

    assert book.exists()
    assert next(select.value for select in at.selectbox if select.label.startswith("order id")) == "order_id"


def test_nothing_of_a_hostile_file_is_taken_for_markup(book: Path) -> None:
    at = _hand_over(_page("New book from files"), ("![x](http://evil).csv", ODD.encode(), "text/csv"))
    _choose_columns(at)
    _click(at, "Check")

    assert book.exists()
    assert "![x](" not in _texts(at)
    assert "<script>" not in _texts(at).replace(r"\<", "")
    assert "![x](" not in "".join(select.label for select in at.selectbox)


def test_a_file_that_is_no_table_is_named_and_the_others_stay(book: Path) -> None:
    files = [("sales.csv", SALES.encode(), ""), ("broken.parquet", b"PAR1 no", ""), ("*empty*.csv", b"\n", "")]
    at = _hand_over(_page("New book from files"), *files)

    assert book.exists()
    assert [error.value.split(" ")[0] for error in at.error] == [r"broken.parquet", r"\*empty\*.csv"]
    assert [select.label for select in at.selectbox if "holds" in select.label] == ["sales.csv holds"]
    _click(at, "Check")
    assert "can be opened" in at.success[0].value


def test_a_check_that_fails_shows_the_reasons_and_offers_no_opening(book: Path, tmp_path: Path) -> None:
    bad = SALES.replace(",100\n", ",many\n").replace(",200\n", ",none at all\n")
    at = _hand_over(_page("New book from files"), ("sales.csv", bad.encode(), "text/csv"))

    _click(at, "Check")

    assert "cannot be opened as they are" in at.error[0].value
    reasons = next(each.value for each in at.dataframe if list(each.value.columns) == ["table", "reason", "rows"])
    assert reasons.to_numpy().tolist() == [["sales", "net_amount is not a number", 2]]
    assert "Open this book" not in [button.label for button in at.button]
    assert not (tmp_path / "home").exists()
    assert book.exists()


def test_a_home_that_cannot_be_written_loses_nothing(book: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands in the way", encoding="utf-8")
    at = _hand_over(_page("New book from files"), ("sales.csv", SALES.encode(), "text/csv"))
    _click(at, "Check")
    _type(at, "Name of the book", "Nord")
    _click(at, "Open this book")

    assert "cannot be written" in at.error[0].value
    assert "can be opened" in at.success[0].value
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_what_was_handed_over_survives_a_visit_to_another_page(book: Path) -> None:
    at = _hand_over(_page("New book from files"), ("odd.csv", ODD.encode(), "text/csv"))
    at.selectbox(key="column 1 sales order_id").set_value("Beleg")
    _click(at, "Check")
    at.switch_page("pages/portfolio.py").run()
    at.session_state["data tab"] = "New book from files"
    at.switch_page("pages/data.py").run()

    assert book.exists()
    assert at.selectbox(key="column 1 sales order_id").value == "Beleg"
    assert at.selectbox(key="table of file 1").value == "sales"


def test_a_removed_file_is_gone(book: Path) -> None:
    at = _hand_over(
        _page("New book from files"), ("sales.csv", SALES.encode(), ""), ("customers.csv", b"id,x\n1,2\n", "")
    )
    at.button(key="remove 2").click().run()

    assert book.exists()
    assert [select.label for select in at.selectbox if "holds" in select.label] == ["sales.csv holds"]
