"""One wide file of sales is enough: it tells of customers and products, and where it contradicts itself, how often."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.cases.exports import DAYS, LAST, PLAIN, plain_lines, put
from tests.intake.cases.outcome import Came, came, held, right_or_asked

WIDE = (
    "Order ID",
    "Order Date",
    "Customer ID",
    "Customer Name",
    "Segment",
    "Region",
    "Sales rep",
    "Product ID",
    "Product Name",
    "Category",
    "Quantity",
    "Sales",
)
CUSTOMERS = {"C1": ("Nord AG", "Corporate", "North", "Ada"), "C2": ("Süd KG", "Consumer", "South", "Bo")}
PRODUCTS = {"A": ("Chair", "Furniture"), "B": ("Pen", "Office supplies")}


def wide_lines() -> list[list]:
    """Return 41 lines, each with all that is known of its customer and product."""
    rows = []
    for n in range(41):
        customer, product = ("C1", "C2")[n % 2], ("A", "B")[n // 2 % 2]
        day = DAYS[n % 5] if n < 40 else LAST
        rows.append([f"O{n}", day, customer, *CUSTOMERS[customer], product, *PRODUCTS[product], 2, 50.0])
    return rows


def known(folder: Path) -> tuple[list[tuple], list[tuple]]:
    accounts = held(folder, "select account_id, name, industry, region from accounts order by all")
    products = held(folder, "select product_id, name, category from products order by all")
    return accounts, products


@pytest.mark.parametrize("file", ["sales.csv", "sales.xlsx", "sales.parquet", "sales.csv.gz"])
def test_a_wide_file_gives_customers_and_products(tmp_path: Path, file: str) -> None:
    folder = put(tmp_path / "book" / file, WIDE, wide_lines())
    book = came(folder)
    assert book.revenue == {"C1": 1050.0, "C2": 1000.0}
    assert known(folder) == (
        [("C1", "Nord AG", "Corporate", "North"), ("C2", "Süd KG", "Consumer", "South")],
        [("A", "Chair", "Furniture"), ("B", "Pen", "Office supplies")],
    )


def test_a_wide_file_in_persian(tmp_path: Path) -> None:
    header = (
        "شماره فاکتور",
        "تاریخ",
        "کد مشتری",
        "نام مشتری",
        "صنعت",
        "منطقه",
        "کارشناس فروش",
        "کد کالا",
        "شرح کالا",
        "گروه کالا",
        "تعداد",
        "مبلغ",
    )
    folder = put(tmp_path / "book/sales.tsv", header, wide_lines())
    assert came(folder).revenue == {"C1": 1050.0, "C2": 1000.0}
    assert known(folder)[0][0] == ("C1", "Nord AG", "Corporate", "North")
    assert known(folder)[1][0] == ("A", "Chair", "Furniture")


def conflicts(book: Came, *names: str, ids: int) -> None:
    """Assert that a finding names the column, by one of its names, and counts at least the ids that have two values."""
    told = [each for name in names for each in book.told(name)]
    assert [each for each in told if each.count >= ids], [(each.check, each.count) for each in book.findings]


def test_where_lines_disagree_the_newest_counts_and_the_conflicts_are_told(tmp_path: Path) -> None:
    rows = wide_lines()
    for row in rows:
        if row[2] == "C1" and row[1] < "2026-03-01":
            row[5] = "East"
    folder = put(tmp_path / "book/sales.csv", WIDE, rows)
    book = came(folder)
    assert known(folder)[0][0] == ("C1", "Nord AG", "Corporate", "North")
    conflicts(book, "Region", ids=1)


def test_two_customers_and_a_product_that_changed(tmp_path: Path) -> None:
    rows = wide_lines()
    for row in rows:
        if row[1] == DAYS[0]:
            row[4] = "Home Office"
            row[9] = "Other" if row[7] == "A" else row[9]
    folder = put(tmp_path / "book/sales.xlsx", WIDE, rows)
    book = came(folder)
    assert known(folder)[0] == [("C1", "Nord AG", "Corporate", "North"), ("C2", "Süd KG", "Consumer", "South")]
    assert known(folder)[1][0] == ("A", "Chair", "Furniture")
    conflicts(book, "Segment", "industry", ids=2)
    conflicts(book, "Category", ids=1)


def test_an_attribute_that_is_empty_on_some_lines_is_no_conflict(tmp_path: Path) -> None:
    rows = wide_lines()
    for row in rows[::3]:
        row[5] = None
    folder = put(tmp_path / "book/sales.csv", WIDE, rows)
    book = came(folder)
    assert known(folder)[0][1] == ("C2", "Süd KG", "Consumer", "South")
    assert not book.told("region", "conflict")


def test_a_file_of_accounts_goes_before_what_the_sales_tell(tmp_path: Path) -> None:
    folder = put(tmp_path / "book/sales.csv", WIDE, wide_lines())
    put(folder / "accounts.csv", ("account_id", "name"), [("C1", "Nord Aktiengesellschaft")])
    came(folder)
    assert [row[:2] for row in known(folder)[0]] == [("C1", "Nord Aktiengesellschaft"), ("C2", "Süd KG")]


def test_a_parent_in_the_sales_joins_its_customers(tmp_path: Path) -> None:
    rows = [(*line[:3], f"Group {'AB'[line[2] == 'W']}", *line[3:]) for line in plain_lines(30, accounts="NSW")]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN[:3], "Parent account", *PLAIN[3:]), rows)
    came(folder)
    roots = dict(held(folder, "select account_id, root_id from accounts"))
    assert roots["N"] == roots["S"] != roots["W"]


def test_what_the_newest_day_says_in_two_ways_does_not_hang_on_the_order_of_lines(tmp_path: Path) -> None:
    rows = [[*line[:3], f"{line[3]} {'ABCDE'[n % 5]}", *line[4:]] for n, line in enumerate(wide_lines()[:40])]
    for line in rows:
        line[1] = LAST
    found = []
    for name, lines in (("one", rows), ("other", rows[::-1])):
        came(folder := put(tmp_path / name / "sales.csv", WIDE, lines))
        found.append(known(folder))
    assert found[0] == found[1]


def test_a_group_named_as_two_customers_are_is_one_of_them_whatever_the_order(tmp_path: Path) -> None:
    header = (*PLAIN[:3], "Customer Name", "Parent account", *PLAIN[3:])
    rows = [
        (*line[:3], "Twin" if line[2] in "NS" else "Own", "Twin" if line[2] == "W" else "", *line[3:])
        for line in plain_lines(30, accounts="NSW")
    ]
    for name, lines in (("one", rows), ("other", rows[::-1])):
        came(folder := put(tmp_path / name / "sales.csv", header, lines))
        assert dict(held(folder, "select account_id, root_id from accounts"))["W"] == "N"


SMALL: dict[str, tuple[str, Sequence[str], list[tuple]]] = {
    "English": ("sales.csv", ("Date", "Customer", "Amount"), [(d, c, a) for _, d, c, _, _, a in plain_lines()]),
    "German": ("sales.xlsx", ("Datum", "Kunde", "Umsatz"), [(d, c, 100.0) for _, d, c, _, _, _ in plain_lines()]),
    "Turkish": ("sales.tsv", ("Tarih", "Müşteri", "Tutar"), [(d, c, a) for _, d, c, _, _, a in plain_lines()]),
    "Persian": ("sales.csv.gz", ("تاریخ", "مشتری", "مبلغ"), [(d, c, a) for _, d, c, _, _, a in plain_lines()]),
    "French, the customer last": (
        "sales.parquet",
        ("Montant", "Jour", "Client"),
        [(100.0, d, c) for _, d, c, _, _, _ in plain_lines()],
    ),
}


@pytest.mark.parametrize(("file", "header", "rows"), SMALL.values(), ids=SMALL.keys())
def test_date_customer_and_amount_are_all_a_book_needs(
    tmp_path: Path, file: str, header: Sequence[str], rows: list[tuple]
) -> None:
    folder = put(tmp_path / "book" / file, header, rows)
    assert came(folder).revenue == {"N": 1100.0, "S": 1000.0}


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    rows = [(*line, "x", 3 * number) for number, line in enumerate(plain_lines())]
    folder = put(tmp_path / "book/sales.csv", (*PLAIN, "Warehouse bin", "Loyalty points"), rows)
    book = right_or_asked(folder, {"N": 1100.0, "S": 1000.0})
    assert book is not None
    assert book.told("Loyalty points")
    assert book.told("Warehouse bin")
