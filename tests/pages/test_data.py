"""The Data page: the open book, its report, another folder, and a new book from files, through the whole app."""

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from kam.base.errors import BookError
from kam.intake.files import UNFINISHED
from kam.intake.settings import read_settings

ANOTHER, NEW = "Open another folder", "New book from files"
APP = Path(__file__).parents[2] / "app.py"
HEAD = "order_id,order_date,account_id,product_id,quantity,net_amount\n"
SALES = HEAD + "".join(f"R{n},2025-{n:02}-15,{'AB'[n % 2]},P{n % 3},{n},{100 * n}\n" for n in range(1, 13))
ODD = "Beleg;Tag;Debitor;Ware;Stück;Betrag EUR;<script>\n" + "".join(
    f"R{n};2025-01-{n:02};=cmd();![x](http://evil);{n};{n}.000,50;a\n" for n in range(11, 29)
)
POINTS = HEAD + "".join(f"R{n},2025-{n:02}-15,{'AB'[n % 2]},P{n % 3},{n},1.{n + 100}\n" for n in range(1, 13))
"""Amounts such as 1.101, of which nobody can tell whether they are one or a thousand."""
STATES = "Order No,Date,Customer,Item,Quantity,Amount,Status\n" + "".join(
    f"{n},2025-{n:02}-15,{'AB'[n % 2]},P,1,100.00,{'Shipped' if n < 9 else 'Cancelled' if n < 12 else 'On hold'}\n"
    for n in range(1, 13)
)


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


def _answer(at: AppTest, question: str, reading: str) -> AppTest:
    radio = next(radio for radio in at.radio if question in radio.label)
    radio.set_value(next(at for at, label in enumerate(radio.options) if label.startswith(reading))).run()
    assert not at.exception
    return at


def _column(at: AppTest, label: str, source: str) -> AppTest:
    select = next(select for select in at.selectbox if select.label == label)
    select.set_value(source).run()
    assert not at.exception
    return at


def _held(at: AppTest) -> list[str]:
    return [select.label for select in at.selectbox if select.label.endswith(" holds")]


