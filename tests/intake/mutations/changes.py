"""Changes to a table before it is written: cells, headers, numbers, days, rows and columns."""

import datetime as dt
import random

from tests.intake.mutations import odd
from tests.intake.mutations.sheets import Cell, Row, Sheet

_MANY_COLUMNS = 300


def _cells(draw: random.Random, sheet: Sheet, count: int) -> list[tuple[Row, int]]:
    rows = [row for row in sheet.rows if row]
    return [(row, draw.randrange(len(row))) for row in draw.choices(rows, k=count)] if rows else []


def blank_cells(draw: random.Random, sheet: Sheet) -> None:
    """Empty some cells, or a whole column."""
    if draw.random() < 0.3 and sheet.width:
        at = draw.randrange(sheet.width)
        for row in sheet.rows:
            row[at : at + 1] = [None] if at < len(row) else []
    for row, at in _cells(draw, sheet, draw.randint(1, 9)):
        row[at] = draw.choice((None, "", " ", "-"))


def swap_cells(draw: random.Random, sheet: Sheet) -> None:
    """Let cells of one row change places, as where a column slipped."""
    for row, at in _cells(draw, sheet, draw.randint(1, 9)):
        other = draw.randrange(len(row))
        row[at], row[other] = row[other], row[at]


def odd_cells(draw: random.Random, sheet: Sheet) -> None:
    """Write odd values into some cells, or one into a whole column."""
    values = draw.choice((odd.NUMBERS, odd.DATES, odd.TEXTS, (*odd.NUMBERS, *odd.DATES, *odd.TEXTS)))
    for row, at in _cells(draw, sheet, draw.choice((1, 1, 3, 20))):
        row[at] = draw.choice(values)
    if draw.random() < 0.25 and sheet.width:
        at, one = draw.randrange(sheet.width), draw.choice(values) if draw.random() < 0.5 else None
        for row in sheet.rows:
            if at < len(row):
                row[at] = draw.choice(values) if one is None else one


def scramble_cells(draw: random.Random, sheet: Sheet) -> None:
    """Put a letter in, take one out or turn two around in some cells."""
    for row, at in _cells(draw, sheet, draw.randint(1, 12)):
        letters = list(str(row[at] if row[at] is not None else ""))
        place = draw.randrange(len(letters) + 1)
        letters[place : place + draw.randrange(2)] = draw.choice(
            ("", "x", "0", ".", ",", "-", "\u200f", "é", "'", '"', "\n")
        )
        row[at] = "".join(letters)


