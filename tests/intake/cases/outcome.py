"""What comes of a book folder: a book with its money, questions to answer, or a refusal that says why."""

import datetime as dt
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import tomlkit

import kam
from kam.intake.cache import loaded_book
from kam.intake.finding import Finding
from kam.intake.load import LoadError
from kam.intake.open_question import Option, Question
from tests.intake.folders import ask, asking

TODAY = dt.date(2026, 6, 30)
_MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Came:
    """A book that was opened, and closed again."""

    revenue: dict[str, float]  # by account, over all months
    quantity: dict[str, float]
    months: dict[tuple[str, str], float]  # by account and month such as 2026-01
    days: list[tuple[str, dt.date]]
    names: dict[str, str]  # of the accounts
    tables: dict[str, tuple[int, int, int]]  # read, accepted, refused
    refused: list[tuple[str, int, str, str]]  # file, line, column, reason
    findings: list[Finding]
    sources: dict[str, str]  # which column of the file each column of sales was read from
    currency: str | None

    def told(self, *words: str, severity: str | None = None) -> list[Finding]:
        """List the findings whose text, count and money together hold all these words, whatever their case."""
        wanted = [word.casefold() for word in words]
        return [
            each
            for each in self.findings
            if severity in (None, each.severity) and all(word in _written(each) for word in wanted)
        ]


def _written(finding: Finding) -> str:
    money = "" if finding.money is None else f"{finding.money:,.2f} {finding.money:.2f}"
    return " ".join((finding.check, str(finding.count), finding.example, finding.weakens, money)).casefold()


def came(folder: Path, *, today: dt.date = TODAY) -> Came:
    """Open a book of the files as they are now: an earlier good state of them does not count."""
    loaded = loaded_book(folder, today=today)
    if loaded.failure is not None:
        raise loaded.failure
    with asking(loaded.path) as ask_it:
        return _all_of(ask_it)


def _all_of(ask_it: Callable[[str], list[tuple]]) -> Came:
    sums = ask_it(
        "select account_id, strftime(month, '%Y-%m'), sum(net)::double, sum(quantity)::double from sales_month"
        " group by all order by all"
    )
    revenue, quantity = defaultdict(float), defaultdict(float)
    for account, _, net, units in sums:
        revenue[account] += net
        quantity[account] += units or 0.0
    findings = ask_it('select "table", "check", severity, count, example, weakens, money from intake_findings')
    rows = ask_it('select "table", rows_read, rows_accepted, rows_refused from intake_tables')
    columns = ask_it('select "column", source from intake_columns where "table" = \'sales\'')
    return Came(
        revenue={account: round(net, 4) for account, net in revenue.items()},
        quantity=dict(quantity),
        months={(account, month): round(net, 4) for account, month, net, _ in sums},
        days=ask_it("select account_id, day from account_day order by all"),
        names=dict(ask_it("select account_id, name from accounts")),
        tables={name: (read, accepted, refused) for name, read, accepted, refused in rows},
        refused=ask_it('select file, line, "column", reason from intake_refused order by file, line'),
        findings=[Finding(*each[:6], money=None if pd.isna(each[6]) else each[6]) for each in findings],
        sources=dict(columns),
        currency=ask_it("select currency from book")[0][0],
    )


def accounts(folder: Path) -> pd.DataFrame:
    """Return what the opened book says of each account, by its id."""
    book = kam.open_book(folder)
    frame = book.accounts().set_index("account_id")
    book.close()
    return frame


def held(folder: Path, query: str) -> list[tuple]:
    """Ask the tables of an opened book one question in SQL."""
    return ask(loaded_book(folder, today=TODAY).path, query)


def asked(folder: Path, *, today: dt.date = TODAY) -> list[Question]:
    """Return the questions that keep a book from opening, each of them one that a person can answer."""
    with pytest.raises(LoadError) as caught:
        came(folder, today=today)
    questions = caught.value.report.questions
    assert questions, f"refused without a question: {caught.value}"
    for question in questions:
        assert question.asks, "a question says what it asks"
        assert question.why, "a question says why it is open"
        assert len({option.label for option in question.options}) == len(question.options) >= 2, question
        assert all(tomllib.loads(option.lines) for option in question.options)
    return questions


def answer(folder: Path, question: Question, part: str) -> Came:
    """Answer by the option whose label or value holds `part`: the book then opens with that option's money."""
    option = chosen(question, part)
    write_answer(folder, option)
    book = came(folder)
    if option.money is not None:
        assert sum(book.revenue.values()) == pytest.approx(option.money, abs=0.005)
    return book


def chosen(question: Question, part: str) -> Option:
    """Return the one option that is called so, or is written so into `book.toml`."""
    named = [each for each in question.options if each.label == part]
    fitting = named or [each for each in question.options if part.casefold() in f"{each.label} {each.value}".casefold()]
    assert len(fitting) == 1, f"{part!r} is not one option of {[each.label for each in question.options]}"
    return fitting[0]


def write_answer(folder: Path, option: Option) -> None:
    """Write an option's lines into `book.toml`, into the section they name where it is there already."""
    path = folder / "book.toml"
    settings = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    _lay_over(settings, tomllib.loads(option.lines))
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")


def _lay_over(under: Any, over: dict[str, Any]) -> None:  # noqa: ANN401 - a TOML section of any kind
    for key, value in over.items():
        if isinstance(value, dict) and key in under:
            _lay_over(under[key], value)
        else:
            under[key] = value


def right_or_asked(
    folder: Path,
    revenue: dict[str, float],
    *,
    choose: str | None = None,
    refused: str | None = None,
    most: int = _MOST_QUESTIONS,
) -> Came | None:
    """Open a book with the right money by account, by itself or after questions, each answered by its right option.

    The right option is the one that holds `choose`, or else whose money is the right sum. A book that opens with other
    money never passes. `refused` is a pattern: what a refusal may say where one is as good as a question; then None.
    """
    wanted = sum(revenue.values())
    for _ in range(most + 1):
        outcome = attempt(folder)
        if isinstance(outcome, Came):
            assert outcome.revenue == pytest.approx(revenue, abs=0.005)
            return outcome
        if not outcome.report.questions:
            assert refused, f"refused: {outcome}"
            assert re.search(refused, str(outcome)), f"refused for another reason: {outcome}"
            return None
        write_answer(folder, _right(asked(folder), wanted, choose))
    pytest.fail(f"more than {most} questions about one file")


def attempt(folder: Path, *, today: dt.date = TODAY) -> Came | LoadError:
    """Open a book, or return why it does not open."""
    try:
        return came(folder, today=today)
    except LoadError as error:
        return error


def _right(questions: list[Question], wanted: float, choose: str | None) -> Option:
    options = [option for question in questions for option in question.options]
    if choose is not None:
        named = [option for option in options if choose.casefold() in f"{option.label} {option.value}".casefold()]
        assert named, f"{choose!r} is no option of {[option.label for option in options]}"
        return named[0]
    fitting = [each for each in options if each.money is not None and each.money == pytest.approx(wanted, abs=0.005)]
    assert fitting, f"no option comes to {wanted:,.2f}: {[(each.label, each.money) for each in options]}"
    return fitting[0]
