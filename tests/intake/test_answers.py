"""Answers in `book.toml`: written beside what people wrote, several at once or none, and taken back again."""

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from kam.base.errors import BookError
from kam.intake.answers import answer, answered, given, keeping, leaving_line_out, mapping_word, take_back, taken_back
from kam.intake.open_question import Option
from kam.intake.settings import read_settings

OURS = (
    '# what we agreed\nname = "Nord" # short\n\n[policy]\nrefuse_share = 0.1\n\n[tables.sales]\ndecimal = ","  # sure\n'
)
NET = Option("Item Total", 1500.0, ("tables", "sales", "columns", "net_amount"), "Item Total")
DAYS = Option("d-m-y", None, ("tables", "sales", "date_formats", "a b.csv"), "d-m-y")
SOME_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def _toml(folder: Path) -> str:
    return (folder / "book.toml").read_text(encoding="utf-8")


def test_answers_make_a_book_toml_where_there_is_none(tmp_path: Path) -> None:
    answer(tmp_path, NET, DAYS)

    assert _toml(tmp_path).startswith("[tables.sales.columns]\n")
    assert _toml(tmp_path).endswith('"a b.csv" = "d-m-y"\n')
    sales = read_settings(tmp_path).tables["sales"]
    assert sales.columns == {"net_amount": "Item Total"}
    assert sales.date_formats == {"a b.csv": "d-m-y"}
    assert [path.name for path in tmp_path.iterdir()] == ["book.toml"]


def test_what_people_wrote_stays_word_for_word(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(OURS, encoding="utf-8")

    answer(tmp_path, NET, keeping("sales", "Status", "Failed"))

    assert _toml(tmp_path).startswith(OURS)
    settings = read_settings(tmp_path)
    assert (settings.name, settings.refuse_share) == ("Nord", 0.1)
    assert settings.tables["sales"].decimal == ","
    assert settings.tables["sales"].keep == {"Status": ["Failed"]}


@pytest.mark.parametrize(
    "before",
    [
        "[tables]\nsales.columns.order_id = 'No'\n",
        "tables = {sales = {columns = {order_id = 'No'}}}\n",
        "[tables.sales.columns]\norder_id = 'No'\n[tables.accounts]\ndecimal = '.'\n[tables.sales.keep]\nS = ['x']\n",
        "\ufeffname = 'N'\r\n[tables.sales.columns]\r\norder_id = 'No'\r\n",
    ],
)
def test_an_answer_finds_its_place_however_the_sections_are_written(tmp_path: Path, before: str) -> None:
    (tmp_path / "book.toml").write_bytes(before.encode())

    answer(tmp_path, NET)

    assert read_settings(tmp_path).tables["sales"].columns == {"order_id": "No", "net_amount": "Item Total"}


@every(column=SOME_TEXT, word=SOME_TEXT)
def test_any_word_of_any_column_comes_back_as_it_was(column: str, word: str) -> None:
    text = answered(OURS, keeping("sales", column, word), mapping_word("opportunities", "stage", word, "won"))

    tables = tomllib.loads(text)["tables"]
    assert tables["sales"]["keep"] == {column: [word]}
    assert tables["opportunities"]["values"]["stage"] == {word: "won"}
    back = taken_back(text, ("tables", "sales", "keep", column), word)
    back = taken_back(back, ("tables", "opportunities", "values", "stage", word))
    assert tomllib.loads(back) == tomllib.loads(OURS)


def test_two_answers_about_words_of_one_column_both_count() -> None:
    where = ("tables", "sales", "keep", "Status")

    text = answered("", Option("", None, where, ["Failed"]), Option("", None, where, ["Pending", "failed"]))

    assert given(text) == [Option("", None, where, ["Failed", "Pending"])]


def test_a_word_that_is_kept_is_no_longer_left_out() -> None:
    before = (
        '[tables.sales.leave_out]\nStatus = ["cancelled", "Void"]\n[tables.sales.returns]\nStatus = ["Cancelled"]\n'
    )

    text = answered(before, keeping("sales", "Status", "Cancelled"))

    assert tomllib.loads(text)["tables"]["sales"] == {
        "leave_out": {"Status": ["Void"]},
        "keep": {"Status": ["Cancelled"]},
    }


def test_lines_left_out_by_hand_are_a_list_that_grows_and_shrinks(tmp_path: Path) -> None:
    answer(tmp_path, leaving_line_out("sales", "sales.csv", 31))
    answer(tmp_path, leaving_line_out("sales", "sales.csv", 40), leaving_line_out("sales", "sales.csv", 31))
    assert read_settings(tmp_path).tables["sales"].skip == ["sales.csv 31", "sales.csv 40"]

    take_back(tmp_path, ("tables", "sales", "skip"), "sales.csv 31")
    assert read_settings(tmp_path).tables["sales"].skip == ["sales.csv 40"]

    take_back(tmp_path, ("tables", "sales", "skip"), "sales.csv 40")
    assert _toml(tmp_path) == ""


def test_what_was_never_said_is_taken_back_without_a_change() -> None:
    assert taken_back(OURS, ("tables", "sales", "keep", "Status"), "x") == OURS
    assert taken_back(OURS, ("tables", "accounts", "decimal")) == OURS


@pytest.mark.parametrize(
    "before",
    [
        "name = \n",
        "tables = 3\n",
        "[tables]\nsales = 'all'\n",
        "[tables.sales]\ncolumns = 1\n",
        "[[tables.sales]]\ndecimal = ','\n",
        "[tables.soles]\n",
    ],
)
def test_a_book_toml_that_is_wrong_is_not_made_worse(tmp_path: Path, before: str) -> None:
    (tmp_path / "book.toml").write_text(before, encoding="utf-8")

    with pytest.raises(BookError, match="Nothing was changed"):
        answer(tmp_path, NET)

    assert _toml(tmp_path) == before


def test_an_answer_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r'decimal must be "\." or ","'):
        answer(tmp_path, NET, Option("", None, ("tables", "sales", "decimal"), ";"))

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_says_so_and_keeps_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "book.toml").write_text(OURS, encoding="utf-8")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BookError, match="No space left on device"):
        answer(tmp_path, NET)

    assert _toml(tmp_path) == OURS
    assert [path.name for path in tmp_path.iterdir()] == ["book.toml"]
