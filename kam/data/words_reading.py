"""How files are read, in words: the readings of an open question, what was answered, left out, and came of it."""

import datetime as dt
import re
from collections.abc import Sequence

from kam.base.numbers import count, day
from kam.base.texts import _, ngettext

DATES = {
    "y-m-d": _("year month day, 2026-12-31"),
    "d-m-y": _("day month year, 31.12.2026"),
    "m-d-y": _("month day year, 12/31/2026"),
    "d-m-yy": _("day month year, 31.12.26"),
    "m-d-yy": _("month day year, 12/31/26"),
    "yy-m-d": _("year month day, 26-12-31"),
    "persian": _("in the Persian calendar, 1405/10/10"),
    "yyyymmdd": "20261231",
    "d-month-y": "31 Dec 2026",
    "d-month-yy": "31 Dec 26",
    "month-d-y": "Dec 31, 2026",
    "month-d-yy": "Dec 31, 26",
    "y-month-d": "2026 Dec 31",
    "serial": _("a spreadsheet's day number, 46387"),
    "epoch s": _("seconds since 1970"),
    "epoch ms": _("milliseconds since 1970"),
    "iso week": _("a week, 2026-W53"),
    "quarter": _("a quarter, 2026-Q4"),
    "month": _("a month, 2026-12"),
    "month-yy": _("a month, Dec 26"),
}
DECIMALS = {".": _("a point, 1,234.56"), ",": _("a comma, 1.234,56")}
_CUT = 40  # as long as a finding shows a word
LEVEL_NAMES = {
    "line": _("the whole line"),
    "piece": _("one piece"),
    "order": _("the whole order"),
    "year to date": _("the year so far"),
    "with tax": _("the line with tax"),
    "before discount": _("the line before its discount"),
    "share": _("a share of the price (0.1)"),
    "percent": _("a percentage of the price (10)"),
}


def exactly(amount: float, currency: str | None = None) -> str:
    """Write money with all that an account book would: no rounding to significant digits, since it is compared.

    >>> exactly(1500), exactly(-3540.5, "EUR")
    ('1,500.00', 'EUR −3,540.50')
    """
    written = f"{amount:,.2f}".replace("-", "−")
    return f"{currency} {written}" if currency else written


def comes_to(amount: float | None, currency: str | None = None) -> str:
    """Say what the revenue of the file comes to under one reading.

    >>> comes_to(1500.0, "EUR"), comes_to(None)
    ('revenue EUR 1,500.00', 'what the revenue comes to then cannot be told before')
    """
    if amount is None:
        return _("what the revenue comes to then cannot be told before")
    return _("revenue {amount}").format(amount=exactly(amount, currency))


def reading_said(label: str, where: Sequence[str], value: object) -> str:
    """Say one reading; a way of writing dates by how it looks, not by its name in `book.toml`.

    >>> where = ("tables", "sales", "date_format")
    >>> reading_said("d-m-y: 51 lines, 5 months", where, "d-m-y")
    'Day month year, 31.12.2026: 51 lines, 5 months'
    >>> reading_said("leave them out", ("tables", "sales", "leave_out", "Status"), ["Failed"])
    'Leave them out'
    """
    said = label
    if isinstance(value, str) and "date_format" in where[2]:
        said = said.replace(value, date_written(value), 1)
    return f"{said[:1].upper()}{said[1:]}"


def open_questions(number: int) -> str:
    """Say that a person must decide before a book opens.

    >>> open_questions(1), open_questions(2)[:34]
    ('One question must be answered before the book opens.', '2 questions must be answered befor')
    """
    return ngettext(
        "One question must be answered before the book opens.",
        "{questions} questions must be answered before the book opens.",
        number,
    ).format(questions=number)


def still_open(number: int) -> str:
    """Say on a page of figures that there are none before somebody has decided.

    >>> still_open(1)
    'How the files are to be read is open in one point, which changes the figures. It is asked on the Data page.'
    """
    return ngettext(
        "How the files are to be read is open in one point, which changes the figures. It is asked on the Data page.",
        "How the files are to be read is open in {points} points, which change the figures. They are asked on the Data"
        " page.",
        number,
    ).format(points=number)


def belong_together(lines: str, orders: str) -> str:
    """Say that files of orders and of their lines make the sales together.

    >>> belong_together("orderdetails.csv", "orders.csv")
    'orders.csv and orderdetails.csv belong together'
    """
    return _("{orders} and {lines} belong together").format(orders=orders, lines=lines)


def amounts_to(revenue: float, currency: str | None, accounts: int, first: dt.date, last: dt.date) -> str:
    """Say what a book comes to, for its owner to compare with what he knows of it.

    >>> amounts_to(1800.0, "EUR", 2, dt.date(2026, 1, 12), dt.date(2026, 6, 5))
    'Read so, revenue is EUR 1,800.00 of 2 accounts, from 12 Jan 2026 to 5 Jun 2026.'
    """
    return ngettext(
        "Read so, revenue is {revenue} of {accounts} account, from {first} to {last}.",
        "Read so, revenue is {revenue} of {accounts} accounts, from {first} to {last}.",
        accounts,
    ).format(revenue=exactly(revenue, currency), accounts=count(accounts), first=day(first), last=day(last))


def date_written(name: str) -> str:
    """Say how dates are written.

    >>> date_written("d-m-y"), date_written("quarter"), date_written("by the moon")
    ('day month year, 31.12.2026', 'a quarter, 2026-Q4', 'by the moon')
    """
    return DATES.get(name, name)


