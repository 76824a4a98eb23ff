"""What the values leave open about one file becomes a question, with the money of each answer."""

from dataclasses import replace

import duckdb

from kam.intake.amount_readings import Money
from kam.intake.dates import Dates, read_dates
from kam.intake.formula import Formula
from kam.intake.look import Look
from kam.intake.number_marks import read_numbers
from kam.intake.open_question import Option, Question
from kam.intake.raw import raw_name
from kam.intake.reading import Reading


def ask_amount(look: Look, money: Money) -> Question:
    """Ask which reading of the net amount is meant: another column, or another level of one."""
    first = money.net[0]
    by_source = len({formula.source for formula in money.net}) > 1
    by_measure = len({formula.less for formula in money.net}) == 1 and len({each.measured for each in money.net}) > 1
    options = []
    for formula in money.net:
        if by_measure:
            where, value = ("tables", "sales", "amounts", "discount"), formula.measured
        elif by_source:
            where = ("tables", "sales", "columns", "net_amount")
            value = "" if formula.pieces else formula.source
        else:
            level = "line"
            if formula.less in look.ranked.get("tax_amount", {}):
                level = "with tax"
            elif formula.less:
                level = "before discount"
            elif formula.pieces:
                level = "piece"
            elif formula.over != "line":
                level = formula.over
            where, value = ("tables", "sales", "amounts", "net_amount"), level
        options.append(
            Option(f"{formula.written} ({formula.why})", total_of(look.cursor, look.reading, formula), where, value)
        )
    why = "; ".join(f"{name}: {told}" for name, told in money.told.items()) or "the values fit each of these readings"
    return Question("sales", look.part.file, first.source, money.asks, why, tuple(options))


def total_of(cursor: duckdb.DuckDBPyConnection, reading: Reading, formula: Formula) -> float:
    """Add an amount up over the lines of a part that count; what came back counts negative."""
    return float(cursor.execute(f"select sum(net) from ({_counted(reading, formula)})").fetchall()[0][0] or 0.0)


def _counted(reading: Reading, formula: Formula) -> str:
    """Write the SQL of the day and the amount of the lines that count; what came back has a negative amount."""
    return (
        f"select day, case when back or (pieces < 0 and v > 0 and {reading.back}) then -abs(v) else v end as net from"
        f" (select {reading.day} as day, round({reading.amount(formula)}, 4) as v, {reading.came_back} as back,"
        f" {reading.pieces} as pieces from {reading.relation} where {reading.counted})"
    )


def _ask_dates(look: Look, dates: Dates, net: Formula) -> Question:
    reading = look.reading
    options = []
    for written in dates.options:
        read = read_dates(
            look.cursor,
            reading.relation,
            reading.date_source,
            declared=written,
            today=look.today,
            time_zone=look.time_zone,
        )
        lines = _counted(replace(reading, dates=read), net)
        months = look.cursor.execute(
            f"select strftime(day, '%Y-%m') as month, sum(net) from ({lines}) where day is not null"
            " group by month order by month"
        ).fetchall()
        shown = ", ".join(f"{month} {float(money or 0):,.2f}" for month, money in months[:3])
        whole = sum(float(money or 0) for _, money in months)
        label = f"{written}: {read.readable:,} lines, {len(months)} months ({shown}{' …' if len(months) > 3 else ''})"  # noqa: PLR2004
        where = (
            ("tables", "sales", "date_format") if look.alone else ("tables", "sales", "date_formats", look.part.file)
        )
        options.append(Option(label, whole, where, written))
    only = "; ".join(f"{count:,} lines fit only {written}" for written, count in dates.only.items() if count)
    why = f"{dates.undecided:,} lines such as {dates.example} fit both{f', {only}' if only else ''}"
    asks = f"In which order are day and month written in {reading.date_source}?"
    return Question("sales", look.part.file, reading.date_source, asks, why, tuple(options))


def _ask_decimals(look: Look, names: list[str]) -> list[Question]:
    """Ask for the decimal mark: once for the whole table where one can be said for it, else for each column."""
    if names and look.alone and _fits_all(look):
        return [_ask_decimal(look, names, ("tables", "sales", "decimal"))]
    return [_ask_decimal(look, [name], ("tables", "sales", "decimals", name)) for name in names]


def _ask_decimal(look: Look, names: list[str], where: tuple[str, ...]) -> Question:
    options = []
    for mark in (".", ","):
        other = read_numbers(look.cursor, look.reading.relation, names, declared=mark)
        marked = replace(look.reading, numbers=look.reading.numbers | other)
        total = total_of(look.cursor, marked, marked.net) if marked.net else None
        shown = {".": "a point marks decimals", ",": "a comma marks decimals"}[mark]
        options.append(Option(shown, total, where, mark))
    undecided = [look.reading.numbers[name] for name in names]
    count = sum(numbers.undecided for numbers in undecided)
    why = f"{count:,} values such as {undecided[0].example} can be read in two ways"
    asks = f"How are the numbers in {' and '.join(names)} written?"
    return Question("sales", look.part.file, names[0], asks, why, tuple(options))


def _fits_all(look: Look) -> bool:
    """Say whether one decimal mark could be said for all number columns of the file, whichever it is."""
    names = list(look.reading.numbers)
    for mark in (".", ","):
        other = read_numbers(look.cursor, look.reading.relation, names, declared=mark, exact=look.part.exact)
        if any(other[name].numeric < look.reading.numbers[name].numeric for name in names):
            return False
    return True


def _decided_by_price(look: Look, name: str) -> bool:
    """Take the decimal mark of a quantity by which price × quantity makes the net amount, if only one does."""
    reading = look.reading
    prices = [
        each for each in look.ranked.get("unit_price", {}) if each in reading.numbers or look.types[each] != "VARCHAR"
    ]
    if (
        name != reading.quantity
        or not prices
        or reading.net is None
        or name in reading.net.sources
        or reading.net.pieces
    ):
        return False
    fitting = []
    for mark in (".", ","):
        read = read_numbers(look.cursor, reading.relation, [name], declared=mark)[name]
        pieces, price, net = (
            read.value(raw_name(name), "double"),
            reading.number(prices[0]),
            reading.amount(reading.net),
        )
        row = look.cursor.execute(
            "select avg((abs(abs(p * q) - abs(n)) <= 0.011 + 0.0051 * abs(q))::int) from"
            f" (select {pieces} as q, {price} as p, {net} as n from {reading.relation} limit 20000) where n is not null"
        ).fetchall()
        if (row[0][0] or 0) > 0.9:  # noqa: PLR2004 - on nearly all lines
            fitting.append(read)
    if len(fitting) == 1:
        reading.numbers[name] = fitting[0]
    return len(fitting) == 1


def ask_undecided(look: Look) -> None:
    """Ask for the order of days and for the decimal marks that the values leave open."""
    reading = look.reading
    if reading.net is None:
        return
    if reading.dates and reading.dates.undecided:
        reading.questions.append(_ask_dates(look, reading.dates, reading.net))
    money = reading.money
    used = dict.fromkeys([*reading.net.sources, *([reading.quantity] if reading.quantity else [])])
    for formula in (money.list, money.cost):
        used |= dict.fromkeys(formula.sources if formula else ())
    undecided = [name for name in used if name in reading.numbers and reading.numbers[name].undecided]
    reading.questions += _ask_decimals(look, [name for name in undecided if not _decided_by_price(look, name)])
