"""What people really drop into a folder: workbooks of several sheets, zips of months, three columns, wide exports."""

import datetime as dt
import random
import zipfile
from itertools import product
from pathlib import Path

import pytest

from kam.base.errors import KamError
from tests.intake.cases.exports import DAYS, PLAIN, plain_lines, put, text
from tests.intake.cases.outcome import Came, accounts, came, held, right_or_asked
from tests.intake.cases.workbook import write_ods, write_xlsx
from tests.intake.folders import write

RIGHT = {"N": 1100.0, "S": 1000.0}


def typed() -> list[list[object]]:
    return [[str(n), dt.date.fromisoformat(day), *more, 100.0] for n, day, *more, _ in plain_lines()]


TITLES: list[list[object]] = [["Sales report 2026"], ["Printed on 30 May 2026"], []]
TOTAL: list[object] = ["Total", None, None, None, 21, 2100.0]
SHEETS = {
    "Cover": [["Acme Trading Ltd"], ["Contents: Sales, old figures"]],
    "Sales": [*TITLES, list(PLAIN), *typed(), TOTAL],
    "Old figures": [list(PLAIN), *[[f"old{row[0]}", *row[1:]] for row in typed()]],
}


def test_a_workbook_with_titles_a_total_another_and_a_hidden_sheet(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "book/sales.xlsx", SHEETS, hidden=["Old figures"], merged={"Sales": ["A1:F1", "A2:F2"]})
    book = came(tmp_path / "book")
    assert book.revenue == RIGHT
    assert book.refused == []
    assert book.told("total", "2,100")
    assert book.told("Sales report 2026")
    assert book.told("Old figures")
    assert book.told("Cover")


def test_a_hidden_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    write_xlsx(
        tmp_path / "book/sales.xlsx", {**SHEETS, "Old figures": SHEETS["Old figures"][:11]}, hidden=["Old figures"]
    )
    book = came(write(tmp_path / "book", book_toml='[tables.sales]\nsheet = "Old figures"\n'))
    assert book.revenue == {"N": 500.0, "S": 500.0}


def test_an_open_document_spreadsheet(tmp_path: Path) -> None:
    write_ods(
        tmp_path / "book/sales.ods", {"Notes": [["nothing here"]], "Sales": [*TITLES, list(PLAIN), *typed(), TOTAL]}
    )
    assert came(tmp_path / "book").revenue == RIGHT


def test_a_workbook_with_a_sheet_for_each_month(tmp_path: Path) -> None:
    months = {day[:7]: [list(PLAIN), *[row for row in typed() if str(row[1])[:7] == day[:7]]] for day in DAYS}
    write_xlsx(tmp_path / "book/sales.xlsx", months)
    assert came(tmp_path / "book").revenue == RIGHT


@pytest.mark.parametrize("name", ["sales.csv.gz", "export 2026.csv.gz", "sales.tsv.gz"])
def test_a_zipped_text(tmp_path: Path, name: str) -> None:
    assert came(put(tmp_path / "book" / name, PLAIN, plain_lines())).revenue == RIGHT


HEADERS = (
    ("Invoice No", "Invoice Date", "Customer", "Item", "Qty", "Net amount"),
    ("Invoice No.", "Date", "Customer", "Item", "Quantity", "Net Amount"),
    ("Invoice number", "Invoice date", "Customer ID", "Item code", "Qty", "Net amount"),
)


def monthly() -> dict[str, bytes]:
    """Return 24 files of a month: 100 to N and 50 to S; headers, marks and the order of columns differ a little."""
    files = {}
    for at in range(24):
        month = f"{2024 + at // 12}-{1 + at % 12:02}"
        rows = [
            (f"{month}-1", f"{month}-03", "N", "P1", "1", "100.00"),
            (f"{month}-2", f"{month}-28", "S", "P2", "2", "50.00"),
        ]
        header, *lines = [each[::-1] if at % 4 == 3 else each for each in (HEADERS[at % 3], *rows)]
        content = text(header, lines, mark=";" if at % 5 == 4 else ",")
        files[f"{month}.csv"] = content.encode("utf-8-sig" if at % 2 else "utf-8")
    return files


