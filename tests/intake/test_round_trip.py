"""Whatever the dialect, random sales come back to the cent; days and months never change places."""

import datetime as dt
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kam.base.errors import IntakeError
from tests.intake.folders import ask, reported, write

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = {"%Y-%m-%d": "y-m-d", "%d.%m.%Y": "d-m-y", "%m/%d/%Y": "m-d-y", "%Y%m%d": "yyyymmdd", "%d %b %Y": "d-month-y"}
# Of these letters a Turkish file says ğ, ı and ş, and which of the two it is only words tell.
names = st.text(
    st.characters(codec="cp1252", categories=("L", "N", "P"), exclude_characters="ÐÝÞðýþ"), min_size=1, max_size=8
).map(lambda text: f"k{text}")
rows = st.tuples(
    names,
    st.sampled_from(["P1", "P2"]),
    st.dates(dt.date(2020, 1, 1), dt.date(2025, 6, 30)),
    st.decimals(Decimal(-99_999), Decimal(99_999), places=2),
)


def money(amount: Decimal, style: str) -> str:
    """Write an amount as a country does."""
    text = f"{amount:,.2f}"
    if style == "de":
        return text.translate(str.maketrans(",.", ".,"))
    if style == "fa":
        return text.translate(str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫"))
    return text if style == "en" else f"{amount}"


@FEW
@given(
    lines=st.lists(rows, min_size=1, max_size=30),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    style=st.sampled_from(["plain", "en", "de", "fa"]),
    day=st.sampled_from(list(DAYS)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    wrong=st.integers(0, 2),
)
def test_sales_come_back_exactly(
    lines: list[tuple[str, str, dt.date, Decimal]],
    separator: str,
    style: str,
    day: str,
    encoding: str,
    end: str,
    wrong: int,
) -> None:
    if style == "fa" and encoding == "cp1252":
        encoding = "utf-8"
    header = ["order_id", "order_date", "account_id", "product_id", "quantity", "net_amount"]
    records = [["1", date.strftime(day), name, product, "1", money(net, style)] for name, product, date, net in lines]
    records += [["1", dt.date(2024, 12, 31).strftime(day), "Z", "P", "1", money(Decimal("0.50"), style)]]
    records += [["1", "someday", "Z", "P", "1", money(Decimal("0.50"), style)]] * wrong
    quoted = [separator.join('"' + value.replace('"', '""') + '"' for value in record) for record in [header, *records]]
    with tempfile.TemporaryDirectory() as work:
        # Single letters tell no encoding, so it is said.
        told = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}.get(encoding, encoding)
        folder = write(
            Path(work) / "book",
            book_toml=f'[policy]\nrefuse_share = 1\n[tables.sales]\nturned = false\nencoding = "{told}"\n',
            sales_csv=end.join(quoted).encode(encoding),
        )
        report = reported(folder, Path(work) / "book.duckdb")
        got = {
            (account, product, month): net
            for account, product, month, net in ask(
                Path(work) / "book.duckdb", "select account_id, product_id, month, net from sales_month"
            )
        }
    expected: dict[tuple[str, str, dt.date], Decimal] = defaultdict(Decimal)
    for name, product, date, net in [*lines, ("Z", "P", dt.date(2024, 12, 31), Decimal("0.50"))]:
        expected[name, product, date.replace(day=1)] += net
    assert got == expected
    row = report.intake[0]
    assert (row["rows_read"], row["rows_refused"]) == (len(records), wrong)
    assert sum(report.reasons.get("sales", {}).values()) == wrong
    assert {match["column"]: match["written"] for match in report.columns}["order_date"] == DAYS[day]


@FEW
@given(
    days=st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2025, 6, 30)), min_size=1, max_size=8),
    written=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%m-%d-%y"]),
)
def test_day_and_month_never_change_places(days: list[dt.date], written: str) -> None:
    text = "order_id,order_date,account_id,product_id,quantity,net_amount\n"
    text += "".join(f"1,{day.strftime(written)},A,P,1,1\n" for day in days)
    with tempfile.TemporaryDirectory() as work:
        folder = write(Path(work) / "book", sales_csv=text)
        failed = _failure(folder, Path(work) / "book.duckdb")
        if failed:
            assert "date_format = " in failed
            assert all(day.day <= 12 or "y" in written for day in days), "some day decides where years have four digits"
        else:
            got = {day for (day,) in ask(Path(work) / "book.duckdb", "select day from account_day")}
            assert got == set(days)


def _failure(folder: Path, target: Path) -> str:
    try:
        reported(folder, target)
    except IntakeError as error:
        return str(error)
    return ""
