"""Several Parquet files of one book: each is judged by itself where it can be written in its own way, as csv is."""

from pathlib import Path

import pytest

from tests.intake.cases.outcome import Came, came
from tests.intake.folders import write_parquet

LINES = (
    "(select '{who}' as customer, date '2025-01-01' + n::int as order_date, 100.25 * n as amount"
    " from range(1, 60) r(n))"
)
ONE, OTHER = LINES.format(who="A"), LINES.format(who="B")
WORTH = sum(100.25 * n for n in range(1, 60))


def both(folder: Path, one: str, other: str) -> Came:
    """Open a book of two Parquet files."""
    write_parquet(folder / "sales/one.parquet", one)
    write_parquet(folder / "sales/other.parquet", other)
    return came(folder)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            f"select * replace (strftime(order_date, '%d/%m/%Y') as order_date) from {ONE}",
            f"select * replace (strftime(order_date, '%m/%d/%Y') as order_date) from {OTHER}",
        ),
        (f"from {ONE}", f"select * replace (strftime(order_date, '%d.%m.%Y') as order_date) from {OTHER}"),
        (f"from {ONE}", f"select customer as Kunde, order_date as Datum, amount as Betrag from {OTHER}"),
        (
            f"select * replace (replace(amount::varchar, '.', ',') as amount) from {ONE}",
            f"select * replace (amount::varchar as amount) from {OTHER}",
        ),
        (f"select * replace (amount::decimal(12, 2) as amount) from {ONE}", f"select 'x' as note, * from {OTHER}"),
    ],
    ids=["orders of days", "days as days and as text", "names", "decimal marks", "types and a column more"],
)
def test_each_file_is_read_in_its_own_way(tmp_path: Path, one: str, other: str) -> None:
    book = both(tmp_path / "book", one, other)
    assert book.revenue == pytest.approx({"A": WORTH, "B": WORTH})
    assert book.refused == []
    assert max(day for _, day in book.days).isoformat() == "2025-03-01"


def test_one_may_have_year_and_month_where_the_other_has_days(tmp_path: Path) -> None:
    parted = "select customer, year(order_date) as year, month(order_date) as month, amount"
    book = both(tmp_path / "book", f"from {ONE}", f"{parted} from {OTHER}")
    assert {month: net for (who, month), net in book.months.items() if who == "A"} == pytest.approx(
        {month: net for (who, month), net in book.months.items() if who == "B"}
    )