def answer_said(where: Sequence[str], value: object) -> str:
    """Say what one key under `[tables]` of `book.toml` decides; a word of a list is said by itself.

    >>> answer_said(("tables", "sales", "columns", "net_amount"), "Item Total")
    'Sales: net amount is read from Item Total'
    >>> answer_said(("tables", "sales", "amounts", "discount"), "line")
    'Sales: discount stands for money off the whole line'
    >>> answer_said(("tables", "sales", "keep", "Status"), "Cancelled")
    'Sales: lines whose Status is Cancelled count'
    >>> answer_said(("tables", "sales", "skip"), "sales.csv 31")
    'Sales: line 31 of sales.csv is left out'
    >>> answer_said(("tables", "opportunities", "values", "stage", "Closed Won"), "won")
    'Opportunities: Closed Won in stage means won'
    """
    _each, table, key, *more = where
    said = _said(key, tuple(more), value)
    return f"{table[:1].upper()}{table[1:]}: {said}".replace("_", " ", table.count("_"))


def _said(key: str, more: tuple[str, ...], value: object) -> str:  # noqa: C901, PLR0911 - one sentence a key
    name, column = (more[0].replace("_", " "), more[0]) if more else ("", "")
    match key:
        case "columns":
            told = _("{name} is read from {value}") if value else _("{name} is in no column of the file")
            return told.format(name=name, value=value)
        case "amounts":
            is_money_off = name == "discount" and value in ("line", "piece")
            told = _("{name} stands for money off {level}") if is_money_off else _("{name} stands for {level}")
            return told.format(name=name, level=LEVEL_NAMES.get(str(value), value))
        case "date_format" | "date_formats":
            told = _("dates in {column} are written {form}") if column else _("dates are written {form}")
            return told.format(column=column, form=date_written(str(value)))
        case "decimal" | "decimals":
            told = _("decimals in {column} are marked by {mark}") if column else _("decimals are marked by {mark}")
            return told.format(column=column, mark=DECIMALS.get(str(value), value))
        case "keep" | "leave_out" | "returns":
            with_value, without = {
                "keep": (_("lines whose {column} is {value} count"), _("lines without {column} count")),
                "leave_out": (
                    _("lines whose {column} is {value} are left out"),
                    _("lines without {column} are left out"),
                ),
                "returns": (
                    _("lines whose {column} is {value} count as returns"),
                    _("lines without {column} count as returns"),
                ),
            }[key]
            return (with_value if value else without).format(column=column, value=value)
        case "values":
            return _("{word} in {name} means {value}").format(word=more[-1], name=name, value=value)
        case "skip":
            file, _each, line = str(value).rpartition(" ")
            return _("line {line} of {file} is left out").format(line=line, file=file)
        case "carry_down":
            return _("{value} stands on an order's first line alone, and holds for the lines below").format(value=value)
        case "sheet":
            return _("read from the sheet {value}").format(value=value)
        case "encoding":
            return _("letters are encoded as {value}").format(value=value)
        case "turned":
            turned = _("signs are turned: what is sold stands negative")
            return turned if value else _("signs are as written")
    return _("{key} is {value}").format(key=key, value=value)


def left_out(told: str, rows: int, amount: float | None, currency: str | None = None) -> str:
    """Say what was left out, how often, and the money that hangs on it.

    >>> left_out("sales.csv: Status Cancelled", 6, 600.0, "EUR")
    'sales.csv: Status Cancelled: 6 lines, EUR 600.00'
    >>> left_out("sales.csv: totals", 1, None)
    'sales.csv: totals: 1 line'
    """
    said = (
        ngettext("{what}: {lines} line", "{what}: {lines} lines", rows)
        if amount is None
        else ngettext("{what}: {lines} line, {amount}", "{what}: {lines} lines, {amount}", rows)
    )
    return said.format(what=told, lines=count(rows), amount=exactly(amount or 0.0, currency))


def words_told(told: str) -> list[str]:
    """Tell the words in what a finding says of words outside a choice; one that was cut short is left out.

    >>> words_told("Closed Won (12), Proposal (old) (1,003); say what they mean, for example x")
    ['Closed Won', 'Proposal (old)']
    """
    listed = told.rpartition("; say what they mean")[0]
    return [word for word in re.findall(r"(?:^|, )(.+?) \([\d,]+\)(?=, |$)", listed) if len(word) < _CUT]


def sheets_told(told: str, number: int) -> list[str]:
    """Tell the sheets in what a finding says of those not read; none where it does not name all of them.

    >>> sheets_told("book.xlsx: 2024, Summary", 2), sheets_told("book.xlsx: Kunden, alle", 1)
    (['2024', 'Summary'], [])
    """
    named = told.rpartition(": ")[2].split(", ")
    return named if len(named) == number else []


def word_of_column(told: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Tell the column and the word in what a finding says of lines left out or counted as returns.

    The longest name that fits is the column: "Payment Status Open" is about Payment Status, not about Payment.

    >>> word_of_column("sales.csv: Payment Status void", ["Payment", "Payment Status"])
    ('Payment Status', 'void')
    >>> word_of_column("sales.csv: Document Type Credit Note counts negative", ["Document Type"])
    ('Document Type', 'Credit Note')
    >>> (
    ...     word_of_column("sales.csv: Type (blank)", ["Type"]),
    ...     word_of_column("a.csv: Cancelled at (filled)", ["Cancelled at"]),
    ... )
    (('Type', ''), ('Cancelled at', '*'))
    >>> word_of_column("sales.csv: totals", ["Status"]) is None
    True
    """
    said = told.removesuffix(" counts negative")
    for name in sorted(names, key=len, reverse=True):
        place = said.find(f": {name} ")
        if place >= 0:
            word = said[place + len(name) + 3 :].strip()
            return name, {"(blank)": "", "(filled)": "*"}.get(word, word)
    return None
