"""A reading of sales becomes typed rows: readers and rules by schema column, signs turned, currencies converted."""

import datetime as dt
from dataclasses import replace

import duckdb

from kam.base.schema import SALES, Column
from kam.intake.clean import Typed, rules_of
from kam.intake.formats import Reader, plain_columns, reader
from kam.intake.formula import Formula
from kam.intake.part import FILE, ROW
from kam.intake.raw import literal, quote, raw_name
from kam.intake.reading import Reading

_MONEY = ("net_amount", "list_amount", "cost_amount")
_RATES = "(select upper(trim(currency)) as rate_for, day as rate_from, rate from rates)"


def typed_sales(
    cursor: duckdb.DuckDBPyConnection,
    reading: Reading,
    *,
    today: dt.date,
    filled: set[str],
    turned: bool = False,
    convert: str | None = None,
) -> Typed:
    """Write how the lines of a part become typed lines.

    Parameters
    ----------
    filled
        Columns of the file of which no value is absent or empty.
    turned
        Whether what is sold stands negative, as in a ledger.
    convert
        The currency all amounts are converted to by the table `rates`; lines of another currency without a rate have
        no amounts.
    """
    readers = tuple(each for each in _readers(cursor, reading) if each is not None)
    filled = filled if reading.relation == reading.part.relation else set()
    rules = rules_of(SALES, readers, today, filled=filled)
    where = [reading.counted]
    if reading.settings.skip and reading.part.kind != "text":
        skipped = ", ".join(literal(text) for text in reading.settings.skip)
        where.append(f"""("{FILE}" || ' ' || "{ROW}") not in ({skipped})""")
    given = [each.column.name for each in readers]
    outer, joined = _outer(reading, given, turned=turned, convert=convert)
    return Typed(reading.part, reading.relation, readers, rules, " and ".join(where), outer, joined, frozenset(filled))


def _readers(cursor: duckdb.DuckDBPyConnection, reading: Reading) -> list[Reader | None]:
    types = dict(reading.part.columns)
    readers: list[Reader | None] = []
    plain: set[str] = set()
    if reading.part.kind != "text":  # the number of an order, nearly as many as lines, is but looked at for being there
        texts = {column: reading.texts[column.name] for column in SALES if column.name in reading.texts}
        sources = [(column, source, types.get(source, "VARCHAR")) for column, source in texts.items()]
        plain = plain_columns(cursor, reading.relation, (each for each in sources if each[0].name != "order_id"))
        plain.add("order_id")
    for column in SALES:
        if column.name in reading.texts:
            source = reading.texts[column.name]
            kind = types.get(source, "VARCHAR")
            readers.append(
                reader(
                    column,
                    (source, kind),
                    meant=reading.settings.values.get(column.name),
                    plain=kind == "VARCHAR" and column.name in plain,
                )
            )
        elif column.name == "order_date":
            source = reading.date_source
            readers.append(reader(column, (source, types[source]), dates=reading.dates))
        elif column.name == "quantity" and reading.quantity:
            source = reading.quantity
            readers.append(reader(column, (source, types[source]), numbers=reading.numbers.get(source)))
        elif column.name in _MONEY:
            readers.append(_amount(reading, column, types))
    return readers


def _amount(reading: Reading, column: Column, types: dict[str, str]) -> Reader | None:
    formula = {"net_amount": reading.net, "list_amount": reading.money.list, "cost_amount": reading.money.cost}[
        column.name
    ]
    if formula is None:
        return None
    if column.name == "cost_amount" and reading.money.cost_is_profit and reading.net is not None:
        value = f"({reading.amount(reading.net)}) - ({reading.amount(formula)})"
        return _worked_out(reading, column, formula, value)
    if formula.direct:
        source = formula.source
        return reader(column, (source, types[source]), numbers=reading.numbers.get(source))
    if column.name == "list_amount" and formula.plus and reading.net is not None:
        value = reading.amount(formula, base=reading.amount(reading.net))
        before = _worked_out(reading, column, formula, value)
        return replace(before, present=f"{before.present} and ({value}) is not null")  # all of it may be taken off
    return _worked_out(reading, column, formula, reading.amount(formula))


def _worked_out(reading: Reading, column: Column, formula: Formula, value: str) -> Reader:
    present = " and ".join(_there(source) for source in formula.sources[:1])
    if formula.pieces and reading.quantity:
        present += f" and {_there(reading.quantity)}"
    typed = f"try_cast(round({value}, 4) as {column.duckdb_type})"
    return Reader(column, formula.written, typed, f"({present})", sure=False)


def _there(source: str) -> str:
    text = f"coalesce(trim({raw_name(source)}::varchar), '')"
    return f"{text} <> ''"


def _outer(reading: Reading, given: list[str], *, turned: bool, convert: str | None) -> tuple[str, str]:
    """Write what is done to the typed columns: what came back counts negative, other currencies are converted."""
    amounts = [column for column in _MONEY if column in given]
    changes = {column: _turned(column) for column in amounts} if turned else {}
    changes |= _came_back(reading, given, changes)
    joined = ""
    if convert and "currency" in given:
        own = f"(currency is null or upper(trim(currency)) = {literal(convert)})"
        joined = f"lines asof left join {_RATES} on upper(trim(currency)) = rate_for and order_date >= rate_from"
        joined += f" where {own} or rate is not null"
        factor = f"case when {own} then 1 else rate end"
        for column in amounts:
            value = changes.get(column, quote(column))
            changes[column] = f"try_cast(round(({value})::double * {factor}, 4) as decimal(18,4))"
    if not changes:
        return "*", ""
    replaced = ", ".join(f"{value} as {quote(column)}" for column, value in changes.items())
    return f"lines.* replace ({replaced})", joined or "lines"


def _turned(column: str) -> str:
    """Write an amount with the other sign; of list and cost only where they are written with that of the net amount."""
    if column == "net_amount":
        return "-net_amount"
    return f"case when sign(net_amount) * sign({column}) > 0 then -{column} else {column} end"


def _came_back(reading: Reading, given: list[str], changes: dict[str, str]) -> dict[str, str]:
    """Write the amounts and quantities of lines that came back as negative ones."""
    if not (reading.returns or reading.back):
        return {}
    said = f"({reading.came_back})" + (" or (quantity < 0 and net_amount > 0)" if reading.back else "")
    return {
        column: f"case when {said} then -abs({quote(column)}) else {changes.get(column, quote(column))} end"
        for column in (*_MONEY, "quantity")
        if column in given
    }


def written_sales(typed: Typed, column: str) -> str:
    """Write the SQL of what a file holds for a column of the schema; of what is worked out, its factors."""
    each = next(each for each in typed.readers if each.column.name == column)
    names = {name for name, _ in typed.part.columns}
    parts = [each.source] if each.source in names else [name for name in each.source.split(" × ") if name in names]
    return " || ' × ' || ".join(f"coalesce({raw_name(part)}::varchar, '')" for part in parts) or "''"
