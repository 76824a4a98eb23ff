"""One wide file gives orders, customers and products: names, segments, regions, categories, cost from profit."""

from pathlib import Path

from kam.intake.cache import connect, loaded_book
from tests.intake.recipes.ledger import CUSTOMERS, LINES, TODAY, Line, opened, revenue, text

HEADER = [
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
]


def _row(number: int, line: Line) -> list:
    day = f"{line.day.month}/{line.day.day}/{line.day.year}"
    return [
        number,
        f"CA-{line.day.year}-{line.order}",
        day,
        day,
        "Second Class",
        f"AB-{line.customer.number}",
        line.customer.name,
        line.customer.segment,
        "United States",
        "Málaga",
        "Ohio",
        "43017",
        line.customer.region,
        f"{line.product.group[:3].upper()}-{line.product.code}",
        line.product.group,
        line.product.name,
        f"{line.product.name} «Pro»",
        line.net,
        line.quantity,
        line.discount / 100,
        (line.net / 4).quantize(line.tax),
    ]


def test_customers_and_products_come_out_of_the_lines(tmp_path: Path) -> None:
    export = text([HEADER, *(_row(number, line) for number, line in enumerate(LINES, 1))])
    book = opened(tmp_path, export.encode("cp1252"))
    assert book.revenue == revenue(LINES)
    assert book.lines == 45
    assert book.products["MAC-PU-100"] == "Pump «Pro»"
    with connect(loaded_book(tmp_path, today=TODAY).path) as cursor:
        accounts = cursor.execute("select account_id, name, industry, region from accounts order by all").fetchall()
        groups = cursor.execute("select distinct category from products order by all").fetchall()
        cost = cursor.execute("select round(sum(cost), 2)::double from sales_month").fetchall()
    assert accounts == [(f"AB-{each.number}", each.name, each.segment, each.region) for each in CUSTOMERS]
    assert groups == [("Machines",), ("Parts",)]
    assert cost == [(float(sum(line.net - (line.net / 4).quantize(line.tax) for line in LINES)),)]
