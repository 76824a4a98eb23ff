"""Good books in the shapes that systems export, small and each a little different by its seed."""

import datetime as dt
import random

from tests.intake.mutations.registers import ACCOUNTS, FIRST, NAMES, WORDS, registers
from tests.intake.mutations.sheets import Folder, Row, Sheet

DAYS = 820
PEOPLE = ("شرکت پگاه", "فروشگاه مهر", "صنایع کاوه", "بازرگانی نور")
GOODS = ("P1", "P2", "X-100", "7700123")


def made(draw: random.Random) -> Folder:
    """Make one of the good books."""
    base = draw.choice(BASES)
    folder = base(draw)
    folder.done.append(base.__name__)
    if draw.random() < 0.25:
        registers(draw, folder)
    return folder


def _day(draw: random.Random) -> dt.date:
    return FIRST + dt.timedelta(days=draw.randrange(DAYS))


def _lines(draw: random.Random) -> list[tuple[int, dt.date, int, int, int, float]]:
    """Draw order lines by day: order, day, customer, product, quantity, price."""
    lines = []
    for order in range(draw.randint(4, 30)):
        day, who = _day(draw), draw.randrange(4)
        for _ in range(draw.randint(1, 3)):
            what = draw.randrange(4)
            lines.append((1000 + order, day, who, what, draw.randint(1, 40), round(draw.uniform(1, 900), 2)))
    return sorted(lines, key=lambda line: line[1])


def plain(draw: random.Random) -> Folder:
    """Make the six columns under their own names."""
    rows: list[Row] = [
        [order, day.isoformat(), ACCOUNTS[who], GOODS[what], count, round(count * price, 2)]
        for order, day, who, what, count, price in _lines(draw)
    ]
    header = ["order_id", "order_date", "account_id", "product_id", "quantity", "net_amount"]
    return Folder([Sheet("sales", header, rows)])


def wide(draw: random.Random) -> Folder:
    """Make one wide file with all that hangs on customer and product."""
    rows: list[Row] = []
    for number, (order, day, who, what, count, price) in enumerate(_lines(draw), start=1):
        discount = draw.choice((0, 0, 0.1, 0.2))
        rows.append(
            [
                number,
                f"CA-{order}",
                f"{day:%m/%d/%Y}",
                f"{day + dt.timedelta(days=3):%m/%d/%Y}",
                ACCOUNTS[who],
                NAMES[who],
                ("Consumer", "Corporate")[who % 2],
                "Germany",
                "Ulm",
                ("West", "East")[who % 2],
                GOODS[what],
                ("Food", "Steel")[what % 2],
                WORDS[what],
                round(count * price * (1 - discount), 4),
                count,
                discount,
                round(count * price * 0.2, 4),
            ]
        )
    header = [
        "Row ID",
        "Order ID",
        "Order Date",
        "Ship Date",
        "Customer ID",
        "Customer Name",
        "Segment",
        "Country",
        "City",
        "Region",
        "Product ID",
        "Category",
        "Product Name",
        "Sales",
        "Quantity",
        "Discount",
        "Profit",
    ]
    return Folder([Sheet("sales", header, rows)])


def german(draw: random.Random) -> Folder:
    """Make a German list with comma decimals in Windows-1252."""
    rows: list[Row] = [
        [
            f"R{order}",
            f"{day:%d.%m.%Y}",
            ACCOUNTS[who],
            NAMES[who % 3],
            GOODS[what],
            count,
            _comma(price),
            _comma(count * price),
            "EUR",
        ]
        for order, day, who, what, count, price in _lines(draw)
    ]
    header = [
        "Belegnr.",
        "Rechnungsdatum",
        "Kunden-Nr.",
        "Kunde",
        "Artikel",
        "Menge",
        "Einzelpreis",
        "Nettobetrag",
        "Währung",
    ]
    return Folder([Sheet("Umsätze", header, rows, separator=";", encoding="cp1252", end="\r\n")])


