"""What cannot be told from the values is asked once, with what each reading comes to and the lines that settle it."""

import io
import tomllib
from pathlib import Path

import pytest

from kam.check import FAILED, check
from kam.intake.open_question import Option
from tests.intake.cases.exports import PLAIN, plain_lines, put
from tests.intake.cases.outcome import TODAY, accounts, answer, asked, came, write_answer
from tests.intake.folders import write


def two_ways(folder: Path) -> Path:
    """Write a book whose amounts are 1.200 to 1.220 and nothing else: thousands or thousandths."""
    rows = [(*line[:5], f"1.{200 + number}") for number, line in enumerate(plain_lines())]
    return put(folder / "sales.csv", PLAIN, rows, mark=";")


def test_one_question_for_one_thing_that_is_open(tmp_path: Path) -> None:
    questions = asked(two_ways(tmp_path / "book"))
    assert len(questions) == 1
    assert (questions[0].table, questions[0].file) == ("sales", "sales.csv")
    assert "1.2" in questions[0].asks + questions[0].why


@pytest.mark.parametrize(("mark", "total"), [(",", 25_410.0), (".", 25.41)])
def test_every_answer_opens_the_book_with_its_money(tmp_path: Path, mark: str, total: float) -> None:
    folder = two_ways(tmp_path / "book")
    question = asked(folder)[0]
    option = min(question.options, key=lambda each: abs((each.money or 0.0) - total))
    assert option.value == mark or total == pytest.approx(option.money)
    book = answer(folder, question, option.label)
    assert sum(book.revenue.values()) == pytest.approx(total)


def test_two_columns_of_one_table_are_asked_of_together(tmp_path: Path) -> None:
    rows = [(*line[:4], f"1.{100 + number}", f"1.{200 + number}") for number, line in enumerate(plain_lines())]
    header = (*PLAIN[:4], "Cost", "Net amount")
    folder = put(tmp_path / "book/sales.csv", header, rows, mark=";")
    questions = asked(folder)
    assert len(questions) == 1
    assert all(name in questions[0].asks for name in ("Cost", "Net amount"))
    answer(folder, questions[0], ",")
    assert accounts(folder)["margin"].sum() == pytest.approx(100.0 * len(rows))


def test_an_answer_about_one_file_leaves_what_another_decides(tmp_path: Path) -> None:
    """The amounts of the second file have two decimals behind the thousands, so that they cannot be meant."""
    rows = [(*line[:5], f"1.{200 + number}") for number, line in enumerate(plain_lines())]
    folder = put(tmp_path / "book/sales/2025.csv", PLAIN, rows, mark=";").parent
    others = [(f"B{row[0]}", *row[1:5], f"1,{200 + number}.50") for number, row in enumerate(rows)]
    put(folder / "sales/2026.csv", PLAIN, others, mark=";")
    whole = sum(1200 + number for number in range(len(rows)))
    questions = asked(folder)
    assert len(questions) == 1
    write_answer(folder, next(each for each in questions[0].options if each.value == ","))
    assert sum(came(folder).revenue.values()) == pytest.approx(2 * whole + 0.5 * len(rows))


def test_an_answer_stands_beside_what_the_reader_has_settled(tmp_path: Path) -> None:
    folder = write(two_ways(tmp_path / "book"), book_toml='name = "Nord"\n[tables.sales]\ndate_format = "y-m-d"\n')
    question = asked(folder)[0]
    answer(folder, question, question.options[0].label)
    settings = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8"))
    assert settings["name"] == "Nord"
    assert settings["tables"]["sales"]["date_format"] == "y-m-d"


def test_the_terminal_shows_both_outcomes_and_the_lines_to_write(tmp_path: Path) -> None:
    folder = two_ways(tmp_path / "book")
    question = asked(folder)[0]
    out = io.StringIO()
    assert check(folder, out=out, today=TODAY) == FAILED
    shown = out.getvalue()
    assert question.asks in shown
    assert "25,410" in shown
    for option in question.options:
        assert option.label in shown
        assert all(line.strip() in shown for line in option.lines.splitlines())


def test_nothing_is_asked_twice(tmp_path: Path) -> None:
    folder = two_ways(tmp_path / "book")
    question = asked(folder)[0]
    write_answer(folder, question.options[0])
    first = came(folder)
    assert came(folder).revenue == first.revenue


def test_a_file_that_changes_after_the_answer_is_read_by_it(tmp_path: Path) -> None:
    folder = two_ways(tmp_path / "book")
    question = asked(folder)[0]
    write_answer(folder, max(question.options, key=lambda each: each.money or 0.0))
    put(folder / "sales.csv", PLAIN, [(*line[:5], "1.500") for line in plain_lines()], mark=";")
    assert came(folder).revenue == {"N": 16_500.0, "S": 15_000.0}


def test_answers_are_laid_into_the_sections_they_name(tmp_path: Path) -> None:
    settings = 'name = "Nord"\n\n[tables.sales.columns]\norder_id = "Beleg"\n'
    folder = write(tmp_path, book_toml=settings)
    write_answer(folder, Option("Umsatz", 1.0, ("tables", "sales", "columns", "net_amount"), "Umsatz"))
    write_answer(folder, Option("EUR", None, ("currency",), "EUR"))
    assert tomllib.loads((folder / "book.toml").read_text(encoding="utf-8")) == {
        "name": "Nord",
        "currency": "EUR",
        "tables": {"sales": {"columns": {"order_id": "Beleg", "net_amount": "Umsatz"}}},
    }
