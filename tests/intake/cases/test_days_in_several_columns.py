"""The year and the month of a line in columns of their own; months as columns are no lines, and that is said."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kam.intake.report import LoadError
from tests.intake.cases.exports import put
from tests.intake.cases.outcome import came
from tests.intake.folders import write, write_parquet

AMOUNTS = [100.0 + 10 * month for month in range(1, 13)]
OF_2025 = {("Alpha", f"2025-{month:02}"): AMOUNTS[month - 1] for month in range(1, 13)}
SHORT = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")


@pytest.mark.parametrize(
    ("year", "month", "months"),
    [
        ("Year", "Month", range(1, 13)),
        ("Order Year", "Order Month", range(1, 13)),
        ("Jahr", "Monat", SHORT),
        ("Année", "Mois", range(1, 13)),
        ("Yıl", "Ay", range(1, 13)),
    ],
)
def test_year_and_month_together_are_the_day(
    tmp_path: Path, year: str, month: str, months: Sequence[str | int]
) -> None:
    rows = [("Alpha", 2025, months[at], net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", year, month, "Net Sales"), rows))
    assert book.months == pytest.approx(OF_2025)
    assert book.sources["order_date"] == f"{year} and {month}"
    assert not book.told("columns not used")


def test_a_day_in_a_third_column_counts(tmp_path: Path) -> None:
    rows = [("Alpha", at % 28 + 1, at + 1, 2025, net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Day", "Month", "Year", "Amount"), rows))
    assert [str(day) for _, day in book.days] == [f"2025-{at + 1:02}-{at % 28 + 1:02}" for at in range(12)]


def test_persian_years_and_months_are_read_in_their_calendar(tmp_path: Path) -> None:
    lines = "\n".join(f"کالا,۱۴۰۳,{month},100" for month in "۱۲۳۴۵۶")
    book = came(write(tmp_path / "book", sales_csv=f"مشتری,سال,ماه,مبلغ\n{lines}\n"))
    assert [str(day) for _, day in book.days][:2] == ["2024-04-19", "2024-05-20"]


def test_numbers_of_parquet_are_put_together_too(tmp_path: Path) -> None:
    query = "select 'Alpha' as customer, 2025 as year, n::int as month, 100.0 + 10 * n as amount from range(1, 13) r(n)"
    write_parquet(tmp_path / "book/sales.parquet", query)
    assert came(tmp_path / "book").months == pytest.approx(OF_2025)


def test_a_day_of_its_own_comes_first_and_fiscal_years_are_none(tmp_path: Path) -> None:
    rows = [("Alpha", f"2025-{at + 1:02}-15", 2025, at + 1, net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "one/sales.csv", ("Customer", "Order Date", "Year", "Month", "Amount"), rows))
    assert book.sources["order_date"] == "Order Date"
    rows = [("Alpha", 2025, at + 1, net) for at, net in enumerate(AMOUNTS)]
    with pytest.raises(LoadError, match="its values are no dates"):
        came(put(tmp_path / "two/sales.csv", ("Customer", "Fiscal Year", "Month", "Amount"), rows))


def test_months_as_columns_are_said_with_the_way_out(tmp_path: Path) -> None:
    header = ("Customer", "Product", "Jan 2025", "Feb 2025", "Mar 2025")
    rows = [(who, "P", 100, 200, 300) for who in ("Alpha", "Beta")]
    folder = put(tmp_path / "book/sales.csv", header, rows)
    with pytest.raises(LoadError, match="months stand as columns") as caught:
        came(folder)
    (folder / "sales.csv").rename(folder / "months.csv")
    query = str(caught.value).partition("beside it: ")[2].partition(". Nothing")[0]
    (folder / "sales.sql").write_text(query, encoding="utf-8")
    assert came(folder).months[("Beta", "2025-02")] == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("header", "before"),
    [(("Founded Year", "Month"), (1961,)), (("Tax Year", "Month"), (2025,)), (("Contract Month", "Year"), (7,))],
)
def test_a_year_or_month_of_something_else_is_not_the_sale_s(
    tmp_path: Path, header: tuple[str, str], before: tuple[int]
) -> None:
    rows = [("Alpha", *before, 2025 if header[1] == "Year" else at + 1, net) for at, net in enumerate(AMOUNTS)]
    with pytest.raises(LoadError):
        came(put(tmp_path / "book/sales.csv", ("Customer", *header, "Net Sales"), rows))


@pytest.mark.parametrize("other", ["Due Date", "Delivery Date", "payment_date", "Export Date", "Ship Date"])
def test_a_later_date_does_not_come_before_year_and_month(tmp_path: Path, other: str) -> None:
    rows = [("Alpha", 2025, at + 1, "2026-03-01", net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Year", "Month", other, "Net Sales"), rows))
    assert book.months == pytest.approx(OF_2025)


@pytest.mark.parametrize(
    "others", [("Model Year", 2019), ("Start Year", 2010), ("Day Count", 22), ("Contract Month", 7)]
)
def test_the_bare_year_and_month_count_whatever_stands_beside(tmp_path: Path, others: tuple[str, int]) -> None:
    rows = [("Alpha", others[1], 2025, at + 1, net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", others[0], "Year", "Month", "Net Sales"), rows))
    assert book.months == pytest.approx(OF_2025)


def test_two_pairs_of_year_and_month_decide_nothing(tmp_path: Path) -> None:
    header = ("Customer", "Order Year", "Order Month", "Invoice Year", "Invoice Month", "Net Sales")
    rows = [("Alpha", 2025, at + 1, 2025, min(at + 2, 12), net) for at, net in enumerate(AMOUNTS)]
    with pytest.raises(LoadError):
        came(put(tmp_path / "book/sales.csv", header, rows))


@pytest.mark.parametrize(
    ("columns", "values", "last"),
    [
        (("Year", "Quarter"), lambda month: (2025, f"Q{(month + 2) // 3}"), "2025-12-31"),
        (("Jahr", "Quartal"), lambda month: (2025, f"{(month + 2) // 3}. Quartal"), "2025-12-31"),
        (("Année", "Trimestre"), lambda month: (2025, (month + 2) // 3), "2025-12-31"),
        (("Year", "Week"), lambda month: (2025, 4 * month), "2025-11-30"),
        (("Jahr", "Kalenderwoche"), lambda month: (2025, f"KW {4 * month:02}"), "2025-11-30"),
        (("Calendar Year", "Calendar Month"), lambda month: (2025, f"{month:03}"), "2025-12-31"),
        (("Year", "Month"), lambda month: ("25", month), "2025-12-31"),
        (("سال", "هفته"), lambda month: ("2025", str(4 * month)), "2025-11-30"),
    ],
)
def test_quarters_weeks_and_short_years_are_read_too(
    tmp_path: Path, columns: tuple[str, str], values: Callable[[int], tuple], last: str
) -> None:
    rows = [("Alpha", *values(at + 1), net) for at, net in enumerate(AMOUNTS)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", *columns, "Amount"), rows))
    assert sum(book.revenue.values()) == pytest.approx(sum(AMOUNTS))
    assert max(str(day) for _, day in book.days) == last


@pytest.mark.parametrize("bad", [(2025, 13), (2025, "?"), ("", 5), (2025, ""), (2025, 123), ("n/a", "n/a")])
def test_one_line_without_a_month_is_refused_and_the_others_count(tmp_path: Path, bad: tuple) -> None:
    rows = [("Alpha", 2025, at % 12 + 1, 100.0) for at in range(60)] + [("Beta", *bad, 7.0)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Year", "Month", "Amount"), rows))
    assert book.revenue == {"Alpha": pytest.approx(6000.0)}
    assert len(book.refused) == 1


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        (("Year", "Month"), lambda month: (f"FY{2024 + (month > 6)}", month)),
        (("Year", "Quarter"), lambda month: (2025, f"FQ{(month + 2) // 3}")),
        (("سال", "ماه"), lambda month: ("۰۴", str(month))),
    ],
)
def test_years_of_another_kind_are_not_taken_for_calendar_years(
    tmp_path: Path, columns: tuple[str, str], values: Callable[[int], tuple]
) -> None:
    rows = [("Alpha", *values(at + 1), net) for at, net in enumerate(AMOUNTS)]
    with pytest.raises(LoadError, match="order_date"):
        came(put(tmp_path / "book/sales.csv", ("Customer", *columns, "Amount"), rows))


@pytest.mark.parametrize("bad", [("FY2025", 3), (2025, "3/4"), ("2025/26", 1)])
def test_a_cell_that_is_no_number_is_no_part_of_a_day(tmp_path: Path, bad: tuple) -> None:
    rows = [("Alpha", 2025, at % 12 + 1, 100.0) for at in range(60)] + [("Beta", *bad, 7.0)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Year", "Month", "Amount"), rows))
    assert book.revenue == {"Alpha": pytest.approx(6000.0)}
    assert len(book.refused) == 1


def test_two_digits_before_and_after_the_turn_of_a_century(tmp_path: Path) -> None:
    rows = [("Alpha", year, month, 10.0) for year in ("99", "00") for month in range(1, 13)]
    book = came(put(tmp_path / "book/sales.csv", ("Customer", "Year", "Month", "Amount"), rows))
    assert {month[:4] for _, month in book.months} == {"1999", "2000"}
