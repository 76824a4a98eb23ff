"""A day is a day however a system writes it: names of months, quarters, weeks, seconds, other eras, other zones."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

import kam
from tests.intake.cases.exports import PLAIN, plain_lines, put
from tests.intake.cases.outcome import came
from tests.intake.folders import write

DAYS = [dt.date(2025, 1 + number % 12, (4, 17, 28, 30)[(number + number // 12) % 4]) for number in range(24)]
Written = Callable[[dt.date], object]


def dated(write_day: Written, days: list[dt.date]) -> list[tuple]:
    return [(number, write_day(day), "N", "P1", 1, "10.00") for number, day in enumerate(days)]


GERMAN = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
FRENCH = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FINNISH = (
    "tammikuuta",
    "helmikuuta",
    "maaliskuuta",
    "huhtikuuta",
    "toukokuuta",
    "kesäkuuta",
    "heinäkuuta",
    "elokuuta",
    "syyskuuta",
    "lokakuuta",
    "marraskuuta",
    "joulukuuta",
)
FINNISH_SHORT = (
    "tammi",
    "helmi",
    "maalis",
    "huhti",
    "touko",
    "kesä",
    "heinä",
    "elo",
    "syys",
    "loka",
    "marras",
    "joulu",
)
TURKISH = (
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
)
SPANISH = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")

SHAPES: dict[str, Written] = {
    "English": lambda day: f"{day:%B} {day.day}, {day.year}",
    "English, short, with its weekday": lambda day: f"{day:%a, %d %b %Y}",
    "Tally": lambda day: f"{day.day}-{day:%b-%Y}",
    "German": lambda day: f"{day.day}. {GERMAN[day.month - 1]} {day.year}",
    "French": lambda day: f"{'1er' if day.day == 1 else day.day} {FRENCH[day.month - 1]} {day.year}",
    "Finnish": lambda day: f"{day.day}. {FINNISH[day.month - 1]} {day.year}",
    "Finnish, short": lambda day: f"{day.day}. {FINNISH_SHORT[day.month - 1]} {day.year}",
    "Turkish": lambda day: f"{day.day} {TURKISH[day.month - 1]} {day.year}",
    "Spanish, short": lambda day: f"{day.day:02}-{SPANISH[day.month - 1]}-{day.year}",
    "Buddhist, day first": lambda day: f"{day.day:02}/{day.month:02}/{day.year + 543}",
    "Buddhist, year first": lambda day: f"{day.year + 543}-{day.month:02}-{day.day:02}",
    "two digits of the year, day first": lambda day: f"{day:%d.%m.%y}",
    "two digits of the year, month first": lambda day: f"{day:%m/%d/%y}",
    "two digits of the year, year first": lambda day: f"{day:%y/%m/%d}",
    "seconds since 1970": lambda day: int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp()),
    "milliseconds since 1970": lambda day: (
        1000 * int(dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC).timestamp())
    ),
    "days of a spreadsheet": lambda day: (day - dt.date(1899, 12, 30)).days,
    "days of a spreadsheet with the time": lambda day: (day - dt.date(1899, 12, 30)).days + 0.75,
    "no marks": lambda day: f"{day:%Y%m%d}",
    "ISO with a zone": lambda day: f"{day.isoformat()}T23:30:00-05:00",
    "Shopify": lambda day: f"{day.isoformat()} 17:09:34 -0300",
    "American with a time": lambda day: f"{day.month}/{day.day}/{day.year} 11:15:00 PM",
    "Arabic digits": lambda day: f"{day:%Y/%m/%d}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_day_in_any_shape(tmp_path: Path, shape: Written) -> None:
    book = came(put(tmp_path / "book/sales.tsv", PLAIN, dated(shape, DAYS)))
    assert [day for _, day in book.days] == sorted(DAYS)


@pytest.mark.parametrize("file", ["sales.xlsx", "sales.ods", "sales.parquet"])
def test_dates_of_typed_cells(tmp_path: Path, file: str) -> None:
    rows = [(number, day, "N", "P1", 1, 10.0) for number, day in enumerate(DAYS)]
    assert [day for _, day in came(put(tmp_path / "book" / file, PLAIN, rows)).days] == sorted(DAYS)


ENDS = [dt.date(2025, 1, 31), dt.date(2025, 2, 28), dt.date(2025, 3, 31), dt.date(2025, 4, 30)]
PERIODS: dict[str, Written] = {
    "2025-03": lambda day: f"{day:%Y-%m}",
    "03/2025": lambda day: f"{day:%m/%Y}",
    "Mar 2025": lambda day: f"{day:%b %Y}",
    "March 2025": lambda day: f"{day:%B %Y}",
    "Mar-25": lambda day: f"{day:%b-%y}",
    "März 2025": lambda day: f"{GERMAN[day.month - 1]} {day.year}",
    "mars 2025": lambda day: f"{FRENCH[day.month - 1]} {day.year}",
    "202503": lambda day: f"{day:%Y%m}",
}


@pytest.mark.parametrize("shape", PERIODS.values(), ids=PERIODS.keys())
def test_a_month_is_dated_on_its_end(tmp_path: Path, shape: Written) -> None:
    book = came(put(tmp_path / "book/sales.tsv", PLAIN, dated(shape, ENDS * 3)))
    assert [day for _, day in book.days] == ENDS


@pytest.mark.parametrize("shape", [lambda day: f"{day:%Y-%m}-01", lambda day: f"1-{day:%b-%Y}"], ids=["ISO", "Tally"])
def test_the_last_month_of_monthly_totals_is_complete(tmp_path: Path, shape: Written) -> None:
    rows = [(shape(day), who, "10.00") for day in ENDS for who in "NSW"]
    folder = put(tmp_path / "book/sales.csv", ("Month", "Customer", "Amount"), rows)
    assert {month for _, month in came(folder).months} == {"2025-01", "2025-02", "2025-03", "2025-04"}
    book = kam.open_book(folder)
    assert book.as_of == dt.date(2025, 4, 30)
    book.close()


@pytest.mark.parametrize("written", ["{year}-Q{quarter}", "Q{quarter} {year}", "{year}Q{quarter}"])
def test_a_quarter_is_dated_on_its_end(tmp_path: Path, written: str) -> None:
    days = [dt.date(2024, 12, 31), dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 30)]
    rows = dated(lambda day: written.format(year=day.year, quarter=day.month // 3), days * 3)
    assert [day for _, day in came(put(tmp_path / "book/sales.csv", PLAIN, rows)).days] == days


@pytest.mark.parametrize("written", ["{}-W{:02}", "{}W{:02}"])
def test_a_week_is_dated_on_its_end(tmp_path: Path, written: str) -> None:
    days = [dt.date(2025, 1, 5), dt.date(2025, 3, 16), dt.date(2025, 12, 28), dt.date(2026, 1, 4)]
    rows = dated(lambda day: written.format(*day.isocalendar()[:2]), days * 3)
    assert [day for _, day in came(put(tmp_path / "book/sales.csv", PLAIN, rows)).days] == days


MIDNIGHT = ["2025-12-31T21:30:00Z", "2025-12-31T20:00:00Z", "2026-01-01T20:29:59Z", "2026-01-01T20:30:00Z"]


def test_the_day_of_the_readers_zone_counts(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, [(n, at, "N", "P1", 1, "1.00") for n, at in enumerate(MIDNIGHT)])
    book = came(write(folder, book_toml='time_zone = "Asia/Tehran"\n'))  # 3½ hours ahead
    assert [day for _, day in book.days] == [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 1, 2)]


def test_without_a_zone_the_day_counts_as_it_is_written(tmp_path: Path) -> None:
    stamps = ["2025-12-31T23:30:00+03:30", "2026-01-01 00:15:00 +0330", "2026-01-01T23:59:59-08:00"]
    folder = put(tmp_path / "book/sales.csv", PLAIN, [(n, at, "N", "P1", 1, "1.00") for n, at in enumerate(stamps)])
    assert [day for _, day in came(folder).days] == [dt.date(2025, 12, 31), dt.date(2026, 1, 1)]


@pytest.mark.parametrize("wrong", ["1926-03-11", "2126-03-11"])
def test_a_lone_date_a_century_off_is_told(tmp_path: Path, wrong: str) -> None:
    rows = [list(line) for line in plain_lines(40)]
    rows[7][1] = wrong
    book = came(put(tmp_path / "book/sales.csv", PLAIN, rows))
    refused = [reason for _, line, column, reason in book.refused if (line, column) == (9, "order_date")]
    assert refused or book.told(wrong[:4], severity="warning")


def test_the_future_is_judged_by_the_readers_own_day(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", PLAIN, [*plain_lines(30), ("late", "2026-06-30", "N", "P1", 1, "1.00")])
    assert came(folder, today=dt.date(2026, 6, 30)).refused == []
    assert len(came(folder, today=dt.date(2026, 6, 29)).refused) == 1


def test_days_are_told_from_months_by_what_lies_in_the_future(tmp_path: Path) -> None:
    written = ["01/02/2026", "05/03/2026", "06/01/2026", "03/06/2026", "02/09/2026"]  # 9 February, or 2 September
    rows = [(number, written[number % 5], "N", "P1", 1, "1.00") for number in range(40)]
    book = came(put(tmp_path / "book/sales.csv", PLAIN, rows), today=dt.date(2026, 6, 30))
    assert dt.date(2026, 2, 9) in [day for _, day in book.days]