def test_the_first_line_says_how_much_came_in(book: Path) -> None:
    at = _page()

    assert at.markdown[0].value == (
        "#### 12 sales lines of 2 accounts came in, nothing was refused; 20 tables are missing."
    )
    assert [(metric.label, metric.value) for metric in at.metric] == [
        ("Sales lines", "12"),
        ("Accounts with sales", "2"),
        ("Tables", "1 of 21"),
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
    at = _page(ANOTHER)

    _type(at, "Path of the folder", path)
    _click(at, "Open")

    assert "The book you had open stays open" in at.error[0].value
    assert "*at all*" not in at.error[0].value.replace(r"\*", "")
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_another_folder_is_opened_and_the_first_is_offered_again(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sales.csv").write_text(SALES + "R13,2025-12-31,C,P1,1,5\n", encoding="utf-8")
    at = _page(ANOTHER)

    _type(at, "Path of the folder", f' "{other}" ')
    _click(at, "Open")
    assert at.metric[0].value == "13"

    at.session_state["data tab"] = ANOTHER
    at.run()
    at.button(key="recent 0").click().run()
    assert at.metric[0].value == "12"
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_a_book_that_cannot_be_opened_still_lets_another_be_opened(book: Path) -> None:
    (book / "sales.csv").unlink()

    at = _page(ANOTHER)

    assert "holds no sales file" in at.error[0].value
    assert "Path of the folder" in [field.label for field in at.text_input]


@pytest.mark.parametrize("page", ["portfolio", "data", "ladder", "account"])
def test_a_book_of_refused_rows_only_says_why_it_cannot_be_opened(book: Path, page: str) -> None:
    (book / "sales.csv").write_text(HEAD + "R1,soon,A,P,1,5\n", encoding="utf-8")
    (book / "book.toml").write_text("[policy]\nrefuse_share = 1\n", encoding="utf-8")
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.switch_page(f"pages/{page}.py").run()

    assert not at.exception
    assert "no line could be taken in" in at.error[0].value
    assert "order\\_date is not a date" in at.error[0].value


def test_files_are_read_as_they_are_handed_over_and_become_a_book(book: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    at = _hand_over(_page(NEW), ("../../<script>=x.csv", ODD.encode(), "text/csv"))
    assert not at.error
    assert not home.exists()
    read = next(each.value for each in at.dataframe if "values" in each.value)
    assert read.loc[read["column"] == "net amount", ["source", "values"]].to_numpy().tolist() == [
        ["Betrag EUR", "11.000,50 · 12.000,50 · 13.000,50"]
    ]
    assert "revenue is EUR\N{NO-BREAK SPACE}351,009.00 of 1 account, from 11 Jan 2025 to 28 Jan 2025" in _texts(at)

    _type(at, "Name of the book", '../"Nord" & <Söhne>')
    _click(at, "Open this book")

    folder = home / "nord-söhne"
    assert sorted(path.name for path in folder.iterdir() if path.name != ".kam") == ["book.toml", "sales.csv"]
    assert (folder / "sales.csv").read_bytes() == ODD.encode()
    assert read_settings(folder).name == '../"Nord" & <Söhne>'
    assert at.metric[0].value == "18"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book", "home"]
    assert (book / "sales.csv").read_text(encoding="utf-8") == SALES


def test_what_is_open_is_asked_with_the_money_of_each_reading(book: Path, tmp_path: Path) -> None:
    at = _hand_over(_page(NEW), ("points.csv", POINTS.encode(), "text/csv"))

    assert book.exists()
    assert at.warning[0].value == "One question must be answered before the book opens."
    assert [radio.label for radio in at.radio if "written" in radio.label] == [
        r"**How are the numbers in net\_amount written?**"
    ]
    captions = next(radio.proto.captions for radio in at.radio if "written" in radio.label)
    assert list(captions) == ["revenue 13.28", "revenue 13,278.00"]
    assert "points.csv" in _texts(at)
    assert "Open this book" not in [button.label for button in at.button]

    _answer(at, "written?", "A comma")
    assert not at.warning
    assert "decimals are marked by a comma" in _texts(at)
    _click(at, "Open this book")

    assert read_settings(tmp_path / "home" / "points").tables["sales"].decimal == ","
    assert at.metric[0].value == "12"


def test_an_answer_is_taken_back_and_asked_again(book: Path) -> None:
    at = _hand_over(_page(NEW), ("points.csv", POINTS.encode(), "text/csv"))
    _answer(at, "written?", "A point")
    assert "13.28" in _texts(at)

    _click(at, "Take back")

    assert book.exists()
    assert at.warning[0].value == "One question must be answered before the book opens."
    assert next(radio for radio in at.radio if "written" in radio.label).value is None


def test_a_column_is_read_otherwise_and_the_rest_stays(book: Path, tmp_path: Path) -> None:
    both = SALES.replace("net_amount", "net_amount,Kundin").replace("00\n", "00,Zoë\n")
    at = _hand_over(_page(NEW), ("sales.csv", both.encode(), "text/csv"))

    _column(at, "account id (needed)", "Kundin")
    assert "of 1 account" in _texts(at)
    _click(at, "Open this book")

    assert book.exists()
    assert read_settings(tmp_path / "home" / "sales").tables["sales"].columns == {"account_id": "Kundin"}


def test_a_file_whose_columns_say_nothing_is_read_once_they_are_chosen(book: Path) -> None:
    nameless = "a,b,c\n" + "".join(f"2025-{n:02}-15,{'AB'[n % 2]},{n}00.00\n" for n in range(1, 13))
    at = _hand_over(_page(NEW), ("x.csv", nameless.encode(), "text/csv"))
    assert "cannot be opened as they are read now" in at.error[0].value

    for label, source in (("order date (needed)", "a"), ("account id (needed)", "b"), ("net amount (needed)", "c")):
        _column(at, label, source)

    assert book.exists()
    assert not at.error
    assert "revenue is 7,800.00 of 2 accounts" in _texts(at)


def test_lines_left_out_are_told_with_their_money_and_counted_on_demand(book: Path) -> None:
    at = _hand_over(_page(NEW), ("orders of 2025.csv", STATES.encode(), "text/csv"))
    assert r"orders of 2025.csv\: Status Cancelled\: 3 lines, 300.00." in _texts(at)
    _answer(at, "On hold count as sales?", "Leave them out")
    assert "revenue is 800.00" in _texts(at)

    _click(at, "Count them")

    assert book.exists()
    assert "revenue is 1,100.00" in _texts(at)
    assert r"Sales\: lines whose Status is Cancelled count" in _texts(at)


def test_a_file_of_no_use_is_left_aside(book: Path, tmp_path: Path) -> None:
    at = _hand_over(_page(NEW), ("sales.csv", SALES.encode(), ""), ("sales old.csv", SALES.encode(), ""))
    at.selectbox(key="table of file 2").set_value("aside").run()
    _click(at, "Open this book")

    assert book.exists()
    assert (tmp_path / "home" / "sales" / "sales.csv").exists()
    assert at.metric[0].value == "12"


ORDERS = "orderNumber,orderDate,customerNumber\n" + "".join(f"{n},2025-{n:02}-15,{n % 2}\n" for n in range(1, 13))
DETAILS = "orderNumber,productCode,quantityOrdered,priceEach\n" + "".join(
    f"{n},P{part},{part},10.00\n" for n in range(1, 13) for part in (1, 2)
)


def test_orders_and_their_lines_in_two_files_are_joined_on_demand(book: Path, tmp_path: Path) -> None:
    at = _hand_over(_page(NEW), ("orders.csv", ORDERS.encode(), ""), ("details.csv", DETAILS.encode(), ""))
    assert "**orders.csv and details.csv belong together**" in _texts(at)
    assert "24 of 24 lines find their order" in _texts(at)
    assert _held(at) == []

    _click(at, "Join them")
    assert "revenue is 360.00 of 2 accounts" in _texts(at)
    _click(at, "Open this book")

    assert book.exists()
    assert sorted(path.name for path in (tmp_path / "home" / "details").glob("*.*")) == [
        ".kam",
        "book.toml",
        "details.csv",
        "orders.csv",
        "sales.sql",
    ]
    assert at.metric[0].value == "24"


def test_a_folder_of_orders_and_their_lines_is_joined_where_it_lies(book: Path, tmp_path: Path) -> None:
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "orders.csv").write_text(ORDERS, encoding="utf-8")
    (loose / "details.csv").write_text(DETAILS, encoding="utf-8")
    at = _page(ANOTHER)
    _type(at, "Path of the folder", str(loose))
    _click(at, "Open")
    assert "**orders.csv and details.csv belong together**" in _texts(at)

    _click(at, "Join them")

    assert book.exists()
    assert (loose / "sales.sql").exists()
    assert at.metric[0].value == "24"


def test_the_loose_files_of_a_folder_become_a_new_book_and_stay_where_they_are(book: Path, tmp_path: Path) -> None:
    loose = tmp_path / "loose"
    loose.mkdir()
    (loose / "export.csv").write_text(SALES, encoding="utf-8")
    (loose / "kunden.csv").write_text("account_id,name\nA,Anna\nB,Bert\n", encoding="utf-8")
    at = _page(ANOTHER)
    _type(at, "Path of the folder", str(loose))
    _click(at, "Open")

    _click(at, "Make a new book from its files")
    assert _held(at) == ["export.csv holds", "kunden.csv holds"]
    _click(at, "Open this book")

    assert book.exists()
    assert sorted(path.name for path in loose.iterdir()) == ["export.csv", "kunden.csv"]
    assert [metric.value for metric in at.metric[:3]] == ["12", "2", "2 of 21"]


def test_a_folder_is_asked_what_is_open_and_then_opens(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sales.csv").write_text(POINTS, encoding="utf-8")
    (other / "book.toml").write_text('# ours\nname = "Other"\n', encoding="utf-8")
    at = _page(ANOTHER)
    _type(at, "Path of the folder", str(other))
    _click(at, "Open")
    assert "One question must be answered before the book opens." in _texts(at)
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value

    _answer(at, "written?", "A comma")

    assert at.metric[0].value == "12"
    assert str(other.resolve()).replace("_", r"\_") in at.caption[0].value
    assert (other / "book.toml").read_text(encoding="utf-8") == (
        '# ours\nname = "Other"\n\n[tables.sales]\ndecimal = ","\n'
    )


def test_a_folder_that_asks_can_be_left(book: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "sales.csv").write_text(POINTS, encoding="utf-8")
    at = _page(ANOTHER)
    _type(at, "Path of the folder", str(other))
    _click(at, "Open")

    _click(at, "Leave it")

    assert book.exists()
    assert "must be answered" not in _texts(at)
    assert not (other / "book.toml").exists()


def test_a_page_of_figures_says_that_something_must_be_decided_and_leads_to_it(book: Path) -> None:
    (book / "sales.csv").write_text(POINTS, encoding="utf-8")
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    assert at.warning[0].value.startswith("How the files are to be read is open in one point")
    assert [each.proto.label for each in at.get("page_link")] == ["Answer on the Data page"]

    at.switch_page("pages/data.py").run()
    _answer(at, "written?", "A comma")

    assert at.metric[0].value == "12"
    assert "13,278" not in _texts(at)


def test_changed_files_that_ask_leave_the_older_figures_and_are_asked_about(book: Path) -> None:
    _page()
    (book / "sales.csv").write_text(POINTS + "R13,2025-12-16,A,P1,1,1.200\n", encoding="utf-8")
    at = _page()
    assert at.metric[0].value == "12"
    assert at.warning[0].value.startswith("These are older data. The files have changed. How the files are to be read")

    _answer(at, "written?", "A comma")

    assert at.metric[0].value == "13"
    assert not at.warning


def test_lines_left_out_of_the_open_book_are_counted_with_one_click(book: Path) -> None:
    (book / "sales.csv").write_text(STATES.replace("On hold", "Shipped"), encoding="utf-8")
    at = _page()
    assert at.metric[0].value == "9"
    shown = next(each.value for each in at.dataframe if "rows_left_out" in each.value)
    assert shown["rows_left_out"].tolist() == [3]
    assert "Nothing stands out:" not in _texts(at)

    _click(at, "Count them")

    assert at.metric[0].value == "12"
    assert read_settings(book).tables["sales"].keep == {"Status": ["Cancelled"]}


def test_unknown_words_are_given_a_meaning(book: Path) -> None:
    (book / "opportunities.csv").write_text("account_id,title,stage\nA,More,Closed Won\n", encoding="utf-8")
    at = _page()

    next(select for select in at.selectbox if select.label == "Closed Won means").set_value("won").run()

    assert not at.exception
    assert read_settings(book).tables["opportunities"].values == {"stage": {"Closed Won": "won"}}
    assert r"Opportunities\: Closed Won in stage means won" in _texts(at)


def test_the_same_unknown_word_in_two_files_of_one_table_is_asked_of_each(book: Path) -> None:
    (book / "opportunities").mkdir()
    for number in (1, 2):
        text = f"account_id,title,stage\nA,More {number},Closed Maybe\n"
        (book / f"opportunities/{number}.csv").write_text(text, encoding="utf-8")

    at = _page()

    assert [each.label for each in at.selectbox].count("Closed Maybe means") == 2


def test_lines_left_out_for_an_empty_word_are_counted_with_one_click(book: Path) -> None:
    (book / "sales.csv").write_text(STATES.replace("On hold", "Shipped").replace("Cancelled", ""), encoding="utf-8")
    (book / "book.toml").write_text('[tables.sales.leave_out]\nStatus = [""]\n', encoding="utf-8")
    at = _page()
    assert at.metric[0].value == "9"

    _click(at, "Count them")

    assert at.metric[0].value == "12"


def test_a_file_that_is_not_read_is_named(book: Path) -> None:
    (book / "sales 2024.csv").write_text(SALES, encoding="utf-8")

    at = _page()

    assert "File not read in sales\\: 1, for example sales 2024.csv" in _texts(at)
    assert "put it and sales.csv into a folder named sales" in _texts(at)


def test_pages_of_figures_say_how_many_warnings_touch_them(book: Path) -> None:
    (book / "sales 2024.csv").write_text(SALES, encoding="utf-8")
    at = _page()
    assert [each.proto.label for each in at.get("page_link")] == []

    for page in ("portfolio", "milestones"):
        at.switch_page(f"pages/{page}.py").run()
        assert "1 warning about the data touches these figures" in [each.proto.label for each in at.get("page_link")]


@pytest.mark.parametrize("tab", [ANOTHER, NEW])
def test_a_new_book_whose_writing_was_stopped_is_named_and_never_opened(book: Path, tmp_path: Path, tab: str) -> None:
    begun = tmp_path / "home" / f"*nord*{UNFINISHED}"
    begun.mkdir(parents=True)
    (begun / "sales.csv").write_text(SALES, encoding="utf-8")
    at = _page(tab)

    assert f"/\\*nord\\*{UNFINISHED} was not written to its end" in at.warning[0].value
    if tab == ANOTHER:
        _type(at, "Path of the folder", str(begun))
        _click(at, "Open")
        assert "is a book that was not written to its end" in at.error[0].value
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_the_next_files_are_read_anew(book: Path) -> None:
    at = _hand_over(_page(NEW), ("points.csv", POINTS.encode(), "text/csv"))
    _answer(at, "written?", "A comma")
    _click(at, "Open this book")
    at.session_state["data tab"] = NEW
    at.run()
    assert _held(at) == []

    _hand_over(at, ("points.csv", POINTS.encode(), "text/csv"))

    assert book.exists()
    assert at.warning[0].value == "One question must be answered before the book opens."


def test_nothing_of_a_hostile_file_is_taken_for_markup(book: Path) -> None:
    states = STATES.replace("Cancelled", "**void** <script>").replace("Status", "![x](http://evil)Status")
    at = _hand_over(
        _page(NEW), ("![x](http://evil).csv", ODD.encode(), "text/csv"), ("<script>.csv", states.encode(), "text/csv")
    )

    assert book.exists()
    shown = _texts(at) + "".join(select.label for select in at.selectbox) + "".join(radio.label for radio in at.radio)
    assert "![x](" not in shown
    assert "<script>" not in shown.replace(r"\<", "")


def test_a_file_that_is_no_table_is_named_and_the_others_stay(book: Path) -> None:
    files = [("sales.csv", SALES.encode(), ""), ("broken.parquet", b"PAR1 no", ""), ("*empty*.csv", b"\n", "")]
    at = _hand_over(_page(NEW), *files)

    assert book.exists()
    assert [error.value.split(" ")[0] for error in at.error] == [r"broken.parquet", r"\*empty\*.csv"]
    assert _held(at) == ["sales.csv holds"]
    assert "Open this book" in [button.label for button in at.button]


def test_files_that_fail_show_the_reasons_and_offer_no_opening(book: Path, tmp_path: Path) -> None:
    bad = SALES.replace(",100\n", ",many\n").replace(",200\n", ",none at all\n")
    at = _hand_over(_page(NEW), ("sales.csv", bad.encode(), "text/csv"))

    assert "cannot be opened as they are" in at.error[0].value
    reasons = next(each.value for each in at.dataframe if list(each.value.columns) == ["table", "reason", "rows"])
    assert reasons.to_numpy().tolist() == [["sales", "net_amount is not a number", 2]]
    assert "Open this book" not in [button.label for button in at.button]
    assert not (tmp_path / "home").exists()
    assert book.exists()


def test_a_home_that_cannot_be_written_loses_nothing(book: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands in the way", encoding="utf-8")
    at = _hand_over(_page(NEW), ("sales.csv", SALES.encode(), "text/csv"))
    _click(at, "Open this book")

    assert "cannot be written" in at.error[0].value
    assert _held(at) == ["sales.csv holds"]
    assert str(book.resolve()).replace("_", r"\_") in at.caption[0].value


def test_a_folder_that_cannot_keep_an_answer_says_so(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (book / "sales.csv").write_text(POINTS, encoding="utf-8")
    at = _page()

    def full(*_: object) -> None:
        raise BookError("book.toml cannot be written. Nothing was changed.")

    monkeypatch.setattr("kam.ui.notes.answer", full)
    _answer(at, "written?", "A comma")

    assert "cannot be written" in at.toast[0].value
    assert "decimals" not in (book / "book.toml").read_text(encoding="utf-8")


def test_what_was_handed_over_survives_a_visit_to_another_page(book: Path) -> None:
    at = _hand_over(_page(NEW), ("points.csv", POINTS.encode(), "text/csv"))
    _answer(at, "written?", "A comma")
    at.switch_page("pages/portfolio.py").run()
    at.session_state["data tab"] = NEW
    at.switch_page("pages/data.py").run()

    assert book.exists()
    assert "revenue is 13,278.00" in _texts(at)
    assert at.selectbox(key="table of file 1").value == "sales"


def test_a_removed_file_is_gone(book: Path) -> None:
    at = _hand_over(_page(NEW), ("sales.csv", SALES.encode(), ""), ("customers.csv", b"id,x\n1,2\n", ""))
    at.button(key="remove 2").click().run()

    assert book.exists()
    assert _held(at) == ["sales.csv holds"]


def test_the_signs_of_a_ledger_are_taken_as_they_are_on_demand(book: Path) -> None:
    negative = HEAD + "".join(f"R{n},2025-{n:02}-15,{'AB'[n % 2]},P,{n},-{100 * n}\n" for n in range(1, 13))
    at = _hand_over(_page(NEW), ("sales.csv", negative.encode(), ""))
    assert "revenue is 7,800.00" in _texts(at)

    _click(at, "Take the signs as they are")

    assert book.exists()
    assert "revenue is −7,800.00" in _texts(at)
    assert "signs are as written" in _texts(at)


_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _workbook(sheets: dict[str, str]) -> bytes:
    """Write an xlsx whose sheets hold the cells of these CSV texts, as texts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        numbers = range(1, len(sheets) + 1)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
        )
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{parts}</Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" Type="{_OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, start=1))
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        )
        for n, text in enumerate(sheets.values(), start=1):
            rows = "".join(
                "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line.split(",")) + "</row>"
                for line in text.splitlines()
            )
            package.writestr(
                f"xl/worksheets/sheet{n}.xml",
                f'<worksheet xmlns="{_SPREADSHEET}"><sheetData>{rows}</sheetData></worksheet>',
            )
    return whole.getvalue()


def test_another_sheet_of_a_workbook_is_read_on_demand(book: Path) -> None:
    older = "Datum,Kunde,Betrag\n" + "".join(f"2024-{n:02}-15,{'AB'[n % 2]},50.00\n" for n in range(1, 13))
    content = _workbook({"Orders": SALES, "Older": older})
    at = _hand_over(_page(NEW), ("sales.xlsx", content, ""))
    assert "15 Jan 2025" in _texts(at)

    _click(at, "Read Older instead")

    assert book.exists()
    assert "from 15 Jan 2024 to 15 Dec 2024" in _texts(at)


def test_a_refused_line_is_left_out_once_it_is_chosen(book: Path) -> None:
    many = HEAD + "".join(f"R{n},2025-01-{1 + n % 28:02},A,P,1,100\n" for n in range(60)) + "R60,soon,A,P,1,5\n"
    (book / "sales.csv").write_text(many, encoding="utf-8")
    at = _page()
    assert next(button for button in at.button if button.key == "book leave out").disabled

    at.session_state["book refused"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    at.run()
    _click(at, "Leave 1 chosen line out")

    assert read_settings(book).tables["sales"].skip == ["sales.csv 62"]
    assert r"Sales\: line 62 of sales.csv is left out" in _texts(at)