def edge_rows(draw: random.Random, sheet: Sheet) -> None:
    """Leave no row, one or two; or make thousands."""
    count = draw.choice((0, 0, 1, 1, 2, 3, 5000))
    sheet.rows = [list(row) for row in (sheet.rows * (count // max(len(sheet.rows), 1) + 1))[:count]]


def move_rows(draw: random.Random, sheet: Sheet) -> None:
    """Shuffle, double or drop rows, cut some short, make some long."""
    if draw.random() < 0.5:
        draw.shuffle(sheet.rows)
    for at in sorted(draw.choices(range(len(sheet.rows) or 1), k=draw.randint(1, 6)), reverse=True):
        if at >= len(sheet.rows):
            return
        row = sheet.rows[at]
        kind = draw.randrange(5)
        if kind == 0:
            sheet.rows.insert(at, list(row))
        elif kind == 1:
            sheet.rows[at] = row[: draw.randrange(len(row) + 1)]
        elif kind == 2:
            row.extend(draw.choices(odd.TEXTS, k=draw.randint(1, 3)))
        elif kind == 3:
            sheet.rows.insert(at, [None] * len(row))
        else:
            del sheet.rows[at]


def stray_rows(draw: random.Random, sheet: Sheet) -> None:
    """Put rows that are no lines between them: totals, headings, rules, the header again, a footer."""
    width = max(sheet.width, 2)
    amount = sheet.column("net", "amount", "total", "betrag", "sales", "مبلغ")
    for _ in range(draw.randint(1, 4)):
        row: Row = [None] * width
        kind = draw.randrange(5)
        if kind == 0:
            row[0], row[-1 if amount is None else amount] = (
                draw.choice(odd.TEXTS[-24:]),
                draw.choice(("1234.5", "0", "99,9")),
            )
        elif kind == 1:
            row[draw.randrange(width)] = draw.choice(("Nord AG", "Group A (3)", "Total", "Notes:", "2025"))
        elif kind == 2:
            row = ["-" * draw.randint(2, 60)] * draw.choice((1, width))
        elif kind == 3:
            row = list(sheet.header)
        else:
            row = ["Copyright (c) 2026 Acme. All rights reserved."]
        sheet.rows.insert(draw.choice((0, len(sheet.rows), draw.randrange(len(sheet.rows) + 1))), row)


def change_headers(draw: random.Random, sheet: Sheet) -> None:
    """Swap, rename, double, empty or garble column names."""
    for _ in range(draw.randint(1, 4)):
        if not sheet.width:
            return
        at, other = draw.randrange(sheet.width), draw.randrange(sheet.width)
        kind = draw.randrange(6)
        if kind == 0:
            sheet.header[at], sheet.header[other] = sheet.header[other], sheet.header[at]
        elif kind == 1:
            sheet.header[at] = draw.choice(odd.HEADERS)
        elif kind == 2:
            sheet.header[at] = sheet.header[other]
        elif kind == 3:
            sheet.header[at] = draw.choice(odd.TEXTS)
        elif kind == 4:
            sheet.header = [draw.choice((str.upper, str.title, str.lower))(str(name)) for name in sheet.header]
        else:
            ending = draw.choice(("", " ", "*", "_1", " (EUR)", " %", "\n(net)", "\u200b"))
            sheet.header[at] = f"{sheet.header[at]}{ending}"


def move_header(draw: random.Random, sheet: Sheet) -> None:
    """Take the header away, write it twice or over two rows, or put rows above it."""
    kind = draw.randrange(5)
    if kind == 0:
        sheet.header = [str(cell) for cell in sheet.rows.pop(0)] if sheet.rows else []
    elif kind == 1:
        sheet.rows.insert(0, list(sheet.header))
    elif kind == 2:
        sheet.above = [*sheet.above, [name.split(" ")[0] for name in sheet.header]]
        sheet.header = [" ".join(name.split(" ")[1:]) for name in sheet.header]
    elif kind == 3:
        sheet.above = [[draw.choice((*odd.TEXTS, "Report", "Filter: all"))] for _ in range(draw.choice((1, 5, 45)))]
    else:
        sheet.above = [["sep=" + draw.choice((";", ",", "\t", "|", "🧀"))]]


def change_columns(draw: random.Random, sheet: Sheet) -> None:
    """Take columns away, add some, turn their order around, or make hundreds."""
    kind = draw.randrange(4)
    if kind == 0 and sheet.width:
        at = draw.randrange(sheet.width)
        del sheet.header[at]
        for row in sheet.rows:
            del row[at : at + 1]
    elif kind == 1:
        order = list(range(sheet.width))
        draw.shuffle(order)
        sheet.header = [sheet.header[at] for at in order]
        sheet.rows = [[row[at] if at < len(row) else None for at in order] for row in sheet.rows]
    else:
        count = draw.choice((1, 2, 3, _MANY_COLUMNS))
        values = draw.choice((odd.STATES, odd.CODES, odd.TEXTS, odd.NUMBERS, odd.DATES, ("",), (0, 1, 2.5)))
        for _ in range(count):
            sheet.header.append(draw.choice(odd.HEADERS))
            for row in sheet.rows:
                row.append(draw.choice(values))


def state_column(draw: random.Random, sheet: Sheet) -> None:
    """Add a status, a kind of document or a currency with words of all sorts."""
    name, words = draw.choice(
        (
            ("Status", odd.STATES),
            ("Document type", odd.STATES),
            ("Currency", odd.CODES),
            ("Cancelled at", ("", "2025-01-31")),
            ("Discount", odd.NUMBERS),
            ("Discount %", ("0", "5", "5 %", "0.1", "")),
            ("Tax", ("0", "1.9", "")),
        )
    )
    few = draw.choices(words, k=draw.randint(1, 3))
    sheet.header.append(name)
    for row in sheet.rows:
        row.append(draw.choice(few))


def _number(value: Cell) -> float | None:
    try:
        return float(str(value).replace(",", ""))
    except ValueError:
        return None


def _shapes(value: float) -> tuple[str, ...]:
    plain = f"{value:,.2f}"
    turned = plain.translate(str.maketrans(",.", ".,"))
    return (
        plain,
        turned,
        turned.replace(".", " "),
        plain.replace(",", "'"),
        f"{value:.0f}",
        f"{value:.3f}",
        f"{value:e}",
        f"({plain.strip('-')})",
        f"{plain}-",
        f"$ {plain}",
        f"{turned} €",
        f"Rs. {plain}",
        f"{plain} Cr",
        f"{value:.10f}",
        plain.translate(str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")),
        f"{value:.0f},-",
        f"{value * 1e9:.2f}",
        f"{value}%",
        f"-{plain}",
        "0",
        f"{value / 1000:.3f}k",
        turned.replace(",", ".").replace(".", ",", 1),
    )


def write_numbers(draw: random.Random, sheet: Sheet) -> None:
    """Write the numbers of some columns in another way, or in two ways."""
    chosen = [draw.randrange(22) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    for at in range(sheet.width):
        if draw.random() < 0.4:
            continue
        for row in sheet.rows:
            if at < len(row) and (value := _number(row[at])) is not None and abs(value) < 1e15:
                row[at] = _shapes(value)[draw.choice(chosen)]


def _day(value: Cell) -> dt.date | None:
    for shape in ("%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d %b %Y", "%d/%m/%y"):
        try:
            return dt.datetime.strptime(str(value)[:11].strip(), shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _ways(day: dt.date) -> tuple[object, ...]:
    week, quarter = day.isocalendar(), (day.month + 2) // 3
    serial = (day - dt.date(1899, 12, 30)).days
    epoch = (day - dt.date(1970, 1, 1)).days * 86400
    return (
        f"{day:%d/%m/%Y}",
        f"{day:%m/%d/%Y}",
        f"{day:%d.%m.%y}",
        f"{day:%y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day:%d %B %Y}",
        f"{day:%b %d, %Y}",
        f"{day:%d-%b-%y}",
        serial,
        serial + 0.75,
        epoch,
        epoch * 1000,
        f"{week.year}-W{week.week:02}",
        f"Q{quarter} {day.year}",
        f"{day:%Y-%m}",
        f"{day:%Y}",
        f"{day.year + 543}-{day:%m-%d}",
        f"{day:%Y-%m-%d} 23:30:00",
        f"{day:%Y-%m-%d}T23:30:00+03:30",
        f"{day:%Y-%m-%dT%H:%M:%SZ}",
        f"{day.year - 621}/{day:%m/%d}",
        day,
        dt.datetime.combine(day, dt.time(23, 59)),
        f"{day:%d/%m}",
        f"{day.day}. {day.month}. {day.year}",
    )


def write_days(draw: random.Random, sheet: Sheet) -> None:
    """Write the days in another way, or in two ways."""
    chosen = [draw.randrange(25) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    for row in sheet.rows:
        for at, value in enumerate(row):
            if (day := _day(value)) is not None:
                row[at] = _ways(day)[draw.choice(chosen)]


CHANGES = (
    blank_cells,
    swap_cells,
    odd_cells,
    odd_cells,
    scramble_cells,
    edge_rows,
    move_rows,
    stray_rows,
    change_headers,
    change_headers,
    move_header,
    change_columns,
    state_column,
    write_numbers,
    write_numbers,
    write_days,
    write_days,
)
