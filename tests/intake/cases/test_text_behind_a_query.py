"""A text file is read alike by itself and behind a query: marks, days and encodings go the same way."""

import datetime as dt
from itertools import product
from pathlib import Path

import pytest

from tests.intake.cases.exports import LAST, plain_lines, put
from tests.intake.cases.outcome import came
from tests.intake.folders import write

DECIMALS = {".": "1,234.50", ",": "1.234,50"}
ORDERS = {"d-m-y": "%d/%m/%Y", "m-d-y": "%m/%d/%Y"}


@pytest.mark.parametrize(
    ("order", "decimal", "encoding"), list(product(ORDERS, DECIMALS, ("utf-8", "cp1252", "utf-16", "utf-8-sig")))
)
def test_a_text_read_through_a_query_is_read_as_by_itself(
    tmp_path: Path, order: str, decimal: str, encoding: str
) -> None:
    header = ("Beleg", "Datum", "Kunde", "Artikel", "Menge", "Betrag")
    days = [dt.date(2026, 1 + at % 5, 2 + 5 * at % 27) for at in range(20)]
    rows = [
        (f"R{at}", f"{day:{ORDERS[order]}}", ("Müller", "Süd")[at % 2], f"P{at}", 1, DECIMALS[decimal])
        for at, day in enumerate(days)
    ]
    direct = came(put(tmp_path / "direct/sales.csv", header, rows, mark=";", encoding=encoding))
    put(tmp_path / "query/orders.csv", header, rows, mark=";", encoding=encoding)
    query = came(write(tmp_path / "query", sales_sql="select * from 'orders.csv'"))
    assert direct.revenue == query.revenue == {"Müller": 12_345.0, "Süd": 12_345.0}
    assert direct.days == query.days
    assert sorted({day for _, day in query.days}) == sorted(set(days))


def test_a_query_can_reckon_with_what_its_text_holds(tmp_path: Path) -> None:
    rows = [(number, f"{day[8:]}.{day[5:7]}.{day[:4]}", who, 3, "1.234,50") for number, day, who, *_ in plain_lines()]
    put(tmp_path / "book/orders.csv", ("id", "day", "who", "pieces", "price"), rows, mark=";")
    sales = (
        "select id as order_id, day + interval 1 day as order_date, who as account_id, 'P1' as product_id,"
        " pieces as quantity, pieces * price as net_amount from 'orders.csv'"
    )
    book = came(write(tmp_path / "book", sales_sql=sales))
    assert book.revenue == {"N": 11 * 3703.5, "S": 10 * 3703.5}
    assert max(day for _, day in book.days) == dt.date.fromisoformat(LAST) + dt.timedelta(days=1)