def _comma(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def persian(draw: random.Random) -> Folder:
    """Make the Iranian invoice form with Persian digits and years."""
    encoding = draw.choice(("utf-8", "cp1256"))
    digits = (
        str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹") if encoding == "utf-8" else {}
    )  # the older one has no such digits
    rows: list[Row] = []
    for number, (order, day, who, what, count, price) in enumerate(_lines(draw), start=1):
        total = round(count * price) * 1000
        written = f"{day.year - 621}/{max(day.month - 3, 1):02}/{min(day.day, 29):02}"
        values = (
            number,
            GOODS[what],
            WORDS[3],
            count,
            f"{round(price) * 1000:,}",
            f"{total:,}",
            "0",
            f"{total:,}",
            f"{total // 10:,}",
            order,
            written,
            PEOPLE[who],
        )
        rows.append([str(value).translate(digits) for value in values])
    header = [
        "ردیف",
        "کد کالا",
        "شرح کالا یا خدمات",
        "تعداد/مقدار",
        "مبلغ واحد (ریال)",
        "مبلغ کل (ریال)",
        "مبلغ تخفیف (ریال)",
        "مبلغ کل پس از تخفیف (ریال)",
        "جمع مالیات و عوارض (ریال)",
        "شماره فاکتور",
        "تاریخ فاکتور",
        "نام مشتری",
    ]
    return Folder([Sheet("فروش", header, rows, encoding=encoding)])


def quickbooks(draw: random.Random) -> Folder:
    """Make a report with titles, customers as headings, totals below and a footer."""
    rows: list[Row] = []
    lines, whole = _lines(draw), 0.0
    for who in range(4):
        own = [line for line in lines if line[2] == who]
        if not own:
            continue
        total = sum(count * price for *_, count, price in own)
        whole += total
        rows.append([NAMES[who], *[None] * 7])
        rows += [
            [None, f"{day:%m/%d/%Y}", "Invoice", order, WORDS[what], count, f"{price:.2f}", f"{count * price:,.2f}"]
            for order, day, _, what, count, price in own
        ]
        rows.append([f"Total for {NAMES[who]}", *[None] * 6, f"{total:,.2f}"])
    rows.append(["TOTAL", *[None] * 6, f"{whole:,.2f}"])
    rows += [[None] * 8, ["Friday, Jun 05, 2026 10:11:12 AM GMT+2 - Accrual Basis", *[None] * 7]]
    header = [
        "",
        "Transaction date",
        "Transaction type",
        "Num",
        "Product/Service full name",
        "Quantity",
        "Sales price",
        "Amount",
    ]
    above: list[Row] = [["Acme Ltd"], ["Sales by Customer Detail"], ["January 2024 - May 2026"], [None]]
    return Folder([Sheet("sales", header, rows, above=above)])


def shop(draw: random.Random) -> Folder:
    """Make orders whose own columns stand on their first line alone, with states, tax and currency."""
    rows: list[Row] = []
    before = None
    for order, day, who, what, count, price in _lines(draw):
        head = [None] * 7
        if order != before:
            state = draw.choice(("paid", "paid", "paid", "refunded", "pending", "voided"))
            head = [
                state,
                f"{day} 17:09:34 -0300",
                "EUR",
                f"{count * price:.2f}",
                f"{count * price * 0.19:.2f}",
                f"{count * price * 1.19:.2f}",
                NAMES[who],
            ]
        rows.append([f"#{order}", *head, count, WORDS[what], f"{price:.2f}", GOODS[what]])
        before = order
    header = [
        "Name",
        "Financial Status",
        "Created at",
        "Currency",
        "Subtotal",
        "Taxes",
        "Total",
        "Billing Company",
        "Lineitem quantity",
        "Lineitem name",
        "Lineitem price",
        "Lineitem sku",
    ]
    return Folder([Sheet("orders_export", header, rows)])


def ledger(draw: random.Random) -> Folder:
    """Make a list between rulers and edges, signs behind the number."""
    rows: list[Row] = [
        ["", order, f"{day:%d.%m.%Y}", ACCOUNTS[who], GOODS[what], count, f"{count * price:,.2f}-", "USD", ""]
        for order, day, who, what, count, price in _lines(draw)
    ]
    header = ["", "Bill.Doc.", "Billing Date", "Sold-to pt", "Material", "Billed Quantity", "Net value", "Curr.", ""]
    rule: Row = ["-" * 80]
    return Folder([Sheet("sales", header, [rule, *rows, rule], kind="txt", separator="|", above=[rule])])


def taxed(draw: random.Random) -> Folder:
    """Make lines with net, tax, gross, discount, price, cost and a kind of document."""
    rows: list[Row] = []
    for order, day, who, what, count, price in _lines(draw):
        net = count * price
        kind = draw.choice(("Invoice", "Invoice", "Invoice", "Credit note"))
        rows.append(
            [
                NAMES[who],
                order,
                f"{day:%d %b %Y}",
                f"{net:.2f}",
                f"{net * 0.2:.2f}",
                f"{net * 1.2:.2f}",
                count,
                f"{price:.4f}",
                "0",
                f"{net * 0.6:.2f}",
                kind,
                draw.choice(("PAID", "DRAFT", "AUTHORISED", "VOIDED")),
                WORDS[what],
            ]
        )
    header = [
        "*ContactName",
        "*InvoiceNumber",
        "*InvoiceDate",
        "LineAmount",
        "TaxAmount",
        "Total",
        "*Quantity",
        "*UnitAmount",
        "Discount",
        "Cost",
        "Type",
        "Status",
        "*Description",
    ]
    return Folder([Sheet("sales", header, rows)])


def few(draw: random.Random) -> Folder:
    """Make the three columns a book needs, and no more."""
    rows: list[Row] = [
        [f"{day:%d/%m/%y}", NAMES[who], f"€ {count * price:,.2f}"] for _, day, who, _, count, price in _lines(draw)
    ]
    return Folder([Sheet("export", ["Date", "Customer", "Amount"], rows, kind="tsv", separator="\t")])


def months(draw: random.Random) -> Folder:
    """Make totals of months, each dated on its first day, without orders."""
    rows: list[Row] = [
        [f"{FIRST.year + at // 12}-{at % 12 + 1:02}-01", who, round(draw.uniform(100, 9000), 2)]
        for at in range(27)
        for who in ACCOUNTS[:3]
    ]
    return Folder([Sheet("sales", ["month", "account_id", "net_amount"], rows)])


def files_of_years(draw: random.Random) -> Folder:
    """Make a folder of sales with a file a year, not all with the same columns."""
    whole = plain(draw).sheets[0]
    sheets, kind = [], draw.choice(("", "", "parquet"))
    for year in ("2024", "2025", "2026"):
        rows = [list(row) for row in whole.rows if str(row[1]).startswith(year)]
        sheets.append(
            Sheet(f"sales/{year}", list(whole.header), rows, kind=kind or draw.choice(("csv", "tsv", "xlsx")))
        )
    if draw.random() < 0.5:
        sheets[0].header[5] = "Amount"
    return Folder(sheets)


def orders_and_lines(draw: random.Random) -> Folder:
    """Make orders in one file and their lines in another."""
    lines = _lines(draw)
    orders = {order: (day, who) for order, day, who, *_ in lines}
    heads: list[Row] = [[order, day.isoformat(), ACCOUNTS[who]] for order, (day, who) in orders.items()]
    below: list[Row] = [[order, GOODS[what], count, price] for order, _, _, what, count, price in lines]
    return Folder(
        [
            Sheet("orders", ["OrderID", "OrderDate", "CustomerID"], heads),
            Sheet("order_details", ["OrderID", "ProductID", "Quantity", "UnitPrice"], below),
        ]
    )


def queried(draw: random.Random) -> Folder:
    """Make sales as a query over another file of the folder."""
    folder = plain(draw)
    folder.sheets[0].name = "raw"
    folder.sheets[0].kind = draw.choice(("csv", "parquet"))
    folder.plain["sales.sql"] = f"select * from 'raw.{folder.sheets[0].kind}'\n"
    return folder


def currencies(draw: random.Random) -> Folder:
    """Make sales in several currencies, with a table of rates beside them."""
    folder = plain(draw)
    sheet = folder.sheets[0]
    sheet.header.append("currency")
    for row in sheet.rows:
        row.append(draw.choice(("EUR", "EUR", "USD", "GBP")))
    rates: list[Row] = [[code, f"{FIRST.isoformat()}", rate] for code, rate in (("USD", 0.92), ("GBP", 1.17))]
    folder.sheets.append(Sheet("rates", ["currency", "day", "rate"], rates))
    return folder


BASES = (
    plain,
    wide,
    german,
    persian,
    quickbooks,
    shop,
    ledger,
    taxed,
    few,
    months,
    files_of_years,
    orders_and_lines,
    queried,
    currencies,
)