@pytest.mark.parametrize(
    ("name", "inside"), [("sales.zip", ""), ("sales.zip", "exports/2024 and 2025/"), ("export.zip", "")]
)
def test_a_zip_of_24_months_whose_headers_differ_a_little(tmp_path: Path, name: str, inside: str) -> None:
    path = tmp_path / "book" / name
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in monthly().items():
            archive.writestr(inside + file, content)
    book = came(tmp_path / "book")
    assert book.revenue == {"N": 2400.0, "S": 1200.0}
    assert len(book.months) == 48
    assert book.refused == []


def test_a_folder_of_24_months_whose_headers_differ_a_little(tmp_path: Path) -> None:
    for file, content in monthly().items():
        path = tmp_path / "book/sales" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert came(tmp_path / "book").revenue == {"N": 2400.0, "S": 1200.0}


def test_a_refused_line_of_a_zip_is_named_by_its_file_and_line(tmp_path: Path) -> None:
    files = monthly()
    files["2024-02.csv"] = files["2024-02.csv"].replace(b"50.00", b"fifty")
    with zipfile.ZipFile(tmp_path / "sales.zip", "w") as archive:
        for file, content in files.items():
            archive.writestr(file, content)
    book = came(tmp_path)
    assert [("2024-02.csv" in file, line, column) for file, line, column, _ in book.refused] == [
        (True, 3, "net_amount")
    ]


PERSIAN = ("شماره فاکتور", "تاريخ فاکتور", "نام مشتري", "شرح کالا", "تعداد", "مبلغ کل (ريال)")


def persian_lines() -> list[tuple[str, ...]]:
    """Return 14 months of 1404 and 1405, two customers in turn, in letters that Windows-1256 has."""
    days = [f"{1404 + at // 12}/{1 + at % 12:02}/10" for at in range(14)]
    names = ("شرکت پارس", "بازرگاني کالا")
    return [(f"F{at}", day, names[at % 2], "پيچ", "2", "1,250,000") for at, day in enumerate(days)]


def test_persian_headers_and_calendar_in_windows_1256(tmp_path: Path) -> None:
    book = came(put(tmp_path / "book/sales.csv", PERSIAN, persian_lines(), mark=";", encoding="cp1256"))
    assert {name.replace("ي", "ی"): net for name, net in book.revenue.items()} == {
        "شرکت پارس": 8_750_000.0,
        "بازرگانی کالا": 8_750_000.0,
    }
    days = [day for _, day in book.days]
    assert (min(days), max(days)) == (dt.date(2025, 3, 30), dt.date(2026, 4, 30))


def test_persian_digits_read_the_same(tmp_path: Path) -> None:
    digits = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")
    rows = [(number, *(cell.translate(digits) for cell in more)) for number, *more in persian_lines()]
    western = came(put(tmp_path / "book/sales.csv", PERSIAN, persian_lines(), mark=";"))
    persian = came(put(tmp_path / "again/sales.csv", PERSIAN, rows, mark=";"))
    assert (persian.revenue, persian.days) == (western.revenue, western.days)


SUPERSTORE = (
    "Row ID",
    "Order ID",
    "Order Date",
    "Ship Date",
    "Ship Mode",
    "Customer ID",
    "Customer Name",
    "Segment",
    "Country",
    "City",
    "State",
    "Postal Code",
    "Region",
    "Product ID",
    "Category",
    "Sub-Category",
    "Product Name",
    "Sales",
    "Quantity",
    "Discount",
    "Profit",
)
GOODS = {
    "FUR-CH-1": ("Furniture", "Chairs", "Café chair"),
    "OFF-PA-2": ("Office Supplies", "Paper", "Crêpe paper"),
    "TEC-PH-3": ("Technology", "Phones", "Télé phone"),
    "FUR-TA-4": ("Furniture", "Tables", "Table"),
}
SEGMENTS, REGIONS = ("Consumer", "Corporate", "Home Office"), ("East", "West", "South", "Central")


