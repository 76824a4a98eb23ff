"""Two orders of day and month in one column are never read as if sure, and the Persian calendar is read exactly."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.intake.cases.exports import PLAIN, put
from tests.intake.cases.outcome import Came, asked, attempt, came
from tests.intake.folders import write

Written = Callable[[dt.date], str]


def slashed(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def slashed_american(day: dt.date) -> str:
    return f"{day:%m/%d/%Y}"


def european() -> list[dt.date]:
    """Return 47 days of January to May 2026, 22 of which can be read in both orders."""
    days = [dt.date(2026, 1 + number % 5, 1 + 2 * number % 28) for number in range(46)]
    return [*days, dt.date(2026, 5, 29)]


AMERICAN = [dt.date(2026, 1, day) for day in (2, 3, 4, 5, 25, 28)]


def branches(europe: Written = slashed, america: Written = slashed_american) -> list[tuple]:
    """Return the lines of two branches: 100 each in Europe, six of 1,000 in America, all of them in January."""
    ours = [(f"E{number}", europe(day), "EU", "P1", 1, "100.00") for number, day in enumerate(european())]
    theirs = [
        (f"U{number}", america(day), "US", "P1", 1, "1000.00")
        for number, day in zip((0, 1, 2, 3, 8, 9), AMERICAN, strict=True)
    ]
    return [*ours[:-1], *theirs, ("E99", *ours[-1][1:])]


def doubted(folder: Path) -> None:
    """Assert that two orders in one column are asked, refused with both named, or warned of with how many fit both.

    A book that opens with American revenue in February to May, and no warning, does not pass.
    """
    both = sum(day.day <= 12 for day in [*european(), *AMERICAN])
    only_european = sum(day.day > 12 for day in european())
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        later = [month for account, month in outcome.months if account == "US" and month > "2026-01"]
        assert not later or [each for each in outcome.findings if each.severity == "warning" and each.count == both]
    elif outcome.report.questions:
        questions = [each for each in asked(folder) if each.column in ("order_date", PLAIN[1])]
        assert len(questions) == 1
        assert {"d-m", "m-d"} <= {str(option.value)[:3] for option in questions[0].options}
    else:
        assert "order" in str(outcome)
        assert str(only_european) in str(outcome)
        assert "2" in str(outcome)


def test_case_04_two_branches_two_date_orders(tmp_path: Path) -> None:
    assert sum(day.day <= 12 for day in european()) == 22
    doubted(put(tmp_path / "book/sales.csv", PLAIN, branches()))


SHAPES: dict[str, tuple[str, Written, Written]] = {
    "with points": ("sales.tsv", lambda day: f"{day:%d.%m.%Y}", lambda day: f"{day:%m.%d.%Y}"),
    "with hyphens, as text of a workbook": ("sales.xlsx", lambda day: f"{day:%d-%m-%Y}", lambda day: f"{day:%m-%d-%Y}"),
    "years of two digits": ("sales.csv", lambda day: f"{day:%d/%m/%y}", lambda day: f"{day:%m/%d/%y}"),
    "with a time of day": ("sales.csv.gz", lambda day: f"{day:%d/%m/%Y} 10:30", lambda day: f"{day:%m/%d/%Y} 4:15 PM"),
    "without leading zeros": (
        "sales.csv",
        lambda day: f"{day.day}/{day.month}/{day.year}",
        lambda day: f"{day.month}/{day.day}/{day.year}",
    ),
    "American first": ("sales.csv", slashed_american, slashed),
}


@pytest.mark.parametrize(("file", "europe", "america"), SHAPES.values(), ids=SHAPES.keys())
def test_two_orders_in_one_column_in_any_shape(tmp_path: Path, file: str, europe: Written, america: Written) -> None:
    doubted(put(tmp_path / "book" / file, PLAIN, branches(europe, america)))


def test_two_branches_in_two_files_are_read_each_by_itself(tmp_path: Path) -> None:
    rows = branches()
    put(tmp_path / "book/sales/eu.csv", PLAIN, [row for row in rows if row[2] == "EU"])
    put(tmp_path / "book/sales/us.csv", PLAIN, [row for row in rows if row[2] == "US"])
    book = came(tmp_path / "book")
    assert {month for account, month in book.months if account == "US"} == {"2026-01"}
    assert book.days[-6:] == [("US", day) for day in AMERICAN]
    assert book.revenue == {"EU": 4700.0, "US": 6000.0}


def test_days_that_fit_both_orders_and_none_decides_are_asked(tmp_path: Path) -> None:
    rows = [(number, f"{1 + number % 6:02}/{2 + number % 5:02}/2025", "N", "P1", 1, "1.00") for number in range(40)]
    questions = asked(put(tmp_path / "book/sales.csv", PLAIN, rows))
    assert {"d-m", "m-d"} <= {str(option.value)[:3] for option in questions[0].options}


def test_a_declared_order_is_followed(tmp_path: Path) -> None:
    rows = [(number, f"{1 + number % 6:02}/{2 + number % 5:02}/2025", "N", "P1", 1, "1.00") for number in range(40)]
    folder = write(put(tmp_path / "book/sales.csv", PLAIN, rows), book_toml='[tables.sales]\ndate_format = "m-d-y"\n')
    assert min(day for _, day in came(folder).days) == dt.date(2025, 1, 2)


PERSIAN = ("شماره فاکتور", "تاریخ", "کد مشتری", "کالا", "تعداد", "مبلغ")
FIRST, NEW_YEAR, END = dt.date(2025, 3, 20), dt.date(2025, 3, 21), dt.date(2026, 3, 20)
MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
Shape = Callable[[int, int, int], str]


def persian_lines(shaped: Shape) -> list[tuple]:
    """Return lines over the year 1404, two on its last day, and one on the leap day before it."""
    days = [(1404, 1 + number % 12, 1 + 5 * number % 29) for number in range(24)]
    days += [(1404, 12, 29), (1403, 12, 30)]
    numbers = [*range(24), 98, 99]
    return [
        (f"F{number}", shaped(*day), "NS"[number % 2], "A", "۲", "۱۲۰٬۰۰۰")
        for number, day in zip(numbers, days, strict=True)
    ]


def on_the_right_days(folder: Path) -> None:
    outcome = attempt(folder)
    if isinstance(outcome, Came):
        assert outcome.revenue == {"N": 13 * 120_000.0, "S": 13 * 120_000.0}
        days = [day for _, day in outcome.days]
        assert {FIRST, NEW_YEAR, END} <= set(days)
        assert (min(days), max(days)) == (FIRST, END)
        assert dt.date(2025, 4, 26) in days  # 1404/02/06
    elif outcome.report.questions:
        assert any(
            "persian" in f"{option.label} {option.value}".casefold()
            for each in asked(folder)
            for option in each.options
        )
    else:
        assert "Persian" in str(outcome)
        assert "before 1900" not in str(outcome)


def test_case_11_the_persian_calendar(tmp_path: Path) -> None:
    rows = persian_lines(lambda year, month, day: f"{year}/{month:02}/{day:02}")
    on_the_right_days(put(tmp_path / "book/sales.csv", PERSIAN, rows))


PERSIAN_SHAPES: dict[str, tuple[str, Shape]] = {
    "Persian digits": ("sales.csv", lambda year, month, day: f"{year}/{month:02}/{day:02}".translate(_PERSIAN_DIGITS)),
    "hyphens": ("sales.tsv", lambda year, month, day: f"{year}-{month:02}-{day:02}"),
    "no leading zeros": ("sales.xlsx", lambda year, month, day: f"{year}/{month}/{day}"),
    "day first": ("sales.csv.gz", lambda year, month, day: f"{day:02}/{month:02}/{year}"),
    "no marks": ("sales.csv", lambda year, month, day: f"{year}{month:02}{day:02}"),
    "names of months": (
        "sales.csv",
        lambda year, month, day: f"{day} {MONTHS[month - 1]} {year}".translate(_PERSIAN_DIGITS),
    ),
    "a time of day": ("sales.parquet", lambda year, month, day: f"{year}/{month:02}/{day:02} 14:05"),
}


@pytest.mark.parametrize(("file", "shaped"), PERSIAN_SHAPES.values(), ids=PERSIAN_SHAPES.keys())
def test_the_persian_calendar_in_any_shape(tmp_path: Path, file: str, shaped: Shape) -> None:
    on_the_right_days(put(tmp_path / "book" / file, PERSIAN, persian_lines(shaped)))


def test_a_day_that_the_persian_year_does_not_have_is_refused(tmp_path: Path) -> None:
    rows = persian_lines(lambda year, month, day: f"{year}/{month:02}/{day:02}")
    rows[5] = (*rows[5][:1], "1404/12/30", *rows[5][2:])
    outcome = attempt(put(tmp_path / "book/sales.csv", PERSIAN, rows))
    assert isinstance(outcome, Came)
    assert [(line, column) for _, line, column, _ in outcome.refused] == [(7, "order_date")]