def superstore(count: int = 2000) -> list[tuple]:
    """Return lines of four years: sales = list price × quantity × (1 − discount), rounded, with a loss now and then."""
    dice = random.Random(7)  # noqa: S311 - figures for a test, not secrets
    names = [
        f"{first} {last}" for first, last in product(("Zoë", "André", "Ann", "Bo"), ("Núñez", "Smith", "Ott", "Lee"))
    ]
    prices = dict(zip(GOODS, (123.45, 6.79, 389.9, 240.0), strict=True))
    rows = []
    for row in range(count):
        day = dt.date(2022, 1, 1) + dt.timedelta(days=row * 1460 // count)
        who, goods = row // 2 % 16, list(GOODS)[dice.randrange(4)]
        quantity, discount = dice.randrange(1, 9), dice.choice((0, 0, 0.1, 0.2, 0.2, 0.3, 0.5))
        sales = round(prices[goods] * quantity * (1 - discount), 2)
        profit = round(sales * dice.choice((0.3, 0.2, -0.1)), 4)
        shipped = day + dt.timedelta(days=dice.randrange(1, 6))
        rows.append(
            (
                row + 1,
                f"CA-{day.year}-{1000 + row // 2}",
                f"{day.month}/{day.day}/{day.year}",
                f"{shipped.month}/{shipped.day}/{shipped.year}",
                "Standard Class",
                f"AB-{100 + who}",
                names[who],
                SEGMENTS[who % 3],
                "United States",
                "Springfield",
                "Ohio",
                45501 + who,
                REGIONS[who % 4],
                goods,
                *GOODS[goods],
                sales,
                quantity,
                discount,
                profit,
            )
        )
    return rows


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one Superstore-like file in Windows-1252."""
    return put(tmp_path_factory.mktemp("store") / "Superstore.csv", SUPERSTORE, superstore(), encoding="cp1252")


def opens(store: Path) -> Came:
    """Open the file after two questions at most."""
    right: dict[str, float] = {}
    for row in superstore():
        right[row[5]] = right.get(row[5], 0.0) + row[17]
    book = right_or_asked(store, right, most=2)
    assert book is not None
    return book


def test_a_superstore_opens_after_two_questions_at_most(store: Path) -> None:
    book = opens(store)
    assert book.refused == []
    assert (min(book.days, key=lambda day: day[1])[1], len(book.names)) == (dt.date(2022, 1, 1), 16)


def test_a_superstore_names_and_groups_customers_and_products(store: Path) -> None:
    opens(store)
    customers = held(store, "select account_id, name, industry, region from accounts order by account_id limit 2")
    assert customers == [("AB-100", "Zoë Núñez", "Consumer", "East"), ("AB-101", "Zoë Smith", "Corporate", "West")]
    goods = held(store, "select product_id, name, category from products order by all")
    assert goods == sorted((code, name, group) for code, (group, _, name) in GOODS.items())


def test_a_superstore_has_costs_from_profit_and_list_amounts_from_discounts(store: Path) -> None:
    opens(store)
    net, cost, listed = held(store, "select sum(net)::double, sum(cost)::double, sum(list)::double from sales_month")[0]
    rows = superstore()
    assert net == pytest.approx(sum(row[17] for row in rows), abs=0.01)
    assert net - cost == pytest.approx(sum(row[20] for row in rows), abs=0.2)
    assert listed == pytest.approx(sum(row[17] / (1 - row[19]) for row in rows), rel=1e-5)
    assert accounts(store)["margin"].notna().all()


def test_an_empty_workbook_and_a_damaged_one_say_so(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "empty/sales.xlsx", {"Sheet1": []})
    write(tmp_path / "damaged", sales_xlsx=b"PK\x03\x04 no workbook")
    for folder in ("empty", "damaged"):
        with pytest.raises(KamError, match=r"Nothing was changed\."):
            came(tmp_path / folder)
